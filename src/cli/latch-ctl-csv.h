/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-client.h"

G_BEGIN_DECLS

/* A bridge's log as a table for other programs */

void latch_ctl_print_log_csv (GPtrArray *entries, LatchClient *client);

G_END_DECLS

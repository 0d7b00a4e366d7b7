/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-ctl-commands.h"

G_BEGIN_DECLS

void latch_ctl_help_print (const LatchCtlCommand *command);

G_END_DECLS

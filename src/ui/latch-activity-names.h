/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-event.h"

G_BEGIN_DECLS

/* What locks are called where all are together. */

char *latch_activity_names_get (GListModel *bridges, const LatchEvent *event);
GStrv latch_activity_names_get_all (GListModel *locks);

G_END_DECLS

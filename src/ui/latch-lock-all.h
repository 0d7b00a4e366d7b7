/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock-commander.h"

G_BEGIN_DECLS

/* Locks all doors that can be locked, after saying which. */

void latch_lock_all_ask (GtkWidget *widget, LatchLockCommander *commander, GListModel *locks);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Locks all doors that can be locked, where there is no window to say first which, and tells which were. */

void latch_lock_sweep (GApplication *application, GListModel *locks);
void latch_lock_sweep_withdraw (GApplication *application);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock-view.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LOCK_CONTROLS (latch_lock_controls_get_type ())

/* What can be done with a lock: one blue button, perhaps a grey one beside it, and tiles. */
G_DECLARE_FINAL_TYPE (LatchLockControls, latch_lock_controls, LATCH, LOCK_CONTROLS, GtkBox)

void latch_lock_controls_set_open_door_offered (LatchLockControls *self, gboolean offered);
void latch_lock_controls_show (LatchLockControls *self, LatchLockView *view, gboolean asking);
gboolean latch_lock_controls_take_focus (LatchLockControls *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LOCK_COMMANDER (latch_lock_commander_get_type ())

/*
 * Has locks do what a person wants: asks first where that cannot be undone, and tells what went wrong. It is the only
 * place in the windows where commands are given.
 */
G_DECLARE_FINAL_TYPE (LatchLockCommander, latch_lock_commander, LATCH, LOCK_COMMANDER, GObject)

LatchLockCommander *latch_lock_commander_new (GtkWidget *widget, GSettings *settings);

void latch_lock_commander_perform (LatchLockCommander *self, LatchLock *lock, LatchLockAction action, gboolean always_confirm);
void latch_lock_commander_ask (LatchLockCommander *self, LatchLock *lock);
gboolean latch_lock_commander_is_asking (LatchLockCommander *self, LatchLock *lock);
const char *latch_lock_commander_get_complaint (LatchLockCommander *self, LatchLock *lock);
void latch_lock_commander_attend_to (LatchLockCommander *self, LatchLock *lock);

G_END_DECLS

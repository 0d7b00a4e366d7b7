/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LOCK_TILE (latch_lock_tile_get_type ())

/* A button for one of the things that a lock can do. */
G_DECLARE_FINAL_TYPE (LatchLockTile, latch_lock_tile, LATCH, LOCK_TILE, GtkButton)

GtkWidget *latch_lock_tile_new (void);

void latch_lock_tile_show (LatchLockTile *self, LatchLock *lock, const char *name, LatchLockAction action);
LatchLockAction latch_lock_tile_get_action (LatchLockTile *self);

G_END_DECLS

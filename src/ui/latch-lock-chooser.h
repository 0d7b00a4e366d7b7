/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LOCK_CHOOSER (latch_lock_chooser_get_type ())

/* A choice of one lock, or all of them. */
G_DECLARE_FINAL_TYPE (LatchLockChooser, latch_lock_chooser, LATCH, LOCK_CHOOSER, AdwBin)

void latch_lock_chooser_show (LatchLockChooser *self, GListModel *bridges);
LatchLock *latch_lock_chooser_get_selected (LatchLockChooser *self);
void latch_lock_chooser_set_selected (LatchLockChooser *self, LatchLock *lock);

G_END_DECLS

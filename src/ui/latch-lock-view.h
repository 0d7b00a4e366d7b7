/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-clock.h"
#include "latch-lock-appearance.h"

G_BEGIN_DECLS

#define LATCH_TYPE_LOCK_VIEW (latch_lock_view_get_type ())

/* How one lock shows at this moment: what rows and pages bind to. */
G_DECLARE_FINAL_TYPE (LatchLockView, latch_lock_view, LATCH, LOCK_VIEW, GObject)

LatchLockView *latch_lock_view_new (LatchLock *lock, LatchClock *clock);

LatchLock *latch_lock_view_get_lock (LatchLockView *self);
gint64 latch_lock_view_get_now (LatchLockView *self);
const LatchLockFacts *latch_lock_view_get_facts (LatchLockView *self);
const LatchLockAppearance *latch_lock_view_get_appearance (LatchLockView *self);
const char *latch_lock_view_get_name (LatchLockView *self);
const char *latch_lock_view_get_caption (LatchLockView *self);
const char *latch_lock_view_get_subtitle (LatchLockView *self);
const char *latch_lock_view_get_dial_label (LatchLockView *self);

G_END_DECLS

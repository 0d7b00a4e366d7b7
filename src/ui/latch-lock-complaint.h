/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LOCK_COMPLAINT (latch_lock_complaint_get_type ())

/* What somebody was told that a lock did not do. It knows when that is no longer what matters. */
G_DECLARE_FINAL_TYPE (LatchLockComplaint, latch_lock_complaint, LATCH, LOCK_COMPLAINT, GObject)

LatchLockComplaint *latch_lock_complaint_new (LatchLock *lock, LatchLockAction again, const GError *error);

LatchLock *latch_lock_complaint_get_lock (LatchLockComplaint *self);
LatchLockAction latch_lock_complaint_get_again (LatchLockComplaint *self);
const char *latch_lock_complaint_get_reason (LatchLockComplaint *self);
AdwToast *latch_lock_complaint_create_toast (LatchLockComplaint *self, const char *title, const char *button);
void latch_lock_complaint_withdraw (LatchLockComplaint *self);

G_END_DECLS

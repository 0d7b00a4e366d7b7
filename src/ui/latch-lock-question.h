/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-caution.h"
#include "latch-lock.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LOCK_QUESTION (latch_lock_question_get_type ())

/* Asks whether a lock shall do something, for as long as that makes sense. */
G_DECLARE_FINAL_TYPE (LatchLockQuestion, latch_lock_question, LATCH, LOCK_QUESTION, AdwAlertDialog)

LatchLockQuestion *latch_lock_question_new (LatchLock *lock, LatchLockAction action, LatchCaution caution);

LatchLock *latch_lock_question_get_lock (LatchLockQuestion *self);
LatchLockAction latch_lock_question_get_action (LatchLockQuestion *self);

G_END_DECLS

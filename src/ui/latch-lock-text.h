/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock-appearance.h"

G_BEGIN_DECLS

/* After this many seconds a movement takes longer than usual */
#define LATCH_LOCK_SLOW_SECONDS 20

/*
 * What is said about a lock, in the user's language. Pure: facts come from the caller, as does the present time in
 * seconds since 1970. Texts that are not const are to be freed.
 */

char *latch_lock_text_name (LatchLock *lock);
char *latch_lock_text_short_name (LatchLock *lock);
char *latch_lock_text_caption (const LatchLockFacts *facts, gint64 now);
char *latch_lock_text_subtitle (const LatchLockFacts *facts, gint64 now);
char *latch_lock_text_dial_label (const LatchLockFacts *facts, const char *name);
char *latch_lock_text_row_label (const LatchLockFacts *facts, const char *name, const char *bridge_name);
char *latch_lock_text_status (const LatchLockFacts *facts, const char *name);
char *latch_lock_text_battery (LatchTristate critical, LatchTristate charging, int percent);

/* About actions */
const char *latch_lock_text_action_caption (LatchLockAction action);
char *latch_lock_text_action_label (LatchLockAction action, const char *name);
char *latch_lock_text_question (LatchLockAction action, const char *name);
const char *latch_lock_text_question_body (LatchLockAction action);
char *latch_lock_text_failure (LatchLockAction action, const char *name);

G_END_DECLS

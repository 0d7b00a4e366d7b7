/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"

G_BEGIN_DECLS

/* Locks and what is said of them, for tests without a bridge. */

/* When a bridge heard from the lock, by its clock, and when we heard from the bridge, by ours */
#define SAID 1570541470
#define HEARD 1700000000

LatchDeviceSnapshot *lock_news_new (int state_code);
void lock_news_apply (LatchLock *lock, int state_code, gint64 timestamp, gint64 heard_at);
LatchLock *lock_news_lock_new (int state_code);

G_END_DECLS

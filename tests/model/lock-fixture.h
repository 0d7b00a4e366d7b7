/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-error.h"
#include "latch-test-simulator.h"

G_BEGIN_DECLS

/* A simulated bridge with two locks and an opener, seen through the model, and what people do with them. */

typedef struct
{
  LatchTestSimulator *simulator;
  LatchBridge *bridge;
  LatchLock *lock;   /* 1, locked */
  LatchLock *opener; /* 3, online */
} LockFixture;

#define UNLOCK_1 "/lockAction?nukiId=1&deviceType=0&action=1"
#define LOCK_1 "/lockAction?nukiId=1&deviceType=0&action=2"
#define UNLATCH_1 "/lockAction?nukiId=1&deviceType=0&action=3"
#define ASK_1 "/lockState?nukiId=1&deviceType=0"
#define OPEN_3 "/lockAction?nukiId=3&deviceType=2&action=3"
#define ASK_3 "/lockState?nukiId=3&deviceType=2"

LatchClient *lock_client_new (LatchTestSimulator *simulator);
gboolean lock_refresh (LockFixture *fixture);
void lock_set_up (LockFixture *fixture, gconstpointer data);
void lock_tear_down (LockFixture *fixture, gconstpointer data);
gboolean lock_finish (LatchLock *lock, GAsyncResult **result, GError **error);
gboolean lock_perform (LatchLock *lock, LatchLockAction action, GError **error);
void lock_assert_performed (LatchLock *lock, LatchLockAction action, LatchLockState state);
void lock_assert_failed (LatchLock *lock, LatchLockAction action, int code, LatchLockState state);
void lock_assert_requests (LockFixture *fixture, const char *expected);
void lock_assert_sent_once (LockFixture *fixture);

G_END_DECLS

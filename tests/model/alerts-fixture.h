/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-alerts-private.h"
#include "latch-test-loop.h"

G_BEGIN_DECLS

/*
 * A bridge with two locks and an opener, none of which is there but in what is said of them, and what somebody is told
 * about them. Time passes when a test says so.
 */
typedef struct
{
  GListStore *bridges;
  LatchBridge *bridge;
  GPtrArray *devices; /* what the bridge lists, to be changed and then told */
  LatchStateSnapshot *front; /* of lock 1, locked */
  LatchStateSnapshot *back;  /* of lock 2, locked */
  LatchStateSnapshot *gate;  /* of opener 3, waiting */
  LatchAlerts *alerts;
  GString *news;
} AlertsFixture;

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DELAY (10 * MINUTE)

/* Codes as bridges send them */
#define LOCKED 1
#define UNLOCKING 2
#define UNLOCKED 3
#define LOCKING 4
#define UNLATCHED 5
#define UNLOCKED_LOCK_N_GO 6
#define UNLATCHING 7
#define BLOCKED 254
#define UNDEFINED 255
#define DOOR_CLOSED 2
#define DOOR_OPEN 3
#define DOOR_UNKNOWN 4
#define DOOR_REMOVED 240

void alerts_set_up (AlertsFixture *fixture, gconstpointer data);
void alerts_tear_down (AlertsFixture *fixture, gconstpointer data);
void alerts_start_program (AlertsFixture *fixture);
void alerts_end_program (AlertsFixture *fixture);
void alerts_tell (AlertsFixture *fixture);
void alerts_fail (AlertsFixture *fixture, int code);
LatchLock *alerts_get_lock (AlertsFixture *fixture, guint64 nuki_id);
LatchAlert *alerts_get_alert (AlertsFixture *fixture, const char *subject);

/* Asserts what was told since the last time: "+unlocked:1/1/0", "-…", or "*…" for something that happened again */
#define alerts_assert_news(fixture, expected)                                                                          \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_assert_cmpstr ((fixture)->news->str, ==, expected);                                                              \
    g_string_truncate ((fixture)->news, 0);                                                                            \
  }                                                                                                                    \
  G_STMT_END

G_END_DECLS

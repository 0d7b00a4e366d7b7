/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-alert.h"

G_BEGIN_DECLS

/**
 * LatchVerdict:
 * @LATCH_VERDICT_NO: it is known not to be so
 * @LATCH_VERDICT_OPEN: nobody knows now: what was said stays said, and nothing new is said
 * @LATCH_VERDICT_YES: it is known to be so
 */
typedef enum
{
  LATCH_VERDICT_NO,
  LATCH_VERDICT_OPEN,
  LATCH_VERDICT_YES,
} LatchVerdict;

/**
 * LatchAlertTime:
 * @now: the time of day, in seconds since 1970
 * @awake: seconds that go on only while this computer does
 *
 * The present. A door stays unlocked while we sleep; a bridge is not missed then.
 */
typedef struct
{
  gint64 now;
  gint64 awake;
} LatchAlertTime;

/**
 * LatchAlertWatch:
 * @subject: identifies it
 * @lock: (nullable): the lock that is watched; %NULL if it is the bridge itself
 * @alerts: what is being told of it
 * @verdicts: what is known of it at present
 * @since: since when that is so, 0 where it is not
 * @wake_at: when to look again although nothing is heard, on the clock that goes on only while this computer does
 *
 * One lock or bridge, and what has to be remembered of it in order to tell what is news.
 */
typedef struct
{
  char *subject;
  LatchBridge *bridge;
  LatchLock *lock;

  LatchAlert *alerts[LATCH_N_ALERT_KINDS];
  LatchVerdict verdicts[LATCH_N_ALERT_KINDS];
  gint64 since[LATCH_N_ALERT_KINDS];
  gint64 wake_at;

  gint64 missed_at;      /* when we began to be awake without hearing from the bridge */
  LatchLockState before; /* what the lock was, or was doing, when it was last known not to be blocked */
  gint64 heard_at;       /* when it was last heard of since the program started, 0 for never */
  gint64 last_ring;      /* by the bridge's clock */
} LatchAlertWatch;

LatchAlertWatch *latch_alert_watch_new (LatchBridge *bridge, LatchLock *lock);
void latch_alert_watch_free (LatchAlertWatch *self);

void latch_alert_watch_update (LatchAlertWatch *self, const LatchAlertTime *time);
LatchVerdict latch_alert_watch_judge (const LatchAlertWatch *self,
                                      LatchAlertKind kind,
                                      gint64 delay,
                                      const LatchAlertTime *time,
                                      gint64 *wait);

LatchAlert *latch_alert_new (const LatchAlertWatch *watch, LatchAlertKind kind);
gboolean latch_alert_set_since (LatchAlert *self, gint64 since);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchAlertWatch, latch_alert_watch_free)

G_END_DECLS

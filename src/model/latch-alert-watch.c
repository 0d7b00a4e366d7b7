/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-alert-watch.h"

/* Openers say for half a minute that somebody rings; then it takes a moment to get to the door */
#define RING_SECONDS 60
/* Two looks at a bridge that is watched are not further apart: a ring between them is news */
#define NEWS_SECONDS 120

/*
 * What is known of locks and bridges, without any regard to how long it has been so. A lock's state is known only
 * while somebody vouches for it. While a lock moves, or has been asked to, nothing is: what comes of it will be told.
 */

static LatchVerdict
to_verdict (gboolean so)
{
  return so ? LATCH_VERDICT_YES : LATCH_VERDICT_NO;
}

static LatchVerdict
is_blocked (LatchLockState state)
{
  if (state == LATCH_LOCK_STATE_UNKNOWN || state == LATCH_LOCK_STATE_UNDEFINED || state == LATCH_LOCK_STATE_BOOT_RUN)
    return LATCH_VERDICT_OPEN;

  return to_verdict (state == LATCH_LOCK_STATE_MOTOR_BLOCKED);
}

static LatchVerdict
is_unlocked (LatchLockState state)
{
  switch (state)
    {
    case LATCH_LOCK_STATE_UNLOCKED:
    case LATCH_LOCK_STATE_UNLATCHED:
    case LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO:
      return LATCH_VERDICT_YES;
    /* That it is blocked is told instead */
    case LATCH_LOCK_STATE_LOCKED:
    case LATCH_LOCK_STATE_MOTOR_BLOCKED:
      return LATCH_VERDICT_NO;
    default:
      return LATCH_VERDICT_OPEN;
    }
}

static LatchVerdict
is_door (LatchLock *lock, LatchDoorState wanted)
{
  LatchDoorState state = latch_lock_get_door_state (lock);

  if (state == LATCH_DOOR_STATE_UNKNOWN || state == LATCH_DOOR_STATE_CALIBRATING)
    return LATCH_VERDICT_OPEN;

  return to_verdict (state == wanted);
}

static LatchVerdict
look_at_lock (LatchLock *lock, LatchAlertKind kind)
{
  /* Whoever hides a lock wants to hear nothing of it */
  if (latch_lock_get_hidden (lock))
    return LATCH_VERDICT_NO;
  if (latch_lock_get_stale (lock) || latch_lock_get_offline (lock) || latch_lock_is_busy (lock))
    return LATCH_VERDICT_OPEN;

  switch (kind)
    {
    case LATCH_ALERT_KIND_BLOCKED:
      return is_blocked (latch_lock_get_state (lock));
    case LATCH_ALERT_KIND_SENSOR_REMOVED:
      return is_door (lock, LATCH_DOOR_STATE_REMOVED);
    case LATCH_ALERT_KIND_DOOR_OPEN:
      return is_door (lock, LATCH_DOOR_STATE_OPEN);
    case LATCH_ALERT_KIND_UNLOCKED:
      return latch_lock_is_opener (lock) ? LATCH_VERDICT_NO : is_unlocked (latch_lock_get_state (lock));
    case LATCH_ALERT_KIND_BATTERY:
      return to_verdict (latch_lock_get_battery_critical (lock) == LATCH_TRISTATE_YES);
    case LATCH_ALERT_KIND_KEYPAD_BATTERY:
      return to_verdict (latch_lock_get_keypad_battery_critical (lock) == LATCH_TRISTATE_YES);
    /* Of rings only a new one is news, and the others are about bridges */
    case LATCH_ALERT_KIND_RING:
    case LATCH_ALERT_KIND_NO_ACCESS:
    case LATCH_ALERT_KIND_UNREACHABLE:
    default:
      return LATCH_VERDICT_NO;
    }
}

static LatchVerdict
look_at_bridge (LatchBridge *bridge, LatchAlertKind kind)
{
  LatchConnection connection = latch_bridge_get_connection (bridge);

  if (connection == LATCH_CONNECTION_UNKNOWN)
    return LATCH_VERDICT_OPEN;
  if (kind == LATCH_ALERT_KIND_UNREACHABLE)
    return to_verdict (connection == LATCH_CONNECTION_UNREACHABLE || connection == LATCH_CONNECTION_BUSY);
  if (kind == LATCH_ALERT_KIND_NO_ACCESS)
    return to_verdict (connection == LATCH_CONNECTION_UNAUTHORIZED || connection == LATCH_CONNECTION_NO_TOKEN);

  return LATCH_VERDICT_NO;
}

/* Since when it has been so, if nobody has noticed before */
static gint64
find_beginning (LatchAlertWatch *self, LatchAlertKind kind, gint64 now)
{
  gint64 beginning = 0;

  if (self->lock != NULL && (kind == LATCH_ALERT_KIND_UNLOCKED || kind == LATCH_ALERT_KIND_BLOCKED))
    beginning = latch_lock_get_changed_at (self->lock);
  if (self->lock != NULL && beginning == 0)
    beginning = latch_lock_get_confirmed_at (self->lock);

  /* Clocks that were wrong are set right */
  return beginning == 0 ? now : MIN (beginning, now);
}

/*
 * A ring is told of again and again: it is news if it is a later one than the last, and did not happen long ago. One that
 * has not happened yet is of a clock that was wrong, and not what others are compared with
 */
static void
listen_for_ring (LatchAlertWatch *self, gint64 now)
{
  gint64 ring = latch_lock_get_ring_timestamp (self->lock);
  gint64 confirmed_at = latch_lock_get_confirmed_at (self->lock);

  if (self->heard_at == 0 && latch_lock_get_stale (self->lock))
    return; /* this is what was known when the program last ran */

  if (self->heard_at == 0)
    self->last_ring = ring;
  else if (ring > self->last_ring || (ring != self->last_ring && self->last_ring > now + NEWS_SECONDS))
    {
      self->last_ring = ring;
      /* The bridge's clock may be wrong. Then, what was not there a moment ago is new */
      if (ABS (now - ring) <= NEWS_SECONDS || ABS (confirmed_at - self->heard_at) <= NEWS_SECONDS)
        self->since[LATCH_ALERT_KIND_RING] = now;
    }
  self->heard_at = confirmed_at;

  if (now < self->since[LATCH_ALERT_KIND_RING] || now >= self->since[LATCH_ALERT_KIND_RING] + RING_SECONDS)
    self->since[LATCH_ALERT_KIND_RING] = 0;
  self->verdicts[LATCH_ALERT_KIND_RING] =
      to_verdict (self->since[LATCH_ALERT_KIND_RING] != 0 && !latch_lock_get_hidden (self->lock));
}

/* What the bolt was doing, so that one that stops can be told to do the same again */
static void
note_movement (LatchAlertWatch *self)
{
  LatchLockState state = latch_lock_get_state (self->lock);
  LatchLockState asked_for = latch_lock_action_get_moving_state (latch_lock_get_pending_action (self->lock));

  if (asked_for != LATCH_LOCK_STATE_UNKNOWN)
    self->before = asked_for;
  else if (!latch_lock_get_stale (self->lock) && is_blocked (state) == LATCH_VERDICT_NO)
    self->before = state;
}

/**
 * latch_alert_watch_new:
 * @lock: (nullable): one of the bridge's locks, %NULL to watch the bridge itself
 */
LatchAlertWatch *
latch_alert_watch_new (LatchBridge *bridge, LatchLock *lock)
{
  LatchAlertWatch *self = g_new0 (LatchAlertWatch, 1);

  self->bridge = g_object_ref (bridge);
  g_set_object (&self->lock, lock);
  self->wake_at = G_MAXINT64;
  if (lock != NULL)
    self->subject = g_strdup_printf ("%s/%" G_GUINT64_FORMAT "/%d", latch_bridge_get_id (bridge),
                                     latch_lock_get_nuki_id (lock), latch_lock_is_opener (lock) ? 1 : 0);
  else
    self->subject = g_strdup (latch_bridge_get_id (bridge));

  return self;
}

void
latch_alert_watch_free (LatchAlertWatch *self)
{
  for (guint kind = 0; kind < LATCH_N_ALERT_KINDS; kind++)
    g_clear_object (&self->alerts[kind]);
  g_clear_object (&self->lock);
  g_clear_object (&self->bridge);
  g_free (self->subject);
  g_free (self);
}

/**
 * latch_alert_watch_update:
 *
 * Takes note of what is known at present. To be called at every change, lest some be missed.
 */
void
latch_alert_watch_update (LatchAlertWatch *self, const LatchAlertTime *time)
{
  for (guint kind = 0; kind < LATCH_N_ALERT_KINDS; kind++)
    {
      LatchVerdict verdict =
          self->lock != NULL ? look_at_lock (self->lock, kind) : look_at_bridge (self->bridge, kind);

      if (kind == LATCH_ALERT_KIND_RING)
        continue;

      self->verdicts[kind] = verdict;
      if (verdict == LATCH_VERDICT_NO)
        self->since[kind] = 0;
      else if (verdict == LATCH_VERDICT_YES && self->since[kind] == 0)
        {
          self->since[kind] = find_beginning (self, kind, time->now);
          if (kind == LATCH_ALERT_KIND_UNREACHABLE)
            self->missed_at = time->awake;
        }
    }

  if (self->lock != NULL)
    {
      listen_for_ring (self, time->now);
      note_movement (self);
    }
}

/**
 * latch_alert_watch_judge:
 * @delay: how many seconds it has to be so before it is worth telling
 * @wait: (inout): is lowered to the seconds after which the verdict may become another although nothing happens
 *
 * Returns: whether it is to be told
 */
LatchVerdict
latch_alert_watch_judge (const LatchAlertWatch *self,
                         LatchAlertKind kind,
                         gint64 delay,
                         const LatchAlertTime *time,
                         gint64 *wait)
{
  gint64 passed = time->now - self->since[kind];

  if (self->verdicts[kind] != LATCH_VERDICT_YES)
    return self->verdicts[kind];

  if (kind == LATCH_ALERT_KIND_UNREACHABLE)
    passed = time->awake - self->missed_at;
  if (kind == LATCH_ALERT_KIND_RING)
    *wait = MIN (*wait, RING_SECONDS - passed);
  if (passed >= delay)
    return LATCH_VERDICT_YES;

  *wait = MIN (*wait, delay - passed);
  return LATCH_VERDICT_NO;
}

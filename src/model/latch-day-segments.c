/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-day-segments.h"

#include "latch-enums.h"
#include "latch-event.h"

static LatchDayKind
kind_for_state (gint64 code, gboolean opener)
{
  LatchLockState state = latch_lock_state_from_code ((int) code, opener);

  switch (state)
    {
    case LATCH_LOCK_STATE_LOCKED:
    case LATCH_LOCK_STATE_ONLINE:
      return LATCH_DAY_LOCKED;
    case LATCH_LOCK_STATE_UNLOCKED:
    case LATCH_LOCK_STATE_UNLATCHED:
    case LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO:
    case LATCH_LOCK_STATE_RTO_ACTIVE:
    case LATCH_LOCK_STATE_OPEN:
      return LATCH_DAY_OPEN;
    case LATCH_LOCK_STATE_MOTOR_BLOCKED:
      return LATCH_DAY_BLOCKED;
    default:
      return LATCH_DAY_UNKNOWN;
    }
}

static LatchDayKind
kind_for_mode (gint64 mode)
{
  return mode == LATCH_MODE_CONTINUOUS ? LATCH_DAY_OPEN : LATCH_DAY_LOCKED;
}

static LatchDayKind
kind_for (const LatchDayFacts *facts, LatchEventKind kind, gint64 value)
{
  return kind == LATCH_EVENT_MODE ? kind_for_mode (value) : kind_for_state (value, facts->opener);
}

static void
append (GArray *segments, LatchDayKind kind, gint64 start, gint64 end)
{
  LatchDaySegment segment = { kind, start, end };
  LatchDaySegment *last = segments->len > 0 ? &g_array_index (segments, LatchDaySegment, segments->len - 1) : NULL;

  if (start >= end)
    return;

  if (last != NULL && last->kind == kind)
    last->end = end;
  else
    g_array_append_val (segments, segment);
}

/* Whatever was from @start to @end, it was @kind; without end or beginning, what lies within the day counts */
static void
paint (GArray **segments, LatchDayKind kind, gint64 start, gint64 end)
{
  g_autoptr (GArray) old = *segments;
  GArray *painted = g_array_sized_new (FALSE, FALSE, sizeof (LatchDaySegment), old->len + 2);
  gint64 since = g_array_index (old, LatchDaySegment, 0).start;
  gint64 until = g_array_index (old, LatchDaySegment, old->len - 1).end;

  start = CLAMP (start, since, until);
  end = CLAMP (end, start, until);
  for (guint i = 0; i < old->len; i++)
    {
      const LatchDaySegment *segment = &g_array_index (old, LatchDaySegment, i);

      append (painted, segment->kind, segment->start, MIN (segment->end, start));
      if (segment->start <= start && start < segment->end)
        append (painted, kind, start, end);
      append (painted, segment->kind, MAX (segment->start, end), segment->end);
    }

  *segments = painted;
}

/* The latest moment at which anybody is known to have watched */
static gint64
get_watched_until (const LatchDayFacts *facts)
{
  gint64 latest = facts->watched_until;

  for (guint i = 0; i < facts->events->len; i++)
    {
      const LatchEvent *event = facts->events->pdata[i];

      if (event->kind == LATCH_EVENT_GAP)
        latest = MAX (latest, event->from);
    }

  return MIN (latest, facts->now);
}

/*
 * What was from an event of a kind until the next one. That tells what it was before, and when the two do not agree,
 * something has happened in between that nobody saw: a clock was put back, or what was recorded is gone.
 */
static void
paint_values (GArray **segments, const LatchDayFacts *facts, LatchEventKind kind, gboolean only_open)
{
  const LatchEvent *last = NULL;
  gint64 present = kind == LATCH_EVENT_STATE ? facts->state : LATCH_EVENT_VALUE_UNKNOWN;
  gint64 watched_until = get_watched_until (facts);

  for (guint i = 0; i <= facts->events->len; i++)
    {
      const LatchEvent *event = i < facts->events->len ? facts->events->pdata[i] : NULL;
      gint64 before = event != NULL ? event->from : present;
      gint64 end = event != NULL ? event->at : watched_until;
      LatchDayKind is;

      if (event != NULL && event->kind != kind)
        continue;

      is = last != NULL ? kind_for (facts, kind, last->to) : LATCH_DAY_UNWATCHED;
      if (last != NULL && before != LATCH_EVENT_VALUE_UNKNOWN && kind_for (facts, kind, before) != is)
        is = LATCH_DAY_UNWATCHED;
      if (last != NULL && end > last->at && (!only_open || is == LATCH_DAY_OPEN))
        paint (segments, is, last->at, end);
      last = event;
    }
}

/**
 * latch_day_segments_new:
 *
 * Says what a lock was at each moment of a day. What nobody saw is never said to be locked: neither what lies before all
 * that was recorded, nor gaps, nor what follows when the bridge cannot be reached.
 *
 * Returns: (transfer full) (element-type LatchDaySegment): the whole day without holes, from its beginning to its end;
 *   what follows another segment is of another kind
 */
GArray *
latch_day_segments_new (const LatchDayFacts *facts)
{
  GArray *segments = g_array_new (FALSE, FALSE, sizeof (LatchDaySegment));

  append (segments, LATCH_DAY_UNWATCHED, facts->since, facts->until);
  if (segments->len == 0)
    return segments;

  /* An opener that only ever changes its mode has no state recorded */
  if (facts->opener)
    paint_values (&segments, facts, LATCH_EVENT_MODE, FALSE);
  paint_values (&segments, facts, LATCH_EVENT_STATE, FALSE);
  if (facts->opener)
    paint_values (&segments, facts, LATCH_EVENT_MODE, TRUE);

  for (guint i = 0; i < facts->events->len; i++)
    {
      const LatchEvent *event = facts->events->pdata[i];

      if (event->kind == LATCH_EVENT_GAP)
        paint (&segments, LATCH_DAY_UNWATCHED, event->from, event->to);
    }
  paint (&segments, LATCH_DAY_FUTURE, facts->now, MAX (facts->now, facts->until));

  return segments;
}

/**
 * latch_day_segments_sum:
 * @segments: (element-type LatchDaySegment): a day
 *
 * Returns: for how many seconds of the day it was @kind
 */
gint64
latch_day_segments_sum (GArray *segments, LatchDayKind kind)
{
  gint64 sum = 0;

  for (guint i = 0; i < segments->len; i++)
    {
      const LatchDaySegment *segment = &g_array_index (segments, LatchDaySegment, i);

      if (segment->kind == kind)
        sum += segment->end - segment->start;
    }

  return sum;
}

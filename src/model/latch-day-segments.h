/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LatchDayKind:
 * @LATCH_DAY_LOCKED: its bolt was out; of an opener, that a ring only rang
 * @LATCH_DAY_OPEN: it was unlocked or unlatched; of an opener, that whoever rang was let in
 * @LATCH_DAY_BLOCKED: its motor was blocked, with the bolt somewhere
 * @LATCH_DAY_UNKNOWN: it could not tell itself
 * @LATCH_DAY_UNWATCHED: nobody saw it, so that it may have been anything
 * @LATCH_DAY_FUTURE: that is still to come
 *
 * What a lock was for some time.
 */
typedef enum
{
  LATCH_DAY_LOCKED,
  LATCH_DAY_OPEN,
  LATCH_DAY_BLOCKED,
  LATCH_DAY_UNKNOWN,
  LATCH_DAY_UNWATCHED,
  LATCH_DAY_FUTURE,
} LatchDayKind;

#define LATCH_DAY_N_KINDS (LATCH_DAY_FUTURE + 1)

/**
 * LatchDaySegment:
 * @start: when it began to be so, in seconds since 1970
 * @end: when it ended, which is when the next segment begins
 */
typedef struct
{
  LatchDayKind kind;
  gint64 start;
  gint64 end;
} LatchDaySegment;

/**
 * LatchDayFacts:
 * @events: (element-type LatchEvent): what latch_store_load_day_finish() returned
 * @opener: whether it is an opener
 * @since: when the day begins
 * @until: when the next one does; days in which clocks are changed have 23 or 25 hours
 * @now: the present
 * @watched_until: until when the last state is vouched for; 0 if nobody says so
 * @state: the code of the state that is vouched for then; %LATCH_EVENT_VALUE_UNKNOWN if it is not known
 *
 * What there is to know of a day.
 */
typedef struct
{
  const GPtrArray *events;
  gboolean opener;
  gint64 since;
  gint64 until;
  gint64 now;
  gint64 watched_until;
  int state;
} LatchDayFacts;

GArray *latch_day_segments_new (const LatchDayFacts *facts);
gint64 latch_day_segments_sum (GArray *segments, LatchDayKind kind);

G_END_DECLS

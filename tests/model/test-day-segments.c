/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-day-segments.h"
#include "latch-event.h"

/* What is drawn of a day, as a text: hours and kinds by turns, such as "0 locked 8 open 24" */

#define HOUR 3600
#define DAY_BEGINS 1700000000
#define UNKNOWN LATCH_EVENT_VALUE_UNKNOWN

static const char *const words[LATCH_DAY_N_KINDS] = { "locked", "open", "blocked", "unknown", "unwatched", "future" };

typedef struct
{
  LatchEventKind kind;
  double hour;
  double from; /* of gaps, hours, too */
  double to;
} Happened;

static gint64
at (double hour)
{
  return DAY_BEGINS + (gint64) (hour * HOUR);
}

static void
assert_day_of (LatchDayFacts facts, const Happened *happened, const char *expected)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_event_free);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) segments = NULL;
  gint64 sum = 0;

  for (guint i = 0; happened[i].kind != 0; i++)
    {
      LatchEvent *event = latch_event_new (happened[i].kind, "one", 7, facts.opener ? 2 : 4);
      gboolean gap = event->kind == LATCH_EVENT_GAP;

      event->id = i + 1;
      event->at = at (happened[i].hour);
      event->from = gap ? at (happened[i].from) : (gint64) happened[i].from;
      event->to = gap ? at (happened[i].to) : (gint64) happened[i].to;
      g_ptr_array_add (events, event);
    }
  facts.events = events;
  facts.since = DAY_BEGINS;
  facts.until = facts.until != 0 ? facts.until : at (24);
  segments = latch_day_segments_new (&facts);

  for (guint i = 0; i < segments->len; i++)
    {
      const LatchDaySegment *segment = &g_array_index (segments, LatchDaySegment, i);

      if (i == 0)
        g_string_append_printf (text, "%g", (double) (segment->start - DAY_BEGINS) / HOUR);
      else
        g_assert_cmpint (segment->start, ==, (&g_array_index (segments, LatchDaySegment, i - 1))->end);
      g_string_append_printf (text, " %s %g", words[segment->kind], (double) (segment->end - DAY_BEGINS) / HOUR);
    }
  g_assert_cmpstr (text->str, ==, expected);

  for (guint i = 0; i < LATCH_DAY_N_KINDS; i++)
    sum += latch_day_segments_sum (segments, i);
  g_assert_cmpint (sum, ==, facts.until - facts.since);
}

#define S LATCH_EVENT_STATE
#define M LATCH_EVENT_MODE
#define G LATCH_EVENT_GAP
#define HAPPENED(...) (const Happened[]) { __VA_ARGS__, { 0, } }

/* A day that is over, of a lock that is watched to this moment */
#define OVER .now = at (100), .watched_until = at (100), .state = UNKNOWN
#define assert_day(expected, ...) assert_day_of ((LatchDayFacts) { OVER }, HAPPENED (__VA_ARGS__), expected)

static void
test_changes (void)
{
  assert_day ("0 locked 8 open 8.5 locked 24", { S, -3, 3, 1 }, { S, 8, 1, 3 }, { S, 8.5, 3, 1 });
  assert_day ("0 locked 8 open 9 blocked 9.5 locked 24", { S, -3, 3, 1 }, { S, 8, 1, 3 }, { S, 9, 3, 254 },
              { S, 9.5, 254, 1 });
  assert_day ("0 locked 8 unknown 24", { S, -3, 3, 1 }, { S, 8, 1, 255 });
  /* Ways of being open are one */
  assert_day ("0 locked 8 open 24", { S, -3, 3, 1 }, { S, 8, 1, 5 }, { S, 9, 5, 3 }, { S, 10, 3, 6 });
}

static void
test_overnight (void)
{
  assert_day ("0 open 7 locked 24", { S, -3, 1, 3 }, { S, 7, 3, 1 });
  assert_day ("0 open 24", { S, -30, 1, 3 });
  assert_day ("0 open 24", { S, -30, 1, 3 }, { S, 30, 3, 1 });
}

/* As clocks may have it that are changed at midnight */
static void
test_no_time_at_all (void)
{
  const LatchDayFacts facts = { .since = DAY_BEGINS, .until = DAY_BEGINS, .now = at (100), .state = UNKNOWN };
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  LatchDayFacts none = facts;
  g_autoptr (GArray) segments = NULL;

  none.events = events;
  segments = latch_day_segments_new (&none);
  g_assert_cmpuint (segments->len, ==, 0);
}

static void
test_nothing_known (void)
{
  assert_day ("0 unwatched 24", { 0, });
  /* That it was locked before is known, but not since when */
  assert_day ("0 unwatched 8 open 24", { S, 8, 1, 3 });
  assert_day ("0 unwatched 24", { S, 30, 1, 3 });
}

static void
test_gaps (void)
{
  assert_day ("0 locked 11 unwatched 12.5 locked 24", { S, -3, 3, 1 }, { G, 12.5, 11, 12.5 });
  assert_day ("0 locked 11 unwatched 12.5 open 24", { S, -3, 3, 1 }, { G, 12.5, 11, 12.5 }, { S, 12.5, 1, 3 });
  /* Over midnight, and for days */
  assert_day ("0 unwatched 2 locked 24", { S, -5, 3, 1 }, { G, 2, -1, 2 });
  assert_day ("0 locked 22 unwatched 24", { S, -5, 3, 1 }, { G, 30, 22, 30 });
  assert_day ("0 unwatched 24", { S, -50, 3, 1 }, { G, 50, -20, 50 });
  /* One that was recorded by two programs that were away */
  assert_day ("0 locked 3 unwatched 7 locked 24", { S, -5, 3, 1 }, { G, 5, 3, 5 }, { G, 7, 4, 7 });
}

static void
test_today (void)
{
  const Happened *locked = HAPPENED ({ S, -3, 3, 1 });

  assert_day_of ((LatchDayFacts) { .now = at (18), .watched_until = at (18), .state = 1 }, locked,
                 "0 locked 18 future 24");
  /* Its bridge has been out of reach for two hours */
  assert_day_of ((LatchDayFacts) { .now = at (18), .watched_until = at (16), .state = 1 }, locked,
                 "0 locked 16 unwatched 18 future 24");
  /* It has long been out of reach, or nobody knows the lock any more */
  assert_day_of ((LatchDayFacts) { .now = at (18), .watched_until = at (-1), .state = 1 }, locked,
                 "0 unwatched 18 future 24");
  assert_day_of ((LatchDayFacts) { .now = at (18), .state = UNKNOWN }, locked, "0 unwatched 18 future 24");
  /* But a gap began when it had been seen */
  assert_day_of ((LatchDayFacts) { .now = at (18), .state = UNKNOWN },
                 HAPPENED ({ S, -3, 3, 1 }, { G, 9, 6, 9 }), "0 locked 6 unwatched 18 future 24");
  assert_day_of ((LatchDayFacts) { .now = at (0), .watched_until = at (0), .state = 1 }, locked, "0 future 24");
}

/* What was recorded and what is so do not agree: then nobody knows since when it is so */
static void
test_contradictions (void)
{
  const Happened *put_back = HAPPENED ({ S, -3, 3, 1 }, { S, 12.5, 3, 1 }, { S, 14, 1, 3 });

  assert_day ("0 unwatched 8 locked 24", { S, -3, 1, 3 }, { S, 8, 1, 1 });
  assert_day ("0 unwatched 12 open 24", { S, -3, 3, 1 }, { S, 12, 5, 3 });
  /* A clock was put back by two hours between the unlocking at 14:00 and the locking */
  assert_day_of ((LatchDayFacts) { .now = at (18), .watched_until = at (18), .state = 1 }, put_back,
                 "0 unwatched 12.5 locked 14 unwatched 18 future 24");
  assert_day_of ((LatchDayFacts) { .now = at (13), .watched_until = at (13), .state = 1 }, put_back,
                 "0 unwatched 12.5 locked 13 future 24");
  /* What comes after the day tells, too */
  assert_day ("0 locked 8 unwatched 24", { S, -3, 3, 1 }, { S, 8, 1, 3 }, { S, 30, 1, 3 });
}

/* When clocks are changed */
static void
test_long_and_short_days (void)
{
  const Happened *happened = HAPPENED ({ S, -3, 3, 1 }, { S, 23.5, 1, 3 });

  assert_day_of ((LatchDayFacts) { OVER, .until = at (25) }, happened, "0 locked 23.5 open 25");
  assert_day_of ((LatchDayFacts) { OVER, .until = at (23) }, happened, "0 locked 23");
}

#define assert_opener(expected, ...)                                                                                  \
  assert_day_of ((LatchDayFacts) { OVER, .opener = TRUE }, HAPPENED (__VA_ARGS__), expected)

static void
test_openers (void)
{
  assert_opener ("0 locked 8 open 9 locked 24", { S, -3, 3, 1 }, { S, 8, 1, 3 }, { S, 9, 3, 1 });
  assert_opener ("0 locked 8 open 20 locked 24", { S, -3, 3, 1 }, { M, 8, 2, 3 }, { M, 20, 3, 2 });
  /* Ring to open ends within continuous mode, which goes on */
  assert_opener ("0 locked 8 open 20 locked 24", { S, -3, 3, 1 }, { M, 8, 2, 3 }, { S, 9, 1, 3 }, { S, 10, 3, 1 },
                 { M, 20, 3, 2 });
  assert_opener ("0 unwatched 8 open 20 locked 24", { M, 8, 2, 3 }, { M, 20, 3, 2 });
  assert_opener ("0 locked 8 open 11 unwatched 12 open 24", { S, -3, 3, 1 }, { M, 8, 2, 3 }, { G, 12, 11, 12 });
  /* Another code means another thing to a lock */
  assert_opener ("0 unknown 24", { S, -3, 1, 6 });
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/day-segments/changes", test_changes);
  g_test_add_func ("/day-segments/overnight", test_overnight);
  g_test_add_func ("/day-segments/nothing-known", test_nothing_known);
  g_test_add_func ("/day-segments/gaps", test_gaps);
  g_test_add_func ("/day-segments/today", test_today);
  g_test_add_func ("/day-segments/contradictions", test_contradictions);
  g_test_add_func ("/day-segments/long-and-short-days", test_long_and_short_days);
  g_test_add_func ("/day-segments/openers", test_openers);
  g_test_add_func ("/day-segments/of-no-time-at-all", test_no_time_at_all);

  return g_test_run ();
}

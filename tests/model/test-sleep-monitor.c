/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-sleep-monitor.h"

#include "latch-test-loop.h"

typedef struct
{
  LatchClockReading clocks;
  LatchSleepMonitor *monitor;
  guint n_woke;
  guint n_set;
  gint64 slept;
  gint64 set;
} Fixture;

static void
read_cb (LatchClockReading *reading, gpointer user_data)
{
  *reading = ((Fixture *) user_data)->clocks;
}

static void
woke_cb (Fixture *fixture, gint64 microseconds)
{
  fixture->n_woke++;
  fixture->slept = microseconds;
}

static void
clock_set_cb (Fixture *fixture, gint64 microseconds)
{
  fixture->n_set++;
  fixture->set = microseconds;
}

static void
listen_to (Fixture *fixture)
{
  g_signal_connect_swapped (fixture->monitor, "woke", G_CALLBACK (woke_cb), fixture);
  g_signal_connect_swapped (fixture->monitor, "clock-set", G_CALLBACK (clock_set_cb), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clocks = (LatchClockReading) { .real = 1700000000 * G_TIME_SPAN_SECOND, .boot = 5000, .awake = 4000 };
  fixture->monitor = latch_sleep_monitor_new_with_reader (read_cb, fixture);
  listen_to (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->monitor);
}

static void
pass (Fixture *fixture, gint64 real, gint64 boot, gint64 awake)
{
  fixture->clocks.real += real * G_TIME_SPAN_SECOND;
  fixture->clocks.boot += boot * G_TIME_SPAN_SECOND;
  fixture->clocks.awake += awake * G_TIME_SPAN_SECOND;
  latch_sleep_monitor_check (fixture->monitor);
}

static void
test_time_alone (Fixture *fixture, gconstpointer data)
{
  pass (fixture, 3600, 3600, 3600);
  pass (fixture, 86401, 86400, 86400); /* clocks are put right by small steps */
  g_assert_cmpuint (fixture->n_woke + fixture->n_set, ==, 0);
}

static void
test_sleep (Fixture *fixture, gconstpointer data)
{
  pass (fixture, 3610, 3610, 10);
  g_assert_cmpuint (fixture->n_woke, ==, 1);
  g_assert_cmpint (fixture->slept, ==, 3600 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (fixture->n_set, ==, 0);
  /* Once is enough */
  pass (fixture, 10, 10, 10);
  g_assert_cmpuint (fixture->n_woke, ==, 1);
}

static void
test_clock (Fixture *fixture, gconstpointer data)
{
  pass (fixture, 120 + 7200, 120, 120);
  g_assert_cmpint (fixture->set, ==, 7200 * G_TIME_SPAN_SECOND);
  pass (fixture, -7200, 0, 0);
  g_assert_cmpint (fixture->set, ==, -7200 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (fixture->n_set, ==, 2);
  g_assert_cmpuint (fixture->n_woke, ==, 0);
}

static void
test_both (Fixture *fixture, gconstpointer data)
{
  pass (fixture, 3610 + 60, 3610, 10);
  g_assert_cmpuint (fixture->n_woke, ==, 1);
  g_assert_cmpuint (fixture->n_set, ==, 1);
}

/* The real clocks of this computer, which is awake */
static void
test_real (void)
{
  Fixture fixture = { .monitor = latch_sleep_monitor_new () };

  listen_to (&fixture);
  latch_test_run_for (50);
  latch_sleep_monitor_check (fixture.monitor);
  g_assert_cmpuint (fixture.n_woke + fixture.n_set, ==, 0);
  g_assert_finalize_object (fixture.monitor);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/sleep-monitor/" name, Fixture, NULL, set_up, function, tear_down)
  add ("time-alone-is-no-news", test_time_alone);
  add ("sleep-is-told-once-with-its-length", test_sleep);
  add ("a-clock-that-is-set-is-no-sleep", test_clock);
  add ("both-at-once", test_both);
  g_test_add_func ("/sleep-monitor/is-quiet-while-awake", test_real);

  return g_test_run ();
}

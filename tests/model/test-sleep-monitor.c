/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-sleep-monitor.h"

#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

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

/* The one that the system ends when its clock jumps */
static int
find_timer (void)
{
  int found = -1;

  for (int fd = 0; fd < 256; fd++)
    {
      g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
      g_autofree char *target = g_file_read_link (link, NULL);

      if (g_strcmp0 (target, "anon_inode:[timerfd]") == 0)
        found = fd;
    }
  g_assert_cmpint (found, >=, 0);

  return found;
}

static gint64
get_time_left (int timer)
{
  struct itimerspec left;

  g_assert_cmpint (timerfd_gettime (timer, &left), ==, 0);

  return left.it_value.tv_sec;
}

/* Whatever the system tells of is looked at, and the next time as well */
static void
test_goes_on (void)
{
  const struct itimerspec at_once = { .it_value = { .tv_nsec = 1 } };
  Fixture fixture = { .monitor = latch_sleep_monitor_new () };
  int timer = find_timer ();

  listen_to (&fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (timerfd_settime (timer, 0, &at_once, NULL), ==, 0);
      latch_test_wait_until (get_time_left (timer) > 3600);
    }
  g_assert_cmpuint (fixture.n_woke + fixture.n_set, ==, 0);
  g_assert_finalize_object (fixture.monitor);
}

/* Where the system does not tell of that any more, nobody is kept busy by it */
static void
test_gives_up (void)
{
  Fixture fixture = { .monitor = latch_sleep_monitor_new () };
  int timer = find_timer ();
  int other = eventfd (1, EFD_SEMAPHORE | EFD_CLOEXEC);

  eventfd_write (other, 1000000);
  g_assert_cmpint (dup2 (other, timer), ==, timer);
  for (guint i = 0; g_main_context_pending (NULL); i++)
    {
      g_assert_cmpuint (i, <, 100);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_finalize_object (fixture.monitor);
  close (other);
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
  g_test_add_func ("/sleep-monitor/goes-on-looking", test_goes_on);
  g_test_add_func ("/sleep-monitor/gives-up-without-a-timer", test_gives_up);

  return g_test_run ();
}

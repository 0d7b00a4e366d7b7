/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-sleep-monitor.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* What clocks differ by for other reasons */
#define TOLERANCE (2 * G_TIME_SPAN_SECOND)
/* Never comes: only that it is cancelled is of interest */
#define FAR_FUTURE G_MAXINT32

/**
 * LatchSleepMonitor:
 *
 * Compares this computer's clocks: while it sleeps, only some of them go on, and when its time is set, only one jumps.
 * The kernel says when there is something to compare, so that this costs nothing while nothing happens, and works
 * where no service that could tell is within reach, as in a sandbox.
 */
struct _LatchSleepMonitor
{
  GObject parent_instance;

  LatchClockReader reader;
  gpointer user_data;
  LatchClockReading last;

  int timer; /* -1 where there is none: then latch_sleep_monitor_check() has to do */
  guint source_id;
};

G_DEFINE_FINAL_TYPE (LatchSleepMonitor, latch_sleep_monitor, G_TYPE_OBJECT)

enum
{
  WOKE,
  CLOCK_SET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gint64
read_clock (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
read_clocks (LatchClockReading *reading, gpointer user_data)
{
  reading->real = read_clock (CLOCK_REALTIME);
  reading->boot = read_clock (CLOCK_BOOTTIME);
  reading->awake = read_clock (CLOCK_MONOTONIC);
}

static gboolean
arm (LatchSleepMonitor *self)
{
  struct itimerspec never = { .it_value = { .tv_sec = FAR_FUTURE } };

  return timerfd_settime (self->timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL) == 0;
}

static gboolean
cancelled_cb (int timer, GIOCondition condition, gpointer user_data)
{
  LatchSleepMonitor *self = user_data;
  guint64 n_expirations;
  gboolean goes_on = read (timer, &n_expirations, sizeof n_expirations) >= 0 || errno == ECANCELED || errno == EAGAIN;

  goes_on = goes_on && arm (self);
  if (!goes_on)
    self->source_id = 0;
  latch_sleep_monitor_check (self);

  return goes_on ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
latch_sleep_monitor_finalize (GObject *object)
{
  LatchSleepMonitor *self = LATCH_SLEEP_MONITOR (object);

  g_clear_handle_id (&self->source_id, g_source_remove);
  if (self->timer >= 0)
    close (self->timer);

  G_OBJECT_CLASS (latch_sleep_monitor_parent_class)->finalize (object);
}

static void
latch_sleep_monitor_class_init (LatchSleepMonitorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_sleep_monitor_finalize;

  /**
   * LatchSleepMonitor::woke:
   * @microseconds: how long it slept
   *
   * This computer has slept: whatever was known is at least that old.
   */
  signals[WOKE] = g_signal_new ("woke", LATCH_TYPE_SLEEP_MONITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_INT64);

  /**
   * LatchSleepMonitor::clock-set:
   * @microseconds: how far it was set ahead; back if negative
   *
   * This computer's clock was set.
   */
  signals[CLOCK_SET] = g_signal_new ("clock-set", LATCH_TYPE_SLEEP_MONITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
latch_sleep_monitor_init (LatchSleepMonitor *self)
{
  self->timer = -1;
}

/**
 * latch_sleep_monitor_new:
 *
 * Returns: (transfer full): a monitor for the main context of the thread
 */
LatchSleepMonitor *
latch_sleep_monitor_new (void)
{
  LatchSleepMonitor *self = latch_sleep_monitor_new_with_reader (read_clocks, NULL);

  self->timer = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (self->timer >= 0 && arm (self))
    self->source_id = g_unix_fd_add (self->timer, G_IO_IN, cancelled_cb, self);
  else
    g_debug ("The system does not tell when it has slept: %s", g_strerror (errno));

  return self;
}

/**
 * latch_sleep_monitor_new_with_reader:
 * @reader: (scope forever): reads the clocks
 *
 * Returns: (transfer full): a monitor that goes by other clocks, and only by latch_sleep_monitor_check()
 */
LatchSleepMonitor *
latch_sleep_monitor_new_with_reader (LatchClockReader reader, gpointer user_data)
{
  LatchSleepMonitor *self = g_object_new (LATCH_TYPE_SLEEP_MONITOR, NULL);

  self->reader = reader;
  self->user_data = user_data;
  reader (&self->last, user_data);

  return self;
}

/**
 * latch_sleep_monitor_check:
 *
 * Compares the clocks now, and emits #LatchSleepMonitor::woke or #LatchSleepMonitor::clock-set if there is reason to.
 */
void
latch_sleep_monitor_check (LatchSleepMonitor *self)
{
  g_autoptr (LatchSleepMonitor) alive = NULL;
  LatchClockReading now;
  gint64 slept, set;

  g_return_if_fail (LATCH_IS_SLEEP_MONITOR (self));

  alive = g_object_ref (self);
  self->reader (&now, self->user_data);
  slept = (now.boot - self->last.boot) - (now.awake - self->last.awake);
  set = (now.real - self->last.real) - (now.boot - self->last.boot);
  self->last = now;

  if (slept > TOLERANCE)
    g_signal_emit (self, signals[WOKE], 0, slept);
  if (ABS (set) > TOLERANCE)
    g_signal_emit (self, signals[CLOCK_SET], 0, set);
}

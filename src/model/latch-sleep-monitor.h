/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LatchClockReading:
 * @real: the time of day, in microseconds since 1970
 * @boot: time since the start, sleep included, in microseconds
 * @awake: the same without sleep
 *
 * What this computer's clocks show at one moment.
 */
typedef struct
{
  gint64 real;
  gint64 boot;
  gint64 awake;
} LatchClockReading;

typedef void (*LatchClockReader) (LatchClockReading *reading, gpointer user_data);

#define LATCH_TYPE_SLEEP_MONITOR (latch_sleep_monitor_get_type ())

/* Tells when this computer has slept, and when its clock was set. */
G_DECLARE_FINAL_TYPE (LatchSleepMonitor, latch_sleep_monitor, LATCH, SLEEP_MONITOR, GObject)

LatchSleepMonitor *latch_sleep_monitor_new (void);
LatchSleepMonitor *latch_sleep_monitor_new_with_reader (LatchClockReader reader, gpointer user_data);

void latch_sleep_monitor_check (LatchSleepMonitor *self);

G_END_DECLS

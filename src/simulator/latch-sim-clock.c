/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-clock.h"

struct _LatchSimClock
{
  GObject parent_instance;

  gint64 offset;
  gboolean local;
};

G_DEFINE_FINAL_TYPE (LatchSimClock, latch_sim_clock, G_TYPE_OBJECT)

static void
latch_sim_clock_class_init (LatchSimClockClass *klass)
{
}

static void
latch_sim_clock_init (LatchSimClock *self)
{
}

/**
 * latch_sim_clock_new:
 * @offset: seconds by which the bridge's clock is wrong
 * @local: whether it writes local time, as software bridges do, instead of UTC
 *
 * Returns: (transfer full): the bridge's idea of time
 */
LatchSimClock *
latch_sim_clock_new (gint64   offset,
                     gboolean local)
{
  LatchSimClock *self = g_object_new (LATCH_SIM_TYPE_CLOCK, NULL);

  self->offset = offset;
  self->local = local;

  return self;
}

/**
 * latch_sim_clock_now:
 *
 * Returns: what the bridge takes the time to be, in seconds since 1970
 */
gint64
latch_sim_clock_now (LatchSimClock *self)
{
  return g_get_real_time () / G_USEC_PER_SEC + self->offset;
}

void
latch_sim_clock_set_offset (LatchSimClock *self,
                            gint64         offset)
{
  self->offset = offset;
}

/**
 * latch_sim_clock_format:
 * @time: seconds since 1970
 *
 * Real bridges end their timestamps in an offset, never in "Z".
 *
 * Returns: (transfer full): @time in ISO 8601
 */
char *
latch_sim_clock_format (LatchSimClock *self,
                        gint64         time)
{
  g_autoptr (GDateTime) date = NULL;

  if (self->local)
    date = g_date_time_new_from_unix_local (time);
  else
    date = g_date_time_new_from_unix_utc (time);

  return date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%S%:z") : g_strdup ("1970-01-01T00:00:00+00:00");
}

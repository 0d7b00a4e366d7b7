/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-clock.h"

/* Ages are told in minutes; nothing is late by more than this */
#define TICK_SECONDS 15

struct _LatchClock
{
  GObject parent_instance;

  gint64 now;
  guint timer_id;
};

G_DEFINE_FINAL_TYPE (LatchClock, latch_clock, G_TYPE_OBJECT)

typedef enum
{
  PROP_NOW = 1,
} LatchClockProperty;

static GParamSpec *properties[PROP_NOW + 1];

static gint64
get_real_seconds (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
tick_cb (gpointer user_data)
{
  latch_clock_set_now (user_data, get_real_seconds ());

  return G_SOURCE_CONTINUE;
}

static void
latch_clock_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchClock *self = LATCH_CLOCK (object);

  switch ((LatchClockProperty) property_id)
    {
    case PROP_NOW:
      g_value_set_int64 (value, self->now);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_clock_finalize (GObject *object)
{
  LatchClock *self = LATCH_CLOCK (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);

  G_OBJECT_CLASS (latch_clock_parent_class)->finalize (object);
}

static void
latch_clock_class_init (LatchClockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_clock_get_property;
  object_class->finalize = latch_clock_finalize;

  /**
   * LatchClock:now:
   *
   * The present, in seconds since 1970.
   */
  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
latch_clock_init (LatchClock *self)
{
  self->now = get_real_seconds ();
}

/**
 * latch_clock_new:
 *
 * Returns: (transfer full): a clock that shows the present, and stands still
 */
LatchClock *
latch_clock_new (void)
{
  return g_object_new (LATCH_TYPE_CLOCK, NULL);
}

gint64
latch_clock_get_now (LatchClock *self)
{
  g_return_val_if_fail (LATCH_IS_CLOCK (self), 0);

  return self->now;
}

void
latch_clock_set_now (LatchClock *self, gint64 now)
{
  g_return_if_fail (LATCH_IS_CLOCK (self));

  if (self->now == now)
    return;

  self->now = now;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOW]);
}

/**
 * latch_clock_set_running:
 * @running: whether anybody sees it
 *
 * Starts the clock, from the present, or lets it stand still.
 */
void
latch_clock_set_running (LatchClock *self, gboolean running)
{
  g_return_if_fail (LATCH_IS_CLOCK (self));

  if (running == (self->timer_id != 0))
    return;

  if (running)
    {
      self->timer_id = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
      latch_clock_set_now (self, get_real_seconds ());
    }
  else
    g_clear_handle_id (&self->timer_id, g_source_remove);
}

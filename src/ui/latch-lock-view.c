/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-view.h"

#include "latch-lock-text.h"
#include "latch-ui-enum-types.h"

struct _LatchLockView
{
  GObject parent_instance;

  LatchLock *lock;
  LatchClock *clock;
  guint slow_id;

  LatchLockFacts facts;
  LatchLockAppearance appearance;
  char *name;
  char *caption;
  char *subtitle;
  char *dial_label;
};

G_DEFINE_FINAL_TYPE (LatchLockView, latch_lock_view, G_TYPE_OBJECT)

typedef enum
{
  PROP_LOCK = 1,
  PROP_CLOCK,
  PROP_LOOK,
  PROP_OPENER,
  PROP_BUSY,
  PROP_BATTERY_LOW,
  PROP_NAME,
  PROP_CAPTION,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_EXPLANATION,
} LatchLockViewProperty;

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[PROP_EXPLANATION + 1];
static guint signals[N_SIGNALS];

static void
notify (LatchLockView *self, LatchLockViewProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
take_text (LatchLockView *self, char **field, char *text, LatchLockViewProperty property)
{
  g_autofree char *taken = text;

  if (g_set_str (field, taken) && property != 0)
    notify (self, property);
}

static void update (LatchLockView *self);

static gboolean
slow_cb (gpointer user_data)
{
  LatchLockView *self = user_data;

  self->slow_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

/* The present, but never before what was just heard: the clock ticks rarely */
static gint64
get_now (LatchLockView *self)
{
  gint64 now = latch_clock_get_now (self->clock);

  if (self->facts.pending_since > 0)
    now = MAX (now, g_get_real_time () / G_USEC_PER_SEC);

  return now;
}

/* That something takes long is news at a moment of its own */
static void
update_slow_timer (LatchLockView *self, gint64 now)
{
  gint64 left = self->facts.pending_since + LATCH_LOCK_SLOW_SECONDS - now;

  g_clear_handle_id (&self->slow_id, g_source_remove);
  if (self->facts.pending_since > 0 && left > 0)
    self->slow_id = g_timeout_add_seconds (left, slow_cb, self);
}

static void
update (LatchLockView *self)
{
  LatchLockFacts was = self->facts;
  LatchLockAppearance looked = self->appearance;
  gint64 now;

  latch_lock_facts_init (&self->facts, self->lock);
  latch_lock_appearance_init (&self->appearance, &self->facts);
  now = get_now (self);
  update_slow_timer (self, now);

  g_object_freeze_notify (G_OBJECT (self));
  take_text (self, &self->name, latch_lock_text_name (self->lock), PROP_NAME);
  take_text (self, &self->caption, latch_lock_text_caption (&self->facts, now), PROP_CAPTION);
  take_text (self, &self->subtitle, latch_lock_text_subtitle (&self->facts, now), PROP_SUBTITLE);
  take_text (self, &self->dial_label, latch_lock_text_dial_label (&self->facts, self->name), 0);
  if (self->appearance.look != looked.look)
    notify (self, PROP_LOOK);
  if (self->appearance.busy != looked.busy)
    notify (self, PROP_BUSY);
  if (self->facts.battery_critical != was.battery_critical)
    notify (self, PROP_BATTERY_LOW);
  if (self->appearance.title != looked.title)
    notify (self, PROP_TITLE);
  if (self->appearance.explanation != looked.explanation)
    notify (self, PROP_EXPLANATION);
  g_object_thaw_notify (G_OBJECT (self));

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
latch_lock_view_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchLockView *self = LATCH_LOCK_VIEW (object);

  switch ((LatchLockViewProperty) property_id)
    {
    case PROP_LOCK:
      g_value_set_object (value, self->lock);
      break;
    case PROP_CLOCK:
      g_value_set_object (value, self->clock);
      break;
    case PROP_LOOK:
      g_value_set_enum (value, self->appearance.look);
      break;
    case PROP_OPENER:
      g_value_set_boolean (value, self->facts.opener);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->appearance.busy);
      break;
    case PROP_BATTERY_LOW:
      g_value_set_boolean (value, self->facts.battery_critical == LATCH_TRISTATE_YES);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_CAPTION:
      g_value_set_string (value, self->caption);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->appearance.title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    case PROP_EXPLANATION:
      g_value_set_string (value, self->appearance.explanation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_lock_view_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchLockView *self = LATCH_LOCK_VIEW (object);

  switch ((LatchLockViewProperty) property_id)
    {
    case PROP_LOCK:
      self->lock = g_value_dup_object (value);
      break;
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    case PROP_LOOK:
    case PROP_OPENER:
    case PROP_BUSY:
    case PROP_BATTERY_LOW:
    case PROP_NAME:
    case PROP_CAPTION:
    case PROP_TITLE:
    case PROP_SUBTITLE:
    case PROP_EXPLANATION:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_lock_view_constructed (GObject *object)
{
  LatchLockView *self = LATCH_LOCK_VIEW (object);
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (self->lock);

  G_OBJECT_CLASS (latch_lock_view_parent_class)->constructed (object);

  g_signal_connect_object (self->lock, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->clock, "notify::now", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  if (bridge)
    g_signal_connect_object (bridge, "notify::connection", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
latch_lock_view_finalize (GObject *object)
{
  LatchLockView *self = LATCH_LOCK_VIEW (object);

  g_clear_handle_id (&self->slow_id, g_source_remove);
  g_clear_object (&self->lock);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->caption, g_free);
  g_clear_pointer (&self->subtitle, g_free);
  g_clear_pointer (&self->dial_label, g_free);

  G_OBJECT_CLASS (latch_lock_view_parent_class)->finalize (object);
}

static void
latch_lock_view_class_init (LatchLockViewClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_lock_view_get_property;
  object_class->set_property = latch_lock_view_set_property;
  object_class->constructed = latch_lock_view_constructed;
  object_class->finalize = latch_lock_view_finalize;

  properties[PROP_LOCK] = g_param_spec_object ("lock", NULL, NULL, LATCH_TYPE_LOCK, construct);
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, LATCH_TYPE_CLOCK, construct);
  properties[PROP_LOOK] =
      g_param_spec_enum ("look", NULL, NULL, LATCH_TYPE_LOCK_LOOK, LATCH_LOCK_LOOK_UNKNOWN, flags);
  properties[PROP_OPENER] = g_param_spec_boolean ("opener", NULL, NULL, FALSE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_BATTERY_LOW] = g_param_spec_boolean ("battery-low", NULL, NULL, FALSE, flags);
  /**
   * LatchLockView:name:
   *
   * The lock's name; its kind and ID if it has none.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  properties[PROP_EXPLANATION] = g_param_spec_string ("explanation", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * LatchLockView::changed:
   *
   * Anything of how the lock shows may be different now.
   */
  signals[CHANGED] = g_signal_new ("changed", LATCH_TYPE_LOCK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
latch_lock_view_init (LatchLockView *self)
{
}

/**
 * latch_lock_view_new:
 * @lock: what to show
 * @clock: the present
 *
 * Returns: (transfer full): how @lock shows, for as long as the view lives
 */
LatchLockView *
latch_lock_view_new (LatchLock *lock, LatchClock *clock)
{
  return g_object_new (LATCH_TYPE_LOCK_VIEW, "lock", lock, "clock", clock, NULL);
}

LatchLock *
latch_lock_view_get_lock (LatchLockView *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_VIEW (self), NULL);

  return self->lock;
}

/**
 * latch_lock_view_get_now:
 *
 * Returns: the present, for which all texts were made
 */
gint64
latch_lock_view_get_now (LatchLockView *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_VIEW (self), 0);

  return get_now (self);
}

const LatchLockFacts *
latch_lock_view_get_facts (LatchLockView *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_VIEW (self), NULL);

  return &self->facts;
}

const LatchLockAppearance *
latch_lock_view_get_appearance (LatchLockView *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_VIEW (self), NULL);

  return &self->appearance;
}

const char *
latch_lock_view_get_name (LatchLockView *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_VIEW (self), NULL);

  return self->name;
}

const char *
latch_lock_view_get_caption (LatchLockView *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_VIEW (self), NULL);

  return self->caption;
}

const char *
latch_lock_view_get_subtitle (LatchLockView *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_VIEW (self), NULL);

  return self->subtitle;
}

/**
 * latch_lock_view_get_dial_label:
 *
 * Returns: what the dial shows, in words
 */
const char *
latch_lock_view_get_dial_label (LatchLockView *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_VIEW (self), NULL);

  return self->dial_label;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-dial.h"

#include "latch-lock-drawing.h"

#include <adwaita.h>

#define DEFAULT_PIXEL_SIZE 196
#define DEFAULT_BOLT .3

#define TURN_MICROSECONDS (1.4 * G_USEC_PER_SEC)
#define ARC_MOVING .35
#define ARC_RESTING .25
#define GLIDE_MILLISECONDS 1500
#define SHAKE_MILLISECONDS 200
#define SHAKE_PIXELS 4

struct _LatchLockDial
{
  GtkWidget parent_instance;

  LatchLockLook look;
  double extension;
  char *label;
  int pixel_size;

  /* What is drawn, on its way to what the properties say */
  double bolt;
  double turn;
  double shake;
  double angle;

  AdwAnimation *spring;
  AdwAnimation *glide;
  AdwAnimation *turning;
  AdwAnimation *shaking;
  guint tick;
};

G_DEFINE_FINAL_TYPE (LatchLockDial, latch_lock_dial, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LABEL = 1,
  PROP_PIXEL_SIZE,
} LatchLockDialProperty;

static GParamSpec *properties[PROP_PIXEL_SIZE + 1];

static void
bolt_moved_cb (double value, gpointer user_data)
{
  LatchLockDial *self = user_data;

  self->bolt = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
case_turned_cb (double value, gpointer user_data)
{
  LatchLockDial *self = user_data;

  self->turn = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
shaken_cb (double value, gpointer user_data)
{
  LatchLockDial *self = user_data;

  /* Once to either side, and less each time */
  self->shake = SHAKE_PIXELS * sin (value * 4 * G_PI) * (1 - value);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *frame_clock, gpointer user_data)
{
  LatchLockDial *self = LATCH_LOCK_DIAL (widget);

  if (!adw_get_enable_animations (widget))
    {
      self->tick = 0;
      gtk_widget_queue_draw (widget);
      return G_SOURCE_REMOVE;
    }

  self->angle = 360 * fmod (gdk_frame_clock_get_frame_time (frame_clock) / TURN_MICROSECONDS, 1);
  gtk_widget_queue_draw (widget);

  return G_SOURCE_CONTINUE;
}

/* The ring turns only where somebody sees it and wants things to move */
static void
update_tick (LatchLockDial *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean needed = latch_lock_drawing_has_turning_ring (self->look) && gtk_widget_get_mapped (widget) && adw_get_enable_animations (widget);

  if (needed && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (widget, tick_cb, NULL, NULL);
  else if (!needed && self->tick != 0)
    {
      gtk_widget_remove_tick_callback (widget, self->tick);
      self->tick = 0;
    }
}

static void
spring_to (AdwAnimation *animation, double from, double to)
{
  AdwSpringAnimation *spring = ADW_SPRING_ANIMATION (animation);

  adw_spring_animation_set_value_from (spring, from);
  adw_spring_animation_set_value_to (spring, to);
  adw_animation_play (animation);
}

static void
update_bolt (LatchLockDial *self)
{
  double target = self->extension;
  double turn;

  if (target >= 0 && self->look == LATCH_LOCK_LOOK_MOVING)
    {
      /* Half way at most: the rest is for the lock to confirm */
      target = target > .5 ? MAX (self->bolt, .5) : MIN (self->bolt, .5);
      adw_animation_pause (self->spring);
      adw_timed_animation_set_value_from (ADW_TIMED_ANIMATION (self->glide), self->bolt);
      adw_timed_animation_set_value_to (ADW_TIMED_ANIMATION (self->glide), target);
      adw_animation_play (self->glide);
    }
  else if (target >= 0)
    {
      adw_animation_pause (self->glide);
      spring_to (self->spring, self->bolt, target);
    }

  turn = self->look == LATCH_LOCK_LOOK_UNLATCHED ? 1 : 0;
  if (turn != self->turn)
    spring_to (self->turning, self->turn, turn);
}

static void
latch_lock_dial_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LatchLockDial *self = LATCH_LOCK_DIAL (widget);
  AdwStyleManager *style_manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  LatchLockDrawing drawing = {
    .look = self->look,
    .bolt = self->bolt,
    .turn = self->turn,
    .arc = self->tick != 0 ? ARC_MOVING : ARC_RESTING,
    .angle = self->tick != 0 ? self->angle : 0,
    .size = MIN (width, height),
    .dark = adw_style_manager_get_dark (style_manager),
    .high_contrast = adw_style_manager_get_high_contrast (style_manager),
  };
  GdkRGBA color;

  gtk_widget_get_color (widget, &color);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width / 2 + self->shake, height / 2));
  latch_lock_drawing_snapshot (&drawing, snapshot, &color);
}

static void
latch_lock_dial_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = *natural = LATCH_LOCK_DIAL (widget)->pixel_size;
}

static void
latch_lock_dial_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (latch_lock_dial_parent_class)->map (widget);

  update_tick (LATCH_LOCK_DIAL (widget));
}

static void
latch_lock_dial_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (latch_lock_dial_parent_class)->unmap (widget);

  update_tick (LATCH_LOCK_DIAL (widget));
}

static void
latch_lock_dial_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchLockDial *self = LATCH_LOCK_DIAL (object);

  switch ((LatchLockDialProperty) property_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_PIXEL_SIZE:
      g_value_set_int (value, self->pixel_size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_lock_dial_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchLockDial *self = LATCH_LOCK_DIAL (object);

  switch ((LatchLockDialProperty) property_id)
    {
    case PROP_LABEL:
      latch_lock_dial_set_label (self, g_value_get_string (value));
      break;
    case PROP_PIXEL_SIZE:
      latch_lock_dial_set_pixel_size (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_lock_dial_dispose (GObject *object)
{
  LatchLockDial *self = LATCH_LOCK_DIAL (object);

  g_clear_object (&self->spring);
  g_clear_object (&self->glide);
  g_clear_object (&self->turning);
  g_clear_object (&self->shaking);

  G_OBJECT_CLASS (latch_lock_dial_parent_class)->dispose (object);
}

static void
latch_lock_dial_finalize (GObject *object)
{
  LatchLockDial *self = LATCH_LOCK_DIAL (object);

  g_clear_pointer (&self->label, g_free);

  G_OBJECT_CLASS (latch_lock_dial_parent_class)->finalize (object);
}

static void
latch_lock_dial_class_init (LatchLockDialClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_lock_dial_get_property;
  object_class->set_property = latch_lock_dial_set_property;
  object_class->dispose = latch_lock_dial_dispose;
  object_class->finalize = latch_lock_dial_finalize;
  widget_class->measure = latch_lock_dial_measure;
  widget_class->snapshot = latch_lock_dial_snapshot;
  widget_class->map = latch_lock_dial_map;
  widget_class->unmap = latch_lock_dial_unmap;

  /**
   * LatchLockDial:label:
   *
   * What the dial shows, for those who do not see it.
   */
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /**
   * LatchLockDial:pixel-size:
   *
   * Width and height.
   */
  properties[PROP_PIXEL_SIZE] =
      g_param_spec_int ("pixel-size", NULL, NULL, 0, G_MAXINT, DEFAULT_PIXEL_SIZE,
                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "lock-dial");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static AdwAnimation *
make_spring (LatchLockDial *self, AdwAnimationTargetFunc callback)
{
  return adw_spring_animation_new (GTK_WIDGET (self), 0, 0, adw_spring_params_new (.8, 1, 120),
                                   adw_callback_animation_target_new (callback, self, NULL));
}

static AdwAnimation *
make_timed (LatchLockDial *self, guint milliseconds, AdwEasing easing, AdwAnimationTargetFunc callback)
{
  AdwAnimation *animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, milliseconds,
                                                     adw_callback_animation_target_new (callback, self, NULL));

  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (animation), easing);
  return animation;
}

static void
latch_lock_dial_init (LatchLockDial *self)
{
  self->extension = -1;
  self->bolt = DEFAULT_BOLT;
  self->pixel_size = DEFAULT_PIXEL_SIZE;

  self->spring = make_spring (self, bolt_moved_cb);
  self->turning = make_spring (self, case_turned_cb);
  self->glide = make_timed (self, GLIDE_MILLISECONDS, ADW_EASE_OUT_CUBIC, bolt_moved_cb);
  self->shaking = make_timed (self, SHAKE_MILLISECONDS, ADW_LINEAR, shaken_cb);

  gtk_widget_add_css_class (GTK_WIDGET (self), latch_lock_look_get_css_class (self->look));
}

GtkWidget *
latch_lock_dial_new (void)
{
  return g_object_new (LATCH_TYPE_LOCK_DIAL, NULL);
}

/**
 * latch_lock_dial_show:
 * @look: what to show
 * @extension: how far the bolt is out, from 0 to 1, or where it moves to; negative to leave it where it is
 * @jump: whether to go there at once, because it is not this lock that has moved
 *
 * Shows a state. Both go together, because where a moving bolt waits depends on where it came from.
 */
void
latch_lock_dial_show (LatchLockDial *self, LatchLockLook look, double extension, gboolean jump)
{
  g_return_if_fail (LATCH_IS_LOCK_DIAL (self));

  if (self->look == look && G_APPROX_VALUE (self->extension, extension, DBL_EPSILON) && !jump)
    return;

  gtk_widget_remove_css_class (GTK_WIDGET (self), latch_lock_look_get_css_class (self->look));
  gtk_widget_add_css_class (GTK_WIDGET (self), latch_lock_look_get_css_class (look));
  self->look = look;
  self->extension = extension;

  update_bolt (self);
  update_tick (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  if (jump)
    {
      adw_animation_skip (look == LATCH_LOCK_LOOK_MOVING ? self->glide : self->spring);
      adw_animation_skip (self->turning);
      adw_animation_skip (self->shaking);
    }
}

LatchLockLook
latch_lock_dial_get_look (LatchLockDial *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_DIAL (self), LATCH_LOCK_LOOK_UNKNOWN);

  return self->look;
}

const char *
latch_lock_dial_get_label (LatchLockDial *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_DIAL (self), NULL);

  return self->label;
}

void
latch_lock_dial_set_label (LatchLockDial *self, const char *label)
{
  g_return_if_fail (LATCH_IS_LOCK_DIAL (self));

  if (!g_set_str (&self->label, label))
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label ? label : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

int
latch_lock_dial_get_pixel_size (LatchLockDial *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_DIAL (self), 0);

  return self->pixel_size;
}

void
latch_lock_dial_set_pixel_size (LatchLockDial *self, int pixel_size)
{
  g_return_if_fail (LATCH_IS_LOCK_DIAL (self));

  if (self->pixel_size == pixel_size)
    return;

  self->pixel_size = pixel_size;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PIXEL_SIZE]);
}

/**
 * latch_lock_dial_get_bolt:
 *
 * Returns: how far the bolt is drawn out at this moment, from 0 to 1
 */
double
latch_lock_dial_get_bolt (LatchLockDial *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_DIAL (self), 0);

  return self->bolt;
}

/**
 * latch_lock_dial_shake:
 *
 * Shakes the head: what was asked for did not happen.
 */
void
latch_lock_dial_shake (LatchLockDial *self)
{
  g_return_if_fail (LATCH_IS_LOCK_DIAL (self));

  if (adw_get_enable_animations (GTK_WIDGET (self)))
    adw_animation_play (self->shaking);
}


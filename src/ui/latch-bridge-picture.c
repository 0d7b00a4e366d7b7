/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-picture.h"

#include "latch-announcement.h"
#include "latch-bridge-drawing.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define DEFAULT_PIXEL_SIZE 236

struct _LatchBridgePicture
{
  GtkWidget parent_instance;

  gboolean lit;
  int pixel_size;

  gint64 countdown_end; /* monotonic, 0 while there is none */
  guint countdown_seconds;
  int seconds_left;
  guint timeout;
  guint tick;
};

G_DEFINE_FINAL_TYPE (LatchBridgePicture, latch_bridge_picture, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LIT = 1,
  PROP_PIXEL_SIZE,
  PROP_SECONDS_LEFT,
} LatchBridgePictureProperty;

static GParamSpec *properties[PROP_SECONDS_LEFT + 1];

/* The moments at which somebody who does not see the ring hears of it */
static const int announced_seconds[] = { 30, 20, 10, 5 };

static double
get_time_left (LatchBridgePicture *self)
{
  return MAX (self->countdown_end - g_get_monotonic_time (), 0) / (double) G_USEC_PER_SEC;
}

static void
announce (LatchBridgePicture *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (announced_seconds); i++)
    if (announced_seconds[i] == self->seconds_left)
      {
        g_autofree char *text = latch_bridge_picture_dup_countdown_text (self);

        latch_announce (GTK_WIDGET (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
      }
}

static void
update_seconds_left (LatchBridgePicture *self)
{
  int seconds_left = self->countdown_end ? (int) ceil (get_time_left (self)) : -1;
  g_autofree char *text = NULL;

  if (seconds_left == self->seconds_left)
    return;

  self->seconds_left = seconds_left;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (seconds_left >= 0)
    {
      text = latch_bridge_picture_dup_countdown_text (self);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                      GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                      GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) self->countdown_seconds,
                                      GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) seconds_left,
                                      GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                      -1);
      announce (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECONDS_LEFT]);
}

static gboolean
timeout_cb (gpointer user_data)
{
  LatchBridgePicture *self = user_data;

  update_seconds_left (self);
  if (self->seconds_left > 0)
    return G_SOURCE_CONTINUE;

  self->timeout = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *frame_clock, gpointer user_data)
{
  gtk_widget_queue_draw (widget);

  return G_SOURCE_CONTINUE;
}

/* The ring empties smoothly only where somebody sees it and wants things to move; else once a second */
static void
update_tick (LatchBridgePicture *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean needed = self->countdown_end != 0 && gtk_widget_get_mapped (widget) && adw_get_enable_animations (widget);

  if (needed && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (widget, tick_cb, NULL, NULL);
  else if (!needed && self->tick != 0)
    {
      gtk_widget_remove_tick_callback (widget, self->tick);
      self->tick = 0;
    }
}

static void
latch_bridge_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LatchBridgePicture *self = LATCH_BRIDGE_PICTURE (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  LatchBridgeDrawing drawing = { .lit = self->lit, .ring = -1, .size = MIN (width, height) };
  GdkRGBA color;

  if (self->countdown_end != 0)
    drawing.ring = (self->tick != 0 ? get_time_left (self) : self->seconds_left) / self->countdown_seconds;

  gtk_widget_get_color (widget, &color);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width / 2, height / 2));
  latch_bridge_drawing_snapshot (&drawing, snapshot, &color);
}

static void
latch_bridge_picture_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  *minimum = *natural = LATCH_BRIDGE_PICTURE (widget)->pixel_size;
}

static void
latch_bridge_picture_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (latch_bridge_picture_parent_class)->map (widget);

  update_tick (LATCH_BRIDGE_PICTURE (widget));
}

static void
latch_bridge_picture_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (latch_bridge_picture_parent_class)->unmap (widget);

  update_tick (LATCH_BRIDGE_PICTURE (widget));
}

static void
latch_bridge_picture_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchBridgePicture *self = LATCH_BRIDGE_PICTURE (object);

  switch ((LatchBridgePictureProperty) property_id)
    {
    case PROP_LIT:
      g_value_set_boolean (value, self->lit);
      break;
    case PROP_PIXEL_SIZE:
      g_value_set_int (value, self->pixel_size);
      break;
    case PROP_SECONDS_LEFT:
      g_value_set_int (value, self->seconds_left);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_picture_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchBridgePicture *self = LATCH_BRIDGE_PICTURE (object);

  switch ((LatchBridgePictureProperty) property_id)
    {
    case PROP_LIT:
      latch_bridge_picture_set_lit (self, g_value_get_boolean (value));
      break;
    case PROP_PIXEL_SIZE:
      latch_bridge_picture_set_pixel_size (self, g_value_get_int (value));
      break;
    case PROP_SECONDS_LEFT:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_picture_dispose (GObject *object)
{
  LatchBridgePicture *self = LATCH_BRIDGE_PICTURE (object);

  g_clear_handle_id (&self->timeout, g_source_remove);

  G_OBJECT_CLASS (latch_bridge_picture_parent_class)->dispose (object);
}

static void
latch_bridge_picture_class_init (LatchBridgePictureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_bridge_picture_get_property;
  object_class->set_property = latch_bridge_picture_set_property;
  object_class->dispose = latch_bridge_picture_dispose;
  widget_class->measure = latch_bridge_picture_measure;
  widget_class->snapshot = latch_bridge_picture_snapshot;
  widget_class->map = latch_bridge_picture_map;
  widget_class->unmap = latch_bridge_picture_unmap;

  /**
   * LatchBridgePicture:lit:
   *
   * Whether the light around the button is on.
   */
  properties[PROP_LIT] = g_param_spec_boolean (
      "lit", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /**
   * LatchBridgePicture:pixel-size:
   *
   * Width and height, the ring included.
   */
  properties[PROP_PIXEL_SIZE] =
      g_param_spec_int ("pixel-size", NULL, NULL, 0, G_MAXINT, DEFAULT_PIXEL_SIZE,
                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /**
   * LatchBridgePicture:seconds-left:
   *
   * How many seconds of the countdown are left, -1 while there is none.
   */
  properties[PROP_SECONDS_LEFT] =
      g_param_spec_int ("seconds-left", NULL, NULL, -1, G_MAXINT, -1,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "bridge-picture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
latch_bridge_picture_init (LatchBridgePicture *self)
{
  self->pixel_size = DEFAULT_PIXEL_SIZE;
  self->seconds_left = -1;
}

GtkWidget *
latch_bridge_picture_new (void)
{
  return g_object_new (LATCH_TYPE_BRIDGE_PICTURE, NULL);
}

gboolean
latch_bridge_picture_get_lit (LatchBridgePicture *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE_PICTURE (self), FALSE);

  return self->lit;
}

void
latch_bridge_picture_set_lit (LatchBridgePicture *self, gboolean lit)
{
  g_return_if_fail (LATCH_IS_BRIDGE_PICTURE (self));

  lit = !!lit;
  if (self->lit == lit)
    return;

  self->lit = lit;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIT]);
}

int
latch_bridge_picture_get_pixel_size (LatchBridgePicture *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE_PICTURE (self), 0);

  return self->pixel_size;
}

void
latch_bridge_picture_set_pixel_size (LatchBridgePicture *self, int pixel_size)
{
  g_return_if_fail (LATCH_IS_BRIDGE_PICTURE (self));

  if (self->pixel_size == pixel_size)
    return;

  self->pixel_size = pixel_size;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PIXEL_SIZE]);
}

/**
 * latch_bridge_picture_start_countdown:
 * @seconds: how long it takes
 *
 * Shows a ring that empties, and announces some of the seconds that are left.
 */
void
latch_bridge_picture_start_countdown (LatchBridgePicture *self, guint seconds)
{
  g_return_if_fail (LATCH_IS_BRIDGE_PICTURE (self));
  g_return_if_fail (seconds > 0);

  latch_bridge_picture_stop_countdown (self);

  self->countdown_seconds = seconds;
  self->countdown_end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  self->timeout = g_timeout_add (250, timeout_cb, self);
  update_seconds_left (self);
  update_tick (self);
}

/**
 * latch_bridge_picture_stop_countdown:
 *
 * Takes the ring away.
 */
void
latch_bridge_picture_stop_countdown (LatchBridgePicture *self)
{
  g_return_if_fail (LATCH_IS_BRIDGE_PICTURE (self));

  g_clear_handle_id (&self->timeout, g_source_remove);
  self->countdown_end = 0;
  update_seconds_left (self);
  update_tick (self);
}

/**
 * latch_bridge_picture_get_seconds_left:
 *
 * Returns: how many seconds of the countdown are left, -1 while there is none
 */
int
latch_bridge_picture_get_seconds_left (LatchBridgePicture *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE_PICTURE (self), -1);

  return self->seconds_left;
}

/**
 * latch_bridge_picture_dup_countdown_text:
 *
 * Returns: (transfer full) (nullable): how many seconds are left, in words
 */
char *
latch_bridge_picture_dup_countdown_text (LatchBridgePicture *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE_PICTURE (self), NULL);

  if (self->seconds_left < 0)
    return NULL;

  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%d second left", "%d seconds left", self->seconds_left), self->seconds_left);
}

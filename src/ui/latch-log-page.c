/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-log-page.h"

#include "latch-bridge-banner.h"

struct _LatchLogPage
{
  AdwNavigationPage parent_instance;

  LatchBridge *bridge;
  LatchClock *clock;

  LatchBridgeBanner *banner;
};

G_DEFINE_FINAL_TYPE (LatchLogPage, latch_log_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_BRIDGE = 1,
} LatchLogPageProperty;

static GParamSpec *properties[PROP_BRIDGE + 1];

static void
latch_log_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchLogPage *self = LATCH_LOG_PAGE (object);

  switch ((LatchLogPageProperty) property_id)
    {
    case PROP_BRIDGE:
      g_value_set_object (value, self->bridge);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_log_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchLogPage *self = LATCH_LOG_PAGE (object);

  switch ((LatchLogPageProperty) property_id)
    {
    case PROP_BRIDGE:
      self->bridge = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_log_page_dispose (GObject *object)
{
  LatchLogPage *self = LATCH_LOG_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_LOG_PAGE);
  g_clear_object (&self->bridge);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (latch_log_page_parent_class)->dispose (object);
}

static void
latch_log_page_class_init (LatchLogPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_log_page_get_property;
  object_class->set_property = latch_log_page_set_property;
  object_class->dispose = latch_log_page_dispose;

  /**
   * LatchLogPage:bridge:
   *
   * Whose log it is.
   */
  properties[PROP_BRIDGE] =
      g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (LATCH_TYPE_BRIDGE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-log-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchLogPage, banner);
}

static void
latch_log_page_init (LatchLogPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_log_page_new:
 * @bridge: whose log to show
 * @clock: the present
 */
LatchLogPage *
latch_log_page_new (LatchBridge *bridge, LatchClock *clock)
{
  LatchLogPage *self = g_object_new (LATCH_TYPE_LOG_PAGE, "bridge", bridge, NULL);

  self->clock = g_object_ref (clock);
  latch_bridge_banner_set_bridge (self->banner, bridge);

  return self;
}

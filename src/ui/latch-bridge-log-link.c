/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-log-link.h"

struct _LatchBridgeLogLink
{
  AdwPreferencesGroup parent_instance;

  LatchBridge *bridge;
};

G_DEFINE_FINAL_TYPE (LatchBridgeLogLink, latch_bridge_log_link, ADW_TYPE_PREFERENCES_GROUP)

typedef enum
{
  PROP_BRIDGE = 1,
} LatchBridgeLogLinkProperty;

static GParamSpec *properties[PROP_BRIDGE + 1];

static gboolean
has_log (LatchBridgeLogLink *self, const LatchInfoSnapshot *info)
{
  return !self->bridge || latch_bridge_get_bridge_type (self->bridge) != LATCH_BRIDGE_TYPE_SOFTWARE;
}

static void
activated_cb (LatchBridgeLogLink *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "bridge.show-log", "s", latch_bridge_get_id (self->bridge));
}

static void
latch_bridge_log_link_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchBridgeLogLink *self = LATCH_BRIDGE_LOG_LINK (object);

  switch ((LatchBridgeLogLinkProperty) property_id)
    {
    case PROP_BRIDGE:
      g_value_set_object (value, self->bridge);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_log_link_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchBridgeLogLink *self = LATCH_BRIDGE_LOG_LINK (object);

  switch ((LatchBridgeLogLinkProperty) property_id)
    {
    case PROP_BRIDGE:
      if (g_set_object (&self->bridge, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_log_link_dispose (GObject *object)
{
  LatchBridgeLogLink *self = LATCH_BRIDGE_LOG_LINK (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_BRIDGE_LOG_LINK);
  g_clear_object (&self->bridge);

  G_OBJECT_CLASS (latch_bridge_log_link_parent_class)->dispose (object);
}

static void
latch_bridge_log_link_class_init (LatchBridgeLogLinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_bridge_log_link_get_property;
  object_class->set_property = latch_bridge_log_link_set_property;
  object_class->dispose = latch_bridge_log_link_dispose;

  /**
   * LatchBridgeLogLink:bridge:
   *
   * Whose log it leads to.
   */
  properties[PROP_BRIDGE] =
      g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-bridge-log-link.ui");
  gtk_widget_class_bind_template_callback (widget_class, has_log);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
latch_bridge_log_link_init (LatchBridgeLogLink *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-row.h"

#include "latch-bridge-text.h"

#include <glib/gi18n-lib.h>

struct _LatchBridgeRow
{
  GtkListBoxRow parent_instance;

  LatchBridge *bridge;
};

G_DEFINE_FINAL_TYPE (LatchBridgeRow, latch_bridge_row, GTK_TYPE_LIST_BOX_ROW)

typedef enum
{
  PROP_BRIDGE = 1,
} LatchBridgeRowProperty;

static GParamSpec *properties[PROP_BRIDGE + 1];

static char *
get_caption (LatchBridgeRow *self, LatchConnection connection, const char *error_message, LatchMaintenance maintenance)
{
  /* Translators: %s is how we stand with the bridge, such as “Connected” */
  return g_strdup_printf (_("Bridge · %s"), latch_bridge_text_standing (self->bridge));
}

static gboolean
is_problem (LatchBridgeRow *self, LatchConnection connection, LatchMaintenance maintenance)
{
  return latch_bridge_text_is_problem (connection) || maintenance == LATCH_MAINTENANCE_WAS_RESET;
}

static void
update_label (LatchBridgeRow *self)
{
  g_autofree char *label = NULL;

  /* Translators: the name of a bridge, and how we stand with it, such as “Connected” */
  label = g_strdup_printf (_("Bridge %s, %s"), latch_bridge_get_name (self->bridge), latch_bridge_text_standing (self->bridge));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
latch_bridge_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchBridgeRow *self = LATCH_BRIDGE_ROW (object);

  switch ((LatchBridgeRowProperty) property_id)
    {
    case PROP_BRIDGE:
      g_value_set_object (value, self->bridge);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_row_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchBridgeRow *self = LATCH_BRIDGE_ROW (object);

  switch ((LatchBridgeRowProperty) property_id)
    {
    case PROP_BRIDGE:
      self->bridge = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_row_constructed (GObject *object)
{
  LatchBridgeRow *self = LATCH_BRIDGE_ROW (object);

  G_OBJECT_CLASS (latch_bridge_row_parent_class)->constructed (object);

  g_signal_connect_object (self->bridge, "notify::name", G_CALLBACK (update_label), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bridge, "notify::connection", G_CALLBACK (update_label), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bridge, "notify::maintenance", G_CALLBACK (update_label), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bridge, "notify::error-message", G_CALLBACK (update_label), self, G_CONNECT_SWAPPED);
  update_label (self);
}

static void
latch_bridge_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_BRIDGE_ROW);
  g_clear_object (&LATCH_BRIDGE_ROW (object)->bridge);

  G_OBJECT_CLASS (latch_bridge_row_parent_class)->dispose (object);
}

static void
latch_bridge_row_class_init (LatchBridgeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_bridge_row_get_property;
  object_class->set_property = latch_bridge_row_set_property;
  object_class->constructed = latch_bridge_row_constructed;
  object_class->dispose = latch_bridge_row_dispose;

  properties[PROP_BRIDGE] =
      g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-bridge-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, get_caption);
  gtk_widget_class_bind_template_callback (widget_class, is_problem);
}

static void
latch_bridge_row_init (LatchBridgeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
latch_bridge_row_new (LatchBridge *bridge)
{
  return g_object_new (LATCH_TYPE_BRIDGE_ROW, "bridge", bridge, NULL);
}

LatchBridge *
latch_bridge_row_get_bridge (LatchBridgeRow *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE_ROW (self), NULL);

  return self->bridge;
}

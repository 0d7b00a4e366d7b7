/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-maintenance.h"

#include "latch-upkeep-text.h"

#include <glib/gi18n-lib.h>

struct _LatchBridgeMaintenance
{
  AdwPreferencesGroup parent_instance;

  LatchBridge *bridge;
};

G_DEFINE_FINAL_TYPE (LatchBridgeMaintenance, latch_bridge_maintenance, ADW_TYPE_PREFERENCES_GROUP)

typedef enum
{
  PROP_BRIDGE = 1,
} LatchBridgeMaintenanceProperty;

static GParamSpec *properties[PROP_BRIDGE + 1];

/* What apps are that stand in for a bridge, nobody can restart from here */
static gboolean
is_hardware (LatchBridgeMaintenance *self, const LatchInfoSnapshot *info)
{
  return !self->bridge || latch_bridge_get_bridge_type (self->bridge) != LATCH_BRIDGE_TYPE_SOFTWARE;
}

static char *
get_title (LatchBridgeMaintenance *self, const LatchInfoSnapshot *info)
{
  return is_hardware (self, info) ? g_strdup (_("Maintenance")) : NULL;
}

static int
get_margin (LatchBridgeMaintenance *self, const LatchInfoSnapshot *info)
{
  return is_hardware (self, info) ? 24 : 0;
}

static gboolean
is_idle (LatchBridgeMaintenance *self, LatchMaintenance maintenance, LatchMaintenance asked_to)
{
  return maintenance == LATCH_MAINTENANCE_NONE && asked_to == LATCH_MAINTENANCE_NONE;
}

static char *
choose_title (LatchMaintenance maintenance, LatchMaintenance asked_to, LatchMaintenance what, const char *title)
{
  return g_strdup (maintenance == what || asked_to == what ? latch_upkeep_text_caption (what) : title);
}

static char *
get_update_title (LatchBridgeMaintenance *self, LatchMaintenance maintenance, LatchMaintenance asked_to)
{
  return choose_title (maintenance, asked_to, LATCH_MAINTENANCE_UPDATING, _("Update Firmware…"));
}

static char *
get_restart_title (LatchBridgeMaintenance *self, LatchMaintenance maintenance, LatchMaintenance asked_to)
{
  return choose_title (maintenance, asked_to, LATCH_MAINTENANCE_RESTARTING, _("Restart Bridge…"));
}

static char *
get_reset_title (LatchBridgeMaintenance *self, LatchMaintenance maintenance, LatchMaintenance asked_to)
{
  return choose_title (maintenance, asked_to, LATCH_MAINTENANCE_RESETTING, _("Factory Reset…"));
}

static void
activate (LatchBridgeMaintenance *self, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (self), action, "s", latch_bridge_get_id (self->bridge));
}

static void
update_activated_cb (LatchBridgeMaintenance *self)
{
  activate (self, "bridge.update-firmware");
}

static void
restart_activated_cb (LatchBridgeMaintenance *self)
{
  activate (self, "bridge.restart");
}

static void
forget_activated_cb (LatchBridgeMaintenance *self)
{
  activate (self, "bridge.forget");
}

static void
reset_activated_cb (LatchBridgeMaintenance *self)
{
  activate (self, "bridge.factory-reset");
}

static void
latch_bridge_maintenance_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchBridgeMaintenance *self = LATCH_BRIDGE_MAINTENANCE (object);

  switch ((LatchBridgeMaintenanceProperty) property_id)
    {
    case PROP_BRIDGE:
      g_value_set_object (value, self->bridge);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_maintenance_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchBridgeMaintenance *self = LATCH_BRIDGE_MAINTENANCE (object);

  switch ((LatchBridgeMaintenanceProperty) property_id)
    {
    case PROP_BRIDGE:
      if (g_set_object (&self->bridge, g_value_get_object (value)))
        g_object_notify_by_pspec (object, properties[PROP_BRIDGE]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_maintenance_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_BRIDGE_MAINTENANCE);
  g_clear_object (&LATCH_BRIDGE_MAINTENANCE (object)->bridge);

  G_OBJECT_CLASS (latch_bridge_maintenance_parent_class)->dispose (object);
}

static void
latch_bridge_maintenance_class_init (LatchBridgeMaintenanceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_bridge_maintenance_get_property;
  object_class->set_property = latch_bridge_maintenance_set_property;
  object_class->dispose = latch_bridge_maintenance_dispose;

  /**
   * LatchBridgeMaintenance:bridge:
   *
   * The bridge that it is about.
   */
  properties[PROP_BRIDGE] = g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-bridge-maintenance.ui");
  gtk_widget_class_bind_template_callback (widget_class, is_hardware);
  gtk_widget_class_bind_template_callback (widget_class, get_title);
  gtk_widget_class_bind_template_callback (widget_class, get_margin);
  gtk_widget_class_bind_template_callback (widget_class, is_idle);
  gtk_widget_class_bind_template_callback (widget_class, get_update_title);
  gtk_widget_class_bind_template_callback (widget_class, get_restart_title);
  gtk_widget_class_bind_template_callback (widget_class, get_reset_title);
  gtk_widget_class_bind_template_callback (widget_class, update_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, restart_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_activated_cb);
}

static void
latch_bridge_maintenance_init (LatchBridgeMaintenance *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

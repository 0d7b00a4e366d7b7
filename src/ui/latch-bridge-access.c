/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-access.h"

#include "latch-upkeep-text.h"

struct _LatchBridgeAccess
{
  AdwPreferencesGroup parent_instance;

  LatchBridge *bridge;

  AdwActionRow *row;
  GtkWidget *answers;
  GtkWidget *allow;
  GtkWidget *forbid;
  GtkSwitch *button;
};

G_DEFINE_FINAL_TYPE (LatchBridgeAccess, latch_bridge_access, ADW_TYPE_PREFERENCES_GROUP)

typedef enum
{
  PROP_BRIDGE = 1,
} LatchBridgeAccessProperty;

static GParamSpec *properties[PROP_BRIDGE + 1];

static char *
get_source (LatchBridgeAccess *self, LatchAccess access)
{
  return g_strdup (latch_upkeep_text_access_source (access));
}

static char *
get_meaning (LatchBridgeAccess *self, LatchAccess access)
{
  return g_strdup (latch_upkeep_text_access (access));
}

static gboolean
is_allowed (LatchAccess access)
{
  return access == LATCH_ACCESS_ALLOWED || access == LATCH_ACCESS_WAS_ALLOWED;
}

static void
set_sensitive (LatchBridgeAccess *self, gboolean sensitive)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), sensitive);
  gtk_widget_set_sensitive (GTK_WIDGET (self->allow), sensitive);
  gtk_widget_set_sensitive (GTK_WIDGET (self->forbid), sensitive);
}

/* The switch says what the bridge was told; while it is being told, what somebody wishes */
static void
update (LatchBridgeAccess *self)
{
  LatchAccess access = self->bridge ? latch_bridge_get_access (self->bridge) : LATCH_ACCESS_UNKNOWN;
  gboolean known = access != LATCH_ACCESS_UNKNOWN;

  if (self->bridge && latch_bridge_get_changing_access (self->bridge))
    {
      set_sensitive (self, FALSE);
      return;
    }

  g_signal_handlers_block_matched (self->button, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  gtk_switch_set_active (self->button, is_allowed (access));
  gtk_switch_set_state (self->button, is_allowed (access));
  g_signal_handlers_unblock_matched (self->button, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  gtk_widget_set_visible (GTK_WIDGET (self->button), known);
  gtk_widget_set_visible (self->answers, !known);
  adw_action_row_set_activatable_widget (self->row, known ? GTK_WIDGET (self->button) : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  latch_upkeep_text_access (access), -1);
  set_sensitive (self, self->bridge != NULL);
}

static void
change (LatchBridgeAccess *self, gboolean allow)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "bridge.change-access", "(sb)", latch_bridge_get_id (self->bridge), allow);
}

static gboolean
state_set_cb (LatchBridgeAccess *self, gboolean state)
{
  if (self->bridge && state != is_allowed (latch_bridge_get_access (self->bridge)))
    change (self, state);

  return TRUE;
}

static void
allow_clicked_cb (LatchBridgeAccess *self)
{
  change (self, TRUE);
}

static void
forbid_clicked_cb (LatchBridgeAccess *self)
{
  change (self, FALSE);
}

static void
set_bridge (LatchBridgeAccess *self, LatchBridge *bridge)
{
  if (self->bridge == bridge)
    return;

  if (self->bridge)
    g_signal_handlers_disconnect_by_data (self->bridge, self);
  g_set_object (&self->bridge, bridge);
  if (bridge)
    {
      g_signal_connect_object (bridge, "notify::access", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (bridge, "notify::changing-access", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BRIDGE]);
}

static void
latch_bridge_access_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchBridgeAccess *self = LATCH_BRIDGE_ACCESS (object);

  switch ((LatchBridgeAccessProperty) property_id)
    {
    case PROP_BRIDGE:
      g_value_set_object (value, self->bridge);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_access_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchBridgeAccess *self = LATCH_BRIDGE_ACCESS (object);

  switch ((LatchBridgeAccessProperty) property_id)
    {
    case PROP_BRIDGE:
      set_bridge (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_access_dispose (GObject *object)
{
  LatchBridgeAccess *self = LATCH_BRIDGE_ACCESS (object);

  if (self->bridge)
    g_signal_handlers_disconnect_by_data (self->bridge, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_BRIDGE_ACCESS);
  g_clear_object (&self->bridge);

  G_OBJECT_CLASS (latch_bridge_access_parent_class)->dispose (object);
}

static void
latch_bridge_access_class_init (LatchBridgeAccessClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_bridge_access_get_property;
  object_class->set_property = latch_bridge_access_set_property;
  object_class->dispose = latch_bridge_access_dispose;

  /**
   * LatchBridgeAccess:bridge:
   *
   * The bridge that it is about.
   */
  properties[PROP_BRIDGE] = g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-bridge-access.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeAccess, row);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeAccess, answers);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeAccess, allow);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeAccess, forbid);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeAccess, button);
  gtk_widget_class_bind_template_callback (widget_class, get_source);
  gtk_widget_class_bind_template_callback (widget_class, get_meaning);
  gtk_widget_class_bind_template_callback (widget_class, state_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, allow_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, forbid_clicked_cb);
}

static void
latch_bridge_access_init (LatchBridgeAccess *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

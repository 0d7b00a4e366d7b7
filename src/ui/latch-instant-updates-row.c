/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-instant-updates-row.h"

#include "latch-bridge-text.h"

struct _LatchInstantUpdatesRow
{
  AdwActionRow parent_instance;

  LatchBridge *bridge;
  LatchSubscription *subscription;
  GBinding *binding;

  GtkWidget *problem;
  GtkSwitch *button;
};

G_DEFINE_FINAL_TYPE (LatchInstantUpdatesRow, latch_instant_updates_row, ADW_TYPE_ACTION_ROW)

typedef enum
{
  PROP_BRIDGE = 1,
} LatchInstantUpdatesRowProperty;

static GParamSpec *properties[PROP_BRIDGE + 1];

static void
update (LatchInstantUpdatesRow *self)
{
  LatchSubscriptionState state = self->subscription ? latch_subscription_get_state (self->subscription)
                                                    : LATCH_SUBSCRIPTION_OFF;
  const char *text = self->bridge ? latch_bridge_text_updates (self->bridge) : NULL;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text ? text : "",
                                  -1);
  gtk_widget_set_visible (self->problem, latch_bridge_text_is_updates_problem (state));
  /* There is nothing to turn off, and to turn it on is tried all the time */
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), state != LATCH_SUBSCRIPTION_FULL);
}

static void
subscription_cb (LatchInstantUpdatesRow *self)
{
  LatchSubscription *subscription = self->bridge ? latch_bridge_get_subscription (self->bridge) : NULL;

  if (self->subscription)
    g_signal_handlers_disconnect_by_data (self->subscription, self);
  g_set_object (&self->subscription, subscription);
  if (subscription)
    g_signal_connect_object (subscription, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
set_bridge (LatchInstantUpdatesRow *self, LatchBridge *bridge)
{
  if (self->bridge == bridge)
    return;

  if (self->bridge)
    g_signal_handlers_disconnect_by_data (self->bridge, self);
  g_clear_pointer (&self->binding, g_binding_unbind);
  g_set_object (&self->bridge, bridge);
  if (bridge)
    {
      self->binding = g_object_bind_property (bridge, "instant-updates", self->button, "active",
                                              G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
      g_signal_connect_object (bridge, "notify::subscription", G_CALLBACK (subscription_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (bridge, "notify::connection", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  subscription_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BRIDGE]);
}

static void
latch_instant_updates_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchInstantUpdatesRow *self = LATCH_INSTANT_UPDATES_ROW (object);

  switch ((LatchInstantUpdatesRowProperty) property_id)
    {
    case PROP_BRIDGE:
      g_value_set_object (value, self->bridge);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_instant_updates_row_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchInstantUpdatesRow *self = LATCH_INSTANT_UPDATES_ROW (object);

  switch ((LatchInstantUpdatesRowProperty) property_id)
    {
    case PROP_BRIDGE:
      set_bridge (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_instant_updates_row_dispose (GObject *object)
{
  LatchInstantUpdatesRow *self = LATCH_INSTANT_UPDATES_ROW (object);

  if (self->subscription)
    g_signal_handlers_disconnect_by_data (self->subscription, self);
  g_clear_object (&self->subscription);
  if (self->bridge)
    g_signal_handlers_disconnect_by_data (self->bridge, self);
  g_clear_pointer (&self->binding, g_binding_unbind);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_INSTANT_UPDATES_ROW);
  g_clear_object (&self->bridge);

  G_OBJECT_CLASS (latch_instant_updates_row_parent_class)->dispose (object);
}

static void
latch_instant_updates_row_class_init (LatchInstantUpdatesRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_instant_updates_row_get_property;
  object_class->set_property = latch_instant_updates_row_set_property;
  object_class->dispose = latch_instant_updates_row_dispose;

  /**
   * LatchInstantUpdatesRow:bridge:
   *
   * The bridge that is to tell.
   */
  properties[PROP_BRIDGE] = g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-instant-updates-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchInstantUpdatesRow, problem);
  gtk_widget_class_bind_template_child (widget_class, LatchInstantUpdatesRow, button);
}

static void
latch_instant_updates_row_init (LatchInstantUpdatesRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-status.h"

#include "latch-fact-cell.h"
#include "latch-time-text.h"

struct _LatchBridgeStatus
{
  AdwPreferencesGroup parent_instance;

  LatchBridge *bridge;
  GSignalGroup *bridge_signals;
  LatchClock *clock;
  GSignalGroup *clock_signals;

  GtkWidget *problem;
  GtkLabel *reason;
  GtkFlowBox *facts;
  LatchFactCell *cells[LATCH_BRIDGE_N_FACTS];
};

G_DEFINE_FINAL_TYPE (LatchBridgeStatus, latch_bridge_status, ADW_TYPE_PREFERENCES_GROUP)

typedef enum
{
  PROP_BRIDGE = 1,
  PROP_CLOCK,
} LatchBridgeStatusProperty;

static GParamSpec *properties[PROP_CLOCK + 1];

static void
update (LatchBridgeStatus *self)
{
  const LatchInfoSnapshot *info = self->bridge ? latch_bridge_get_info (self->bridge) : NULL;
  const GError *error = NULL;
  g_autofree char *as_of = NULL;

  if (!self->bridge || !self->clock)
    return;

  for (int i = 0; i < LATCH_BRIDGE_N_FACTS; i++)
    {
      g_auto (LatchBridgeFact) fact = { 0 };

      latch_bridge_fact_init (&fact, i, self->bridge);
      latch_fact_cell_show (self->cells[i], &fact);
    }

  /* What is wrong with the connection is told above all; this is why there is no news although there is one */
  if (latch_bridge_get_connection (self->bridge) == LATCH_CONNECTION_CONNECTED)
    error = latch_bridge_get_info_error (self->bridge);
  gtk_widget_set_visible (self->problem, error != NULL);
  gtk_label_set_label (self->reason, error ? error->message : "");

  if (info && !latch_bridge_is_info_current (self->bridge))
    as_of = latch_time_text_updated (latch_bridge_get_info_at (self->bridge), latch_clock_get_now (self->clock));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), as_of);

  gtk_widget_set_visible (GTK_WIDGET (self->facts), info != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), info || error);
}

static void
latch_bridge_status_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchBridgeStatus *self = LATCH_BRIDGE_STATUS (object);

  switch ((LatchBridgeStatusProperty) property_id)
    {
    case PROP_BRIDGE:
      g_value_set_object (value, self->bridge);
      break;
    case PROP_CLOCK:
      g_value_set_object (value, self->clock);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_status_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchBridgeStatus *self = LATCH_BRIDGE_STATUS (object);

  switch ((LatchBridgeStatusProperty) property_id)
    {
    case PROP_BRIDGE:
      g_set_object (&self->bridge, g_value_get_object (value));
      g_signal_group_set_target (self->bridge_signals, self->bridge);
      break;
    case PROP_CLOCK:
      g_set_object (&self->clock, g_value_get_object (value));
      g_signal_group_set_target (self->clock_signals, self->clock);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }

  update (self);
}

static void
latch_bridge_status_dispose (GObject *object)
{
  LatchBridgeStatus *self = LATCH_BRIDGE_STATUS (object);

  g_clear_object (&self->bridge_signals);
  g_clear_object (&self->clock_signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_BRIDGE_STATUS);
  g_clear_object (&self->bridge);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (latch_bridge_status_parent_class)->dispose (object);
}

static void
latch_bridge_status_class_init (LatchBridgeStatusClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_bridge_status_get_property;
  object_class->set_property = latch_bridge_status_set_property;
  object_class->dispose = latch_bridge_status_dispose;

  properties[PROP_BRIDGE] = g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE, flags);
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, LATCH_TYPE_CLOCK, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-bridge-status.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeStatus, problem);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeStatus, reason);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeStatus, facts);
}

static void
latch_bridge_status_init (LatchBridgeStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < LATCH_BRIDGE_N_FACTS; i++)
    {
      self->cells[i] = LATCH_FACT_CELL (latch_fact_cell_new ());
      gtk_flow_box_append (self->facts, GTK_WIDGET (self->cells[i]));
    }

  self->bridge_signals = g_signal_group_new (LATCH_TYPE_BRIDGE);
  g_signal_group_connect_swapped (self->bridge_signals, "notify", G_CALLBACK (update), self);
  self->clock_signals = g_signal_group_new (LATCH_TYPE_CLOCK);
  g_signal_group_connect_swapped (self->clock_signals, "notify::now", G_CALLBACK (update), self);
}

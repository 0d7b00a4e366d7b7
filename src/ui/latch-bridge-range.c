/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-range.h"

#include "latch-range-row.h"
#include "latch-time-text.h"

#include <glib/gi18n-lib.h>

struct _LatchBridgeRange
{
  AdwPreferencesGroup parent_instance;

  LatchBridge *bridge;
  GSignalGroup *bridge_signals;
  LatchClock *clock;
  GSignalGroup *clock_signals;

  GtkWidget *refresh;
  GtkStack *refresh_stack;
  GtkWidget *refresh_icon;
  GtkWidget *refresh_spinner;
  GtkListBox *devices;
};

G_DEFINE_FINAL_TYPE (LatchBridgeRange, latch_bridge_range, ADW_TYPE_PREFERENCES_GROUP)

typedef enum
{
  PROP_BRIDGE = 1,
  PROP_CLOCK,
} LatchBridgeRangeProperty;

static GParamSpec *properties[PROP_CLOCK + 1];

/* GTK still goes on from where the focus was when its row has gone, and would pass by what is before that */
static void
forget_focus (LatchBridgeRange *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return;

  for (GtkWidget *widget = GTK_WIDGET (self->devices); widget != GTK_WIDGET (self); widget = gtk_widget_get_parent (widget))
    gtk_widget_set_focus_child (gtk_widget_get_parent (widget), NULL);
}

static void
update (LatchBridgeRange *self)
{
  g_autofree char *description = NULL;
  gboolean asking;

  if (!self->bridge || !self->clock)
    return;

  if (latch_bridge_is_info_current (self->bridge))
    description = g_strdup (_("Signal strength as the bridge measures it"));
  else
    description = latch_time_text_updated (latch_bridge_get_info_at (self->bridge), latch_clock_get_now (self->clock));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), description);

  asking = latch_bridge_get_asking_info (self->bridge);
  gtk_stack_set_visible_child (self->refresh_stack, asking ? self->refresh_spinner : self->refresh_icon);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->refresh), GTK_ACCESSIBLE_STATE_BUSY, asking, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), latch_bridge_get_info (self->bridge) != NULL);
  forget_focus (self);
}

static void
refresh_clicked_cb (LatchBridgeRange *self)
{
  if (!latch_bridge_get_asking_info (self->bridge))
    gtk_widget_activate_action (GTK_WIDGET (self), "bridge.refresh", "s", latch_bridge_get_id (self->bridge));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  return latch_range_row_new (item);
}

static void
set_bridge (LatchBridgeRange *self, LatchBridge *bridge)
{
  if (!g_set_object (&self->bridge, bridge))
    return;

  g_signal_group_set_target (self->bridge_signals, bridge);
  gtk_list_box_bind_model (self->devices, bridge ? G_LIST_MODEL (latch_bridge_get_range (bridge)) : NULL, create_row,
                           NULL, NULL);
}

static void
latch_bridge_range_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchBridgeRange *self = LATCH_BRIDGE_RANGE (object);

  switch ((LatchBridgeRangeProperty) property_id)
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
latch_bridge_range_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchBridgeRange *self = LATCH_BRIDGE_RANGE (object);

  switch ((LatchBridgeRangeProperty) property_id)
    {
    case PROP_BRIDGE:
      set_bridge (self, g_value_get_object (value));
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
latch_bridge_range_dispose (GObject *object)
{
  LatchBridgeRange *self = LATCH_BRIDGE_RANGE (object);

  g_clear_object (&self->bridge_signals);
  g_clear_object (&self->clock_signals);
  if (self->devices)
    gtk_list_box_bind_model (self->devices, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_BRIDGE_RANGE);
  g_clear_object (&self->bridge);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (latch_bridge_range_parent_class)->dispose (object);
}

static void
latch_bridge_range_class_init (LatchBridgeRangeClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_bridge_range_get_property;
  object_class->set_property = latch_bridge_range_set_property;
  object_class->dispose = latch_bridge_range_dispose;

  properties[PROP_BRIDGE] = g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE, flags);
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, LATCH_TYPE_CLOCK, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-bridge-range.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeRange, refresh);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeRange, refresh_stack);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeRange, refresh_icon);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeRange, refresh_spinner);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeRange, devices);
  gtk_widget_class_bind_template_callback (widget_class, refresh_clicked_cb);
}

static void
latch_bridge_range_init (LatchBridgeRange *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->bridge_signals = g_signal_group_new (LATCH_TYPE_BRIDGE);
  g_signal_group_connect_swapped (self->bridge_signals, "notify", G_CALLBACK (update), self);
  self->clock_signals = g_signal_group_new (LATCH_TYPE_CLOCK);
  g_signal_group_connect_swapped (self->clock_signals, "notify::now", G_CALLBACK (update), self);
}

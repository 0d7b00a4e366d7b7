/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-range-row.h"

#include "latch-bridge-text.h"
#include "latch-bridge.h"
#include "latch-lock-key.h"

#include <glib/gi18n-lib.h>

struct _LatchRangeRow
{
  AdwActionRow parent_instance;

  LatchDeviceInRange *device;
  GSignalGroup *lock_signals;

  GtkImage *signal;
  GtkLabel *paired;
  GtkMenuButton *menu;
};

G_DEFINE_FINAL_TYPE (LatchRangeRow, latch_range_row, ADW_TYPE_ACTION_ROW)

typedef enum
{
  PROP_DEVICE = 1,
} LatchRangeRowProperty;

static GParamSpec *properties[PROP_DEVICE + 1];

/* libadwaita describes a row by its subtitle alone */
static void
describe (LatchRangeRow *self)
{
  const char *measured = adw_action_row_get_subtitle (ADW_ACTION_ROW (self));
  const char *paired = latch_bridge_text_paired (latch_device_in_range_get_paired (self->device));
  /* Translators: between the parts of a list that is read aloud */
  g_autofree char *text = paired ? g_strjoin (_(", "), measured, paired, NULL) : g_strdup (measured);

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
show_name (LatchRangeRow *self)
{
  g_autofree char *name = latch_bridge_text_device_name (self->device);
  g_autofree char *label = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  /* Translators: %s is the name of a lock */
  label = g_strdup_printf (_("Menu of %s"), name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_signal (LatchRangeRow *self)
{
  int rssi = latch_device_in_range_get_rssi (self->device);
  int bars = latch_bridge_text_signal_bars (rssi);
  g_autofree char *icon_name = g_strdup_printf ("latch-signal-%d-symbolic", bars);
  g_autofree char *text = latch_bridge_text_signal_measured (rssi);
  g_autofree char *spoken = latch_bridge_text_signal_spoken (rssi);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  gtk_image_set_from_icon_name (self->signal, icon_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->signal), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken ? spoken : text, -1);
  if (bars == 1)
    gtk_widget_add_css_class (GTK_WIDGET (self->signal), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->signal), "warning");
  describe (self);
}

static void
show_paired (LatchRangeRow *self)
{
  const char *text = latch_bridge_text_paired (latch_device_in_range_get_paired (self->device));

  gtk_label_set_label (self->paired, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->paired), text != NULL);
  describe (self);
}

static void
append (GMenu *menu, const char *label, const char *action, const char *key)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", key);
  g_menu_append_item (menu, item);
}

/* Software bridges have no /unpair */
static gboolean
can_be_unpaired (LatchLock *lock, LatchTristate paired)
{
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (lock);

  return paired == LATCH_TRISTATE_YES && bridge && latch_bridge_get_bridge_type (bridge) != LATCH_BRIDGE_TYPE_SOFTWARE;
}

static void
show_menu (LatchRangeRow *self)
{
  LatchLock *lock = latch_device_in_range_get_lock (self->device);

  gtk_widget_set_visible (GTK_WIDGET (self->menu), lock != NULL);
  if (lock)
    gtk_widget_remove_css_class (GTK_WIDGET (self->paired), "alone");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->paired), "alone");
  if (lock)
    {
      g_autofree char *key = latch_lock_key_new (lock);
      g_autoptr (GMenu) menu = g_menu_new ();
      g_autoptr (GMenu) unpair = g_menu_new ();

      /* Translators: opens the page of a lock, not the lock */
      append (menu, _("Go to Lock"), "lock.show", key);
      append (menu, _("Rename…"), "lock.rename", key);
      if (can_be_unpaired (lock, latch_device_in_range_get_paired (self->device)))
        append (unpair, _("Unpair…"), "bridge.unpair", key);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (unpair));
      gtk_menu_button_set_menu_model (self->menu, G_MENU_MODEL (menu));
    }
}

static void
device_changed_cb (LatchRangeRow *self, GParamSpec *pspec)
{
  if (g_str_equal (pspec->name, "rssi"))
    {
      show_signal (self);
      return;
    }

  g_signal_group_set_target (self->lock_signals, latch_device_in_range_get_lock (self->device));
  show_name (self);
  show_paired (self);
  show_menu (self);
}

static void
latch_range_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchRangeRow *self = LATCH_RANGE_ROW (object);

  switch ((LatchRangeRowProperty) property_id)
    {
    case PROP_DEVICE:
      g_value_set_object (value, self->device);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_range_row_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchRangeRow *self = LATCH_RANGE_ROW (object);

  switch ((LatchRangeRowProperty) property_id)
    {
    case PROP_DEVICE:
      self->device = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_range_row_constructed (GObject *object)
{
  LatchRangeRow *self = LATCH_RANGE_ROW (object);

  G_OBJECT_CLASS (latch_range_row_parent_class)->constructed (object);

  g_signal_connect_object (self->device, "notify", G_CALLBACK (device_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_group_set_target (self->lock_signals, latch_device_in_range_get_lock (self->device));
  show_name (self);
  show_signal (self);
  show_paired (self);
  show_menu (self);
}

static void
latch_range_row_dispose (GObject *object)
{
  LatchRangeRow *self = LATCH_RANGE_ROW (object);

  g_clear_object (&self->lock_signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_RANGE_ROW);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (latch_range_row_parent_class)->dispose (object);
}

static void
latch_range_row_class_init (LatchRangeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_range_row_get_property;
  object_class->set_property = latch_range_row_set_property;
  object_class->constructed = latch_range_row_constructed;
  object_class->dispose = latch_range_row_dispose;

  properties[PROP_DEVICE] =
      g_param_spec_object ("device", NULL, NULL, LATCH_TYPE_DEVICE_IN_RANGE,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-range-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchRangeRow, signal);
  gtk_widget_class_bind_template_child (widget_class, LatchRangeRow, paired);
  gtk_widget_class_bind_template_child (widget_class, LatchRangeRow, menu);
}

static void
latch_range_row_init (LatchRangeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->lock_signals = g_signal_group_new (LATCH_TYPE_LOCK);
  g_signal_group_connect_swapped (self->lock_signals, "notify::name", G_CALLBACK (show_name), self);
}

GtkWidget *
latch_range_row_new (LatchDeviceInRange *device)
{
  return g_object_new (LATCH_TYPE_RANGE_ROW, "device", device, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-preferences-dialog.h"

#include "latch-background-group.h"
#include "latch-network-group.h"

#include <glib/gi18n-lib.h>

struct _LatchPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  LatchBackgroundGroup *background;
  LatchNetworkGroup *network_group;
  AdwComboRow *history_days;
  GArray *periods; /* of int: the days that can be chosen, in order */
};

G_DEFINE_FINAL_TYPE (LatchPreferencesDialog, latch_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

/* Which setting is where */
static const struct
{
  const char *key;
  const char *child;
  const char *property;
} bindings[] = {
  { "confirm-unlock", "confirm_unlock", "active" },
  { "confirm-unlatch", "confirm_unlatch", "active" },
  { "confirm-lock-open-door", "confirm_lock_open_door", "active" },
  { "offer-open-door", "offer_open_door", "active" },
  { "notify-blocked", "notify_blocked", "active" },
  { "notify-ring", "notify_ring", "active" },
  { "notify-sensor-removed", "notify_sensor_removed", "active" },
  { "notify-battery", "notify_battery", "active" },
  { "notify-keypad-battery", "notify_keypad_battery", "active" },
  { "notify-unreachable", "notify_unreachable", "enable-expansion" },
  { "notify-unreachable-minutes", "notify_unreachable_minutes", "value" },
  { "notify-unlocked", "notify_unlocked", "enable-expansion" },
  { "notify-unlocked-minutes", "notify_unlocked_minutes", "value" },
  { "notify-door-open", "notify_door_open", "enable-expansion" },
  { "notify-door-open-minutes", "notify_door_open_minutes", "value" },
};

/* For how many days activity may be kept, unless somebody has set something else */
static const int usual_periods[] = { 30, 90, 365, 3 * 365, 10 * 365 };

static char *
format_period (int days)
{
  gulong years = days / 365;

  if (days % 365 != 0)
    /* Translators: goes with “Keep For” */
    return g_strdup_printf (ngettext ("%lu day", "%lu days", (gulong) days), (gulong) days);

  /* Translators: goes with “Keep For” */
  return g_strdup_printf (ngettext ("%lu year", "%lu years", years), years);
}

static gboolean
days_to_position (GValue *value, GVariant *variant, gpointer user_data)
{
  LatchPreferencesDialog *self = user_data;
  guint position = 0;

  while (position < self->periods->len - 1 && g_array_index (self->periods, int, position) < g_variant_get_int32 (variant))
    position++;
  g_value_set_uint (value, position);

  return TRUE;
}

static GVariant *
position_to_days (const GValue *value, const GVariantType *type, gpointer user_data)
{
  LatchPreferencesDialog *self = user_data;
  guint position = g_value_get_uint (value);

  return position < self->periods->len ? g_variant_new_int32 (g_array_index (self->periods, int, position)) : NULL;
}

static void
set_up_period_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
bind_period_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  const char *text = gtk_string_object_get_string (GTK_STRING_OBJECT (gtk_list_item_get_item (item)));

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
  gtk_list_item_set_accessible_label (item, text);
}

/* What is chosen shows in a list of one, whose item has no name that could be heard */
static void
name_chosen_period (LatchPreferencesDialog *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (set_up_period_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_period_cb), NULL);
  adw_combo_row_set_list_factory (self->history_days, adw_combo_row_get_factory (self->history_days));
  adw_combo_row_set_factory (self->history_days, factory);
}

static void
offer_periods (LatchPreferencesDialog *self, int chosen)
{
  g_autoptr (GtkStringList) texts = gtk_string_list_new (NULL);
  gboolean is_usual = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (usual_periods); i++)
    {
      is_usual |= usual_periods[i] == chosen;
      if (!is_usual && usual_periods[i] > chosen)
        {
          g_array_append_val (self->periods, chosen);
          is_usual = TRUE;
        }
      g_array_append_val (self->periods, usual_periods[i]);
    }

  for (guint i = 0; i < self->periods->len; i++)
    gtk_string_list_take (texts, format_period (g_array_index (self->periods, int, i)));
  adw_combo_row_set_model (self->history_days, G_LIST_MODEL (texts));
}

/* Somebody may type the number with or without its unit; without a number, all stays as it was */
static int
input_cb (AdwSpinRow *row, double *value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));

  while (*text && !g_ascii_isdigit (*text))
    text++;
  *value = *text ? MIN (g_ascii_strtoull (text, NULL, 10), G_MAXINT) : adw_spin_row_get_value (row);

  return TRUE;
}

static gboolean
output_cb (AdwSpinRow *row)
{
  gulong minutes = adw_spin_row_get_value (row);
  /* Translators: goes with “After” */
  g_autofree char *text = g_strdup_printf (ngettext ("%lu minute", "%lu minutes", minutes), minutes);

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);

  return TRUE;
}

static void
latch_preferences_dialog_dispose (GObject *object)
{
  /* Its parent in libadwaita 1.7, a floating sheet, never lets go of it */
  adw_dialog_set_child (ADW_DIALOG (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_PREFERENCES_DIALOG);

  G_OBJECT_CLASS (latch_preferences_dialog_parent_class)->dispose (object);
}

static void
latch_preferences_dialog_finalize (GObject *object)
{
  g_clear_pointer (&LATCH_PREFERENCES_DIALOG (object)->periods, g_array_unref);

  G_OBJECT_CLASS (latch_preferences_dialog_parent_class)->finalize (object);
}

static void
latch_preferences_dialog_class_init (LatchPreferencesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = latch_preferences_dialog_dispose;
  object_class->finalize = latch_preferences_dialog_finalize;

  g_type_ensure (LATCH_TYPE_BACKGROUND_GROUP);
  g_type_ensure (LATCH_TYPE_NETWORK_GROUP);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchPreferencesDialog, background);
  gtk_widget_class_bind_template_child (widget_class, LatchPreferencesDialog, network_group);
  gtk_widget_class_bind_template_child (widget_class, LatchPreferencesDialog, history_days);
  for (gsize i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_widget_class_bind_template_child_full (widget_class, bindings[i].child, FALSE, 0);
  gtk_widget_class_bind_template_callback (widget_class, input_cb);
  gtk_widget_class_bind_template_callback (widget_class, output_cb);
}

static void
latch_preferences_dialog_init (LatchPreferencesDialog *self)
{
  self->periods = g_array_new (FALSE, FALSE, sizeof (int));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_preferences_dialog_new:
 * @settings: the application's settings
 * @background: (nullable): who goes on without a window, if anybody does
 * @shortcut: (nullable): what locks all doors from anywhere, if anything does
 */
LatchPreferencesDialog *
latch_preferences_dialog_new (GSettings *settings, LatchBackground *background, LatchGlobalShortcut *shortcut)
{
  LatchPreferencesDialog *self = g_object_new (LATCH_TYPE_PREFERENCES_DIALOG, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (bindings); i++)
    g_settings_bind (settings, bindings[i].key,
                     gtk_widget_get_template_child (GTK_WIDGET (self), LATCH_TYPE_PREFERENCES_DIALOG, bindings[i].child),
                     bindings[i].property, G_SETTINGS_BIND_DEFAULT);

  latch_background_group_show (self->background, background, shortcut, settings);
  latch_network_group_set_settings (self->network_group, settings);
  name_chosen_period (self);
  offer_periods (self, g_settings_get_int (settings, "history-days"));
  g_settings_bind_with_mapping (settings, "history-days", self->history_days, "selected", G_SETTINGS_BIND_DEFAULT,
                                days_to_position, position_to_days, self, NULL);

  return self;
}

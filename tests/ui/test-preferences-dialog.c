/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-preferences-dialog.h"
#include "latch-test-ui.h"

typedef struct
{
  GSettings *settings;
  GtkWidget *window;
  AdwDialog *dialog;
} Fixture;

/* Pages and rows take a moment to unfold */
static gpointer
find (gpointer root, GType type, const char *title)
{
  GtkWidget *found = NULL;

  latch_test_wait_until ((found = latch_test_find (root, type, title)));
  return found;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->settings = g_settings_new (APP_ID);
  if (data)
    g_settings_set_int (fixture->settings, "history-days", GPOINTER_TO_INT (data));
  fixture->window = latch_test_present (adw_bin_new ());
  fixture->dialog = g_object_ref_sink (ADW_DIALOG (latch_preferences_dialog_new (fixture->settings, NULL, NULL)));
  adw_dialog_present (fixture->dialog, fixture->window);
  latch_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (fixture->dialog)));
}

static void
reset (GSettings *settings)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (gsize i = 0; keys[i]; i++)
    g_settings_reset (settings, keys[i]);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = find (fixture->window, ADW_TYPE_SWITCH_ROW, NULL);

  /* Nothing that was in the dialog may stay, bound to the settings for ever */
  g_object_ref (row);
  adw_dialog_force_close (fixture->dialog);
  latch_test_assert_finalized (fixture->dialog);
  latch_test_assert_finalized (row);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  reset (fixture->settings);
  g_clear_object (&fixture->settings);
}

static void
show_page (Fixture *fixture, const char *name)
{
  adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (fixture->dialog), name);
}

static void
test_switches (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *page;
    const char *title;
    const char *key;
  } rows[] = {
    { "general", "Ask Before Unlocking", "confirm-unlock" },
    { "general", "Ask Before Opening a Door", "confirm-unlatch" },
    { "general", "Find Bridges Through Nuki’s Server", "discovery-enabled" },
    { "notifications", "A Motor Is Blocked", "notify-blocked" },
    { "notifications", "Somebody Rings", "notify-ring" },
    { "notifications", "A Door Sensor Is Removed", "notify-sensor-removed" },
    { "notifications", "A Battery Is Low", "notify-battery" },
    { "notifications", "The Battery of a Keypad Is Low", "notify-keypad-battery" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean before = g_settings_get_boolean (fixture->settings, rows[i].key);
      AdwSwitchRow *row;

      show_page (fixture, rows[i].page);
      row = find (fixture->window, ADW_TYPE_SWITCH_ROW, rows[i].title);
      g_assert_cmpint (adw_switch_row_get_active (row), ==, before);
      adw_switch_row_set_active (row, !before);
      g_assert_cmpint (g_settings_get_boolean (fixture->settings, rows[i].key), ==, !before);
      g_settings_set_boolean (fixture->settings, rows[i].key, before);
      g_assert_cmpint (adw_switch_row_get_active (row), ==, before);
    }
}

static void
test_minutes (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *title;
    const char *key;
    const char *minutes_key;
  } rows[] = {
    { "A Bridge Cannot Be Reached", "notify-unreachable", "notify-unreachable-minutes" },
    { "Remind Me of Unlocked Doors", "notify-unlocked", "notify-unlocked-minutes" },
    { "Remind Me of Open Doors", "notify-door-open", "notify-door-open-minutes" },
  };

  show_page (fixture, "notifications");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      AdwExpanderRow *row = find (fixture->window, ADW_TYPE_EXPANDER_ROW, rows[i].title);
      AdwSpinRow *minutes = NULL;

      g_assert_true (adw_expander_row_get_enable_expansion (row));
      adw_expander_row_set_expanded (row, TRUE);
      minutes = find (row, ADW_TYPE_SPIN_ROW, "After");
      g_assert_cmpfloat (adw_spin_row_get_value (minutes), ==, 10);
      adw_spin_row_set_value (minutes, 25);
      g_assert_cmpint (g_settings_get_int (fixture->settings, rows[i].minutes_key), ==, 25);
      adw_expander_row_set_enable_expansion (row, FALSE);
      g_assert_false (g_settings_get_boolean (fixture->settings, rows[i].key));
    }
}

/* The unit is there to be read, not to be typed */
static void
test_typing (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *typed;
    int minutes;
    const char *shown;
  } rows[] = {
    { "1", 1, "1 minute" },           { "after 45 min", 45, "45 minutes" },
    { "30 minutes", 30, "30 minutes" }, { "0", 0, "0 minutes" },
    { "99999999999", 1440, "1440 minutes" }, { "many", 1440, "1440 minutes" },
  };
  AdwSpinRow *row;

  show_page (fixture, "notifications");
  row = find (find (fixture->window, ADW_TYPE_EXPANDER_ROW, "Remind Me of Unlocked Doors"), ADW_TYPE_SPIN_ROW, "After");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "10 minutes");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (row), rows[i].typed);
      adw_spin_row_update (row);
      g_assert_cmpint (g_settings_get_int (fixture->settings, "notify-unlocked-minutes"), ==, rows[i].minutes);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, rows[i].shown);
    }
}

/* As somebody who has typed it, and presses Return */
static void
apply (AdwEntryRow *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_emit_by_name (row, "apply");
}

static gboolean
complains (AdwEntryRow *row)
{
  return gtk_widget_has_css_class (GTK_WIDGET (row), "error");
}

static void
assert_url (GSettings *settings, const char *expected)
{
  g_autofree char *url = g_settings_get_string (settings, "discovery-url");

  g_assert_cmpstr (url, ==, expected);
}

static void
test_server (Fixture *fixture, gconstpointer data)
{
  static const char *wrong[] = { "example.org", "ftp://example.org/", "https://", "https:///discover",
                                 "https://you:secret@example.org/", "discover" };
  AdwEntryRow *row = find (fixture->window, ADW_TYPE_ENTRY_ROW, "Address of Another Server");
  const char *message = "Enter an address that begins with https:// or http://";

  find (fixture->window, ADW_TYPE_SWITCH_ROW, "Find Bridges Through Nuki’s Server");
  apply (row, " https://bridges.example.org:8443/discover ");
  assert_url (fixture->settings, "https://bridges.example.org:8443/discover");
  /* Nobody is told that Nuki’s is asked when another is */
  find (fixture->window, ADW_TYPE_SWITCH_ROW, "Find Bridges Through bridges.example.org");

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      apply (row, wrong[i]);
      g_assert_true (complains (row));
      g_assert_true (gtk_widget_get_mapped (find (fixture->window, GTK_TYPE_LABEL, message)));
      assert_url (fixture->settings, "https://bridges.example.org:8443/discover");
      gtk_editable_set_text (GTK_EDITABLE (row), "http");
      g_assert_false (complains (row));
    }

  g_settings_set_string (fixture->settings, "discovery-url", "http://127.0.0.1/");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "http://127.0.0.1/");
  apply (row, "");
  assert_url (fixture->settings, "");
  find (fixture->window, ADW_TYPE_SWITCH_ROW, "Find Bridges Through Nuki’s Server");
}

static void
test_port (Fixture *fixture, gconstpointer data)
{
  static const char *wrong[] = { "1023", "65536", "-1", "port", "8080x", "80 80", "99999999999999999999" };
  AdwEntryRow *row = find (fixture->window, ADW_TYPE_ENTRY_ROW, "Port for Instant Updates");

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "");
  apply (row, " 47011 ");
  g_assert_cmpint (g_settings_get_int (fixture->settings, "event-port"), ==, 47011);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      apply (row, wrong[i]);
      g_assert_true (complains (row));
      find (fixture->window, GTK_TYPE_LABEL, "Enter a number from 1024 to 65535");
      g_assert_cmpint (g_settings_get_int (fixture->settings, "event-port"), ==, 47011);
    }

  g_settings_set_int (fixture->settings, "event-port", 1024);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "1024");
  g_assert_false (complains (row));
  apply (row, "");
  g_assert_cmpint (g_settings_get_int (fixture->settings, "event-port"), ==, 0);
}

static void
assert_chosen (AdwComboRow *row, const char *text)
{
  g_assert_cmpstr (gtk_string_object_get_string (adw_combo_row_get_selected_item (row)), ==, text);
}

static void
test_history (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    int days;
    const char *text;
  } rows[] = { { 30, "30 days" }, { 90, "90 days" }, { 365, "1 year" }, { 1095, "3 years" }, { 3650, "10 years" } };
  AdwComboRow *row = find (fixture->window, ADW_TYPE_COMBO_ROW, "Keep For");

  assert_chosen (row, "1 year");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      adw_combo_row_set_selected (row, i);
      assert_chosen (row, rows[i].text);
      g_assert_cmpint (g_settings_get_int (fixture->settings, "history-days"), ==, rows[i].days);
    }
  g_settings_set_int (fixture->settings, "history-days", 90);
  assert_chosen (row, "90 days");
}

/* What somebody has set by other means can be kept, and nothing is deleted by merely looking */
static void
test_unusual_history (Fixture *fixture, gconstpointer data)
{
  AdwComboRow *row = find (fixture->window, ADW_TYPE_COMBO_ROW, "Keep For");

  assert_chosen (row, "200 days");
  g_assert_cmpint (g_settings_get_int (fixture->settings, "history-days"), ==, 200);
  adw_combo_row_set_selected (row, 0);
  g_assert_cmpint (g_settings_get_int (fixture->settings, "history-days"), ==, 30);
  adw_combo_row_set_selected (row, 2);
  g_assert_cmpint (g_settings_get_int (fixture->settings, "history-days"), ==, 200);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  latch_test_ui_init (&argc, &argv);

  add ("/preferences-dialog/switches-are-settings", test_switches);
  add ("/preferences-dialog/minutes-are-settings", test_minutes);
  add ("/preferences-dialog/takes-any-way-to-type-a-number", test_typing);

  add ("/preferences-dialog/another-server-may-be-asked", test_server);
  add ("/preferences-dialog/the-port-may-be-chosen", test_port);

  add ("/preferences-dialog/history-is-kept-for-a-choice-of-periods", test_history);
  g_test_add ("/preferences-dialog/history-may-be-kept-for-any-other-period", Fixture, GINT_TO_POINTER (200), set_up,
              test_unusual_history, tear_down);

  return g_test_run ();
}

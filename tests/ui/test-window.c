/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-add-bridge-dialog.h"
#include "latch-main-view.h"
#include "latch-test-simulator.h"
#include "latch-test-ui.h"
#include "latch-welcome-page.h"
#include "latch-window.h"

typedef struct
{
  LatchHome *home;
  GSettings *settings;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTokenStore) token_store = latch_token_store_new ();
  g_autofree char *folder = g_dir_make_tmp ("latch-XXXXXX", NULL);
  g_autoptr (LatchStore) store = latch_store_new (folder);

  fixture->home = latch_home_new (store, token_store);
  fixture->settings = g_settings_new (APP_ID);
  g_settings_set_boolean (fixture->settings, "discovery-enabled", FALSE);
  fixture->window = GTK_WIDGET (latch_window_new (NULL, fixture->home, fixture->settings, NULL, NULL));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = g_object_ref (fixture->window);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  latch_test_assert_finalized (window);
  latch_test_assert_finalized (fixture->home);
  g_clear_object (&fixture->settings);
}

static GtkWidget *
find (Fixture *fixture, GType type)
{
  return latch_test_find (fixture->window, type, NULL);
}

static void
load (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_home_load_async (fixture->home, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_home_load_finish (fixture->home, result, &error);
  g_assert_no_error (error);
}

static void
adopt (Fixture *fixture, LatchTestSimulator *bridge)
{
  g_autoptr (LatchPairing) pairing =
      latch_pairing_new (latch_test_simulator_get_host (bridge), latch_test_simulator_get_port (bridge));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) adopted = NULL;
  g_autoptr (LatchBridge) added = NULL;
  g_autoptr (GError) error = NULL;

  latch_pairing_run_async (pairing, LATCH_TEST_TOKEN, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_pairing_run_finish (pairing, result, &error);
  g_assert_no_error (error);

  latch_home_adopt_async (fixture->home, pairing, "Home", NULL, latch_test_take_result_cb, &adopted);
  latch_test_wait_for (adopted);
  added = latch_home_adopt_finish (fixture->home, adopted, &error);
  g_assert_no_error (error);
}

static void
test_welcomes_those_without_a_bridge (Fixture *fixture, gconstpointer data)
{
  /* Not those whose bridges are still being loaded */
  g_assert_null (find (fixture, LATCH_TYPE_WELCOME_PAGE));

  load (fixture);
  g_assert_nonnull (find (fixture, LATCH_TYPE_WELCOME_PAGE));
  g_assert_null (find (fixture, LATCH_TYPE_MAIN_VIEW));
}

static void
test_button_has_focus (Fixture *fixture, gconstpointer data)
{
  GtkWidget *focus;

  load (fixture);
  latch_test_wait_until (gtk_window_get_focus (GTK_WINDOW (fixture->window)));
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (GTK_IS_BUTTON (focus));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (focus)), ==, "win.add-bridge");
}

static void
test_shows_locks_as_soon_as_there_is_a_bridge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, NULL);
  g_autoptr (LatchBridge) added = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  load (fixture);
  adopt (fixture, bridge);
  g_assert_nonnull (find (fixture, LATCH_TYPE_MAIN_VIEW));
  latch_test_wait_until (!find (fixture, LATCH_TYPE_WELCOME_PAGE));

  added = g_list_model_get_item (G_LIST_MODEL (fixture->home), 0);
  latch_home_forget_async (fixture->home, added, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_home_forget_finish (fixture->home, result, &error);
  g_assert_no_error (error);
  latch_test_wait_until (!find (fixture, LATCH_TYPE_MAIN_VIEW));
  g_assert_nonnull (find (fixture, LATCH_TYPE_WELCOME_PAGE));
}

static void
test_adds_bridges (Fixture *fixture, gconstpointer data)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (fixture->window);

  load (fixture);
  g_assert_true (gtk_widget_activate_action (fixture->window, "win.add-bridge", NULL));
  g_assert_true (LATCH_IS_ADD_BRIDGE_DIALOG (adw_application_window_get_visible_dialog (window)));

  /* One after the other */
  gtk_widget_activate_action (fixture->window, "win.add-bridge", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (adw_application_window_get_dialogs (window)), ==, 1);
}

static void
test_remembers_its_size (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 500);
  g_assert_cmpint (g_settings_get_int (fixture->settings, "window-width"), ==, 700);
  g_assert_cmpint (g_settings_get_int (fixture->settings, "window-height"), ==, 500);
  g_settings_reset (fixture->settings, "window-width");
  g_settings_reset (fixture->settings, "window-height");
}

static void
test_is_small_enough_for_a_phone (Fixture *fixture, gconstpointer data)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (fixture->window));
  int width, height;

  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (content, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 360);
  g_assert_cmpint (height, <=, 294);
}

static void
test_shows_errors (Fixture *fixture, gconstpointer data)
{
  latch_window_show_error (LATCH_WINDOW (fixture->window), "Trouble", "<The disk is full>");
  latch_test_wait_until (latch_test_shows (fixture->window, "<The disk is full>"));
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  latch_test_ui_init (&argc, &argv);

  add ("/window/welcomes-those-without-a-bridge", test_welcomes_those_without_a_bridge);
  add ("/window/welcome-has-one-button-in-focus", test_button_has_focus);
  add ("/window/shows-locks-while-there-is-a-bridge", test_shows_locks_as_soon_as_there_is_a_bridge);
  add ("/window/adds-bridges", test_adds_bridges);
  add ("/window/remembers-its-size", test_remembers_its_size);
  add ("/window/is-small-enough-for-a-phone", test_is_small_enough_for_a_phone);
  add ("/window/shows-errors-as-they-are", test_shows_errors);

  return g_test_run ();
}

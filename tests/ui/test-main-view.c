/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-page.h"
#include "latch-lock-dial.h"
#include "latch-lock-tile.h"
#include "latch-main-view.h"
#include "latch-test-simulator.h"
#include "latch-test-ui.h"

#define TOKEN "s3cretT0ken"

typedef struct
{
  LatchTestSimulator *simulator;
  LatchBridge *bridge;
  GListStore *bridges;
  GSettings *settings;
  LatchMainView *view;
  GtkWidget *window;
} Fixture;

static void
refresh (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_bridge_refresh_async (fixture->bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_bridge_refresh_finish (fixture->bridge, result, &error);
  g_assert_no_error (error);
}

static void
show (Fixture *fixture)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  fixture->view = g_object_new (LATCH_TYPE_MAIN_VIEW, NULL);
  latch_main_view_show (fixture->view, G_LIST_MODEL (fixture->bridges), fixture->settings);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (fixture->view));

  fixture->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "default-width", 980, "default-height", 780, NULL);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window), overlay);
  gtk_window_present (GTK_WINDOW (fixture->window));
  latch_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (fixture->view)));
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
hide (Fixture *fixture)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *) &fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  latch_test_wait_until (!fixture->view);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchClient) client = NULL;

  fixture->simulator = latch_test_simulator_new ("--token=" TOKEN, "--action-time=0.3", "--lock=1:Front Door",
                                                 "--lock=2:Garage:unlocked", "--opener=3:Gate", NULL);
  client = latch_client_new (latch_test_simulator_get_host (fixture->simulator),
                             latch_test_simulator_get_port (fixture->simulator));
  latch_client_set_token (client, TOKEN);
  fixture->bridge = latch_bridge_new ("1", "Home", client);
  fixture->bridges = g_list_store_new (LATCH_TYPE_BRIDGE);
  g_list_store_append (fixture->bridges, fixture->bridge);
  fixture->settings = g_settings_new (APP_ID);
  g_settings_reset (fixture->settings, "last-lock");
  g_settings_reset (fixture->settings, "confirm-unlock");
  g_settings_reset (fixture->settings, "confirm-unlatch");
  refresh (fixture);
  latch_test_simulator_clear_requests (fixture->simulator);
  show (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hide (fixture);
  g_clear_object (&fixture->bridges);
  latch_test_assert_finalized (fixture->bridge);
  g_clear_object (&fixture->settings);
  latch_test_simulator_free (fixture->simulator);
}

static GtkWidget *
find (Fixture *fixture, GType type, const char *text)
{
  return latch_test_find (fixture->window, type, text);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return latch_test_shows (fixture->window, text);
}

static AdwDialog *
get_dialog (Fixture *fixture)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window));
}

static void
act (Fixture *fixture, const char *detailed_name)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;

  g_action_parse_detailed_name (detailed_name, &name, &target, &error);
  g_assert_no_error (error);
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (fixture->view), name, target));
}

/* A question must have come up; gives the answer */
static void
answer (Fixture *fixture, const char *question, const char *response)
{
  AdwDialog *dialog = get_dialog (fixture);

  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_cmpstr (adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (dialog)), ==, question);
  g_assert_cmpstr (adw_alert_dialog_get_default_response (ADW_ALERT_DIALOG (dialog)), ==, "cancel");
  g_assert_cmpstr (adw_alert_dialog_get_close_response (ADW_ALERT_DIALOG (dialog)), ==, "cancel");
  g_signal_emit_by_name (dialog, "response", response);
  adw_dialog_force_close (dialog);
  latch_test_wait_until (!get_dialog (fixture));
}

static void
assert_actions (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) requests = latch_test_simulator_get_requests (fixture->simulator);
  g_autoptr (GString) actions = g_string_new (NULL);

  for (guint i = 0; i < requests->len; i++)
    {
      LatchTestRequest *request = requests->pdata[i];
      const char *action = g_str_equal (request->path, "/lockAction") ? strstr (request->line, "action=") : NULL;

      if (action)
        g_string_append_printf (actions, "%s%c", actions->len > 0 ? " " : "", action[strlen ("action=")]);
    }
  g_assert_cmpstr (actions->str, ==, expected);
}

static LatchLock *
get_lock (Fixture *fixture)
{
  return latch_main_view_get_lock (fixture->view);
}

static void
wait_until_done (Fixture *fixture)
{
  latch_test_wait_until (latch_lock_get_pending_action (get_lock (fixture)) == LATCH_LOCK_ACTION_NONE);
}

static void
test_unlocks_and_locks (Fixture *fixture, gconstpointer data)
{
  g_assert_true (shows (fixture, "Locked"));

  act (fixture, "lock.perform::unlock");
  g_assert_true (shows (fixture, "Unlocking…"));
  g_assert_cmpint (latch_lock_get_state (get_lock (fixture)), ==, LATCH_LOCK_STATE_LOCKED);
  latch_test_wait_until (latch_lock_get_state (get_lock (fixture)) == LATCH_LOCK_STATE_UNLOCKED);
  wait_until_done (fixture);
  g_assert_true (shows (fixture, "Unlocked"));

  act (fixture, "lock.perform::lock");
  latch_test_wait_until (latch_lock_get_state (get_lock (fixture)) == LATCH_LOCK_STATE_LOCKED);
  wait_until_done (fixture);
  assert_actions (fixture, "1 2");
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Try Again"));
}

static void
test_does_one_thing_at_a_time (Fixture *fixture, gconstpointer data)
{
  act (fixture, "lock.perform::unlock");
  act (fixture, "lock.perform::unlock");
  act (fixture, "lock.perform::lock");
  wait_until_done (fixture);

  assert_actions (fixture, "1");
}

static void
test_asks_before_it_opens_a_door (Fixture *fixture, gconstpointer data)
{
  gtk_widget_activate (find (fixture, LATCH_TYPE_LOCK_TILE, NULL));
  latch_test_wait_until (get_dialog (fixture));
  assert_actions (fixture, "");
  answer (fixture, "Open “Front Door”?", "cancel");
  latch_test_run_for (100);
  assert_actions (fixture, "");

  act (fixture, "lock.perform-on(('1/1/0', 'lock-n-go-unlatch'))");
  answer (fixture, "Open “Front Door”?", "cancel");

  act (fixture, "lock.perform-on(('1/1/0', 'unlatch'))");
  answer (fixture, "Open “Front Door”?", "perform");
  latch_test_simulator_wait_for_request (fixture->simulator, "/lockAction");
  wait_until_done (fixture);
  assert_actions (fixture, "3");
}

static void
test_settings_say_when_to_ask (Fixture *fixture, gconstpointer data)
{
  g_settings_set_boolean (fixture->settings, "confirm-unlatch", FALSE);
  g_settings_set_boolean (fixture->settings, "confirm-unlock", TRUE);

  act (fixture, "lock.perform::unlock");
  answer (fixture, "Unlock “Front Door”?", "cancel");

  act (fixture, "lock.perform-on(('1/1/0', 'unlatch'))");
  g_assert_null (get_dialog (fixture));
  wait_until_done (fixture);
  assert_actions (fixture, "3");
}

static void
test_shortcut_always_asks_before_it_opens_a_door (Fixture *fixture, gconstpointer data)
{
  g_settings_set_boolean (fixture->settings, "confirm-unlatch", FALSE);

  act (fixture, "lock.open-door");
  answer (fixture, "Open “Front Door”?", "cancel");

  act (fixture, "locks.show(3)");
  act (fixture, "lock.open-door");
  answer (fixture, "Open “Gate”?", "perform");
  latch_test_simulator_wait_for_request (fixture->simulator, "/lockAction");
  wait_until_done (fixture);
  assert_actions (fixture, "3");
}

static void
test_shortcuts_do_not_reach_behind_a_dialog (Fixture *fixture, gconstpointer data)
{
  AdwDialog *dialog = adw_dialog_new ();

  adw_dialog_present (dialog, GTK_WIDGET (fixture->view));
  act (fixture, "lock.perform::unlock");
  act (fixture, "lock.open-door");
  act (fixture, "locks.show(2)");

  g_assert_true (get_dialog (fixture) == dialog);
  g_assert_cmpstr (latch_lock_get_name (get_lock (fixture)), ==, "Front Door");
  g_assert_cmpint (latch_lock_get_pending_action (get_lock (fixture)), ==, LATCH_LOCK_ACTION_NONE);
  adw_dialog_force_close (dialog);
}

/* What one does not see, one does not mean */
static void
test_shortcuts_do_not_reach_behind_another_page (Fixture *fixture, gconstpointer data)
{
  act (fixture, "bridge.show::1");
  act (fixture, "lock.perform::unlock");
  act (fixture, "lock.open-door");
  g_assert_null (get_dialog (fixture));
  g_assert_cmpint (latch_lock_get_pending_action (get_lock (fixture)), ==, LATCH_LOCK_ACTION_NONE);

  act (fixture, "locks.show(1)");
  act (fixture, "lock.perform::unlock");
  g_assert_cmpint (latch_lock_get_pending_action (get_lock (fixture)), ==, LATCH_LOCK_ACTION_UNLOCK);
  wait_until_done (fixture);
}

static GtkWidget *
find_in_toast (Fixture *fixture, const char *label)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (fixture->view), ADW_TYPE_TOAST_OVERLAY);

  /* The first child is the page, which may have a button of that name, too */
  return latch_test_find (gtk_widget_get_last_child (overlay), GTK_TYPE_BUTTON, label);
}

static void
test_tells_what_failed (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "success-false", "/lockAction", 1);
  latch_test_simulator_add_fault (fixture->simulator, "success-false", "/lockState", 1);
  act (fixture, "lock.perform::unlock");
  latch_test_wait_until (shows (fixture, "Could not unlock Front Door"));
  g_assert_true (shows (fixture, "Offline"));
  g_assert_false (shows (fixture, "The lock does not answer. It may be out of the bridge’s range, or its batteries may be empty"));
  g_assert_true (shows (fixture, "Last seen locked before the command"));

  g_signal_emit_by_name (find_in_toast (fixture, "Try Again"), "clicked");
  latch_test_wait_until (latch_lock_get_state (get_lock (fixture)) == LATCH_LOCK_STATE_UNLOCKED);
  wait_until_done (fixture);
  latch_test_wait_until (!shows (fixture, "Could not unlock Front Door"));
  assert_actions (fixture, "1 1");
}

static void
test_does_not_repeat_what_may_have_happened (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "lost-response", "/lockAction", 1);
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/lockState", 1);
  act (fixture, "lock.perform::unlock");
  latch_test_wait_until (shows (fixture, "Front Door may or may not have moved"));
  g_assert_true (shows (fixture, "Unknown"));
  g_assert_null (find (fixture, LATCH_TYPE_LOCK_TILE, NULL));

  g_signal_emit_by_name (find_in_toast (fixture, "Ask the Lock"), "clicked");
  latch_test_wait_until (latch_lock_get_state (get_lock (fixture)) == LATCH_LOCK_STATE_UNLOCKED);
  assert_actions (fixture, "1");
}

static void
test_asks_the_lock_itself (Fixture *fixture, gconstpointer data)
{
  act (fixture, "lock.ask::1/1/0");
  act (fixture, "lock.ask::1/1/0");
  latch_test_wait_until (latch_test_simulator_count_requests (fixture->simulator, "/lockState") > 0);
  refresh (fixture);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/lockState"), ==, 1);
}

static void
test_remembers_the_lock (Fixture *fixture, gconstpointer data)
{
  g_autofree char *last = NULL;

  act (fixture, "locks.show(2)");
  last = g_settings_get_string (fixture->settings, "last-lock");
  g_assert_cmpstr (last, ==, "1/2/0");

  hide (fixture);
  show (fixture);
  g_assert_cmpstr (latch_lock_get_name (get_lock (fixture)), ==, "Garage");

  hide (fixture);
  g_settings_set_string (fixture->settings, "last-lock", "1/99/0");
  show (fixture);
  g_assert_cmpstr (latch_lock_get_name (get_lock (fixture)), ==, "Front Door");
}

/* Nobody who is about to press a button of one lock presses that of another */
static void
test_nothing_takes_the_place_of_what_is_gone (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = GTK_WIDGET (fixture->view);

  act (fixture, "locks.show(2)");
  latch_test_simulator_post (fixture->simulator, "locks/2?paired=0");
  refresh (fixture);
  latch_test_wait_until (latch_test_shows (view, "Choose a Lock"));
  g_assert_null (get_lock (fixture));
  g_assert_true (GTK_IS_WIDGET (gtk_root_get_focus (gtk_widget_get_root (view))));
  act (fixture, "lock.perform::unlock");
  latch_test_run_for (200);
  assert_actions (fixture, "");

  /* Nor does it come back by itself */
  latch_test_simulator_post (fixture->simulator, "locks/2?paired=1");
  refresh (fixture);
  latch_test_run_for (200);
  g_assert_null (get_lock (fixture));
  act (fixture, "locks.show(2)");
  g_assert_cmpstr (latch_lock_get_name (get_lock (fixture)), ==, "Garage");
  g_assert_false (latch_test_shows (view, "Choose a Lock"));
}

static void
test_goes_on_without_the_lock (Fixture *fixture, gconstpointer data)
{
  act (fixture, "locks.show(2)");
  g_list_store_remove_all (fixture->bridges);
  latch_test_wait_until (!get_lock (fixture));

  g_list_store_append (fixture->bridges, fixture->bridge);
  latch_test_wait_until (get_lock (fixture));
  g_assert_cmpstr (latch_lock_get_name (get_lock (fixture)), ==, "Garage");
}

static void
test_collapses (Fixture *fixture, gconstpointer data)
{
  AdwNavigationSplitView *split_view = ADW_NAVIGATION_SPLIT_VIEW (find (fixture, ADW_TYPE_NAVIGATION_SPLIT_VIEW, NULL));
  GtkWidget *dial = find (fixture, LATCH_TYPE_LOCK_DIAL, NULL);

  GtkWidget *overlay = gtk_widget_get_parent (GTK_WIDGET (fixture->view));

  /* Where the focus is in what takes another place, that leaks */
  gtk_widget_set_focusable (overlay, TRUE);
  gtk_root_set_focus (GTK_ROOT (fixture->window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 760);
  latch_test_wait_until (adw_navigation_split_view_get_collapsed (split_view));
  g_assert_false (adw_navigation_split_view_get_show_content (split_view));
  g_assert_cmpint (latch_lock_dial_get_pixel_size (LATCH_LOCK_DIAL (dial)), ==, 176);

  act (fixture, "locks.show(2)");
  g_assert_true (adw_navigation_split_view_get_show_content (split_view));
  latch_test_wait_until (gtk_widget_get_mapped (dial));

  act (fixture, "locks.back");
  g_assert_false (adw_navigation_split_view_get_show_content (split_view));
}

static const char *
get_tag (Fixture *fixture)
{
  AdwNavigationView *view = ADW_NAVIGATION_VIEW (find (fixture, ADW_TYPE_NAVIGATION_VIEW, NULL));

  return adw_navigation_page_get_tag (adw_navigation_view_get_visible_page (view));
}

static void
test_goes_to_places_and_back (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (get_tag (fixture), ==, "lock");
  act (fixture, "activity.show::");
  g_assert_cmpstr (get_tag (fixture), ==, "activity");
  act (fixture, "bridge.show-log::1");
  g_assert_cmpstr (get_tag (fixture), ==, "log");
  act (fixture, "locks.back");
  g_assert_cmpstr (get_tag (fixture), ==, "bridge");
  act (fixture, "locks.show(2)");
  g_assert_cmpstr (get_tag (fixture), ==, "lock");
  g_assert_cmpstr (latch_lock_get_name (get_lock (fixture)), ==, "Garage");
}

static void
test_leaves_a_bridge_that_is_no_more (Fixture *fixture, gconstpointer data)
{
  act (fixture, "bridge.show-log::1");
  g_list_store_remove_all (fixture->bridges);
  g_assert_cmpstr (get_tag (fixture), ==, "lock");
  g_list_store_append (fixture->bridges, fixture->bridge);
  latch_test_wait_until (get_lock (fixture));
}

/* As from the menu of a device in a bridge's range */
static void
test_goes_to_a_lock (Fixture *fixture, gconstpointer data)
{
  act (fixture, "bridge.show::1");
  latch_test_wait_until (shows (fixture, "Connected"));
  act (fixture, "lock.show::1/2/0");
  g_assert_cmpstr (get_tag (fixture), ==, "lock");
  g_assert_cmpstr (latch_lock_get_name (get_lock (fixture)), ==, "Garage");
}

int
main (int argc, char *argv[])
{
  latch_test_ui_init (&argc, &argv);

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/main-view/unlocks-and-locks", test_unlocks_and_locks);
  ADD ("/main-view/does-one-thing-at-a-time", test_does_one_thing_at_a_time);
  ADD ("/main-view/asks-before-it-opens-a-door", test_asks_before_it_opens_a_door);
  ADD ("/main-view/settings-say-when-to-ask", test_settings_say_when_to_ask);
  ADD ("/main-view/shortcut-always-asks-before-it-opens-a-door", test_shortcut_always_asks_before_it_opens_a_door);
  ADD ("/main-view/shortcuts-do-not-reach-behind-a-dialog", test_shortcuts_do_not_reach_behind_a_dialog);
  ADD ("/main-view/shortcuts-do-not-reach-behind-another-page", test_shortcuts_do_not_reach_behind_another_page);
  ADD ("/main-view/goes-to-places-and-back", test_goes_to_places_and_back);
  ADD ("/main-view/leaves-a-bridge-that-is-no-more", test_leaves_a_bridge_that_is_no_more);
  ADD ("/main-view/tells-what-failed", test_tells_what_failed);
  ADD ("/main-view/does-not-repeat-what-may-have-happened", test_does_not_repeat_what_may_have_happened);
  ADD ("/main-view/asks-the-lock-itself", test_asks_the_lock_itself);
  ADD ("/main-view/remembers-the-lock", test_remembers_the_lock);
  ADD ("/main-view/nothing-takes-the-place-of-what-is-gone", test_nothing_takes_the_place_of_what_is_gone);
  ADD ("/main-view/goes-on-without-the-lock", test_goes_on_without_the_lock);
  ADD ("/main-view/collapses", test_collapses);
  ADD ("/main-view/goes-from-a-bridge-to-a-lock", test_goes_to_a_lock);

  return g_test_run ();
}

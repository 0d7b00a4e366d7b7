/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-add-bridge-dialog.h"
#include "latch-badge.h"
#include "latch-bridge-picture.h"
#include "latch-test-simulator.h"
#include "latch-test-ui.h"

/* These tests run without a keyring */

#define TOKEN_REFUSED                                                                                                  \
  "This token is not accepted. Check it in the Nuki app, that the HTTP API is turned on there, and that the bridge’s " \
  "clock is right."

typedef struct
{
  char *folder;
  LatchHome *home;
  GSettings *settings;
  GtkWidget *window;
  LatchAddBridgeDialog *dialog;
  LatchBridge *added;
} Fixture;

static void
added_cb (Fixture *fixture, LatchBridge *bridge)
{
  g_assert_true (g_set_object (&fixture->added, bridge));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTokenStore) token_store = latch_token_store_new ();
  g_autoptr (LatchStore) store = NULL;

  fixture->folder = g_dir_make_tmp ("latch-XXXXXX", NULL);
  store = latch_store_new (fixture->folder);
  fixture->home = latch_home_new (store, token_store);
  fixture->settings = g_settings_new (APP_ID);
  g_settings_set_boolean (fixture->settings, "discovery-enabled", FALSE);
  fixture->window = latch_test_present (gtk_label_new ("Behind"));
  fixture->dialog = latch_add_bridge_dialog_new (fixture->home, fixture->settings);
  g_signal_connect_swapped (fixture->dialog, "bridge-added", G_CALLBACK (added_cb), fixture);
  g_object_ref (fixture->dialog);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  adw_dialog_force_close (ADW_DIALOG (fixture->dialog));
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  latch_test_assert_finalized (fixture->dialog);
  g_clear_object (&fixture->added);
  latch_test_assert_finalized (fixture->home);
  g_clear_object (&fixture->settings);
  g_free (fixture->folder);
}

static GtkWidget *
find (Fixture *fixture, GType type, const char *text)
{
  return latch_test_find (GTK_WIDGET (fixture->dialog), type, text);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return latch_test_shows (GTK_WIDGET (fixture->dialog), text);
}

static void
click (Fixture *fixture, const char *label)
{
  latch_test_wait_until (find (fixture, GTK_TYPE_BUTTON, label));
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, label), "clicked");
}

static void
pair (Fixture *fixture, LatchTestSimulator *bridge)
{
  latch_add_bridge_dialog_pair (fixture->dialog, "Bridge 1", latch_test_simulator_get_host (bridge),
                                latch_test_simulator_get_port (bridge));
  adw_dialog_present (ADW_DIALOG (fixture->dialog), fixture->window);
}

static void
pair_and_press (Fixture *fixture, LatchTestSimulator *bridge)
{
  pair (fixture, bridge);
  latch_test_wait_until (shows (fixture, "Press the Button on the Bridge"));
  latch_test_simulator_wait_for_request (bridge, "/auth");
  latch_test_simulator_press_button (bridge);
  latch_test_wait_until (find (fixture, GTK_TYPE_BUTTON, "_Done"));
}

static void
test_button (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge =
      latch_test_simulator_new ("--lock=1:Front Door:locked", "--lock=2:Garage:unlocked", NULL);
  LatchBridgePicture *picture;

  pair (fixture, bridge);
  latch_test_wait_until (shows (fixture, "Press the Button on the Bridge"));
  picture = LATCH_BRIDGE_PICTURE (find (fixture, LATCH_TYPE_BRIDGE_PICTURE, NULL));
  g_assert_true (latch_bridge_picture_get_lit (picture));
  g_assert_cmpint (latch_bridge_picture_get_seconds_left (picture), >, 25);
  gtk_test_accessible_assert_role (picture, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);

  latch_test_simulator_wait_for_request (bridge, "/auth");
  latch_test_simulator_press_button (bridge);
  latch_test_wait_until (shows (fixture, "2 Locks Found"));
  g_assert_nonnull (find (fixture, ADW_TYPE_ACTION_ROW, "Front Door"));
  g_assert_true (shows (fixture, "Unlocked"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->home)), ==, 1);
}

static void
test_name (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge = latch_test_simulator_new ("--locks=2", NULL);
  GtkWidget *name;

  pair_and_press (fixture, bridge);
  name = find (fixture, ADW_TYPE_ENTRY_ROW, "Name");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Home");
  gtk_editable_set_text (GTK_EDITABLE (name), "  Château ");
  click (fixture, "_Done");

  latch_test_wait_until (fixture->added);
  g_assert_cmpstr (latch_bridge_get_name (fixture->added), ==, "Château");
}

static void
test_empty_name (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge = latch_test_simulator_new ("--locks=2", NULL);

  pair_and_press (fixture, bridge);
  gtk_editable_set_text (GTK_EDITABLE (find (fixture, ADW_TYPE_ENTRY_ROW, "Name")), " ");
  adw_dialog_close (ADW_DIALOG (fixture->dialog));

  latch_test_wait_until (fixture->added);
  g_assert_cmpstr (latch_bridge_get_name (fixture->added), ==, "Home");
}

static void
test_no_keyring (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge = latch_test_simulator_new ("--locks=2", NULL);

  pair_and_press (fixture, bridge);
  g_assert_true (shows (fixture, "This computer has no keyring to keep the bridge’s token in. Nightlatch will ask for "
                                 "it again after it is closed."));
}

static void
test_no_locks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge = latch_test_simulator_new ("--locks=0", NULL);

  pair_and_press (fixture, bridge);
  g_assert_nonnull (find (fixture, ADW_TYPE_ACTION_ROW, "No Locks Yet"));
  g_assert_null (find (fixture, LATCH_TYPE_BADGE, NULL));
}

static void
test_openers_are_devices (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge =
      latch_test_simulator_new ("--lock=1:Front Door", "--opener=2:Entrance", NULL);

  pair_and_press (fixture, bridge);
  g_assert_true (shows (fixture, "2 Devices Found"));
}

static void
test_nobody_presses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge = latch_test_simulator_new ("--auth-window=0.2", NULL);

  pair (fixture, bridge);
  latch_test_wait_until (shows (fixture, "Nobody Pressed the Button"));
  g_assert_true (shows (fixture, "The bridge stopped listening before its button was pressed."));
  g_assert_false (latch_bridge_picture_get_lit (LATCH_BRIDGE_PICTURE (find (fixture, LATCH_TYPE_BRIDGE_PICTURE, NULL))));
  g_assert_true (gtk_widget_has_css_class (find (fixture, GTK_TYPE_BUTTON, "Try Again"), "suggested-action"));
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "Use a Token"));

  latch_test_simulator_clear_requests (bridge);
  click (fixture, "Try Again");
  latch_test_simulator_wait_for_request (bridge, "/auth");
}

static void
test_nothing_answers (Fixture *fixture, gconstpointer data)
{
  latch_add_bridge_dialog_pair (fixture->dialog, "Bridge 1", "127.0.0.1", 1);
  adw_dialog_present (ADW_DIALOG (fixture->dialog), fixture->window);
  latch_test_wait_until (shows (fixture, "No Answer"));

  click (fixture, "Enter Address");
  latch_test_wait_until (find (fixture, ADW_TYPE_ENTRY_ROW, "Address"));
}

static void
test_not_a_bridge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge = latch_test_simulator_new ("--fault=garbage", NULL);

  pair (fixture, bridge);
  latch_test_wait_until (shows (fixture, "This Is Not a Nuki Bridge"));
  g_assert_true (shows (fixture, "Something else answered at 127.0.0.1."));

  latch_test_simulator_clear_faults (bridge);
  click (fixture, "Try Again");
  latch_test_simulator_wait_for_request (bridge, "/auth");
}

static void
test_damaged_answer (Fixture *fixture, gconstpointer path)
{
  static const struct
  {
    const char *fault;
    const char *title;
  } faults[] = {
    { "truncate", "No Answer" }, /* the connection broke off */
    { "garbage", "The Bridge’s Answer Was Damaged" },
    { "empty", "The Bridge’s Answer Was Damaged" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      gboolean damaged = !g_str_equal (faults[i].fault, "truncate");
      g_autoptr (LatchTestSimulator) bridge = latch_test_simulator_new ("--locks=2", NULL);

      latch_test_simulator_add_fault (bridge, faults[i].fault, path, 1);
      pair (fixture, bridge);
      latch_test_simulator_wait_for_request (bridge, "/auth");
      latch_test_simulator_press_button (bridge);
      latch_test_wait_until (shows (fixture, faults[i].title));
      g_assert_true (damaged == !find (fixture, GTK_TYPE_BUTTON, "Enter Address"));

      click (fixture, "Try Again");
      latch_test_wait_until (find (fixture, GTK_TYPE_BUTTON, "_Done"));
      g_assert_cmpuint (latch_test_simulator_count_requests (bridge, "/auth"), ==, 1);

      adw_dialog_force_close (ADW_DIALOG (fixture->dialog));
      latch_test_assert_finalized (fixture->dialog);
      fixture->dialog = g_object_ref_sink (latch_add_bridge_dialog_new (fixture->home, fixture->settings));
    }
}

static void
test_pairing_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge = latch_test_simulator_new ("--fault=status-401", NULL);

  pair (fixture, bridge);
  latch_test_wait_until (shows (fixture, "The Bridge Refuses Access"));
  g_assert_true (shows (fixture, "The bridge refuses to pair. Restart it and try again, or use a token from the Nuki app"));
}

static void
test_access_is_turned_off (Fixture *fixture, gconstpointer path)
{
  g_autoptr (LatchTestSimulator) bridge = latch_test_simulator_new ("--locks=2", NULL);

  latch_test_simulator_add_fault (bridge, "status-403", path, 10);
  pair (fixture, bridge);
  latch_test_simulator_wait_for_request (bridge, "/auth");
  latch_test_simulator_press_button (bridge);
  latch_test_wait_until (shows (fixture, "The Bridge Refuses Access"));
  g_assert_true (shows (fixture, "The bridge refuses access. Either its HTTP API is turned off, or its clock is wrong"));
}

static void
enter_token (Fixture *fixture, const char *token)
{
  latch_test_wait_until (find (fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "Token"));
  gtk_editable_set_text (GTK_EDITABLE (find (fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "Token")), token);
  g_signal_emit_by_name (find (fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "Token"), "entry-activated");
}

static void
test_token_after_pairing_is_disabled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge =
      latch_test_simulator_new ("--auth-disabled", "--token=" LATCH_TEST_TOKEN, NULL);

  pair (fixture, bridge);
  latch_test_wait_until (shows (fixture, "Pairing Is Turned Off"));
  click (fixture, "Use a Token");

  enter_token (fixture, "wrong");
  latch_test_wait_until (shows (fixture, TOKEN_REFUSED));
  g_assert_true (gtk_widget_has_css_class (find (fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "Token"), "error"));

  enter_token (fixture, LATCH_TEST_TOKEN);
  latch_test_wait_until (find (fixture, GTK_TYPE_BUTTON, "_Done"));
}

static void
test_wrong_clock_needs_consent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge =
      latch_test_simulator_new ("--clock-offset=7200", "--auth-modes=plain,encrypted", NULL);

  pair (fixture, bridge);
  latch_test_simulator_wait_for_request (bridge, "/auth");
  latch_test_simulator_press_button (bridge);
  latch_test_wait_until (shows (fixture, "The Clock Is Wrong"));
  g_assert_true (shows (fixture, "The bridge’s clock is 2 hours ahead, so that it refuses protected tokens. Restart "
                                 "the bridge, and make sure that it has internet access and that this computer’s "
                                 "clock is right.\n\nAn unprotected token can be read by anyone on this network."));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->home)), ==, 0);
  g_assert_false (gtk_widget_has_css_class (find (fixture, GTK_TYPE_BUTTON, "Use Unprotected Token"), "suggested-action"));

  click (fixture, "Use Unprotected Token");
  latch_test_wait_until (find (fixture, GTK_TYPE_BUTTON, "_Done"));
  g_assert_cmpuint (latch_test_simulator_count_requests (bridge, "/auth"), ==, 1);
}

static void
test_closing_cancels (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge = latch_test_simulator_new ("--locks=2", NULL);

  pair (fixture, bridge);
  latch_test_simulator_wait_for_request (bridge, "/auth");
  adw_dialog_close (ADW_DIALOG (fixture->dialog));
  /* The fixture waits until nothing is left of the dialog, nor of its request */
}

static void
test_known_bridge_keeps_its_name (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge = latch_test_simulator_new ("--locks=2", NULL);
  GtkWidget *name;

  pair_and_press (fixture, bridge);
  gtk_editable_set_text (GTK_EDITABLE (find (fixture, ADW_TYPE_ENTRY_ROW, "Name")), "Château");
  click (fixture, "_Done");
  latch_test_wait_until (fixture->added);
  latch_test_assert_finalized (fixture->dialog);

  fixture->dialog = g_object_ref_sink (latch_add_bridge_dialog_new (fixture->home, fixture->settings));
  pair_and_press (fixture, bridge);
  name = find (fixture, ADW_TYPE_ENTRY_ROW, "Name");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Château");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->home)), ==, 1);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  latch_test_ui_init (&argc, &argv);

  add ("/add-bridge/button/pairs", test_button);
  add ("/add-bridge/button/nobody-presses-it", test_nobody_presses);
  add ("/add-bridge/added/takes-a-name", test_name);
  add ("/add-bridge/added/keeps-its-name-where-none-is-given", test_empty_name);
  add ("/add-bridge/added/says-that-there-is-no-keyring", test_no_keyring);
  add ("/add-bridge/added/says-that-there-are-no-locks", test_no_locks);
  add ("/add-bridge/added/openers-count-as-devices", test_openers_are_devices);
  add ("/add-bridge/added/known-bridge-keeps-its-name", test_known_bridge_keeps_its_name);
  add ("/add-bridge/failure/nothing-answers", test_nothing_answers);
  add ("/add-bridge/failure/something-else-answers", test_not_a_bridge);
  add ("/add-bridge/failure/pairing-is-refused", test_pairing_is_refused);
  g_test_add ("/add-bridge/failure/damaged-info-is-asked-for-again", Fixture, "/info", set_up, test_damaged_answer,
              tear_down);
  g_test_add ("/add-bridge/failure/damaged-list-is-asked-for-again", Fixture, "/list", set_up, test_damaged_answer,
              tear_down);
  g_test_add ("/add-bridge/failure/access-is-turned-off", Fixture, "/list", set_up, test_access_is_turned_off,
              tear_down);
  add ("/add-bridge/failure/token-helps-where-pairing-is-disabled", test_token_after_pairing_is_disabled);
  add ("/add-bridge/failure/wrong-clock-needs-consent", test_wrong_clock_needs_consent);
  add ("/add-bridge/closing-cancels", test_closing_cancels);

  return g_test_run ();
}

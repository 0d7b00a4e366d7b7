/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-page.h"
#include "latch-error.h"
#include "latch-fact-cell.h"
#include "latch-range-row.h"
#include "latch-test-locks.h"
#include "latch-test-ui.h"

static const LatchTestLock locks[] = {
  { "Front Door", LATCH_LOCK_STATE_LOCKED },
  { "Garage", LATCH_LOCK_STATE_UNLOCKED },
};

typedef struct
{
  LatchBridge *bridge;
  LatchClock *clock;
  GtkWidget *page;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = latch_clock_new ();
  fixture->bridge = latch_test_bridge_new ("1", "Home", locks, G_N_ELEMENTS (locks), latch_clock_get_now (fixture->clock));
  latch_client_set_token (latch_bridge_get_client (fixture->bridge), "s3cretT0ken");
  fixture->page = GTK_WIDGET (latch_bridge_page_new (fixture->bridge, fixture->clock));

  fixture->window = g_object_new (ADW_TYPE_WINDOW, "default-width", 700, "default-height", 800, NULL);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  latch_test_wait_until (gtk_widget_get_mapped (fixture->page));
  /* There is no bridge at that address */
  latch_bridge_set_watched_closely (fixture->bridge, FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->page), (gpointer *) &fixture->page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  latch_test_wait_until (!fixture->page);
  latch_test_assert_finalized (fixture->bridge);
  latch_test_assert_finalized (fixture->clock);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return latch_test_shows (fixture->page, text);
}

static GtkWidget *
find (Fixture *fixture, GType type, const char *text)
{
  return latch_test_find (fixture->window, type, text);
}

static void
act (Fixture *fixture, const char *name)
{
  g_assert_true (gtk_widget_activate_action_variant (fixture->page, name, NULL));
}

static void
test_head (Fixture *fixture, gconstpointer data)
{
  gint64 now = latch_clock_get_now (fixture->clock);

  g_assert_cmpstr (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (fixture->page)), ==, "Home");
  g_assert_true (shows (fixture, "Connected"));
  g_assert_true (shows (fixture, "192.168.1.50"));
  g_assert_true (shows (fixture, "Checked just now"));
  latch_clock_set_now (fixture->clock, now + 120);
  g_assert_true (shows (fixture, "Checked 2 min ago"));

  latch_client_set_address (latch_bridge_get_client (fixture->bridge), "192.168.1.77", 8081);
  g_assert_true (shows (fixture, "192.168.1.77:8081"));
}

static void
test_trouble (Fixture *fixture, gconstpointer data)
{
  latch_test_bridge_fail (fixture->bridge, LATCH_ERROR_UNREACHABLE);
  g_assert_true (shows (fixture, "Cannot be reached"));
  g_assert_true (shows (fixture, "It does not answer"));
  g_assert_true (shows (fixture, "Last answer just now"));
  g_assert_null (latch_test_find (fixture->page, GTK_TYPE_BUTTON, "Pair Again…"));

  /* The banner offers to pair again; that it may be the clock is for those who know no better */
  latch_client_set_accepted_mode (latch_bridge_get_client (fixture->bridge), LATCH_AUTH_MODE_ENCRYPTED);
  latch_test_bridge_fail (fixture->bridge, LATCH_ERROR_UNAUTHORIZED);
  g_assert_true (shows (fixture, "Access refused"));
  g_assert_nonnull (latch_test_find (fixture->page, GTK_TYPE_BUTTON, "Check the Clock…"));
  g_assert_null (latch_test_find (fixture->page, GTK_TYPE_BUTTON, "Pair Again…"));

  latch_test_bridge_say (fixture->bridge, locks, G_N_ELEMENTS (locks), latch_clock_get_now (fixture->clock));
  latch_test_bridge_fail (fixture->bridge, LATCH_ERROR_CLOCK_WRONG);
  g_assert_true (shows (fixture, "Clock is wrong"));
  g_assert_null (latch_test_find (fixture->page, GTK_TYPE_BUTTON, "Check the Clock…"));
  g_assert_nonnull (latch_test_find (fixture->page, GTK_TYPE_BUTTON, "Pair Again…"));

  latch_test_bridge_say (fixture->bridge, locks, G_N_ELEMENTS (locks), latch_clock_get_now (fixture->clock));
  g_assert_true (shows (fixture, "Connected"));
  g_assert_false (shows (fixture, "It does not answer"));
  g_assert_null (latch_test_find (fixture->page, GTK_TYPE_BUTTON, "Pair Again…"));
}

static void
test_status (Fixture *fixture, gconstpointer data)
{
  g_assert_false (shows (fixture, "Status"));
  g_assert_false (shows (fixture, "Devices in Range"));

  latch_test_bridge_tell (fixture->bridge, LATCH_TEST_INFO_MODERN);
  g_assert_true (shows (fixture, "Status"));
  g_assert_true (shows (fixture, "12 days 4 h"));
  g_assert_true (shows (fixture, "7E3814AB"));
  g_assert_true (shows (fixture, "2117604523"));
  g_assert_false (shows (fixture, "App Version"));

  latch_test_bridge_tell (fixture->bridge, "{\"bridgeType\":2,\"versions\":{\"appVersion\":\"1.4.0\"}}");
  g_assert_true (shows (fixture, "App Version"));
  g_assert_false (shows (fixture, "Firmware"));
  g_assert_false (shows (fixture, "Wi-Fi"));
}

static void
test_old_news (Fixture *fixture, gconstpointer data)
{
  gint64 now = 0;

  latch_test_bridge_tell (fixture->bridge, LATCH_TEST_INFO_MODERN);
  latch_test_bridge_fail (fixture->bridge, LATCH_ERROR_UNREACHABLE);
  now = g_get_real_time () / G_USEC_PER_SEC;
  latch_clock_set_now (fixture->clock, now + 330);
  g_assert_true (shows (fixture, "Updated 5 min ago"));
  g_assert_false (shows (fixture, "Signal strength as the bridge measures it"));

  latch_test_bridge_say (fixture->bridge, locks, G_N_ELEMENTS (locks), now);
  g_assert_false (shows (fixture, "Updated 5 min ago"));
  g_assert_true (shows (fixture, "Signal strength as the bridge measures it"));
}

static GtkWidget *
get_row (Fixture *fixture, const char *name)
{
  return find (fixture, LATCH_TYPE_RANGE_ROW, name);
}

static void
assert_row (Fixture *fixture, const char *name, const char *signal, const char *paired, gboolean has_menu)
{
  GtkWidget *row = get_row (fixture, name);

  g_assert_nonnull (row);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, signal);
  g_assert_true (latch_test_shows (row, paired));
  g_assert_cmpint (latch_test_find (row, GTK_TYPE_MENU_BUTTON, NULL) != NULL, ==, has_menu);
}

static void
test_range (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = NULL;

  latch_test_bridge_tell (fixture->bridge, LATCH_TEST_INFO_MODERN);
  assert_row (fixture, "Front Door", "Strong · −58 dBm", "Paired", TRUE);
  assert_row (fixture, "Nuki_00B11A52", "Weak · −88 dBm", "Not paired", FALSE);
  g_assert_false (shows (fixture, "No Devices in Range"));

  /* The same row goes on, with the focus on it */
  row = get_row (fixture, "Front Door");
  gtk_widget_grab_focus (latch_test_find (row, GTK_TYPE_MENU_BUTTON, NULL));
  latch_test_bridge_tell (fixture->bridge, "{\"bridgeType\":1,\"scanResults\":[{\"deviceType\":4,\"nukiId\":2,\"name\":"
                                           "\"Nuki_00000002\",\"paired\":true},{\"deviceType\":4,\"nukiId\":1,\"name\":"
                                           "\"Nuki_00000001\",\"rssi\":-75,\"paired\":true}]}");
  g_assert_true (get_row (fixture, "Front Door") == row);
  g_assert_nonnull (gtk_widget_get_focus_child (row));
  assert_row (fixture, "Front Door", "Fair · −75 dBm", "Paired", TRUE);
  assert_row (fixture, "Garage", "Signal not measured", "Paired", TRUE);
  g_assert_null (get_row (fixture, "Nuki_00B11A52"));

  gtk_root_set_focus (GTK_ROOT (fixture->window), NULL);
  latch_test_bridge_tell (fixture->bridge, "{\"bridgeType\":1,\"scanResults\":[]}");
  g_assert_true (shows (fixture, "No Devices in Range"));
}

/* The items of a row's menu, one after the other */
static char *
read_menu (GtkWidget *row)
{
  GtkWidget *button = latch_test_find (row, GTK_TYPE_MENU_BUTTON, NULL);
  GMenuModel *menu = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button));
  g_autoptr (GMenuModel) section = NULL;
  GString *labels = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *label = NULL;

      if (g_menu_model_get_item_attribute (menu, i, "label", "s", &label))
        g_string_append_printf (labels, "%s ", label);
      else
        section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
    }
  for (int i = 0; i < g_menu_model_get_n_items (section); i++)
    {
      g_autofree char *label = NULL;

      g_menu_model_get_item_attribute (section, i, "label", "s", &label);
      g_string_append_printf (labels, "%s ", label);
    }

  return g_string_free (labels, FALSE);
}

static void
test_menu (Fixture *fixture, gconstpointer data)
{
  g_autofree char *hardware = NULL;
  g_autofree char *software = NULL;

  latch_test_bridge_tell (fixture->bridge, LATCH_TEST_INFO_MODERN);
  hardware = read_menu (get_row (fixture, "Front Door"));
  g_assert_cmpstr (hardware, ==, "Go to Lock Rename… Unpair… ");

  latch_test_bridge_tell (fixture->bridge, "{\"bridgeType\":2,\"scanResults\":[{\"nukiId\":1,\"paired\":true}]}");
  software = read_menu (get_row (fixture, "Front Door"));
  g_assert_cmpstr (software, ==, "Go to Lock Rename… ");
}

static void
test_watches (Fixture *fixture, gconstpointer data)
{
  latch_bridge_set_watched_closely (fixture->bridge, TRUE);
  gtk_widget_set_visible (fixture->page, FALSE);
  g_assert_false (latch_bridge_get_watched_closely (fixture->bridge));
  gtk_widget_set_visible (fixture->page, TRUE);
  g_assert_true (latch_bridge_get_watched_closely (fixture->bridge));
  latch_bridge_set_watched_closely (fixture->bridge, FALSE);
}

static void
take_text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copies (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  latch_test_bridge_tell (fixture->bridge, LATCH_TEST_INFO_MODERN);
  act (fixture, "bridge-page.copy-details");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture->page), NULL, take_text_cb, &text);
  latch_test_wait_until (text);
  g_assert_true (g_str_has_prefix (text, "Home\nStatus: Connected\n"));
  g_assert_nonnull (strstr (text, "Front Door"));
  g_assert_null (strstr (text, "s3cretT0ken"));
}

static AdwDialog *
get_dialog (Fixture *fixture)
{
  return adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
}

static void
rename_to (Fixture *fixture, const char *name, const char *response)
{
  AdwAlertDialog *dialog = NULL;
  GtkWidget *entry = NULL;

  act (fixture, "bridge-page.rename");
  latch_test_wait_until (get_dialog (fixture));
  dialog = ADW_ALERT_DIALOG (get_dialog (fixture));
  latch_test_wait_until ((entry = latch_test_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, "Name")));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, latch_bridge_get_name (fixture->bridge));
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  g_assert_cmpint (adw_alert_dialog_get_response_enabled (dialog, "rename"), ==, !g_str_equal (name, "  "));
  g_signal_emit_by_name (dialog, "response", response);
  adw_dialog_force_close (ADW_DIALOG (dialog));
  latch_test_wait_until (!get_dialog (fixture));
}

static void
test_renames (Fixture *fixture, gconstpointer data)
{
  rename_to (fixture, " Cottage ", "cancel");
  g_assert_cmpstr (latch_bridge_get_name (fixture->bridge), ==, "Home");
  rename_to (fixture, "  ", "rename");
  g_assert_cmpstr (latch_bridge_get_name (fixture->bridge), ==, "Home");
  rename_to (fixture, " Cottage ", "rename");
  latch_test_wait_until (g_str_equal (latch_bridge_get_name (fixture->bridge), "Cottage"));
  g_assert_cmpstr (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (fixture->page)), ==, "Cottage");
}

int
main (int argc, char *argv[])
{
  latch_test_ui_init (&argc, &argv);

#define ADD(name, function) g_test_add ("/bridge-page/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("says-how-we-stand-with-it", test_head);
  ADD ("says-first-what-is-wrong-and-what-to-do", test_trouble);
  ADD ("shows-what-the-bridge-tells", test_status);
  ADD ("old-news-have-an-age", test_old_news);
  ADD ("rows-stay-while-devices-do", test_range);
  ADD ("menus-offer-what-the-bridge-can-do", test_menu);
  ADD ("watches-while-it-is-seen", test_watches);
  ADD ("copies-all-but-secrets", test_copies);
  ADD ("renames", test_renames);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-discovery-page.h"
#include "latch-test-simulator.h"
#include "latch-test-ui.h"

#include <libsoup/soup.h>

typedef struct
{
  LatchHome *home;
  GSettings *settings;
  LatchDiscoveryPage *page;
  GtkWidget *window;
  char *said;
} Fixture;

static void
chosen_cb (Fixture *fixture, const char *host, guint port, const char *title)
{
  g_assert_null (fixture->said);
  fixture->said = g_strdup_printf ("chosen %s %u %s", host, port, title);
}

static void
enter_address_cb (Fixture *fixture, const char *title)
{
  g_assert_null (fixture->said);
  fixture->said = g_strdup_printf ("enter-address %s", title ? title : "-");
}

static void
use_token_cb (Fixture *fixture)
{
  g_assert_null (fixture->said);
  fixture->said = g_strdup ("use-token");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = latch_store_new (NULL);
  g_autoptr (LatchTokenStore) token_store = latch_token_store_new ();

  fixture->home = latch_home_new (store, token_store);
  fixture->settings = g_settings_new (APP_ID);
  g_settings_reset (fixture->settings, "discovery-enabled");
}

static void
present (Fixture *fixture, const char *url)
{
  GtkWidget *view = adw_navigation_view_new ();

  g_setenv ("NIGHTLATCH_DISCOVERY_URL", url, TRUE);
  fixture->page = latch_discovery_page_new (fixture->home, fixture->settings);
  g_signal_connect_swapped (fixture->page, "chosen", G_CALLBACK (chosen_cb), fixture);
  g_signal_connect_swapped (fixture->page, "enter-address", G_CALLBACK (enter_address_cb), fixture);
  g_signal_connect_swapped (fixture->page, "use-token", G_CALLBACK (use_token_cb), fixture);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (fixture->page));
  fixture->window = latch_test_present (view);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  latch_test_assert_finalized (fixture->home);
  g_clear_object (&fixture->settings);
  g_free (fixture->said);
}

static GtkWidget *
find_row (Fixture *fixture, const char *title)
{
  return latch_test_find (fixture->window, ADW_TYPE_ACTION_ROW, title);
}

static void
activate (GtkWidget *row)
{
  g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  adw_action_row_activate (ADW_ACTION_ROW (row));
}

static void
test_bridge_is_listed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge =
      latch_test_simulator_new ("--discovery-port=0", "--bridge-id=2117604523", NULL);
  g_autofree char *expected = g_strdup_printf ("chosen 127.0.0.1 %u Bridge 2117604523",
                                               latch_test_simulator_get_port (bridge));

  present (fixture, latch_test_simulator_get_discovery_uri (bridge));
  g_assert_true (latch_test_shows (fixture->window, "Searching…"));
  latch_test_wait_until (find_row (fixture, "Bridge 2117604523"));
  g_assert_false (latch_test_shows (fixture->window, "Searching…"));

  activate (find_row (fixture, "Bridge 2117604523"));
  g_assert_cmpstr (fixture->said, ==, expected);
}

static void
test_hidden_address_is_asked_for (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge =
      latch_test_simulator_new ("--discovery-port=0", "--discovery=hidden", "--bridge-id=990417206", NULL);

  present (fixture, latch_test_simulator_get_discovery_uri (bridge));
  latch_test_wait_until (latch_test_shows (fixture->window, "Hides its address. Enter it yourself."));
  activate (find_row (fixture, "Bridge 990417206"));
  g_assert_cmpstr (fixture->said, ==, "enter-address Bridge 990417206");
}

static void
test_none_found (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) bridge =
      latch_test_simulator_new ("--discovery-port=0", "--discovery=empty", NULL);
  GtkWidget *row;

  present (fixture, latch_test_simulator_get_discovery_uri (bridge));
  latch_test_wait_until (find_row (fixture, "No Bridge Found"));
  row = find_row (fixture, "No Bridge Found");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                   "It must have been online in the last 30 days");
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
}

static void
test_not_available (Fixture *fixture, gconstpointer data)
{
  present (fixture, "http://127.0.0.1:1/");
  latch_test_wait_until (find_row (fixture, "Search Is Not Available"));
  g_assert_true (latch_test_shows (fixture->window, "You can still enter the address"));

  activate (find_row (fixture, "Enter Address"));
  g_assert_cmpstr (fixture->said, ==, "enter-address -");
  g_clear_pointer (&fixture->said, g_free);
  activate (find_row (fixture, "Use a Token"));
  g_assert_cmpstr (fixture->said, ==, "use-token");
}

static void
handle_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  guint *n_searches = user_data;
  static const char body[] = "{\"bridges\":[{\"bridgeId\":1,\"ip\":\"93.184.216.34\",\"port\":8080},"
                             "{\"bridgeId\":2,\"ip\":\"192.168.1.50\",\"port\":8080}],\"errorCode\":0}";

  ++*n_searches;
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, body, strlen (body));
}

static char *
serve (SoupServer *server, guint *n_searches)
{
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  soup_server_add_handler (server, NULL, handle_cb, n_searches, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);

  return g_uri_to_string (uris->data);
}

static void
test_foreign_addresses_are_ignored (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  guint n_searches = 0;
  g_autofree char *url = serve (server, &n_searches);

  present (fixture, url);
  latch_test_wait_until (find_row (fixture, "Bridge 2"));
  g_assert_null (find_row (fixture, "Bridge 1"));
}

static void
test_asks_nobody_unless_told (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  guint n_searches = 0;
  g_autofree char *url = serve (server, &n_searches);

  g_settings_set_boolean (fixture->settings, "discovery-enabled", FALSE);
  present (fixture, url);
  latch_test_run_for (100);
  g_assert_cmpuint (n_searches, ==, 0);

  g_signal_emit_by_name (latch_test_find (fixture->window, GTK_TYPE_BUTTON, "_Search"), "clicked");
  latch_test_wait_until (find_row (fixture, "Bridge 2"));
  g_signal_emit_by_name (latch_test_find (fixture->window, GTK_TYPE_BUTTON, "Search Again"), "clicked");
  latch_test_wait_until (n_searches == 2);
}

static void
test_settings_say_where (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  guint n_searches = 0;
  g_autofree char *url = serve (server, &n_searches);

  g_settings_set_string (fixture->settings, "discovery-url", url);
  present (fixture, "");
  latch_test_wait_until (find_row (fixture, "Bridge 2"));
  g_settings_reset (fixture->settings, "discovery-url");
}

static void
test_closing_ends_the_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  guint n_searches = 0;
  g_autofree char *url = serve (server, &n_searches);
  LatchDiscoveryPage *page;

  present (fixture, url);
  page = g_object_ref (fixture->page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  latch_test_assert_finalized (page);

  present (fixture, url);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  latch_test_ui_init (&argc, &argv);

  add ("/discovery-page/lists-bridges", test_bridge_is_listed);
  add ("/discovery-page/asks-for-an-address-that-is-hidden", test_hidden_address_is_asked_for);
  add ("/discovery-page/says-that-there-is-none", test_none_found);
  add ("/discovery-page/offers-other-ways", test_not_available);
  add ("/discovery-page/ignores-addresses-elsewhere", test_foreign_addresses_are_ignored);
  add ("/discovery-page/asks-nobody-unless-told", test_asks_nobody_unless_told);
  add ("/discovery-page/asks-where-the-settings-say", test_settings_say_where);
  add ("/discovery-page/closing-ends-the-search", test_closing_ends_the_search);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "adoption.h"
#include "figures.h"
#include "latch-lock-controls.h"
#include "latch-test-locks.h"
#include "latch-test-simulator.h"
#include "latch-test-ui.h"
#include "latch-window.h"
#include "waiting.h"

/*
 * How long a click takes to the bridge: on the button that locks, in a real window, until the simulated bridge has noted
 * that the request arrived. Between two clicks somebody unlocks at the door, of which the bridge tells.
 */

#define N_CLICKS 100
#define N_CLICKS_MEANWHILE 20
/* How long the bridge has been left alone when somebody clicks; more than it wants to be left alone after each request */
#define SHORTEST_REST_MS 350
#define LONGEST_REST_MS 700
#define GOAL_MS 5.0

typedef struct
{
  GtkWidget *window;
  LatchHome *home;
  LatchBridge *bridge;
  LatchLock *lock;
  LatchTestSimulator *simulator;
  GRand *random;

  /* Requests that are under way, and when the last of them was over */
  guint n_asking;
  gint64 answered_at;
  gboolean list_sent;

  /* The click that is under way */
  gint64 sent_at;
  gint64 waited;
} Benchmark;

static void
sent_cb (LatchClient *client, const char *path, gpointer user_data)
{
  Benchmark *self = user_data;

  self->n_asking++;
  self->list_sent |= g_str_equal (path, "/list");
  if (g_str_equal (path, "/lockAction"))
    {
      self->sent_at = g_get_real_time ();
      self->waited = waiting_measure ();
    }
}

static void
answered_cb (LatchClient *client, gpointer user_data)
{
  Benchmark *self = user_data;

  self->n_asking--;
  self->answered_at = g_get_monotonic_time ();
}

static GtkWidget *
find_button (Benchmark *self)
{
  GtkWidget *controls = latch_test_find (self->window, LATCH_TYPE_LOCK_CONTROLS, NULL);
  GtkWidget *label = controls ? latch_test_find (controls, GTK_TYPE_LABEL, "Lock") : NULL;

  return label ? gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) : NULL;
}

static gint64
get_arrival (Benchmark *self)
{
  g_autoptr (GPtrArray) requests = latch_test_simulator_get_requests (self->simulator);
  gint64 time = 0;

  for (guint i = 0; i < requests->len; i++)
    {
      LatchTestRequest *request = requests->pdata[i];

      if (g_str_equal (request->path, "/lockAction"))
        {
          g_assert_cmpint (time, ==, 0);
          time = request->time;
        }
    }
  g_assert_cmpint (time, !=, 0);

  return time;
}

static void
click (Benchmark *self, gboolean meanwhile, GArray *sent_ms, GArray *arrival_ms, GArray *waited_ms)
{
  gint64 rest = g_rand_int_range (self->random, SHORTEST_REST_MS, LONGEST_REST_MS) * G_TIME_SPAN_MILLISECOND;
  gint64 clicked_at, waited;

  latch_test_simulator_post (self->simulator, "locks/1?state=3");
  latch_test_wait_until (latch_lock_get_state (self->lock) == LATCH_LOCK_STATE_UNLOCKED && find_button (self) &&
                         self->n_asking == 0 && g_get_monotonic_time () > self->answered_at + rest);
  latch_test_simulator_clear_requests (self->simulator);
  if (meanwhile)
    {
      self->list_sent = FALSE;
      latch_home_refresh (self->home, NULL);
      latch_test_wait_until (self->list_sent);
    }

  waited = waiting_measure ();
  clicked_at = g_get_real_time ();
  g_signal_emit_by_name (find_button (self), "clicked");
  latch_test_wait_until (latch_lock_get_pending_action (self->lock) != LATCH_LOCK_ACTION_NONE);
  latch_test_wait_until (latch_lock_get_pending_action (self->lock) == LATCH_LOCK_ACTION_NONE &&
                         latch_lock_get_state (self->lock) == LATCH_LOCK_STATE_LOCKED);
  figures_add (sent_ms, (self->sent_at - clicked_at) / 1000.);
  figures_add (waited_ms, (self->waited - waited) / 1000.);
  figures_add (arrival_ms, (get_arrival (self) - clicked_at) / 1000.);
}

static void
run (Benchmark *self, JsonBuilder *builder, const char *title, guint n_clicks, gboolean meanwhile)
{
  g_autoptr (GArray) sent_ms = figures_new ();
  g_autoptr (GArray) arrival_ms = figures_new ();
  g_autoptr (GArray) waited_ms = figures_new ();

  for (guint i = 0; i < n_clicks; i++)
    click (self, meanwhile, sent_ms, arrival_ms, waited_ms);

  results_begin_run (builder, title, 0, meanwhile || figures_get_percentile (arrival_ms, 50) <= GOAL_MS);
  figures_build (sent_ms, builder, "until it connects to the bridge, in ms");
  figures_build (waited_ms, builder, "of which it waited for a processor");
  figures_build (arrival_ms, builder, "until the bridge has the request, in ms");
  results_end_run (builder);
}

static void
open_window (Benchmark *self)
{
  g_autoptr (LatchTokenStore) token_store = latch_token_store_new ();
  g_autofree char *folder = g_dir_make_tmp ("latch-XXXXXX", NULL);
  g_autoptr (LatchStore) store = latch_store_new (folder);
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  LatchClient *client = NULL;

  self->home = latch_home_new (store, token_store);
  g_settings_set_boolean (settings, "discovery-enabled", FALSE);
  self->window = GTK_WIDGET (latch_window_new (NULL, self->home, settings, NULL, NULL));
  gtk_window_present (GTK_WINDOW (self->window));
  self->bridge = adoption_adopt (self->home, self->simulator);
  client = latch_bridge_get_client (self->bridge);
  g_signal_connect (client, "sent", G_CALLBACK (sent_cb), self);
  g_signal_connect (client, "answered", G_CALLBACK (answered_cb), self);
  latch_home_set_watching (self->home, TRUE);
  latch_test_wait_until (latch_bridge_get_connection (self->bridge) == LATCH_CONNECTION_CONNECTED);
  self->lock = latch_test_bridge_get_lock (self->bridge, 0);
  /* Until the bridge knows whom to tell */
  latch_test_simulator_wait_for_request (self->simulator, "/callback/add");
}

int
main (int argc, char **argv)
{
  Benchmark self = { 0 };
  JsonBuilder *builder = NULL;

  latch_test_ui_init (&argc, &argv);
  self.random = g_rand_new_with_seed (20190305);
  self.simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--lock=1:Home:unlocked", "--action-time=0",
                                             "--ble-time=0.05", NULL);
  open_window (&self);

  builder = results_new ("click", "the bridge has the request within 5 ms of the click at the median, unless it is "
                                  "answering another one");
  run (&self, builder, "100 clicks on Lock", N_CLICKS, FALSE);
  run (&self, builder, "20 clicks while the list was just asked for", N_CLICKS_MEANWHILE, TRUE);
  results_write (builder);

  gtk_window_destroy (GTK_WINDOW (self.window));
  g_object_unref (self.bridge);
  g_object_unref (self.home);
  latch_test_simulator_free (self.simulator);
  g_rand_free (self.random);

  return 0;
}

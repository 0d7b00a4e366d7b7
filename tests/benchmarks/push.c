/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "adoption.h"
#include "figures.h"
#include "latch-event-listener.h"
#include "latch-lock-row.h"
#include "latch-test-locks.h"
#include "latch-test-simulator.h"
#include "latch-test-ui.h"
#include "latch-window.h"
#include "pusher.h"
#include "screen.h"
#include "waiting.h"

/*
 * How long a push takes to the screen: a bridge posts to a real listener; what the listener tells goes to a lock of a
 * real home in a real window; the display has the pixels. Each push turns one of ten locks, so that the line below its
 * name in the sidebar changes.
 */

#define N_LOCKS 10
#define N_PUSHES 300
/* Between a state on the screen and the next push: long enough for the window to come to rest, and too short for it */
#define SHORTEST_MS 5
#define LONGEST_MS 400
#define GOAL_NOTIFY_MS 2.0
#define GOAL_FRAMES 2

typedef struct
{
  GtkWidget *window;
  LatchHome *home;
  LatchBridge *bridge;
  LatchTestSimulator *simulator;
  LatchEventListener *listener;
  Pusher *pusher;
  GdkFrameClock *clock;
  GRand *random;

  /* The push that is under way */
  GtkWidget *line;
  guint pixels_before;
  gint64 notified_at;
  gint64 on_screen_at;
  gint64 waited;
  GArray *painted_at;

  GArray *notify_ms;
  GArray *answer_ms;
  GArray *screen_ms;
  GArray *waited_ms;
  GArray *frames; /* that were painted since the push began, with the one that shows it */
} Benchmark;

static void
event_cb (LatchEventListener *listener, const LatchDeviceSnapshot *news, gpointer user_data)
{
  Benchmark *self = user_data;

  g_assert_true (latch_bridge_apply_event (self->bridge, news, g_get_real_time () / G_USEC_PER_SEC));
}

/* After everybody else who wants to know: we came last */
static void
state_cb (LatchLock *lock, GParamSpec *pspec, gpointer user_data)
{
  Benchmark *self = user_data;

  self->notified_at = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  Benchmark *self = user_data;
  gint64 now = g_get_monotonic_time ();

  g_array_append_val (self->painted_at, now);
  if (self->notified_at == 0 || self->on_screen_at != 0)
    return;

  if (screen_read (self->line) != self->pixels_before)
    {
      self->on_screen_at = g_get_monotonic_time (); /* when the display has it for sure */
      self->waited = waiting_measure ();
    }
}

static GtkWidget *
find_row (GtkWidget *root, LatchLock *lock)
{
  if (LATCH_IS_LOCK_ROW (root))
    {
      g_autoptr (LatchLockView) view = NULL;

      g_object_get (root, "view", &view, NULL);

      return latch_lock_view_get_lock (view) == lock ? root : NULL;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, lock);

      if (found)
        return found;
    }

  return NULL;
}

static GtkWidget *
find_line (Benchmark *self, LatchLock *lock)
{
  GtkWidget *row = find_row (self->window, lock);
  g_autoptr (LatchLockView) view = NULL;

  g_assert_nonnull (row);
  g_object_get (row, "view", &view, NULL);

  return latch_test_find (row, GTK_TYPE_LABEL, latch_lock_view_get_caption (view));
}

static void
push (Benchmark *self, LatchLock *lock)
{
  int code = latch_lock_get_state_code (lock) == 1 ? 3 : 1;
  g_autofree char *body = g_strdup_printf ("{\"deviceType\": %d, \"nukiId\": %" G_GUINT64_FORMAT ", \"mode\": 2, "
                                           "\"state\": %d, \"stateName\": \"%s\", \"batteryCritical\": false}",
                                           latch_lock_get_device_type (lock), latch_lock_get_nuki_id (lock), code,
                                           latch_lock_state_get_nick (latch_lock_state_from_code (code, latch_lock_is_opener (lock))));
  gulong handler = g_signal_connect_after (lock, "notify::state", G_CALLBACK (state_cb), self);
  gint64 began_at;
  guint n_frames = 0;

  self->line = find_line (self, lock);
  self->pixels_before = screen_read (self->line);
  self->notified_at = self->on_screen_at = 0;
  g_array_set_size (self->painted_at, 0);

  pusher_push (self->pusher, body, g_rand_int_range (self->random, SHORTEST_MS, LONGEST_MS));
  latch_test_wait_until (self->on_screen_at != 0);
  latch_test_wait_until (pusher_get_answered_at (self->pusher) != 0);
  g_signal_handler_disconnect (lock, handler);

  began_at = pusher_get_began_at (self->pusher);
  for (guint i = 0; i < self->painted_at->len; i++)
    {
      gint64 painted_at = g_array_index (self->painted_at, gint64, i);

      n_frames += painted_at > began_at && painted_at <= self->on_screen_at;
    }
  figures_add (self->notify_ms, (self->notified_at - began_at) / 1000.);
  figures_add (self->answer_ms, (pusher_get_answered_at (self->pusher) - began_at) / 1000.);
  figures_add (self->screen_ms, (self->on_screen_at - began_at) / 1000.);
  figures_add (self->waited_ms, (self->waited - pusher_get_waited_before (self->pusher)) / 1000.);
  figures_add (self->frames, n_frames);
}

/* The first lock, at whose page the window looks, is opened for as long as nothing else is said */
static void
turn_first_lock (Benchmark *self)
{
  LatchLock *lock = latch_test_bridge_get_lock (self->bridge, 0);
  g_autoptr (LatchDeviceSnapshot) news = latch_device_snapshot_new (latch_lock_get_nuki_id (lock));

  news->device_type = latch_lock_get_device_type (lock);
  news->has_state = TRUE;
  news->state.state_code = latch_lock_state_to_code (LATCH_LOCK_STATE_UNLOCKING);
  g_assert_true (latch_bridge_apply_event (self->bridge, news, g_get_real_time () / G_USEC_PER_SEC));
}

static void
run (Benchmark *self, JsonBuilder *builder, const char *title, gboolean animations, guint first_lock)
{
  gint64 interval;
  gboolean met;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", animations, NULL);
  self->notify_ms = figures_new ();
  self->answer_ms = figures_new ();
  self->screen_ms = figures_new ();
  self->waited_ms = figures_new ();
  self->frames = figures_new ();

  for (guint i = 0; i < N_PUSHES; i++)
    push (self, latch_test_bridge_get_lock (self->bridge, g_rand_int_range (self->random, first_lock, N_LOCKS)));

  gdk_frame_clock_get_refresh_info (self->clock, 0, &interval, NULL);
  met = figures_get_percentile (self->notify_ms, 50) <= GOAL_NOTIFY_MS && figures_get_percentile (self->frames, 99) <= GOAL_FRAMES;

  results_begin_run (builder, title, interval / 1000., met);
  figures_build (self->notify_ms, builder, "until the lock tells its new state, in ms");
  figures_build (self->answer_ms, builder, "until the bridge has its answer, in ms");
  figures_build (self->screen_ms, builder, "until it is on the screen, in ms");
  figures_build (self->waited_ms, builder, "of which it waited for a processor");
  figures_build (self->frames, builder, "until it is on the screen, in frames");
  results_end_run (builder);

  g_array_unref (self->notify_ms);
  g_array_unref (self->answer_ms);
  g_array_unref (self->screen_ms);
  g_array_unref (self->waited_ms);
  g_array_unref (self->frames);
}

static void
open_window (Benchmark *self)
{
  g_autoptr (LatchTokenStore) token_store = latch_token_store_new ();
  g_autofree char *folder = g_dir_make_tmp ("latch-XXXXXX", NULL);
  g_autoptr (LatchStore) store = latch_store_new (folder);
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);

  self->home = latch_home_new (store, token_store);
  g_settings_set_boolean (settings, "discovery-enabled", FALSE);
  self->window = GTK_WIDGET (latch_window_new (NULL, self->home, settings, NULL, NULL));
  gtk_window_present (GTK_WINDOW (self->window));
  self->bridge = adoption_adopt (self->home, self->simulator);
  latch_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (self->bridge)) == N_LOCKS);
  for (guint i = 0; i < N_LOCKS; i++)
    {
      LatchLock *lock = latch_test_bridge_get_lock (self->bridge, i);

      latch_test_wait_until (find_row (self->window, lock) && gtk_widget_get_width (find_line (self, lock)) > 0);
    }

  self->clock = gtk_widget_get_frame_clock (self->window);
  g_signal_connect_after (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);
}

static void
listen (Benchmark *self)
{
  g_autoptr (GPtrArray) peers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string ("127.0.0.1");
  g_autoptr (GError) error = NULL;

  self->listener = latch_event_listener_new (NULL);
  g_ptr_array_add (peers, g_object_ref (address));
  latch_event_listener_set_peers (self->listener, peers);
  latch_event_listener_start (self->listener, address, 0, &error);
  g_assert_no_error (error);
  g_signal_connect (self->listener, "event", G_CALLBACK (event_cb), self);
  self->pusher = pusher_new (latch_event_listener_get_url (self->listener));
}

int
main (int argc, char **argv)
{
  Benchmark self = { 0 };
  JsonBuilder *builder = NULL;

  latch_test_ui_init (&argc, &argv);
  self.random = g_rand_new_with_seed (20190305);
  self.painted_at = g_array_new (FALSE, FALSE, sizeof (gint64));
  self.simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--locks=" G_STRINGIFY (N_LOCKS), NULL);
  open_window (&self);
  listen (&self);

  builder = results_new ("push", "the lock tells its state within 2 ms at the median, and it is on the screen within 2 "
                                 "frames at the 99th percentile");
  run (&self, builder, "300 pushes, animations as they are", TRUE, 0);
  run (&self, builder, "300 pushes, no animations", FALSE, 0);
  turn_first_lock (&self);
  run (&self, builder, "300 pushes while another lock turns", TRUE, 1);
  results_write (builder);

  pusher_free (self.pusher);
  g_object_unref (self.listener);
  gtk_window_destroy (GTK_WINDOW (self.window));
  g_object_unref (self.bridge);
  g_object_unref (self.home);
  latch_test_simulator_free (self.simulator);
  g_array_unref (self.painted_at);
  g_rand_free (self.random);

  return 0;
}

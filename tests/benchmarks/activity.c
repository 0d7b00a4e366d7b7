/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "figures.h"
#include "latch-activity-page.h"
#include "latch-activity-row.h"
#include "latch-home.h"
#include "latch-store.h"
#include "latch-test-loop.h"
#include "latch-test-ui.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/*
 * A record of a million events: how soon its page shows, and how soon what one asks it for. The database is made once, by
 * the application's own means and, for the events, in one statement; it is kept where benchmarks are built.
 */

#define N_EVENTS 1000000
#define N_LOCKS 5
#define N_TIMES 40
#define SECONDS_BETWEEN 30
#define GOAL_OPEN_MS 100
#define GOAL_FILTER_MS 50

typedef struct
{
  LatchHome *home;
  LatchClock *clock;
  AdwNavigationView *view;
  GtkWidget *window;
  GtkWidget *page;
  guint n_changes; /* of what the page lists */
  guint n_frames;
} Benchmark;

static void
write_record (const char *folder)
{
  g_autoptr (LatchStore) store = latch_store_new (folder);
  LatchBridgeRecord *bridge = latch_bridge_record_new ("1");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) devices_result = NULL;
  g_autoptr (GError) error = NULL;

  bridge->name = g_strdup ("Home");
  bridge->host = g_strdup ("127.0.0.1");
  bridge->port = 8080;
  for (guint i = 0; i < N_LOCKS; i++)
    {
      g_autoptr (LatchDeviceSnapshot) lock = latch_device_snapshot_new (i + 1);

      lock->device_type = 4;
      lock->name = g_strdup_printf ("Door %u", i + 1);
      g_ptr_array_add (bridge->devices, latch_device_record_new (lock));
      ((LatchDeviceRecord *) bridge->devices->pdata[i])->position = i;
    }
  latch_store_save_bridge_async (store, bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_store_write_finish (store, result, &error);
  g_assert_no_error (error);
  latch_store_save_devices_async (store, "1", bridge->devices, NULL, latch_test_take_result_cb, &devices_result);
  latch_test_wait_for (devices_result);
  latch_store_write_finish (store, devices_result, &error);
  g_assert_no_error (error);
  latch_store_flush (store);
  latch_bridge_record_free (bridge);
}

/* Locked and unlocked by turns, with a blocked motor once in a while */
static void
write_events (const char *path)
{
  g_autofree char *sql = g_strdup_printf (
      "WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < %u) "
      "INSERT INTO events SELECT n, (SELECT number FROM bridges), n %% %u + 1, 4, %" G_GINT64_FORMAT " - %u * (%u - n), 1, "
      "3 - n / 5 %% 2 * 2, iif (n %% 997 = 0, 254, 1 + n / 5 %% 2 * 2), n %% 3 FROM i",
      N_EVENTS, N_LOCKS, g_get_real_time () / G_USEC_PER_SEC, SECONDS_BETWEEN, N_EVENTS);
  g_autofree char *message = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s", message);
  sqlite3_close (db);
}

static char *
prepare_folder (void)
{
  char *folder = g_strdup_printf ("%s/activity-%u", g_getenv ("NIGHTLATCH_BENCHMARKS"), N_EVENTS);
  g_autofree char *unfinished = g_strconcat (folder, ".part", NULL);
  g_autofree char *path = g_build_filename (unfinished, "nightlatch.db", NULL);

  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return folder;

  g_unlink (path);
  g_assert_cmpint (g_mkdir_with_parents (unfinished, 0700), ==, 0);
  write_record (unfinished);
  write_events (path);
  g_assert_cmpint (g_rename (unfinished, folder), ==, 0);

  return folder;
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  Benchmark *self = user_data;

  self->n_frames++;
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Benchmark *self = user_data;

  self->n_changes += added > 0;
}

static GListModel *
get_model (Benchmark *self)
{
  GtkWidget *list = latch_test_find (self->page, GTK_TYPE_LIST_VIEW, NULL);

  return list ? G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))) : NULL;
}

static void
wait_for_frame (Benchmark *self)
{
  guint n_frames = self->n_frames;

  latch_test_wait_until (self->n_frames > n_frames);
}

static double
open_page (Benchmark *self)
{
  gint64 began_at = g_get_monotonic_time ();

  self->page = g_object_new (LATCH_TYPE_ACTIVITY_PAGE, NULL);
  latch_activity_page_show (LATCH_ACTIVITY_PAGE (self->page), G_LIST_MODEL (self->home), self->clock);
  adw_navigation_view_push (self->view, ADW_NAVIGATION_PAGE (self->page));
  latch_test_wait_until (latch_test_find (self->page, LATCH_TYPE_ACTIVITY_ROW, NULL));
  wait_for_frame (self);

  return (g_get_monotonic_time () - began_at) / 1000.;
}

static void
close_page (Benchmark *self)
{
  g_object_add_weak_pointer (G_OBJECT (self->page), (gpointer *) &self->page);
  adw_navigation_view_pop (self->view);
  latch_test_wait_until (!self->page);
}

/* Until a frame shows what one asked for */
static void
filter (Benchmark *self, GArray *figures, guint kind)
{
  GtkWidget *kinds = latch_test_find (self->page, ADW_TYPE_TOGGLE_GROUP, NULL);
  guint n_changes = self->n_changes;
  gint64 began_at = g_get_monotonic_time ();

  adw_toggle_group_set_active (ADW_TOGGLE_GROUP (kinds), kind);
  latch_test_wait_until (self->n_changes > n_changes);
  wait_for_frame (self);
  figures_add (figures, (g_get_monotonic_time () - began_at) / 1000.);
  latch_test_run_for (50);
}

static void
choose_lock (Benchmark *self, GArray *figures, guint position)
{
  GtkWidget *locks = latch_test_find (self->page, GTK_TYPE_DROP_DOWN, NULL);
  guint n_changes = self->n_changes;
  gint64 began_at = g_get_monotonic_time ();

  gtk_drop_down_set_selected (GTK_DROP_DOWN (locks), position);
  latch_test_wait_until (self->n_changes > n_changes);
  wait_for_frame (self);
  figures_add (figures, (g_get_monotonic_time () - began_at) / 1000.);
  latch_test_run_for (50);
}

static void
set_up (Benchmark *self, const char *folder)
{
  g_autoptr (LatchTokenStore) tokens = latch_token_store_new_in_memory ();
  g_autoptr (LatchStore) store = latch_store_new (folder);
  g_autoptr (GAsyncResult) result = NULL;
  GtkWidget *first = gtk_label_new ("This is the page before");

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  self->home = latch_home_new (store, tokens);
  latch_home_load_async (self->home, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  self->clock = latch_clock_new ();
  self->view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  adw_navigation_view_push (self->view, adw_navigation_page_new (first, "First"));
  self->window = latch_test_present (GTK_WIDGET (self->view));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 980, 780);
  g_signal_connect_after (gtk_widget_get_frame_clock (self->window), "after-paint", G_CALLBACK (after_paint_cb), self);
  gtk_test_widget_wait_for_draw (self->window);
}

int
main (int argc, char **argv)
{
  Benchmark self = { 0 };
  g_autofree char *folder = NULL;
  g_autoptr (GArray) opened = figures_new ();
  g_autoptr (GArray) filtered = figures_new ();
  g_autoptr (GArray) chosen = figures_new ();
  JsonBuilder *builder = NULL;
  double first;
  gboolean met;

  latch_test_ui_init (&argc, &argv);
  folder = prepare_folder ();
  set_up (&self, folder);

  first = open_page (&self);
  for (guint i = 0; i < N_TIMES; i++)
    {
      close_page (&self);
      latch_test_run_for (50);
      figures_add (opened, open_page (&self));
    }
  g_signal_connect (get_model (&self), "items-changed", G_CALLBACK (items_changed_cb), &self);
  latch_test_run_for (200);
  for (guint i = 0; i < N_TIMES; i++)
    filter (&self, filtered, (i + 1) % 3);
  for (guint i = 0; i < N_TIMES; i++)
    choose_lock (&self, chosen, (i + 1) % (N_LOCKS + 1));

  met = figures_get_percentile (opened, 99) <= GOAL_OPEN_MS && first <= GOAL_OPEN_MS &&
        figures_get_percentile (filtered, 99) <= GOAL_FILTER_MS && figures_get_percentile (chosen, 99) <= GOAL_FILTER_MS;
  builder = results_new ("activity", "the page opens within 100 ms, and is filtered within 50 ms, at the 99th percentile");
  results_begin_run (builder, "1,000,000 events of five locks", 0, met);
  results_add (builder, "until the page shows for the first time, in ms", first);
  figures_build (opened, builder, "until it shows again, made anew, in ms");
  figures_build (filtered, builder, "until all, unlocks or issues show, in ms");
  figures_build (chosen, builder, "until those of a lock show, in ms");
  results_end_run (builder);
  results_write (builder);

  gtk_window_destroy (GTK_WINDOW (self.window));
  g_object_unref (self.home);
  g_object_unref (self.clock);

  return 0;
}

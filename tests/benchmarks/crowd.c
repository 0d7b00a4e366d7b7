/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "figures.h"
#include "latch-lock-row.h"
#include "latch-test-locks.h"
#include "latch-test-simulator.h"
#include "latch-test-ui.h"
#include "latch-window.h"

#include <sys/resource.h>

/*
 * Usage: benchmark-crowd FOLDER [PORT…]
 *
 * With ports, pairs with the bridges there and keeps them in FOLDER. Without, opens the window on what is kept there,
 * waits until all bridges have told how their locks are, searches, and prints how long that took, as JSON.
 *
 * A turn of the main loop is all that happens between two times in which it waits, frames and handlers of whatever
 * became ready at the same time included.
 */

#define KEY_PATIENCE_US (120 * G_TIME_SPAN_SECOND)
#define PATIENCE_US (300 * G_TIME_SPAN_SECOND)
#define QUIET_MS 400

static const char *const keys[] = { "c", "ce", "cel", "cell", "cel", "ce", "c", "", "f", "fr", "fro", "front", "" };

static struct
{
  gint64 began_at; /* the present turn */
  gint64 longest;
  gint64 busy;
  GArray *turns_ms; /* NULL while nobody wants to know */
} loop;

typedef struct
{
  LatchHome *home;
  GtkWidget *window;
  GtkWidget *entry;
  guint n_frames;
} Crowd;

#define wait_until(condition) latch_test_wait_within (PATIENCE_US, condition)

static void
end_turn (void)
{
  gint64 turn = g_get_monotonic_time () - loop.began_at;

  loop.longest = MAX (loop.longest, turn);
  loop.busy += turn;
  if (loop.turns_ms)
    figures_add (loop.turns_ms, turn / 1000.);
}

static int
poll_cb (GPollFD *fds, guint n_fds, int timeout)
{
  int n_ready;

  end_turn ();
  n_ready = g_poll (fds, n_fds, timeout);
  loop.began_at = g_get_monotonic_time ();

  return n_ready;
}

/* What was done so far is of no interest any more */
static void
begin_measuring (void)
{
  loop.longest = loop.busy = 0;
  loop.began_at = g_get_monotonic_time ();
}

static double
get_processor_s (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double
get_memory_mib (void)
{
  g_autofree char *text = NULL;
  const char *line = NULL;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return 0;

  line = strstr (text, "\nPss:");

  return line ? g_ascii_strtoull (line + strlen ("\nPss:"), NULL, 10) / 1024. : 0;
}

static double
ms_since (gint64 time)
{
  return (g_get_monotonic_time () - time) / 1000.;
}

static void
make_home (Crowd *self, const char *folder)
{
  g_autoptr (LatchTokenStore) token_store = latch_token_store_new ();
  g_autoptr (LatchStore) store = latch_store_new (folder);

  self->home = latch_home_new (store, token_store);
}

static void
load (Crowd *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_home_load_async (self->home, NULL, latch_test_take_result_cb, &result);
  wait_until (result);
  latch_home_load_finish (self->home, result, &error);
  g_assert_no_error (error);
}

static void
adopt (Crowd *self, guint number, guint16 port)
{
  g_autoptr (LatchPairing) pairing = latch_pairing_new ("127.0.0.1", port);
  g_autofree char *name = g_strdup_printf ("House %u", number);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) adopted = NULL;
  g_autoptr (LatchBridge) bridge = NULL;
  g_autoptr (GError) error = NULL;

  latch_pairing_run_async (pairing, LATCH_TEST_TOKEN, NULL, latch_test_take_result_cb, &result);
  wait_until (result);
  latch_pairing_run_finish (pairing, result, &error);
  g_assert_no_error (error);
  latch_home_adopt_async (self->home, pairing, name, NULL, latch_test_take_result_cb, &adopted);
  wait_until (adopted);
  bridge = latch_home_adopt_finish (self->home, adopted, &error);
  g_assert_no_error (error);
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (bridge)) > 0);
}

static void
fill (Crowd *self, char **ports)
{
  g_autoptr (GAsyncResult) left = NULL;

  load (self);
  for (guint i = 0; ports[i]; i++)
    adopt (self, i + 1, g_ascii_strtoull (ports[i], NULL, 10));
  latch_home_leave_async (self->home, 20000, latch_test_take_result_cb, &left);
  wait_until (left);
  latch_home_leave_finish (self->home, left);
  latch_store_flush (latch_home_get_store (self->home));
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  Crowd *self = user_data;

  self->n_frames++;
}

static gboolean
is_refreshed (Crowd *self)
{
  guint n_bridges = g_list_model_get_n_items (G_LIST_MODEL (self->home));

  for (guint i = 0; i < n_bridges; i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (G_LIST_MODEL (self->home), i);

      if (latch_bridge_get_connection (bridge) != LATCH_CONNECTION_CONNECTED)
        return FALSE;
    }

  return n_bridges > 0;
}

static gboolean
shows_locks (Crowd *self)
{
  return latch_test_find (self->window, LATCH_TYPE_LOCK_ROW, NULL) != NULL;
}

static void
open_window (Crowd *self, JsonBuilder *builder)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  gint64 began_at = g_get_monotonic_time ();
  double processor = get_processor_s ();
  g_autoptr (GAsyncResult) result = NULL;
  guint n_frames;

  g_settings_set_boolean (settings, "discovery-enabled", FALSE);
  loop.turns_ms = figures_new ();
  begin_measuring ();
  self->window = GTK_WIDGET (latch_window_new (NULL, self->home, settings, NULL, NULL));
  gtk_window_present (GTK_WINDOW (self->window));
  g_signal_connect_after (gtk_widget_get_frame_clock (self->window), "after-paint", G_CALLBACK (after_paint_cb), self);
  latch_home_set_watching (self->home, TRUE);
  latch_home_load_async (self->home, NULL, latch_test_take_result_cb, &result);
  wait_until (shows_locks (self));
  n_frames = self->n_frames;
  wait_until (self->n_frames > n_frames);
  results_add (builder, "until locks show, in ms", ms_since (began_at));

  wait_until (result && is_refreshed (self));
  latch_test_run_for (QUIET_MS);
  results_add (builder, "until all is refreshed, in ms", ms_since (began_at) - QUIET_MS);
  results_add (builder, "of which a processor was busy here, in ms", (get_processor_s () - processor) * 1000);
  figures_build (loop.turns_ms, builder, "turns of the main loop meanwhile, in ms");
  results_add (builder, "memory, in MiB", get_memory_mib ());
  g_clear_pointer (&loop.turns_ms, g_array_unref);
}

/* A letter more or less: until a frame shows what is found, and all that follows from it */
static void
search (Crowd *self, JsonBuilder *builder)
{
  g_autoptr (GArray) longest = figures_new ();
  g_autoptr (GArray) busy = figures_new ();

  self->entry = latch_test_find (self->window, GTK_TYPE_SEARCH_ENTRY, NULL);
  if (!self->entry)
    return; /* with so few locks, nobody searches */

  gtk_widget_grab_focus (self->entry);
  latch_test_run_for (QUIET_MS);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      begin_measuring ();
      gtk_editable_set_text (GTK_EDITABLE (self->entry), keys[i]);
      latch_test_run_for (QUIET_MS);
      figures_add (longest, loop.longest / 1000.);
      figures_add (busy, loop.busy / 1000.);
    }
  figures_build (longest, builder, "the longest turn after a key, in ms");
  figures_build (busy, builder, "all turns after a key, in ms");
}

int
main (int argc, char **argv)
{
  Crowd self = { 0 };

  latch_test_ui_init (&argc, &argv);
  g_main_context_set_poll_func (NULL, poll_cb);
  make_home (&self, argv[1]);
  if (argc > 2)
    {
      fill (&self, argv + 2);
    }
  else
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autoptr (JsonNode) root = NULL;
      g_autofree char *text = NULL;

      json_builder_begin_object (builder);
      open_window (&self, builder);
      search (&self, builder);
      json_builder_end_object (builder);
      root = json_builder_get_root (builder);
      text = json_to_string (root, FALSE);
      puts (text); /* g_print() would make a comment of it */
      gtk_window_destroy (GTK_WINDOW (self.window));
    }
  g_object_unref (self.home);

  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "figures.h"
#include "latch-log-page.h"
#include "latch-test-simulator.h"
#include "latch-test-ui.h"
#include "waiting.h"

#include <sys/resource.h>
#include <unistd.h>

/*
 * A bridge's log of ten thousand entries: how soon it shows, how long it takes to read all of it from a real bridge in
 * software, at the pace that bridges want, and how smoothly it then scrolls from one end to the other.
 */

#define N_ENTRIES 10000
#define WIDTH 980
#define HEIGHT 780
#define PATIENCE_US (10 * 60 * G_TIME_SPAN_SECOND)
#define GOAL_FRAME_MS 16.7

typedef struct
{
  LatchTestSimulator *simulator;
  LatchBridge *bridge;
  LatchClock *clock;
  GtkWidget *window;
  GtkWidget *page;
  GtkAdjustment *adjustment;
  GdkFrameClock *frames;

  /* The scrolling that is under way */
  double step;
  guint n_left; /* how many frames more, at most */
  gboolean arrived;
  gint64 began_at;
  gint64 waited_before;
  gint64 painted_at;
  GArray *paint_ms;
  GArray *interval_ms;
  GArray *waited_ms;
} Benchmark;

#define wait_until(condition) latch_test_wait_within (PATIENCE_US, condition)

static double
get_memory_mib (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;

  words = g_strsplit (text, " ", -1); /* all pages, and those that are there */

  return g_ascii_strtoull (words[1], NULL, 10) * (double) sysconf (_SC_PAGESIZE) / (1024 * 1024);
}

static double
get_processor_s (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double
seconds_since (gint64 time)
{
  return (g_get_monotonic_time () - time) / (double) G_USEC_PER_SEC;
}

static void
before_paint_cb (GdkFrameClock *frames, Benchmark *self)
{
  self->began_at = g_get_monotonic_time ();
  self->waited_before = waiting_measure ();
}

static void
after_paint_cb (GdkFrameClock *frames, Benchmark *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->step == 0 || self->began_at == 0)
    return;

  figures_add (self->paint_ms, (now - self->began_at) / 1000.);
  figures_add (self->waited_ms, (waiting_measure () - self->waited_before) / 1000.);
  if (self->painted_at != 0)
    figures_add (self->interval_ms, (now - self->painted_at) / 1000.);
  self->painted_at = now;
}

/* Somebody's hand */
static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *frames, gpointer user_data)
{
  Benchmark *self = user_data;
  double last = gtk_adjustment_get_upper (self->adjustment) - gtk_adjustment_get_page_size (self->adjustment);
  double value = gtk_adjustment_get_value (self->adjustment) + self->step;

  gtk_adjustment_set_value (self->adjustment, CLAMP (value, 0, last));
  self->arrived = value <= 0 || value >= last || --self->n_left == 0;

  return self->arrived ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void
scroll (Benchmark *self, JsonBuilder *builder, const char *title, double step, guint n_frames)
{
  self->paint_ms = figures_new ();
  self->interval_ms = figures_new ();
  self->waited_ms = figures_new ();
  self->arrived = FALSE;
  self->began_at = self->painted_at = 0;
  self->step = step;
  self->n_left = n_frames;

  gtk_widget_add_tick_callback (self->page, scroll_cb, self, NULL);
  wait_until (self->arrived);
  self->step = 0;

  results_begin_run (builder, title, GOAL_FRAME_MS, figures_get_percentile (self->paint_ms, 99) <= GOAL_FRAME_MS);
  figures_build (self->paint_ms, builder, "to lay out and paint a frame, in ms");
  figures_build (self->waited_ms, builder, "of which it waited for a processor");
  figures_build (self->interval_ms, builder, "from frame to frame, in ms");
  results_end_run (builder);

  g_array_unref (self->paint_ms);
  g_array_unref (self->interval_ms);
  g_array_unref (self->waited_ms);
}

static GtkWidget *
find (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found)
        return found;
    }

  return NULL;
}

static guint
count_shown (Benchmark *self)
{
  GtkListView *list = GTK_LIST_VIEW (find (self->page, GTK_TYPE_LIST_VIEW));

  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (list)));
}

static void
open_page (Benchmark *self, JsonBuilder *builder)
{
  g_autoptr (LatchClient) client = latch_client_new (latch_test_simulator_get_host (self->simulator),
                                                     latch_test_simulator_get_port (self->simulator));
  double memory = get_memory_mib (), shown, read, processor, all_memory;
  gint64 began_at;

  latch_client_set_token (client, LATCH_TEST_TOKEN);
  self->bridge = latch_bridge_new ("2117604523", "Home", client);
  latch_bridge_refresh_info_async (self->bridge, NULL, NULL, NULL);
  wait_until (latch_bridge_get_info (self->bridge));
  self->clock = latch_clock_new ();

  began_at = g_get_monotonic_time ();
  self->page = GTK_WIDGET (latch_log_page_new (self->bridge, self->clock));
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), WIDTH, HEIGHT);
  adw_window_set_content (ADW_WINDOW (self->window), self->page);
  gtk_window_present (GTK_WINDOW (self->window));
  wait_until (count_shown (self) > 0);
  self->frames = gtk_widget_get_frame_clock (self->window);
  g_signal_connect (self->frames, "before-paint", G_CALLBACK (before_paint_cb), self);
  g_signal_connect_after (self->frames, "after-paint", G_CALLBACK (after_paint_cb), self);
  wait_until (self->began_at != 0);
  shown = seconds_since (began_at);

  /* Who looks for what is not there has all of it read */
  processor = get_processor_s ();
  began_at = g_get_monotonic_time ();
  gtk_editable_set_text (GTK_EDITABLE (find (self->page, GTK_TYPE_SEARCH_ENTRY)), "there is no such thing");
  wait_until (latch_test_shows (self->page, "No Entries Found"));
  read = seconds_since (began_at);
  processor = get_processor_s () - processor;
  gtk_editable_set_text (GTK_EDITABLE (find (self->page, GTK_TYPE_SEARCH_ENTRY)), "");
  wait_until (count_shown (self) >= N_ENTRIES);
  self->adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (find (self->page, GTK_TYPE_LIST_VIEW), GTK_TYPE_SCROLLED_WINDOW)));
  wait_until (gtk_adjustment_get_upper (self->adjustment) > 40 * N_ENTRIES);
  all_memory = get_memory_mib () - memory;

  results_begin_run (builder, "reading 10,000 entries while searching them", 0, TRUE);
  results_add (builder, "until the first entries show, in s", shown);
  results_add (builder, "until all are read and searched, in s", read);
  results_add (builder, "of which a processor was busy here, in s", processor);
  results_add (builder, "memory for page and log, in MiB", all_memory);
  results_end_run (builder);
}

int
main (int argc, char **argv)
{
  Benchmark self = { 0 };
  JsonBuilder *builder = NULL;

  latch_test_ui_init (&argc, &argv);
  self.simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--log-entries=" G_STRINGIFY (N_ENTRIES), NULL);

  builder = results_new ("log", "each frame is painted before the next is due, at the 99th percentile");
  open_page (&self, builder);
  scroll (&self, builder, "scrolling by 100 pixels a frame, as by hand", 100, 1000);
  scroll (&self, builder, "from end to end by 1,000 pixels a frame", 1000, G_MAXUINT);
  scroll (&self, builder, "back by 7,000 pixels a frame, as with the bar", -7000, G_MAXUINT);
  results_write (builder);

  gtk_window_destroy (GTK_WINDOW (self.window));
  g_object_unref (self.clock);
  g_object_unref (self.bridge);
  latch_test_simulator_free (self.simulator);

  return 0;
}

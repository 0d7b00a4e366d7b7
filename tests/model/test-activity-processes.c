/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "activity-fixture.h"
#include "latch-test-loop.h"

#include <stdio.h>

/* Programs that record what happens to locks, and what becomes of that when they are killed, or several at once */

#define ROUNDS 30
#define IN_FLIGHT 20
#define STEPS 25

static LatchEvent *
make_change (guint64 nuki_id, gint64 number, LatchEventCause cause)
{
  gboolean odd = number % 2;
  LatchEvent *event = activity_event (LATCH_EVENT_STATE, number, odd ? 1 : 3, odd ? 3 : 1, cause);

  event->nuki_id = nuki_id;

  return event;
}

/* `--record FOLDER LOCK` records changes without end, several at a time, and tells the number of each that is kept */
typedef struct
{
  LatchStore *store;
  guint64 nuki_id;
  int last;
} Writer;

static Writer recording;

static void
record_next (GAsyncReadyCallback callback)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_event_free);

  g_ptr_array_add (events, make_change (recording.nuki_id, ++recording.last, SEEN));
  latch_store_record_events_async (recording.store, events, NULL, callback, GINT_TO_POINTER (recording.last));
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  latch_store_write_finish (recording.store, result, &error);
  g_assert_no_error (error);
  printf ("%d\n", GPOINTER_TO_INT (user_data));
  fflush (stdout);
  record_next (recorded_cb);
}

static int
run_writer (char **arguments)
{
  recording.store = latch_store_new (arguments[0]);
  recording.nuki_id = g_ascii_strtoull (arguments[1], NULL, 10);
  for (guint i = 0; i < IN_FLIGHT; i++)
    record_next (recorded_cb);
  while (recording.last > 0)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}

/* `--tell FOLDER CAUSE` records each change whose number it reads, and says so */
static int
run_teller (char **arguments)
{
  g_autoptr (LatchStore) store = latch_store_new (arguments[0]);
  LatchEventCause cause = (LatchEventCause) g_ascii_strtoull (arguments[1], NULL, 10);
  char line[32];

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      activity_record (store, make_change (7, g_ascii_strtoll (line, NULL, 10), cause));
      printf ("recorded\n");
      fflush (stdout);
    }

  return 0;
}

static void
save_bridge (StoreFixture *fixture)
{
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) bridge = make_bridge_record ("one", "Home");

  store_save (store, bridge);
}

static GSubprocess *
spawn (StoreFixture *fixture, const char *mode, guint argument)
{
  g_autofree char *text = g_strdup_printf ("%u", argument);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE, &error,
                                           program, mode, fixture->folder, text, NULL);

  g_assert_no_error (error);

  return process;
}

static gint64
read_number (GDataInputStream *output)
{
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);

  return line != NULL ? g_ascii_strtoll (line, NULL, 10) : 0;
}

/* Returns: the last change that was acknowledged */
static gint64
record_until_killed (StoreFixture *fixture, guint lock)
{
  g_autoptr (GSubprocess) writer = spawn (fixture, "--record", lock);
  g_autoptr (GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (writer));
  gint64 last = 0;

  for (guint i = 0; i < 1 + lock % 3 * IN_FLIGHT; i++)
    {
      g_assert_cmpint (read_number (output), ==, last + 1);
      last++;
    }
  /* Wherever it is just now; no two times at the same place */
  g_usleep (g_test_rand_int_range (0, 8000));
  g_subprocess_force_exit (writer);
  g_assert_true (g_subprocess_wait (writer, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (writer));

  /* What it had just told is in the pipe */
  while (read_number (output) == last + 1)
    last++;

  return last;
}

static void
test_killed_writer_loses_nothing (StoreFixture *fixture, gconstpointer data)
{
  save_bridge (fixture);

  for (guint lock = 1; lock <= ROUNDS; lock++)
    {
      gint64 last = record_until_killed (fixture, lock);
      g_autofree char *count = g_strdup_printf (
          "SELECT count (*) FROM events WHERE nuki_id = %u AND at <= %" G_GINT64_FORMAT, lock, last);
      g_autofree char *doubles = g_strdup_printf (
          "SELECT at FROM events WHERE nuki_id = %u GROUP BY at HAVING count (*) > 1", lock);
      g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
      g_autoptr (GPtrArray) bridges = store_load (store);
      g_autofree char *health = query_database (fixture->path, "PRAGMA integrity_check");
      g_autofree char *n_found = query_database (fixture->path, count);
      g_autofree char *n_doubles = query_database (fixture->path, doubles);
      g_autofree char *n_expected = g_strdup_printf ("%" G_GINT64_FORMAT, last);

      g_assert_null (latch_store_dup_broken_path (store));
      g_assert_cmpuint (bridges->len, ==, 1);
      g_assert_cmpstr (health, ==, "ok");
      g_assert_cmpstr (n_found, ==, n_expected);
      g_assert_cmpstr (n_doubles, ==, "");
    }
}

/* The app, and several command lines, each of which sees what one of them does */
static void
test_several_tell_of_the_same (StoreFixture *fixture, gconstpointer data)
{
  const LatchEventCause causes[] = { SEEN, SEEN, CTL, SEEN };
  GSubprocess *tellers[G_N_ELEMENTS (causes)] = { NULL };
  GDataInputStream *outputs[G_N_ELEMENTS (causes)] = { NULL };
  g_autofree char *recorded = NULL;
  g_autofree char *expected = g_strdup_printf ("%d", STEPS);

  save_bridge (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      tellers[i] = spawn (fixture, "--tell", causes[i]);
      outputs[i] = g_data_input_stream_new (g_subprocess_get_stdout_pipe (tellers[i]));
    }

  for (guint step = 1; step <= STEPS; step++)
    {
      g_autofree char *line = g_strdup_printf ("%u\n", step);

      for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
        g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (tellers[i]), line, strlen (line), NULL,
                                                  NULL, NULL));
      for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
        {
          g_autofree char *answer = g_data_input_stream_read_line (outputs[i], NULL, NULL, NULL);

          g_assert_cmpstr (answer, ==, "recorded");
        }
    }

  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      g_output_stream_close (g_subprocess_get_stdin_pipe (tellers[i]), NULL, NULL);
      g_assert_true (g_subprocess_wait_check (tellers[i], NULL, NULL));
      g_object_unref (outputs[i]);
      g_object_unref (tellers[i]);
    }
  recorded = query_database (fixture->path, "SELECT sum (cause = 2 AND at = id) FROM events HAVING count (*) = max (at)");
  g_assert_cmpstr (recorded, ==, expected);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--record"))
    return run_writer (argv + 2);
  if (argc == 4 && g_str_equal (argv[1], "--tell"))
    return run_teller (argv + 2);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add_store_test ("/activity/killed-writer-loses-nothing", NULL, test_killed_writer_loses_nothing);
  add_store_test ("/activity/several-tell-of-the-same", NULL, test_several_tell_of_the_same);

  return g_test_run ();
}

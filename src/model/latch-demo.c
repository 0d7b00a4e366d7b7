/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-demo.h"

#include "latch-error.h"

#include <glib/gi18n-lib.h>

#define SIMULATOR "nightlatch-simulator"
/* A front door with a sensor, one that is not locked, one with tired batteries, and a house with an intercom */
#define FRONT_DOOR "305419896"
#define GARAGE "591751049"
#define BACK_DOOR "878082202"
#define STREET_DOOR "1164413355"
/* What hands did before anybody looked */
#define HANDS "s " FRONT_DOOR " door=2\ns " BACK_DOOR " critical=1\n"

/* How long the simulator may take to be there. It takes a moment */
#define START_MS 10000

/**
 * LatchDemo:
 *
 * The simulator runs beside us. It ends with its standard input, and therefore with us, however we end.
 */
struct _LatchDemo
{
  GObject parent_instance;

  LatchHome *home;
  GSubprocess *simulator;
  guint deadline_id; /* while it has said nothing */
};

G_DEFINE_FINAL_TYPE (LatchDemo, latch_demo, G_TYPE_OBJECT)

static void
adopted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (latch_home_adopt_finish (LATCH_HOME (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
paired_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchDemo *self = g_task_get_source_object (task);
  LatchPairing *pairing = LATCH_PAIRING (source);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (latch_pairing_run_finish (pairing, result, &error))
    /* Translators: what the simulated bridge is called that somebody without a lock tries */
    latch_home_adopt_async (self->home, pairing, _("Demo"), cancellable, adopted_cb, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

/* The first line tells where the bridge is */
static void
announced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchDemo *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  const char *address = line ? strstr (line, "http://") : NULL;
  g_autoptr (GUri) uri = address ? g_uri_parse (address, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autoptr (LatchPairing) pairing = NULL;

  g_clear_handle_id (&self->deadline_id, g_source_remove);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (!uri)
    {
      g_task_return_new_error_literal (task, LATCH_ERROR, LATCH_ERROR_UNREACHABLE,
                                       _("The simulated bridge ended before it could be used"));
      return;
    }

  pairing = latch_pairing_new (g_uri_get_host (uri), g_uri_get_port (uri));
  latch_pairing_run_async (pairing, NULL, cancellable, paired_cb, g_steal_pointer (&task));
}

/* Who has given up may be about to end, and then nothing else would end what does not listen */
static void
cancelled_cb (GCancellable *cancellable, LatchDemo *self)
{
  if (self->simulator)
    g_subprocess_force_exit (self->simulator);
}

/* Whatever that is, it will not begin any more */
static void
deadline_cb (gpointer user_data)
{
  LatchDemo *self = user_data;

  self->deadline_id = 0;
  g_subprocess_force_exit (self->simulator);
}

/* Installed, it is beside us; in a build folder, one below */
static char *
find_simulator (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (program ? program : "");
  g_autofree char *beside = g_build_filename (folder, SIMULATOR, NULL);
  g_autofree char *below = g_build_filename (folder, "simulator", SIMULATOR, NULL);

  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);

  return g_file_test (below, G_FILE_TEST_IS_EXECUTABLE) ? g_steal_pointer (&below) : NULL;
}

static GSubprocess *
spawn_simulator (GError **error)
{
  g_autofree char *program = find_simulator ();
  g_autoptr (GSubprocess) simulator = NULL;

  if (!program)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   /* Translators: %s is the name of a program */
                   _("The program %s is missing, which is installed together with Nightlatch"), SIMULATOR);
      return NULL;
    }

  simulator = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                    G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                error, program, "--until-eof", "--port=0", "--press-after=0", "--bridge-id=20261125",
                                "--uptime=266400", "--log-entries=40", "--reboot-time=8",
                                "--lock=" FRONT_DOOR ":Front Door:locked", "--lock=" GARAGE ":Garage:unlocked",
                                "--lock=" BACK_DOOR ":Back Door:locked", "--opener=" STREET_DOOR ":Street Door", NULL);
  /* It is little enough for a pipe to take at once */
  if (simulator)
    g_output_stream_write_all (g_subprocess_get_stdin_pipe (simulator), HANDS, strlen (HANDS), NULL, NULL, NULL);

  return g_steal_pointer (&simulator);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchDemo *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GDataInputStream) output = NULL;
  GError *error = NULL;

  if (!latch_home_load_finish (LATCH_HOME (source), result, &error) || !(self->simulator = spawn_simulator (&error)))
    {
      g_task_return_error (task, error);
      return;
    }

  self->deadline_id = g_timeout_add_once (START_MS, deadline_cb, self);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->simulator));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  g_data_input_stream_read_line_async (output, G_PRIORITY_DEFAULT, cancellable, announced_cb, g_steal_pointer (&task));
}

static void
latch_demo_finalize (GObject *object)
{
  LatchDemo *self = LATCH_DEMO (object);

  g_clear_handle_id (&self->deadline_id, g_source_remove);
  g_clear_object (&self->home);
  /* It has nothing that it should bring to an end */
  if (self->simulator)
    g_subprocess_force_exit (self->simulator);
  g_clear_object (&self->simulator);

  G_OBJECT_CLASS (latch_demo_parent_class)->finalize (object);
}

static void
latch_demo_class_init (LatchDemoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_demo_finalize;
}

static void
latch_demo_init (LatchDemo *self)
{
  g_autoptr (LatchStore) store = latch_store_new_in_memory ();
  g_autoptr (LatchTokenStore) token_store = latch_token_store_new_in_memory ();

  self->home = latch_home_new (store, token_store);
  latch_home_set_watching (self->home, TRUE);
}

/**
 * latch_demo_new:
 *
 * Returns: (transfer full): a demo that has not started
 */
LatchDemo *
latch_demo_new (void)
{
  return g_object_new (LATCH_TYPE_DEMO, NULL);
}

/**
 * latch_demo_get_home:
 *
 * Returns: (transfer none): the home with the simulated bridge, which it has once the demo has started
 */
LatchHome *
latch_demo_get_home (LatchDemo *self)
{
  g_return_val_if_fail (LATCH_IS_DEMO (self), NULL);

  return self->home;
}

/**
 * latch_demo_start_async:
 *
 * Starts the simulator and pairs with it. Call once.
 */
void
latch_demo_start_async (LatchDemo *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LATCH_IS_DEMO (self));
  g_return_if_fail (self->simulator == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_demo_start_async);
  if (cancellable)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self, 0);
  latch_home_load_async (self->home, cancellable, loaded_cb, g_steal_pointer (&task));
}

/**
 * latch_demo_start_finish:
 * @error: set to why there is no demo: %G_IO_ERROR_NOT_FOUND if the simulator is not installed
 *
 * Returns: whether the home has its bridge
 */
gboolean
latch_demo_start_finish (LatchDemo *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

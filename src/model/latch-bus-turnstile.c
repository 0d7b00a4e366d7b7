/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bus-turnstile.h"

#include "latch-turns-names.h"
#include "latch-turnstile.h"

/* Milliseconds that the application gets to take note: whoever types a command does not wait for what hangs */
#define NOTE_MS 2000
/* How many seconds it is left alone after it did not */
#define LEAVE_ALONE 30
/* Seconds after which it is not waited for any more, whatever it says: its own requests are over long before */
#define LONGEST_WAIT 120

struct _LatchBusTurnstile
{
  GObject parent_instance;

  char *object_path;
  GDBusConnection *connection;
  gint64 alone_until; /* monotonic time */
};

/* On the way in */
typedef struct
{
  GVariant *request;
  guint turn;
  gint64 gives_up_at; /* monotonic time */
} Entry;

static void turnstile_iface_init (LatchTurnstileInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LatchBusTurnstile, latch_bus_turnstile, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LATCH_TYPE_TURNSTILE, turnstile_iface_init))

static void
entry_free (Entry *entry)
{
  g_clear_pointer (&entry->request, g_variant_unref);
  g_free (entry);
}

/* GIO would start a bus where there is none */
static gboolean
is_there_a_bus (void)
{
  const char *address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  return address != NULL ? *address != '\0' : g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
give_up_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/* A bus may hang like anything else. The timer outlives what it is for, which does no harm */
static void
connect_to_bus (GAsyncReadyCallback callback, GTask *task)
{
  g_autoptr (GCancellable) limit = g_cancellable_new ();

  g_timeout_add_full (G_PRIORITY_DEFAULT, NOTE_MS, give_up_cb, g_object_ref (limit), g_object_unref);
  g_bus_get (G_BUS_TYPE_SESSION, limit, callback, task);
}

/* Returns: whether there is a bus */
static gboolean
connect_finish (LatchBusTurnstile *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_finish (result, error);

  if (connection == NULL)
    return FALSE;

  /* That the bus ends is no reason to end with it */
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  g_set_object (&self->connection, connection);

  return TRUE;
}

static void
call (LatchBusTurnstile *self,
      const char *method,
      GVariant *parameters,
      const char *answer,
      guint ms,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  g_dbus_connection_call (self->connection, APP_ID, self->object_path, LATCH_TURNS_INTERFACE, method, parameters,
                          answer != NULL ? G_VARIANT_TYPE (answer) : NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, ms,
                          cancellable, callback, user_data);
}

static void
go_on_without (GTask *task, const GError *error)
{
  LatchBusTurnstile *self = g_task_get_source_object (task);
  Entry *entry = g_task_get_task_data (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY))
    {
      g_debug ("The application does not answer, so it is not waited for");
      self->alone_until = g_get_monotonic_time () + LEAVE_ALONE * G_TIME_SPAN_SECOND;
    }
  else
    g_debug ("There is no turn to wait for: %s", error != NULL ? error->message : "the application knows of none");

  /* Where it was only late, it shall not keep the turn for us */
  if (entry->turn != 0)
    latch_turnstile_leave (LATCH_TURNSTILE (self), entry->turn);
  g_task_return_int (task, 0);
}

static void wait_for_turn (GTask *task);

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Entry *entry = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  gboolean begun = FALSE;

  if (answer != NULL)
    g_variant_get (answer, "(b)", &begun);

  if (begun)
    g_task_return_int (task, entry->turn);
  else if (answer == NULL || g_get_monotonic_time () >= entry->gives_up_at)
    go_on_without (task, error);
  else
    wait_for_turn (g_steal_pointer (&task));
}

static void
wait_for_turn (GTask *task)
{
  LatchBusTurnstile *self = g_task_get_source_object (task);
  Entry *entry = g_task_get_task_data (task);

  call (self, "Wait", g_variant_new ("(u)", entry->turn), "(b)", LATCH_TURNS_WAIT_MS + NOTE_MS,
        g_task_get_cancellable (task), waited_cb, task);
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Entry *entry = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL)
    g_variant_get (answer, "(u)", &entry->turn);

  if (entry->turn == 0 || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    go_on_without (task, error);
  else
    wait_for_turn (g_steal_pointer (&task));
}

static void
take (GTask *task)
{
  LatchBusTurnstile *self = g_task_get_source_object (task);
  Entry *entry = g_task_get_task_data (task);

  /* Not to be cancelled: there would be a turn that nobody knows of */
  call (self, "Take", entry->request, "(u)", NOTE_MS, NULL, taken_cb, task);
}

/* As good as at once, or never */
static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchBusTurnstile *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!connect_finish (self, result, &error))
    {
      self->alone_until = G_MAXINT64;
      go_on_without (task, error);
      return;
    }

  take (g_steal_pointer (&task));
}

static void
latch_bus_turnstile_enter_async (LatchTurnstile *turnstile,
                                 const char *host,
                                 guint16 port,
                                 const char *path,
                                 gboolean command,
                                 guint deadline_ms,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  LatchBusTurnstile *self = LATCH_BUS_TURNSTILE (turnstile);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Entry *entry = g_new0 (Entry, 1);

  g_task_set_source_tag (task, latch_bus_turnstile_enter_async);
  /* A turn is to be given back, cancelled or not */
  g_task_set_check_cancellable (task, FALSE);
  entry->request = g_variant_ref_sink (g_variant_new ("(sqsbu)", host, port, path, command, deadline_ms));
  entry->gives_up_at = g_get_monotonic_time () + LONGEST_WAIT * G_TIME_SPAN_SECOND;
  g_task_set_task_data (task, entry, (GDestroyNotify) entry_free);

  if (g_get_monotonic_time () < self->alone_until)
    {
      g_task_return_int (task, 0);
      g_object_unref (task);
    }
  else if (self->connection != NULL)
    take (task);
  else
    connect_to_bus (connected_cb, task);
}

static guint
latch_bus_turnstile_enter_finish (LatchTurnstile *turnstile, GAsyncResult *result)
{
  gssize turn = g_task_propagate_int (G_TASK (result), NULL);

  return turn > 0 ? (guint) turn : 0;
}

static void
latch_bus_turnstile_leave (LatchTurnstile *turnstile, guint turn)
{
  LatchBusTurnstile *self = LATCH_BUS_TURNSTILE (turnstile);

  call (self, "Release", g_variant_new ("(u)", turn), NULL, -1, NULL, NULL, NULL);
}

static void
turnstile_iface_init (LatchTurnstileInterface *iface)
{
  iface->enter_async = latch_bus_turnstile_enter_async;
  iface->enter_finish = latch_bus_turnstile_enter_finish;
  iface->leave = latch_bus_turnstile_leave;
}

static void
latch_bus_turnstile_finalize (GObject *object)
{
  LatchBusTurnstile *self = LATCH_BUS_TURNSTILE (object);

  g_clear_object (&self->connection);
  g_free (self->object_path);

  G_OBJECT_CLASS (latch_bus_turnstile_parent_class)->finalize (object);
}

static void
latch_bus_turnstile_class_init (LatchBusTurnstileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_bus_turnstile_finalize;
}

static void
latch_bus_turnstile_init (LatchBusTurnstile *self)
{
  /* As GApplication has it */
  self->object_path = g_strdup ("/" APP_ID);
  g_strdelimit (self->object_path, ".", '/');
  g_strdelimit (self->object_path, "-", '_');
  if (!is_there_a_bus ())
    self->alone_until = G_MAXINT64;
}

/**
 * latch_bus_turnstile_new:
 *
 * Returns: (transfer full): a turnstile that lets everybody through where the application does not run. It never starts
 *   it
 */
LatchBusTurnstile *
latch_bus_turnstile_new (void)
{
  return g_object_new (LATCH_TYPE_BUS_TURNSTILE, NULL);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    g_debug ("The application was not told: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
tell (GTask *task)
{
  call (g_task_get_source_object (task), "Reread", NULL, NULL, NOTE_MS, NULL, told_cb, task);
}

static void
connected_to_tell_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (!connect_finish (g_task_get_source_object (task), result, NULL))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  tell (g_steal_pointer (&task));
}

/**
 * latch_bus_turnstile_tell_async:
 *
 * Tells the application, if it runs, that what is kept of bridges and locks was changed. This does not fail.
 */
void
latch_bus_turnstile_tell_async (LatchBusTurnstile *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LATCH_IS_BUS_TURNSTILE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, latch_bus_turnstile_tell_async);
  if (g_get_monotonic_time () < self->alone_until)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  else if (self->connection != NULL)
    tell (task);
  else
    connect_to_bus (connected_to_tell_cb, task);
}

void
latch_bus_turnstile_tell_finish (LatchBusTurnstile *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

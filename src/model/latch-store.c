/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-store.h"

#include "latch-store-queries.h"

struct _LatchStore
{
  GObject parent_instance;

  char *folder;
  GAsyncQueue *jobs;
  GThread *thread; /* runs from the first job on */

  GMutex lock; /* for what follows */
  char *broken_path;
};

G_DEFINE_FINAL_TYPE (LatchStore, latch_store, G_TYPE_OBJECT)

typedef gboolean (*Work) (sqlite3 *db, const LatchBridgeRecord *subject, gpointer *result, GError **error);

/* One call. Its task, and with it the store, is only let go of in the caller's thread: see deliver(). */
typedef struct
{
  GTask *task;
  Work work;
  LatchBridgeRecord *subject;
  gpointer result;
  GDestroyNotify free_result;
  GError *error;
} Job;

static Job quit; /* ends the thread, once all that came before is done */

static void
job_free (Job *self)
{
  g_clear_object (&self->task);
  g_clear_pointer (&self->subject, latch_bridge_record_free);
  if (self->result != NULL && self->free_result != NULL)
    self->free_result (self->result);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
load (sqlite3 *db, const LatchBridgeRecord *subject, gpointer *result, GError **error)
{
  *result = latch_store_queries_load (db, error);

  return *result != NULL;
}

static gboolean
load_installation_id (sqlite3 *db, const LatchBridgeRecord *subject, gpointer *result, GError **error)
{
  *result = latch_store_queries_load_installation_id (db, error);

  return *result != NULL;
}

static gboolean
save_bridge (sqlite3 *db, const LatchBridgeRecord *subject, gpointer *result, GError **error)
{
  return latch_store_queries_save_bridge (db, subject, error);
}

static gboolean
save_devices (sqlite3 *db, const LatchBridgeRecord *subject, gpointer *result, GError **error)
{
  return latch_store_queries_save_devices (db, subject, error);
}

static gboolean
remove_bridge (sqlite3 *db, const LatchBridgeRecord *subject, gpointer *result, GError **error)
{
  return latch_store_queries_remove_bridge (db, subject->id, error);
}

static sqlite3 *
open_database (LatchStore *self, gboolean thorough, GError **error)
{
  g_autofree char *broken_path = NULL;
  sqlite3 *db = latch_database_open (self->folder, thorough, &broken_path, error);

  if (broken_path != NULL)
    {
      g_message ("The database was damaged. It was kept as %s, and a new one begun", broken_path);
      g_mutex_lock (&self->lock);
      g_set_str (&self->broken_path, broken_path);
      g_mutex_unlock (&self->lock);
    }

  return db;
}

static void
run_job (LatchStore *self, sqlite3 **db, Job *job)
{
  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (job->task), &job->error))
    return;

  if (*db == NULL)
    *db = open_database (self, FALSE, &job->error);
  if (*db == NULL || job->work (*db, job->subject, &job->result, &job->error))
    return;

  /* Damage may show only where it is touched. Look at the whole file, begin a new one if need be, and try again */
  if (g_error_matches (job->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    {
      g_clear_error (&job->error);
      g_clear_pointer (db, sqlite3_close);
      *db = open_database (self, TRUE, &job->error);
      if (*db != NULL)
        job->work (*db, job->subject, &job->result, &job->error);
    }
}

static gboolean
deliver (gpointer user_data)
{
  Job *job = user_data;

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else if (job->free_result != NULL)
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->free_result);
  else
    g_task_return_boolean (job->task, TRUE);

  return G_SOURCE_REMOVE;
}

static gpointer
run_thread (gpointer user_data)
{
  LatchStore *self = user_data;
  sqlite3 *db = NULL;
  Job *job;

  while ((job = g_async_queue_pop (self->jobs)) != &quit)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      run_job (self, &db, job);

      g_source_set_priority (source, g_task_get_priority (job->task));
      g_source_set_callback (source, deliver, job, (GDestroyNotify) job_free);
      g_source_attach (source, g_task_get_context (job->task));
    }

  g_clear_pointer (&db, sqlite3_close);

  return NULL;
}

static void
push_job (LatchStore *self,
          gpointer tag,
          Work work,
          LatchBridgeRecord *subject,
          GDestroyNotify free_result,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->task = g_task_new (self, cancellable, callback, user_data);
  job->work = work;
  job->subject = subject;
  job->free_result = free_result;

  g_task_set_source_tag (job->task, tag);
  /* Whoever cancels too late learns what was done, not that nothing was */
  g_task_set_check_cancellable (job->task, FALSE);

  g_async_queue_push (self->jobs, job);
  if (self->thread == NULL)
    self->thread = g_thread_new ("store", run_thread, self);
}

static void
latch_store_dispose (GObject *object)
{
  latch_store_flush (LATCH_STORE (object));

  G_OBJECT_CLASS (latch_store_parent_class)->dispose (object);
}

static void
latch_store_finalize (GObject *object)
{
  LatchStore *self = LATCH_STORE (object);

  g_async_queue_unref (self->jobs);
  g_mutex_clear (&self->lock);
  g_free (self->folder);
  g_free (self->broken_path);

  G_OBJECT_CLASS (latch_store_parent_class)->finalize (object);
}

static void
latch_store_class_init (LatchStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = latch_store_dispose;
  object_class->finalize = latch_store_finalize;
}

static void
latch_store_init (LatchStore *self)
{
  self->jobs = g_async_queue_new ();
  g_mutex_init (&self->lock);
}

/**
 * latch_store_new:
 * @folder: (nullable): where the database is or shall be; %NULL for `$NIGHTLATCH_DATA_DIR` and, where that is not set,
 *   a folder in the user's data directory, another for each build profile as with tokens
 *
 * Touches nothing yet: the database is opened, and begun if missing, with the first call that needs it.
 *
 * Returns: (transfer full): a store
 */
LatchStore *
latch_store_new (const char *folder)
{
  LatchStore *self = g_object_new (LATCH_TYPE_STORE, NULL);

  if (folder == NULL)
    folder = g_getenv ("NIGHTLATCH_DATA_DIR");

  if (folder != NULL && *folder != '\0')
    self->folder = g_strdup (folder);
  else
    self->folder = g_build_filename (g_get_user_data_dir (), DEVELOPMENT ? "nightlatch-devel" : "nightlatch", NULL);

  return self;
}

/**
 * latch_store_dup_broken_path:
 *
 * A damaged database does not keep the program from working: it is moved aside, and a new one begun. People should be
 * told, since their bridges are gone from the list. Look after each call that came back.
 *
 * Returns: (transfer full) (nullable): the path under which a damaged database was kept since this store was made,
 *   %NULL if there was none
 */
char *
latch_store_dup_broken_path (LatchStore *self)
{
  char *path;

  g_return_val_if_fail (LATCH_IS_STORE (self), NULL);

  g_mutex_lock (&self->lock);
  path = g_strdup (self->broken_path);
  g_mutex_unlock (&self->lock);

  return path;
}

/**
 * latch_store_flush:
 *
 * Waits until all that was asked for is done, and closes the database. Callers still get their results when their main
 * context runs again, and later calls open the database again.
 *
 * This blocks, and is for the end of a program: calls under way keep the store alive, so that a program which just ends
 * would lose them.
 */
void
latch_store_flush (LatchStore *self)
{
  g_return_if_fail (LATCH_IS_STORE (self));

  if (self->thread == NULL)
    return;

  g_async_queue_push (self->jobs, &quit);
  g_thread_join (g_steal_pointer (&self->thread));
}

/**
 * latch_store_load_async:
 *
 * Reads the bridges and what was last known of their devices.
 */
void
latch_store_load_async (LatchStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (LATCH_IS_STORE (self));

  push_job (self, latch_store_load_async, load, NULL, (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
            user_data);
}

/**
 * latch_store_load_finish:
 * @error: set to a %G_IO_ERROR with a message for people: %G_IO_ERROR_NOT_SUPPORTED if a newer version of Nightlatch
 *   wrote the database, %G_IO_ERROR_PERMISSION_DENIED or another if it cannot be written
 *
 * Returns: (transfer full) (element-type LatchBridgeRecord) (nullable): the bridges in the order in which they were
 *   added
 */
GPtrArray *
latch_store_load_finish (LatchStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_store_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * latch_store_load_installation_id_async:
 *
 * Reads what tells this installation from others: made at random once, and known to all programs that share the
 * database.
 */
void
latch_store_load_installation_id_async (LatchStore *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_return_if_fail (LATCH_IS_STORE (self));

  push_job (self, latch_store_load_installation_id_async, load_installation_id, NULL, g_free, cancellable, callback,
            user_data);
}

/**
 * latch_store_load_installation_id_finish:
 * @error: set as by latch_store_load_finish()
 *
 * Returns: (transfer full) (nullable): 16 hexadecimal digits
 */
char *
latch_store_load_installation_id_finish (LatchStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_store_load_installation_id_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * latch_store_save_bridge_async:
 * @bridge: a bridge, new or known; copied. Its devices are not looked at
 * @cancellable: (nullable): cancels what has not begun; afterwards it is done all the same, and reported so
 *
 * Adds a bridge at the end, or changes a known one. Finish with latch_store_write_finish().
 */
void
latch_store_save_bridge_async (LatchStore *self,
                               const LatchBridgeRecord *bridge,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  LatchBridgeRecord *subject;

  g_return_if_fail (LATCH_IS_STORE (self));
  g_return_if_fail (bridge != NULL && bridge->id != NULL);

  subject = latch_bridge_record_new (bridge->id);
  subject->name = g_strdup (bridge->name);
  subject->host = g_strdup (bridge->host);
  subject->port = bridge->port;
  subject->accepted_mode = bridge->accepted_mode;
  subject->type = bridge->type;
  subject->instant_updates = bridge->instant_updates;

  push_job (self, latch_store_write_finish, save_bridge, subject, NULL, cancellable, callback, user_data);
}

/**
 * latch_store_save_devices_async:
 * @bridge_id: a known bridge
 * @devices: (element-type LatchDeviceRecord): its devices; copied
 * @cancellable: (nullable): cancels what has not begun; afterwards it is done all the same, and reported so
 *
 * Replaces all that is known of a bridge's devices, in one go. Finish with latch_store_write_finish().
 */
void
latch_store_save_devices_async (LatchStore *self,
                                const char *bridge_id,
                                GPtrArray *devices,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  LatchBridgeRecord *subject;

  g_return_if_fail (LATCH_IS_STORE (self));
  g_return_if_fail (bridge_id != NULL);
  g_return_if_fail (devices != NULL);

  subject = latch_bridge_record_new (bridge_id);
  for (guint i = 0; i < devices->len; i++)
    g_ptr_array_add (subject->devices, latch_device_record_copy (g_ptr_array_index (devices, i)));

  push_job (self, latch_store_write_finish, save_devices, subject, NULL, cancellable, callback, user_data);
}

/**
 * latch_store_remove_bridge_async:
 * @bridge_id: a bridge, known or not
 * @cancellable: (nullable): cancels what has not begun; afterwards it is done all the same, and reported so
 *
 * Removes a bridge and its devices. Finish with latch_store_write_finish().
 */
void
latch_store_remove_bridge_async (LatchStore *self,
                                 const char *bridge_id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (LATCH_IS_STORE (self));
  g_return_if_fail (bridge_id != NULL);

  push_job (self, latch_store_write_finish, remove_bridge, latch_bridge_record_new (bridge_id), NULL, cancellable,
            callback, user_data);
}

/**
 * latch_store_write_finish:
 * @error: set as by latch_store_load_finish(); also to %G_IO_ERROR_NOT_FOUND if devices were to be saved of a bridge
 *   that is not known, which another program may have removed
 *
 * Returns: whether it is written to disk
 */
gboolean
latch_store_write_finish (LatchStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_store_write_finish), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

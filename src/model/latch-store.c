/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-store.h"

#include "latch-store-private.h"
#include "latch-store-queries.h"

G_DEFINE_FINAL_TYPE (LatchStore, latch_store, G_TYPE_OBJECT)

enum
{
  ACTIVITY_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
load (sqlite3 *db, gconstpointer subject, gpointer *result, GError **error)
{
  *result = latch_store_queries_load (db, error);

  return *result != NULL;
}

static gboolean
load_installation_id (sqlite3 *db, gconstpointer subject, gpointer *result, GError **error)
{
  *result = latch_store_queries_load_installation_id (db, error);

  return *result != NULL;
}

static gboolean
save_bridge (sqlite3 *db, gconstpointer subject, gpointer *result, GError **error)
{
  return latch_store_queries_save_bridge (db, subject, error);
}

static gboolean
save_devices (sqlite3 *db, gconstpointer subject, gpointer *result, GError **error)
{
  return latch_store_queries_save_devices (db, subject, error);
}

static gboolean
remove_bridge (sqlite3 *db, gconstpointer subject, gpointer *result, GError **error)
{
  return latch_store_queries_remove_bridge (db, subject, error);
}

static void
push_write (LatchStore *self,
            LatchStoreWork work,
            gpointer subject,
            GDestroyNotify free_subject,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  latch_store_push (self, &(LatchStoreJob) {
                            .tag = latch_store_write_finish,
                            .writes = TRUE,
                            .work = work,
                            .subject = subject,
                            .free_subject = free_subject,
                          },
                    cancellable, callback, user_data);
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

  /**
   * LatchStore::activity-changed:
   * @removed: whether something was deleted, rather than added
   *
   * The record of activity was written to, by this store. Of what other programs write, nothing is told.
   */
  signals[ACTIVITY_CHANGED] = g_signal_new ("activity-changed", LATCH_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
latch_store_init (LatchStore *self)
{
  self->jobs = g_async_queue_new ();
  g_mutex_init (&self->lock);
}

void
latch_store_tell_of_activity (LatchStore *self, LatchStoreActivity activity)
{
  if (activity != LATCH_STORE_ACTIVITY_UNTOUCHED)
    g_signal_emit (self, signals[ACTIVITY_CHANGED], 0, activity == LATCH_STORE_ACTIVITY_REMOVED);
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
 * latch_store_new_in_memory:
 *
 * Returns: (transfer full): a store that keeps nothing after its end, and leaves nothing on the disk
 */
LatchStore *
latch_store_new_in_memory (void)
{
  return g_object_new (LATCH_TYPE_STORE, NULL);
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
 * latch_store_load_async:
 *
 * Reads the bridges and what was last known of their devices.
 */
void
latch_store_load_async (LatchStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (LATCH_IS_STORE (self));

  latch_store_push (self, &(LatchStoreJob) {
                            .tag = latch_store_load_async,
                            .work = load,
                            .free_result = (GDestroyNotify) g_ptr_array_unref,
                          },
                    cancellable, callback, user_data);
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

  latch_store_push (self, &(LatchStoreJob) {
                            .tag = latch_store_load_installation_id_async,
                            .work = load_installation_id,
                            .free_result = g_free,
                          },
                    cancellable, callback, user_data);
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
  subject->known_only = bridge->known_only;
  subject->type = bridge->type;
  subject->instant_updates = bridge->instant_updates;
  subject->allows_pairing = bridge->allows_pairing;
  subject->was_reset = bridge->was_reset;
  subject->keeps_rest = bridge->keeps_rest;

  push_write (self, save_bridge, subject, (GDestroyNotify) latch_bridge_record_free, cancellable, callback, user_data);
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

  push_write (self, save_devices, subject, (GDestroyNotify) latch_bridge_record_free, cancellable, callback, user_data);
}

/**
 * latch_store_remove_bridge_async:
 * @bridge_id: a bridge, known or not
 * @cancellable: (nullable): cancels what has not begun; afterwards it is done all the same, and reported so
 *
 * Removes a bridge with its devices and their activity. Finish with latch_store_write_finish().
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

  latch_store_push (self, &(LatchStoreJob) {
                            .tag = latch_store_write_finish,
                            .writes = TRUE,
                            .activity = LATCH_STORE_ACTIVITY_REMOVED,
                            .work = remove_bridge,
                            .subject = g_strdup (bridge_id),
                            .free_subject = g_free,
                          },
                    cancellable, callback, user_data);
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

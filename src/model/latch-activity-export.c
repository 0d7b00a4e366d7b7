/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-activity-export.h"

#include "latch-bridge.h"
#include "latch-event-record.h"

/* How many events are read at a time: others want to read and write, too, and windows to move */
#define PAGE 1000

typedef struct
{
  LatchEventQuery query;
  char *bridge_id;
  GListModel *bridges;
  gboolean csv;
  GString *text;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_free (self->bridge_id);
  g_object_unref (self->bridges);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_free (self);
}

static LatchBridge *
find_bridge (Export *self, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->bridges); i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (self->bridges, i);

      if (g_strcmp0 (latch_bridge_get_id (bridge), id) == 0)
        return g_steal_pointer (&bridge);
    }

  return NULL;
}

static void
append_json (Export *self, const LatchEvent *event, LatchLock *lock)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  gboolean has_own = lock != NULL && latch_lock_has_local_name (lock);
  g_autofree char *text = NULL;

  json_node_take_object (node, latch_event_record_new_json (event, lock != NULL ? latch_lock_get_given_name (lock) : NULL,
                                                            has_own ? latch_lock_get_name (lock) : NULL));
  text = json_to_string (node, FALSE);
  g_string_append_printf (self->text, "%s%s", self->text->len > 2 ? ",\n" : "", text);
}

static void
append (Export *self, const LatchEvent *event)
{
  g_autoptr (LatchBridge) bridge = find_bridge (self, event->bridge_id);
  LatchLock *lock = bridge != NULL ? latch_bridge_find_lock (bridge, event->nuki_id, event->device_type) : NULL;
  const char *name = lock != NULL ? latch_lock_get_name (lock) : NULL;

  if (self->csv)
    latch_event_record_append_csv (self->text, event, name, bridge != NULL ? latch_bridge_get_name (bridge) : NULL);
  else
    append_json (self, event, lock);
}

static void loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
load (LatchStore *store, GTask *task)
{
  Export *self = g_task_get_task_data (task);

  latch_store_load_events_async (store, &self->query, g_task_get_cancellable (task), loaded_cb, task);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) events = latch_store_load_events_finish (LATCH_STORE (source), result, &error);

  if (events == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < events->len; i++)
    append (self, events->pdata[i]);
  if (events->len == self->query.limit)
    {
      const LatchEvent *last = events->pdata[events->len - 1];

      self->query.before_at = last->at;
      self->query.before_id = last->id;
      load (LATCH_STORE (source), g_steal_pointer (&task));
      return;
    }

  if (!self->csv)
    g_string_append (self->text, "\n]\n");
  g_task_return_pointer (task, g_string_free_to_bytes (g_steal_pointer (&self->text)), (GDestroyNotify) g_bytes_unref);
}

/**
 * latch_activity_export_async:
 * @store: where it is recorded
 * @query: which events; its limit and place are not looked at
 * @bridges: a list of #LatchBridge, for the names
 * @csv: whether to make a table rather than JSON
 *
 * Writes down all that was recorded, newest first, as `nightlatchctl activity` does.
 */
void
latch_activity_export_async (LatchStore *store,
                             const LatchEventQuery *query,
                             GListModel *bridges,
                             gboolean csv,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  Export *self = g_new0 (Export, 1);

  self->bridge_id = g_strdup (query->bridge_id);
  self->query = *query;
  self->query.bridge_id = self->bridge_id;
  self->query.before_at = self->query.before_id = 0;
  self->query.limit = PAGE;
  self->bridges = g_object_ref (bridges);
  self->csv = csv;
  self->text = g_string_new (csv ? NULL : "[\n");
  if (csv)
    latch_event_record_append_csv_titles (self->text);

  g_task_set_source_tag (task, latch_activity_export_async);
  g_task_set_task_data (task, self, export_free);
  load (store, task);
}

/**
 * latch_activity_export_finish:
 * @error: set as by latch_store_load_finish()
 *
 * Returns: (transfer full) (nullable): the document
 */
GBytes *
latch_activity_export_finish (LatchStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_activity_export_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

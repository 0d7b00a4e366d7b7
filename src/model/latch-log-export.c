/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-log-export.h"

#include "latch-csv.h"
#include "latch-log-item.h"

/**
 * latch_log_export_json:
 * @log: a list of #LatchLogItem
 *
 * Returns: (transfer full): the entries as the bridge sent them, but for secrets
 */
GBytes *
latch_log_export_json (GListModel *log)
{
  guint n_items = g_list_model_get_n_items (log);
  g_autoptr (GString) text = g_string_new ("[");

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (LatchLogItem) item = g_list_model_get_item (log, i);

      g_string_append (text, i > 0 ? ",\n  " : "\n  ");
      g_string_append (text, latch_log_item_get_text (item));
    }
  g_string_append (text, n_items > 0 ? "\n]\n" : "]\n");

  return g_string_free_to_bytes (g_steal_pointer (&text));
}

/* Texts as such, all else as JSON */
static char *
to_cell (JsonNode *value)
{
  if (JSON_NODE_HOLDS_NULL (value))
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (value));

  return json_to_string (value, FALSE);
}

static void
add_column (GPtrArray *columns, GHashTable *known, const char *name)
{
  char *column = NULL;

  if (g_hash_table_contains (known, name))
    return;

  column = g_strdup (name);
  g_hash_table_insert (known, column, GUINT_TO_POINTER (columns->len));
  g_ptr_array_add (columns, column);
}

static void
add_members (GPtrArray *columns, GHashTable *known, JsonObject *entry)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, entry);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    add_column (columns, known, name);
}

static void
append_entry (GString *csv, guint n_columns, GHashTable *known, JsonObject *entry)
{
  g_autofree char **cells = g_new0 (char *, n_columns);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, entry);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    cells[GPOINTER_TO_UINT (g_hash_table_lookup (known, name))] = to_cell (value);

  latch_csv_append_row (csv, (const char *const *) cells, n_columns);
  for (guint i = 0; i < n_columns; i++)
    g_free (cells[i]);
}

/**
 * latch_log_export_csv:
 * @log: a list of #LatchLogItem
 *
 * Returns: (transfer full): a table with a row for each entry, and a column for each member that any of them has
 */
GBytes *
latch_log_export_csv (GListModel *log)
{
  guint n_items = g_list_model_get_n_items (log);
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_full (n_items, (GDestroyNotify) json_node_unref);
  g_autoptr (GString) csv = g_string_new (NULL);

  add_column (columns, known, "timestamp");
  add_column (columns, known, "type");
  add_column (columns, known, "nukiId");
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (LatchLogItem) item = g_list_model_get_item (log, i);
      JsonNode *entry = latch_log_item_parse (item);

      g_ptr_array_add (entries, entry);
      add_members (columns, known, json_node_get_object (entry));
    }

  latch_csv_append_row (csv, (const char *const *) columns->pdata, columns->len);
  for (guint i = 0; i < n_items; i++)
    append_entry (csv, columns->len, known, json_node_get_object (entries->pdata[i]));

  return g_string_free_to_bytes (g_steal_pointer (&csv));
}

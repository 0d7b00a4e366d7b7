/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-csv.h"

#include "latch-csv.h"
#include "latch-ctl-describe.h"
#include "latch-ctl-output.h"

#include <string.h>

static void
add_column (GPtrArray *columns, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (columns, name, g_str_equal, NULL))
    g_ptr_array_add (columns, (gpointer) name);
}

static void
add_columns (GPtrArray *columns, JsonObject *entry)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, entry);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    add_column (columns, name);
}

static void
append_entry (GString *csv, GPtrArray *columns, JsonObject *entry)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < columns->len; i++)
    {
      JsonNode *value = json_object_get_member (entry, columns->pdata[i]);
      gboolean is_there = value != NULL && !JSON_NODE_HOLDS_NULL (value);

      g_ptr_array_add (cells, is_there ? latch_ctl_describe_value (value) : NULL);
    }
  latch_csv_append_row (csv, (const char *const *) cells->pdata, cells->len);
}

/**
 * latch_ctl_print_log_csv:
 * @entries: (element-type LatchLogEntry): what to print
 *
 * Prints a row for each entry, and a column for each member that any of them has, as the window exports it.
 */
void
latch_ctl_print_log_csv (GPtrArray *entries)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  g_autoptr (GString) csv = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  add_column (columns, "timestamp");
  add_column (columns, "type");
  add_column (columns, "nukiId");
  for (guint i = 0; i < entries->len; i++)
    add_columns (columns, json_node_get_object (((LatchLogEntry *) entries->pdata[i])->json));

  latch_csv_append_row (csv, (const char *const *) columns->pdata, columns->len);
  for (guint i = 0; i < entries->len; i++)
    append_entry (csv, columns, json_node_get_object (((LatchLogEntry *) entries->pdata[i])->json));

  /* Line by line, as a line's end is what no text may bring about by itself */
  lines = g_strsplit (csv->str, "\n", -1);
  for (char **line = lines; *line != NULL && (line[1] != NULL || **line != '\0'); line++)
    latch_ctl_print ("%s", g_strchomp (*line));
}

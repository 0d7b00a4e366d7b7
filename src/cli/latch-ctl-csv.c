/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-csv.h"

#include "latch-ctl-output.h"
#include "latch-log-export.h"
#include "latch-log-item.h"

/**
 * latch_ctl_print_log_csv:
 * @entries: (element-type LatchLogEntry): what to print
 * @client: knows what is secret
 *
 * Prints a row for each entry, and a column for each member that any of them has, as the window exports it.
 */
void
latch_ctl_print_log_csv (GPtrArray *entries, LatchClient *client)
{
  g_autoptr (GListStore) log = g_list_store_new (LATCH_TYPE_LOG_ITEM);
  g_autoptr (GBytes) csv = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr (LatchLogItem) item = latch_log_item_new (entries->pdata[i], client);

      g_list_store_append (log, item);
    }

  csv = latch_log_export_csv (G_LIST_MODEL (log));
  text = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));

  /* Line by line, as a line's end is what no text may bring about by itself */
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL && (line[1] != NULL || **line != '\0'); line++)
    latch_ctl_print ("%s", g_strchomp (*line));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-journal.h"

#include <string.h>

#define MAX_ENTRIES 10000

struct _LatchSimJournal
{
  GObject parent_instance;

  GQueue entries; /* of JsonObject, oldest first */
};

G_DEFINE_FINAL_TYPE (LatchSimJournal, latch_sim_journal, G_TYPE_OBJECT)

/* What proves knowledge of the token has no place in a file that may end up in a bug report. */
static char *
mask_query (const char *query)
{
  GString *masked = g_string_new (NULL);
  g_auto (GStrv) parameters = g_strsplit (query, "&", -1);

  for (char **parameter = parameters; *parameter != NULL; parameter++)
    {
      gsize name_length = strcspn (*parameter, "=");
      g_autofree char *encoded = g_strndup (*parameter, name_length);
      g_autofree char *decoded = g_uri_unescape_string (encoded, NULL);
      g_autofree char *name = g_ascii_strdown (decoded != NULL ? decoded : encoded, -1);
      gboolean secret = strstr (name, "token") != NULL || g_str_equal (name, "hash");

      if (parameter != parameters)
        g_string_append_c (masked, '&');
      if (secret && (*parameter)[name_length] == '=')
        g_string_append_printf (masked, "%s=***", encoded);
      else
        g_string_append (masked, *parameter);
    }

  return g_string_free_and_steal (masked);
}

static void
latch_sim_journal_finalize (GObject *object)
{
  latch_sim_journal_clear (LATCH_SIM_JOURNAL (object));

  G_OBJECT_CLASS (latch_sim_journal_parent_class)->finalize (object);
}

static void
latch_sim_journal_class_init (LatchSimJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_sim_journal_finalize;
}

static void
latch_sim_journal_init (LatchSimJournal *self)
{
  g_queue_init (&self->entries);
}

/**
 * latch_sim_journal_new:
 *
 * Returns: (transfer full): a record of all API requests, for tests to look at; the bridge's own log
 *   is #LatchSimLog
 */
LatchSimJournal *
latch_sim_journal_new (void)
{
  return g_object_new (LATCH_SIM_TYPE_JOURNAL, NULL);
}

/**
 * latch_sim_journal_begin:
 * @query: (nullable): the query string as it came
 *
 * Notes a request as soon as it has arrived, whatever becomes of it.
 *
 * Returns: (transfer full): the entry, for the other functions to complete
 */
JsonObject *
latch_sim_journal_begin (LatchSimJournal *self,
                         const char      *method,
                         const char      *path,
                         const char      *query)
{
  JsonObject *entry = json_object_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.%fZ");
  g_autofree char *masked = mask_query (query != NULL ? query : "");
  g_autofree char *valid = g_utf8_make_valid (masked, -1);
  g_autofree char *valid_path = g_utf8_make_valid (path, -1);

  json_object_set_string_member (entry, "time", time);
  json_object_set_string_member (entry, "method", method);
  json_object_set_string_member (entry, "path", valid_path);
  json_object_set_string_member (entry, "query", valid);

  g_queue_push_tail (&self->entries, json_object_ref (entry));
  if (g_queue_get_length (&self->entries) > MAX_ENTRIES)
    json_object_unref (g_queue_pop_head (&self->entries));

  return entry;
}

/**
 * latch_sim_journal_set_auth:
 * @mode: how the request proved that it knows the token
 *
 * Requests without such a proof have no member `auth`.
 */
void
latch_sim_journal_set_auth (JsonObject       *entry,
                            LatchSimAuthModes mode)
{
  if (mode != LATCH_SIM_AUTH_NONE)
    json_object_set_string_member (entry, "auth", latch_sim_auth_mode_name (mode));
}

void
latch_sim_journal_clear (LatchSimJournal *self)
{
  g_queue_clear_full (&self->entries, (GDestroyNotify) json_object_unref);
}

/**
 * latch_sim_journal_read:
 *
 * Returns: (transfer full): an array of the entries, oldest first
 */
JsonNode *
latch_sim_journal_read (LatchSimJournal *self)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (GList *entry = self->entries.head; entry != NULL; entry = entry->next)
    json_array_add_object_element (array, json_object_ref (entry->data));
  json_node_take_array (node, array);

  return node;
}

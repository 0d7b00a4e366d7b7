/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-log.h"

/* A plug in the wall has little memory: older entries are forgotten */
#define MAX_ENTRIES 2000

struct _LatchSimLog
{
  GObject parent_instance;

  LatchSimClock *clock;
  GQueue entries; /* of JsonNode, newest first */
};

G_DEFINE_FINAL_TYPE (LatchSimLog, latch_sim_log, G_TYPE_OBJECT)

static JsonObject *
begin_entry (LatchSimLog *self)
{
  JsonObject *entry = json_object_new ();
  g_autofree char *stamp = latch_sim_clock_format (self->clock, latch_sim_clock_now (self->clock));

  json_object_set_string_member (entry, "timestamp", stamp);

  return entry;
}

static void
end_entry (LatchSimLog *self,
           JsonObject  *entry)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, entry);
  g_queue_push_head (&self->entries, node);
  while (g_queue_get_length (&self->entries) > MAX_ENTRIES)
    json_node_unref (g_queue_pop_tail (&self->entries));
}

static void
latch_sim_log_finalize (GObject *object)
{
  LatchSimLog *self = LATCH_SIM_LOG (object);

  latch_sim_log_clear (self);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (latch_sim_log_parent_class)->finalize (object);
}

static void
latch_sim_log_class_init (LatchSimLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_sim_log_finalize;
}

static void
latch_sim_log_init (LatchSimLog *self)
{
  g_queue_init (&self->entries);
}

/**
 * latch_sim_log_new:
 *
 * Returns: (transfer full): the bridge's own log (spec: /log), which uses the words of real bridges
 */
LatchSimLog *
latch_sim_log_new (LatchSimClock *clock)
{
  LatchSimLog *self = g_object_new (LATCH_SIM_TYPE_LOG, NULL);

  self->clock = g_object_ref (clock);

  return self;
}

void
latch_sim_log_add (LatchSimLog *self,
                   const char  *type)
{
  JsonObject *entry = begin_entry (self);

  json_object_set_string_member (entry, "type", type);
  end_entry (self, entry);
}

void
latch_sim_log_add_number (LatchSimLog *self,
                          const char  *type,
                          const char  *key,
                          gint64       value)
{
  JsonObject *entry = begin_entry (self);

  json_object_set_string_member (entry, "type", type);
  json_object_set_int_member (entry, key, value);
  end_entry (self, entry);
}

void
latch_sim_log_add_text (LatchSimLog *self,
                        const char  *type,
                        const char  *key,
                        const char  *value)
{
  JsonObject *entry = begin_entry (self);

  json_object_set_string_member (entry, "type", type);
  json_object_set_string_member (entry, key, value);
  end_entry (self, entry);
}

/**
 * latch_sim_log_add_lock:
 * @nuki_id: which device it is about; the log writes it in hexadecimal
 * @format: (nullable): further members as the inside of a JSON object
 *
 * Adds an entry about a device.
 */
void
latch_sim_log_add_lock (LatchSimLog *self,
                        const char  *type,
                        guint32      nuki_id,
                        const char  *format,
                        ...)
{
  JsonObject *entry = begin_entry (self);
  g_autofree char *id = g_strdup_printf ("%08X", nuki_id);

  json_object_set_string_member (entry, "nukiId", id);
  json_object_set_string_member (entry, "type", type);
  if (format != NULL)
    {
      g_autofree char *members = NULL;
      g_autofree char *text = NULL;
      g_autoptr (JsonNode) more = NULL;
      g_autoptr (GList) keys = NULL;
      va_list args;

      va_start (args, format);
      members = g_strdup_vprintf (format, args);
      va_end (args);
      text = g_strdup_printf ("{%s}", members);
      more = json_from_string (text, NULL);
      g_assert (more != NULL);

      keys = json_object_get_members (json_node_get_object (more));
      for (GList *key = keys; key != NULL; key = key->next)
        json_object_set_member (entry, key->data, json_object_dup_member (json_node_get_object (more), key->data));
    }
  end_entry (self, entry);
}

void
latch_sim_log_clear (LatchSimLog *self)
{
  g_queue_clear_full (&self->entries, (GDestroyNotify) json_node_unref);
}

/**
 * latch_sim_log_read:
 * @offset: how many of the newest entries to skip
 * @count: how many to return at most
 *
 * Returns: (transfer full): an array of entries, newest first
 */
JsonNode *
latch_sim_log_read (LatchSimLog *self,
                    guint        offset,
                    guint        count)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  GList *entry = g_queue_peek_nth_link (&self->entries, offset);

  for (; entry != NULL && count > 0; entry = entry->next, count--)
    json_array_add_element (array, json_node_ref (entry->data));
  json_node_take_array (node, array);

  return node;
}

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
  guint capacity;
  gboolean silent;
};

G_DEFINE_FINAL_TYPE (LatchSimLog, latch_sim_log, G_TYPE_OBJECT)

static JsonObject *
begin_entry_at (LatchSimLog *self,
                gint64       time)
{
  JsonObject *entry = json_object_new ();
  g_autofree char *stamp = latch_sim_clock_format (self->clock, time);

  json_object_set_string_member (entry, "timestamp", stamp);

  return entry;
}

static JsonObject *
begin_entry (LatchSimLog *self)
{
  return begin_entry_at (self, latch_sim_clock_now (self->clock));
}

static void
end_entry (LatchSimLog *self,
           JsonObject  *entry)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, entry);
  if (self->silent)
    {
      json_node_unref (node);
      return;
    }

  g_queue_push_head (&self->entries, node);
  while (g_queue_get_length (&self->entries) > self->capacity)
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
  self->capacity = MAX_ENTRIES;
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

static void
add_members (JsonObject *entry,
             const char *members)
{
  g_autofree char *text = g_strdup_printf ("{%s}", members);
  g_autoptr (JsonNode) more = json_from_string (text, NULL);
  g_autoptr (GList) keys = NULL;

  g_assert (more != NULL);
  keys = json_object_get_members (json_node_get_object (more));
  for (GList *key = keys; key != NULL; key = key->next)
    json_object_set_member (entry, key->data, json_object_dup_member (json_node_get_object (more), key->data));
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
      va_list args;

      va_start (args, format);
      members = g_strdup_vprintf (format, args);
      va_end (args);
      add_members (entry, members);
    }
  end_entry (self, entry);
}

/* What a bridge writes while somebody locks a door, oldest first. Clocks being what they are, not in the order of time */
static const struct
{
  const char *type;
  gboolean of_lock;
  gint64 seconds; /* before the end of the round */
  const char *members;
} a_round[] = {
  { "HTTP-LockActionStart", TRUE, 11, "\"action\": \"lock\"" },
  { "BLE-Connect", TRUE, 11, "\"pairIndex\": 0" },
  { "BLE-Connect", FALSE, 11, "\"macAddr\": \"54D272A2E7F5\"" },
  { "BLE-Connected", TRUE, 10, "\"pairIndex\": 0, \"bleHandle\": \"0001\"" },
  { "BLE-TurnOnNotific", TRUE, 10, "\"pairIndex\": 0" },
  { "BLE-TurnOnNotific", TRUE, 10, "\"pairIndex\": 0" },
  { "BLE-SendLockAction", TRUE, 9, "\"pairIndex\": 0" },
  { "HTTP-LockActionSuccess", TRUE, 8, NULL },
  { "HTTP-Post", FALSE, 8, "\"url\": \"http://192.168.1.20:8451/nightlatch/5d1c/8b7df143d91c716ecfa5fc1730022f6b\"" },
  { "WLAN-SocketConnected", FALSE, 8, "\"connection\": 0" },
  { "wifi_rssi", FALSE, 7, "\"rssi\": -61, \"channels\": [1, 6, 11], \"roaming\": false" },
  { "BLE-Disconnect", TRUE, 5, "\"pairIndex\": 0, \"bleHandle\": \"0001\"" },
  { "BLE-Disconnected", TRUE, 5, "\"pairIndex\": 0, \"bleHandle\": \"0001\"" },
  { "SSE-Gettime", FALSE, -9, NULL },
  { "SSE-TimeResponse", FALSE, 3, NULL },
  { "SSE-PushNukisRequest", FALSE, 1, "\"count\": 2" },
  { "SSE-PushNukisResponse", FALSE, 1, "\"error\": 0" },
  { "HTTP-Info", FALSE, 0, NULL },
  { "HTTP-Info", FALSE, 0, NULL },
  { "HTTP-List", FALSE, 0, NULL },
};

/**
 * latch_sim_log_fill:
 * @n_entries: how many entries to add
 * @nuki_id: the lock that they are about
 *
 * Adds entries as if the bridge had been there for long: a round of them takes twelve minutes.
 */
void
latch_sim_log_fill (LatchSimLog *self,
                    guint        n_entries,
                    guint32      nuki_id)
{
  gint64 now = latch_sim_clock_now (self->clock);
  g_autofree char *id = g_strdup_printf ("%08X", nuki_id);
  gboolean silent = self->silent;

  self->silent = FALSE;
  self->capacity = MAX (self->capacity, g_queue_get_length (&self->entries) + n_entries + MAX_ENTRIES);
  for (guint i = n_entries; i-- > 0;)
    {
      gsize step = G_N_ELEMENTS (a_round) - 1 - i % G_N_ELEMENTS (a_round);
      gint64 end = now - (gint64) (i / G_N_ELEMENTS (a_round)) * 720 - 10;
      JsonObject *entry = begin_entry_at (self, end - a_round[step].seconds);

      if (a_round[step].of_lock)
        json_object_set_string_member (entry, "nukiId", id);
      json_object_set_string_member (entry, "type", a_round[step].type);
      if (a_round[step].members != NULL)
        add_members (entry, a_round[step].members);
      end_entry (self, entry);
    }
  self->silent = silent;
}

/**
 * latch_sim_log_set_silent:
 * @silent: whether nothing is to be written any more
 *
 * As it is, reading the log makes it longer.
 */
void
latch_sim_log_set_silent (LatchSimLog *self,
                          gboolean     silent)
{
  self->silent = silent;
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

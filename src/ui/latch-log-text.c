/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-log-text.h"

#include "latch-lock-text.h"

#include <glib/gi18n-lib.h>

/* What is longer, or nested deeper, is in the export */
#define MAX_DETAILS 240
#define MAX_ELEMENTS 8
#define MAX_DEPTH 2

/* As real bridges call them */
static const struct
{
  const char *kind;
  const char *title;
} titles[] = {
  { "HTTP-Auth", N_("Pairing requested") },
  { "HTTP-CallbackAdd", N_("Instant updates requested") },
  { "HTTP-CallbackList", N_("Receivers requested") },
  { "HTTP-CallbackRemove", N_("Instant updates ended") },
  { "HTTP-ConfigAuth", N_("Pairing turned on or off") },
  { "HTTP-FWUpdate", N_("Firmware update requested") },
  { "HTTP-Info", N_("Bridge asked about itself") },
  { "HTTP-List", N_("Locks listed") },
  { "HTTP-LockActionStart", N_("Lock action") },
  { "HTTP-LockActionSuccess", N_("Lock action succeeded") },
  { "HTTP-LockState", N_("State requested") },
  { "HTTP-Log", N_("Log read") },
  { "HTTP-Post", N_("Instant update sent") },
  { "HTTP-PostTimeout", N_("Instant update not received") },
  { "HTTP-Reboot", N_("Restart requested") },
  { "HTTP-Unpair", N_("Lock unpaired") },
  { "BLE-Connect", N_("Connecting to lock") },
  { "BLE-Connected", N_("Connected to lock") },
  { "BLE-ConnectionTimeout", N_("Connection to lock timed out") },
  { "BLE-Disconnect", N_("Disconnecting from lock") },
  { "BLE-Disconnected", N_("Disconnected from lock") },
  { "BLE-EarlyDisconnect", N_("Connection to lock lost") },
  { "BLE-GetChallenge", N_("Challenge requested") },
  { "BLE-ReadConfig", N_("Settings read") },
  { "BLE-ReadStates", N_("State read") },
  { "BLE-ReceivingMsg", N_("Message received") },
  { "BLE-ReceivingSSE", N_("Message for the Nuki server received") },
  { "BLE-Retry", N_("Trying again") },
  { "BLE-SendLockAction", N_("Lock action sent") },
  { "BLE-SendingMsg", N_("Message sent") },
  { "BLE-SendingSSE", N_("Message of the Nuki server sent") },
  { "BLE-TurnOnNotific", N_("Lock asked to report") },
  { "BLE-UpdateTime", N_("Lock’s clock set") },
  { "SSE-Connected", N_("Connected to Nuki server") },
  { "SSE-Disconnected", N_("Connection to Nuki server lost") },
  { "SSE-Gettime", N_("Time requested") },
  { "SSE-KeyturnerRequest", N_("Request from Nuki server") },
  { "SSE-KeyturnerResponse", N_("Answer to Nuki server") },
  { "SSE-PushNukisRequest", N_("States sent to Nuki server") },
  { "SSE-PushNukisResponse", N_("States received by Nuki server") },
  { "SSE-TimeResponse", N_("Time received") },
  { "WLAN-SocketConnected", N_("Network connection opened") },
  { "WLAN-SocketDisconnected", N_("Network connection closed") },
  { "WLAN-TxDropped", N_("Network packet lost") },
};

/**
 * latch_log_text_title:
 * @kind: (nullable): an entry's `type`
 *
 * Returns: what that means, as far as it is known; else the bridge's own word
 */
const char *
latch_log_text_title (const char *kind)
{
  if (!kind || !*kind)
    return _("Entry without a type");

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].kind, kind))
      return _(titles[i].title);

  return kind;
}

/**
 * latch_log_text_lock:
 * @nuki_id: the ID in an entry, 0 for none
 *
 * Returns: (transfer full) (nullable): the name of the lock that an entry is about; its ID if it is not known
 */
char *
latch_log_text_lock (LatchBridge *bridge, guint64 nuki_id)
{
  guint n_locks = bridge ? g_list_model_get_n_items (G_LIST_MODEL (bridge)) : 0;

  if (nuki_id == 0)
    return NULL;

  for (guint i = 0; i < n_locks; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (bridge), i);

      if (latch_lock_get_nuki_id (lock) == nuki_id)
        return latch_lock_text_short_name (lock);
    }

  return latch_nuki_id_to_hex (nuki_id);
}

static void append_value (GString *text, const char *name, JsonNode *value, guint depth);

static void
append_number (GString *text, JsonNode *value)
{
  g_autofree char *number = NULL;

  if (json_node_get_value_type (value) == G_TYPE_INT64)
    number = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
  else
    number = g_strdup_printf ("%.6g", json_node_get_double (value));

  if (number[0] == '-')
    g_string_append_printf (text, "−%s", number + 1);
  else
    g_string_append (text, number);
}

/* 54D2725FE23A → 54:D2:72:5F:E2:3A */
static void
append_mac (GString *text, const char *mac)
{
  if (strlen (mac) != 12 || strspn (mac, "0123456789ABCDEFabcdef") != 12)
    {
      g_string_append (text, mac);
      return;
    }

  for (guint i = 0; i < 12; i += 2)
    g_string_append_printf (text, "%s%c%c", i > 0 ? ":" : "", mac[i], mac[i + 1]);
}

static void
append_elements (GString *text, JsonArray *array, guint depth)
{
  guint n = json_array_get_length (array);

  if (n == 0)
    g_string_append (text, "–");
  for (guint i = 0; i < MIN (n, MAX_ELEMENTS); i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      append_value (text, NULL, json_array_get_element (array, i), depth);
    }
  if (n > MAX_ELEMENTS)
    g_string_append (text, ", …");
}

static void
append_members (GString *text, JsonObject *object, guint depth)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  guint n = 0;

  g_string_append_c (text, '(');
  json_object_iter_init_ordered (&iter, object);
  while (n <= MAX_ELEMENTS && json_object_iter_next_ordered (&iter, &name, &value))
    {
      if (n++ > 0)
        g_string_append (text, ", ");
      if (n > MAX_ELEMENTS)
        {
          g_string_append (text, "…");
          break;
        }
      g_string_append_printf (text, "%s ", name);
      append_value (text, name, value, depth);
    }
  g_string_append_c (text, ')');
}

static void
append_value (GString *text, const char *name, JsonNode *value, guint depth)
{
  if (depth > MAX_DEPTH)
    g_string_append (text, "…");
  else if (JSON_NODE_HOLDS_ARRAY (value))
    append_elements (text, json_node_get_array (value), depth + 1);
  else if (JSON_NODE_HOLDS_OBJECT (value))
    append_members (text, json_node_get_object (value), depth + 1);
  else if (JSON_NODE_HOLDS_NULL (value))
    g_string_append (text, "–");
  else if (json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (value) ? _("yes") : _("no"));
  else if (json_node_get_value_type (value) != G_TYPE_STRING)
    append_number (text, value);
  else if (g_strcmp0 (name, "macAddr") == 0)
    append_mac (text, json_node_get_string (value));
  else
    g_string_append (text, json_node_get_string (value));
}

/* Members whose values speak for themselves, and those with a unit that is known */
static void
append_detail (GString *text, const char *name, JsonNode *value)
{
  static const char *const self_evident[] = { "action", "url", "macAddr", "ip", "host", "message", NULL };
  gboolean is_text = JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING;

  if (text->len > 0)
    g_string_append (text, _(" · "));
  if (!is_text || !g_strv_contains (self_evident, name))
    g_string_append_printf (text, "%s ", name);
  append_value (text, name, value, 0);
  if (g_str_equal (name, "rssi") && JSON_NODE_HOLDS_VALUE (value) && !is_text)
    g_string_append (text, " dBm");
}

/* In one line, and not without end, whatever a bridge sends */
static char *
tidy (GString *text)
{
  g_autofree char *valid = g_utf8_make_valid (text->str, text->len);

  for (char *p = valid; *p; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';

  if (g_utf8_strlen (valid, -1) > MAX_DETAILS)
    {
      g_autofree char *start = g_utf8_substring (valid, 0, MAX_DETAILS);

      return g_strconcat (start, "…", NULL);
    }

  return g_steal_pointer (&valid);
}

/**
 * latch_log_text_details:
 * @entry: an entry
 * @lock: (nullable): see latch_log_text_lock()
 *
 * Returns: (transfer full): whom an entry is about, and all that it says but when and what; empty if that is nothing
 */
char *
latch_log_text_details (JsonObject *entry, const char *lock)
{
  g_autoptr (GString) text = g_string_new (lock);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, entry);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!g_str_equal (name, "timestamp") && !g_str_equal (name, "type") && !(lock && g_str_equal (name, "nukiId")))
      append_detail (text, name, value);

  return tidy (text);
}

/**
 * latch_log_text_footer:
 * @n_entries: how many entries were read
 * @n_shown: how many of them are shown
 *
 * Returns: (transfer full): how much of the log is shown
 */
char *
latch_log_text_footer (guint n_entries, guint n_shown, LatchLogState state)
{
  gboolean complete = state == LATCH_LOG_STATE_COMPLETE;

  if (n_shown < n_entries && complete)
    /* Translators: %1$u is how many entries of a log were found among all %2$u */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$u of %2$u entry", "%1$u of %2$u entries", n_entries),
                            n_shown, n_entries);
  if (n_shown < n_entries)
    /* Translators: %1$u is how many entries of a log were found among the newest %2$u, older ones not being read yet */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$u of the newest %2$u entry",
                                         "%1$u of the newest %2$u entries", n_entries),
                            n_shown, n_entries);
  if (complete)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u entry", "%u entries", n_entries), n_entries);

  /* Translators: there are older ones, which were not read yet */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The newest %u entry", "The newest %u entries", n_entries),
                          n_entries);
}

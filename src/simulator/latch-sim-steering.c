/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-steering.h"

#include "latch-sim-answers.h"

#include <string.h>

#define PREFIX "/simulator/"
#define LOCKS_PREFIX PREFIX "locks/"

typedef void (*Handler) (LatchSimServer   *server,
                         LatchSimExchange *exchange);

static void
answer_problem (LatchSimExchange *exchange,
                guint             status,
                const char       *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  latch_sim_answer_text (exchange, status, line);
}

static void
handle_button (LatchSimServer   *server,
               LatchSimExchange *exchange)
{
  gboolean awaited = latch_sim_button_press (latch_sim_bridge_get_button (latch_sim_server_get_bridge (server)));

  latch_sim_answer_success (exchange, awaited, awaited ? NULL : "nobody waited for the button");
}

static void
handle_lock (LatchSimServer   *server,
             LatchSimExchange *exchange)
{
  const char *id = latch_sim_exchange_get_path (exchange) + strlen (LOCKS_PREFIX);
  gboolean any = latch_sim_exchange_get_param (exchange, "type") == NULL;
  LatchSimLock *lock;
  guint64 type;
  g_autoptr (GError) error = NULL;

  if (!latch_sim_exchange_get_number (exchange, "type", 0, G_MAXUINT8, &type))
    {
      answer_problem (exchange, SOUP_STATUS_BAD_REQUEST, "type must be a number from 0 to 255");
      return;
    }

  lock = latch_sim_bridge_find_lock (latch_sim_server_get_bridge (server), id, any ? LATCH_SIM_ANY_TYPE : (int) type);
  if (lock == NULL)
    answer_problem (exchange, SOUP_STATUS_NOT_FOUND, "There is no such lock");
  else if (!latch_sim_lock_steer (lock, latch_sim_exchange_get_query (exchange), &error))
    answer_problem (exchange, SOUP_STATUS_BAD_REQUEST, error->message);
  else
    latch_sim_answer_success (exchange, TRUE, NULL);
}

static gboolean
is_fault_key (gpointer key)
{
  static const char *const keys[] = { "kind", "path", "count", NULL };

  return g_strv_contains (keys, key);
}

static void
handle_add_fault (LatchSimServer   *server,
                  LatchSimExchange *exchange)
{
  GHashTableIter iter;
  gpointer key;
  g_autoptr (GError) error = NULL;

  g_hash_table_iter_init (&iter, latch_sim_exchange_get_query (exchange));
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (!is_fault_key (key))
        {
          answer_problem (exchange, SOUP_STATUS_BAD_REQUEST, "A fault has a kind, a path and a count, and no more");
          return;
        }
    }

  if (!latch_sim_faults_add (latch_sim_server_get_faults (server), latch_sim_exchange_get_param (exchange, "kind"),
                             latch_sim_exchange_get_param (exchange, "path"),
                             latch_sim_exchange_get_param (exchange, "count"), &error))
    answer_problem (exchange, SOUP_STATUS_BAD_REQUEST, error->message);
  else
    latch_sim_answer_success (exchange, TRUE, NULL);
}

static void
handle_list_faults (LatchSimServer   *server,
                    LatchSimExchange *exchange)
{
  latch_sim_answer_json (exchange, latch_sim_faults_list (latch_sim_server_get_faults (server)));
}

static void
handle_clear_faults (LatchSimServer   *server,
                     LatchSimExchange *exchange)
{
  latch_sim_faults_clear (latch_sim_server_get_faults (server));
  latch_sim_answer_success (exchange, TRUE, NULL);
}

static void
handle_requests (LatchSimServer   *server,
                 LatchSimExchange *exchange)
{
  latch_sim_answer_json (exchange, latch_sim_journal_read (latch_sim_server_get_journal (server)));
}

static void
handle_clear_requests (LatchSimServer   *server,
                       LatchSimExchange *exchange)
{
  latch_sim_journal_clear (latch_sim_server_get_journal (server));
  latch_sim_answer_success (exchange, TRUE, NULL);
}

static void
handle_discovery (LatchSimServer   *server,
                  LatchSimExchange *exchange)
{
  LatchSimDiscoveryMode mode;
  g_autoptr (GError) error = NULL;

  if (!latch_sim_discovery_mode_parse (latch_sim_exchange_get_param (exchange, "mode"), &mode, &error))
    {
      answer_problem (exchange, SOUP_STATUS_BAD_REQUEST, error->message);
      return;
    }

  latch_sim_discovery_set_mode (latch_sim_server_get_discovery (server), mode);
  latch_sim_answer_success (exchange, TRUE, NULL);
}

static void
handle_clock (LatchSimServer   *server,
              LatchSimExchange *exchange)
{
  const char *text = latch_sim_exchange_get_param (exchange, "offset");
  gint64 offset;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, &offset, NULL))
    {
      answer_problem (exchange, SOUP_STATUS_BAD_REQUEST, "offset must be a number of seconds");
      return;
    }

  latch_sim_clock_set_offset (latch_sim_bridge_get_clock (latch_sim_server_get_bridge (server)), offset);
  latch_sim_answer_success (exchange, TRUE, NULL);
}

static void
handle_bridge (LatchSimServer   *server,
               LatchSimExchange *exchange)
{
  LatchSimBridge *bridge = latch_sim_server_get_bridge (server);
  guint64 uptime, online;

  if (!latch_sim_exchange_get_number (exchange, "uptime", (guint64) latch_sim_bridge_get_uptime (bridge), G_MAXINT32,
                                      &uptime) ||
      !latch_sim_exchange_get_number (exchange, "online", latch_sim_bridge_get_online (bridge) ? 1 : 0, 1, &online))
    {
      answer_problem (exchange, SOUP_STATUS_BAD_REQUEST, "uptime must be a number of seconds, online 0 or 1");
      return;
    }

  latch_sim_bridge_set_uptime (bridge, (gint64) uptime);
  latch_sim_bridge_set_online (bridge, online == 1);
  latch_sim_answer_success (exchange, TRUE, NULL);
}

static void
handle_log (LatchSimServer   *server,
            LatchSimExchange *exchange)
{
  LatchSimBridge *bridge = latch_sim_server_get_bridge (server);
  guint64 entries, silent;

  if (!latch_sim_exchange_get_number (exchange, "entries", 0, 100000, &entries) ||
      !latch_sim_exchange_get_number (exchange, "silent", 0, 1, &silent))
    {
      answer_problem (exchange, SOUP_STATUS_BAD_REQUEST, "entries must be a number up to 100000, silent 0 or 1");
      return;
    }

  if (latch_sim_exchange_get_param (exchange, "silent") != NULL)
    latch_sim_log_set_silent (latch_sim_bridge_get_log (bridge), silent == 1);
  latch_sim_bridge_grow_log (bridge, (guint) entries);
  latch_sim_answer_success (exchange, TRUE, NULL);
}

static void
power_cycle_cb (LatchSimExchange *exchange,
                LatchSimBridge   *bridge)
{
  latch_sim_bridge_reboot (bridge);
}

static void
handle_reboot (LatchSimServer   *server,
               LatchSimExchange *exchange)
{
  g_signal_connect_object (exchange, "over", G_CALLBACK (power_cycle_cb), latch_sim_server_get_bridge (server), 0);
  latch_sim_answer_success (exchange, TRUE, NULL);
  latch_sim_bridge_stop (latch_sim_server_get_bridge (server));
}

static void
write_lock (LatchSimBridge *bridge,
            LatchSimLock   *lock,
            JsonBuilder    *builder)
{
  LatchSimProfile everything = { .api = LATCH_SIM_API_1_13 };
  LatchSimType type = latch_sim_lock_get_device (lock);
  LatchSimPresence presence = latch_sim_lock_get_presence (lock);

  json_builder_begin_object (builder);
  latch_sim_json_int (builder, "deviceType", type);
  latch_sim_json_int (builder, "nukiId", latch_sim_lock_get_id (lock));
  latch_sim_json_text (builder, "name", latch_sim_lock_get_name (lock));
  latch_sim_report_write (latch_sim_lock_get_truth (lock), type, &everything, latch_sim_bridge_get_clock (bridge),
                          builder);
  latch_sim_json_flag (builder, "paired", latch_sim_lock_is_paired (lock));
  latch_sim_json_flag (builder, "offline", presence != LATCH_SIM_ONLINE);
  latch_sim_json_flag (builder, "seen", latch_sim_lock_get_known (lock) != NULL);
  json_builder_end_object (builder);
}

static void
handle_state (LatchSimServer   *server,
              LatchSimExchange *exchange)
{
  LatchSimBridge *bridge = latch_sim_server_get_bridge (server);
  GPtrArray *locks = latch_sim_bridge_get_locks (bridge);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  latch_sim_json_flag (builder, "led", latch_sim_button_is_lit (latch_sim_bridge_get_button (bridge)));
  latch_sim_json_flag (builder, "authEnabled", latch_sim_bridge_get_auth_enabled (bridge));
  latch_sim_json_flag (builder, "hasToken", latch_sim_auth_has_token (latch_sim_bridge_get_auth (bridge)));
  latch_sim_json_int (builder, "uptime", latch_sim_bridge_get_uptime (bridge));

  json_builder_set_member_name (builder, "locks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < locks->len; i++)
    write_lock (bridge, g_ptr_array_index (locks, i), builder);
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "callbacks");
  json_builder_add_value (builder, latch_sim_callbacks_list (latch_sim_bridge_get_callbacks (bridge)));
  json_builder_set_member_name (builder, "faults");
  json_builder_add_value (builder, latch_sim_faults_list (latch_sim_server_get_faults (server)));
  json_builder_end_object (builder);

  latch_sim_answer_builder (exchange, builder);
}

static const struct
{
  const char *method;
  const char *path;
  Handler handler;
} handlers[] = {
  { "POST", PREFIX "button", handle_button },
  { "POST", PREFIX "faults", handle_add_fault },
  { "GET", PREFIX "faults", handle_list_faults },
  { "DELETE", PREFIX "faults", handle_clear_faults },
  { "GET", PREFIX "requests", handle_requests },
  { "DELETE", PREFIX "requests", handle_clear_requests },
  { "POST", PREFIX "discovery", handle_discovery },
  { "POST", PREFIX "clock", handle_clock },
  { "POST", PREFIX "bridge", handle_bridge },
  { "POST", PREFIX "log", handle_log },
  { "POST", PREFIX "reboot", handle_reboot },
  { "GET", PREFIX "state", handle_state },
};

/**
 * latch_sim_steering_is_path:
 *
 * Returns: whether @path is the simulator's own, and no bridge's
 */
gboolean
latch_sim_steering_is_path (const char *path)
{
  return g_str_has_prefix (path, PREFIX);
}

/**
 * latch_sim_steering_handle:
 *
 * Does what a hand would do to a real bridge. No token, fault, or busy bridge stands in the way, and
 * the journal does not mention it.
 */
void
latch_sim_steering_handle (LatchSimServer   *server,
                           const char       *method,
                           LatchSimExchange *exchange)
{
  const char *path = latch_sim_exchange_get_path (exchange);
  gboolean known = FALSE;

  if (g_str_has_prefix (path, LOCKS_PREFIX))
    {
      if (g_str_equal (method, "POST"))
        handle_lock (server, exchange);
      else
        answer_problem (exchange, SOUP_STATUS_METHOD_NOT_ALLOWED, "Locks are steered with POST");
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    {
      if (!g_str_equal (handlers[i].path, path))
        continue;

      known = TRUE;
      if (g_str_equal (handlers[i].method, method))
        {
          handlers[i].handler (server, exchange);
          return;
        }
    }

  if (known)
    answer_problem (exchange, SOUP_STATUS_METHOD_NOT_ALLOWED, "This needs another HTTP method; see --help");
  else
    answer_problem (exchange, SOUP_STATUS_NOT_FOUND, "The simulator has no such path; see --help");
}

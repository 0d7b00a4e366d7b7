/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-endpoints.h"

#define DEFAULT_LOG_COUNT 100
#define LOG_SKIP 60

static void
write_lock (LatchSimBridge *bridge,
            LatchSimLock   *lock,
            JsonBuilder    *builder)
{
  const LatchSimProfile *profile = latch_sim_bridge_get_profile (bridge);
  LatchSimClock *clock = latch_sim_bridge_get_clock (bridge);
  LatchSimType type = latch_sim_lock_get_device (lock);
  const LatchSimReport *known = latch_sim_lock_get_known (lock);

  json_builder_begin_object (builder);
  if (latch_sim_profile_is_modern (profile))
    latch_sim_json_int (builder, "deviceType", type);
  latch_sim_json_int (builder, "nukiId", latch_sim_lock_get_id (lock));
  latch_sim_json_text (builder, "name", latch_sim_lock_get_name (lock));
  if (latch_sim_profile_is_modern (profile) && known != NULL)
    latch_sim_json_text (builder, "firmwareVersion", latch_sim_lock_get_firmware (lock));

  if (known != NULL)
    {
      g_autofree char *stamp = latch_sim_clock_format (clock, known->timestamp);

      json_builder_set_member_name (builder, "lastKnownState");
      json_builder_begin_object (builder);
      latch_sim_report_write (known, type, profile, clock, builder);
      latch_sim_json_text (builder, "timestamp", stamp);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

/**
 * latch_sim_handle_list:
 *
 * What the bridge has last heard from its devices; it asks none of them (spec: /list).
 */
void
latch_sim_handle_list (LatchSimBridge   *bridge,
                       LatchSimExchange *exchange)
{
  GPtrArray *locks = latch_sim_bridge_get_locks (bridge);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  latch_sim_log_add (latch_sim_bridge_get_log (bridge), "HTTP-List");

  json_builder_begin_array (builder);
  for (guint i = 0; i < locks->len; i++)
    {
      LatchSimLock *lock = g_ptr_array_index (locks, i);

      if (latch_sim_lock_is_paired (lock))
        write_lock (bridge, lock, builder);
    }
  json_builder_end_array (builder);

  latch_sim_answer_builder (exchange, builder);
}

static void
write_ids (const LatchSimProfile *profile,
           JsonBuilder           *builder)
{
  json_builder_set_member_name (builder, "ids");
  json_builder_begin_object (builder);
  if (!profile->software)
    latch_sim_json_int (builder, "hardwareId", (gint64) profile->hardware_id);
  latch_sim_json_int (builder, "serverId", (gint64) profile->server_id);
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "versions");
  json_builder_begin_object (builder);
  if (profile->software)
    {
      latch_sim_json_text (builder, "appVersion", "1.4.0");
    }
  else
    {
      gboolean second = latch_sim_firmware_at_least (profile->firmware, "2.0.0", "2.0.0");

      latch_sim_json_text (builder, "firmwareVersion", profile->firmware);
      latch_sim_json_text (builder, "wifiFirmwareVersion", second ? "2.4.0" : "1.2.0");
    }
  json_builder_end_object (builder);
}

static void
write_scan_result (const LatchSimProfile *profile,
                   LatchSimLock          *lock,
                   JsonBuilder           *builder)
{
  gboolean modern = latch_sim_profile_is_modern (profile);
  LatchSimType type = latch_sim_lock_get_device (lock);
  guint32 id = latch_sim_lock_get_id (lock);
  g_autofree char *name =
      g_strdup_printf ("%s%08X", type == LATCH_SIM_TYPE_OPENER ? "Nuki_Opener_" : "Nuki_", id);

  json_builder_begin_object (builder);
  if (modern)
    latch_sim_json_int (builder, "deviceType", type);
  latch_sim_json_int (builder, "nukiId", id);
  latch_sim_json_text (builder, "name", name);
  if (latch_sim_lock_get_rssi (lock) != LATCH_SIM_NONE)
    latch_sim_json_int (builder, profile->api == LATCH_SIM_API_1_6 ? "rsi" : "rssi", latch_sim_lock_get_rssi (lock));
  latch_sim_json_flag (builder, "paired", latch_sim_lock_is_paired (lock));
  json_builder_end_object (builder);
}

static char *
format_current_time (LatchSimBridge *bridge)
{
  const LatchSimProfile *profile = latch_sim_bridge_get_profile (bridge);
  LatchSimClock *clock = latch_sim_bridge_get_clock (bridge);
  gint64 now = latch_sim_clock_now (clock);

  /* Only here does the 1.6 text write "Z" */
  if (profile->api == LATCH_SIM_API_1_6 && !profile->software)
    {
      g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (now);

      return g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ");
    }

  return latch_sim_clock_format (clock, now);
}

/**
 * latch_sim_handle_info:
 *
 * The bridge itself, and the devices in its range (spec: /info).
 */
void
latch_sim_handle_info (LatchSimBridge   *bridge,
                       LatchSimExchange *exchange)
{
  const LatchSimProfile *profile = latch_sim_bridge_get_profile (bridge);
  GPtrArray *locks = latch_sim_bridge_get_locks (bridge);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *stamp = format_current_time (bridge);

  latch_sim_log_add (latch_sim_bridge_get_log (bridge), "HTTP-Info");

  json_builder_begin_object (builder);
  latch_sim_json_int (builder, "bridgeType", profile->software ? 2 : 1);
  write_ids (profile, builder);
  latch_sim_json_int (builder, "uptime", latch_sim_bridge_get_uptime (bridge));
  latch_sim_json_text (builder, "currentTime", stamp);

  /* The first line of hardware never said so */
  if (latch_sim_profile_is_modern (profile) && latch_sim_firmware_at_least (profile->firmware, "2.0.0", "2.0.0"))
    latch_sim_json_flag (builder, "wlanConnected", TRUE);
  latch_sim_json_flag (builder, "serverConnected", latch_sim_bridge_get_online (bridge));

  json_builder_set_member_name (builder, "scanResults");
  json_builder_begin_array (builder);
  for (guint i = 0; i < locks->len; i++)
    {
      LatchSimLock *lock = g_ptr_array_index (locks, i);

      if (latch_sim_lock_get_presence (lock) == LATCH_SIM_ONLINE)
        write_scan_result (profile, lock, builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  latch_sim_answer_builder (exchange, builder);
}

static void
mix_up (JsonNode *log)
{
  JsonArray *array = json_node_get_array (log);
  guint n = json_array_get_length (array);
  JsonArray *mixed = json_array_sized_new (n);

  for (guint i = 0; i < n; i++)
    {
      guint other = i % 3 == 0 && i + 2 < n ? i + 2 : i % 3 == 2 ? i - 2 : i;

      json_array_add_element (mixed, json_array_dup_element (array, other));
    }
  json_node_take_array (log, mixed);
}

/**
 * latch_sim_handle_log:
 *
 * What happened, newest first (spec: /log).
 */
void
latch_sim_handle_log (LatchSimBridge   *bridge,
                      LatchSimExchange *exchange)
{
  LatchSimLog *log = latch_sim_bridge_get_log (bridge);
  LatchSimFaultKind fault;
  guint64 offset, count;
  guint status;
  JsonNode *entries;

  if (!latch_sim_exchange_get_number (exchange, "offset", 0, G_MAXINT, &offset) ||
      !latch_sim_exchange_get_number (exchange, "count", DEFAULT_LOG_COUNT, G_MAXINT, &count))
    {
      latch_sim_answer_error (exchange, SOUP_STATUS_BAD_REQUEST);
      return;
    }

  fault = latch_sim_exchange_get_fault (exchange, &status);
  if (fault == LATCH_SIM_FAULT_LOG_REPEAT)
    offset = offset > count ? offset - count : 0;
  else if (fault == LATCH_SIM_FAULT_LOG_SKIP)
    offset += LOG_SKIP;
  else if (fault == LATCH_SIM_FAULT_LOG_CUT)
    count /= 2;

  latch_sim_log_add (log, "HTTP-Log");
  entries = latch_sim_log_read (log, (guint) offset, (guint) count);
  if (fault == LATCH_SIM_FAULT_LOG_REORDER)
    mix_up (entries);
  latch_sim_answer_json (exchange, entries);
}

/**
 * latch_sim_handle_callback_list:
 *
 * Who is told about changes (spec: /callback/list).
 */
void
latch_sim_handle_callback_list (LatchSimBridge   *bridge,
                                LatchSimExchange *exchange)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  latch_sim_log_add (latch_sim_bridge_get_log (bridge), "HTTP-CallbackList");

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "callbacks");
  json_builder_add_value (builder, latch_sim_callbacks_list (latch_sim_bridge_get_callbacks (bridge)));
  json_builder_end_object (builder);

  latch_sim_answer_builder (exchange, builder);
}

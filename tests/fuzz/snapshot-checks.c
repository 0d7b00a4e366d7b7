/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "snapshot-checks.h"

#include "fuzz.h"

/* The furthest that a time can be from what its zone's clocks show */
#define OFFSET (23 * 3600 + 59 * 60)
/* What they show is in the year 9999 at the latest */
#define LAST_TIME (G_GINT64_CONSTANT (253402300799) + OFFSET)

static void
check_flag (LatchTristate flag)
{
  g_assert_true (flag == LATCH_TRISTATE_UNKNOWN || flag == LATCH_TRISTATE_NO || flag == LATCH_TRISTATE_YES);
}

static void
check_time (gint64 time)
{
  g_assert_cmpint (time, >=, 0);
  g_assert_cmpint (time, <=, LAST_TIME);
}

static void
check_json (JsonNode *node)
{
  g_assert_nonnull (node);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  g_assert_true (json_node_is_immutable (node));
}

void
check_state (const LatchStateSnapshot *state)
{
  g_assert_cmpint (state->state_code, >=, -1);
  g_assert_cmpint (state->mode, >=, -1);
  g_assert_cmpint (state->battery_percent, >=, -1);
  g_assert_cmpint (state->battery_percent, <=, 100);
  g_assert_cmpint (state->door_state_code, >=, -1);
  check_flag (state->battery_critical);
  check_flag (state->battery_charging);
  check_flag (state->keypad_battery_critical);
  check_flag (state->ring_active);
  check_time (state->ring_timestamp);
  check_time (state->timestamp);

  /* Whatever number it is, it means something */
  latch_lock_state_from_code (state->state_code, FALSE);
  latch_lock_state_from_code (state->state_code, TRUE);
  latch_door_state_from_code (state->door_state_code);
}

void
check_device (const LatchDeviceSnapshot *device)
{
  g_autofree char *hex = NULL;

  g_assert_cmpuint (device->nuki_id, !=, 0);
  g_assert_cmpint (device->device_type, >=, -1);
  fuzz_check_text (device->name);
  fuzz_check_text (device->firmware_version);
  check_state (&device->state);
  g_assert_cmpint (device->has_state, ==, device->state.state_code >= 0 || device->state.timestamp > 0);

  hex = latch_nuki_id_to_hex (device->nuki_id);
  g_assert_cmpuint (strlen (hex), >=, 8);
}

static void
check_scan_result (const LatchScanResult *result)
{
  g_assert_cmpuint (result->nuki_id, !=, 0);
  g_assert_cmpint (result->device_type, >=, -1);
  g_assert_cmpint (result->rssi, >=, -200);
  g_assert_cmpint (result->rssi, <=, 0);
  fuzz_check_text (result->name);
  check_flag (result->paired);
}

void
check_info (const LatchInfoSnapshot *info)
{
  g_assert_true (info->bridge_type == LATCH_BRIDGE_TYPE_UNKNOWN || info->bridge_type == LATCH_BRIDGE_TYPE_HARDWARE ||
                 info->bridge_type == LATCH_BRIDGE_TYPE_SOFTWARE);
  fuzz_check_text (info->firmware_version);
  fuzz_check_text (info->wifi_firmware_version);
  fuzz_check_text (info->app_version);
  g_assert_cmpint (info->uptime, >=, -1);
  check_time (info->current_time);
  check_flag (info->wlan_connected);
  check_flag (info->server_connected);
  check_json (info->json);
  g_assert_nonnull (info->scan_results);
  for (guint i = 0; i < info->scan_results->len; i++)
    check_scan_result (info->scan_results->pdata[i]);
}

void
check_callback (const LatchCallback *callback)
{
  g_assert_cmpint (callback->id, >=, 0);
  g_assert_nonnull (callback->url);
  if (callback->url[0] != '\0')
    fuzz_check_text (callback->url);
}

void
check_log_entry (const LatchLogEntry *entry)
{
  check_time (entry->timestamp);
  fuzz_check_text (entry->type);
  check_json (entry->json);
}

void
check_discovered_bridge (const LatchDiscoveredBridge *bridge)
{
  g_autoptr (GInetAddress) address = NULL;
  gboolean local = latch_discovered_bridge_is_local (bridge);

  g_assert_cmpuint (bridge->bridge_id, !=, 0);
  check_time (bridge->date_updated);
  check_json (bridge->json);
  /* An address is whole, or none at all */
  g_assert_cmpint (bridge->ip != NULL, ==, bridge->port != 0);
  if (bridge->ip == NULL)
    {
      g_assert_false (local);
      return;
    }

  address = g_inet_address_new_from_string (bridge->ip);
  g_assert_nonnull (address);
  g_assert_false (g_inet_address_get_is_any (address));
}

void
check_same_state (const LatchStateSnapshot *a, const LatchStateSnapshot *b)
{
  g_assert_cmpint (a->state_code, ==, b->state_code);
  g_assert_cmpint (a->mode, ==, b->mode);
  g_assert_cmpint (a->battery_critical, ==, b->battery_critical);
  g_assert_cmpint (a->battery_charging, ==, b->battery_charging);
  g_assert_cmpint (a->battery_percent, ==, b->battery_percent);
  g_assert_cmpint (a->keypad_battery_critical, ==, b->keypad_battery_critical);
  g_assert_cmpint (a->door_state_code, ==, b->door_state_code);
  g_assert_cmpint (a->ring_active, ==, b->ring_active);
  g_assert_cmpint (a->ring_timestamp, ==, b->ring_timestamp);
  g_assert_cmpint (a->timestamp, ==, b->timestamp);
}

void
check_same_device (const LatchDeviceSnapshot *a, const LatchDeviceSnapshot *b)
{
  g_assert_cmpuint (a->nuki_id, ==, b->nuki_id);
  g_assert_cmpint (a->device_type, ==, b->device_type);
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpstr (a->firmware_version, ==, b->firmware_version);
  g_assert_cmpint (a->has_state, ==, b->has_state);
  check_same_state (&a->state, &b->state);
}

void
check_same_info (const LatchInfoSnapshot *a, const LatchInfoSnapshot *b)
{
  g_assert_cmpint (a->bridge_type, ==, b->bridge_type);
  g_assert_cmpuint (a->hardware_id, ==, b->hardware_id);
  g_assert_cmpuint (a->server_id, ==, b->server_id);
  g_assert_cmpstr (a->firmware_version, ==, b->firmware_version);
  g_assert_cmpstr (a->wifi_firmware_version, ==, b->wifi_firmware_version);
  g_assert_cmpstr (a->app_version, ==, b->app_version);
  g_assert_cmpint (a->uptime, ==, b->uptime);
  g_assert_cmpint (a->current_time, ==, b->current_time);
  g_assert_cmpint (a->wlan_connected, ==, b->wlan_connected);
  g_assert_cmpint (a->server_connected, ==, b->server_connected);
  g_assert_cmpuint (a->scan_results->len, ==, b->scan_results->len);
}

static void
add_code (JsonBuilder *builder, const char *name, int code)
{
  if (code < 0)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, code);
}

static void
add_flag (JsonBuilder *builder, const char *name, LatchTristate flag)
{
  if (flag == LATCH_TRISTATE_UNKNOWN)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, flag == LATCH_TRISTATE_YES);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  if (text == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

/* With an offset, by which alone the first hours of the year 10000 can be told */
static void
add_time (JsonBuilder *builder, const char *name, gint64 time)
{
  g_autoptr (GDateTime) date_time = g_date_time_new_from_unix_utc (time - OFFSET);
  g_autofree char *text = g_date_time_format (date_time, "%Y-%m-%dT%H:%M:%S-23:59");

  if (time != 0)
    add_text (builder, name, text);
}

static void
add_state (JsonBuilder *builder, const LatchStateSnapshot *state)
{
  add_code (builder, "state", state->state_code);
  add_code (builder, "mode", state->mode);
  add_flag (builder, "batteryCritical", state->battery_critical);
  add_flag (builder, "batteryCharging", state->battery_charging);
  add_code (builder, "batteryChargeState", state->battery_percent);
  add_flag (builder, "keypadBatteryCritical", state->keypad_battery_critical);
  add_code (builder, "doorsensorState", state->door_state_code);
  add_flag (builder, "ringactionState", state->ring_active);
  add_time (builder, "ringactionTimestamp", state->ring_timestamp);
  add_time (builder, "timestamp", state->timestamp);
}

static char *
generate (JsonNode *root)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_generator_set_root (generator, root);

  return json_generator_to_data (generator, NULL);
}

char *
encode_device (const LatchDeviceSnapshot *device, gboolean as_callback)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *id = g_strdup_printf ("%" G_GUINT64_FORMAT, device->nuki_id);

  if (!as_callback)
    json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  add_text (builder, "nukiId", id); /* larger ones than json-glib can write as numbers */
  add_code (builder, "deviceType", device->device_type);
  add_text (builder, "name", device->name);
  add_text (builder, "firmwareVersion", device->firmware_version);
  if (as_callback)
    {
      add_state (builder, &device->state);
    }
  else
    {
      json_builder_set_member_name (builder, "lastKnownState");
      json_builder_begin_object (builder);
      add_state (builder, &device->state);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  if (!as_callback)
    json_builder_end_array (builder);

  root = json_builder_get_root (builder);

  return generate (root);
}

GBytes *
encode_json (JsonNode *node)
{
  char *text = generate (node);

  return g_bytes_new_take (text, strlen (text));
}

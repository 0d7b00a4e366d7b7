/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-snapshot.h"

static JsonNode *
new_document (void)
{
  JsonNode *node = json_from_string ("{\"a\": 1}", NULL);

  json_node_seal (node);

  return node;
}

static void
assert_state_is_unsaid (const LatchStateSnapshot *state)
{
  g_assert_cmpint (state->state_code, ==, -1);
  g_assert_cmpint (state->mode, ==, -1);
  g_assert_cmpint (state->battery_critical, ==, LATCH_TRISTATE_UNKNOWN);
  g_assert_cmpint (state->battery_charging, ==, LATCH_TRISTATE_UNKNOWN);
  g_assert_cmpint (state->battery_percent, ==, -1);
  g_assert_cmpint (state->keypad_battery_critical, ==, LATCH_TRISTATE_UNKNOWN);
  g_assert_cmpint (state->door_state_code, ==, -1);
  g_assert_cmpint (state->ring_active, ==, LATCH_TRISTATE_UNKNOWN);
  g_assert_cmpint (state->ring_timestamp, ==, 0);
  g_assert_cmpint (state->timestamp, ==, 0);
}

static void
test_new_says_nothing (void)
{
  LatchStateSnapshot state = LATCH_STATE_SNAPSHOT_INIT;
  g_autoptr (LatchDeviceSnapshot) device = latch_device_snapshot_new (7);
  g_autoptr (LatchInfoSnapshot) info = latch_info_snapshot_new ();
  g_autoptr (LatchScanResult) result = latch_scan_result_new ();

  assert_state_is_unsaid (&state);

  g_assert_cmpuint (device->nuki_id, ==, 7);
  g_assert_cmpint (device->device_type, ==, -1);
  g_assert_null (device->name);
  g_assert_null (device->firmware_version);
  g_assert_false (device->has_state);
  assert_state_is_unsaid (&device->state);

  g_assert_cmpint (info->bridge_type, ==, LATCH_BRIDGE_TYPE_UNKNOWN);
  g_assert_cmpint (info->uptime, ==, -1);
  g_assert_cmpint (info->current_time, ==, 0);
  g_assert_cmpint (info->wlan_connected, ==, LATCH_TRISTATE_UNKNOWN);
  g_assert_cmpint (info->server_connected, ==, LATCH_TRISTATE_UNKNOWN);
  g_assert_cmpuint (info->scan_results->len, ==, 0);

  g_assert_cmpint (result->device_type, ==, -1);
  g_assert_cmpint (result->rssi, ==, 0);
  g_assert_cmpint (result->paired, ==, LATCH_TRISTATE_UNKNOWN);
}

static void
test_device_copy_is_independent (void)
{
  LatchDeviceSnapshot *device = latch_device_snapshot_new (7);
  g_autoptr (LatchDeviceSnapshot) copy = NULL;

  device->device_type = 4;
  device->name = g_strdup ("Home");
  device->firmware_version = g_strdup ("3.5.10");
  device->has_state = TRUE;
  device->state.battery_percent = 42;
  copy = g_boxed_copy (LATCH_TYPE_DEVICE_SNAPSHOT, device);
  g_boxed_free (LATCH_TYPE_DEVICE_SNAPSHOT, device);

  g_assert_cmpuint (copy->nuki_id, ==, 7);
  g_assert_cmpint (copy->device_type, ==, 4);
  g_assert_cmpstr (copy->name, ==, "Home");
  g_assert_cmpstr (copy->firmware_version, ==, "3.5.10");
  g_assert_true (copy->has_state);
  g_assert_cmpint (copy->state.battery_percent, ==, 42);
}

static void
test_info_copy_is_independent (void)
{
  LatchInfoSnapshot *info = latch_info_snapshot_new ();
  LatchScanResult *result = latch_scan_result_new ();
  g_autoptr (LatchInfoSnapshot) copy = NULL;

  result->nuki_id = 10;
  result->name = g_strdup ("Nuki_0000000A");
  g_ptr_array_add (info->scan_results, result);
  info->server_id = 9151414130;
  info->firmware_version = g_strdup ("2.14.0");
  info->wifi_firmware_version = g_strdup ("2.2.0");
  info->app_version = g_strdup ("1.0");
  info->json = new_document ();
  copy = g_boxed_copy (LATCH_TYPE_INFO_SNAPSHOT, info);
  g_boxed_free (LATCH_TYPE_INFO_SNAPSHOT, info);

  g_assert_cmpuint (copy->server_id, ==, 9151414130);
  g_assert_cmpstr (copy->firmware_version, ==, "2.14.0");
  g_assert_cmpstr (copy->wifi_firmware_version, ==, "2.2.0");
  g_assert_cmpstr (copy->app_version, ==, "1.0");
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (copy->json), "a"), ==, 1);
  g_assert_cmpuint (copy->scan_results->len, ==, 1);
  result = g_ptr_array_index (copy->scan_results, 0);
  g_assert_cmpuint (result->nuki_id, ==, 10);
  g_assert_cmpstr (result->name, ==, "Nuki_0000000A");
}

static void
test_discovered_bridge_copy_is_independent (void)
{
  LatchDiscoveredBridge *bridge = g_new0 (LatchDiscoveredBridge, 1);
  g_autoptr (LatchDiscoveredBridge) copy = NULL;

  bridge->bridge_id = 5;
  bridge->ip = g_strdup ("192.168.1.50");
  bridge->port = 8080;
  bridge->json = new_document ();
  copy = latch_discovered_bridge_copy (bridge);
  latch_discovered_bridge_free (bridge);

  g_assert_cmpuint (copy->bridge_id, ==, 5);
  g_assert_cmpstr (copy->ip, ==, "192.168.1.50");
  g_assert_cmpuint (copy->port, ==, 8080);
  g_assert_nonnull (copy->json);
}

static void
test_free_takes_null (void)
{
  latch_device_snapshot_free (NULL);
  latch_info_snapshot_free (NULL);
  latch_scan_result_free (NULL);
  latch_callback_free (NULL);
  latch_log_entry_free (NULL);
  latch_discovered_bridge_free (NULL);
}

static void
test_local_addresses (void)
{
  static const struct
  {
    const char *ip;
    gboolean is_local;
  } addresses[] = {
    { "192.168.1.50", TRUE },
    { "10.0.0.1", TRUE },
    { "172.16.0.1", TRUE },
    { "172.31.255.254", TRUE },
    { "169.254.3.4", TRUE },
    { "127.0.0.1", TRUE },
    { "127.8.9.10", TRUE },
    { "::1", TRUE },
    { "fe80::1", TRUE },
    { "febf::1", TRUE },
    { "fc00::1", TRUE },
    { "fdff::1", TRUE },
    { "172.15.0.1", FALSE },
    { "172.32.0.1", FALSE },
    { "192.169.0.1", FALSE },
    { "8.8.8.8", FALSE },
    { "0.0.0.0", FALSE },
    { "::", FALSE },
    { "2001:db8::1", FALSE },
    { "fb00::1", FALSE },
    { "fe00::1", FALSE },
    { "ff02::1", FALSE },
    { "::ffff:8.8.8.8", FALSE },
    { "home", FALSE },
    { "", FALSE },
    { NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      LatchDiscoveredBridge bridge = { .ip = (char *) addresses[i].ip, .port = 8080 };

      if (latch_discovered_bridge_is_local (&bridge) != addresses[i].is_local)
        g_error ("Wrong about %s", addresses[i].ip);
    }
}

static void
test_hex (void)
{
  static const struct
  {
    guint64 id;
    const char *hex;
  } ids[] = {
    { 1, "00000001" },
    { 91049449, "056D4DE9" },
    { 0x3c8862ed, "3C8862ED" },
    { 9151414130, "221777F72" },
    { G_MAXUINT64, "FFFFFFFFFFFFFFFF" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *hex = latch_nuki_id_to_hex (ids[i].id);

      g_assert_cmpstr (hex, ==, ids[i].hex);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/snapshot/new/says-nothing", test_new_says_nothing);
  g_test_add_func ("/snapshot/device/copy-is-independent", test_device_copy_is_independent);
  g_test_add_func ("/snapshot/info/copy-is-independent", test_info_copy_is_independent);
  g_test_add_func ("/snapshot/discovered-bridge/copy-is-independent", test_discovered_bridge_copy_is_independent);
  g_test_add_func ("/snapshot/free/takes-null", test_free_takes_null);
  g_test_add_func ("/snapshot/discovered-bridge/is-local-only-at-home", test_local_addresses);
  g_test_add_func ("/snapshot/nuki-id/is-shown-as-the-app-does", test_hex);

  return g_test_run ();
}

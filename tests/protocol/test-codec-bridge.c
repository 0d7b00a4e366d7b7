/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "latch-codec.h"
#include "latch-error.h"

#include <string.h>

static void
assert_error_of (const char *fixture, LatchError code)
{
  g_autoptr (GBytes) body = fixture_load (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (fixture_decode (fixture, body, &error));
  if (!g_error_matches (error, LATCH_ERROR, code))
    g_error ("%s: %s", fixture, error->message);
  g_assert_cmpint (g_utf8_strlen (error->message, -1), >, 20);
}

static void
test_success (void)
{
  static const char *const fixtures[] = { "success-spec", "success-callback-already-added" };

  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autoptr (GBytes) body = fixture_load (fixtures[i]);
      g_autoptr (GError) error = NULL;

      g_assert_true (latch_codec_decode_success (body, &error));
      g_assert_no_error (error);
    }

  assert_error_of ("success-too-many-callbacks", LATCH_ERROR_CALLBACKS_FULL);
  assert_error_of ("success-refused", LATCH_ERROR_REFUSED);
  assert_error_of ("success-refused-without-reason", LATCH_ERROR_REFUSED);
  assert_error_of ("success-missing", LATCH_ERROR_MALFORMED);
}

static void
test_refusal_is_fit_to_be_seen (void)
{
  g_autoptr (GBytes) body = fixture_load ("success-refused");
  g_autoptr (GBytes) long_body = fixture_load ("success-refused-at-length");
  g_autoptr (GError) error = NULL;

  g_assert_false (latch_codec_decode_success (body, &error));
  g_assert_cmpstr (error->message, ==, "The bridge refused: bad[2J \"url\"");

  g_clear_error (&error);
  g_assert_false (latch_codec_decode_success (long_body, &error));
  g_assert_cmpint (strlen (error->message), <, 300);
}

static LatchInfoSnapshot *
decode_info (const char *fixture)
{
  g_autoptr (GBytes) body = fixture_load (fixture);
  g_autoptr (GError) error = NULL;
  LatchInfoSnapshot *info = latch_codec_decode_info (body, &error);

  g_assert_no_error (error);
  g_assert_nonnull (info);

  return info;
}

static LatchScanResult *
scan_result_at (LatchInfoSnapshot *info, guint index)
{
  g_assert_cmpuint (index, <, info->scan_results->len);

  return g_ptr_array_index (info->scan_results, index);
}

static void
test_info_spec (void)
{
  g_autoptr (LatchInfoSnapshot) info = decode_info ("info-spec");
  LatchScanResult *result = scan_result_at (info, 1);

  g_assert_cmpint (info->bridge_type, ==, LATCH_BRIDGE_TYPE_HARDWARE);
  g_assert_cmpuint (info->hardware_id, ==, 12345678);
  g_assert_cmpuint (info->server_id, ==, 12345678);
  g_assert_cmpstr (info->firmware_version, ==, "0.1.0");
  g_assert_cmpstr (info->wifi_firmware_version, ==, "0.2.0");
  g_assert_null (info->app_version);
  g_assert_cmpint (info->uptime, ==, 120);
  g_assert_cmpint (info->current_time, ==, 1459512611);
  g_assert_cmpint (info->server_connected, ==, LATCH_TRISTATE_YES);
  g_assert_cmpint (info->wlan_connected, ==, LATCH_TRISTATE_UNKNOWN);

  g_assert_cmpuint (info->scan_results->len, ==, 2);
  g_assert_cmpuint (result->nuki_id, ==, 11);
  g_assert_cmpstr (result->name, ==, "Nuki_00000011");
  g_assert_cmpint (result->rssi, ==, -93);
  g_assert_cmpint (result->paired, ==, LATCH_TRISTATE_NO);
  g_assert_cmpint (result->device_type, ==, -1);
}

static void
test_info_later_api (void)
{
  g_autoptr (LatchInfoSnapshot) info = decode_info ("info-later-api");
  LatchScanResult *opener = scan_result_at (info, 0);
  LatchScanResult *lock = scan_result_at (info, 1);

  g_assert_cmpint (info->wlan_connected, ==, LATCH_TRISTATE_YES);
  g_assert_cmpint (info->server_connected, ==, LATCH_TRISTATE_NO);
  g_assert_cmpint (info->uptime, ==, 2836369);
  g_assert_cmpint (info->current_time, ==, 1644435301);

  g_assert_cmpuint (info->scan_results->len, ==, 3);
  g_assert_cmpint (opener->device_type, ==, LATCH_DEVICE_TYPE_OPENER);
  g_assert_cmpint (opener->rssi, ==, -57);
  g_assert_cmpuint (lock->nuki_id, ==, 0x3c8862ed);
  g_assert_cmpint (lock->rssi, ==, -61);
  g_assert_cmpint (lock->paired, ==, LATCH_TRISTATE_NO);
  g_assert_null (lock->name);
  g_assert_cmpint (scan_result_at (info, 2)->rssi, ==, 0);
}

static void
test_info_software_bridge (void)
{
  g_autoptr (LatchInfoSnapshot) info = decode_info ("info-software-bridge");

  g_assert_cmpint (info->bridge_type, ==, LATCH_BRIDGE_TYPE_SOFTWARE);
  g_assert_cmpuint (info->hardware_id, ==, 0);
  g_assert_cmpuint (info->server_id, ==, 9151414130);
  g_assert_null (info->firmware_version);
  g_assert_cmpstr (info->app_version, ==, "1.4.2");
  g_assert_cmpint (info->current_time, ==, 1561982582);
  g_assert_cmpuint (info->scan_results->len, ==, 0);
}

static void
test_info_sparse (void)
{
  g_autoptr (LatchInfoSnapshot) sparse = decode_info ("info-sparse");
  g_autoptr (LatchInfoSnapshot) unknown = decode_info ("info-unknown-type");

  g_assert_cmpint (sparse->bridge_type, ==, LATCH_BRIDGE_TYPE_UNKNOWN);
  g_assert_cmpint (sparse->uptime, ==, 0);
  g_assert_cmpint (sparse->current_time, ==, 0);
  g_assert_cmpuint (sparse->scan_results->len, ==, 0);

  g_assert_cmpint (unknown->bridge_type, ==, LATCH_BRIDGE_TYPE_UNKNOWN);
  g_assert_cmpuint (unknown->hardware_id, ==, 0xc2a77a2);
  g_assert_cmpint (unknown->uptime, ==, -1);
}

static void
test_info_errors (void)
{
  assert_error_of ("info-something-else", LATCH_ERROR_NOT_A_BRIDGE);
  assert_error_of ("info-array", LATCH_ERROR_MALFORMED);
  assert_error_of ("info-refused", LATCH_ERROR_REFUSED);
}

static void
test_info_keeps_the_document (void)
{
  LatchInfoSnapshot *info = decode_info ("info-spec");
  g_autoptr (JsonNode) document = json_node_ref (info->json);

  latch_info_snapshot_free (info);

  g_assert_true (json_node_is_immutable (document));
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (document), "uptime"), ==, 120);
}

static GPtrArray *
decode (const char *fixture, GPtrArray *(*decoder) (GBytes *, GError **))
{
  g_autoptr (GBytes) body = fixture_load (fixture);
  g_autoptr (GError) error = NULL;
  GPtrArray *items = decoder (body, &error);

  g_assert_no_error (error);
  g_assert_nonnull (items);

  return items;
}

static void
test_callbacks (void)
{
  g_autoptr (GPtrArray) callbacks = decode ("callbacks-spec", latch_codec_decode_callbacks);
  g_autoptr (GPtrArray) none = decode ("callbacks-empty", latch_codec_decode_callbacks);
  g_autoptr (GPtrArray) odd = decode ("callbacks-odd", latch_codec_decode_callbacks);
  LatchCallback *callback;

  g_assert_cmpuint (callbacks->len, ==, 2);
  callback = g_ptr_array_index (callbacks, 1);
  g_assert_cmpint (callback->id, ==, 1);
  g_assert_cmpstr (callback->url, ==, "http://192.168.0.21/test");

  g_assert_cmpuint (none->len, ==, 0);

  g_assert_cmpuint (odd->len, ==, 1);
  callback = g_ptr_array_index (odd, 0);
  g_assert_cmpint (callback->id, ==, 2);
  g_assert_cmpstr (callback->url, ==, "");

  assert_error_of ("callbacks-missing", LATCH_ERROR_MALFORMED);
  assert_error_of ("callbacks-not-array", LATCH_ERROR_MALFORMED);
  assert_error_of ("callbacks-refused", LATCH_ERROR_REFUSED);
}

static void
test_log (void)
{
  g_autoptr (GPtrArray) spec = decode ("log-spec", latch_codec_decode_log);
  g_autoptr (GPtrArray) mixed = decode ("log-mixed", latch_codec_decode_log);
  g_autoptr (GPtrArray) none = decode ("log-empty", latch_codec_decode_log);
  LatchLogEntry *entry = g_ptr_array_index (spec, 0);
  JsonObject *object;

  g_assert_cmpuint (spec->len, ==, 2);
  g_assert_cmpint (entry->timestamp, ==, 1475772365);
  g_assert_cmpstr (entry->type, ==, "HTTP-Info");
  g_assert_cmpuint (entry->nuki_id, ==, 0);

  g_assert_cmpuint (mixed->len, ==, 4);
  entry = g_ptr_array_index (mixed, 0);
  g_assert_cmpuint (entry->nuki_id, ==, 0x1e5fe23a);
  object = json_node_get_object (entry->json);
  g_assert_cmpuint (json_object_get_size (object), ==, 5);
  g_assert_cmpstr (json_object_get_string_member (object, "bleHandle"), ==, "0001");

  /* In the log, digits alone are hexadecimal, too; numbers are not */
  entry = g_ptr_array_index (mixed, 1);
  g_assert_cmpuint (entry->nuki_id, ==, 0x12345678);
  entry = g_ptr_array_index (mixed, 2);
  g_assert_cmpuint (entry->nuki_id, ==, 12345678);

  entry = g_ptr_array_index (mixed, 3);
  g_assert_cmpint (entry->timestamp, ==, 0);
  g_assert_null (entry->type);
  g_assert_cmpuint (entry->nuki_id, ==, 0);

  g_assert_cmpuint (none->len, ==, 0);
  assert_error_of ("log-object", LATCH_ERROR_MALFORMED);
}

static void
test_log_entry_outlives_the_log (void)
{
  GPtrArray *entries = decode ("log-mixed", latch_codec_decode_log);
  g_autoptr (LatchLogEntry) entry = g_ptr_array_steal_index (entries, 0);
  g_autofree char *text = NULL;

  g_ptr_array_unref (entries);

  g_assert_true (json_node_is_immutable (entry->json));
  text = json_to_string (entry->json, FALSE);
  g_assert_nonnull (strstr (text, "\"pairIndex\":1"));
}

static LatchDiscoveredBridge *
bridge_at (GPtrArray *bridges, guint index)
{
  g_assert_cmpuint (index, <, bridges->len);

  return g_ptr_array_index (bridges, index);
}

static void
test_discovery_spec (void)
{
  g_autoptr (GPtrArray) bridges = decode ("discover-spec", latch_codec_decode_discovery);
  g_autoptr (GPtrArray) no_code = decode ("discover-no-code", latch_codec_decode_discovery);
  g_autoptr (GPtrArray) none = decode ("discover-none", latch_codec_decode_discovery);
  LatchDiscoveredBridge *bridge = bridge_at (bridges, 0);

  g_assert_cmpuint (bridges->len, ==, 1);
  g_assert_cmpuint (bridge->bridge_id, ==, 2117604523);
  g_assert_cmpstr (bridge->ip, ==, "192.168.1.50");
  g_assert_cmpuint (bridge->port, ==, 8080);
  g_assert_cmpint (bridge->date_updated, ==, 1497423224);
  g_assert_nonnull (bridge->json);

  g_assert_cmpuint (no_code->len, ==, 1);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_discovery_disappointments (void)
{
  g_autoptr (GPtrArray) bridges = decode ("discover-disappointments", latch_codec_decode_discovery);
  static const struct
  {
    guint64 bridge_id;
    const char *ip;
    guint16 port;
  } expected[] = {
    { 1, NULL, 0 },
    { 2, NULL, 0 },
    { 9151414130, NULL, 0 },
    { 4, NULL, 0 },
    { 5, "192.168.1.52", 8080 },
    { 6, "fe80::1", 8081 },
    { 7, NULL, 0 },
    { 8, NULL, 0 },
    { 9, NULL, 0 },
  };

  g_assert_cmpuint (bridges->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < bridges->len; i++)
    {
      g_assert_cmpuint (bridge_at (bridges, i)->bridge_id, ==, expected[i].bridge_id);
      g_assert_cmpstr (bridge_at (bridges, i)->ip, ==, expected[i].ip);
      g_assert_cmpuint (bridge_at (bridges, i)->port, ==, expected[i].port);
    }
}

static void
test_discovery_errors (void)
{
  static const struct
  {
    const char *fixture;
    int code;
  } failures[] = {
    { "discover-error", LATCH_ERROR_REFUSED },
    { "discover-missing", LATCH_ERROR_MALFORMED },
    { "discover-html", LATCH_ERROR_MALFORMED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (GBytes) body = fixture_load (failures[i].fixture);
      g_autoptr (GError) error = NULL;

      g_assert_null (latch_codec_decode_discovery (body, &error));
      g_assert_error (error, LATCH_ERROR, failures[i].code);
      g_assert_nonnull (strstr (error->message, "enter the bridge’s address"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/codec/success/is-read", test_success);
  g_test_add_func ("/codec/success/shows-the-bridge's-reason", test_refusal_is_fit_to_be_seen);
  g_test_add_func ("/codec/info/reads-the-specification's-example", test_info_spec);
  g_test_add_func ("/codec/info/reads-later-members", test_info_later_api);
  g_test_add_func ("/codec/info/reads-the-software-bridge", test_info_software_bridge);
  g_test_add_func ("/codec/info/takes-missing-members", test_info_sparse);
  g_test_add_func ("/codec/info/says-what-is-wrong", test_info_errors);
  g_test_add_func ("/codec/info/keeps-the-document", test_info_keeps_the_document);
  g_test_add_func ("/codec/callbacks/are-read", test_callbacks);
  g_test_add_func ("/codec/log/is-read", test_log);
  g_test_add_func ("/codec/log/entry-outlives-the-log", test_log_entry_outlives_the_log);
  g_test_add_func ("/codec/discovery/reads-the-specification's-example", test_discovery_spec);
  g_test_add_func ("/codec/discovery/hides-what-is-no-address", test_discovery_disappointments);
  g_test_add_func ("/codec/discovery/says-what-is-wrong", test_discovery_errors);

  return g_test_run ();
}

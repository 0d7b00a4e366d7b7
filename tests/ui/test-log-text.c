/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-log-text.h"

#include <string.h>

static void
assert_details (const char *entry, const char *lock, const char *expected)
{
  g_autoptr (JsonNode) node = json_from_string (entry, NULL);
  g_autofree char *details = latch_log_text_details (json_node_get_object (node), lock);

  g_assert_cmpstr (details, ==, expected);
}

static void
test_titles (void)
{
  g_assert_cmpstr (latch_log_text_title ("HTTP-LockActionStart"), ==, "Lock action");
  g_assert_cmpstr (latch_log_text_title ("SSE-Disconnected"), ==, "Connection to Nuki server lost");
  g_assert_cmpstr (latch_log_text_title ("wifi_rssi"), ==, "wifi_rssi");
  g_assert_cmpstr (latch_log_text_title (NULL), ==, "Entry without a type");
}

static void
test_details (void)
{
  assert_details ("{\"timestamp\":\"2020\",\"type\":\"X\"}", NULL, "");
  assert_details ("{\"timestamp\":\"2020\",\"nukiId\":\"1E5FE23A\",\"action\":\"lock\"}", "Front Door",
                  "Front Door · lock");
  assert_details ("{\"nukiId\":\"zz\",\"pairIndex\":1,\"bleHandle\":\"0001\"}", NULL,
                  "nukiId zz · pairIndex 1 · bleHandle 0001");
  assert_details ("{\"macAddr\":\"54D2725FE23A\"}", NULL, "54:D2:72:5F:E2:3A");
  assert_details ("{\"macAddr\":\"123456\"}", NULL, "123456");
  assert_details ("{\"url\":\"http://192.168.1.20:8451/•••\"}", NULL, "http://192.168.1.20:8451/•••");
}

static void
test_values (void)
{
  assert_details ("{\"rssi\":-61,\"channel\":6}", NULL, "rssi −61 dBm · channel 6");
  assert_details ("{\"rssi\":\"-61\"}", NULL, "rssi -61");
  assert_details ("{\"load\":0.25,\"ok\":true,\"bad\":false,\"none\":null}", NULL,
                  "load 0.25 · ok yes · bad no · none –");
  assert_details ("{\"handles\":[24,28],\"empty\":[]}", NULL, "handles 24, 28 · empty –");
  assert_details ("{\"wifi\":{\"ssid\":\"Home\",\"rssi\":-5}}", NULL, "wifi (ssid Home, rssi −5)");
}

static void
test_bounds (void)
{
  g_autoptr (GString) entry = g_string_new ("{\"long\":\"");
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *details = NULL;

  assert_details ("{\"list\":[1,2,3,4,5,6,7,8,9,10]}", NULL, "list 1, 2, 3, 4, 5, 6, 7, 8, …");
  assert_details ("{\"deep\":{\"a\":{\"b\":{\"c\":{\"d\":1}}}}}", NULL, "deep (a (b (c …)))");
  assert_details ("{\"text\":\"two\\nlines\\u0007\"}", NULL, "text two lines ");

  for (guint i = 0; i < 1000; i++)
    g_string_append (entry, "ä");
  g_string_append (entry, "\"}");
  node = json_from_string (entry->str, NULL);
  details = latch_log_text_details (json_node_get_object (node), NULL);
  g_assert_cmpint (g_utf8_strlen (details, -1), ==, 241);
  g_assert_true (g_str_has_suffix (details, "ä…"));
}

static void
test_footer (void)
{
  static const struct
  {
    guint n_entries, n_shown;
    LatchLogState state;
    const char *text;
  } expectations[] = {
    { 104, 104, LATCH_LOG_STATE_COMPLETE, "104 entries" },
    { 1, 1, LATCH_LOG_STATE_COMPLETE, "1 entry" },
    { 100, 100, LATCH_LOG_STATE_IDLE, "The newest 100 entries" },
    { 100, 3, LATCH_LOG_STATE_READING, "3 of the newest 100 entries" },
    { 104, 0, LATCH_LOG_STATE_COMPLETE, "0 of 104 entries" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expectations); i++)
    {
      g_autofree char *text =
          latch_log_text_footer (expectations[i].n_entries, expectations[i].n_shown, expectations[i].state);

      g_assert_cmpstr (text, ==, expectations[i].text);
    }
}

static void
test_lock (void)
{
  g_autoptr (LatchClient) client = latch_client_new ("127.0.0.1", 8080);
  g_autoptr (LatchBridge) bridge = latch_bridge_new ("1", "Home", client);
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);
  LatchDeviceSnapshot *device = latch_device_snapshot_new (0x1E5FE23A);
  g_autofree char *known = NULL;
  g_autofree char *unknown = NULL;

  device->name = g_strdup ("Front Door");
  g_ptr_array_add (devices, device);
  latch_bridge_apply_list (bridge, devices, 1795372200);
  known = latch_log_text_lock (bridge, 0x1E5FE23A);
  unknown = latch_log_text_lock (bridge, 0x56D4DE9);

  g_assert_cmpstr (known, ==, "Front Door");
  g_assert_cmpstr (unknown, ==, "056D4DE9");
  g_assert_null (latch_log_text_lock (bridge, 0));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/log-text/known-types-have-titles", test_titles);
  g_test_add_func ("/log-text/details-name-what-they-are", test_details);
  g_test_add_func ("/log-text/values-are-written-as-people-do", test_values);
  g_test_add_func ("/log-text/details-have-an-end", test_bounds);
  g_test_add_func ("/log-text/footer-tells-how-much-that-is", test_footer);
  g_test_add_func ("/log-text/locks-have-names", test_lock);

  return g_test_run ();
}

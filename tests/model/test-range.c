/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-bridge.h"
#include "latch-range.h"

/* What a bridge hears, one letter for each device; a small letter for one that it is not paired with */
static void
hear (LatchBridge *bridge, const char *letters)
{
  g_autoptr (LatchInfoSnapshot) info = latch_info_snapshot_new ();

  for (const char *c = letters; *c != '\0'; c++)
    {
      LatchScanResult *scan = latch_scan_result_new ();

      scan->nuki_id = g_ascii_toupper (*c);
      scan->device_type = 0;
      scan->name = g_strdup_printf ("Nuki_%08X", g_ascii_toupper (*c));
      scan->rssi = -60;
      scan->paired = g_ascii_isupper (*c) ? LATCH_TRISTATE_YES : LATCH_TRISTATE_NO;
      g_ptr_array_add (info->scan_results, scan);
    }
  latch_bridge_apply_info (bridge, info);
}

static void
list (LatchBridge *bridge, const char *letters, int device_type)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);

  for (const char *c = letters; *c != '\0'; c++)
    {
      LatchDeviceSnapshot *device = latch_device_snapshot_new (*c);

      device->device_type = device_type;
      g_ptr_array_add (devices, device);
    }
  latch_bridge_apply_list (bridge, devices, 1700000000);
}

static LatchBridge *
bridge_new (void)
{
  g_autoptr (LatchClient) client = latch_client_new ("192.0.2.1", 8080);

  return latch_bridge_new ("2117604523", "Home", client);
}

static LatchDeviceInRange *
get_device (LatchBridge *bridge, guint position)
{
  g_autoptr (LatchDeviceInRange) device = g_list_model_get_item (G_LIST_MODEL (latch_bridge_get_range (bridge)), position);

  return device; /* the range keeps it */
}

static void
assert_range (LatchBridge *bridge, const char *letters)
{
  guint n_devices = g_list_model_get_n_items (G_LIST_MODEL (latch_bridge_get_range (bridge)));
  g_autoptr (GString) heard = g_string_new (NULL);

  for (guint i = 0; i < n_devices; i++)
    {
      char letter = latch_device_in_range_get_nuki_id (get_device (bridge, i));
      gboolean paired = latch_device_in_range_get_paired (get_device (bridge, i)) == LATCH_TRISTATE_YES;

      g_string_append_c (heard, paired ? letter : g_ascii_tolower (letter));
    }
  g_assert_cmpstr (heard->str, ==, letters);
}

static void
items_changed_cb (GListModel *model, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  g_string_append_printf (user_data, "%u-%u+%u ", position, n_removed, n_added);
}

static void
names_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  g_string_append_printf (user_data, "%s ", pspec->name);
}

static void
assert_text (GString *text, const char *expected)
{
  g_assert_cmpstr (text->str, ==, expected);
  g_string_truncate (text, 0);
}

static void
test_comes_and_goes (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();
  LatchRange *range = latch_bridge_get_range (bridge);
  g_autoptr (GString) changes = g_string_new (NULL);
  LatchDeviceInRange *b = NULL;

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (range)) == LATCH_TYPE_DEVICE_IN_RANGE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (range)), ==, 0);
  g_signal_connect (range, "items-changed", G_CALLBACK (items_changed_cb), changes);

  hear (bridge, "Ab");
  assert_range (bridge, "Ab");
  assert_text (changes, "0-0+1 1-0+1 ");
  b = get_device (bridge, 1);

  hear (bridge, "Ab");
  assert_text (changes, "");
  hear (bridge, "AcB");
  assert_range (bridge, "AcB");
  assert_text (changes, "1-0+1 ");
  g_assert_true (get_device (bridge, 2) == b);

  hear (bridge, "cB");
  assert_text (changes, "0-1+0 ");
  g_assert_true (get_device (bridge, 1) == b);
  hear (bridge, "");
  assert_range (bridge, "");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (range), 0));
}

/* Bridges name them in ever another order */
static void
test_stays_in_place (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_autoptr (GString) changes = g_string_new (NULL);

  hear (bridge, "ABC");
  g_signal_connect (latch_bridge_get_range (bridge), "items-changed", G_CALLBACK (items_changed_cb), changes);
  hear (bridge, "CAB");
  assert_range (bridge, "ABC");
  assert_text (changes, "");

  hear (bridge, "CDAB");
  assert_range (bridge, "ABCD");
  assert_text (changes, "3-0+1 ");
}

static void
test_named_twice (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();

  hear (bridge, "AAB");
  assert_range (bridge, "AB");
}

static void
test_tells_what_is_new (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_autoptr (GString) names = g_string_new (NULL);
  LatchDeviceInRange *device = NULL;
  LatchScanResult scan = { .nuki_id = 'A', .device_type = 0, .rssi = -60, .paired = LATCH_TRISTATE_YES };
  g_autofree char *name = g_strdup ("Nuki_00000041");

  hear (bridge, "A");
  device = get_device (bridge, 0);
  g_assert_cmpstr (latch_device_in_range_get_name (device), ==, "Nuki_00000041");
  g_signal_connect (device, "notify", G_CALLBACK (names_cb), names);

  hear (bridge, "A");
  assert_text (names, "");
  scan.name = name;
  scan.rssi = -61;
  latch_device_in_range_apply (device, &scan);
  assert_text (names, "rssi ");
  g_assert_cmpint (latch_device_in_range_get_rssi (device), ==, -61);
  hear (bridge, "a");
  g_assert_cmpint (latch_device_in_range_get_paired (device), ==, LATCH_TRISTATE_NO);
  assert_text (names, "paired rssi ");
}

static void
test_knows_the_locks (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();
  LatchLock *a = NULL;

  list (bridge, "A", 0);
  a = latch_bridge_find_lock (bridge, 'A', 0);
  hear (bridge, "AB");
  g_assert_true (latch_device_in_range_get_lock (get_device (bridge, 0)) == a);
  g_assert_null (latch_device_in_range_get_lock (get_device (bridge, 1)));
  g_assert_true (latch_range_find (latch_bridge_get_range (bridge), a) == get_device (bridge, 0));
  g_assert_cmpint (latch_lock_get_rssi (a), ==, -60);

  /* Locks that come and go with the bridge's list */
  list (bridge, "B", 0);
  g_assert_null (latch_device_in_range_get_lock (get_device (bridge, 0)));
  g_assert_true (latch_device_in_range_get_lock (get_device (bridge, 1)) == latch_bridge_find_lock (bridge, 'B', 0));
}

/* IDs are unique only within a type, which old bridges do not tell */
static void
test_types (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_autoptr (LatchBridge) old = bridge_new ();
  g_autoptr (LatchInfoSnapshot) info = latch_info_snapshot_new ();
  LatchScanResult *scan = latch_scan_result_new ();

  list (bridge, "A", LATCH_DEVICE_TYPE_OPENER);
  hear (bridge, "A");
  g_assert_null (latch_device_in_range_get_lock (get_device (bridge, 0)));

  list (old, "A", -1);
  scan->nuki_id = 'A';
  g_ptr_array_add (info->scan_results, scan);
  latch_bridge_apply_info (old, info);
  g_assert_cmpint (latch_device_in_range_get_device_type (get_device (old, 0)), ==, -1);
  g_assert_nonnull (latch_device_in_range_get_lock (get_device (old, 0)));
  g_assert_cmpint (latch_device_in_range_get_rssi (get_device (old, 0)), ==, 0);
  g_assert_cmpint (latch_device_in_range_get_paired (get_device (old, 0)), ==, LATCH_TRISTATE_UNKNOWN);
  g_assert_null (latch_device_in_range_get_name (get_device (old, 0)));
}

static void
test_does_not_leak (void)
{
  LatchBridge *bridge = bridge_new ();
  LatchRange *range = latch_bridge_get_range (bridge);
  LatchDeviceInRange *device = NULL;

  list (bridge, "A", 0);
  hear (bridge, "A");
  device = get_device (bridge, 0);
  g_object_add_weak_pointer (G_OBJECT (range), (gpointer *) &range);
  g_object_add_weak_pointer (G_OBJECT (device), (gpointer *) &device);
  g_object_unref (bridge);
  g_assert_null (range);
  g_assert_null (device);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/range/devices-come-and-go", test_comes_and_goes);
  g_test_add_func ("/range/nothing-moves-about", test_stays_in_place);
  g_test_add_func ("/range/a-device-that-is-named-twice-is-one", test_named_twice);
  g_test_add_func ("/range/tells-what-is-new", test_tells_what_is_new);
  g_test_add_func ("/range/knows-the-locks", test_knows_the_locks);
  g_test_add_func ("/range/types-tell-devices-apart", test_types);
  g_test_add_func ("/range/does-not-leak", test_does_not_leak);

  return g_test_run ();
}

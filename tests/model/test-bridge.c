/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-bridge.h"

#include "latch-error.h"

#define HEARD 1700000000

/* What a list model announces, as "1-0+1 " for one more at position 1; and that it is true */
typedef struct
{
  GListModel *model;
  GPtrArray *items;
  GString *changes;
} Audience;

static void
items_changed_cb (GListModel *model, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  Audience *audience = user_data;

  g_string_append_printf (audience->changes, "%u-%u+%u ", position, n_removed, n_added);
  if (n_removed > 0)
    g_ptr_array_remove_range (audience->items, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (audience->items, position + i, g_list_model_get_item (model, position + i));

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, audience->items->len);
  for (guint i = 0; i < audience->items->len; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (model, i);

      g_assert_true (lock == audience->items->pdata[i]);
    }
}

static void
audience_init (Audience *audience, LatchBridge *bridge)
{
  audience->model = G_LIST_MODEL (bridge);
  audience->items = g_ptr_array_new_with_free_func (g_object_unref);
  audience->changes = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (audience->model); i++)
    g_ptr_array_add (audience->items, g_list_model_get_item (audience->model, i));
  g_signal_connect (bridge, "items-changed", G_CALLBACK (items_changed_cb), audience);
}

static void
audience_clear (Audience *audience)
{
  g_signal_handlers_disconnect_by_data (audience->model, audience);
  g_ptr_array_unref (audience->items);
  g_string_free (audience->changes, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Audience, audience_clear)

static void
assert_changes (Audience *audience, const char *expected)
{
  g_assert_cmpstr (audience->changes->str, ==, expected);
  g_string_truncate (audience->changes, 0);
}

static LatchBridge *
bridge_new (void)
{
  g_autoptr (LatchClient) client = latch_client_new ("192.0.2.1", 8080);

  return latch_bridge_new ("2117604523", "Home", client);
}

/* Hears a list of locks, each a letter; a small letter for one that is unlocked */
static void
hear (LatchBridge *bridge, const char *letters)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);

  for (const char *c = letters; *c != '\0'; c++)
    {
      LatchDeviceSnapshot *device = latch_device_snapshot_new (g_ascii_toupper (*c));

      device->device_type = 0;
      device->has_state = TRUE;
      device->state.state_code = g_ascii_isupper (*c) ? 1 : 3;
      g_ptr_array_add (devices, device);
    }
  latch_bridge_apply_list (bridge, devices, HEARD);
}

static void
assert_locks (LatchBridge *bridge, const char *letters)
{
  guint n_locks = g_list_model_get_n_items (G_LIST_MODEL (bridge));

  g_assert_cmpuint (n_locks, ==, strlen (letters));
  for (guint i = 0; i < n_locks; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (bridge), i);
      g_autoptr (LatchBridge) owner = latch_lock_ref_bridge (lock);

      g_assert_cmpuint (latch_lock_get_nuki_id (lock), ==, g_ascii_toupper (letters[i]));
      g_assert_true (owner == bridge);
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (bridge), n_locks));
}

static void
heard_cb (LatchBridge *bridge, gboolean changed, gboolean pushed, gpointer user_data)
{
  GString *text = user_data;

  g_string_append (text, changed ? "changed " : "same ");
}

static void
test_list_model (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_autoptr (GString) heard = g_string_new (NULL);
  g_auto (Audience) audience = { 0 };
  g_autoptr (LatchLock) b = NULL;

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (bridge)) == LATCH_TYPE_LOCK);
  audience_init (&audience, bridge);
  g_signal_connect (bridge, "heard", G_CALLBACK (heard_cb), heard);

  hear (bridge, "");
  assert_changes (&audience, "");
  hear (bridge, "AB");
  assert_locks (bridge, "AB");
  assert_changes (&audience, "0-0+1 1-0+1 ");
  g_set_object (&b, latch_bridge_find_lock (bridge, 'B', 0));
  g_assert_nonnull (b);

  hear (bridge, "AB");
  assert_changes (&audience, "");
  hear (bridge, "Ab");
  assert_changes (&audience, "");
  g_assert_cmpint (latch_lock_get_state (b), ==, LATCH_LOCK_STATE_UNLOCKED);
  g_assert_cmpstr (heard->str, ==, "same changed same changed ");

  hear (bridge, "ACb");
  assert_locks (bridge, "ACB");
  assert_changes (&audience, "1-0+1 ");
  g_assert_true (latch_bridge_find_lock (bridge, 'B', 0) == b);

  hear (bridge, "bAC");
  assert_locks (bridge, "BAC");
  g_assert_true (latch_bridge_find_lock (bridge, 'B', 0) == b);
  g_string_truncate (audience.changes, 0);

  hear (bridge, "");
  assert_locks (bridge, "");
  g_assert_null (latch_bridge_find_lock (bridge, 'B', 0));
}

/* Who looks at a lock goes on doing so when another one goes */
static void
test_removal_leaves_others_alone (void)
{
  const struct
  {
    const char *before;
    const char *after;
    const char *changes;
  } removals[] = {
    { "ABCD", "ABC", "3-1+0 " },
    { "ABCD", "BCD", "0-1+0 " },
    { "ABCD", "ACD", "1-1+0 " },
    { "ABCD", "AXCD", "1-1+0 1-0+1 " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (removals); i++)
    {
      g_autoptr (LatchBridge) bridge = bridge_new ();
      g_auto (Audience) audience = { 0 };

      hear (bridge, removals[i].before);
      audience_init (&audience, bridge);
      hear (bridge, removals[i].after);
      assert_locks (bridge, removals[i].after);
      assert_changes (&audience, removals[i].changes);
    }
}

/* Any list after any other: what is announced is true, and who stays is the same object */
static void
test_list_model_at_random (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_auto (Audience) audience = { 0 };
  g_autofree char *before = g_strdup ("");

  audience_init (&audience, bridge);
  for (guint round = 0; round < 2000; round++)
    {
      char letters[9] = { 0 };
      guint length = g_test_rand_int_range (0, 9), n = 0;
      LatchLock *known[128] = { 0 };

      while (n < length)
        {
          char c = 'A' + g_test_rand_int_range (0, 10);

          if (strchr (letters, c) == NULL)
            letters[n++] = c;
          else
            length--;
        }
      for (const char *c = before; *c != '\0'; c++)
        known[(int) *c] = g_object_ref (latch_bridge_find_lock (bridge, *c, 0));

      hear (bridge, letters);
      assert_locks (bridge, letters);
      for (const char *c = letters; *c != '\0'; c++)
        if (known[(int) *c] != NULL)
          g_assert_true (latch_bridge_find_lock (bridge, *c, 0) == known[(int) *c]);
      for (guint i = 0; i < G_N_ELEMENTS (known); i++)
        g_clear_object (&known[i]);
      g_set_str (&before, letters);
    }
}

/* IDs are unique only within a type of device */
static void
test_same_id (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);
  g_autoptr (LatchInfoSnapshot) info = latch_info_snapshot_new ();
  const int types[] = { 0, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      LatchDeviceSnapshot *device = latch_device_snapshot_new (7);
      LatchScanResult *scan = latch_scan_result_new ();

      device->device_type = types[i];
      g_ptr_array_add (devices, device);
      scan->nuki_id = 7;
      scan->device_type = types[i];
      scan->rssi = -50 - (int) i;
      g_ptr_array_add (info->scan_results, scan);
    }
  latch_bridge_apply_list (bridge, devices, HEARD);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bridge)), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_assert_cmpint (latch_lock_get_device_type (latch_bridge_find_lock (bridge, 7, types[i])), ==, types[i]);
  g_assert_null (latch_bridge_find_lock (bridge, 7, 4));

  latch_bridge_apply_info (bridge, info);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_assert_cmpint (latch_lock_get_rssi (latch_bridge_find_lock (bridge, 7, types[i])), ==, -50 - (int) i);
}

static void
test_info (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_autoptr (LatchInfoSnapshot) info = latch_info_snapshot_new ();
  LatchScanResult *scan = latch_scan_result_new ();

  hear (bridge, "AB");
  /* The first API tells no types here */
  scan->nuki_id = 'A';
  scan->device_type = -1;
  scan->rssi = -44;
  g_ptr_array_add (info->scan_results, scan);
  info->firmware_version = g_strdup ("2.18.0");
  g_assert_null (latch_bridge_get_info (bridge));
  latch_bridge_apply_info (bridge, info);
  g_assert_cmpstr (latch_bridge_get_info (bridge)->firmware_version, ==, "2.18.0");
  g_assert_cmpint (latch_lock_get_rssi (latch_bridge_find_lock (bridge, 'A', 0)), ==, -44);
  g_assert_cmpint (latch_lock_get_rssi (latch_bridge_find_lock (bridge, 'B', 0)), ==, 0);

  g_ptr_array_set_size (info->scan_results, 0);
  latch_bridge_apply_info (bridge, info);
  g_assert_cmpint (latch_lock_get_rssi (latch_bridge_find_lock (bridge, 'A', 0)), ==, 0);
}

static void
test_restore (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_autoptr (LatchDeviceSnapshot) known = latch_device_snapshot_new ('A');
  g_autoptr (LatchLock) lock = NULL;
  g_auto (Audience) audience = { 0 };

  audience_init (&audience, bridge);
  known->device_type = 0;
  known->has_state = TRUE;
  known->state.state_code = 1;
  latch_bridge_restore_lock (bridge, known, HEARD - 100, 0);
  assert_changes (&audience, "0-0+1 ");
  g_set_object (&lock, latch_bridge_find_lock (bridge, 'A', 0));
  g_assert_true (latch_lock_get_stale (lock));
  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, LATCH_CONNECTION_UNKNOWN);

  hear (bridge, "A");
  assert_changes (&audience, "");
  g_assert_false (latch_lock_get_stale (lock));
}

static void
names_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  GString *names = user_data;

  g_string_append_printf (names, "%s ", pspec->name);
}

static void
assert_names (GString *names, const char *expected)
{
  g_assert_cmpstr (names->str, ==, expected);
  g_string_truncate (names, 0);
}

static void
fail (LatchBridge *bridge, int code)
{
  g_autoptr (GError) error = g_error_new (LATCH_ERROR, code, "Reason %d", code);

  latch_bridge_apply_error (bridge, error);
}

static void
test_properties (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_autoptr (GString) names = g_string_new (NULL);

  g_signal_connect (bridge, "notify", G_CALLBACK (names_cb), names);
  g_assert_cmpstr (latch_bridge_get_id (bridge), ==, "2117604523");
  g_assert_cmpstr (latch_bridge_get_name (bridge), ==, "Home");
  g_assert_cmpint (latch_bridge_get_last_contact (bridge), ==, 0);

  latch_bridge_set_name (bridge, "Home");
  latch_bridge_set_session_only (bridge, FALSE);
  assert_names (names, "");
  g_object_set (bridge, "name", "Cottage", NULL);
  latch_bridge_set_session_only (bridge, TRUE);
  assert_names (names, "name session-only ");
  g_assert_cmpstr (latch_bridge_get_name (bridge), ==, "Cottage");
  g_assert_true (latch_bridge_get_session_only (bridge));

  hear (bridge, "");
  assert_names (names, "last-contact connection ");
  g_assert_cmpint (latch_bridge_get_last_contact (bridge), ==, HEARD);
}

static void
test_leak (void)
{
  LatchBridge *bridge = bridge_new ();
  g_autoptr (LatchLock) lock = NULL;

  hear (bridge, "AB");
  g_set_object (&lock, latch_bridge_find_lock (bridge, 'A', 0));
  fail (bridge, LATCH_ERROR_UNAUTHORIZED);
  g_assert_finalize_object (bridge);

  /* A lock that somebody still holds does not hold its bridge */
  g_assert_null (latch_lock_ref_bridge (lock));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bridge/list/keeps-objects", test_list_model);
  g_test_add_func ("/bridge/list/removal-leaves-others-alone", test_removal_leaves_others_alone);
  g_test_add_func ("/bridge/list/at-random", test_list_model_at_random);
  g_test_add_func ("/bridge/list/same-id-of-other-type", test_same_id);
  g_test_add_func ("/bridge/info", test_info);
  g_test_add_func ("/bridge/restored-lock-is-stale", test_restore);
  g_test_add_func ("/bridge/properties", test_properties);
  g_test_add_func ("/bridge/is-freed", test_leak);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-bridge.h"

#include "latch-error.h"
#include "latch-test-simulator.h"

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
heard_cb (LatchBridge *bridge, gboolean changed, gpointer user_data)
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
assert_connection (LatchBridge *bridge, LatchConnection connection, gboolean stale)
{
  g_autofree char *message = NULL;

  g_assert_cmpint (latch_bridge_get_connection (bridge), ==, connection);
  g_assert_cmpint (latch_lock_get_stale (latch_bridge_find_lock (bridge, 'A', 0)), ==, stale);
  g_assert_cmpint (latch_bridge_get_error (bridge) == NULL, ==, connection == LATCH_CONNECTION_CONNECTED);
  g_object_get (bridge, "error-message", &message, NULL);
  g_assert_cmpstr (message, ==, latch_bridge_get_error (bridge) != NULL ? latch_bridge_get_error (bridge)->message : NULL);
}

static void
test_one_slip (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_autoptr (GString) names = g_string_new (NULL);

  hear (bridge, "A");
  g_signal_connect (bridge, "notify", G_CALLBACK (names_cb), names);
  assert_connection (bridge, LATCH_CONNECTION_CONNECTED, FALSE);

  fail (bridge, LATCH_ERROR_TIMED_OUT);
  assert_connection (bridge, LATCH_CONNECTION_CONNECTED, FALSE);
  assert_names (names, "");
  /* The next answer forgives it */
  hear (bridge, "A");
  fail (bridge, LATCH_ERROR_TIMED_OUT);
  assert_connection (bridge, LATCH_CONNECTION_CONNECTED, FALSE);
  assert_names (names, "");

  fail (bridge, LATCH_ERROR_UNREACHABLE);
  assert_connection (bridge, LATCH_CONNECTION_UNREACHABLE, TRUE);
  assert_names (names, "connection error-message ");
  fail (bridge, LATCH_ERROR_UNREACHABLE);
  assert_names (names, "");
  fail (bridge, LATCH_ERROR_BUSY);
  assert_connection (bridge, LATCH_CONNECTION_BUSY, TRUE);
  assert_names (names, "connection error-message ");

  hear (bridge, "A");
  assert_connection (bridge, LATCH_CONNECTION_CONNECTED, FALSE);
  assert_names (names, "connection error-message ");
}

/* A bridge that never answered is not given the benefit of the doubt */
static void
test_first_failure (void)
{
  const struct
  {
    int code;
    LatchConnection connection;
  } failures[] = {
    { LATCH_ERROR_UNREACHABLE, LATCH_CONNECTION_UNREACHABLE },
    { LATCH_ERROR_TIMED_OUT, LATCH_CONNECTION_UNREACHABLE },
    { LATCH_ERROR_NOT_A_BRIDGE, LATCH_CONNECTION_UNREACHABLE },
    { LATCH_ERROR_MALFORMED, LATCH_CONNECTION_UNREACHABLE },
    { LATCH_ERROR_INVALID_ARGUMENT, LATCH_CONNECTION_UNREACHABLE },
    { LATCH_ERROR_REFUSED, LATCH_CONNECTION_UNREACHABLE },
    { LATCH_ERROR_OFFLINE, LATCH_CONNECTION_UNREACHABLE },
    { LATCH_ERROR_BUSY, LATCH_CONNECTION_BUSY },
    { LATCH_ERROR_UNAUTHORIZED, LATCH_CONNECTION_UNAUTHORIZED },
    { LATCH_ERROR_CLOCK_WRONG, LATCH_CONNECTION_UNAUTHORIZED },
    { LATCH_ERROR_NO_TOKEN, LATCH_CONNECTION_NO_TOKEN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (LatchBridge) bridge = bridge_new ();
      g_autoptr (LatchDeviceSnapshot) known = latch_device_snapshot_new ('A');

      known->device_type = 0;
      latch_bridge_restore_lock (bridge, known, HEARD, 0);
      fail (bridge, failures[i].code);
      assert_connection (bridge, failures[i].connection, TRUE);
    }
}

/* What a person has to mend is told at once, whatever was before */
static void
test_at_once (void)
{
  const struct
  {
    int code;
    LatchConnection connection;
  } failures[] = {
    { LATCH_ERROR_UNAUTHORIZED, LATCH_CONNECTION_UNAUTHORIZED },
    { LATCH_ERROR_CLOCK_WRONG, LATCH_CONNECTION_UNAUTHORIZED },
    { LATCH_ERROR_NO_TOKEN, LATCH_CONNECTION_NO_TOKEN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (LatchBridge) bridge = bridge_new ();

      hear (bridge, "A");
      fail (bridge, failures[i].code);
      assert_connection (bridge, failures[i].connection, TRUE);
    }
}

/* These say something of a lock or a request, nothing of the bridge */
static void
test_no_failure_of_the_bridge (void)
{
  const int codes[] = { LATCH_ERROR_OFFLINE,          LATCH_ERROR_UNKNOWN_DEVICE, LATCH_ERROR_INVALID_ARGUMENT,
                        LATCH_ERROR_OUTCOME_UNKNOWN, LATCH_ERROR_NOT_SUPPORTED,  LATCH_ERROR_REFUSED };
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");

  hear (bridge, "A");
  for (guint i = 0; i < 2 * G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, codes[i % G_N_ELEMENTS (codes)], "Reason");

      latch_bridge_apply_lock_error (bridge, error);
    }
  for (guint i = 0; i < 2; i++)
    {
      latch_bridge_apply_error (bridge, cancelled);
      latch_bridge_apply_lock_error (bridge, cancelled);
    }
  assert_connection (bridge, LATCH_CONNECTION_CONNECTED, FALSE);
}

/* While dealing with a lock, the bridge itself may fail */
static void
test_failure_of_the_bridge (void)
{
  const int codes[] = { LATCH_ERROR_UNREACHABLE, LATCH_ERROR_TIMED_OUT, LATCH_ERROR_NOT_A_BRIDGE, LATCH_ERROR_BUSY,
                        LATCH_ERROR_MALFORMED, LATCH_ERROR_UNAUTHORIZED, LATCH_ERROR_CLOCK_WRONG, LATCH_ERROR_NO_TOKEN };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (LatchBridge) bridge = bridge_new ();
      g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, codes[i], "Reason");

      hear (bridge, "A");
      latch_bridge_apply_lock_error (bridge, error);
      latch_bridge_apply_lock_error (bridge, error);
      g_assert_cmpint (latch_bridge_get_connection (bridge), !=, LATCH_CONNECTION_CONNECTED);
    }
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

typedef struct
{
  LatchTestSimulator *simulator;
  LatchBridge *bridge;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchClient) client = NULL;

  fixture->simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--ble-time=0", "--action-time=0",
                                                 "--opener=3:Gate", "--lock=1:Home", "--lock=2:Shed:unlocked", NULL);
  client = latch_client_new (latch_test_simulator_get_host (fixture->simulator),
                             latch_test_simulator_get_port (fixture->simulator));
  latch_client_set_token (client, LATCH_TEST_TOKEN);
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_PLAIN);
  fixture->bridge = latch_bridge_new ("2117604523", "Home", client);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->bridge);
  latch_test_simulator_free (fixture->simulator);
}

static gboolean
refresh (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_bridge_refresh_async (fixture->bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_bridge_refresh_finish (fixture->bridge, result, error);
}

static void
test_refresh (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 before = g_get_real_time () / G_USEC_PER_SEC;
  LatchLock *shed = NULL;

  g_assert_true (refresh (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->bridge)), ==, 3);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);
  g_assert_cmpint (latch_bridge_get_last_contact (fixture->bridge), >=, before);
  shed = latch_bridge_find_lock (fixture->bridge, 2, 0);
  g_assert_cmpstr (latch_lock_get_name (shed), ==, "Shed");
  g_assert_cmpint (latch_lock_get_state (shed), ==, LATCH_LOCK_STATE_UNLOCKED);
  g_assert_cmpint (latch_lock_get_confirmed_at (shed), >=, before);
  g_assert_true (latch_lock_is_opener (latch_bridge_find_lock (fixture->bridge, 3, 2)));

  /* A hand on the door shows with the next look; and a lock that was never heard from stays, unconfirmed */
  latch_test_simulator_post (fixture->simulator, "locks/2?state=locked");
  latch_test_simulator_post (fixture->simulator, "locks/1?seen=0");
  g_assert_true (refresh (fixture, &error));
  g_assert_cmpint (latch_lock_get_state (shed), ==, LATCH_LOCK_STATE_LOCKED);
  g_assert_true (latch_lock_get_stale (latch_bridge_find_lock (fixture->bridge, 1, 0)));
}

static void
test_refresh_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) slip = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) refusal = NULL;
  LatchLock *lock = NULL;

  g_assert_true (refresh (fixture, NULL));
  lock = latch_bridge_find_lock (fixture->bridge, 1, 0);
  latch_test_simulator_add_fault (fixture->simulator, "reset", "/list", 2);
  g_assert_false (refresh (fixture, &slip));
  g_assert_error (slip, LATCH_ERROR, LATCH_ERROR_UNREACHABLE);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);
  g_assert_false (latch_lock_get_stale (lock));
  g_assert_false (refresh (fixture, &failure));
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_UNREACHABLE);
  g_assert_true (latch_lock_get_stale (lock));

  g_assert_true (refresh (fixture, NULL));
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_CONNECTED);
  g_assert_false (latch_lock_get_stale (lock));

  latch_client_set_token (latch_bridge_get_client (fixture->bridge), "wrongT0ken");
  g_assert_false (refresh (fixture, &refusal));
  g_assert_error (refusal, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_UNAUTHORIZED);
  g_assert_true (latch_lock_get_stale (lock));
}

static void
test_refresh_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_test_simulator_add_fault (fixture->simulator, "hang", NULL, 1);
  latch_bridge_refresh_async (fixture->bridge, cancellable, latch_test_take_result_cb, &result);
  latch_test_simulator_wait_for_request (fixture->simulator, "/list");
  g_cancellable_cancel (cancellable);
  latch_test_wait_for (result);
  g_assert_false (latch_bridge_refresh_finish (fixture->bridge, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_UNKNOWN);
}

static void
test_refresh_info (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (refresh (fixture, NULL));
  latch_test_simulator_post (fixture->simulator, "locks/1?rssi=-77");
  latch_bridge_refresh_info_async (fixture->bridge, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_true (latch_bridge_refresh_info_finish (fixture->bridge, result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (latch_bridge_get_info (fixture->bridge)->server_id, ==, 2117604523);
  g_assert_cmpint (latch_lock_get_rssi (latch_bridge_find_lock (fixture->bridge, 1, 0)), ==, -77);
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
  g_test_add_func ("/bridge/connection/one-slip-is-forgiven", test_one_slip);
  g_test_add_func ("/bridge/connection/first-failure", test_first_failure);
  g_test_add_func ("/bridge/connection/at-once", test_at_once);
  g_test_add_func ("/bridge/connection/of-a-lock-is-not-the-bridge's", test_no_failure_of_the_bridge);
  g_test_add_func ("/bridge/connection/fails-with-a-lock", test_failure_of_the_bridge);
  g_test_add_func ("/bridge/properties", test_properties);
#define add(name, function) g_test_add ("/bridge/" name, Fixture, NULL, set_up, function, tear_down)
  add ("refresh/takes-the-list", test_refresh);
  add ("refresh/fails-and-recovers", test_refresh_fails);
  add ("refresh/cancelled", test_refresh_cancelled);
  add ("refresh/info", test_refresh_info);
  g_test_add_func ("/bridge/is-freed", test_leak);

  return g_test_run ();
}

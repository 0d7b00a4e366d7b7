/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-log.h"
#include "latch-error.h"
#include "latch-log-export.h"
#include "lock-fixture.h"

#include <string.h>

#define N_ENTRIES 420

typedef struct
{
  LatchTestSimulator *simulator;
  LatchBridge *bridge;
  LatchBridgeLog *log;
} Fixture;

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->log));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *option = data;
  g_autoptr (LatchClient) client = NULL;

  fixture->simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, option != NULL ? option : "--log-entries=420",
                                                 NULL);
  client = lock_client_new (fixture->simulator);
  fixture->bridge = latch_bridge_new ("2117604523", "Home", client);
  fixture->log = latch_bridge_log_new (fixture->bridge);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->log);
  g_object_unref (fixture->bridge);
  latch_test_simulator_free (fixture->simulator);
}

static void
wait_until_read (Fixture *fixture)
{
  latch_test_wait_until (latch_bridge_log_get_state (fixture->log) != LATCH_LOG_STATE_READING);
}

static gboolean
read_all (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_bridge_log_read_all_async (fixture->log, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_bridge_log_read_all_finish (fixture->log, result, error);
}

static gboolean
clear (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_bridge_log_clear_async (fixture->log, NULL, latch_test_take_result_cb, &result);
  g_assert_cmpint (latch_bridge_log_get_state (fixture->log), ==, LATCH_LOG_STATE_CLEARING);
  latch_test_wait_for (result);

  return latch_bridge_log_clear_finish (fixture->log, result, error);
}

/* That all is there once, in the bridge's order; what reading the log wrote into it does not count */
static void
assert_whole (Fixture *fixture, gboolean any_order)
{
  g_autoptr (LatchClient) client = lock_client_new (fixture->simulator);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) expected = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  latch_client_log_async (client, 0, 10000, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  entries = latch_client_log_finish (client, result, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr (LatchLogItem) item = latch_log_item_new (entries->pdata[i], client);

      if (g_strcmp0 (latch_log_item_get_kind (item), "HTTP-Log") != 0)
        g_ptr_array_add (expected, g_strdup (latch_log_item_get_text (item)));
    }
  for (guint i = 0; i < count (fixture); i++)
    {
      g_autoptr (LatchLogItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->log), i);

      if (g_strcmp0 (latch_log_item_get_kind (item), "HTTP-Log") != 0)
        g_ptr_array_add (found, (char *) latch_log_item_get_text (item));
    }
  if (any_order)
    {
      g_ptr_array_sort_values (expected, (GCompareFunc) strcmp);
      g_ptr_array_sort_values (found, (GCompareFunc) strcmp);
    }

  g_assert_cmpuint (found->len, ==, expected->len);
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpstr (found->pdata[i], ==, expected->pdata[i]);
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (latch_bridge_log_get_state (fixture->log), ==, LATCH_LOG_STATE_IDLE);
  latch_bridge_log_refresh (fixture->log);
  latch_bridge_log_read_more (fixture->log); /* once is enough */
  g_assert_cmpint (latch_bridge_log_get_state (fixture->log), ==, LATCH_LOG_STATE_READING);
  wait_until_read (fixture);
  g_assert_cmpuint (count (fixture), ==, 50);
  g_assert_cmpint (latch_bridge_log_get_state (fixture->log), ==, LATCH_LOG_STATE_IDLE);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/log"), ==, 1);

  latch_bridge_log_read_more (fixture->log);
  wait_until_read (fixture);
  g_assert_cmpuint (count (fixture), >, 80);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/log"), ==, 2);

  g_assert_true (read_all (fixture, NULL));
  g_assert_cmpint (latch_bridge_log_get_state (fixture->log), ==, LATCH_LOG_STATE_COMPLETE);
  assert_whole (fixture, FALSE);
}

static void
test_large_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchInfoSnapshot) info = latch_info_snapshot_new ();

  info->bridge_type = LATCH_BRIDGE_TYPE_HARDWARE;
  info->firmware_version = g_strdup ("2.14.0");
  latch_bridge_apply_info (fixture->bridge, info);
  latch_bridge_log_refresh (fixture->log);
  wait_until_read (fixture);

  g_assert_cmpuint (count (fixture), ==, 100);
}

static void
test_refresh (Fixture *fixture, gconstpointer data)
{
  g_assert_true (read_all (fixture, NULL));
  latch_test_simulator_post (fixture->simulator, "log?entries=230");
  latch_bridge_log_refresh (fixture->log);
  wait_until_read (fixture);

  g_assert_cmpint (latch_bridge_log_get_state (fixture->log), ==, LATCH_LOG_STATE_COMPLETE);
  assert_whole (fixture, FALSE);
}

static void
test_spoilt (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "log-repeat", "log-reorder", "log-cut", "log-skip" };

  latch_bridge_log_refresh (fixture->log);
  wait_until_read (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      latch_test_simulator_add_fault (fixture->simulator, kinds[i], "/log", 1);
      latch_bridge_log_read_more (fixture->log);
      wait_until_read (fixture);
    }
  g_assert_true (read_all (fixture, NULL));

  assert_whole (fixture, TRUE);
}

static void
test_always_cut (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "log-cut", "/log", 0);
  g_assert_true (read_all (fixture, NULL));
  latch_test_simulator_clear_faults (fixture->simulator);

  assert_whole (fixture, FALSE);
}

static void
test_always_repeated (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->simulator, "log-repeat", "/log", 0);
  g_assert_true (read_all (fixture, NULL));
  latch_test_simulator_clear_faults (fixture->simulator);

  assert_whole (fixture, FALSE);
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  latch_bridge_log_refresh (fixture->log);
  wait_until_read (fixture);
  latch_test_simulator_add_fault (fixture->simulator, "status-401", "/log", 1);
  g_assert_false (read_all (fixture, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (count (fixture), ==, 50);
  g_assert_cmpint (latch_bridge_log_get_state (fixture->log), ==, LATCH_LOG_STATE_FAILED);
  g_assert_error (latch_bridge_log_get_error (fixture->log), LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED);
  g_assert_cmpint (latch_bridge_get_connection (fixture->bridge), ==, LATCH_CONNECTION_UNAUTHORIZED);

  latch_bridge_log_read_more (fixture->log);
  wait_until_read (fixture);
  g_assert_cmpint (latch_bridge_log_get_state (fixture->log), ==, LATCH_LOG_STATE_IDLE);
  g_assert_null (latch_bridge_log_get_error (fixture->log));
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_bridge_log_read_all_async (fixture->log, cancellable, latch_test_take_result_cb, &result);
  latch_test_wait_until (count (fixture) > 60);
  g_cancellable_cancel (cancellable);
  latch_test_wait_for (result);
  g_assert_false (latch_bridge_log_read_all_finish (fixture->log, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_assert_cmpint (latch_bridge_log_get_state (fixture->log), ==, LATCH_LOG_STATE_IDLE);
  g_assert_true (read_all (fixture, NULL));
  assert_whole (fixture, FALSE);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  latch_bridge_log_refresh (fixture->log);
  latch_bridge_log_stop (fixture->log);
  g_assert_cmpint (latch_bridge_log_get_state (fixture->log), ==, LATCH_LOG_STATE_IDLE);
  latch_bridge_log_refresh (fixture->log);
  wait_until_read (fixture);

  g_assert_cmpuint (count (fixture), ==, 50);
}

static void
test_clear (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  latch_bridge_log_refresh (fixture->log);
  wait_until_read (fixture);
  latch_test_simulator_post (fixture->simulator, "log?silent=1");
  g_assert_true (clear (fixture, &error));
  g_assert_no_error (error);
  wait_until_read (fixture);

  g_assert_cmpuint (count (fixture), ==, 0);
  g_assert_cmpint (latch_bridge_log_get_state (fixture->log), ==, LATCH_LOG_STATE_COMPLETE);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/clearlog"), ==, 1);
}

static void
test_clear_unknown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (read_all (fixture, NULL));
  latch_test_simulator_post (fixture->simulator, "log?silent=1");
  latch_test_simulator_add_fault (fixture->simulator, "lost-response", "/clearlog", 1);
  g_assert_false (clear (fixture, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN);
  wait_until_read (fixture);

  /* It was cleared: the log itself tells */
  g_assert_cmpuint (count (fixture), ==, 0);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/clearlog"), ==, 1);
}

static void
test_clear_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (read_all (fixture, NULL));
  latch_test_simulator_add_fault (fixture->simulator, "status-401", "/clearlog", 1);
  g_assert_false (clear (fixture, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED);
  wait_until_read (fixture);

  assert_whole (fixture, FALSE);
}

static void
test_clear_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchClient) client = lock_client_new (fixture->simulator);
  g_autoptr (GAsyncResult) result = NULL;

  latch_bridge_log_refresh (fixture->log);
  wait_until_read (fixture);
  latch_client_clear_log_async (client, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_true (read_all (fixture, NULL));

  assert_whole (fixture, FALSE);
}

static void
test_software (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchInfoSnapshot) info = latch_info_snapshot_new ();

  info->bridge_type = LATCH_BRIDGE_TYPE_SOFTWARE;
  latch_bridge_apply_info (fixture->bridge, info);
  latch_bridge_log_refresh (fixture->log);

  g_assert_error (latch_bridge_log_get_error (fixture->log), LATCH_ERROR, LATCH_ERROR_NOT_SUPPORTED);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, "/log"), ==, 0);
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) csv = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  const char *text;
  gsize size;

  g_assert_true (read_all (fixture, NULL));

  json = latch_log_export_json (G_LIST_MODEL (fixture->log));
  text = g_bytes_get_data (json, &size);
  g_assert_true (json_parser_load_from_data (parser, text, size, NULL));
  g_assert_cmpuint (json_array_get_length (json_node_get_array (json_parser_get_root (parser))), ==, count (fixture));
  g_assert_nonnull (g_strstr_len (text, size, "http://192.168.1.20:8451/•••"));
  g_assert_null (g_strstr_len (text, size, "8b7df143d91c716ecfa5fc1730022f6b"));

  csv = latch_log_export_csv (G_LIST_MODEL (fixture->log));
  text = g_bytes_get_data (csv, &size);
  g_assert_true (g_str_has_prefix (text, "timestamp,type,nukiId,"));
  g_assert_nonnull (g_strstr_len (text, size, ",wifi_rssi,,"));
  g_assert_nonnull (g_strstr_len (text, size, ",-61,\"[1,6,11]\",false"));
  g_assert_null (g_strstr_len (text, size, "8b7df143d91c716ecfa5fc1730022f6b"));
}

static void
test_export_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) json = latch_log_export_json (G_LIST_MODEL (fixture->log));
  g_autoptr (GBytes) csv = latch_log_export_csv (G_LIST_MODEL (fixture->log));

  g_assert_cmpmem (g_bytes_get_data (json, NULL), g_bytes_get_size (json), "[]\n", 3);
  g_assert_cmpmem (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv), "timestamp,type,nukiId\r\n", 23);
}

#define add(path, function) g_test_add ("/bridge-log/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("is-read-in-pages", test_pages);
  add ("newer-bridges-are-asked-for-more-at-once", test_large_pages);
  add ("refresh-adds-what-is-new", test_refresh);
  add ("spoilt-pages-lose-and-double-nothing", test_spoilt);
  add ("always-cut-is-read-whole", test_always_cut);
  add ("always-repeated-is-read-whole", test_always_repeated);
  add ("failure-keeps-what-was-read", test_failure);
  add ("reading-all-can-be-cancelled", test_cancel);
  add ("reading-can-be-stopped", test_stop);
  add ("clear-is-sent-once", test_clear);
  add ("unknown-clear-is-looked-up", test_clear_unknown);
  add ("refused-clear-keeps-it", test_clear_refused);
  add ("somebody-else-cleared-it", test_clear_elsewhere);
  add ("software-bridges-are-not-asked", test_software);
  add ("export-has-all-but-secrets", test_export);
  add ("empty-export", test_export_empty);

  return g_test_run ();
}

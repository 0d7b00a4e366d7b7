/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "activity-fixture.h"
#include "latch-activity-export.h"
#include "latch-bridge.h"
#include "latch-test-loop.h"

#include <json-glib/json-glib.h>

/* More than are read at a time */
#define MANY 2345

/* Bridge "one" has lock 7, which is called otherwise here; of "two", only the record is left */
static GListModel *
make_bridges (void)
{
  GListStore *bridges = g_list_store_new (LATCH_TYPE_BRIDGE);
  g_autoptr (LatchClient) client = latch_client_new ("192.0.2.1", 8080);
  g_autoptr (LatchBridge) other = latch_bridge_new ("other", "Office", client);
  g_autoptr (LatchBridge) bridge = latch_bridge_new ("one", "Home, sweet home", client);
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);
  LatchDeviceSnapshot *device = latch_device_snapshot_new (7);

  device->device_type = 4;
  device->name = g_strdup ("Front Door");
  g_ptr_array_add (devices, device);
  latch_bridge_apply_list (bridge, devices, NOON);
  latch_bridge_choose_name (bridge, 7, 4, "Grandma");
  g_list_store_append (bridges, other);
  g_list_store_append (bridges, bridge);

  return G_LIST_MODEL (bridges);
}

static LatchStore *
make_store (StoreFixture *fixture)
{
  LatchStore *store = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) bridge = make_bridge_record ("one", "Home, sweet home");
  g_autoptr (LatchBridgeRecord) gone = make_bridge_record ("two", "Shed");
  LatchEvent *ring = latch_event_new (LATCH_EVENT_RING, "two", 8, 2);

  store_save (store, bridge);
  store_save (store, gone);
  activity_record_state (store, NOON, 1, 3, CTL);
  ring->at = NOON + 60;
  ring->to = NOON + 59;
  activity_record (store, ring);

  return store;
}

static char *
try_export (LatchStore *store, const LatchEventQuery *query, gboolean csv, GCancellable *cancellable, GError **error)
{
  g_autoptr (GListModel) bridges = make_bridges ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) document = NULL;

  latch_activity_export_async (store, query, bridges, csv, cancellable, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  document = latch_activity_export_finish (store, result, error);

  return document != NULL ? g_strndup (g_bytes_get_data (document, NULL), g_bytes_get_size (document)) : NULL;
}

static char *
export (LatchStore *store, const LatchEventQuery *query, gboolean csv)
{
  g_autoptr (GError) error = NULL;
  char *text = try_export (store, query, csv, NULL, &error);

  g_assert_no_error (error);

  return text;
}

static void
test_csv (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autofree char *text = export (store, &(LatchEventQuery) { .limit = 1 }, TRUE);

  g_assert_cmpstr (text, ==,
                   "time,bridge,bridgeId,lock,nukiIdHex,kind,from,to,cause\r\n"
                   "2023-11-14T22:14:20Z,,two,,00000008,ring,,2023-11-14T22:14:19Z,seen\r\n"
                   "2023-11-14T22:13:20Z,\"Home, sweet home\",one,Grandma,00000007,state,locked,unlocked,command-line\r\n");
}

static JsonArray *
parse (JsonParser *parser, const char *text)
{
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);

  return json_node_get_array (json_parser_get_root (parser));
}

static void
test_json (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autofree char *text = export (store, &(LatchEventQuery) { 0, }, FALSE);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *events = parse (parser, text);
  JsonObject *event = NULL;

  g_assert_cmpuint (json_array_get_length (events), ==, 2);
  event = json_array_get_object_element (events, 0);
  g_assert_cmpstr (json_object_get_string_member (event, "bridgeId"), ==, "two");
  g_assert_true (json_object_get_null_member (event, "name"));
  g_assert_true (json_object_get_null_member (event, "localName"));
  event = json_array_get_object_element (events, 1);
  g_assert_cmpstr (json_object_get_string_member (event, "name"), ==, "Front Door");
  g_assert_cmpstr (json_object_get_string_member (event, "localName"), ==, "Grandma");
  g_assert_cmpstr (json_object_get_string_member (event, "to"), ==, "unlocked");
}

static void
test_nothing (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autofree char *table = export (store, &(LatchEventQuery) { .bridge_id = "nobody" }, TRUE);
  g_autofree char *text = export (store, &(LatchEventQuery) { .bridge_id = "nobody" }, FALSE);
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_cmpstr (table, ==, "time,bridge,bridgeId,lock,nukiIdHex,kind,from,to,cause\r\n");
  g_assert_cmpuint (json_array_get_length (parse (parser, text)), ==, 0);
}

/* What is asked for is as much as there is, each once, and a place within it does not count */
static void
test_many (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autofree char *sql = g_strdup_printf (
      "WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < %d) "
      "INSERT INTO events SELECT n + 10, 1, 7, 4, %d + n / 3, 1, 3 - n %% 2 * 2, 1 + n %% 2 * 2, 0 FROM i",
      MANY, NOON + 100);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  const char *last = NULL;
  JsonArray *events = NULL;

  execute_in_database (fixture->path, sql);
  text = export (store, &(LatchEventQuery) { .bridge_id = "one", .before_at = NOON, .before_id = 3 }, FALSE);
  events = parse (parser, text);
  g_assert_cmpuint (json_array_get_length (events), ==, MANY + 1);

  for (guint i = 0; i < json_array_get_length (events); i++)
    {
      JsonObject *event = json_array_get_object_element (events, i);
      const char *time = json_object_get_string_member (event, "time");

      g_assert_true (last == NULL || strcmp (time, last) <= 0);
      last = time;
      /* They alternate, so that none is missing and none is there twice */
      if (i < MANY)
        g_assert_cmpstr (json_object_get_string_member (event, "to"), ==, (MANY - i) % 2 ? "unlocked" : "locked");
    }
}

/* As a newer version may have recorded it */
static void
test_unknown_kind (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autofree char *text = NULL;

  execute_in_database (fixture->path, "UPDATE events SET kind = 29, from_value = 1, to_value = 2 WHERE kind = 1");
  text = export (store, &(LatchEventQuery) { .bridge_id = "one" }, TRUE);
  g_assert_nonnull (strstr (text, ",one,Grandma,00000007,unknown,,,command-line\r\n"));
}

static void
test_failures (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchStore) store = make_store (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (try_export (store, &(LatchEventQuery) { 0, }, TRUE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  execute_in_database (fixture->path, "DROP TABLE events");
  g_assert_null (try_export (store, &(LatchEventQuery) { 0, }, FALSE, NULL, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_store_test ("/activity-export/csv", NULL, test_csv);
  add_store_test ("/activity-export/json", NULL, test_json);
  add_store_test ("/activity-export/nothing-is-a-document-too", NULL, test_nothing);
  add_store_test ("/activity-export/all-there-is-each-once", NULL, test_many);
  add_store_test ("/activity-export/what-is-unknown-is-not-invented", NULL, test_unknown_kind);
  add_store_test ("/activity-export/half-a-document-is-none", NULL, test_failures);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "activity-fixture.h"
#include "latch-store-choices.h"
#include "latch-test-loop.h"

/*
 * A disk that fails does so anywhere. Here it is a part of the database that is gone in the middle of the work: whatever
 * needs it fails with a reason, changes nothing, and works again once that is put right.
 */

typedef gboolean (*Work) (LatchStore *store, GError **error);

static gboolean
finish (LatchStore *store, GAsyncResult **result, GError **error)
{
  g_autoptr (GAsyncResult) taken = NULL;

  latch_test_wait_for (*result);
  taken = g_steal_pointer (result);

  return latch_store_write_finish (store, taken, error);
}

static gboolean
load (LatchStore *store, GError **error)
{
  g_autoptr (GPtrArray) bridges = store_try_load (store, error);

  return bridges != NULL;
}

static gboolean
load_installation (LatchStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = NULL;

  latch_store_load_installation_id_async (store, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  id = latch_store_load_installation_id_finish (store, result, error);

  return id != NULL;
}

static gboolean
save_bridge (LatchStore *store, GError **error)
{
  g_autoptr (LatchBridgeRecord) bridge = make_bridge_record ("new", "New");

  return store_try_save_bridge (store, bridge, error);
}

static gboolean
save_devices (LatchStore *store, GError **error)
{
  g_autoptr (LatchBridgeRecord) bridge = make_full_bridge_record ();
  g_autoptr (LatchBridgeRecord) ours = make_bridge_record ("one", "Home");

  g_set_str (&bridge->id, ours->id);

  return store_try_save_devices (store, bridge, error);
}

static gboolean
remove_bridge (LatchStore *store, GError **error)
{
  GAsyncResult *result = NULL;

  latch_store_remove_bridge_async (store, "one", NULL, latch_test_take_result_cb, &result);

  return finish (store, &result, error);
}

static LatchLockChoice *
make_choice (void)
{
  LatchLockChoice *choice = latch_lock_choice_new (7, 4);

  choice->name = g_strdup ("Grandma");
  choice->hidden = TRUE;

  return choice;
}

static gboolean
save_name (LatchStore *store, GError **error)
{
  g_autoptr (LatchLockChoice) choice = make_choice ();
  GAsyncResult *result = NULL;

  latch_store_save_name_async (store, "one", choice, NULL, latch_test_take_result_cb, &result);

  return finish (store, &result, error);
}

static gboolean
save_hidden (LatchStore *store, GError **error)
{
  g_autoptr (LatchLockChoice) choice = make_choice ();
  GAsyncResult *result = NULL;

  latch_store_save_hidden_async (store, "one", choice, NULL, latch_test_take_result_cb, &result);

  return finish (store, &result, error);
}

/* Of each kind that is looked up in its own way */
static gboolean
record (LatchStore *store, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_event_free);

  g_ptr_array_add (events, activity_event (LATCH_EVENT_STATE, NOON + 1, 1, 3, HERE));

  return activity_try_record (store, events, error);
}

static gboolean
record_ring (LatchStore *store, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_event_free);

  g_ptr_array_add (events, activity_event (LATCH_EVENT_RING, NOON + 1, -1, NOON, SEEN));

  return activity_try_record (store, events, error);
}

static gboolean
record_gap (LatchStore *store, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_event_free);

  g_ptr_array_add (events, activity_event (LATCH_EVENT_GAP, NOON + 10, NOON + 1, NOON + 10, LATCH_EVENT_CAUSE_NOT_RUNNING));

  return activity_try_record (store, events, error);
}

static gboolean
load_events (LatchStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) events = NULL;

  latch_store_load_events_async (store, &(LatchEventQuery) { .limit = 10 }, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  events = latch_store_load_events_finish (store, result, error);

  return events != NULL;
}

static gboolean
load_day (LatchStore *store, GError **error)
{
  const LatchDayQuery query = {
    .bridge_id = "one", .nuki_id = 7, .device_type = 4, .since = NOON - 1000, .until = NOON + 1000,
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) events = NULL;

  latch_store_load_day_async (store, &query, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  events = latch_store_load_day_finish (store, result, error);

  return events != NULL;
}

static gboolean
prune (LatchStore *store, GError **error)
{
  GAsyncResult *result = NULL;

  latch_store_prune_events_async (store, 100000, NULL, latch_test_take_result_cb, &result);

  return finish (store, &result, error);
}

static gboolean
clear (LatchStore *store, GError **error)
{
  GAsyncResult *result = NULL;

  latch_store_clear_events_async (store, "one", NULL, latch_test_take_result_cb, &result);

  return finish (store, &result, error);
}

static gboolean
clear_lock (LatchStore *store, GError **error)
{
  GAsyncResult *result = NULL;

  latch_store_clear_lock_events_async (store, "one", 7, 4, NULL, latch_test_take_result_cb, &result);

  return finish (store, &result, error);
}

static const struct
{
  const char *name;
  Work work;
  const char *needs; /* tables */
} works[] = {
  { "load", load, "bridges devices choices" },
  { "load-installation", load_installation, "installation" },
  { "save-bridge", save_bridge, "bridges" },
  { "save-devices", save_devices, "devices" },
  { "save-name", save_name, "choices" },
  { "save-hidden", save_hidden, "choices" },
  { "record", record, "events" },
  { "record-ring", record_ring, "events" },
  { "record-gap", record_gap, "events" },
  { "load-events", load_events, "events" },
  { "load-day", load_day, "events" },
  { "prune", prune, "events" },
  { "clear", clear, "events" },
  { "clear-lock", clear_lock, "events" },
  { "remove-bridge", remove_bridge, "bridges" },
};

static char *
dump (StoreFixture *fixture)
{
  return query_database (fixture->path, "SELECT group_concat (id || name) || (SELECT count (*) FROM events) || "
                                        "(SELECT count (*) FROM devices) || (SELECT count (*) FROM choices) FROM bridges");
}

/* Each table is put away, and each thing done that needs it */
static void
test_gone (StoreFixture *fixture, gconstpointer data)
{
  const char *table = data;
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) bridge = make_bridge_record ("one", "Home");
  g_autofree char *away = g_strdup_printf ("PRAGMA legacy_alter_table = ON; ALTER TABLE %s RENAME TO away", table);
  g_autofree char *back = g_strdup_printf ("PRAGMA legacy_alter_table = ON; ALTER TABLE away RENAME TO %s", table);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  store_save (store, bridge);
  activity_record_state (store, NOON, 3, 1, SEEN);
  before = dump (fixture);

  execute_in_database (fixture->path, away);
  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    {
      g_autoptr (GError) error = NULL;

      if (strstr (works[i].needs, table) == NULL)
        continue;

      g_test_message ("%s without %s", works[i].name, table);
      g_assert_false (works[i].work (store, &error));
      g_assert_nonnull (error);
      g_assert_cmpstr (error->message, !=, "");
    }
  execute_in_database (fixture->path, back);
  after = dump (fixture);
  g_assert_cmpstr (after, ==, before);

  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s with everything", works[i].name);
      g_assert_true (works[i].work (store, &error));
      g_assert_no_error (error);
    }
}

/* Anything may be in a row that somebody else has written; what cannot be stored is refused, and nothing else with it */
static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  static const char *const tables[] = { "bridges", "devices", "choices", "events" };
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) bridge = make_bridge_record ("one", "Home");
  g_autofree char *before = NULL;

  store_save (store, bridge);
  activity_record_state (store, NOON, 3, 1, SEEN);
  before = dump (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      static const char *const changes[] = { "INSERT", "UPDATE", "DELETE" };

      for (guint j = 0; j < G_N_ELEMENTS (changes); j++)
        {
          g_autofree char *sql = g_strdup_printf ("CREATE TRIGGER no%u%u BEFORE %s ON %s BEGIN SELECT raise (ABORT, 'no'); END",
                                                  i, j, changes[j], tables[i]);

          execute_in_database (fixture->path, sql);
        }
    }

  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    {
      gboolean reads = g_str_has_prefix (works[i].name, "load");
      gboolean finds_nothing = g_str_equal (works[i].name, "prune");
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_test_message ("%s of what cannot be changed", works[i].name);
      g_assert_cmpint (works[i].work (store, &error), ==, reads || finds_nothing);
      g_assert_cmpint (error == NULL, ==, reads || finds_nothing);
      after = dump (fixture);
      g_assert_cmpstr (after, ==, before);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_store_test ("/store/without/bridges", "bridges", test_gone);
  add_store_test ("/store/without/devices", "devices", test_gone);
  add_store_test ("/store/without/choices", "choices", test_gone);
  add_store_test ("/store/without/events", "events", test_gone);
  add_store_test ("/store/without/installation", "installation", test_gone);
  add_store_test ("/store/what-is-refused-changes-nothing", NULL, test_refused);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "activity-fixture.h"
#include "latch-store-activity-queries.h"

/* How SQLite goes about it, in its own words: no query looks through all events, or sorts them, however many there are */

static int
take_sql_cb (unsigned int event, void *user_data, void *statement, void *unexpanded)
{
  GPtrArray *texts = user_data;
  char *sql = sqlite3_expanded_sql (statement);

  if (g_str_has_prefix (sql, "SELECT") || g_str_has_prefix (sql, "DELETE"))
    g_ptr_array_add (texts, g_strdup (sql));
  sqlite3_free (sql);

  return 0;
}

/* @index: the one that has no other events than those that are asked for; NULL if any will do */
static void
assert_plan (sqlite3 *db, const char *sql, gboolean may_begin_at_newest, const char *index)
{
  g_autofree char *question = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *statement = NULL;
  guint n_searches = 0;
  gboolean has_index = index == NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, question, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *step = (const char *) sqlite3_column_text (statement, 3);
      gboolean walks = strstr (step, "SCAN events") != NULL;

      g_test_message ("%s", step);
      g_assert_null (strstr (step, "TEMP B-TREE"));
      /* In the order of the index, so that the limit ends it */
      g_assert_true (!walks || (may_begin_at_newest && strstr (step, "_by_time") != NULL));
      has_index |= index != NULL && strstr (step, index) != NULL;
      n_searches += walks || strstr (step, "SEARCH events USING") != NULL;
    }
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
  g_assert_cmpuint (n_searches, >, 0);
  g_assert_true (has_index);
}

/* What one of our functions asks the database, when it is called */
#define assert_plans(db, may_begin_at_newest, index, call)                                                             \
  G_STMT_START                                                                                                        \
    {                                                                                                                 \
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);                                          \
      sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, take_sql_cb, texts);                                                   \
      g_assert_true (call);                                                                                           \
      sqlite3_trace_v2 (db, 0, NULL, NULL);                                                                           \
      g_assert_cmpuint (texts->len, >, 0);                                                                            \
      for (guint n = 0; n < texts->len; n++)                                                                          \
        assert_plan (db, texts->pdata[n], may_begin_at_newest, index);                                                \
    }                                                                                                                 \
  G_STMT_END

static sqlite3 *
make_database (StoreFixture *fixture)
{
  g_autoptr (LatchStore) store = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) bridge = make_bridge_record ("one", "Home");

  store_save (store, bridge);
  activity_record_state (store, NOON, 1, 3, SEEN);

  return open_database (fixture->path);
}

static gboolean
load (sqlite3 *db, const LatchEventQuery *query)
{
  g_autoptr (GPtrArray) events = latch_store_queries_load_events (db, query, NULL);

  return events != NULL;
}

static void
test_pages (StoreFixture *fixture, gconstpointer data)
{
  const char *const indexes[3][3] = {
    { "events_by_time", "events_by_bridge", "events_by_lock" },
    { "unlocks_by_time", "events_by_bridge", "unlocks_by_lock" },
    { "issues_by_time", "events_by_bridge", "issues_by_lock" },
  };
  g_autoptr (sqlite3) db = make_database (fixture);

  for (guint i = 0; i < 2 * 3 * 3; i++)
    {
      LatchEventQuery query = { .limit = 100, .nuki_id = 7, .device_type = 4 };

      query.bridge_id = i % 3 > 0 ? "one" : NULL;
      query.of_lock = i % 3 > 1;
      query.filter = i / 3 % 3;
      query.before_id = i / 9;
      query.before_at = NOON;
      assert_plans (db, query.before_id == 0, indexes[query.filter][i % 3], load (db, &query));
    }
}

static gboolean
load_day (sqlite3 *db)
{
  const LatchDayQuery query = { .bridge_id = "one", .nuki_id = 7, .device_type = 4, .since = NOON, .until = NOON + 86400 };
  g_autoptr (GPtrArray) events = latch_store_queries_load_day (db, &query, NULL);

  return events != NULL;
}

static void
test_days (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (sqlite3) db = make_database (fixture);

  assert_plans (db, FALSE, "events_by_kind_and_time", load_day (db));
}

static gboolean
record (sqlite3 *db, gint64 at, LatchEventCause cause)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_event_free);

  g_ptr_array_add (events, activity_event (LATCH_EVENT_STATE, at, 3, 1, cause));

  return latch_store_queries_record_events (db, events, NULL);
}

/* Those that ask for bridges only are none of our business here; and two minutes' events may well be sorted */
static void
test_writes (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (sqlite3) db = make_database (fixture);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint n_checked = 0;

  sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, take_sql_cb, texts);
  g_assert_true (record (db, NOON - 30, CTL));
  g_assert_true (latch_store_queries_prune_events (db, NOON - 90, NULL));
  g_assert_true (latch_store_queries_clear_lock_events (db, "one", 7, 4, NULL));
  sqlite3_trace_v2 (db, 0, NULL, NULL);

  for (guint i = 0; i < texts->len; i++)
    if ((strstr (texts->pdata[i], "WHERE bridge") != NULL || strstr (texts->pdata[i], "WHERE at") != NULL) &&
        strstr (texts->pdata[i], "BETWEEN") == NULL)
      {
        assert_plan (db, texts->pdata[i], FALSE, NULL);
        n_checked++;
      }
  g_assert_cmpuint (n_checked, >=, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add_store_test ("/activity-plans/pages", NULL, test_pages);
  add_store_test ("/activity-plans/days", NULL, test_days);
  add_store_test ("/activity-plans/writes", NULL, test_writes);

  return g_test_run ();
}

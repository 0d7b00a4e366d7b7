/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-store-activity-queries.h"

/* What is read of activity: each query names its index, so that none ever looks through all that there is */

#define COLUMNS                                                                                                       \
  "id, at, (SELECT id FROM bridges WHERE number = bridge), nuki_id, device_type, kind, from_value, to_value, cause"
#define OF_LOCK                                                                                                       \
  "bridge = (SELECT number FROM bridges WHERE id = :bridge) AND nuki_id = :nuki_id AND device_type = :device_type"

static const struct
{
  const char *condition;
  const char *of_all;
  const char *of_bridge;
  const char *of_lock;
} filters[] = {
  [LATCH_EVENT_FILTER_ALL] = { NULL, "events_by_time", "events_by_bridge", "events_by_lock" },
  [LATCH_EVENT_FILTER_UNLOCKS] = { LATCH_DATABASE_UNLOCKS, "unlocks_by_time", "events_by_bridge", "unlocks_by_lock" },
  [LATCH_EVENT_FILTER_ISSUES] = { LATCH_DATABASE_ISSUES, "issues_by_time", "events_by_bridge", "issues_by_lock" },
};

/* What makes a day: what the lock was, and when nobody saw it */
static const LatchEventKind day_kinds[] = { LATCH_EVENT_STATE, LATCH_EVENT_MODE, LATCH_EVENT_GAP };

static gint64
column_value (sqlite3_stmt *statement, int column)
{
  return sqlite3_column_type (statement, column) != SQLITE_NULL ? sqlite3_column_int64 (statement, column)
                                                               : LATCH_EVENT_VALUE_UNKNOWN;
}

static LatchEvent *
read_event (sqlite3_stmt *statement)
{
  LatchEvent *event = latch_event_new ((LatchEventKind) sqlite3_column_int (statement, 5),
                                       (const char *) sqlite3_column_text (statement, 2),
                                       (guint64) sqlite3_column_int64 (statement, 3),
                                       sqlite3_column_int (statement, 4));

  event->id = sqlite3_column_int64 (statement, 0);
  event->at = sqlite3_column_int64 (statement, 1);
  event->from = column_value (statement, 6);
  event->to = column_value (statement, 7);
  event->cause = (LatchEventCause) sqlite3_column_int (statement, 8);

  return event;
}

static gboolean
read_events (sqlite3_stmt *statement, GPtrArray *events, GError **error)
{
  gboolean has_row;

  while (latch_database_step (statement, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      g_ptr_array_add (events, read_event (statement));
    }

  return FALSE;
}

/* Those that are not in the text have the place 0, which binds nothing */
static void
bind_lock (sqlite3_stmt *statement, const char *bridge_id, guint64 nuki_id, int device_type)
{
  sqlite3_bind_text (statement, sqlite3_bind_parameter_index (statement, ":bridge"), bridge_id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, sqlite3_bind_parameter_index (statement, ":nuki_id"), (sqlite3_int64) nuki_id);
  sqlite3_bind_int (statement, sqlite3_bind_parameter_index (statement, ":device_type"), device_type);
}

static void
bind_int64 (sqlite3_stmt *statement, const char *name, gint64 value)
{
  sqlite3_bind_int64 (statement, sqlite3_bind_parameter_index (statement, name), value);
}

/* What a query does not ask for is not in its text, so that each kind of page can use its index */
static sqlite3_stmt *
prepare_page (sqlite3 *db, const LatchEventQuery *query, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT " COLUMNS " FROM events INDEXED BY ");
  sqlite3_stmt *statement = NULL;

  if (query->of_lock)
    g_string_append_printf (sql, "%s WHERE " OF_LOCK, filters[query->filter].of_lock);
  else if (query->bridge_id != NULL)
    g_string_append_printf (sql, "%s WHERE bridge = (SELECT number FROM bridges WHERE id = :bridge)",
                            filters[query->filter].of_bridge);
  else
    g_string_append_printf (sql, "%s WHERE TRUE", filters[query->filter].of_all);
  if (filters[query->filter].condition != NULL)
    g_string_append_printf (sql, " AND %s", filters[query->filter].condition);
  if (query->before_id != 0)
    g_string_append (sql, " AND (at, id) < (:before_at, :before_id)");
  if (query->kinds != 0)
    g_string_append (sql, " AND :kinds >> kind & 1");
  g_string_append (sql, " ORDER BY at DESC, id DESC LIMIT :limit");

  statement = latch_database_prepare (db, sql->str, error);
  if (statement == NULL)
    return NULL;

  bind_lock (statement, query->bridge_id, query->nuki_id, query->device_type);
  bind_int64 (statement, ":before_at", query->before_at);
  bind_int64 (statement, ":before_id", query->before_id);
  bind_int64 (statement, ":kinds", query->kinds);
  bind_int64 (statement, ":limit", query->limit);

  return statement;
}

/**
 * latch_store_queries_load_events:
 * @error: set to a %G_IO_ERROR
 *
 * Returns: (transfer full) (element-type LatchEvent) (nullable): a page of events, newest first
 */
GPtrArray *
latch_store_queries_load_events (sqlite3 *db, const LatchEventQuery *query, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_event_free);
  g_autoptr (sqlite3_stmt) statement = prepare_page (db, query, error);

  return statement != NULL && read_events (statement, events, error) ? g_steal_pointer (&events) : NULL;
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const LatchEvent *first = *(LatchEvent *const *) a, *second = *(LatchEvent *const *) b;

  if (first->at != second->at)
    return first->at < second->at ? -1 : 1;

  return (first->id > second->id) - (first->id < second->id);
}

/**
 * latch_store_queries_load_day:
 * @error: set to a %G_IO_ERROR
 *
 * Returns: (transfer full) (element-type LatchEvent) (nullable): of each kind that makes a day, the events of that day,
 *   the last one before and the first one after; oldest first
 */
GPtrArray *
latch_store_queries_load_day (sqlite3 *db, const LatchDayQuery *query, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_event_free);
  g_autoptr (sqlite3_stmt) statement = NULL;

#define OF_KIND "SELECT " COLUMNS " FROM events INDEXED BY events_by_kind_and_time WHERE " OF_LOCK " AND kind = :kind AND "
  statement = latch_database_prepare (db,
                                      "SELECT * FROM (" OF_KIND "at < :since ORDER BY at DESC, id DESC LIMIT 1) "
                                      "UNION ALL " OF_KIND "at >= :since AND at < :until "
                                      "UNION ALL SELECT * FROM (" OF_KIND "at >= :until ORDER BY at, id LIMIT 1)",
                                      error);
#undef OF_KIND
  if (statement == NULL)
    return NULL;

  bind_lock (statement, query->bridge_id, query->nuki_id, query->device_type);
  bind_int64 (statement, ":since", query->since);
  bind_int64 (statement, ":until", query->until);
  for (guint i = 0; i < G_N_ELEMENTS (day_kinds); i++)
    {
      sqlite3_reset (statement);
      bind_int64 (statement, ":kind", day_kinds[i]);
      if (!read_events (statement, events, error))
        return NULL;
    }
  g_ptr_array_sort (events, compare_events);

  return g_steal_pointer (&events);
}

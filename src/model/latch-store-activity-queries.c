/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-store-activity-queries.h"

#include <glib/gi18n-lib.h>

/* Seconds that may lie between two reports of one and the same change, by those who made it and those who saw it */
#define SAME_CHANGE 60

/* How many events are deleted in one go: others want to write, too */
#define DELETE_STEP 10000

/* The last event that was recorded of a lock's kind */
typedef struct
{
  gint64 id; /* 0 if there is none */
  gint64 at;
  gint64 from;
  gint64 to;
  LatchEventCause cause;
} Latest;

/* All statements on one lock's events of a kind begin with these four */
static void
bind_subject (sqlite3_stmt *statement, gint64 bridge, const LatchEvent *event)
{
  sqlite3_bind_int64 (statement, 1, bridge);
  sqlite3_bind_int64 (statement, 2, (sqlite3_int64) event->nuki_id);
  sqlite3_bind_int (statement, 3, event->device_type);
  sqlite3_bind_int (statement, 4, event->kind);
}

static gint64
column_value (sqlite3_stmt *statement, int column)
{
  return sqlite3_column_type (statement, column) != SQLITE_NULL ? sqlite3_column_int64 (statement, column)
                                                               : LATCH_EVENT_VALUE_UNKNOWN;
}

static gboolean
find_bridge (sqlite3 *db, const char *id, gint64 *bridge, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = latch_database_prepare (db, "SELECT number FROM bridges WHERE id = ?", error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, id, -1, SQLITE_TRANSIENT);
  if (!latch_database_step (statement, &has_row, error))
    return FALSE;

  if (!has_row)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           _("This bridge is no longer among the saved ones. Add it again"));
      return FALSE;
    }

  *bridge = sqlite3_column_int64 (statement, 0);

  return TRUE;
}

static gboolean
find_latest (sqlite3 *db, gint64 bridge, const LatchEvent *event, Latest *latest, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean has_row;

  statement = latch_database_prepare (db,
                                      "SELECT id, at, from_value, to_value, cause FROM events INDEXED BY events_by_kind "
                                      "WHERE bridge = ? AND nuki_id = ? AND device_type = ? AND kind = ? "
                                      "ORDER BY id DESC LIMIT 1",
                                      error);
  if (statement == NULL)
    return FALSE;

  bind_subject (statement, bridge, event);
  if (!latch_database_step (statement, &has_row, error))
    return FALSE;

  *latest = (Latest) { 0, };
  if (has_row)
    {
      latest->id = sqlite3_column_int64 (statement, 0);
      latest->at = sqlite3_column_int64 (statement, 1);
      latest->from = column_value (statement, 2);
      latest->to = column_value (statement, 3);
      latest->cause = (LatchEventCause) sqlite3_column_int (statement, 4);
    }

  return TRUE;
}

/* Whether somebody has seen the change that @event tells of, and others after it. @id gets 0 if not */
static gboolean
find_seen (sqlite3 *db, gint64 bridge, const LatchEvent *event, gint64 *id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean has_row;

  statement = latch_database_prepare (db,
                                      "SELECT id FROM events INDEXED BY events_by_lock "
                                      "WHERE bridge = ? AND nuki_id = ? AND device_type = ? AND kind = ? "
                                      "AND to_value = ? AND at BETWEEN ? AND ? AND cause = ? "
                                      "ORDER BY id DESC LIMIT 1",
                                      error);
  if (statement == NULL)
    return FALSE;

  bind_subject (statement, bridge, event);
  sqlite3_bind_int64 (statement, 5, event->to);
  sqlite3_bind_int64 (statement, 6, event->at - SAME_CHANGE);
  sqlite3_bind_int64 (statement, 7, event->at + SAME_CHANGE);
  sqlite3_bind_int (statement, 8, LATCH_EVENT_CAUSE_SEEN);
  if (!latch_database_step (statement, &has_row, error))
    return FALSE;

  *id = has_row ? sqlite3_column_int64 (statement, 0) : 0;

  return TRUE;
}

static gboolean
set_number (sqlite3 *db, const char *sql, gint64 id, gint64 number, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = latch_database_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, number);
  sqlite3_bind_int64 (statement, 2, id);

  return latch_database_step (statement, NULL, error);
}

static gboolean
set_cause (sqlite3 *db, gint64 id, LatchEventCause cause, GError **error)
{
  return set_number (db, "UPDATE events SET cause = ? WHERE id = ?", id, cause, error);
}

static gboolean
insert (sqlite3 *db, gint64 bridge, const LatchEvent *event, gint64 from, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = latch_database_prepare (db,
                                      "INSERT INTO events (bridge, nuki_id, device_type, kind, at, from_value, "
                                      "to_value, cause) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                                      error);
  if (statement == NULL)
    return FALSE;

  bind_subject (statement, bridge, event);
  sqlite3_bind_int64 (statement, 5, event->at);
  if (from != LATCH_EVENT_VALUE_UNKNOWN)
    sqlite3_bind_int64 (statement, 6, from);
  sqlite3_bind_int64 (statement, 7, event->to);
  sqlite3_bind_int (statement, 8, event->cause);

  return latch_database_step (statement, NULL, error);
}

/* Two who were away since the same moment tell of the same gap, and the later one knows how long it was */
static gboolean
record_gap (sqlite3 *db, gint64 bridge, const LatchEvent *event, const Latest *latest, GError **error)
{
  if (latest->id == 0 || latest->from != event->from)
    return insert (db, bridge, event, event->from, error);

  return latest->to >= event->to ||
         set_number (db, "UPDATE events SET to_value = ? WHERE id = ?", latest->id, event->to, error);
}

static gboolean
record_change (sqlite3 *db, gint64 bridge, const LatchEvent *event, const Latest *latest, GError **error)
{
  gboolean knows_cause = event->cause != LATCH_EVENT_CAUSE_SEEN;
  gboolean confirms = event->from == event->to;
  gint64 seen = 0;

  /* Somebody else was first. Who made the change knows better than who saw it */
  if (latest->id != 0 && latest->to == event->to)
    return !knows_cause || latest->cause != LATCH_EVENT_CAUSE_SEEN || ABS (latest->at - event->at) > SAME_CHANGE ||
           set_cause (db, latest->id, event->cause, error);

  /* What was confirmed before something changed is no news */
  if (confirms && (latest->id == 0 || event->at < latest->at))
    return TRUE;

  /* Whoever made the change comes late, after others that somebody has seen */
  if (knows_cause && event->at < latest->at && !find_seen (db, bridge, event, &seen, error))
    return FALSE;
  if (seen != 0)
    return set_cause (db, seen, event->cause, error);

  return insert (db, bridge, event, latest->id != 0 ? latest->to : event->from, error);
}

static gboolean
record (sqlite3 *db, gint64 bridge, const LatchEvent *event, GError **error)
{
  Latest latest;

  if (!find_latest (db, bridge, event, &latest, error))
    return FALSE;

  if (event->kind == LATCH_EVENT_GAP)
    return record_gap (db, bridge, event, &latest, error);
  if (event->kind == LATCH_EVENT_RING)
    return (latest.id != 0 && latest.to == event->to) || insert (db, bridge, event, event->from, error);

  return record_change (db, bridge, event, &latest, error);
}

/**
 * latch_store_queries_record_events:
 * @events: (element-type LatchEvent): what happened, oldest first
 * @error: set to a %G_IO_ERROR, %G_IO_ERROR_NOT_FOUND if a bridge is not known
 *
 * Adds what is not known yet.
 *
 * Returns: whether all of it is known now
 */
gboolean
latch_store_queries_record_events (sqlite3 *db, const GPtrArray *events, GError **error)
{
  for (guint i = 0; i < events->len; i++)
    {
      const LatchEvent *event = events->pdata[i];
      gint64 bridge;

      if (!find_bridge (db, event->bridge_id, &bridge, error) || !record (db, bridge, event, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
prune_some (sqlite3 *db, gint64 before, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = latch_database_prepare (
      db, "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE at < ? LIMIT ?)", error);
  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, before);
  sqlite3_bind_int (statement, 2, DELETE_STEP);

  return latch_database_step (statement, NULL, error);
}

/**
 * latch_store_queries_prune_events:
 * @before: the time before which events are of no interest
 * @error: set to a %G_IO_ERROR
 *
 * Deletes old events, in transactions of its own, between which others have their turn.
 *
 * Returns: whether all of them are gone
 */
gboolean
latch_store_queries_prune_events (sqlite3 *db, gint64 before, GError **error)
{
  gboolean ok;

  do
    {
      if (!latch_database_begin (db, error))
        return FALSE;

      ok = prune_some (db, before, error);
      ok = latch_database_end (db, ok, error);
    }
  while (ok && sqlite3_changes (db) > 0);

  return ok;
}

/**
 * latch_store_queries_clear_events:
 * @bridge_id: (nullable): whose events; %NULL for all
 * @error: set to a %G_IO_ERROR
 *
 * Returns: whether there are none any more
 */
gboolean
latch_store_queries_clear_events (sqlite3 *db, const char *bridge_id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (bridge_id == NULL)
    return latch_database_execute (db, "DELETE FROM events", error);

  statement = latch_database_prepare (
      db, "DELETE FROM events WHERE bridge = (SELECT number FROM bridges WHERE id = ?)", error);
  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, bridge_id, -1, SQLITE_TRANSIENT);

  return latch_database_step (statement, NULL, error);
}

static gboolean
clear_some (sqlite3 *db, const LatchEventQuery *lock, gint64 last, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = latch_database_prepare (db,
                                      "DELETE FROM events WHERE id IN (SELECT id FROM events INDEXED BY events_by_lock "
                                      "WHERE bridge = (SELECT number FROM bridges WHERE id = ?) AND nuki_id = ? "
                                      "AND device_type = ? AND id <= ? LIMIT ?)",
                                      error);
  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, lock->bridge_id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 2, (sqlite3_int64) lock->nuki_id);
  sqlite3_bind_int (statement, 3, lock->device_type);
  sqlite3_bind_int64 (statement, 4, last);
  sqlite3_bind_int (statement, 5, DELETE_STEP);

  return latch_database_step (statement, NULL, error);
}

/**
 * latch_store_queries_clear_lock_events:
 * @error: set to a %G_IO_ERROR
 *
 * Deletes a lock's events, in transactions of its own, between which others have their turn. What they record then
 * stays.
 *
 * Returns: whether all are gone that there were
 */
gboolean
latch_store_queries_clear_lock_events (sqlite3 *db,
                                       const char *bridge_id,
                                       guint64 nuki_id,
                                       int device_type,
                                       GError **error)
{
  const LatchEventQuery lock = { .bridge_id = bridge_id, .nuki_id = nuki_id, .device_type = device_type };
  g_autoptr (sqlite3_stmt) newest = latch_database_prepare (db, "SELECT max (id) FROM events", error);
  gboolean ok;

  if (newest == NULL || !latch_database_step (newest, NULL, error))
    return FALSE;

  do
    {
      if (!latch_database_begin (db, error))
        return FALSE;

      ok = clear_some (db, &lock, sqlite3_column_int64 (newest, 0), error);
      ok = latch_database_end (db, ok, error);
    }
  while (ok && sqlite3_changes (db) > 0);

  return ok;
}

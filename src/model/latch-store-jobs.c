/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-store-private.h"

/* How the store's thread does what it is asked to */

/*
 * How many writes may share a transaction. Each transaction waits for the disk, so what piles up meanwhile goes
 * together; but not without end, as readers wait, too.
 */
#define MOST_AT_ONCE 1000

/* One call. Its task, and with it the store, is only let go of in the caller's thread: see deliver(). */
typedef struct
{
  LatchStoreJob job;
  GTask *task;
  gpointer result;
  GError *error;
} Call;

static Call quit; /* ends the thread, once all that came before is done */

static void
call_free (Call *self)
{
  g_clear_object (&self->task);
  if (self->job.subject != NULL && self->job.free_subject != NULL)
    self->job.free_subject (self->job.subject);
  if (self->result != NULL && self->job.free_result != NULL)
    self->job.free_result (self->result);
  g_clear_error (&self->error);
  g_free (self);
}

static sqlite3 *
open_database (LatchStore *self, gboolean thorough, GError **error)
{
  g_autofree char *broken_path = NULL;
  sqlite3 *db = latch_database_open (self->folder, thorough, &broken_path, error);

  if (broken_path != NULL)
    {
      g_message ("The database was damaged. It was kept as %s, and a new one begun", broken_path);
      g_mutex_lock (&self->lock);
      g_set_str (&self->broken_path, broken_path);
      g_mutex_unlock (&self->lock);
    }

  return db;
}

static gboolean
work (sqlite3 *db, Call *call, GError **error)
{
  gboolean ok;

  if (!call->job.writes)
    return call->job.work (db, call->job.subject, &call->result, error);

  if (!latch_database_begin (db, error))
    return FALSE;

  ok = call->job.work (db, call->job.subject, &call->result, error);

  return latch_database_end (db, ok, error);
}

static void
run_alone (LatchStore *self, sqlite3 **db, Call *call)
{
  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (call->task), &call->error))
    return;

  if (*db == NULL)
    *db = open_database (self, FALSE, &call->error);
  if (*db == NULL || work (*db, call, &call->error))
    return;

  /* Damage may show only where it is touched. Look at the whole file, begin a new one if need be, and try again */
  if (g_error_matches (call->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    {
      g_clear_error (&call->error);
      g_clear_pointer (db, sqlite3_close);
      *db = open_database (self, TRUE, &call->error);
      if (*db != NULL)
        work (*db, call, &call->error);
    }
}

/* Returns: whether that was of use. If not, one of the calls is at fault, and nothing was done */
static gboolean
run_together (LatchStore *self, sqlite3 **db, GPtrArray *calls)
{
  g_autoptr (GError) error = NULL;

  if (*db == NULL)
    *db = open_database (self, FALSE, &error);

  if (*db != NULL && latch_database_begin (*db, &error))
    {
      for (guint i = 0; i < calls->len; i++)
        {
          Call *call = calls->pdata[i];

          if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (call->task), &call->error) ||
              call->job.work (*db, call->job.subject, &call->result, NULL))
            continue;

          latch_database_end (*db, FALSE, NULL);
          return FALSE;
        }
      latch_database_end (*db, TRUE, &error);
    }

  for (guint i = 0; error != NULL && i < calls->len; i++)
    {
      Call *call = calls->pdata[i];

      if (call->error == NULL)
        call->error = g_error_copy (error);
    }

  return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static gboolean
deliver (gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (LatchStore) self = g_object_ref (g_task_get_source_object (call->task));
  gboolean done = call->error == NULL;

  if (call->error != NULL)
    g_task_return_error (call->task, g_steal_pointer (&call->error));
  else if (call->job.free_result != NULL)
    g_task_return_pointer (call->task, g_steal_pointer (&call->result), call->job.free_result);
  else
    g_task_return_boolean (call->task, TRUE);

  if (done)
    latch_store_tell_of_activity (self, call->job.activity);

  return G_SOURCE_REMOVE;
}

static void
send_back (Call *call)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (call->task));
  g_source_set_callback (source, deliver, call, (GDestroyNotify) call_free);
  g_source_attach (source, g_task_get_context (call->task));
}

/* Takes a call and, if it writes, the writes that wait right behind it. @next is what was taken but has to wait */
static void
take_calls (LatchStore *self, GPtrArray *calls, Call **next)
{
  Call *call = *next != NULL ? g_steal_pointer (next) : g_async_queue_pop (self->jobs);

  while (call != NULL && call != &quit && call->job.writes && calls->len < MOST_AT_ONCE)
    {
      g_ptr_array_add (calls, call);
      call = g_async_queue_try_pop (self->jobs);
    }

  if (calls->len == 0 && call != &quit)
    g_ptr_array_add (calls, call);
  else
    *next = call;
}

static gpointer
run_thread (gpointer user_data)
{
  LatchStore *self = user_data;
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();
  sqlite3 *db = NULL;
  Call *next = NULL;

  while (next != &quit)
    {
      take_calls (self, calls, &next);

      /* One by one, all but the one that is at fault succeed */
      if (calls->len == 1 || (calls->len > 1 && !run_together (self, &db, calls)))
        for (guint i = 0; i < calls->len; i++)
          {
            Call *call = calls->pdata[i];

            g_clear_error (&call->error);
            run_alone (self, &db, call);
          }

      for (guint i = 0; i < calls->len; i++)
        send_back (calls->pdata[i]);
      g_ptr_array_set_size (calls, 0);
    }

  g_clear_pointer (&db, sqlite3_close);

  return NULL;
}

/**
 * latch_store_push:
 * @job: what to do. Its subject belongs to the store from now on
 *
 * Has something done in the store's thread, after all that was asked for before.
 */
void
latch_store_push (LatchStore *self,
                  const LatchStoreJob *job,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->job = *job;
  call->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (call->task, job->tag);
  /* Whoever cancels too late learns what was done, not that nothing was */
  g_task_set_check_cancellable (call->task, FALSE);

  g_async_queue_push (self->jobs, call);
  if (self->thread == NULL)
    self->thread = g_thread_new ("store", run_thread, self);
}

/**
 * latch_store_flush:
 *
 * Waits until all that was asked for is done, and closes the database. Callers still get their results when their main
 * context runs again, and later calls open the database again.
 *
 * This blocks, and is for the end of a program: calls under way keep the store alive, so that a program which just ends
 * would lose them.
 */
void
latch_store_flush (LatchStore *self)
{
  g_return_if_fail (LATCH_IS_STORE (self));

  if (self->thread == NULL)
    return;

  g_async_queue_push (self->jobs, &quit);
  g_thread_join (g_steal_pointer (&self->thread));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-database.h"
#include "latch-store.h"

G_BEGIN_DECLS

/**
 * LatchStore:
 *
 * A queue of jobs, and the thread that does them one after another.
 */
struct _LatchStore
{
  GObject parent_instance;

  char *folder; /* NULL if all is in memory */
  GAsyncQueue *jobs;
  GThread *thread; /* runs from the first job on */

  GMutex lock; /* for what follows */
  char *broken_path;
};

/**
 * LatchStoreWork:
 * @subject: (nullable): what the job is about
 * @result: (out) (optional): set to what was read
 *
 * Reads or writes, in the store's thread. May be called again if the database turned out to be damaged, or if what
 * was written together with others could not stay.
 */
typedef gboolean (*LatchStoreWork) (sqlite3 *db, gconstpointer subject, gpointer *result, GError **error);

/**
 * LatchStoreActivity:
 *
 * What a job does to the record of activity.
 */
typedef enum
{
  LATCH_STORE_ACTIVITY_UNTOUCHED,
  LATCH_STORE_ACTIVITY_ADDED,
  LATCH_STORE_ACTIVITY_REMOVED,
} LatchStoreActivity;

/**
 * LatchStoreJob:
 * @tag: the function that began it
 * @writes: whether it writes. Then it is done in a transaction, which it may share with others
 * @activity: what is told of by #LatchStore::activity-changed once it is done
 * @free_result: (nullable): frees what was read; %NULL for what reads nothing
 *
 * What there is to do, for latch_store_push().
 */
typedef struct
{
  gpointer tag;
  gboolean writes;
  LatchStoreActivity activity;
  LatchStoreWork work;
  gpointer subject;
  GDestroyNotify free_subject;
  GDestroyNotify free_result;
} LatchStoreJob;

void latch_store_tell_of_activity (LatchStore *self, LatchStoreActivity activity);
void latch_store_push (LatchStore *self,
                       const LatchStoreJob *job,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-store-choices.h"

#include "latch-store-choice-queries.h"
#include "latch-store-private.h"

typedef struct
{
  char *bridge_id;
  LatchLockChoice *choice;
} Subject;

static void
subject_free (gpointer data)
{
  Subject *subject = data;

  g_free (subject->bridge_id);
  latch_lock_choice_free (subject->choice);
  g_free (subject);
}

static gboolean
save_name (sqlite3 *db, gconstpointer data, gpointer *result, GError **error)
{
  const Subject *subject = data;

  return latch_store_queries_save_name (db, subject->bridge_id, subject->choice, error);
}

static gboolean
save_hidden (sqlite3 *db, gconstpointer data, gpointer *result, GError **error)
{
  const Subject *subject = data;

  return latch_store_queries_save_hidden (db, subject->bridge_id, subject->choice, error);
}

static void
push (LatchStore *self,
      LatchStoreWork work,
      const char *bridge_id,
      const LatchLockChoice *choice,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  Subject *subject = g_new0 (Subject, 1);

  subject->bridge_id = g_strdup (bridge_id);
  subject->choice = latch_lock_choice_copy (choice);
  latch_store_push (self, &(LatchStoreJob) {
                            .tag = latch_store_write_finish,
                            .writes = TRUE,
                            .work = work,
                            .subject = subject,
                            .free_subject = subject_free,
                          },
                    cancellable, callback, user_data);
}

/**
 * latch_store_save_name_async:
 * @bridge_id: a known bridge
 * @choice: all that is chosen for one of its locks, whether listed at present or not; copied
 * @cancellable: (nullable): cancels what has not begun; afterwards it is done all the same, and reported so
 *
 * Saves what somebody calls a lock here, and of what was not saved before, the rest as well.
 */
void
latch_store_save_name_async (LatchStore *self,
                             const char *bridge_id,
                             const LatchLockChoice *choice,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (LATCH_IS_STORE (self));
  g_return_if_fail (bridge_id != NULL);
  g_return_if_fail (choice != NULL);

  push (self, save_name, bridge_id, choice, cancellable, callback, user_data);
}

/**
 * latch_store_save_hidden_async:
 * @bridge_id: a known bridge
 * @choice: all that is chosen for one of its locks, whether listed at present or not; copied
 * @cancellable: (nullable): cancels what has not begun; afterwards it is done all the same, and reported so
 *
 * Saves whether somebody wants to see a lock here, and of what was not saved before, the rest as well.
 */
void
latch_store_save_hidden_async (LatchStore *self,
                               const char *bridge_id,
                               const LatchLockChoice *choice,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (LATCH_IS_STORE (self));
  g_return_if_fail (bridge_id != NULL);
  g_return_if_fail (choice != NULL);

  push (self, save_hidden, bridge_id, choice, cancellable, callback, user_data);
}

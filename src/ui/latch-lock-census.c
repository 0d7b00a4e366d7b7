/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-census.h"

#include "latch-lock-filter.h"

#include <glib/gi18n-lib.h>

struct _LatchLockCensus
{
  GObject parent_instance;

  GListModel *locks;
  GPtrArray *counted; /* the same, to let go of those that are gone */
  GHashTable *kinds;  /* of each of these, which it was when it was counted */

  guint n_unlocked;
  guint n_issues;
};

G_DEFINE_FINAL_TYPE (LatchLockCensus, latch_lock_census, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

enum
{
  UNLOCKED = 1 << 0,
  ISSUE = 1 << 1,
};

/* Not all anew: where there are thousands of locks, thousands tell of something at a time */
static void
count (LatchLockCensus *self, LatchLock *lock)
{
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (self->kinds, lock));
  guint now = (latch_lock_kind_matches (LATCH_LOCK_KIND_UNLOCKED, lock) ? UNLOCKED : 0) |
              (latch_lock_kind_matches (LATCH_LOCK_KIND_ISSUES, lock) ? ISSUE : 0);

  self->n_unlocked += !!(now & UNLOCKED) - !!(before & UNLOCKED);
  self->n_issues += !!(now & ISSUE) - !!(before & ISSUE);
  g_hash_table_insert (self->kinds, lock, GUINT_TO_POINTER (now));
}

static void
forget (LatchLockCensus *self, LatchLock *lock)
{
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (self->kinds, lock));

  self->n_unlocked -= !!(before & UNLOCKED);
  self->n_issues -= !!(before & ISSUE);
  g_hash_table_remove (self->kinds, lock);
}

static void
lock_notify_cb (LatchLockCensus *self, GParamSpec *pspec, LatchLock *lock)
{
  /* These two change with every look at a bridge, and nothing depends on them */
  if (!g_str_equal (pspec->name, "confirmed-at") && !g_str_equal (pspec->name, "updated"))
    {
      count (self, lock);
      g_signal_emit (self, signals[CHANGED], 0);
    }
}

static void
locks_changed_cb (LatchLockCensus *self, guint position, guint removed, guint added, GListModel *locks)
{
  for (guint i = position; i < position + removed; i++)
    {
      g_signal_handlers_disconnect_by_func (self->counted->pdata[i], lock_notify_cb, self);
      forget (self, self->counted->pdata[i]);
    }
  if (removed > 0)
    g_ptr_array_remove_range (self->counted, position, removed);

  for (guint i = position; i < position + added; i++)
    {
      LatchLock *lock = g_list_model_get_item (locks, i);

      g_ptr_array_insert (self->counted, i, lock);
      g_signal_connect_object (lock, "notify", G_CALLBACK (lock_notify_cb), self, G_CONNECT_SWAPPED);
      count (self, lock);
    }

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
latch_lock_census_finalize (GObject *object)
{
  LatchLockCensus *self = LATCH_LOCK_CENSUS (object);

  g_clear_pointer (&self->counted, g_ptr_array_unref);
  g_clear_pointer (&self->kinds, g_hash_table_unref);
  g_clear_object (&self->locks);

  G_OBJECT_CLASS (latch_lock_census_parent_class)->finalize (object);
}

static void
latch_lock_census_class_init (LatchLockCensusClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_lock_census_finalize;

  /**
   * LatchLockCensus::changed:
   *
   * The counts, or which locks are counted in them, may be different now.
   */
  signals[CHANGED] = g_signal_new ("changed", LATCH_TYPE_LOCK_CENSUS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
latch_lock_census_init (LatchLockCensus *self)
{
  self->counted = g_ptr_array_new_with_free_func (g_object_unref);
  self->kinds = g_hash_table_new (NULL, NULL);
}

/**
 * latch_lock_census_new:
 * @locks: a list of #LatchLock
 *
 * Returns: (transfer full): counts of @locks that follow it
 */
LatchLockCensus *
latch_lock_census_new (GListModel *locks)
{
  LatchLockCensus *self = g_object_new (LATCH_TYPE_LOCK_CENSUS, NULL);

  self->locks = g_object_ref (locks);
  g_signal_connect_object (locks, "items-changed", G_CALLBACK (locks_changed_cb), self, G_CONNECT_SWAPPED);
  locks_changed_cb (self, 0, 0, g_list_model_get_n_items (locks), locks);

  return self;
}

guint
latch_lock_census_get_n_locks (LatchLockCensus *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_CENSUS (self), 0);

  return self->counted->len;
}

/**
 * latch_lock_census_get_n_unlocked:
 *
 * Returns: how many stand open, or soon will
 */
guint
latch_lock_census_get_n_unlocked (LatchLockCensus *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_CENSUS (self), 0);

  return self->n_unlocked;
}

/**
 * latch_lock_census_get_n_issues:
 *
 * Returns: how many want a person's attention
 */
guint
latch_lock_census_get_n_issues (LatchLockCensus *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_CENSUS (self), 0);

  return self->n_issues;
}

/**
 * latch_lock_census_to_text:
 *
 * Returns: (transfer full) (nullable): what to know of all of them, such as “7 unlocked · 4 issues”; %NULL for nothing
 */
char *
latch_lock_census_to_text (LatchLockCensus *self)
{
  g_autofree char *unlocked = NULL;
  g_autofree char *issues = NULL;

  g_return_val_if_fail (LATCH_IS_LOCK_CENSUS (self), NULL);

  if (self->n_unlocked > 0)
    unlocked = g_strdup_printf (ngettext ("%u unlocked", "%u unlocked", self->n_unlocked), self->n_unlocked);
  if (self->n_issues > 0)
    issues = g_strdup_printf (ngettext ("%u issue", "%u issues", self->n_issues), self->n_issues);

  if (unlocked && issues)
    /* Translators: between “7 unlocked” and “4 issues” */
    return g_strdup_printf (_("%s · %s"), unlocked, issues);

  return unlocked ? g_steal_pointer (&unlocked) : g_steal_pointer (&issues);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-filter.h"

#include "latch-words.h"

struct _LatchLockFilter
{
  GtkFilter parent_instance;

  LatchLockKind kind;
  LatchLock *selected;
  gboolean keeps_selected;
  GPtrArray *words; /* of the text */
};

G_DEFINE_FINAL_TYPE (LatchLockFilter, latch_lock_filter, GTK_TYPE_FILTER)

static void
update_keeps_selected (LatchLockFilter *self)
{
  self->keeps_selected = self->selected && latch_lock_kind_matches (self->kind, self->selected);
}

static gboolean
latch_lock_filter_match (GtkFilter *filter, gpointer item)
{
  LatchLockFilter *self = LATCH_LOCK_FILTER (filter);
  LatchLock *lock = LATCH_LOCK (item);

  if (!latch_lock_kind_matches (self->kind, lock) && !(self->keeps_selected && lock == self->selected))
    return FALSE;
  if (self->words->len == 0)
    return TRUE;

  for (guint i = 0; i < self->words->len; i++)
    if (latch_words_match (latch_lock_get_words (lock), self->words->pdata[i]) == LATCH_WORD_MATCH_NONE)
      return FALSE;

  return TRUE;
}

static GtkFilterMatch
latch_lock_filter_get_strictness (GtkFilter *filter)
{
  LatchLockFilter *self = LATCH_LOCK_FILTER (filter);

  return self->kind == LATCH_LOCK_KIND_ALL && self->words->len == 0 ? GTK_FILTER_MATCH_ALL : GTK_FILTER_MATCH_SOME;
}

static void
latch_lock_filter_finalize (GObject *object)
{
  LatchLockFilter *self = LATCH_LOCK_FILTER (object);

  g_clear_object (&self->selected);
  g_clear_pointer (&self->words, g_ptr_array_unref);

  G_OBJECT_CLASS (latch_lock_filter_parent_class)->finalize (object);
}

static void
latch_lock_filter_class_init (LatchLockFilterClass *klass)
{
  GtkFilterClass *filter_class = GTK_FILTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = latch_lock_filter_finalize;
  filter_class->match = latch_lock_filter_match;
  filter_class->get_strictness = latch_lock_filter_get_strictness;
}

static void
latch_lock_filter_init (LatchLockFilter *self)
{
  self->words = g_ptr_array_new_with_free_func (g_free);
}

LatchLockFilter *
latch_lock_filter_new (void)
{
  return g_object_new (LATCH_TYPE_LOCK_FILTER, NULL);
}

void
latch_lock_filter_set_kind (LatchLockFilter *self, LatchLockKind kind)
{
  g_return_if_fail (LATCH_IS_LOCK_FILTER (self));

  if (self->kind == kind)
    return;

  self->kind = kind;
  update_keeps_selected (self);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * latch_lock_filter_set_text:
 * @text: words, all of which must occur in a lock's name, with or without its accents
 */
void
latch_lock_filter_set_text (LatchLockFilter *self, const char *text)
{
  g_return_if_fail (LATCH_IS_LOCK_FILTER (self));

  g_ptr_array_set_size (self->words, 0);
  latch_words_add (self->words, text);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * latch_lock_filter_set_selected:
 * @lock: (nullable): the lock that somebody looks at
 *
 * What somebody looks at, and perhaps has just locked, is not to vanish because of that. It stays until something else
 * is looked at or looked for. To be followed by latch_lock_filter_locks_changed().
 */
void
latch_lock_filter_set_selected (LatchLockFilter *self, LatchLock *lock)
{
  g_return_if_fail (LATCH_IS_LOCK_FILTER (self));

  if (g_set_object (&self->selected, lock))
    update_keeps_selected (self);
}

/**
 * latch_lock_filter_locks_changed:
 *
 * To be called when a lock has changed that the filter may find or lose because of it.
 */
void
latch_lock_filter_locks_changed (LatchLockFilter *self)
{
  g_return_if_fail (LATCH_IS_LOCK_FILTER (self));

  if (latch_lock_filter_get_strictness (GTK_FILTER (self)) != GTK_FILTER_MATCH_ALL)
    gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * latch_lock_kind_matches:
 *
 * Returns: whether @lock is of that @kind. A state that nobody vouches for counts as it was last seen: a door that
 *   may stand open is worth a look.
 */
gboolean
latch_lock_kind_matches (LatchLockKind kind, LatchLock *lock)
{
  switch (kind)
    {
    case LATCH_LOCK_KIND_UNLOCKED:
      switch (latch_lock_get_state (lock))
        {
        case LATCH_LOCK_STATE_UNLOCKING:
        case LATCH_LOCK_STATE_UNLOCKED:
        case LATCH_LOCK_STATE_LOCKING:
        case LATCH_LOCK_STATE_UNLATCHED:
        case LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO:
        case LATCH_LOCK_STATE_UNLATCHING:
        case LATCH_LOCK_STATE_MOTOR_BLOCKED:
        case LATCH_LOCK_STATE_RTO_ACTIVE:
        case LATCH_LOCK_STATE_OPEN:
        case LATCH_LOCK_STATE_OPENING:
          return TRUE;
        case LATCH_LOCK_STATE_ONLINE:
          return latch_lock_get_mode (lock) == LATCH_MODE_CONTINUOUS;
        case LATCH_LOCK_STATE_LOCKED:
        case LATCH_LOCK_STATE_UNCALIBRATED:
        case LATCH_LOCK_STATE_BOOT_RUN:
        case LATCH_LOCK_STATE_UNDEFINED:
        case LATCH_LOCK_STATE_UNTRAINED:
        case LATCH_LOCK_STATE_UNKNOWN:
        default:
          return FALSE;
        }
    case LATCH_LOCK_KIND_ISSUES:
      return latch_lock_has_issue (lock);
    case LATCH_LOCK_KIND_ALL:
    default:
      return TRUE;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-shown-locks.h"

/**
 * LatchShownLocks:
 *
 * Those locks of a bridge that somebody wants to see, or the hidden ones, in the bridge's order. It follows at once,
 * within the change of the bridge or of the lock.
 */
struct _LatchShownLocks
{
  GObject parent_instance;

  LatchBridge *bridge;
  gboolean hidden;
  GPtrArray *locks;
  GPtrArray *watched; /* all of the bridge's */
};

static GType
latch_shown_locks_get_item_type (GListModel *model)
{
  return LATCH_TYPE_LOCK;
}

static guint
latch_shown_locks_get_n_items (GListModel *model)
{
  return LATCH_SHOWN_LOCKS (model)->locks->len;
}

static gpointer
latch_shown_locks_get_item (GListModel *model, guint position)
{
  LatchShownLocks *self = LATCH_SHOWN_LOCKS (model);

  return position < self->locks->len ? g_object_ref (self->locks->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = latch_shown_locks_get_item_type;
  iface->get_n_items = latch_shown_locks_get_n_items;
  iface->get_item = latch_shown_locks_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LatchShownLocks, latch_shown_locks, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* Looks through all locks, and tells of what lies between those that stayed at both ends */
static void
update (LatchShownLocks *self)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->locks);
  guint n_same = 0, n_same_at_end = 0;

  self->locks = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->watched->len; i++)
    if (latch_lock_get_hidden (self->watched->pdata[i]) == self->hidden)
      g_ptr_array_add (self->locks, g_object_ref (self->watched->pdata[i]));

  while (n_same < MIN (before->len, self->locks->len) && before->pdata[n_same] == self->locks->pdata[n_same])
    n_same++;
  while (n_same_at_end < MIN (before->len, self->locks->len) - n_same &&
         before->pdata[before->len - 1 - n_same_at_end] == self->locks->pdata[self->locks->len - 1 - n_same_at_end])
    n_same_at_end++;

  if (n_same + n_same_at_end < MAX (before->len, self->locks->len))
    g_list_model_items_changed (G_LIST_MODEL (self), n_same, before->len - n_same - n_same_at_end,
                                self->locks->len - n_same - n_same_at_end);
}

static void
items_changed_cb (LatchShownLocks *self, guint position, guint n_removed, guint n_added)
{
  for (guint i = 0; i < n_removed; i++)
    {
      g_autoptr (LatchLock) lock = g_ptr_array_steal_index (self->watched, position);

      g_signal_handlers_disconnect_by_func (lock, update, self);
    }

  for (guint i = 0; i < n_added; i++)
    {
      LatchLock *lock = g_list_model_get_item (G_LIST_MODEL (self->bridge), position + i);

      g_signal_connect_object (lock, "notify::hidden", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_ptr_array_insert (self->watched, position + i, lock);
    }

  update (self);
}

static void
latch_shown_locks_finalize (GObject *object)
{
  LatchShownLocks *self = LATCH_SHOWN_LOCKS (object);

  g_clear_pointer (&self->locks, g_ptr_array_unref);
  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_object (&self->bridge);

  G_OBJECT_CLASS (latch_shown_locks_parent_class)->finalize (object);
}

static void
latch_shown_locks_class_init (LatchShownLocksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_shown_locks_finalize;
}

static void
latch_shown_locks_init (LatchShownLocks *self)
{
  self->locks = g_ptr_array_new_with_free_func (g_object_unref);
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * latch_shown_locks_new:
 * @hidden: whether to list the hidden ones in place of the others
 *
 * Returns: (transfer full): a list that follows
 */
LatchShownLocks *
latch_shown_locks_new (LatchBridge *bridge, gboolean hidden)
{
  LatchShownLocks *self = NULL;

  g_return_val_if_fail (LATCH_IS_BRIDGE (bridge), NULL);

  self = g_object_new (LATCH_TYPE_SHOWN_LOCKS, NULL);
  self->bridge = g_object_ref (bridge);
  self->hidden = !!hidden;
  g_signal_connect_object (bridge, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (bridge)));

  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-list.h"

#include "latch-lock-group.h"
#include "latch-shown-locks.h"

struct _LatchLockList
{
  GtkBox parent_instance;

  GListModel *bridges;
  LatchClock *clock;
  GtkFilter *filter;
  gboolean browsing;
};

G_DEFINE_FINAL_TYPE (LatchLockList, latch_lock_list, GTK_TYPE_BOX)

enum
{
  LOCK_SELECTED,
  LOCK_ACTIVATED,
  SHOWN_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static LatchLockGroup *
get_first_group (LatchLockList *self)
{
  return (LatchLockGroup *) gtk_widget_get_first_child (GTK_WIDGET (self));
}

static LatchLockGroup *
get_next_group (LatchLockGroup *group)
{
  return (LatchLockGroup *) gtk_widget_get_next_sibling (GTK_WIDGET (group));
}

static void
lock_selected_cb (LatchLockList *self, LatchLock *lock)
{
  g_signal_emit (self, signals[LOCK_SELECTED], 0, lock);
}

static void
lock_activated_cb (LatchLockList *self, LatchLock *lock, gboolean by_key)
{
  g_signal_emit (self, signals[LOCK_ACTIVATED], 0, lock, by_key);
}

static void
shown_changed_cb (LatchLockList *self)
{
  g_signal_emit (self, signals[SHOWN_CHANGED], 0);
}

static gboolean
group_left_cb (LatchLockList *self, GtkDirectionType direction, LatchLockGroup *from)
{
  GtkWidget *group = GTK_WIDGET (from);

  do
    group = direction == GTK_DIR_UP ? gtk_widget_get_prev_sibling (group) : gtk_widget_get_next_sibling (group);
  while (group && !latch_lock_group_focus_edge (LATCH_LOCK_GROUP (group), direction));

  return group != NULL;
}

static GtkWidget *
create_group (LatchLockList *self, LatchBridge *bridge)
{
  GtkWidget *group = latch_lock_group_new (bridge, self->clock, self->filter);

  latch_lock_group_set_browsing (LATCH_LOCK_GROUP (group), self->browsing);
  g_signal_connect_object (group, "lock-selected", G_CALLBACK (lock_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (group, "lock-activated", G_CALLBACK (lock_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (group, "left", G_CALLBACK (group_left_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (latch_lock_group_get_locks (LATCH_LOCK_GROUP (group)), "items-changed",
                           G_CALLBACK (shown_changed_cb), self, G_CONNECT_SWAPPED);

  return group;
}

static void
bridges_changed_cb (LatchLockList *self, guint position, guint removed, guint added, GListModel *bridges)
{
  GtkWidget *sibling = NULL;
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (guint i = 0; i < position; i++)
    {
      sibling = child;
      child = gtk_widget_get_next_sibling (child);
    }
  for (guint i = 0; i < removed; i++)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_box_remove (GTK_BOX (self), child);
      child = next;
    }
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (bridges, position + i);
      GtkWidget *group = create_group (self, bridge);

      gtk_box_insert_child_after (GTK_BOX (self), group, sibling);
      sibling = group;
    }

  for (LatchLockGroup *group = get_first_group (self); group; group = get_next_group (group))
    latch_lock_group_set_titled (group, g_list_model_get_n_items (bridges) > 1);

  shown_changed_cb (self);
}

static void
latch_lock_list_dispose (GObject *object)
{
  LatchLockList *self = LATCH_LOCK_LIST (object);
  GtkWidget *child = NULL;

  if (self->bridges)
    g_signal_handlers_disconnect_by_data (self->bridges, self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_box_remove (GTK_BOX (self), child);
  g_clear_object (&self->bridges);
  g_clear_object (&self->clock);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (latch_lock_list_parent_class)->dispose (object);
}

static void
latch_lock_list_class_init (LatchLockListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = latch_lock_list_dispose;

  /**
   * LatchLockList::lock-selected:
   * @lock: a lock that somebody went to
   */
  signals[LOCK_SELECTED] = g_signal_new ("lock-selected", LATCH_TYPE_LOCK_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, LATCH_TYPE_LOCK);

  /**
   * LatchLockList::lock-activated:
   * @lock: a lock that somebody wants to see
   * @by_key: whether with the keyboard, whose focus is to go there
   */
  signals[LOCK_ACTIVATED] = g_signal_new ("lock-activated", LATCH_TYPE_LOCK_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, LATCH_TYPE_LOCK, G_TYPE_BOOLEAN);

  /**
   * LatchLockList::shown-changed:
   *
   * Other locks show than before.
   */
  signals[SHOWN_CHANGED] = g_signal_new ("shown-changed", LATCH_TYPE_LOCK_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
latch_lock_list_init (LatchLockList *self)
{
  self->browsing = TRUE;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

/**
 * latch_lock_list_show:
 * @bridges: a list of #LatchBridge
 * @clock: the present
 * @filter: which locks to show
 *
 * Says what to show; to be called once.
 */
void
latch_lock_list_show (LatchLockList *self, GListModel *bridges, LatchClock *clock, GtkFilter *filter)
{
  g_return_if_fail (LATCH_IS_LOCK_LIST (self));
  g_return_if_fail (!self->bridges);

  self->bridges = g_object_ref (bridges);
  self->clock = g_object_ref (clock);
  self->filter = g_object_ref (filter);
  g_signal_connect_object (bridges, "items-changed", G_CALLBACK (bridges_changed_cb), self, G_CONNECT_SWAPPED);
  bridges_changed_cb (self, 0, 0, g_list_model_get_n_items (bridges), bridges);
}

static gpointer
create_shown_locks (gpointer item, gpointer user_data)
{
  g_autoptr (LatchBridge) bridge = item;

  return latch_shown_locks_new (bridge, FALSE);
}

/**
 * latch_lock_list_create_model:
 * @bridges: a list of #LatchBridge
 *
 * Returns: (transfer full): a list of all their locks but those that are hidden
 */
GListModel *
latch_lock_list_create_model (GListModel *bridges)
{
  GtkMapListModel *shown = gtk_map_list_model_new (g_object_ref (bridges), create_shown_locks, NULL, NULL);

  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (shown)));
}

/**
 * latch_lock_list_select:
 * @lock: (nullable): what to select, if it shows
 */
void
latch_lock_list_select (LatchLockList *self, LatchLock *lock)
{
  g_return_if_fail (LATCH_IS_LOCK_LIST (self));

  for (LatchLockGroup *group = get_first_group (self); group; group = get_next_group (group))
    latch_lock_group_select (group, lock);
}

/**
 * latch_lock_list_get_nth:
 * @n: from 0 on
 *
 * Returns: (transfer none) (nullable): the lock in that row
 */
LatchLock *
latch_lock_list_get_nth (LatchLockList *self, guint n)
{
  g_return_val_if_fail (LATCH_IS_LOCK_LIST (self), NULL);

  for (LatchLockGroup *group = get_first_group (self); group; group = get_next_group (group))
    {
      GListModel *locks = latch_lock_group_get_locks (group);
      guint n_locks = g_list_model_get_n_items (locks);

      if (n < n_locks)
        {
          g_autoptr (LatchLock) lock = g_list_model_get_item (locks, n);

          return lock; /* its bridge keeps it */
        }
      n -= n_locks;
    }

  return NULL;
}

/**
 * latch_lock_list_set_browsing:
 * @browsing: whether a lock is selected as soon as one comes to its row, and not only when it is activated
 */
void
latch_lock_list_set_browsing (LatchLockList *self, gboolean browsing)
{
  g_return_if_fail (LATCH_IS_LOCK_LIST (self));

  self->browsing = browsing;
  for (LatchLockGroup *group = get_first_group (self); group; group = get_next_group (group))
    latch_lock_group_set_browsing (group, browsing);
}

/**
 * latch_lock_list_focus:
 * @lock: (nullable): a lock
 *
 * Returns: whether its row shows, and has the focus now
 */
gboolean
latch_lock_list_focus (LatchLockList *self, LatchLock *lock)
{
  g_return_val_if_fail (LATCH_IS_LOCK_LIST (self), FALSE);

  for (LatchLockGroup *group = get_first_group (self); group; group = get_next_group (group))
    if (latch_lock_group_focus_lock (group, lock))
      return TRUE;

  return FALSE;
}

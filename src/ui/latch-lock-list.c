/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-list.h"

#include "latch-lock-group.h"
#include "latch-shown-locks.h"

/*
 * A row takes some half of a millisecond to make, and as much again to lay out and to paint: rows for thousands of locks
 * would take seconds, and whoever searches would wait for them with each key. So there are rows for what one sees, and
 * for some pages more; the others are made as somebody comes nearer. Headings of many bridges leave room for few of what
 * a search finds: what is missing is there a frame later.
 */
#define FIRST_ROWS 12
#define FOUND_ROWS 8
#define MORE_ROWS 4
#define PAGES_AHEAD 2
#define TURN_US (4 * G_TIME_SPAN_MILLISECOND)

struct _LatchLockList
{
  GtkBox parent_instance;

  GListModel *bridges;
  LatchClock *clock;
  GtkFilter *filter;
  GtkAdjustment *adjustment; /* by which it is scrolled */
  LatchLock *selected;
  gboolean browsing;
  gboolean filtering;
  guint n_rows; /* for as many locks as this, at most */
  guint grow_id;
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

/* Returns: whether all have a row that may */
static gboolean
share_rows_out (LatchLockList *self)
{
  guint left = self->n_rows;
  gboolean all = TRUE;

  for (LatchLockGroup *group = get_first_group (self); group; group = get_next_group (group))
    {
      guint n_locks = g_list_model_get_n_items (latch_lock_group_get_locks (group));

      latch_lock_group_set_n_rows (group, MIN (n_locks, left));
      all &= n_locks <= left;
      left -= MIN (n_locks, left);
    }

  return all;
}

static void
select_row (LatchLockList *self)
{
  gboolean has_row = FALSE;

  for (LatchLockGroup *group = get_first_group (self); group && !has_row; group = get_next_group (group))
    has_row = latch_lock_group_find (group, self->selected) < latch_lock_group_get_n_rows (group);
  for (LatchLockGroup *group = get_first_group (self); group; group = get_next_group (group))
    latch_lock_group_select (group, has_row ? self->selected : NULL);
}

static gboolean
is_near_end (LatchLockList *self)
{
  double page_size = self->adjustment ? gtk_adjustment_get_page_size (self->adjustment) : 0;

  return page_size > 0 &&
         gtk_adjustment_get_value (self->adjustment) + (1 + PAGES_AHEAD) * page_size > gtk_adjustment_get_upper (self->adjustment);
}

/* Returns: whether there are more rows now */
static gboolean
grow (LatchLockList *self)
{
  gint64 began_at = g_get_monotonic_time ();
  gboolean all = share_rows_out (self);

  if (all)
    return FALSE;

  do
    {
      self->n_rows += MORE_ROWS;
      all = share_rows_out (self);
    }
  while (!all && g_get_monotonic_time () - began_at < TURN_US);
  if (self->selected)
    select_row (self);

  return TRUE;
}

static void
grow_cb (gpointer user_data)
{
  LatchLockList *self = user_data;

  self->grow_id = 0;
  if (is_near_end (self))
    grow (self);
}

/* How high it is, is known after the next frame: then there may be more to do */
static void
scrolled_cb (LatchLockList *self)
{
  if (self->grow_id == 0 && is_near_end (self))
    self->grow_id = g_idle_add_once (grow_cb, self);
}

static void
shown_changed_cb (LatchLockList *self)
{
  if (self->filtering)
    return;

  share_rows_out (self);
  scrolled_cb (self);
  g_signal_emit (self, signals[SHOWN_CHANGED], 0);
}

/* Whoever looks for something begins at the top */
static void
filter_changes_cb (LatchLockList *self)
{
  self->filtering = TRUE;
  if (self->adjustment && gtk_adjustment_get_value (self->adjustment) < 1)
    {
      self->n_rows = FOUND_ROWS;
      share_rows_out (self);
    }
}

/* All groups have changed now */
static void
filter_changed_cb (LatchLockList *self)
{
  self->filtering = FALSE;
  shown_changed_cb (self);
}

static gboolean
group_left_cb (LatchLockList *self, GtkDirectionType direction, LatchLockGroup *from)
{
  GtkWidget *group = GTK_WIDGET (from);
  guint n_rows = latch_lock_group_get_n_rows (from);

  if (direction == GTK_DIR_DOWN && grow (self) && latch_lock_group_focus_nth (from, n_rows))
    return TRUE;

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

  g_clear_handle_id (&self->grow_id, g_source_remove);
  if (self->bridges)
    g_signal_handlers_disconnect_by_data (self->bridges, self);
  if (self->filter)
    g_signal_handlers_disconnect_by_data (self->filter, self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_box_remove (GTK_BOX (self), child);
  g_clear_object (&self->bridges);
  g_clear_object (&self->clock);
  g_clear_object (&self->filter);
  g_clear_object (&self->adjustment);
  g_clear_object (&self->selected);

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
  self->n_rows = FIRST_ROWS;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

/**
 * latch_lock_list_show:
 * @bridges: a list of #LatchBridge
 * @clock: the present
 * @filter: which locks to show
 * @adjustment: by which the list is scrolled
 *
 * Says what to show; to be called once.
 */
void
latch_lock_list_show (LatchLockList *self,
                      GListModel *bridges,
                      LatchClock *clock,
                      GtkFilter *filter,
                      GtkAdjustment *adjustment)
{
  g_return_if_fail (LATCH_IS_LOCK_LIST (self));
  g_return_if_fail (!self->bridges);

  self->bridges = g_object_ref (bridges);
  self->clock = g_object_ref (clock);
  self->filter = g_object_ref (filter);
  self->adjustment = g_object_ref (adjustment);
  /* Before the groups, and after them */
  g_signal_connect_object (filter, "changed", G_CALLBACK (filter_changes_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "changed", G_CALLBACK (filter_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
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

  g_set_object (&self->selected, lock);
  select_row (self);
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
  guint n_before = 0;

  g_return_val_if_fail (LATCH_IS_LOCK_LIST (self), FALSE);

  for (LatchLockGroup *group = get_first_group (self); group; group = get_next_group (group))
    {
      guint position = latch_lock_group_find (group, lock);

      if (position != G_MAXUINT)
        {
          self->n_rows = MAX (self->n_rows, n_before + position + MORE_ROWS);
          share_rows_out (self);
          return latch_lock_group_focus_lock (group, lock);
        }
      n_before += g_list_model_get_n_items (latch_lock_group_get_locks (group));
    }

  return FALSE;
}

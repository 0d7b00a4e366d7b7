/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-group.h"

#include "latch-lock-row.h"
#include "latch-shown-locks.h"

struct _LatchLockGroup
{
  GtkBox parent_instance;

  LatchBridge *bridge;
  LatchClock *clock;
  GListModel *locks;       /* those that the filter lets through */
  GtkSliceListModel *rows; /* the first of them, which have rows */
  gboolean titled;
  gboolean tab_stop;

  GtkLabel *heading;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (LatchLockGroup, latch_lock_group, GTK_TYPE_BOX)

enum
{
  LOCK_SELECTED,
  LOCK_ACTIVATED,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static LatchLockRow *
get_row (LatchLockGroup *self, guint position)
{
  return LATCH_LOCK_ROW (gtk_list_box_get_row_at_index (self->list, position));
}

static LatchLockRow *
find_row (LatchLockGroup *self, LatchLock *lock)
{
  guint position = latch_lock_group_find (self, lock);

  return position < latch_lock_group_get_n_rows (self) ? get_row (self, position) : NULL;
}

static void
row_selected_cb (LatchLockGroup *self, LatchLockRow *row)
{
  if (row)
    g_signal_emit (self, signals[LOCK_SELECTED], 0, latch_lock_row_get_lock (row));
}

static void
row_activated_cb (LatchLockGroup *self, LatchLockRow *row)
{
  g_signal_emit (self, signals[LOCK_ACTIVATED], 0, latch_lock_row_get_lock (row), FALSE);
}

/* Not the pointer, which activates the list, but a key */
static void
activated_by_key_cb (LatchLockGroup *self, LatchLockRow *row)
{
  g_signal_emit (self, signals[LOCK_ACTIVATED], 0, latch_lock_row_get_lock (row), TRUE);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  LatchLockGroup *self = user_data;
  GtkWidget *row = latch_lock_row_new (item, self->clock);

  latch_lock_row_set_bridge_named (LATCH_LOCK_ROW (row), self->titled);
  g_signal_connect_object (row, "activate", G_CALLBACK (activated_by_key_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static gboolean
keynav_failed_cb (LatchLockGroup *self, GtkDirectionType direction)
{
  gboolean went = FALSE;

  if (direction == GTK_DIR_UP || direction == GTK_DIR_DOWN)
    g_signal_emit (self, signals[LEFT], 0, direction, &went);

  return went;
}

static void
rows_changed_cb (LatchLockGroup *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), latch_lock_group_get_n_rows (self) > 0);
}

/* For the Tab key all groups are one list, and the selected lock is the way in */
static gboolean
latch_lock_group_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (tab && !LATCH_LOCK_GROUP (widget)->tab_stop && !gtk_widget_get_focus_child (widget))
    return FALSE;

  return GTK_WIDGET_CLASS (latch_lock_group_parent_class)->focus (widget, direction);
}

static void
latch_lock_group_dispose (GObject *object)
{
  LatchLockGroup *self = LATCH_LOCK_GROUP (object);

  if (self->list)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_LOCK_GROUP);
  g_clear_object (&self->rows);
  g_clear_object (&self->locks);
  g_clear_object (&self->clock);
  g_clear_object (&self->bridge);

  G_OBJECT_CLASS (latch_lock_group_parent_class)->dispose (object);
}

static void
latch_lock_group_class_init (LatchLockGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_lock_group_dispose;
  widget_class->focus = latch_lock_group_focus;

  /**
   * LatchLockGroup::lock-selected:
   * @lock: a lock that somebody went to
   */
  signals[LOCK_SELECTED] = g_signal_new ("lock-selected", LATCH_TYPE_LOCK_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, LATCH_TYPE_LOCK);

  /**
   * LatchLockGroup::lock-activated:
   * @lock: a lock that somebody wants to see
   * @by_key: whether with the keyboard, whose focus is to go there
   */
  signals[LOCK_ACTIVATED] = g_signal_new ("lock-activated", LATCH_TYPE_LOCK_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 2, LATCH_TYPE_LOCK, G_TYPE_BOOLEAN);

  /**
   * LatchLockGroup::left:
   * @direction: up or down
   *
   * The arrow keys went over the border of the list.
   *
   * Returns: whether there was anywhere to go
   */
  signals[LEFT] = g_signal_new ("left", LATCH_TYPE_LOCK_GROUP, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled,
                                NULL, NULL, G_TYPE_BOOLEAN, 1, GTK_TYPE_DIRECTION_TYPE);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-lock-group.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchLockGroup, heading);
  gtk_widget_class_bind_template_child (widget_class, LatchLockGroup, list);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, keynav_failed_cb);
}

static void
latch_lock_group_init (LatchLockGroup *self)
{
  self->tab_stop = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_lock_group_new:
 * @bridge: whose locks to show, but for those that are hidden
 * @clock: the present
 * @filter: which of them
 *
 * At first, none of them has a row: see latch_lock_group_set_n_rows().
 */
GtkWidget *
latch_lock_group_new (LatchBridge *bridge, LatchClock *clock, GtkFilter *filter)
{
  LatchLockGroup *self = g_object_new (LATCH_TYPE_LOCK_GROUP, NULL);

  self->bridge = g_object_ref (bridge);
  self->clock = g_object_ref (clock);
  self->locks = G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (latch_shown_locks_new (bridge, FALSE)), g_object_ref (filter)));
  self->rows = gtk_slice_list_model_new (g_object_ref (self->locks), 0, 0);
  g_object_bind_property (bridge, "name", self->heading, "label", G_BINDING_SYNC_CREATE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->heading,
                                  NULL, -1);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->rows), create_row, self, NULL);
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (rows_changed_cb), self, G_CONNECT_SWAPPED);
  rows_changed_cb (self);

  return GTK_WIDGET (self);
}

/**
 * latch_lock_group_get_locks:
 *
 * Returns: (transfer none): the locks that show, or will once there are rows for them
 */
GListModel *
latch_lock_group_get_locks (LatchLockGroup *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_GROUP (self), NULL);

  return self->locks;
}

/**
 * latch_lock_group_find:
 *
 * Returns: the place of @lock among these; %G_MAXUINT if it is none of them
 */
guint
latch_lock_group_find (LatchLockGroup *self, LatchLock *lock)
{
  g_autoptr (LatchBridge) bridge = NULL;

  g_return_val_if_fail (LATCH_IS_LOCK_GROUP (self), G_MAXUINT);

  bridge = lock ? latch_lock_ref_bridge (lock) : NULL;
  if (bridge != self->bridge)
    return G_MAXUINT;

  for (guint i = 0; i < g_list_model_get_n_items (self->locks); i++)
    {
      g_autoptr (LatchLock) item = g_list_model_get_item (self->locks, i);

      if (item == lock)
        return i;
    }

  return G_MAXUINT;
}

guint
latch_lock_group_get_n_rows (LatchLockGroup *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_GROUP (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

/**
 * latch_lock_group_set_n_rows:
 * @n_rows: how many locks have a row, at most: the first ones. Without any, the group does not show
 */
void
latch_lock_group_set_n_rows (LatchLockGroup *self, guint n_rows)
{
  g_return_if_fail (LATCH_IS_LOCK_GROUP (self));

  gtk_slice_list_model_set_size (self->rows, n_rows);
}

/**
 * latch_lock_group_set_titled:
 * @titled: whether it matters which bridge the locks are on
 */
void
latch_lock_group_set_titled (LatchLockGroup *self, gboolean titled)
{
  g_return_if_fail (LATCH_IS_LOCK_GROUP (self));

  self->titled = titled;
  gtk_widget_set_visible (GTK_WIDGET (self->heading), titled);
  for (guint i = 0; i < latch_lock_group_get_n_rows (self); i++)
    latch_lock_row_set_bridge_named (get_row (self, i), titled);
}

/**
 * latch_lock_group_select:
 * @lock: (nullable): what to select
 *
 * Selects @lock, or nothing if it is not one of these.
 *
 * Returns: whether it is
 */
gboolean
latch_lock_group_select (LatchLockGroup *self, LatchLock *lock)
{
  LatchLockRow *row = NULL;

  g_return_val_if_fail (LATCH_IS_LOCK_GROUP (self), FALSE);

  row = find_row (self, lock);
  gtk_list_box_select_row (self->list, (GtkListBoxRow *) row);

  /* Without any selection, every group may be entered */
  self->tab_stop = row || !lock;
  return row != NULL;
}

/**
 * latch_lock_group_set_browsing:
 * @browsing: whether a lock is selected as soon as one comes to its row, and not only when it is activated
 */
void
latch_lock_group_set_browsing (LatchLockGroup *self, gboolean browsing)
{
  g_return_if_fail (LATCH_IS_LOCK_GROUP (self));

  gtk_list_box_set_selection_mode (self->list, browsing ? GTK_SELECTION_BROWSE : GTK_SELECTION_NONE);
}

/**
 * latch_lock_group_focus_edge:
 * @direction: where the focus comes to it, up or down
 *
 * Returns: whether the group could take it
 */
gboolean
latch_lock_group_focus_edge (LatchLockGroup *self, GtkDirectionType direction)
{
  g_return_val_if_fail (LATCH_IS_LOCK_GROUP (self), FALSE);

  return latch_lock_group_focus_nth (self, direction == GTK_DIR_UP ? latch_lock_group_get_n_rows (self) - 1 : 0);
}

/**
 * latch_lock_group_focus_nth:
 *
 * Returns: whether there is such a row, now selected, and it has the focus
 */
gboolean
latch_lock_group_focus_nth (LatchLockGroup *self, guint n)
{
  g_return_val_if_fail (LATCH_IS_LOCK_GROUP (self), FALSE);

  if (n >= latch_lock_group_get_n_rows (self))
    return FALSE;

  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (get_row (self, n)));
  return gtk_widget_grab_focus (GTK_WIDGET (get_row (self, n)));
}

/**
 * latch_lock_group_focus_lock:
 *
 * Returns: whether @lock is one of these, and has the focus now
 */
gboolean
latch_lock_group_focus_lock (LatchLockGroup *self, LatchLock *lock)
{
  LatchLockRow *row = NULL;

  g_return_val_if_fail (LATCH_IS_LOCK_GROUP (self), FALSE);

  row = find_row (self, lock);
  return row && gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-pinned-list.h"

#include "latch-bridge-row.h"

/* From this many bridges on, they would take the locks' place */
#define MANY_BRIDGES 4
#define MANY_BRIDGES_HEIGHT 202
/* Half of the second row, to show that there is more */
#define LOW_HEIGHT 76

struct _LatchPinnedList
{
  AdwBin parent_instance;

  GListModel *bridges;
  gboolean low;
  GtkWidget *selected; /* weak */

  GtkScrolledWindow *scroller;
  GtkListBox *list;
  GtkListBoxRow *activity_row;
};

G_DEFINE_FINAL_TYPE (LatchPinnedList, latch_pinned_list, ADW_TYPE_BIN)

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The bridges' rows come after the one for activity */
static GtkListBoxRow *
get_bridge_row (LatchPinnedList *self, guint position)
{
  return gtk_list_box_get_row_at_index (self->list, position + 1);
}

static GtkListBoxRow *
find_bridge_row (LatchPinnedList *self, LatchBridge *bridge)
{
  GtkListBoxRow *row = NULL;

  for (guint i = 0; (row = get_bridge_row (self, i)); i++)
    if (latch_bridge_row_get_bridge (LATCH_BRIDGE_ROW (row)) == bridge)
      break;

  return row;
}

/* Returns: (nullable): the row for that place, if it is one of these */
static GtkListBoxRow *
find_row (LatchPinnedList *self, LatchPlace place, LatchBridge *bridge)
{
  switch (place)
    {
    case LATCH_PLACE_ACTIVITY:
      return self->activity_row;
    case LATCH_PLACE_BRIDGE:
      return find_bridge_row (self, bridge);
    case LATCH_PLACE_LOCK:
    default:
      return NULL;
    }
}

/*
 * A list that selects by itself does so as soon as the focus comes by, but whoever is only on the way to somewhere else
 * does not mean to leave the page.
 */
static void
set_selected (LatchPinnedList *self, GtkWidget *row)
{
  if (self->selected)
    {
      gtk_widget_unset_state_flags (self->selected, GTK_STATE_FLAG_SELECTED);
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->selected), GTK_ACCESSIBLE_STATE_SELECTED, FALSE, -1);
    }

  g_set_weak_pointer (&self->selected, row);
  if (row)
    {
      gtk_widget_set_state_flags (row, GTK_STATE_FLAG_SELECTED, FALSE);
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, TRUE, -1);
    }
}

static void
tell (LatchPinnedList *self, GtkListBoxRow *row, gboolean by_key)
{
  if (row == self->activity_row)
    g_signal_emit (self, signals[ACTIVATED], 0, LATCH_PLACE_ACTIVITY, NULL, by_key);
  else
    g_signal_emit (self, signals[ACTIVATED], 0, LATCH_PLACE_BRIDGE,
                   latch_bridge_row_get_bridge (LATCH_BRIDGE_ROW (row)), by_key);
}

static void
row_activated_cb (LatchPinnedList *self, GtkListBoxRow *row)
{
  tell (self, row, FALSE);
}

/* Not the pointer, which activates the list, but a key */
static void
activated_by_key_cb (LatchPinnedList *self, GtkListBoxRow *row)
{
  tell (self, row, TRUE);
}

static void
update_height (LatchPinnedList *self)
{
  gboolean many = self->bridges && g_list_model_get_n_items (self->bridges) >= MANY_BRIDGES;
  gboolean scrolls = many || self->low;

  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, scrolls ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  gtk_scrolled_window_set_min_content_height (self->scroller, -1);
  gtk_scrolled_window_set_max_content_height (self->scroller, self->low ? LOW_HEIGHT : many ? MANY_BRIDGES_HEIGHT : -1);
  gtk_scrolled_window_set_min_content_height (self->scroller, self->low ? LOW_HEIGHT : -1);
}

static void
bridges_changed_cb (LatchPinnedList *self, guint position, guint removed, guint added, GListModel *bridges)
{
  for (guint i = 0; i < removed; i++)
    gtk_list_box_remove (self->list, GTK_WIDGET (get_bridge_row (self, position)));
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (bridges, position + i);
      GtkWidget *row = latch_bridge_row_new (bridge);

      g_signal_connect_object (row, "activate", G_CALLBACK (activated_by_key_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_insert (self->list, row, position + i + 1);
    }

  update_height (self);
}

static void
latch_pinned_list_dispose (GObject *object)
{
  LatchPinnedList *self = LATCH_PINNED_LIST (object);

  if (self->bridges)
    g_signal_handlers_disconnect_by_data (self->bridges, self);
  g_clear_weak_pointer (&self->selected);
  /* Disposing of the template would take the child away behind the bin's back */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_PINNED_LIST);
  g_clear_object (&self->bridges);

  G_OBJECT_CLASS (latch_pinned_list_parent_class)->dispose (object);
}

static void
latch_pinned_list_class_init (LatchPinnedListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_pinned_list_dispose;

  /**
   * LatchPinnedList::activated:
   * @place: a #LatchPlace to which somebody wants to go
   * @bridge: (nullable): which bridge, if it is one
   * @by_key: whether with the keyboard, whose focus is to go there
   */
  signals[ACTIVATED] = g_signal_new ("activated", LATCH_TYPE_PINNED_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 3, G_TYPE_INT, LATCH_TYPE_BRIDGE, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-pinned-list.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchPinnedList, scroller);
  gtk_widget_class_bind_template_child (widget_class, LatchPinnedList, list);
  gtk_widget_class_bind_template_child (widget_class, LatchPinnedList, activity_row);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_by_key_cb);
}

static void
latch_pinned_list_init (LatchPinnedList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_pinned_list_show:
 * @bridges: a list of #LatchBridge
 *
 * Says what to show; to be called once.
 */
void
latch_pinned_list_show (LatchPinnedList *self, GListModel *bridges)
{
  g_return_if_fail (LATCH_IS_PINNED_LIST (self));
  g_return_if_fail (!self->bridges);

  self->bridges = g_object_ref (bridges);
  g_signal_connect_object (bridges, "items-changed", G_CALLBACK (bridges_changed_cb), self, G_CONNECT_SWAPPED);
  bridges_changed_cb (self, 0, 0, g_list_model_get_n_items (bridges), bridges);
}

/**
 * latch_pinned_list_set_low:
 * @low: whether there is hardly any height, so that the list has to leave some to the locks
 */
void
latch_pinned_list_set_low (LatchPinnedList *self, gboolean low)
{
  g_return_if_fail (LATCH_IS_PINNED_LIST (self));

  self->low = low;
  update_height (self);
}

/**
 * latch_pinned_list_select:
 * @place: where somebody is
 * @bridge: (nullable): at which bridge
 *
 * Selects the row for that, or nothing if there is none.
 */
void
latch_pinned_list_select (LatchPinnedList *self, LatchPlace place, LatchBridge *bridge)
{
  g_return_if_fail (LATCH_IS_PINNED_LIST (self));

  set_selected (self, GTK_WIDGET (find_row (self, place, bridge)));
}

/**
 * latch_pinned_list_focus:
 * @place: a place
 * @bridge: (nullable): at which bridge
 *
 * Returns: whether there is a row for that, and it has the focus now
 */
gboolean
latch_pinned_list_focus (LatchPinnedList *self, LatchPlace place, LatchBridge *bridge)
{
  GtkListBoxRow *row = NULL;

  g_return_val_if_fail (LATCH_IS_PINNED_LIST (self), FALSE);

  row = find_row (self, place, bridge);
  return row && gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-sidebar.h"

#include "latch-bridge-row.h"
#include "latch-lock-census.h"
#include "latch-lock-finder.h"
#include "latch-lock-group.h"
#include "latch-main-menu.h"

/* From this many locks on, one has to look for them */
#define MANY_LOCKS 9

/* From this many bridges on, they would take the locks' place */
#define MANY_BRIDGES 4
#define BRIDGES_HEIGHT 156

struct _LatchSidebar
{
  AdwNavigationPage parent_instance;

  GListModel *bridges;
  LatchClock *clock;
  LatchLockCensus *census;
  LatchLock *selected;
  GtkWidget *key_capture_widget;
  guint update_id;
  gboolean selecting;
  gboolean collapsed;

  AdwWindowTitle *window_title;
  LatchLockFinder *finder;
  GtkStack *stack;
  GtkBox *groups;
  GtkScrolledWindow *bridges_scroller;
  GtkListBox *bridges_list;
};

G_DEFINE_FINAL_TYPE (LatchSidebar, latch_sidebar, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_SELECTED = 1,
} LatchSidebarProperty;

enum
{
  LOCK_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[PROP_SELECTED + 1];
static guint signals[N_SIGNALS];

static LatchLockGroup *
get_first_group (LatchSidebar *self)
{
  return (LatchLockGroup *) gtk_widget_get_first_child (GTK_WIDGET (self->groups));
}

static LatchLockGroup *
get_next_group (LatchLockGroup *group)
{
  return (LatchLockGroup *) gtk_widget_get_next_sibling (GTK_WIDGET (group));
}

/* There is one selection, though there are several lists */
static void
show_selection (LatchSidebar *self)
{
  self->selecting = TRUE;
  for (LatchLockGroup *group = get_first_group (self); group; group = get_next_group (group))
    latch_lock_group_select (group, self->selected);
  self->selecting = FALSE;
}

static void
lock_selected_cb (LatchSidebar *self, LatchLock *lock)
{
  if (!self->selecting)
    latch_sidebar_set_selected (self, lock);
}

static void
lock_activated_cb (LatchSidebar *self, LatchLock *lock, gboolean by_key)
{
  latch_sidebar_set_selected (self, lock);
  g_signal_emit (self, signals[LOCK_ACTIVATED], 0, lock, by_key);
}

static gboolean
group_left_cb (LatchSidebar *self, GtkDirectionType direction, LatchLockGroup *from)
{
  GtkWidget *group = GTK_WIDGET (from);

  do
    group = direction == GTK_DIR_UP ? gtk_widget_get_prev_sibling (group) : gtk_widget_get_next_sibling (group);
  while (group && !latch_lock_group_focus_edge (LATCH_LOCK_GROUP (group), direction));

  return group != NULL;
}

static void
update_stack (LatchSidebar *self)
{
  guint n_shown = 0;

  for (LatchLockGroup *group = get_first_group (self); group; group = get_next_group (group))
    n_shown += g_list_model_get_n_items (latch_lock_group_get_locks (group));

  if (n_shown > 0)
    gtk_stack_set_visible_child_name (self->stack, "locks");
  else if (latch_lock_census_get_n_locks (self->census) > 0)
    gtk_stack_set_visible_child_name (self->stack, "not-found");
  else
    gtk_stack_set_visible_child_name (self->stack, "no-locks");
}

static void
shown_locks_changed_cb (LatchSidebar *self)
{
  show_selection (self);
  update_stack (self);
}

static void
update_finder (LatchSidebar *self)
{
  guint n_locks = latch_lock_census_get_n_locks (self->census);
  gboolean many = n_locks >= MANY_LOCKS;
  g_autofree char *summary = many ? latch_lock_census_to_text (self->census) : NULL;

  adw_window_title_set_subtitle (self->window_title, summary ? summary : "");
  latch_lock_finder_set_n_locks (self->finder, n_locks);
  if (!many)
    latch_lock_finder_reset (self->finder);
  gtk_widget_set_visible (GTK_WIDGET (self->finder), many);
  latch_lock_finder_set_key_capture_widget (self->finder, many ? self->key_capture_widget : NULL);
}

static void
update_cb (gpointer user_data)
{
  LatchSidebar *self = user_data;

  self->update_id = 0;
  latch_lock_filter_locks_changed (latch_lock_finder_get_filter (self->finder));
  update_finder (self);
  update_stack (self);
}

/* Not at once: a filter must not change while the lists under it are telling that they do */
static void
queue_update (LatchSidebar *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_once (update_cb, self);
}

static GtkWidget *
create_group (LatchSidebar *self, LatchBridge *bridge)
{
  GtkWidget *group = latch_lock_group_new (bridge, self->clock, GTK_FILTER (latch_lock_finder_get_filter (self->finder)));

  latch_lock_group_set_collapsed (LATCH_LOCK_GROUP (group), self->collapsed);
  g_signal_connect_object (group, "lock-selected", G_CALLBACK (lock_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (group, "lock-activated", G_CALLBACK (lock_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (group, "left", G_CALLBACK (group_left_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (latch_lock_group_get_locks (LATCH_LOCK_GROUP (group)), "items-changed",
                           G_CALLBACK (shown_locks_changed_cb), self, G_CONNECT_SWAPPED);

  return group;
}

static void
bridges_changed_cb (LatchSidebar *self, guint position, guint removed, guint added, GListModel *bridges)
{
  GtkWidget *sibling = NULL;
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->groups));
  guint n_bridges = g_list_model_get_n_items (bridges);

  for (guint i = 0; i < position; i++)
    {
      sibling = child;
      child = gtk_widget_get_next_sibling (child);
    }
  for (guint i = 0; i < removed; i++)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_box_remove (self->groups, child);
      child = next;
    }
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (bridges, position + i);
      GtkWidget *group = create_group (self, bridge);

      gtk_box_insert_child_after (self->groups, group, sibling);
      sibling = group;
    }

  for (LatchLockGroup *group = get_first_group (self); group; group = get_next_group (group))
    latch_lock_group_set_titled (group, n_bridges > 1);

  gtk_scrolled_window_set_policy (self->bridges_scroller, GTK_POLICY_NEVER,
                                  n_bridges >= MANY_BRIDGES ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  gtk_scrolled_window_set_max_content_height (self->bridges_scroller, n_bridges >= MANY_BRIDGES ? BRIDGES_HEIGHT : -1);
  shown_locks_changed_cb (self);
}

static GtkWidget *
create_bridge_row (gpointer item, gpointer user_data)
{
  return latch_bridge_row_new (item);
}

static void
bridge_activated_cb (LatchSidebar *self, LatchBridgeRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "bridge.show", "s",
                              latch_bridge_get_id (latch_bridge_row_get_bridge (row)));
}

static void
search_stopped_cb (LatchSidebar *self)
{
  latch_sidebar_focus_selected (self);
}

static void
search_activated_cb (LatchSidebar *self)
{
  LatchLock *lock = latch_sidebar_get_nth_lock (self, 0);

  if (lock)
    lock_activated_cb (self, lock, TRUE);
}

static void
latch_sidebar_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchSidebar *self = LATCH_SIDEBAR (object);

  switch ((LatchSidebarProperty) property_id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, self->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_sidebar_dispose (GObject *object)
{
  LatchSidebar *self = LATCH_SIDEBAR (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->bridges_list)
    gtk_list_box_bind_model (self->bridges_list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_SIDEBAR);
  g_clear_object (&self->census);
  g_clear_object (&self->bridges);
  g_clear_object (&self->clock);
  g_clear_object (&self->selected);

  G_OBJECT_CLASS (latch_sidebar_parent_class)->dispose (object);
}

static void
latch_sidebar_class_init (LatchSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_sidebar_get_property;
  object_class->dispose = latch_sidebar_dispose;

  /**
   * LatchSidebar:selected:
   *
   * The lock that somebody looks at. It stays selected while a search hides it.
   */
  properties[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, LATCH_TYPE_LOCK,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * LatchSidebar::lock-activated:
   * @lock: a lock that somebody wants to see, now selected
   * @by_key: whether with the keyboard, whose focus is to go there
   */
  signals[LOCK_ACTIVATED] = g_signal_new ("lock-activated", LATCH_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, LATCH_TYPE_LOCK, G_TYPE_BOOLEAN);

  g_type_ensure (LATCH_TYPE_LOCK_FINDER);
  g_type_ensure (LATCH_TYPE_MAIN_MENU);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchSidebar, window_title);
  gtk_widget_class_bind_template_child (widget_class, LatchSidebar, finder);
  gtk_widget_class_bind_template_child (widget_class, LatchSidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, LatchSidebar, groups);
  gtk_widget_class_bind_template_child (widget_class, LatchSidebar, bridges_scroller);
  gtk_widget_class_bind_template_child (widget_class, LatchSidebar, bridges_list);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, bridge_activated_cb);
}

static void
latch_sidebar_init (LatchSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_sidebar_show:
 * @bridges: a list of #LatchBridge
 * @clock: the present
 *
 * Says what to show; to be called once.
 */
void
latch_sidebar_show (LatchSidebar *self, GListModel *bridges, LatchClock *clock)
{
  g_autoptr (GListModel) locks = NULL;

  g_return_if_fail (LATCH_IS_SIDEBAR (self));
  g_return_if_fail (!self->bridges);

  self->bridges = g_object_ref (bridges);
  self->clock = g_object_ref (clock);
  locks = G_LIST_MODEL (gtk_flatten_list_model_new (g_object_ref (bridges)));
  self->census = latch_lock_census_new (locks);
  g_signal_connect_object (self->census, "changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bridges, "items-changed", G_CALLBACK (bridges_changed_cb), self, G_CONNECT_SWAPPED);
  bridges_changed_cb (self, 0, 0, g_list_model_get_n_items (bridges), bridges);
  update_finder (self);
  gtk_list_box_bind_model (self->bridges_list, bridges, create_bridge_row, NULL, NULL);
}

/**
 * latch_sidebar_get_selected:
 *
 * Returns: (transfer none) (nullable): the lock that somebody looks at
 */
LatchLock *
latch_sidebar_get_selected (LatchSidebar *self)
{
  g_return_val_if_fail (LATCH_IS_SIDEBAR (self), NULL);

  return self->selected;
}

void
latch_sidebar_set_selected (LatchSidebar *self, LatchLock *lock)
{
  g_return_if_fail (LATCH_IS_SIDEBAR (self));

  if (!g_set_object (&self->selected, lock))
    return;

  latch_lock_filter_set_selected (latch_lock_finder_get_filter (self->finder), lock);
  queue_update (self);
  show_selection (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/**
 * latch_sidebar_get_nth_lock:
 * @n: from 0 on
 *
 * Returns: (transfer none) (nullable): the lock in that row
 */
LatchLock *
latch_sidebar_get_nth_lock (LatchSidebar *self, guint n)
{
  g_return_val_if_fail (LATCH_IS_SIDEBAR (self), NULL);

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
 * latch_sidebar_set_collapsed:
 * @collapsed: whether the sidebar is all that shows, so that it is not a lock beside it that is selected
 */
void
latch_sidebar_set_collapsed (LatchSidebar *self, gboolean collapsed)
{
  g_return_if_fail (LATCH_IS_SIDEBAR (self));

  self->collapsed = collapsed;
  for (LatchLockGroup *group = get_first_group (self); group; group = get_next_group (group))
    latch_lock_group_set_collapsed (group, collapsed);
  show_selection (self);
}

/**
 * latch_sidebar_start_search:
 *
 * Returns: whether there are enough locks for it to make sense
 */
gboolean
latch_sidebar_start_search (LatchSidebar *self)
{
  g_return_val_if_fail (LATCH_IS_SIDEBAR (self), FALSE);

  return latch_lock_finder_start (self->finder);
}

/**
 * latch_sidebar_set_key_capture_widget:
 * @widget: where typing starts a search
 */
void
latch_sidebar_set_key_capture_widget (LatchSidebar *self, GtkWidget *widget)
{
  g_return_if_fail (LATCH_IS_SIDEBAR (self));

  self->key_capture_widget = widget;
  if (self->census)
    update_finder (self);
}

/**
 * latch_sidebar_focus_selected:
 *
 * Returns: whether the selected lock's row has the focus now
 */
gboolean
latch_sidebar_focus_selected (LatchSidebar *self)
{
  g_return_val_if_fail (LATCH_IS_SIDEBAR (self), FALSE);

  for (LatchLockGroup *group = get_first_group (self); group; group = get_next_group (group))
    if (latch_lock_group_focus_lock (group, self->selected))
      return TRUE;

  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-sidebar.h"

#include "latch-lock-census.h"
#include "latch-lock-finder.h"
#include "latch-lock-list.h"
#include "latch-main-menu.h"
#include "latch-no-locks.h"
#include "latch-pinned-list.h"

struct _LatchSidebar
{
  AdwNavigationPage parent_instance;

  GListModel *bridges;
  LatchClock *clock;
  LatchLockCensus *census;
  LatchLock *selected;
  LatchPlace place;
  LatchBridge *bridge; /* if it is a bridge's place */
  guint update_id;
  gboolean selecting;
  gboolean collapsed;

  AdwWindowTitle *window_title;
  LatchLockFinder *finder;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  LatchLockList *locks;
  LatchPinnedList *pinned;
};

G_DEFINE_FINAL_TYPE (LatchSidebar, latch_sidebar, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_SELECTED = 1,
} LatchSidebarProperty;

enum
{
  LOCK_ACTIVATED,
  PLACE_CHANGED,
  PLACE_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[PROP_SELECTED + 1];
static guint signals[N_SIGNALS];

/* There is one selection, though there are several lists; and none if there is nothing beside them */
static void
show_selection (LatchSidebar *self)
{
  gboolean at_lock = self->place == LATCH_PLACE_LOCK && !self->collapsed;

  self->selecting = TRUE;
  latch_lock_list_set_browsing (self->locks, at_lock);
  latch_lock_list_select (self->locks, at_lock ? self->selected : NULL);
  latch_pinned_list_select (self->pinned, self->collapsed ? LATCH_PLACE_LOCK : self->place, self->bridge);
  self->selecting = FALSE;
}

static void
lock_selected_cb (LatchSidebar *self, LatchLock *lock)
{
  if (self->selecting)
    return;

  latch_sidebar_set_selected (self, lock);
  latch_sidebar_go (self, LATCH_PLACE_LOCK, NULL);
}

static void
lock_activated_cb (LatchSidebar *self, LatchLock *lock, gboolean by_key)
{
  latch_sidebar_set_selected (self, lock);
  latch_sidebar_go (self, LATCH_PLACE_LOCK, NULL);
  g_signal_emit (self, signals[LOCK_ACTIVATED], 0, lock, by_key);
}

static void
pinned_activated_cb (LatchSidebar *self, int place, LatchBridge *bridge, gboolean by_key)
{
  latch_sidebar_go (self, place, bridge);
  g_signal_emit (self, signals[PLACE_ACTIVATED], 0, by_key);
}

/* Returns: (nullable): a bridge that has locks, where all that there are are hidden */
static LatchBridge *
find_hiding_bridge (LatchSidebar *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->bridges); i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (self->bridges, i);

      if (g_list_model_get_n_items (G_LIST_MODEL (bridge)) > 0)
        return bridge; /* its home keeps it */
    }

  return NULL;
}

static void
show_hidden_cb (LatchSidebar *self)
{
  LatchBridge *bridge = find_hiding_bridge (self);

  if (bridge)
    pinned_activated_cb (self, LATCH_PLACE_BRIDGE, bridge, FALSE);
}

static void
update_stack (LatchSidebar *self)
{
  /* Without a bridge, nobody sees us */
  if (latch_lock_list_get_nth (self->locks, 0) || g_list_model_get_n_items (self->bridges) == 0)
    gtk_stack_set_visible_child_name (self->stack, "locks");
  else if (latch_lock_census_get_n_locks (self->census) > 0)
    latch_no_locks_show (self->stack, "not-found", G_CALLBACK (show_hidden_cb), self);
  else
    latch_no_locks_show (self->stack, find_hiding_bridge (self) ? "all-hidden" : "no-locks", G_CALLBACK (show_hidden_cb), self);
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
  g_autofree char *summary = NULL;

  latch_lock_finder_set_n_locks (self->finder, latch_lock_census_get_n_locks (self->census));
  if (latch_lock_finder_has_many_locks (self->finder))
    summary = latch_lock_census_to_text (self->census);
  adw_window_title_set_subtitle (self->window_title, summary ? summary : "");
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

static gboolean
has_bridge (GListModel *bridges, LatchBridge *bridge)
{
  for (guint i = 0; i < g_list_model_get_n_items (bridges); i++)
    {
      g_autoptr (LatchBridge) item = g_list_model_get_item (bridges, i);

      if (item == bridge)
        return TRUE;
    }

  return FALSE;
}

static void
bridges_changed_cb (LatchSidebar *self)
{
  if (self->bridge && !has_bridge (self->bridges, self->bridge))
    latch_sidebar_go (self, LATCH_PLACE_LOCK, NULL);
  queue_update (self); /* a bridge may have no locks of which we would hear */
}

static void
search_stopped_cb (LatchSidebar *self)
{
  latch_sidebar_focus (self, NULL);
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
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_SIDEBAR);
  g_clear_object (&self->census);
  g_clear_object (&self->bridges);
  g_clear_object (&self->clock);
  g_clear_object (&self->selected);
  g_clear_object (&self->bridge);

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

  /**
   * LatchSidebar::place-changed:
   *
   * Somebody is elsewhere now, see latch_sidebar_get_place().
   */
  signals[PLACE_CHANGED] = g_signal_new ("place-changed", LATCH_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);

  /**
   * LatchSidebar::place-activated:
   * @by_key: whether with the keyboard, whose focus is to go there
   *
   * Somebody wants to see the place where he is now.
   */
  signals[PLACE_ACTIVATED] = g_signal_new ("place-activated", LATCH_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (LATCH_TYPE_LOCK_FINDER);
  g_type_ensure (LATCH_TYPE_LOCK_LIST);
  g_type_ensure (LATCH_TYPE_MAIN_MENU);
  g_type_ensure (LATCH_TYPE_PINNED_LIST);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchSidebar, window_title);
  gtk_widget_class_bind_template_child (widget_class, LatchSidebar, finder);
  gtk_widget_class_bind_template_child (widget_class, LatchSidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, LatchSidebar, scroller);
  gtk_widget_class_bind_template_child (widget_class, LatchSidebar, locks);
  gtk_widget_class_bind_template_child (widget_class, LatchSidebar, pinned);
  gtk_widget_class_bind_template_callback (widget_class, lock_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, lock_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_locks_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, pinned_activated_cb);
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
  locks = latch_lock_list_create_model (bridges);
  self->census = latch_lock_census_new (locks);
  g_signal_connect_object (self->census, "changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bridges, "items-changed", G_CALLBACK (bridges_changed_cb), self, G_CONNECT_SWAPPED);
  latch_lock_list_show (self->locks, bridges, clock, GTK_FILTER (latch_lock_finder_get_filter (self->finder)),
                        gtk_scrolled_window_get_vadjustment (self->scroller));
  update_finder (self);
  latch_pinned_list_show (self->pinned, bridges);
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
 * latch_sidebar_get_place:
 *
 * Returns: where somebody is
 */
LatchPlace
latch_sidebar_get_place (LatchSidebar *self)
{
  g_return_val_if_fail (LATCH_IS_SIDEBAR (self), LATCH_PLACE_LOCK);

  return self->place;
}

/**
 * latch_sidebar_get_bridge:
 *
 * Returns: (transfer none) (nullable): the bridge at which somebody is
 */
LatchBridge *
latch_sidebar_get_bridge (LatchSidebar *self)
{
  g_return_val_if_fail (LATCH_IS_SIDEBAR (self), NULL);

  return self->bridge;
}

/**
 * latch_sidebar_go:
 * @place: where to be from now on
 * @bridge: (nullable): at which bridge
 */
void
latch_sidebar_go (LatchSidebar *self, LatchPlace place, LatchBridge *bridge)
{
  g_return_if_fail (LATCH_IS_SIDEBAR (self));
  g_return_if_fail ((place == LATCH_PLACE_BRIDGE) == (bridge != NULL));

  if (self->place == place && self->bridge == bridge)
    return;

  self->place = place;
  g_set_object (&self->bridge, bridge);
  show_selection (self);
  g_signal_emit (self, signals[PLACE_CHANGED], 0);
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

  return latch_lock_list_get_nth (self->locks, n);
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
  show_selection (self);
}

/**
 * latch_sidebar_set_low:
 * @low: whether there is hardly any height
 */
void
latch_sidebar_set_low (LatchSidebar *self, gboolean low)
{
  latch_pinned_list_set_low (self->pinned, low);
}

/**
 * latch_sidebar_start_search:
 *
 * Returns: whether there is anything to search
 */
gboolean
latch_sidebar_start_search (LatchSidebar *self)
{
  g_return_val_if_fail (LATCH_IS_SIDEBAR (self), FALSE);

  return latch_lock_finder_start (self->finder);
}

/**
 * latch_sidebar_search:
 * @text: what somebody has typed elsewhere
 *
 * Goes on with a search, if there are so many locks that one has to look for them.
 */
void
latch_sidebar_search (LatchSidebar *self, const char *text)
{
  g_return_if_fail (LATCH_IS_SIDEBAR (self));

  if (!latch_lock_finder_has_many_locks (self->finder))
    return;

  latch_lock_finder_set_text (self->finder, text);
  latch_lock_finder_start (self->finder);
}

/**
 * latch_sidebar_set_key_capture_widget:
 * @widget: where typing starts a search
 */
void
latch_sidebar_set_key_capture_widget (LatchSidebar *self, GtkWidget *widget)
{
  g_return_if_fail (LATCH_IS_SIDEBAR (self));

  latch_lock_finder_set_key_capture_widget (self->finder, widget);
}

/**
 * latch_sidebar_focus:
 * @lock: (nullable): a lock; %NULL for where somebody is, or else the selected one
 *
 * Returns: whether there is a row for that, and it has the focus now
 */
gboolean
latch_sidebar_focus (LatchSidebar *self, LatchLock *lock)
{
  g_return_val_if_fail (LATCH_IS_SIDEBAR (self), FALSE);

  if (!lock && latch_pinned_list_focus (self->pinned, self->place, self->bridge))
    return TRUE;

  return latch_lock_list_focus (self->locks, lock ? lock : self->selected);
}

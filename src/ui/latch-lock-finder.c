/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-finder.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* From this many locks on, one has to look for them: it always shows */
#define MANY_LOCKS 9

struct _LatchLockFinder
{
  GtkBox parent_instance;

  LatchLockFilter *filter;
  guint n_locks;
  gboolean searching;
  GtkEventController *return_controller; /* of the widget where typing starts a search; NULL if there is none */

  GtkSearchEntry *search_entry;
  AdwToggleGroup *kinds;
};

G_DEFINE_FINAL_TYPE (LatchLockFinder, latch_lock_finder, GTK_TYPE_BOX)

enum
{
  STOPPED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update (LatchLockFinder *self)
{
  gboolean visible = self->searching || latch_lock_finder_has_many_locks (self);

  if (!visible)
    latch_lock_finder_reset (self);
  gtk_widget_set_visible (GTK_WIDGET (self), visible);
}

static void
set_searching (LatchLockFinder *self, gboolean searching)
{
  self->searching = searching && self->n_locks > 0;
  update (self);
}

static void
search_changed_cb (LatchLockFinder *self)
{
  latch_lock_filter_set_text (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

/* What is typed elsewhere arrives here; from then on all of it should, spaces included */
static void
search_started_cb (LatchLockFinder *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_set_position (GTK_EDITABLE (self->search_entry), -1);
}

static void
stop_search_cb (LatchLockFinder *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  g_signal_emit (self, signals[STOPPED], 0);
  set_searching (self, FALSE);
}

/* Whether somebody who presses that key is at the locks, and writes something */
static gboolean
writes (LatchLockFinder *self, guint keyval, GdkModifierType state)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_PAGE);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  return (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) == 0 &&
         g_unichar_isgraph (gdk_keyval_to_unicode (keyval)) &&
         page && focus && gtk_widget_is_ancestor (focus, page) && !gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER);
}

/*
 * The entry would take Return, too, as it comes by on its way to the window: whoever presses it elsewhere would get the
 * first lock, and not what has the focus. Of what is written, an entry that does not show takes nothing.
 */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                LatchLockFinder *self)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  if (!gtk_widget_get_visible (GTK_WIDGET (self)) && writes (self, keyval, state))
    set_searching (self, TRUE);

  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter && keyval != GDK_KEY_ISO_Enter)
    return GDK_EVENT_PROPAGATE;

  gtk_event_controller_key_forward (controller, GTK_WIDGET (gtk_widget_get_root (widget)));
  return GDK_EVENT_STOP;
}

static void
forget_return (LatchLockFinder *self)
{
  GtkWidget *widget = gtk_search_entry_get_key_capture_widget (self->search_entry);

  if (widget && self->return_controller)
    gtk_widget_remove_controller (widget, self->return_controller);
  self->return_controller = NULL;
}

static void
activate_cb (LatchLockFinder *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
  set_searching (self, FALSE);
}

/* The toggles stand in the order of the kinds */
static void
kind_changed_cb (LatchLockFinder *self)
{
  latch_lock_filter_set_kind (self->filter, (LatchLockKind) adw_toggle_group_get_active (self->kinds));
}

static void
latch_lock_finder_dispose (GObject *object)
{
  LatchLockFinder *self = LATCH_LOCK_FINDER (object);

  if (self->search_entry)
    latch_lock_finder_set_key_capture_widget (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_LOCK_FINDER);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (latch_lock_finder_parent_class)->dispose (object);
}

static void
latch_lock_finder_class_init (LatchLockFinderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_lock_finder_dispose;

  /**
   * LatchLockFinder::stopped:
   *
   * Somebody gave up searching: the focus should go back to the locks.
   */
  signals[STOPPED] = g_signal_new ("stopped", LATCH_TYPE_LOCK_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  /**
   * LatchLockFinder::activated:
   *
   * Somebody wants the first lock that was found.
   */
  signals[ACTIVATED] = g_signal_new ("activated", LATCH_TYPE_LOCK_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-lock-finder.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchLockFinder, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LatchLockFinder, kinds);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_started_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
}

static void
latch_lock_finder_init (LatchLockFinder *self)
{
  self->filter = latch_lock_filter_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_lock_finder_get_filter:
 *
 * Returns: (transfer none): lets through what somebody wants to see
 */
LatchLockFilter *
latch_lock_finder_get_filter (LatchLockFinder *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_FINDER (self), NULL);

  return self->filter;
}

/**
 * latch_lock_finder_set_n_locks:
 * @n_locks: how many there are to search
 */
void
latch_lock_finder_set_n_locks (LatchLockFinder *self, guint n_locks)
{
  g_autofree char *placeholder = NULL;

  g_return_if_fail (LATCH_IS_LOCK_FINDER (self));

  self->n_locks = n_locks;
  set_searching (self, self->searching);
  /* Translators: what is written in a search entry before anything is typed there */
  placeholder = g_strdup_printf (ngettext ("Search %u lock", "Search %u locks", n_locks), n_locks);
  gtk_search_entry_set_placeholder_text (self->search_entry, placeholder);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search_entry), GTK_ACCESSIBLE_PROPERTY_LABEL, placeholder, -1);
}

/**
 * latch_lock_finder_set_key_capture_widget:
 * @widget: (nullable): where typing starts a search
 */
void
latch_lock_finder_set_key_capture_widget (LatchLockFinder *self, GtkWidget *widget)
{
  g_return_if_fail (LATCH_IS_LOCK_FINDER (self));

  if (gtk_search_entry_get_key_capture_widget (self->search_entry) == widget)
    return;

  forget_return (self);
  gtk_search_entry_set_key_capture_widget (self->search_entry, widget);
  if (!widget)
    return;

  /* After the entry's own, and so asked before it */
  self->return_controller = gtk_event_controller_key_new ();
  g_signal_connect (self->return_controller, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (widget, self->return_controller);
}

/**
 * latch_lock_finder_reset:
 *
 * Shows all locks again.
 */
void
latch_lock_finder_reset (LatchLockFinder *self)
{
  g_return_if_fail (LATCH_IS_LOCK_FINDER (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  adw_toggle_group_set_active_name (self->kinds, "all");
}

/**
 * latch_lock_finder_start:
 *
 * Shows it, if there is anything to search.
 *
 * Returns: whether one can type now
 */
gboolean
latch_lock_finder_start (LatchLockFinder *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_FINDER (self), FALSE);

  set_searching (self, TRUE);

  return self->searching && gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/**
 * latch_lock_finder_has_many_locks:
 *
 * Returns: whether there are so many locks to search that it always shows
 */
gboolean
latch_lock_finder_has_many_locks (LatchLockFinder *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_FINDER (self), FALSE);

  return self->n_locks >= MANY_LOCKS;
}

/**
 * latch_lock_finder_set_text:
 * @text: what somebody has typed elsewhere
 *
 * Goes on with a search, or ends one.
 */
void
latch_lock_finder_set_text (LatchLockFinder *self, const char *text)
{
  g_return_if_fail (LATCH_IS_LOCK_FINDER (self));

  latch_lock_finder_reset (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->search_entry), -1);
}

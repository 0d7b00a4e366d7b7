/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-key-guard.h"

#include "latch-shortcuts.h"

/* Keys that are held come again sooner than that; if not, we have missed how one was let go */
#define MOST_BETWEEN_MS 2500

typedef struct
{
  guint keycode;   /* of the key that is down; 0 if none is */
  GdkEvent *event; /* with which it last came */
} KeyGuard;

static void
key_guard_free (gpointer data)
{
  KeyGuard *self = data;

  g_clear_pointer (&self->event, gdk_event_unref);
  g_free (self);
}

/* Keys that press what has the focus; and in a text, only those that write nothing there */
static gboolean
presses (GtkWidget *widget, guint keyval)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));

  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return !GTK_IS_TEXT_VIEW (focus);
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      return !GTK_IS_TEXT_VIEW (focus) && !GTK_IS_EDITABLE (focus);
    default:
      return FALSE;
    }
}

static KeyGuard *
get_guard (gpointer controller)
{
  return g_object_get_data (controller, "latch-key-guard");
}

static gboolean
is_held (KeyGuard *self, GdkEvent *event, guint keycode)
{
  return self->event && keycode == self->keycode &&
         gdk_event_get_time (event) - gdk_event_get_time (self->event) < MOST_BETWEEN_MS;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode)
{
  KeyGuard *self = get_guard (controller);
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  gboolean held = FALSE;

  /* What nobody wanted on its way is sent here once more */
  if (event == self->event)
    return GDK_EVENT_PROPAGATE;

  held = is_held (self, event, keycode);
  self->keycode = keycode;
  g_clear_pointer (&self->event, gdk_event_unref);
  self->event = gdk_event_ref (event);

  return held && (presses (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)), keyval) ||
                  latch_shortcuts_match (event));
}

static void
key_released_cb (GtkEventControllerKey *controller, guint keyval, guint keycode)
{
  KeyGuard *self = get_guard (controller);

  if (keycode == self->keycode)
    self->keycode = 0;
}

/* Of what is let go elsewhere, we are not told */
static void
active_changed_cb (GtkEventControllerKey *controller)
{
  get_guard (controller)->keycode = 0;
}

/**
 * latch_key_guard_add:
 *
 * From now on, who holds a key down in @window does what it does once: nobody who rests his hand on Lock, to be sure, has
 * the door unlocked as soon as the same key means that.
 */
void
latch_key_guard_add (GtkWindow *window)
{
  GtkEventController *controller = NULL;

  g_return_if_fail (GTK_IS_WINDOW (window));

  controller = gtk_event_controller_key_new ();
  g_object_set_data_full (G_OBJECT (controller), "latch-key-guard", g_new0 (KeyGuard, 1), key_guard_free);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  /* Else nothing would be heard of what is pressed in a dialog */
  gtk_event_controller_set_propagation_limit (controller, GTK_LIMIT_NONE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_pressed_cb), NULL);
  g_signal_connect (controller, "key-released", G_CALLBACK (key_released_cb), NULL);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (active_changed_cb), controller, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

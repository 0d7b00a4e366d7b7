/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-housekeeper.h"

#include "latch-announcement.h"
#include "latch-lock-filter.h"
#include "latch-lock-text.h"
#include "latch-rename-dialog.h"

#include <glib/gi18n-lib.h>

struct _LatchHousekeeper
{
  GObject parent_instance;

  GtkWidget *widget; /* weak: what dialogs and toasts appear over */
  LatchHome *home;
};

G_DEFINE_FINAL_TYPE (LatchHousekeeper, latch_housekeeper, G_TYPE_OBJECT)

enum
{
  HIDDEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  LatchHousekeeper *housekeeper;
  LatchLock *lock;
} Wish;

static Wish *
wish_new (LatchHousekeeper *self, LatchLock *lock)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->housekeeper = g_object_ref (self);
  wish->lock = g_object_ref (lock);
  return wish;
}

static void
wish_free (Wish *wish)
{
  g_clear_object (&wish->housekeeper);
  g_clear_object (&wish->lock);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

/* Returns: (nullable): the toast, while there is a window */
static AdwToast *
tell (LatchHousekeeper *self, const char *text, gboolean until_seen)
{
  GtkWidget *overlay = self->widget ? gtk_widget_get_ancestor (self->widget, ADW_TYPE_TOAST_OVERLAY) : NULL;
  AdwToast *toast = NULL;

  if (!overlay)
    return NULL;

  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  if (until_seen)
    adw_toast_set_timeout (toast, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  return toast;
}

static void
renamed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchHousekeeper) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!latch_home_rename_lock_finish (LATCH_HOME (source), result, &error))
    tell (self, error->message, TRUE);
}

static void
name_chosen_cb (LatchHousekeeper *self, const char *name, LatchRenameDialog *dialog)
{
  latch_home_rename_lock_async (self->home, latch_rename_dialog_get_lock (dialog), name, NULL, renamed_cb,
                                g_object_ref (self));
}

static void
unhidden_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  g_autofree char *name = latch_lock_text_short_name (wish->lock);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!latch_home_hide_lock_finish (LATCH_HOME (source), result, &error))
    {
      tell (wish->housekeeper, error->message, TRUE);
      return;
    }

  /* Translators: %s is the name of a lock that was hidden */
  text = g_strdup_printf (_("%s is shown again"), name);
  if (wish->housekeeper->widget)
    latch_announce (wish->housekeeper->widget, text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
undo_cb (Wish *wish)
{
  latch_housekeeper_unhide (wish->housekeeper, wish->lock);
}

static void
wish_closure_free (gpointer data, GClosure *closure)
{
  wish_free (data);
}

static void
hidden_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  g_autofree char *name = latch_lock_text_short_name (wish->lock);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  AdwToast *toast = NULL;

  if (!latch_home_hide_lock_finish (LATCH_HOME (source), result, &error))
    {
      tell (wish->housekeeper, error->message, TRUE);
      return;
    }

  /* Translators: %s is the name of a lock */
  text = g_strdup_printf (_("%s hidden"), name);
  toast = tell (wish->housekeeper, text, FALSE);
  if (toast)
    {
      adw_toast_set_button_label (toast, _("Undo"));
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), wish_new (wish->housekeeper, wish->lock),
                             wish_closure_free, G_CONNECT_SWAPPED);
    }
  g_signal_emit (wish->housekeeper, signals[HIDDEN], 0, wish->lock);
}

static void
hide_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  LatchHousekeeper *self = wish->housekeeper;
  LatchLock *lock = wish->lock;

  if (g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "hide"))
    latch_home_hide_lock_async (self->home, lock, TRUE, NULL, hidden_cb, g_steal_pointer (&wish));
}

static void
latch_housekeeper_finalize (GObject *object)
{
  LatchHousekeeper *self = LATCH_HOUSEKEEPER (object);

  g_clear_weak_pointer (&self->widget);
  g_clear_object (&self->home);

  G_OBJECT_CLASS (latch_housekeeper_parent_class)->finalize (object);
}

static void
latch_housekeeper_class_init (LatchHousekeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_housekeeper_finalize;

  /**
   * LatchHousekeeper::hidden:
   * @lock: a lock that somebody has just hidden
   */
  signals[HIDDEN] = g_signal_new ("hidden", LATCH_TYPE_HOUSEKEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, LATCH_TYPE_LOCK);
}

static void
latch_housekeeper_init (LatchHousekeeper *self)
{
}

/**
 * latch_housekeeper_new:
 * @widget: in the window in which to ask and to tell; may go away
 * @home: where the locks are kept
 */
LatchHousekeeper *
latch_housekeeper_new (GtkWidget *widget, LatchHome *home)
{
  LatchHousekeeper *self = g_object_new (LATCH_TYPE_HOUSEKEEPER, NULL);

  g_set_weak_pointer (&self->widget, widget);
  self->home = g_object_ref (home);

  return self;
}

/**
 * latch_housekeeper_rename:
 *
 * Asks what @lock shall be called on this computer.
 */
void
latch_housekeeper_rename (LatchHousekeeper *self, LatchLock *lock)
{
  LatchRenameDialog *dialog = NULL;

  g_return_if_fail (LATCH_IS_HOUSEKEEPER (self));
  g_return_if_fail (LATCH_IS_LOCK (lock));

  dialog = latch_rename_dialog_new (lock);
  g_signal_connect_object (dialog, "renamed", G_CALLBACK (name_chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), self->widget);
}

/* Whoever hides a door that may stand open ought to know it; it will not be told again */
static const char *
get_hide_body (LatchLock *lock)
{
  if (latch_lock_kind_matches (LATCH_LOCK_KIND_UNLOCKED, lock))
    return _("It is not locked. Nobody will be told of that, nor of anything else about this lock, while it is hidden. It can be "
             "shown again on the page of its bridge.");

  return _("It will not be listed any more, and nobody will be told if it is left unlocked, blocked or low on battery. It can be "
           "shown again on the page of its bridge.");
}

/**
 * latch_housekeeper_hide:
 *
 * Hides @lock on this computer, if somebody really wants that.
 */
void
latch_housekeeper_hide (LatchHousekeeper *self, LatchLock *lock)
{
  AdwAlertDialog *dialog = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (LATCH_IS_HOUSEKEEPER (self));
  g_return_if_fail (LATCH_IS_LOCK (lock));

  name = latch_lock_text_short_name (lock);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (NULL, get_hide_body (lock)));
  /* Translators: %s is the name of a lock */
  adw_alert_dialog_format_heading (dialog, _("Hide “%s”?"), name);
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "hide", _("_Hide"), NULL);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, self->widget, NULL, hide_chosen_cb, wish_new (self, lock));
}

/**
 * latch_housekeeper_unhide:
 *
 * Shows @lock again.
 */
void
latch_housekeeper_unhide (LatchHousekeeper *self, LatchLock *lock)
{
  g_return_if_fail (LATCH_IS_HOUSEKEEPER (self));
  g_return_if_fail (LATCH_IS_LOCK (lock));

  latch_home_hide_lock_async (self->home, lock, FALSE, NULL, unhidden_cb, wish_new (self, lock));
}

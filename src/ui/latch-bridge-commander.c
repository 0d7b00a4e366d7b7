/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-commander.h"

#include "latch-access.h"
#include "latch-bridge-unpair.h"
#include "latch-lock-text.h"
#include "latch-notice.h"
#include "latch-reset-alert.h"
#include "latch-upkeep-text.h"

#include <glib/gi18n-lib.h>

struct _LatchBridgeCommander
{
  GObject parent_instance;

  GtkWidget *widget;      /* weak: what dialogs and toasts appear over */
  GHashTable *forgetting; /* of the bridges that are being forgotten */
};

G_DEFINE_FINAL_TYPE (LatchBridgeCommander, latch_bridge_commander, G_TYPE_OBJECT)

/* One wish of a person's, on its way */
typedef struct
{
  LatchBridgeCommander *commander;
  LatchBridge *bridge;
  LatchHome *home;
  LatchLock *lock;
  LatchMaintenance what;
  gboolean allow;
} Wish;

static Wish *
wish_new (LatchBridgeCommander *self, LatchBridge *bridge)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->commander = g_object_ref (self);
  wish->bridge = g_object_ref (bridge);

  return wish;
}

static void
wish_free (Wish *wish)
{
  g_clear_object (&wish->commander);
  g_clear_object (&wish->bridge);
  g_clear_object (&wish->home);
  g_clear_object (&wish->lock);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

/* Takes @wish. Whoever presses Return without a thought has said no */
static void
ask (Wish *wish, AdwAlertDialog *dialog, const char *yes, gboolean destructive, GAsyncReadyCallback callback)
{
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "yes", yes, NULL);
  if (destructive)
    adw_alert_dialog_set_response_appearance (dialog, "yes", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, wish->commander->widget, NULL, callback, wish);
}

static gboolean
is_confirmed (GObject *source, GAsyncResult *result)
{
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  return !g_str_equal (response, "cancel");
}

/* There may be several bridges, and it may have taken a while */
static void
explain (Wish *wish, const char *heading, const GError *error)
{
  /* Translators: the name of a bridge, and what is wrong with it, in a sentence or two */
  g_autofree char *reason = g_strdup_printf (_("%s: %s"), latch_bridge_get_name (wish->bridge), error->message);

  latch_notice_explain (wish->commander->widget, latch_notice_heading (heading, error), reason);
}

static void
maintained_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchMaintenanceReport) report = latch_bridge_maintain_finish (LATCH_BRIDGE (source), result, &error);
  const char *name = latch_bridge_get_name (wish->bridge);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* it was forgotten, or paired with anew */

  if (!report)
    {
      explain (wish, latch_upkeep_text_failure (wish->what), error);
      return;
    }

  text = latch_upkeep_text_outcome (wish->what, report, name);
  if (text)
    latch_notice_show (wish->commander->widget, latch_notice_new (text));
}

static void
maintenance_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  LatchBridge *bridge = wish->bridge;
  LatchMaintenance what = wish->what;

  if (is_confirmed (source, result))
    latch_bridge_maintain_async (bridge, what, maintained_cb, g_steal_pointer (&wish));
}

static void
unpaired_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  g_autoptr (GError) error = NULL;

  /* Else it is gone from the list */
  if (!latch_bridge_unpair_finish (LATCH_BRIDGE (source), result, &error))
    explain (wish, _("Lock Not Unpaired"), error);
}

static void
unpairing_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  LatchBridge *bridge = wish->bridge;
  LatchLock *lock = wish->lock;

  if (is_confirmed (source, result))
    latch_bridge_unpair_async (bridge, lock, unpaired_cb, g_steal_pointer (&wish));
}

static void
undo_cb (AdwToast *toast, Wish *wish)
{
  latch_bridge_commander_change_access (wish->commander, wish->bridge, !wish->allow);
}

static void
access_changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  g_autoptr (GError) error = NULL;
  const char *name = latch_bridge_get_name (wish->bridge);
  g_autofree char *text = NULL;
  GtkWidget *widget = wish->commander->widget;
  AdwToast *toast = NULL;

  if (!latch_bridge_change_access_finish (LATCH_BRIDGE (source), result, &error))
    {
      explain (wish, _("Access Not Changed"), error);
      return;
    }
  if (wish->allow)
    return;

  /* Translators: %s is the name of a bridge */
  text = g_strdup_printf (_("“%s” accepts no new connections"), name);
  toast = latch_notice_new (text);
  adw_toast_set_timeout (toast, 10);
  adw_toast_set_button_label (toast, _("Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), g_steal_pointer (&wish),
                         (GClosureNotify) (GCallback) wish_free, G_CONNECT_DEFAULT);
  latch_notice_show (widget, toast);
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  g_autoptr (GError) error = NULL;

  g_hash_table_remove (wish->commander->forgetting, wish->bridge);
  if (!latch_home_forget_finish (LATCH_HOME (source), result, &error))
    explain (wish, _("Bridge Not Forgotten"), error);
}

static void
forgetting_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  LatchBridge *bridge = wish->bridge;
  LatchHome *home = wish->home;

  if (is_confirmed (source, result) && g_hash_table_add (wish->commander->forgetting, g_object_ref (bridge)))
    latch_home_forget_async (home, bridge, NULL, forgotten_cb, g_steal_pointer (&wish));
}

static void
latch_bridge_commander_finalize (GObject *object)
{
  LatchBridgeCommander *self = LATCH_BRIDGE_COMMANDER (object);

  g_clear_weak_pointer (&self->widget);
  g_clear_pointer (&self->forgetting, g_hash_table_unref);

  G_OBJECT_CLASS (latch_bridge_commander_parent_class)->finalize (object);
}

static void
latch_bridge_commander_class_init (LatchBridgeCommanderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_bridge_commander_finalize;
}

static void
latch_bridge_commander_init (LatchBridgeCommander *self)
{
  self->forgetting = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

/**
 * latch_bridge_commander_new:
 * @widget: in the window in which to ask and to tell; may go away
 */
LatchBridgeCommander *
latch_bridge_commander_new (GtkWidget *widget)
{
  LatchBridgeCommander *self = g_object_new (LATCH_TYPE_BRIDGE_COMMANDER, NULL);

  g_set_weak_pointer (&self->widget, widget);

  return self;
}

/* An app that stands in for a bridge can do none of this; and who is being forgotten is left alone */
static gboolean
can_serve (LatchBridgeCommander *self, LatchBridge *bridge)
{
  return latch_bridge_get_bridge_type (bridge) != LATCH_BRIDGE_TYPE_SOFTWARE &&
         !g_hash_table_contains (self->forgetting, bridge);
}

/**
 * latch_bridge_commander_maintain:
 * @what: see latch_bridge_maintain_async()
 *
 * Asks whether the bridge is to do that; nothing happens while it does something of the kind.
 */
void
latch_bridge_commander_maintain (LatchBridgeCommander *self, LatchBridge *bridge, LatchMaintenance what)
{
  const char *name = latch_bridge_get_name (bridge);
  guint n_locks = g_list_model_get_n_items (G_LIST_MODEL (bridge));
  AdwAlertDialog *dialog = NULL;
  Wish *wish = NULL;

  g_return_if_fail (LATCH_IS_BRIDGE_COMMANDER (self));

  if (latch_bridge_get_asked_to (bridge) != LATCH_MAINTENANCE_NONE ||
      latch_bridge_get_maintenance (bridge) != LATCH_MAINTENANCE_NONE || !can_serve (self, bridge))
    return;

  wish = wish_new (self, bridge);
  wish->what = what;
  if (what == LATCH_MAINTENANCE_RESETTING)
    adw_alert_dialog_choose (latch_reset_alert_new (name, n_locks), self->widget, NULL, maintenance_confirmed_cb, wish);
  else
    {
      g_autofree char *question = latch_upkeep_text_question (what, name);
      g_autofree char *body = latch_upkeep_text_question_body (what, name, n_locks);

      dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (question, body));
      ask (wish, dialog, latch_upkeep_text_answer (what), FALSE, maintenance_confirmed_cb);
    }
}

/**
 * latch_bridge_commander_unpair:
 *
 * Asks whether the lock's bridge is to part with it for good.
 */
void
latch_bridge_commander_unpair (LatchBridgeCommander *self, LatchLock *lock)
{
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (lock);
  g_autofree char *name = latch_lock_text_short_name (lock);
  AdwAlertDialog *dialog = NULL;
  Wish *wish = NULL;

  g_return_if_fail (LATCH_IS_BRIDGE_COMMANDER (self));

  if (!bridge || !can_serve (self, bridge))
    return;

  wish = wish_new (self, bridge);
  wish->lock = g_object_ref (lock);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (NULL, NULL));
  /* Translators: %s is the name of a lock */
  adw_alert_dialog_format_heading (dialog, _("Unpair “%s”?"), name);
  /* Translators: the names of a bridge and of a lock */
  adw_alert_dialog_format_body (dialog, _("“%s” can no longer reach “%s”. You can pair it again only in the Nuki app."),
                                latch_bridge_get_name (bridge), name);
  ask (wish, dialog, _("_Unpair"), TRUE, unpairing_confirmed_cb);
}

/**
 * latch_bridge_commander_change_access:
 *
 * Has the bridge let other programs pair, or not. There is no need to ask, as it can be undone.
 */
void
latch_bridge_commander_change_access (LatchBridgeCommander *self, LatchBridge *bridge, gboolean allow)
{
  Wish *wish = NULL;

  g_return_if_fail (LATCH_IS_BRIDGE_COMMANDER (self));
  g_return_if_fail (LATCH_IS_BRIDGE (bridge));

  if (latch_bridge_get_changing_access (bridge))
    return;

  wish = wish_new (self, bridge);
  wish->allow = allow;
  latch_bridge_change_access_async (bridge, allow, access_changed_cb, wish);
}

/**
 * latch_bridge_commander_forget:
 *
 * Asks whether to forget the bridge.
 */
void
latch_bridge_commander_forget (LatchBridgeCommander *self, LatchHome *home, LatchBridge *bridge)
{
  AdwAlertDialog *dialog = NULL;
  Wish *wish = NULL;

  g_return_if_fail (LATCH_IS_BRIDGE_COMMANDER (self));
  g_return_if_fail (LATCH_IS_HOME (home));

  if (g_hash_table_contains (self->forgetting, bridge))
    return;

  wish = wish_new (self, bridge);
  wish->home = g_object_ref (home);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (NULL, NULL));
  /* Translators: %s is the name of a bridge */
  adw_alert_dialog_format_heading (dialog, _("Forget “%s”?"), latch_bridge_get_name (bridge));
  adw_alert_dialog_set_body (dialog,
                             _("Nightlatch forgets its token and its locks, and stops instant updates. The bridge itself is not "
                               "changed."));
  ask (wish, dialog, _("_Forget"), TRUE, forgetting_confirmed_cb);
}

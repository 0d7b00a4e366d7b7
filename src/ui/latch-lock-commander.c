/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-commander.h"

#include "latch-announcement.h"
#include "latch-error.h"
#include "latch-lock-complaint.h"
#include "latch-lock-facts.h"
#include "latch-lock-question.h"
#include "latch-lock-text.h"

#include <glib/gi18n-lib.h>

struct _LatchLockCommander
{
  GObject parent_instance;

  GtkWidget *widget; /* weak: what dialogs and toasts appear over */
  GSettings *settings;
  GHashTable *asking; /* of the locks that are being asked */
  GHashTable *complaints; /* by the lock that they are about */
};

G_DEFINE_FINAL_TYPE (LatchLockCommander, latch_lock_commander, G_TYPE_OBJECT)

enum
{
  PERFORMED,
  FAILED,
  ASKING_CHANGED,
  COMPLAINT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One wish of a person's, on its way */
typedef struct
{
  LatchLockCommander *commander;
  LatchLock *lock;
  LatchLockAction action; /* none: to ask the lock */
} Wish;

static Wish *
wish_new (LatchLockCommander *self, LatchLock *lock, LatchLockAction action)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->commander = g_object_ref (self);
  wish->lock = g_object_ref (lock);
  wish->action = action;
  return wish;
}

static void
wish_free (Wish *wish)
{
  g_clear_object (&wish->commander);
  g_clear_object (&wish->lock);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

static void
again_cb (LatchLockCommander *self, LatchLockComplaint *complaint)
{
  LatchLockAction again = latch_lock_complaint_get_again (complaint);
  g_autoptr (LatchLock) lock = g_object_ref (latch_lock_complaint_get_lock (complaint));

  if (again == LATCH_LOCK_ACTION_NONE)
    latch_lock_commander_ask (self, lock);
  else
    latch_lock_commander_perform (self, lock, again, FALSE);
}

static void
over_cb (LatchLockCommander *self, LatchLockComplaint *complaint)
{
  g_autoptr (LatchLock) lock = g_object_ref (latch_lock_complaint_get_lock (complaint));

  g_hash_table_remove (self->complaints, lock);
  g_signal_emit (self, signals[COMPLAINT_CHANGED], 0, lock);
}

/* What went wrong before does not matter once somebody wants something new of the lock */
static void
withdraw_complaint (LatchLockCommander *self, LatchLock *lock)
{
  LatchLockComplaint *complaint = g_hash_table_lookup (self->complaints, lock);

  if (complaint)
    latch_lock_complaint_withdraw (complaint);
}

/* Stays until somebody has seen it, or something else happens; what is newer is seen first */
static void
complain (LatchLockCommander *self,
          LatchLock *lock,
          const char *title,
          const char *button,
          LatchLockComplaint *complaint)
{
  GtkWidget *overlay = self->widget ? gtk_widget_get_ancestor (self->widget, ADW_TYPE_TOAST_OVERLAY) : NULL;
  g_autofree char *spoken = g_strdup_printf ("%s. %s", title, latch_lock_complaint_get_reason (complaint));

  if (!overlay)
    {
      g_message ("%s", spoken);
      return;
    }

  withdraw_complaint (self, lock);
  g_hash_table_replace (self->complaints, lock, g_object_ref (complaint));
  g_signal_connect_object (complaint, "again", G_CALLBACK (again_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (complaint, "over", G_CALLBACK (over_cb), self, G_CONNECT_SWAPPED);

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), latch_lock_complaint_create_toast (complaint, title, button));
  latch_announce (GTK_WIDGET (overlay), spoken, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  g_signal_emit (self, signals[COMPLAINT_CHANGED], 0, lock);
}

static void
tell_failure (LatchLockCommander *self, LatchLock *lock, LatchLockAction action, const GError *error)
{
  g_autofree char *name = latch_lock_text_short_name (lock);
  g_autofree char *title = NULL;
  g_autoptr (LatchLockComplaint) complaint = NULL;
  const char *button = _("Try Again");

  if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN))
    {
      /* Doing it again might do it twice: the way on is to find out */
      /* Translators: %s is the name of a lock */
      title = g_strdup_printf (_("%s may or may not have moved"), name);
      button = _("Ask the Lock");
      action = LATCH_LOCK_ACTION_NONE;
    }
  else if (action == LATCH_LOCK_ACTION_NONE)
    /* Translators: %s is the name of a lock */
    title = g_strdup_printf (_("Could not ask %s"), name);
  else
    title = latch_lock_text_failure (action, name);

  complaint = latch_lock_complaint_new (lock, action, error);
  complain (self, lock, title, button, complaint);
}

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  g_autoptr (GError) error = NULL;

  if (latch_lock_perform_finish (LATCH_LOCK (source), result, &error))
    {
      g_signal_emit (wish->commander, signals[PERFORMED], 0, wish->lock);
      return;
    }

  g_signal_emit (wish->commander, signals[FAILED], 0, wish->lock);
  tell_failure (wish->commander, wish->lock, wish->action, error);
}

/* Whether it can be done at this moment, and somebody wants it to be offered */
static gboolean
is_possible (LatchLockCommander *self, LatchLock *lock, LatchLockAction action)
{
  return latch_lock_can_perform (lock, action) &&
         (!latch_lock_action_pulls_latch (action) || g_settings_get_boolean (self->settings, "offer-open-door"));
}

static void
perform (LatchLockCommander *self, LatchLock *lock, LatchLockAction action)
{
  if (!is_possible (self, lock, action))
    return;

  withdraw_complaint (self, lock);
  latch_lock_perform_async (lock, action, NULL, performed_cb, wish_new (self, lock, action));
}

static void
agreed_cb (LatchLockCommander *self, LatchLockQuestion *question)
{
  perform (self, latch_lock_question_get_lock (question), latch_lock_question_get_action (question));
}

static void
lock_again_cb (Wish *wish)
{
  latch_lock_commander_perform (wish->commander, wish->lock, wish->action, FALSE);
}

static void
wish_closure_free (gpointer data, GClosure *closure)
{
  wish_free (data);
}

/* The reason for the question is gone, but not the wish */
static void
offer_again (LatchLockCommander *self, AdwToast *toast, LatchLock *lock, LatchLockAction action)
{
  adw_toast_set_button_label (toast, latch_lock_action_get_text (action));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (lock_again_cb), wish_new (self, lock, action),
                         wish_closure_free, G_CONNECT_SWAPPED);
}

/* A question that closes itself under somebody's hands must not do so without a word */
static void
lapsed_cb (LatchLockCommander *self, const char *reason, LatchLockQuestion *question)
{
  GtkWidget *overlay = self->widget ? gtk_widget_get_ancestor (self->widget, ADW_TYPE_TOAST_OVERLAY) : NULL;
  AdwToast *toast = NULL;

  if (!overlay)
    return;

  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, reason);
  if (latch_lock_question_get_action (question) == LATCH_LOCK_ACTION_LOCK &&
      latch_lock_can_perform (latch_lock_question_get_lock (question), LATCH_LOCK_ACTION_LOCK))
    offer_again (self, toast, latch_lock_question_get_lock (question), LATCH_LOCK_ACTION_LOCK);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  latch_announce (overlay, reason, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
ask_first (LatchLockCommander *self, LatchLock *lock, LatchLockAction action, LatchCaution caution)
{
  LatchLockQuestion *question = latch_lock_question_new (lock, action, caution);

  g_signal_connect_object (question, "agreed", G_CALLBACK (agreed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (question, "lapsed", G_CALLBACK (lapsed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (question), self->widget);
}

/* A sensor of which nothing was heard for a while is no reason to bother anybody */
static LatchDoorState
get_known_door_state (LatchLock *lock)
{
  LatchLockFacts facts;

  latch_lock_facts_init (&facts, lock);

  return latch_lock_facts_is_vouched_for (&facts) ? latch_lock_get_door_state (lock) : LATCH_DOOR_STATE_NONE;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  LatchLockCommander *self = wish->commander;
  g_autoptr (GError) error = NULL;

  g_hash_table_remove (self->asking, wish->lock);
  g_signal_emit (self, signals[ASKING_CHANGED], 0, wish->lock);

  /* That it is offline is what the page then says, at length */
  if (latch_lock_ask_finish (LATCH_LOCK (source), result, &error) ||
      g_error_matches (error, LATCH_ERROR, LATCH_ERROR_OFFLINE))
    return;

  tell_failure (self, wish->lock, LATCH_LOCK_ACTION_NONE, error);
}

static void
latch_lock_commander_finalize (GObject *object)
{
  LatchLockCommander *self = LATCH_LOCK_COMMANDER (object);

  g_clear_weak_pointer (&self->widget);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->asking, g_hash_table_unref);
  g_clear_pointer (&self->complaints, g_hash_table_unref);

  G_OBJECT_CLASS (latch_lock_commander_parent_class)->finalize (object);
}

static void
latch_lock_commander_class_init (LatchLockCommanderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_lock_commander_finalize;

  /**
   * LatchLockCommander::performed:
   * @lock: a lock that did what it was asked to
   */
  signals[PERFORMED] = g_signal_new ("performed", LATCH_TYPE_LOCK_COMMANDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, LATCH_TYPE_LOCK);

  /**
   * LatchLockCommander::failed:
   * @lock: a lock that did not do what it was asked to
   */
  signals[FAILED] = g_signal_new ("failed", LATCH_TYPE_LOCK_COMMANDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, LATCH_TYPE_LOCK);

  /**
   * LatchLockCommander::asking-changed:
   * @lock: a lock that is, or is no longer, being asked for its state
   */
  signals[ASKING_CHANGED] = g_signal_new ("asking-changed", LATCH_TYPE_LOCK_COMMANDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, LATCH_TYPE_LOCK);

  /**
   * LatchLockCommander::complaint-changed:
   * @lock: a lock of which something else went wrong than before, or nothing any more
   */
  signals[COMPLAINT_CHANGED] = g_signal_new ("complaint-changed", LATCH_TYPE_LOCK_COMMANDER, G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 1, LATCH_TYPE_LOCK);
}

static void
latch_lock_commander_init (LatchLockCommander *self)
{
  self->asking = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->complaints = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
}

/**
 * latch_lock_commander_new:
 * @widget: in the window in which to ask and to tell; may go away
 * @settings: the application's settings, which say what to ask about
 */
LatchLockCommander *
latch_lock_commander_new (GtkWidget *widget, GSettings *settings)
{
  LatchLockCommander *self = g_object_new (LATCH_TYPE_LOCK_COMMANDER, NULL);

  g_set_weak_pointer (&self->widget, widget);
  self->settings = g_object_ref (settings);

  return self;
}

/**
 * latch_lock_commander_perform:
 * @action: what @lock should do; nothing happens if it cannot at this moment, or if nobody wants it to be offered
 * @always_confirm: whether to ask first even if the settings do not say so
 *
 * Has a lock do something. A failure is told in the window.
 */
void
latch_lock_commander_perform (LatchLockCommander *self, LatchLock *lock, LatchLockAction action, gboolean always_confirm)
{
  LatchCaution caution;
  const char *key = NULL;

  g_return_if_fail (LATCH_IS_LOCK_COMMANDER (self));
  g_return_if_fail (LATCH_IS_LOCK (lock));

  if (!is_possible (self, lock, action))
    return;

  caution = latch_caution_for (action, get_known_door_state (lock));
  key = latch_caution_get_key (caution);
  if (key && self->widget && (always_confirm || g_settings_get_boolean (self->settings, key)))
    ask_first (self, lock, action, caution);
  else
    perform (self, lock, action);
}

/**
 * latch_lock_commander_ask:
 *
 * Asks a lock for its state, unless that is happening already. A failure is told in the window.
 */
void
latch_lock_commander_ask (LatchLockCommander *self, LatchLock *lock)
{
  g_return_if_fail (LATCH_IS_LOCK_COMMANDER (self));
  g_return_if_fail (LATCH_IS_LOCK (lock));

  if (!g_hash_table_add (self->asking, g_object_ref (lock)))
    return;

  withdraw_complaint (self, lock);
  latch_lock_ask_async (lock, NULL, asked_cb, wish_new (self, lock, LATCH_LOCK_ACTION_NONE));
  g_signal_emit (self, signals[ASKING_CHANGED], 0, lock);
}

gboolean
latch_lock_commander_is_asking (LatchLockCommander *self, LatchLock *lock)
{
  g_return_val_if_fail (LATCH_IS_LOCK_COMMANDER (self), FALSE);

  return g_hash_table_contains (self->asking, lock);
}

/**
 * latch_lock_commander_get_complaint:
 *
 * Returns: (nullable): why @lock did not do what it was last asked to, if that still matters
 */
const char *
latch_lock_commander_get_complaint (LatchLockCommander *self, LatchLock *lock)
{
  LatchLockComplaint *complaint = NULL;

  g_return_val_if_fail (LATCH_IS_LOCK_COMMANDER (self), NULL);

  complaint = g_hash_table_lookup (self->complaints, lock);
  return complaint ? latch_lock_complaint_get_reason (complaint) : NULL;
}

/**
 * latch_lock_commander_attend_to:
 * @lock: (nullable): the lock that somebody turned to
 *
 * Says no more of what went wrong with others.
 */
void
latch_lock_commander_attend_to (LatchLockCommander *self, LatchLock *lock)
{
  g_autoptr (GList) complaints = NULL;

  g_return_if_fail (LATCH_IS_LOCK_COMMANDER (self));

  complaints = g_hash_table_get_values (self->complaints);
  for (GList *l = complaints; l; l = l->next)
    if (latch_lock_complaint_get_lock (l->data) != lock)
      latch_lock_complaint_withdraw (l->data);
}

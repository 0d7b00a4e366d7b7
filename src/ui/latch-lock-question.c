/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-question.h"

#include "latch-bridge-text.h"
#include "latch-lock-facts.h"
#include "latch-lock-text.h"

#include <glib/gi18n-lib.h>

struct _LatchLockQuestion
{
  AdwAlertDialog parent_instance;

  LatchLock *lock;
  LatchLockAction action;
  LatchCaution caution;
  LatchLockFacts facts; /* as they were when it was asked */
  guint check_id;
  gboolean over;
};

G_DEFINE_FINAL_TYPE (LatchLockQuestion, latch_lock_question, ADW_TYPE_ALERT_DIALOG)

enum
{
  AGREED,
  LAPSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_there (LatchLockQuestion *self, LatchBridge *bridge)
{
  return bridge && latch_bridge_find_lock (bridge, latch_lock_get_nuki_id (self->lock),
                                           latch_lock_get_device_type (self->lock)) == self->lock;
}

/* Whether somebody else has meanwhile brought about what was asked about */
static gboolean
was_done (LatchLockQuestion *self, const LatchLockFacts *facts)
{
  return facts->state != self->facts.state &&
         latch_lock_action_leads_to (self->action, facts->state, facts->mode);
}

/* Returns: why the answer, whatever it is, is of no use any more; %NULL if it is */
static char *
find_reason (LatchLockQuestion *self)
{
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (self->lock);
  g_autofree char *name = latch_lock_text_short_name (self->lock);
  LatchLockFacts facts;

  latch_lock_facts_init (&facts, self->lock);

  if (!is_there (self, bridge))
    /* Translators: %s is the name of a lock that its bridge does not list any more */
    return g_strdup_printf (_("%s is not there any more"), name);
  if (latch_lock_facts_is_bridge_down (&facts) && !latch_lock_facts_is_bridge_down (&self->facts))
    return latch_bridge_text_problem (facts.connection, latch_bridge_get_error (bridge), latch_bridge_get_name (bridge));
  if (!latch_lock_facts_is_vouched_for (&facts) && latch_lock_facts_is_vouched_for (&self->facts))
    /* Translators: %s is the name of a lock */
    return g_strdup_printf (_("Nobody knows any more how %s is"), name);
  if (self->caution == LATCH_CAUTION_DOOR_OPEN && !facts.door_open)
    /* Translators: %s is the name of a lock, whose door somebody has closed */
    return g_strdup_printf (_("%s is closed now"), name);
  if (was_done (self, &facts))
    /* Translators: %s is the name of a lock, which somebody else has locked or opened */
    return g_strdup_printf (_("%s has changed meanwhile"), name);
  if (!latch_lock_can_perform (self->lock, self->action))
    /* Translators: %s is the name of a lock */
    return g_strdup_printf (_("%s is doing something else"), name);

  return NULL;
}

static void
check (LatchLockQuestion *self)
{
  g_autofree char *reason = self->over ? NULL : find_reason (self);

  if (!reason)
    return;

  self->over = TRUE;
  g_signal_emit (self, signals[LAPSED], 0, reason);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
check_later_cb (gpointer user_data)
{
  LatchLockQuestion *self = user_data;

  self->check_id = 0;
  check (self);
}

/* Not at once: a lock that only takes another place is gone for a moment */
static void
locks_changed_cb (LatchLockQuestion *self)
{
  if (self->check_id == 0)
    self->check_id = g_idle_add_once (check_later_cb, self);
}

static void
latch_lock_question_response (AdwAlertDialog *dialog, const char *response)
{
  LatchLockQuestion *self = LATCH_LOCK_QUESTION (dialog);

  /* Whatever happened in the very last moment counts */
  check (self);
  if (self->over)
    return;

  self->over = TRUE;
  if (g_str_equal (response, "perform"))
    g_signal_emit (self, signals[AGREED], 0);
}

static void
latch_lock_question_dispose (GObject *object)
{
  LatchLockQuestion *self = LATCH_LOCK_QUESTION (object);

  g_clear_handle_id (&self->check_id, g_source_remove);
  g_clear_object (&self->lock);

  G_OBJECT_CLASS (latch_lock_question_parent_class)->dispose (object);
}

static void
latch_lock_question_class_init (LatchLockQuestionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = latch_lock_question_dispose;
  ADW_ALERT_DIALOG_CLASS (klass)->response = latch_lock_question_response;

  /**
   * LatchLockQuestion::agreed:
   *
   * Somebody wants it done, and all is as it was when he was asked.
   */
  signals[AGREED] = g_signal_new ("agreed", LATCH_TYPE_LOCK_QUESTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  /**
   * LatchLockQuestion::lapsed:
   * @reason: what happened, for people
   *
   * It makes no sense any more, and closes itself.
   */
  signals[LAPSED] = g_signal_new ("lapsed", LATCH_TYPE_LOCK_QUESTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
latch_lock_question_init (LatchLockQuestion *self)
{
}

static void
set_texts (LatchLockQuestion *self)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (self);
  g_autofree char *name = latch_lock_text_short_name (self->lock);
  g_autofree char *heading = NULL;

  adw_alert_dialog_add_response (dialog, "cancel", _("_Cancel"));
  if (self->caution == LATCH_CAUTION_DOOR_OPEN)
    {
      /* Translators: %s is the name of a lock, whose door stands open */
      heading = g_strdup_printf (_("“%s” Is Open"), name);
      adw_alert_dialog_set_body (dialog, _("The bolt would not hold the door, and might hit the frame."));
      adw_alert_dialog_add_response (dialog, "perform", _("_Lock Anyway"));
    }
  else
    {
      heading = latch_lock_text_question (self->action, name);
      adw_alert_dialog_set_body (dialog, latch_lock_text_question_body (self->action));
      adw_alert_dialog_add_response (dialog, "perform", latch_lock_action_get_text (self->action));
      adw_alert_dialog_set_response_appearance (dialog, "perform", ADW_RESPONSE_SUGGESTED);
    }

  adw_alert_dialog_set_heading (dialog, heading);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
}

/**
 * latch_lock_question_new:
 * @action: what @lock may be about to do
 * @caution: why to ask
 */
LatchLockQuestion *
latch_lock_question_new (LatchLock *lock, LatchLockAction action, LatchCaution caution)
{
  LatchLockQuestion *self = g_object_new (LATCH_TYPE_LOCK_QUESTION, NULL);
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (lock);

  self->lock = g_object_ref (lock);
  self->action = action;
  self->caution = caution;
  latch_lock_facts_init (&self->facts, lock);
  set_texts (self);

  g_signal_connect_object (lock, "notify", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  if (bridge)
    {
      g_signal_connect_object (bridge, "notify::connection", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (bridge, "items-changed", G_CALLBACK (locks_changed_cb), self, G_CONNECT_SWAPPED);
    }

  return self;
}

LatchLock *
latch_lock_question_get_lock (LatchLockQuestion *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_QUESTION (self), NULL);

  return self->lock;
}

LatchLockAction
latch_lock_question_get_action (LatchLockQuestion *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_QUESTION (self), LATCH_LOCK_ACTION_NONE);

  return self->action;
}

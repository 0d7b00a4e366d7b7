/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-complaint.h"

#include "latch-bridge.h"
#include "latch-error.h"
#include "latch-lock-facts.h"

struct _LatchLockComplaint
{
  GObject parent_instance;

  LatchLock *lock;
  LatchLockAction again; /* none: to ask the lock */
  char *reason;
  gboolean blames_bridge;
  AdwToast *toast; /* until somebody has seen it */

  LatchLockFacts facts; /* as they were then */
  int state_code;
  gint64 updated;
  gboolean bridge_down;
  gboolean over;
};

G_DEFINE_FINAL_TYPE (LatchLockComplaint, latch_lock_complaint, G_TYPE_OBJECT)

enum
{
  AGAIN,
  OVER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A bridge that went away is why it failed, and no news: but then there is nobody to tell again */
static gboolean
bear_without_bridge (LatchLockComplaint *self)
{
  if (!self->blames_bridge)
    return FALSE;

  self->bridge_down = TRUE;
  if (self->toast)
    adw_toast_set_button_label (self->toast, NULL);
  return TRUE;
}

static gboolean
still_matters (LatchLockComplaint *self)
{
  LatchLockFacts now;
  gboolean down;

  latch_lock_facts_init (&now, self->lock);
  down = latch_lock_facts_is_bridge_down (&now);
  if (now.pending_action != LATCH_LOCK_ACTION_NONE || latch_lock_get_state_code (self->lock) != self->state_code ||
      now.mode != self->facts.mode || now.offline != self->facts.offline || now.changed_at != self->facts.changed_at)
    return FALSE;

  /* That the lock could not be asked is over once the bridge has heard from it */
  if (self->again == LATCH_LOCK_ACTION_NONE && latch_lock_get_updated (self->lock) != self->updated)
    return FALSE;

  if (down != self->bridge_down)
    return down && bear_without_bridge (self);

  return down || now.stale == self->facts.stale;
}

static void
check (LatchLockComplaint *self)
{
  if (!self->over && !still_matters (self))
    latch_lock_complaint_withdraw (self);
}

static void
button_clicked_cb (LatchLockComplaint *self)
{
  check (self);
  if (!self->over)
    g_signal_emit (self, signals[AGAIN], 0);
}

static void
dismissed_cb (LatchLockComplaint *self)
{
  g_clear_object (&self->toast);
}

static void
latch_lock_complaint_finalize (GObject *object)
{
  LatchLockComplaint *self = LATCH_LOCK_COMPLAINT (object);

  g_clear_object (&self->toast);
  g_clear_object (&self->lock);
  g_clear_pointer (&self->reason, g_free);

  G_OBJECT_CLASS (latch_lock_complaint_parent_class)->finalize (object);
}

static void
latch_lock_complaint_class_init (LatchLockComplaintClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_lock_complaint_finalize;

  /**
   * LatchLockComplaint::again:
   *
   * Somebody wants it tried again, and all is still as it was when it failed.
   */
  signals[AGAIN] = g_signal_new ("again", LATCH_TYPE_LOCK_COMPLAINT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);

  /**
   * LatchLockComplaint::over:
   *
   * It does not matter any more, because of what happened since. Comes once.
   */
  signals[OVER] = g_signal_new ("over", LATCH_TYPE_LOCK_COMPLAINT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
latch_lock_complaint_init (LatchLockComplaint *self)
{
}

/**
 * latch_lock_complaint_new:
 * @lock: which did not do it
 * @again: what it should have done; none if it was only asked
 * @error: why it failed
 *
 * Returns: (transfer full): a complaint about how @lock is now, and only for as long as that stays so
 */
LatchLockComplaint *
latch_lock_complaint_new (LatchLock *lock, LatchLockAction again, const GError *error)
{
  LatchLockComplaint *self = g_object_new (LATCH_TYPE_LOCK_COMPLAINT, NULL);
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (lock);

  self->lock = g_object_ref (lock);
  self->again = again;
  self->reason = g_strdup (error->message);
  self->blames_bridge = latch_error_is_connection (error);
  self->state_code = latch_lock_get_state_code (lock);
  self->updated = latch_lock_get_updated (lock);
  latch_lock_facts_init (&self->facts, lock);
  self->bridge_down = latch_lock_facts_is_bridge_down (&self->facts);

  g_signal_connect_object (lock, "notify", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  if (bridge)
    g_signal_connect_object (bridge, "notify::connection", G_CALLBACK (check), self, G_CONNECT_SWAPPED);

  return self;
}

LatchLock *
latch_lock_complaint_get_lock (LatchLockComplaint *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_COMPLAINT (self), NULL);

  return self->lock;
}

LatchLockAction
latch_lock_complaint_get_again (LatchLockComplaint *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_COMPLAINT (self), LATCH_LOCK_ACTION_NONE);

  return self->again;
}

/**
 * latch_lock_complaint_get_reason:
 *
 * Returns: why it failed, in sentences that need more room than a toast has
 */
const char *
latch_lock_complaint_get_reason (LatchLockComplaint *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_COMPLAINT (self), NULL);

  return self->reason;
}

/**
 * latch_lock_complaint_create_toast:
 * @title: what failed
 * @button: what to offer
 *
 * To be called once.
 *
 * Returns: (transfer full): what tells of it, until somebody has seen it or it is over
 */
AdwToast *
latch_lock_complaint_create_toast (LatchLockComplaint *self, const char *title, const char *button)
{
  g_return_val_if_fail (LATCH_IS_LOCK_COMPLAINT (self), NULL);
  g_return_val_if_fail (!self->toast, NULL);

  self->toast = adw_toast_new ("");
  adw_toast_set_use_markup (self->toast, FALSE);
  adw_toast_set_title (self->toast, title);
  adw_toast_set_timeout (self->toast, 0);
  adw_toast_set_priority (self->toast, ADW_TOAST_PRIORITY_HIGH);
  if (!self->bridge_down)
    adw_toast_set_button_label (self->toast, button);
  g_signal_connect_object (self->toast, "button-clicked", G_CALLBACK (button_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);

  return g_object_ref (self->toast);
}

/**
 * latch_lock_complaint_withdraw:
 *
 * Says no more of it.
 */
void
latch_lock_complaint_withdraw (LatchLockComplaint *self)
{
  g_autoptr (AdwToast) toast = NULL;
  g_autoptr (LatchLockComplaint) alive = NULL;

  g_return_if_fail (LATCH_IS_LOCK_COMPLAINT (self));

  if (self->over)
    return;

  alive = g_object_ref (self);
  self->over = TRUE;
  toast = g_steal_pointer (&self->toast);
  if (toast)
    adw_toast_dismiss (toast);
  g_signal_emit (self, signals[OVER], 0);
}

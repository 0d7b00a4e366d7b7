/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-all.h"

#include "latch-lock-census.h"
#include "latch-lock-fate.h"
#include "latch-lock-text.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* A question that stands, and follows what happens in the meantime */
typedef struct
{
  AdwAlertDialog *dialog;
  LatchLockCommander *commander;
  GListModel *locks;
  LatchLockCensus *census;
  GPtrArray *to_lock; /* those that it names */
} Question;

static void
question_free (Question *self)
{
  g_signal_handlers_disconnect_by_data (self->census, self);
  g_clear_object (&self->census);
  g_clear_object (&self->commander);
  g_clear_object (&self->locks);
  g_clear_pointer (&self->to_lock, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static char *
describe (GPtrArray *const names[LATCH_LOCK_N_FATES])
{
  g_autoptr (GString) body = g_string_new (NULL);

  for (LatchLockFate fate = 0; fate < LATCH_LOCK_N_FATES; fate++)
    {
      if (!latch_lock_fate_get_title (fate) || names[fate]->len == 0)
        continue;

      g_string_append_printf (body, "%s%s", body->len > 0 ? "\n\n" : "", latch_lock_fate_get_title (fate));
      for (guint i = 0; i < names[fate]->len; i++)
        g_string_append_printf (body, "\n%s", (const char *) names[fate]->pdata[i]);
    }

  return g_string_free (g_steal_pointer (&body), FALSE);
}

/* Without any door to lock, there is nothing to agree to */
static void
update_responses (Question *self)
{
  gboolean can_lock = self->to_lock->len > 0;

  adw_alert_dialog_set_heading (self->dialog, can_lock ? _("Lock All Doors?") : _("No Door to Lock"));
  adw_alert_dialog_set_response_label (self->dialog, "cancel", can_lock ? _("_Cancel") : _("_Close"));
  if (can_lock == adw_alert_dialog_has_response (self->dialog, "lock"))
    return;

  if (!can_lock)
    {
      adw_alert_dialog_remove_response (self->dialog, "lock");
      return;
    }

  adw_alert_dialog_add_response (self->dialog, "lock", _("_Lock All"));
  adw_alert_dialog_set_response_appearance (self->dialog, "lock", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (self->dialog, "lock");
}

/* What it says is what is so: somebody may look at it for long */
static void
update (Question *self)
{
  GPtrArray *names[LATCH_LOCK_N_FATES];
  g_autofree char *body = NULL;

  for (LatchLockFate fate = 0; fate < LATCH_LOCK_N_FATES; fate++)
    names[fate] = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_set_size (self->to_lock, 0);
  for (guint i = 0; i < g_list_model_get_n_items (self->locks); i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (self->locks, i);
      LatchLockFate fate = latch_lock_fate_find (lock);

      g_ptr_array_add (names[fate], latch_lock_text_short_name (lock));
      if (fate == LATCH_LOCK_FATE_LOCK)
        g_ptr_array_add (self->to_lock, g_steal_pointer (&lock));
    }

  body = describe (names);
  for (LatchLockFate fate = 0; fate < LATCH_LOCK_N_FATES; fate++)
    g_ptr_array_unref (names[fate]);
  adw_alert_dialog_set_body (self->dialog, *body ? body : _("All doors are locked."));
  update_responses (self);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) self = user_data;

  if (!g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "lock"))
    return;

  g_signal_handlers_disconnect_by_data (self->census, self);
  /* Some may be otherwise by now */
  for (guint i = 0; i < self->to_lock->len; i++)
    if (latch_lock_fate_find (self->to_lock->pdata[i]) == LATCH_LOCK_FATE_LOCK)
      latch_lock_commander_perform (self->commander, self->to_lock->pdata[i], LATCH_LOCK_ACTION_LOCK, FALSE);
}

/**
 * latch_lock_all_ask:
 * @widget: in the window in which to ask
 * @commander: has locks do something
 * @locks: a list of #LatchLock
 *
 * Says which doors are not locked, and locks those if somebody agrees. A door that stands open is left out, as is a
 * lock that moves, or of which nobody knows how it is; all that is said, and kept true while somebody reads it.
 */
void
latch_lock_all_ask (GtkWidget *widget, LatchLockCommander *commander, GListModel *locks)
{
  Question *self = g_new0 (Question, 1);

  self->dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (NULL, NULL));
  self->commander = g_object_ref (commander);
  self->locks = g_object_ref (locks);
  self->census = latch_lock_census_new (locks);
  self->to_lock = g_ptr_array_new_with_free_func (g_object_unref);
  adw_alert_dialog_add_response (self->dialog, "cancel", _("_Cancel"));
  adw_alert_dialog_set_default_response (self->dialog, "cancel");
  adw_alert_dialog_set_close_response (self->dialog, "cancel");
  g_signal_connect_swapped (self->census, "changed", G_CALLBACK (update), self);
  update (self);
  adw_alert_dialog_choose (self->dialog, widget, NULL, chosen_cb, self);
}

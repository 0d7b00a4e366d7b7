/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-all.h"

#include "latch-lock-facts.h"
#include "latch-lock-filter.h"
#include "latch-lock-text.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef enum
{
  FATE_NONE,    /* it is locked, or an opener */
  FATE_LOCK,    /* it is not, and can be */
  FATE_OPEN,    /* its door stands open, so that the bolt would hold nothing */
  FATE_UNKNOWN, /* nobody knows how it is */
  N_FATES
} Fate;

typedef struct
{
  LatchLockCommander *commander;
  GPtrArray *locks;
} Wish;

static void
wish_free (Wish *wish)
{
  g_clear_object (&wish->commander);
  g_clear_pointer (&wish->locks, g_ptr_array_unref);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

static Fate
find_fate (LatchLock *lock)
{
  LatchLockFacts facts;

  latch_lock_facts_init (&facts, lock);
  if (facts.opener)
    return FATE_NONE;
  if (!latch_lock_facts_is_vouched_for (&facts))
    return FATE_UNKNOWN;
  if (!latch_lock_kind_matches (LATCH_LOCK_KIND_UNLOCKED, lock) ||
      !latch_lock_can_perform (lock, LATCH_LOCK_ACTION_LOCK))
    return FATE_NONE;

  return facts.door_open ? FATE_OPEN : FATE_LOCK;
}

static void
append_section (GString *body, const char *title, GString *names)
{
  if (names->len == 0)
    return;

  g_string_append_printf (body, "%s%s\n%s", body->len > 0 ? "\n\n" : "", title, names->str);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;

  if (!g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "lock"))
    return;

  /* Some may be otherwise by now */
  for (guint i = 0; i < wish->locks->len; i++)
    if (find_fate (wish->locks->pdata[i]) == FATE_LOCK)
      latch_lock_commander_perform (wish->commander, wish->locks->pdata[i], LATCH_LOCK_ACTION_LOCK, FALSE);
}

/**
 * latch_lock_all_ask:
 * @widget: in the window in which to ask
 * @commander: has locks do something
 * @locks: a list of #LatchLock
 *
 * Says which doors are not locked, and locks those if somebody agrees. A door that stands open is left out, as is a
 * lock of which nobody knows how it is; both are said.
 */
void
latch_lock_all_ask (GtkWidget *widget, LatchLockCommander *commander, GListModel *locks)
{
  g_autoptr (GPtrArray) to_lock = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) body = g_string_new (NULL);
  GString *names[N_FATES];
  AdwAlertDialog *dialog = NULL;
  Wish *wish = NULL;

  for (guint fate = 0; fate < N_FATES; fate++)
    names[fate] = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (locks); i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (locks, i);
      g_autofree char *name = latch_lock_text_short_name (lock);
      Fate fate = find_fate (lock);

      g_string_append_printf (names[fate], "%s%s", names[fate]->len > 0 ? "\n" : "", name);
      if (fate == FATE_LOCK)
        g_ptr_array_add (to_lock, g_steal_pointer (&lock));
    }

  /* Translators: names of locks follow, one a line */
  append_section (body, _("Not locked:"), names[FATE_LOCK]);
  /* Translators: names of locks follow, one a line */
  append_section (body, _("Left out, as the door stands open:"), names[FATE_OPEN]);
  /* Translators: names of locks follow, one a line */
  append_section (body, _("Left out, as nobody knows how it is:"), names[FATE_UNKNOWN]);
  for (guint fate = 0; fate < N_FATES; fate++)
    g_string_free (names[fate], TRUE);

  if (to_lock->len == 0)
    {
      dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("No Door to Lock"), body->len > 0 ? body->str : NULL));
      if (body->len == 0)
        adw_alert_dialog_set_body (dialog, _("All doors are locked."));
      adw_alert_dialog_add_response (dialog, "close", _("_Close"));
      adw_dialog_present (ADW_DIALOG (dialog), widget);
      return;
    }

  wish = g_new0 (Wish, 1);
  wish->commander = g_object_ref (commander);
  wish->locks = g_steal_pointer (&to_lock);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Lock All Doors?"), body->str));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "lock", _("_Lock All"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "lock", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "lock");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, widget, NULL, chosen_cb, wish);
}

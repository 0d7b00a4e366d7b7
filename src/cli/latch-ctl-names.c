/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-bridges.h"
#include "latch-ctl-commands.h"
#include "latch-ctl-find.h"
#include "latch-error.h"
#include "latch-store-choices.h"

/* What people choose for locks and bridges on this computer. The bridges hear nothing of it */

typedef void (*Save) (LatchStore *store,
                      const char *bridge_id,
                      const LatchLockChoice *choice,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);

/* Among the locks that are known here; a bridge is asked only for one that is new */
static gboolean
find_kept_target (LatchCtl *ctl, const char *text, LatchCtlTarget *target, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!latch_ctl_choose_known_bridges (ctl, error))
    return FALSE;
  if (latch_ctl_find_known_target (ctl, text, target, &local_error))
    return TRUE;
  if (!g_error_matches (local_error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  g_clear_pointer (&ctl->bridges, g_ptr_array_unref);

  if (!latch_ctl_find_target (ctl, text, target, error))
    return FALSE;
  if (target->bridge->record != NULL)
    return TRUE;

  g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_NOT_FOUND,
                       _("this bridge is not kept here. Pair with it first by “nightlatchctl pair”"));
  return FALSE;
}

static LatchLockChoice *
get_choice (const LatchCtlTarget *target)
{
  const LatchLockChoice *known = latch_ctl_bridge_find_choice (target->bridge, target->device);
  LatchLockChoice *choice = known != NULL ? latch_lock_choice_copy (known)
                                          : latch_lock_choice_new (target->device->nuki_id, target->device->device_type);

  choice->device_type = target->device->device_type;

  return choice;
}

static gboolean
save (LatchCtl *ctl, const LatchCtlTarget *target, Save begin, const LatchLockChoice *choice, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  begin (ctl->store, target->bridge->record->id, choice, ctl->cancellable, latch_ctl_done_cb, &result);

  if (!latch_store_write_finish (ctl->store, latch_ctl_wait (&result), error))
    return FALSE;

  latch_ctl_tell_application (ctl);

  return TRUE;
}

static gboolean
check_name (const char *text, char **name, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (latch_local_name_check (text, name, &local_error))
    return TRUE;

  g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, local_error->message);
  return FALSE;
}

/* Either a name or the wish to have none: the one without the other may be a slip */
static gboolean
get_new_name (LatchCtl *ctl, char **name, GError **error)
{
  gboolean reset = (ctl->options->given & LATCH_CTL_OPTION_RESET) != 0;
  const char *text = ctl->arguments[1];

  *name = NULL;
  if (reset == (text != NULL))
    {
      g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE,
                           reset ? _("a name and --reset exclude each other")
                                 : _("what shall it be called? Give a name, or --reset for the bridge’s own"));
      return FALSE;
    }

  return reset || check_name (text, name, error);
}

/**
 * latch_ctl_rename:
 *
 * Calls a lock something else on this computer.
 */
gboolean
latch_ctl_rename (LatchCtl *ctl, GError **error)
{
  LatchCtlTarget target;
  g_autofree char *name = NULL;
  g_autofree char *before = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (LatchLockChoice) choice = NULL;

  if (!get_new_name (ctl, &name, error) || !find_kept_target (ctl, ctl->arguments[0], &target, error))
    return FALSE;

  choice = get_choice (&target);
  g_set_str (&choice->name, name);
  if (!save (ctl, &target, latch_store_save_name_async, choice, error))
    return FALSE;

  before = latch_ctl_target_get_title (&target);
  if (name != NULL)
    sentence = g_strdup_printf (_("%s is called %s on this computer now."), before, name);
  else
    {
      g_autofree char *given = latch_ctl_device_get_given_title (target.device);

      sentence = g_strdup_printf (_("%s is called as by its bridge again: %s."), before, given);
    }
  latch_ctl_report_done (ctl, target.bridge, sentence);

  return TRUE;
}

static gboolean
hide (LatchCtl *ctl, gboolean hidden, GError **error)
{
  LatchCtlTarget target;
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (LatchLockChoice) choice = NULL;

  if (!find_kept_target (ctl, ctl->arguments[0], &target, error))
    return FALSE;

  choice = get_choice (&target);
  choice->hidden = hidden;
  if (!save (ctl, &target, latch_store_save_hidden_async, choice, error))
    return FALSE;

  title = latch_ctl_target_get_title (&target);
  sentence = g_strdup_printf (hidden ? _("%s is hidden. Nothing will be told of it; “nightlatchctl unhide” shows it again.")
                                     : _("%s is shown again."),
                              title);
  latch_ctl_report_done (ctl, target.bridge, sentence);

  return TRUE;
}

/**
 * latch_ctl_hide:
 *
 * Leaves a lock out of lists on this computer, in the window as here.
 */
gboolean
latch_ctl_hide (LatchCtl *ctl, GError **error)
{
  return hide (ctl, TRUE, error);
}

gboolean
latch_ctl_unhide (LatchCtl *ctl, GError **error)
{
  return hide (ctl, FALSE, error);
}

/**
 * latch_ctl_rename_bridge:
 *
 * Calls a bridge something else on this computer.
 */
gboolean
latch_ctl_rename_bridge (LatchCtl *ctl, GError **error)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (LatchBridgeRecord) news = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  const LatchBridgeRecord *record = NULL;

  if (!check_name (ctl->arguments[0], &name, error))
    return FALSE;
  if (name == NULL)
    {
      g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, _("the name is empty"));
      return FALSE;
    }

  records = latch_ctl_load_records (ctl, error);
  record = records != NULL ? latch_ctl_choose_record (ctl, records, error) : NULL;
  if (record == NULL)
    return FALSE;

  news = latch_bridge_record_new (record->id);
  news->name = g_strdup (name);
  news->known_only = TRUE;
  news->keeps_rest = TRUE;
  latch_store_save_bridge_async (ctl->store, news, ctl->cancellable, latch_ctl_done_cb, &result);
  if (!latch_store_write_finish (ctl->store, latch_ctl_wait (&result), error))
    return FALSE;

  latch_ctl_tell_application (ctl);
  sentence = g_strdup_printf (_("%s is called %s on this computer now."),
                              record->name != NULL ? record->name : record->id, name);
  latch_ctl_report_done_for (ctl, record->id, sentence);

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-caution.h"

#include "latch-caution.h"
#include "latch-ctl-ask.h"
#include "latch-ctl-settings.h"

/* Where the application is not installed, nobody has chosen anything */
static gboolean
is_wanted (LatchCaution caution)
{
  return latch_ctl_settings_get (latch_caution_get_key (caution), caution != LATCH_CAUTION_UNLOCK);
}

static char *
get_question (LatchLockAction action, LatchCaution caution, const char *title)
{
  if (caution == LATCH_CAUTION_DOOR_OPEN)
    return g_strdup_printf (_("The door of %s is open: the bolt would not hold it, and might hit the frame. Lock "
                              "anyway?"),
                            title);
  if (caution == LATCH_CAUTION_OPEN)
    return g_strdup_printf (_("Open %s? The door can be pushed open then."), title);
  if (action == LATCH_LOCK_ACTION_LOCK_N_GO)
    return g_strdup_printf (_("Unlock %s, and lock it again after a while?"), title);

  return g_strdup_printf (_("Unlock %s?"), title);
}

/**
 * latch_ctl_be_careful:
 * @action: what @target is about to be told to do
 *
 * Asks on the terminal, if there is one, what the window would ask by the same preferences.
 *
 * Returns: whether to go on
 */
gboolean
latch_ctl_be_careful (LatchCtl *ctl, LatchLockAction action, const LatchCtlTarget *target, GError **error)
{
  LatchDoorState door = latch_door_state_from_code (target->device->state.door_state_code);
  LatchCaution caution = latch_caution_for (action, door);
  g_autofree char *title = latch_ctl_target_get_title (target);
  g_autofree char *question = NULL;

  if (caution == LATCH_CAUTION_NONE)
    return TRUE;

  /* Nobody who is not asked about it shall be surprised by it */
  if (caution == LATCH_CAUTION_DOOR_OPEN && !latch_ctl_has_terminal (ctl))
    latch_ctl_warn (_("the door of %s is open: the bolt does not hold it, and might hit the frame"), title);

  question = get_question (action, caution, title);

  return !latch_ctl_has_terminal (ctl) || !is_wanted (caution) || latch_ctl_confirm (ctl, question, NULL, error);
}

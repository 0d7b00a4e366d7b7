/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-caution.h"
#include "latch-ctl-commands.h"
#include "latch-ctl-describe.h"
#include "latch-ctl-json.h"
#include "latch-ctl-outcome.h"
#include "latch-ctl-record.h"
#include "latch-error.h"

/* What moves locks and openers */

static gboolean
check_suits (LatchLockAction action, const LatchCtlTarget *target, GError **error)
{
  gboolean opener = latch_device_type_is_opener (target->device->device_type);
  g_autofree char *title = latch_ctl_target_get_title (target);
  g_autoptr (GString) able = g_string_new (NULL);

  if (latch_lock_action_is_for_opener (action) == opener)
    return TRUE;

  for (LatchLockAction other = LATCH_LOCK_ACTION_UNLOCK; other <= LATCH_LOCK_ACTION_DEACTIVATE_CM; other++)
    if (latch_lock_action_is_for_opener (other) == opener)
      g_string_append_printf (able, "%s%s", able->len > 0 ? ", " : "", latch_lock_action_get_nick (other));

  g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE,
               /* Translators: %s are the device's name, a command, and a list of commands */
               opener ? _("%s is an opener and cannot %s. It can: %s") : _("%s is a lock and cannot %s. It can: %s"),
               title, latch_lock_action_get_nick (action), able->str);
  return FALSE;
}

/* success: whether it was done, as far as one can know */
static void
print_json (const LatchCtlTarget *target,
            LatchLockAction action,
            LatchTristate success,
            LatchTristate battery_critical,
            const LatchDeviceSnapshot *found)
{
  const LatchDeviceSnapshot *device = target->device;
  g_autofree char *hex = latch_nuki_id_to_hex (device->nuki_id);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = latch_ctl_json_wrap_object (object);
  gboolean opener = latch_device_type_is_opener (device->device_type);
  int code = found != NULL && found->has_state ? found->state.state_code : -1;

  latch_ctl_json_set_text (object, "bridgeId", target->bridge->id);
  json_object_set_int_member (object, "nukiId", (gint64) device->nuki_id);
  latch_ctl_json_set_text (object, "nukiIdHex", hex);
  latch_ctl_json_set_code (object, "deviceType", device->device_type);
  latch_ctl_json_set_text (object, "name", device->name);
  latch_ctl_json_set_text (object, "action", latch_lock_action_get_nick (action));
  latch_ctl_json_set_flag (object, "success", success);
  latch_ctl_json_set_flag (object, "batteryCritical", battery_critical);
  latch_ctl_json_set_state (object, code, opener);
  latch_ctl_print_json (node, FALSE);
}

/* The bridge has just said that it got there; if it was not waited for, nothing is known */
static void
set_done (LatchDeviceSnapshot *device, LatchLockAction action, gboolean waited)
{
  device->state.state_code = waited ? latch_lock_state_to_code (latch_ctl_outcome_get_goal (action)) : -1;
  device->has_state = device->state.state_code >= 0;
  if (waited && action == LATCH_LOCK_ACTION_ACTIVATE_CM)
    device->state.mode = LATCH_MODE_CONTINUOUS;
  else if (waited && action == LATCH_LOCK_ACTION_DEACTIVATE_CM)
    device->state.mode = LATCH_MODE_DOOR;
}

static gboolean
report_done (LatchCtl *ctl, const LatchCtlTarget *target, LatchLockAction action, LatchTristate battery_critical)
{
  gboolean waited = !(ctl->options->given & LATCH_CTL_OPTION_NO_WAIT);
  g_autofree char *title = latch_ctl_target_get_title (target);
  g_autofree char *sentence = latch_ctl_outcome_describe_done (action, title, waited);
  g_autoptr (LatchDeviceSnapshot) found = latch_device_snapshot_copy (target->device);

  set_done (found, action, waited);
  if (ctl->options->json)
    print_json (target, action, LATCH_TRISTATE_YES, battery_critical, found);
  else
    {
      latch_ctl_print ("%s", sentence);
      if (battery_critical == LATCH_TRISTATE_YES)
        latch_ctl_warn (_("the batteries of %s are low"), title);
    }

  if (waited)
    latch_ctl_record_result (ctl, target, found, TRUE);

  return TRUE;
}

/*
 * Whatever the bridge's answer made likely does not hold against what the lock itself says. And that the lock is out of
 * reach now explains a failure, but not a lost answer: it may have moved before.
 */
static void
set_not_done (const LatchCtlTarget *target,
              const LatchDeviceSnapshot *found,
              const GError *problem,
              const GError *silence,
              GError **error)
{
  gboolean opener = latch_device_type_is_opener (found->device_type);
  gboolean failed = g_error_matches (problem, LATCH_ERROR, LATCH_ERROR_OFFLINE);
  g_autofree char *title = latch_ctl_target_get_title (target);
  LatchCtlColor color;
  g_autofree char *state = latch_ctl_describe_state (found, &color);

  if (!found->has_state)
    g_set_error (error, LATCH_ERROR, problem->code, "%s: %s", title,
                 failed && g_error_matches (silence, LATCH_ERROR, LATCH_ERROR_OFFLINE) ? silence->message
                                                                                       : problem->message);
  else if (latch_lock_state_from_code (found->state.state_code, opener) == LATCH_LOCK_STATE_MOTOR_BLOCKED)
    g_set_error (error, LATCH_ERROR, problem->code,
                 /* Translators: %s are the lock's name, and “Motor Blocked” */
                 _("%s: The bolt is blocked. Make sure the door is closed and nothing is in the bolt’s way, then try "
                   "again. The lock itself says now: %s"),
                 title, state);
  else if (failed)
    g_set_error (error, LATCH_ERROR, problem->code,
                 /* Translators: %s are the lock's name, and the state that the lock has now */
                 _("%s: The bridge reports a failure. The lock itself says now: %s"), title, state);
  else
    g_set_error (error, LATCH_ERROR, problem->code,
                 /* Translators: %s are the lock's name, what went wrong, and the state that the lock has now */
                 _("%s: %s. The lock itself says now: %s"), title, problem->message, state);
}

/* Bridges report failure, or nothing, of actions that were carried out. So the lock is asked before anything is said */
static gboolean
report_doubt (LatchCtl *ctl,
              const LatchCtlTarget *target,
              LatchLockAction action,
              const GError *problem,
              GError **error)
{
  gboolean lost = g_error_matches (problem, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN);
  g_autoptr (LatchDeviceSnapshot) found = latch_device_snapshot_copy (target->device);
  g_autoptr (GError) silence = NULL;
  LatchCtlVerdict verdict = latch_ctl_outcome_investigate (ctl, target, action, found, &silence);
  g_autofree char *title = latch_ctl_target_get_title (target);
  g_autofree char *sentence = latch_ctl_outcome_describe_done (action, title, TRUE);

  if (ctl->options->json)
    print_json (target, action,
                verdict == LATCH_CTL_VERDICT_REACHED ? LATCH_TRISTATE_YES
                : lost                               ? LATCH_TRISTATE_UNKNOWN
                                                     : LATCH_TRISTATE_NO,
                found->state.battery_critical, found);
  if (found->has_state)
    latch_ctl_record_result (ctl, target, found, verdict == LATCH_CTL_VERDICT_REACHED);

  if (verdict == LATCH_CTL_VERDICT_REACHED)
    {
      if (!ctl->options->json)
        latch_ctl_print ("%s", sentence);
      latch_ctl_warn ("%s", lost ? _("no answer came to the command, but the lock itself confirms it")
                                 : _("the bridge reported a failure, but the lock itself confirms that it is done"));
      return TRUE;
    }

  set_not_done (target, found, problem, silence, error);
  return FALSE;
}

/**
 * latch_ctl_act:
 *
 * Has a lock or opener do what the command's name says (spec: /lockAction), once. After an answer that leaves doubt,
 * the lock is asked: the goal being reached is a success, whatever the answer was; else the outcome stays unknown if
 * no answer came, and is a failure if the bridge said so.
 */
gboolean
latch_ctl_act (LatchCtl *ctl, GError **error)
{
  LatchLockAction action = latch_lock_action_from_nick (ctl->command->name);
  gboolean wait = !(ctl->options->given & LATCH_CTL_OPTION_NO_WAIT);
  LatchTristate battery_critical = LATCH_TRISTATE_UNKNOWN;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) problem = NULL;
  LatchCtlTarget target;

  if (!latch_ctl_find_target (ctl, ctl->arguments[0], &target, error) || !check_suits (action, &target, error) ||
      !latch_ctl_be_careful (ctl, action, &target, error))
    return FALSE;

  latch_ctl_record_listed (ctl, &target);
  latch_client_lock_action_async (target.bridge->client, target.device->nuki_id, target.device->device_type, action,
                                  wait, ctl->cancellable, latch_ctl_done_cb, &result);
  if (latch_client_lock_action_finish (target.bridge->client, latch_ctl_wait (&result), &battery_critical, &problem))
    return report_done (ctl, &target, action, battery_critical);

  if (g_error_matches (problem, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN) ||
      g_error_matches (problem, LATCH_ERROR, LATCH_ERROR_OFFLINE))
    return report_doubt (ctl, &target, action, problem, error);

  if (g_cancellable_is_cancelled (ctl->cancellable))
    latch_ctl_warn (_("cancelled. The lock may carry out the command all the same"));
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

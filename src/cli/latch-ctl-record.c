/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-record.h"

#include "latch-ctl-token.h"
#include "latch-store-activity.h"

/* Only of bridges that are kept; and with a token given, whatever answers at an address need not be one of them */
static gboolean
is_kept (LatchCtl *ctl, const LatchCtlBridge *bridge)
{
  return bridge->record != NULL && !(ctl->options->bridge != NULL && latch_ctl_token_is_given (ctl));
}

static int
get_resting_state (const LatchDeviceSnapshot *device)
{
  gboolean opener = latch_device_type_is_opener (device->device_type);
  LatchLockState state = latch_lock_state_from_code (device->state.state_code, opener);

  return !device->has_state || state == LATCH_LOCK_STATE_UNKNOWN || latch_lock_state_is_moving (state)
             ? LATCH_EVENT_VALUE_UNKNOWN
             : device->state.state_code;
}

static int
get_mode (const LatchDeviceSnapshot *device)
{
  return latch_device_type_is_opener (device->device_type) ? device->state.mode : LATCH_EVENT_VALUE_UNKNOWN;
}

static void
add_event (GPtrArray *events, LatchEventKind kind, const LatchCtlTarget *target, int from, int to, LatchEventCause cause)
{
  LatchEvent *event =
      latch_event_new (kind, target->bridge->record->id, target->device->nuki_id, target->device->device_type);

  event->at = g_get_real_time () / G_USEC_PER_SEC;
  event->from = from;
  event->to = to;
  event->cause = cause;
  g_ptr_array_add (events, event);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!latch_store_write_finish (LATCH_STORE (source), result, &error))
    g_debug ("What was listed could not be recorded: %s", error->message);
}

static void
confirm (GPtrArray *events, LatchEventKind kind, const LatchCtlTarget *target, int value)
{
  if (value != LATCH_EVENT_VALUE_UNKNOWN)
    add_event (events, kind, target, value, value, LATCH_EVENT_CAUSE_SEEN);
}

/**
 * latch_ctl_record_listed:
 * @target: a lock as its bridge listed it
 *
 * Records what a lock of a bridge that is kept was before a command: else the command would get credit for what others
 * did before. Nothing waits for that.
 */
void
latch_ctl_record_listed (LatchCtl *ctl, const LatchCtlTarget *target)
{
  g_autoptr (GPtrArray) events = NULL;

  if (!is_kept (ctl, target->bridge))
    return;

  events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_event_free);
  confirm (events, LATCH_EVENT_STATE, target, get_resting_state (target->device));
  confirm (events, LATCH_EVENT_MODE, target, get_mode (target->device));
  if (events->len > 0)
    latch_store_record_events_async (ctl->store, events, NULL, listed_cb, NULL);
}

static void
compare (GPtrArray *events, LatchEventKind kind, const LatchCtlTarget *target, int before, int after,
         LatchEventCause cause)
{
  if (after != LATCH_EVENT_VALUE_UNKNOWN && after != before)
    add_event (events, kind, target, before, after, cause);
}

/**
 * latch_ctl_record_result:
 * @target: the lock as its bridge listed it before the command
 * @found: what is known of it after the command
 * @reached: whether that is what the command was to bring about
 *
 * Records what a command did to a lock of a bridge that is kept. That this fails is worth a warning, but what was done
 * is done.
 */
void
latch_ctl_record_result (LatchCtl *ctl, const LatchCtlTarget *target, const LatchDeviceSnapshot *found, gboolean reached)
{
  const LatchEventCause cause = reached ? LATCH_EVENT_CAUSE_COMMAND_LINE : LATCH_EVENT_CAUSE_SEEN;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (!is_kept (ctl, target->bridge))
    return;

  events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_event_free);
  compare (events, LATCH_EVENT_STATE, target, get_resting_state (target->device), get_resting_state (found), cause);
  compare (events, LATCH_EVENT_MODE, target, get_mode (target->device), get_mode (found), cause);
  if (events->len == 0)
    return;

  latch_store_record_events_async (ctl->store, events, NULL, latch_ctl_done_cb, &result);
  if (!latch_store_write_finish (ctl->store, latch_ctl_wait (&result), &error))
    latch_ctl_warn (_("this could not be recorded: %s"), error->message);
}

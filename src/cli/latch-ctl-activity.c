/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-ask.h"
#include "latch-ctl-bridges.h"
#include "latch-ctl-commands.h"
#include "latch-ctl-describe.h"
#include "latch-ctl-find.h"
#include "latch-ctl-json.h"
#include "latch-ctl-table.h"
#include "latch-event-record.h"
#include "latch-store-activity.h"

/* What is recorded on this computer of what happened to locks */

static LatchCtlBridge *
find_bridge (LatchCtl *ctl, const LatchEvent *event)
{
  for (guint i = 0; i < ctl->bridges->len; i++)
    {
      LatchCtlBridge *bridge = g_ptr_array_index (ctl->bridges, i);

      if (g_str_equal (bridge->id, event->bridge_id))
        return bridge;
    }

  return NULL;
}

/* Returns: what the bridge calls the lock, %NULL if it has none or is not known any more */
static const char *
find_name (LatchCtl *ctl, const LatchEvent *event)
{
  LatchCtlBridge *bridge = find_bridge (ctl, event);

  for (guint i = 0; bridge != NULL && i < bridge->devices->len; i++)
    {
      const LatchDeviceSnapshot *device = g_ptr_array_index (bridge->devices, i);

      if (device->nuki_id == event->nuki_id && device->device_type == event->device_type)
        return device->name;
    }

  return NULL;
}

/* Returns: (nullable): what it is called on this computer. A lock that its bridge does not list any more may still be */
static const char *
find_local_name (LatchCtl *ctl, const LatchEvent *event)
{
  LatchCtlBridge *bridge = find_bridge (ctl, event);
  g_autoptr (LatchDeviceSnapshot) device = latch_device_snapshot_new (event->nuki_id);
  const LatchLockChoice *choice = NULL;

  device->device_type = event->device_type;
  choice = bridge != NULL ? latch_ctl_bridge_find_choice (bridge, device) : NULL;

  return choice != NULL ? choice->name : NULL;
}

/* Codes that are not known may have the same text. From there to there nobody goes */
static char *
describe_change (const LatchEvent *event, const char *(*get_text) (gint64 code, gboolean opener))
{
  gboolean opener = latch_device_type_is_opener (event->device_type);
  const char *before = event->from != LATCH_EVENT_VALUE_UNKNOWN ? get_text (event->from, opener) : NULL;
  const char *after = get_text (event->to, opener);

  if (before == NULL || g_str_equal (before, after))
    return g_strdup (after);

  /* Translators: what a lock or door was, and what it is now */
  return g_strdup_printf (_("%s → %s"), before, after);
}

static const char *
get_state_text (gint64 code, gboolean opener)
{
  LatchLockState state = latch_lock_state_from_code ((int) code, opener);

  return state == LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO ? _("Lock ’n’ Go") : latch_lock_state_get_text (state);
}

static const char *
get_door_text (gint64 code, gboolean opener)
{
  return latch_door_state_get_text (latch_door_state_from_code ((int) code));
}

static char *
describe_event (const LatchEvent *event)
{
  g_autofree char *text = NULL;

  switch (event->kind)
    {
    case LATCH_EVENT_STATE:
      return describe_change (event, get_state_text);
    case LATCH_EVENT_DOOR:
      text = describe_change (event, get_door_text);
      return g_strdup_printf (_("Door: %s"), text);
    case LATCH_EVENT_RING:
      return g_strdup (_("Somebody rang"));
    case LATCH_EVENT_BATTERY:
      return g_strdup (event->to != 0 ? _("The batteries are low") : _("The batteries are good"));
    case LATCH_EVENT_KEYPAD_BATTERY:
      return g_strdup (event->to != 0 ? _("The keypad’s batteries are low") : _("The keypad’s batteries are good"));
    case LATCH_EVENT_GAP:
      text = latch_ctl_describe_time (event->from);
      return g_strdup_printf (_("Nobody had watched since %s"), text);
    case LATCH_EVENT_MODE:
      return g_strdup (event->to == LATCH_MODE_CONTINUOUS ? _("Continuous mode is on") : _("Continuous mode is off"));
    default:
      return g_strdup (_("Unknown"));
    }
}

/* A lock that the bridge does not list any more may still have a name here */
static char *
get_title (LatchCtl *ctl, const LatchEvent *event)
{
  LatchCtlBridge *bridge = find_bridge (ctl, event);
  g_autoptr (LatchDeviceSnapshot) device = latch_device_snapshot_new (event->nuki_id);

  device->device_type = event->device_type;
  device->name = g_strdup (find_name (ctl, event));

  return bridge != NULL ? latch_ctl_device_get_title (bridge, device) : latch_ctl_device_get_given_title (device);
}

static void
print_events (LatchCtl *ctl, GPtrArray *events)
{
  gboolean several = ctl->bridges->len > 1;
  g_autoptr (LatchCtlTable) table = latch_ctl_table_new (several ? 5 : 4);

  /* Translators: these are the titles of columns; "Cause" is such as: seen, this computer, command line */
  latch_ctl_table_add_titles (table, _("Time"), _("Name"), _("Event"), _("Cause"), NULL);
  if (several)
    latch_ctl_table_add_titles (table, _("Bridge"), NULL);

  for (guint i = 0; i < events->len; i++)
    {
      const LatchEvent *event = g_ptr_array_index (events, i);
      g_autofree char *time = latch_ctl_describe_time (event->at);
      g_autofree char *text = describe_event (event);
      g_autofree char *title = get_title (ctl, event);
      gboolean knows_cause = event->kind != LATCH_EVENT_GAP || event->cause != LATCH_EVENT_CAUSE_SEEN;

      latch_ctl_table_add (table, time, LATCH_CTL_COLOR_NONE);
      latch_ctl_table_add (table, title, LATCH_CTL_COLOR_NONE);
      latch_ctl_table_add (table, text, LATCH_CTL_COLOR_NONE);
      latch_ctl_table_add (table, knows_cause ? latch_event_cause_get_text (event->cause) : "–", LATCH_CTL_COLOR_NONE);
      if (several)
        {
          LatchCtlBridge *bridge = find_bridge (ctl, event);
          g_autofree char *bridge_title = bridge != NULL ? latch_ctl_bridge_get_title (bridge) : g_strdup ("–");

          latch_ctl_table_add (table, bridge_title, LATCH_CTL_COLOR_NONE);
        }
    }

  if (events->len > 0)
    latch_ctl_table_print (table);
  else
    latch_ctl_print (_("Nothing is recorded yet."));
}

/* As with devices, members are never left out */
static void
print_events_json (LatchCtl *ctl, GPtrArray *events)
{
  JsonArray *array = json_array_new ();
  g_autoptr (JsonNode) node = latch_ctl_json_wrap_array (array);

  for (guint i = 0; i < events->len; i++)
    {
      const LatchEvent *event = g_ptr_array_index (events, i);

      json_array_add_object_element (array, latch_event_record_new_json (event, find_name (ctl, event),
                                                                         find_local_name (ctl, event)));
    }

  latch_ctl_print_json (node, FALSE);
}

static void
print_events_csv (LatchCtl *ctl, GPtrArray *events)
{
  g_autoptr (GString) row = g_string_new (NULL);

  latch_event_record_append_csv_titles (row);
  for (guint i = 0; i <= events->len; i++)
    {
      /* Its end is that of our line */
      latch_ctl_print ("%s", g_strchomp (row->str));
      g_string_set_size (row, 0);
      if (i < events->len)
        {
          const LatchEvent *event = g_ptr_array_index (events, i);
          LatchCtlBridge *bridge = find_bridge (ctl, event);
          g_autofree char *bridge_title = bridge != NULL ? latch_ctl_bridge_get_title (bridge) : NULL;

          const char *name = find_local_name (ctl, event);

          latch_event_record_append_csv (row, event, name != NULL ? name : find_name (ctl, event), bridge_title);
        }
    }
}

/* Chooses the lock that is named, or the bridge that is, for what is read or cleared */
static gboolean
choose (LatchCtl *ctl, LatchEventQuery *query, LatchCtlTarget *target, GError **error)
{
  if (!latch_ctl_choose_known_bridges (ctl, error))
    return FALSE;

  if (ctl->arguments[0] != NULL)
    {
      if (!latch_ctl_find_known_target (ctl, ctl->arguments[0], target, error))
        return FALSE;
      query->bridge_id = target->bridge->id;
      query->of_lock = TRUE;
      query->nuki_id = target->device->nuki_id;
      query->device_type = target->device->device_type;
    }
  else if (ctl->options->bridge != NULL)
    query->bridge_id = ((LatchCtlBridge *) g_ptr_array_index (ctl->bridges, 0))->id;

  return TRUE;
}

/**
 * latch_ctl_activity:
 *
 * Prints what is recorded of one lock, or of all, newest first. No bridge is asked.
 */
gboolean
latch_ctl_activity (LatchCtl *ctl, GError **error)
{
  LatchEventQuery query = { .limit = ctl->options->count };
  LatchCtlTarget target;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) events = NULL;

  if (!choose (ctl, &query, &target, error))
    return FALSE;

  latch_store_load_events_async (ctl->store, &query, ctl->cancellable, latch_ctl_done_cb, &result);
  events = latch_store_load_events_finish (ctl->store, latch_ctl_wait (&result), error);
  if (events == NULL)
    return FALSE;

  if (ctl->options->given & LATCH_CTL_OPTION_CSV)
    print_events_csv (ctl, events);
  else if (ctl->options->json)
    print_events_json (ctl, events);
  else
    print_events (ctl, events);

  return TRUE;
}

static char *
make_clear_question (LatchCtl *ctl, const LatchEventQuery *query, const LatchCtlTarget *target)
{
  g_autofree char *title = NULL;

  if (query->of_lock)
    {
      title = latch_ctl_target_get_title (target);
      return g_strdup_printf (_("Delete what was recorded here of %s? That cannot be undone."), title);
    }

  if (query->bridge_id != NULL)
    {
      title = latch_ctl_bridge_get_title (g_ptr_array_index (ctl->bridges, 0));
      return g_strdup_printf (_("Delete what was recorded here of all locks of %s? That cannot be undone."), title);
    }

  return g_strdup (_("Delete what was recorded here of all locks? That cannot be undone."));
}

/**
 * latch_ctl_activity_clear:
 *
 * Deletes what is recorded of one lock, or of all. No bridge is asked, and none forgets anything.
 */
gboolean
latch_ctl_activity_clear (LatchCtl *ctl, GError **error)
{
  LatchEventQuery query = { 0, };
  LatchCtlTarget target;
  g_autofree char *question = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (!latch_ctl_confirm_is_possible (ctl, error) || !choose (ctl, &query, &target, error))
    return FALSE;

  question = make_clear_question (ctl, &query, &target);
  if (!latch_ctl_confirm (ctl, question, NULL, error))
    return FALSE;

  if (query.of_lock)
    latch_store_clear_lock_events_async (ctl->store, query.bridge_id, query.nuki_id, query.device_type, ctl->cancellable,
                                         latch_ctl_done_cb, &result);
  else
    latch_store_clear_events_async (ctl->store, query.bridge_id, ctl->cancellable, latch_ctl_done_cb, &result);
  if (!latch_store_write_finish (ctl->store, latch_ctl_wait (&result), error))
    return FALSE;

  if (ctl->options->json)
    {
      g_autoptr (JsonNode) node = latch_ctl_json_new_success (query.bridge_id);

      latch_ctl_print_json (node, FALSE);
    }
  else
    latch_ctl_print (_("What was recorded is deleted."));

  return TRUE;
}

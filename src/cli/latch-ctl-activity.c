/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-bridges.h"
#include "latch-ctl-commands.h"
#include "latch-ctl-describe.h"
#include "latch-ctl-find.h"
#include "latch-ctl-json.h"
#include "latch-ctl-table.h"
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

static char *
describe_change (const LatchEvent *event, const char *(*get_text) (gint64 code, gboolean opener))
{
  gboolean opener = latch_device_type_is_opener (event->device_type);
  const char *after = get_text (event->to, opener);

  if (event->from == LATCH_EVENT_VALUE_UNKNOWN)
    return g_strdup (after);

  /* Translators: what a lock or door was, and what it is now */
  return g_strdup_printf (_("%s → %s"), get_text (event->from, opener), after);
}

static const char *
get_state_text (gint64 code, gboolean opener)
{
  return latch_lock_state_get_text (latch_lock_state_from_code ((int) code, opener));
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

  /* Translators: these are the titles of columns; "Cause" is one of: seen, this computer, command line */
  latch_ctl_table_add_titles (table, _("Time"), _("Name"), _("Event"), _("Cause"), NULL);
  if (several)
    latch_ctl_table_add_titles (table, _("Bridge"), NULL);

  for (guint i = 0; i < events->len; i++)
    {
      const LatchEvent *event = g_ptr_array_index (events, i);
      g_autofree char *time = latch_ctl_describe_time (event->at);
      g_autofree char *text = describe_event (event);
      g_autofree char *title = get_title (ctl, event);

      latch_ctl_table_add (table, time, LATCH_CTL_COLOR_NONE);
      latch_ctl_table_add (table, title, LATCH_CTL_COLOR_NONE);
      latch_ctl_table_add (table, text, LATCH_CTL_COLOR_NONE);
      latch_ctl_table_add (table, event->kind != LATCH_EVENT_GAP ? latch_event_cause_get_text (event->cause) : "–",
                           LATCH_CTL_COLOR_NONE);
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

static const char *
get_nick (const LatchEvent *event, gint64 value)
{
  gboolean opener = latch_device_type_is_opener (event->device_type);

  if (value == LATCH_EVENT_VALUE_UNKNOWN)
    return NULL;

  switch (event->kind)
    {
    case LATCH_EVENT_STATE:
      return latch_lock_state_get_nick (latch_lock_state_from_code ((int) value, opener));
    case LATCH_EVENT_DOOR:
      return latch_door_state_get_nick (latch_door_state_from_code ((int) value));
    case LATCH_EVENT_BATTERY:
    case LATCH_EVENT_KEYPAD_BATTERY:
      return value != 0 ? "low" : "good";
    case LATCH_EVENT_MODE:
      return value == LATCH_MODE_CONTINUOUS ? "continuous" : "door";
    default:
      return NULL;
    }
}

static void
set_value (JsonObject *object, const char *name, const char *code_name, const LatchEvent *event, gint64 value)
{
  if (event->kind == LATCH_EVENT_RING || event->kind == LATCH_EVENT_GAP)
    {
      latch_ctl_json_set_time (object, name, value != LATCH_EVENT_VALUE_UNKNOWN ? value : 0);
      latch_ctl_json_set_code (object, code_name, -1);
    }
  else
    {
      latch_ctl_json_set_text (object, name, get_nick (event, value));
      latch_ctl_json_set_code (object, code_name, (int) value);
    }
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
      g_autofree char *hex = latch_nuki_id_to_hex (event->nuki_id);
      JsonObject *object = json_object_new ();

      latch_ctl_json_set_time (object, "time", event->at);
      latch_ctl_json_set_text (object, "bridgeId", event->bridge_id);
      json_object_set_int_member (object, "nukiId", (gint64) event->nuki_id);
      latch_ctl_json_set_text (object, "nukiIdHex", hex);
      latch_ctl_json_set_code (object, "deviceType", event->device_type);
      latch_ctl_json_set_text (object, "name", find_name (ctl, event));
      latch_ctl_json_set_text (object, "kind", latch_event_kind_get_nick (event->kind));
      set_value (object, "from", "fromCode", event, event->from);
      set_value (object, "to", "toCode", event, event->to);
      latch_ctl_json_set_text (object, "cause",
                               event->kind != LATCH_EVENT_GAP ? latch_event_cause_get_nick (event->cause) : NULL);
      json_array_add_object_element (array, object);
    }

  latch_ctl_print_json (node, FALSE);
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
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) events = NULL;

  if (!latch_ctl_choose_known_bridges (ctl, error))
    return FALSE;

  if (ctl->arguments[0] != NULL)
    {
      LatchCtlTarget target;

      if (!latch_ctl_find_known_target (ctl, ctl->arguments[0], &target, error))
        return FALSE;
      query.bridge_id = target.bridge->id;
      query.of_lock = TRUE;
      query.nuki_id = target.device->nuki_id;
      query.device_type = target.device->device_type;
    }
  else if (ctl->options->bridge != NULL)
    query.bridge_id = ((LatchCtlBridge *) g_ptr_array_index (ctl->bridges, 0))->id;

  latch_store_load_events_async (ctl->store, &query, ctl->cancellable, latch_ctl_done_cb, &result);
  events = latch_store_load_events_finish (ctl->store, latch_ctl_wait (&result), error);
  if (events == NULL)
    return FALSE;

  if (ctl->options->json)
    print_events_json (ctl, events);
  else
    print_events (ctl, events);

  return TRUE;
}

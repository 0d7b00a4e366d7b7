/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-json.h"

/**
 * latch_ctl_json_set_text:
 * @value: (nullable): the value; %NULL if it is not known
 */
void
latch_ctl_json_set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

/**
 * latch_ctl_json_set_code:
 * @value: the value; -1 if it is not known
 */
void
latch_ctl_json_set_code (JsonObject *object, const char *name, int value)
{
  if (value >= 0)
    json_object_set_int_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

void
latch_ctl_json_set_flag (JsonObject *object, const char *name, LatchTristate value)
{
  if (value != LATCH_TRISTATE_UNKNOWN)
    json_object_set_boolean_member (object, name, value == LATCH_TRISTATE_YES);
  else
    json_object_set_null_member (object, name);
}

/**
 * latch_ctl_json_set_time:
 * @seconds: since 1970; 0 if it is not known
 */
void
latch_ctl_json_set_time (JsonObject *object, const char *name, gint64 seconds)
{
  g_autoptr (GDateTime) time = seconds != 0 ? g_date_time_new_from_unix_utc (seconds) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  latch_ctl_json_set_text (object, name, text);
}

/**
 * latch_ctl_json_set_state:
 * @code: the bridge's code; -1 if it is not known
 */
void
latch_ctl_json_set_state (JsonObject *object, int code, gboolean opener)
{
  LatchLockState state = latch_lock_state_from_code (code, opener);

  latch_ctl_json_set_text (object, "state", code >= 0 ? latch_lock_state_get_nick (state) : NULL);
  latch_ctl_json_set_code (object, "stateCode", code);
}

/**
 * latch_ctl_json_wrap_object:
 * @object: (transfer full): an object
 *
 * Returns: (transfer full): a document of it
 */
JsonNode *
latch_ctl_json_wrap_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);

  return node;
}

/**
 * latch_ctl_json_wrap_array:
 * @array: (transfer full): an array
 *
 * Returns: (transfer full): a document of it
 */
JsonNode *
latch_ctl_json_wrap_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);

  return node;
}

/**
 * latch_ctl_json_new_device:
 * @bridge_id: (nullable): its bridge
 * @choice: (nullable): what was chosen for it on this computer
 *
 * The form that scripts rely on: members are never left out, and never get another meaning.
 *
 * Returns: (transfer full): all that is known of a lock or opener
 */
JsonNode *
latch_ctl_json_new_device (const char *bridge_id, const LatchDeviceSnapshot *device, const LatchLockChoice *choice)
{
  const LatchStateSnapshot *state = &device->state;
  gboolean opener = latch_device_type_is_opener (device->device_type);
  g_autofree char *hex = latch_nuki_id_to_hex (device->nuki_id);
  g_autoptr (JsonObject) object = json_object_new ();

  latch_ctl_json_set_text (object, "bridgeId", bridge_id);
  json_object_set_int_member (object, "nukiId", (gint64) device->nuki_id);
  latch_ctl_json_set_text (object, "nukiIdHex", hex);
  latch_ctl_json_set_code (object, "deviceType", device->device_type);
  latch_ctl_json_set_text (object, "name", device->name);
  latch_ctl_json_set_text (object, "firmwareVersion", device->firmware_version);
  latch_ctl_json_set_code (object, "mode", state->mode);
  latch_ctl_json_set_state (object, state->state_code, opener);
  latch_ctl_json_set_flag (object, "batteryCritical", state->battery_critical);
  latch_ctl_json_set_code (object, "batteryPercent", state->battery_percent);
  latch_ctl_json_set_flag (object, "batteryCharging", state->battery_charging);
  latch_ctl_json_set_flag (object, "keypadBatteryCritical", state->keypad_battery_critical);
  latch_ctl_json_set_text (object, "doorState",
                           latch_door_state_get_nick (latch_door_state_from_code (state->door_state_code)));
  latch_ctl_json_set_code (object, "doorStateCode", state->door_state_code);
  latch_ctl_json_set_time (object, "ringTimestamp", state->ring_timestamp);
  latch_ctl_json_set_time (object, "updated", state->timestamp);
  latch_ctl_json_set_text (object, "localName", choice != NULL ? choice->name : NULL);
  json_object_set_boolean_member (object, "hidden", choice != NULL && choice->hidden);

  return latch_ctl_json_wrap_object (g_steal_pointer (&object));
}

/**
 * latch_ctl_json_new_success:
 * @bridge_id: (nullable): which bridge was told to do it
 *
 * Returns: (transfer full): that a command was carried out that has nothing else to say
 */
JsonNode *
latch_ctl_json_new_success (const char *bridge_id)
{
  g_autoptr (JsonObject) object = json_object_new ();

  latch_ctl_json_set_text (object, "bridgeId", bridge_id);
  json_object_set_boolean_member (object, "success", TRUE);

  return latch_ctl_json_wrap_object (g_steal_pointer (&object));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-codec.h"

#include "latch-answer.h"
#include "latch-error.h"
#include "latch-json-repair.h"
#include "latch-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_BODY_SIZE (1024 * 1024)
#define MAX_TOKEN_LENGTH 64

static void
set_offline (GError **error)
{
  g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_OFFLINE,
                       _("The lock does not answer. It may be out of the bridge’s range, or its batteries may be empty"));
}

/* Returns: whether anything was said about the state itself */
static gboolean
decode_state (JsonObject *object, LatchStateSnapshot *state)
{
  *state = (LatchStateSnapshot) LATCH_STATE_SNAPSHOT_INIT;
  state->state_code = latch_json_get_code (object, "state");
  state->mode = latch_json_get_code (object, "mode");
  state->battery_critical = latch_json_get_flag (object, "batteryCritical");
  state->battery_charging = latch_json_get_flag (object, "batteryCharging");
  state->battery_percent = latch_json_get_int (object, "batteryChargeState", 0, 100, -1);
  state->keypad_battery_critical = latch_json_get_flag (object, "keypadBatteryCritical");
  state->door_state_code = latch_json_get_code (object, "doorsensorState");
  state->ring_active = latch_json_get_flag (object, "ringactionState");
  state->ring_timestamp = latch_json_get_time (object, "ringactionTimestamp");
  state->timestamp = latch_json_get_time (object, "timestamp");

  return state->state_code >= 0 || state->timestamp > 0;
}

static gpointer
decode_device (JsonObject *object)
{
  guint64 nuki_id = latch_json_get_id (object, "nukiId");
  JsonObject *state = latch_json_get_object (object, "lastKnownState");
  LatchDeviceSnapshot *device;

  if (nuki_id == 0)
    return NULL;

  device = latch_device_snapshot_new (nuki_id);
  device->device_type = latch_json_get_code (object, "deviceType");
  device->name = latch_json_get_text (object, "name");
  device->firmware_version = latch_json_get_text (object, "firmwareVersion");
  device->has_state = state != NULL && decode_state (state, &device->state);

  return device;
}

static guint
hash_device (gconstpointer value)
{
  const LatchDeviceSnapshot *device = value;

  return g_int64_hash (&device->nuki_id) ^ (guint) device->device_type;
}

static gboolean
devices_are_same (gconstpointer a, gconstpointer b)
{
  const LatchDeviceSnapshot *device_a = a;
  const LatchDeviceSnapshot *device_b = b;

  return device_a->nuki_id == device_b->nuki_id && device_a->device_type == device_b->device_type;
}

/* A device that is there twice keeps its first place and its last news: bridges keep ghosts that know no state. */
static GPtrArray *
merge_same_devices (GPtrArray *devices)
{
  GPtrArray *merged = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (hash_device, devices_are_same);

  for (guint i = 0; i < devices->len; i++)
    {
      LatchDeviceSnapshot *device = g_ptr_array_index (devices, i);
      LatchDeviceSnapshot *earlier = g_hash_table_lookup (seen, device);

      if (earlier == NULL)
        {
          devices->pdata[i] = NULL;
          g_ptr_array_add (merged, device);
          g_hash_table_add (seen, device);
        }
      else if (device->has_state || !earlier->has_state)
        {
          LatchDeviceSnapshot swapped = *earlier;

          *earlier = *device;
          *device = swapped;
        }
    }

  return merged;
}

/**
 * latch_codec_parse:
 * @body: what came from the network
 *
 * Parses an answer, whatever its size, depth and quality.
 *
 * Returns: (transfer full): an array or object that cannot be changed any more. Else %NULL, with
 *   %LATCH_ERROR_NOT_A_BRIDGE if it is no JSON at all and %LATCH_ERROR_MALFORMED if it is broken.
 */
JsonNode *
latch_codec_parse (GBytes *body, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *text = NULL;
  gsize length;

  if (g_bytes_get_size (body) > MAX_BODY_SIZE)
    {
      g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_MALFORMED,
                           _("The answer is far too long for a Nuki bridge. Check the address"));
      return NULL;
    }

  text = latch_json_repair (g_bytes_get_data (body, NULL), g_bytes_get_size (body), &length, error);
  if (text == NULL)
    return NULL;

  if (!json_parser_load_from_data (parser, text, length, NULL))
    {
      latch_answer_set_malformed (error);
      return NULL;
    }

  return json_parser_steal_root (parser);
}

/**
 * latch_codec_decode_auth:
 *
 * Decodes the answer of /auth. The token is in the return value only, never in an error.
 *
 * Returns: (transfer full): the token; %NULL with %LATCH_ERROR_BUTTON_NOT_PRESSED if the bridge waited in vain
 */
char *
latch_codec_decode_auth (GBytes *body, GError **error)
{
  JsonObject *object;
  g_autoptr (JsonNode) root = latch_answer_parse_object (body, &object, error);
  const char *token;
  gsize length = 0;

  if (root == NULL)
    return NULL;

  if (latch_json_get_flag (object, "success") == LATCH_TRISTATE_NO)
    {
      g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_BUTTON_NOT_PRESSED,
                           _("Nobody pressed the bridge’s button in time. Try again, and press it within 30 seconds"));
      return NULL;
    }

  token = latch_json_get_raw_text (object, "token");
  while (token != NULL && g_ascii_isprint (token[length]))
    length++;

  if (length == 0 || length > MAX_TOKEN_LENGTH || token[length] != '\0')
    {
      latch_answer_set_malformed (error);
      return NULL;
    }

  return g_strdup (token);
}

/**
 * latch_codec_decode_list:
 *
 * Decodes the answer of /list.
 *
 * Returns: (transfer full) (element-type LatchDeviceSnapshot): the bridge's locks and openers, each once
 */
GPtrArray *
latch_codec_decode_list (GBytes *body, GError **error)
{
  g_autoptr (GPtrArray) devices = latch_answer_decode_array (body, decode_device,
                                                             (GDestroyNotify) latch_device_snapshot_free, error);

  return devices != NULL ? merge_same_devices (devices) : NULL;
}

/**
 * latch_codec_decode_lock_state:
 * @state: (out caller-allocates): where to put the state; unchanged on failure
 *
 * Decodes the answer of /lockState. Its time is that of asking, which the caller knows.
 *
 * Returns: whether it worked; %LATCH_ERROR_OFFLINE if the bridge could not reach the lock
 */
gboolean
latch_codec_decode_lock_state (GBytes *body, LatchStateSnapshot *state, GError **error)
{
  JsonObject *object;
  g_autoptr (JsonNode) root = latch_answer_parse_object (body, &object, error);
  LatchStateSnapshot decoded;

  if (root == NULL)
    return FALSE;

  if (latch_json_get_flag (object, "success") == LATCH_TRISTATE_NO)
    {
      set_offline (error);
      return FALSE;
    }

  decode_state (object, &decoded);
  if (decoded.state_code < 0)
    {
      latch_answer_set_malformed (error);
      return FALSE;
    }

  *state = decoded;

  return TRUE;
}

/**
 * latch_codec_decode_lock_action:
 * @battery_critical: (out): what the bridge says of the lock's batteries
 *
 * Decodes the answer of /lockAction. Only an explicit success is one: whatever else came, a lock may or may not
 * have moved.
 *
 * Returns: whether the bridge says that it worked; %LATCH_ERROR_OFFLINE if it says that it did not
 */
gboolean
latch_codec_decode_lock_action (GBytes *body, LatchTristate *battery_critical, GError **error)
{
  JsonObject *object;
  g_autoptr (JsonNode) root = latch_answer_parse_object (body, &object, error);
  LatchTristate success;

  if (root == NULL)
    return FALSE;

  /* Whether the lock was out of reach or did not get there, it does not say */
  success = latch_json_get_flag (object, "success");
  if (success == LATCH_TRISTATE_NO)
    g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_OFFLINE,
                         _("The bridge reports a failure. The lock may be out of its range, or its batteries may be empty"));
  else if (success == LATCH_TRISTATE_UNKNOWN)
    latch_answer_set_malformed (error);
  else
    *battery_critical = latch_json_get_flag (object, "batteryCritical");

  return success == LATCH_TRISTATE_YES;
}

/**
 * latch_codec_decode_success:
 *
 * Decodes the answers of /configAuth, /unpair, /callback/add and /callback/remove.
 *
 * Returns: whether the bridge says that it worked. That a callback is there already counts as success.
 */
gboolean
latch_codec_decode_success (GBytes *body, GError **error)
{
  JsonObject *object;
  g_autoptr (JsonNode) root = latch_answer_parse_object (body, &object, error);
  g_autofree char *message = NULL;

  if (root == NULL)
    return FALSE;

  message = latch_json_get_text (object, "message");
  switch (latch_json_get_flag (object, "success"))
    {
    case LATCH_TRISTATE_YES:
      return TRUE;
    case LATCH_TRISTATE_NO:
      if (message != NULL && strstr (message, "callback already added") != NULL)
        return TRUE;
      latch_answer_set_refused (object, error);
      return FALSE;
    default:
      latch_answer_set_malformed (error);
      return FALSE;
    }
}

/**
 * latch_codec_decode_callback_post:
 *
 * Decodes what a bridge posts to a callback (spec: /callback). It says less than /list: no name, no time.
 *
 * Returns: (transfer full): the device and its new state
 */
LatchDeviceSnapshot *
latch_codec_decode_callback_post (GBytes *body, GError **error)
{
  JsonObject *object;
  g_autoptr (JsonNode) root = latch_answer_parse_object (body, &object, error);
  LatchDeviceSnapshot *device;

  if (root == NULL)
    return NULL;

  device = decode_device (object);
  if (device == NULL)
    {
      latch_answer_set_malformed (error);
      return NULL;
    }

  device->has_state = decode_state (object, &device->state);

  return device;
}

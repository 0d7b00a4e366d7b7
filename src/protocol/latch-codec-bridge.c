/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-codec.h"

#include "latch-answer.h"
#include "latch-error.h"
#include "latch-json.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_PORT 8080

static JsonNode *
object_to_node (JsonObject *object)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_node_seal (node);

  return node;
}

static gpointer
decode_scan_result (JsonObject *object)
{
  guint64 nuki_id = latch_json_get_id (object, "nukiId");
  LatchScanResult *result;

  if (nuki_id == 0)
    return NULL;

  result = latch_scan_result_new ();
  result->nuki_id = nuki_id;
  result->device_type = latch_json_get_code (object, "deviceType");
  result->name = latch_json_get_text (object, "name");
  result->paired = latch_json_get_flag (object, "paired");
  /* API 1.6 spells it with one s */
  result->rssi = latch_json_get_int (object, "rssi", -200, -1, 0);
  if (result->rssi == 0)
    result->rssi = latch_json_get_int (object, "rsi", -200, -1, 0);

  return result;
}

static gpointer
decode_callback (JsonObject *object)
{
  gint64 id = latch_json_get_int (object, "id", 0, G_MAXINT, -1);
  LatchCallback *callback;

  if (id < 0)
    return NULL;

  callback = g_new0 (LatchCallback, 1);
  callback->id = id;
  callback->url = latch_json_get_text (object, "url");
  if (callback->url == NULL)
    callback->url = g_strdup (""); /* it takes a place all the same */

  return callback;
}

static gpointer
decode_log_entry (JsonObject *object)
{
  LatchLogEntry *entry = g_new0 (LatchLogEntry, 1);
  const char *id = latch_json_get_raw_text (object, "nukiId");

  entry->timestamp = latch_json_get_time (object, "timestamp");
  entry->type = latch_json_get_text (object, "type");
  entry->json = object_to_node (object);

  /* Unlike anywhere else, IDs are hexadecimal here even if they happen to have no letters */
  if (id == NULL)
    entry->nuki_id = latch_json_get_id (object, "nukiId");
  else if (!g_ascii_string_to_unsigned (id, 16, 1, G_MAXUINT64, &entry->nuki_id, NULL))
    entry->nuki_id = 0;

  return entry;
}

static gpointer
decode_discovered_bridge (JsonObject *object)
{
  guint64 bridge_id = latch_json_get_id (object, "bridgeId");
  g_autofree char *ip = latch_json_get_text (object, "ip");
  g_autoptr (GInetAddress) address = ip != NULL ? g_inet_address_new_from_string (ip) : NULL;
  LatchDiscoveredBridge *bridge;

  if (bridge_id == 0)
    return NULL;

  bridge = g_new0 (LatchDiscoveredBridge, 1);
  bridge->bridge_id = bridge_id;
  bridge->date_updated = latch_json_get_time (object, "dateUpdated");
  bridge->json = object_to_node (object);

  if (address != NULL && !g_inet_address_get_is_any (address))
    {
      bridge->port = json_object_has_member (object, "port") ? latch_json_get_int (object, "port", 1, G_MAXUINT16, 0)
                                                             : DEFAULT_PORT;
      bridge->ip = bridge->port != 0 ? g_inet_address_to_string (address) : NULL;
    }

  return bridge;
}

/**
 * latch_codec_decode_info:
 *
 * Decodes the answer of /info.
 *
 * Returns: (transfer full): what the bridge says of itself; %NULL with %LATCH_ERROR_NOT_A_BRIDGE if it says nothing
 *   that a bridge would say
 */
LatchInfoSnapshot *
latch_codec_decode_info (GBytes *body, GError **error)
{
  JsonObject *object;
  g_autoptr (JsonNode) root = latch_answer_parse_object (body, &object, error);
  g_autoptr (LatchInfoSnapshot) info = NULL;
  JsonObject *ids, *versions;
  JsonArray *scan_results;

  if (root == NULL)
    return NULL;

  if (latch_json_get_flag (object, "success") == LATCH_TRISTATE_NO)
    {
      latch_answer_set_refused (object, error);
      return NULL;
    }

  info = latch_info_snapshot_new ();
  info->bridge_type = latch_json_get_int (object, "bridgeType", LATCH_BRIDGE_TYPE_HARDWARE, LATCH_BRIDGE_TYPE_SOFTWARE,
                                          LATCH_BRIDGE_TYPE_UNKNOWN);
  info->uptime = latch_json_get_int (object, "uptime", 0, G_MAXINT64, -1);
  info->current_time = latch_json_get_time (object, "currentTime");
  info->wlan_connected = latch_json_get_flag (object, "wlanConnected");
  info->server_connected = latch_json_get_flag (object, "serverConnected");

  ids = latch_json_get_object (object, "ids");
  if (ids != NULL)
    {
      info->hardware_id = latch_json_get_id (ids, "hardwareId");
      info->server_id = latch_json_get_id (ids, "serverId");
    }

  versions = latch_json_get_object (object, "versions");
  if (versions != NULL)
    {
      info->firmware_version = latch_json_get_text (versions, "firmwareVersion");
      info->wifi_firmware_version = latch_json_get_text (versions, "wifiFirmwareVersion");
      info->app_version = latch_json_get_text (versions, "appVersion");
    }

  scan_results = latch_json_get_array (object, "scanResults");
  if (scan_results != NULL)
    {
      g_autoptr (GPtrArray) results = latch_answer_decode_items (scan_results, decode_scan_result,
                                                                 (GDestroyNotify) latch_scan_result_free, NULL);

      if (results != NULL)
        {
          g_ptr_array_unref (info->scan_results);
          info->scan_results = g_steal_pointer (&results);
        }
    }

  if (info->bridge_type == LATCH_BRIDGE_TYPE_UNKNOWN && ids == NULL && versions == NULL && scan_results == NULL &&
      info->uptime < 0)
    {
      g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE,
                           _("Something else than a Nuki bridge answered. Check the address"));
      return NULL;
    }

  info->json = g_steal_pointer (&root);

  return g_steal_pointer (&info);
}

/**
 * latch_codec_decode_callbacks:
 *
 * Decodes the answer of /callback/list.
 *
 * Returns: (transfer full) (element-type LatchCallback): the callbacks of all programs in the house
 */
GPtrArray *
latch_codec_decode_callbacks (GBytes *body, GError **error)
{
  JsonObject *object;
  g_autoptr (JsonNode) root = latch_answer_parse_object (body, &object, error);
  JsonArray *callbacks;

  if (root == NULL)
    return NULL;

  callbacks = latch_json_get_array (object, "callbacks");
  if (callbacks == NULL)
    {
      if (latch_json_get_flag (object, "success") == LATCH_TRISTATE_NO)
        latch_answer_set_refused (object, error);
      else
        latch_answer_set_malformed (error);
      return NULL;
    }

  return latch_answer_decode_items (callbacks, decode_callback, (GDestroyNotify) latch_callback_free, error);
}

/**
 * latch_codec_decode_log:
 *
 * Decodes the answer of /log.
 *
 * Returns: (transfer full) (element-type LatchLogEntry): the entries in the bridge's order, which is not always that
 *   of time
 */
GPtrArray *
latch_codec_decode_log (GBytes *body, GError **error)
{
  return latch_answer_decode_array (body, decode_log_entry, (GDestroyNotify) latch_log_entry_free, error);
}

/**
 * latch_codec_decode_discovery:
 *
 * Decodes the answer of the discovery service (spec: Bridge discovery).
 *
 * Returns: (transfer full) (element-type LatchDiscoveredBridge): the bridges it knows of
 */
GPtrArray *
latch_codec_decode_discovery (GBytes *body, GError **error)
{
  JsonObject *object;
  g_autoptr (JsonNode) root = latch_answer_parse_object (body, &object, NULL);
  JsonArray *bridges = root != NULL ? latch_json_get_array (object, "bridges") : NULL;
  g_autoptr (GPtrArray) decoded = NULL;
  int code = root != NULL ? latch_json_get_int (object, "errorCode", G_MININT, G_MAXINT, 0) : 0;

  if (code != 0)
    {
      g_set_error (error, LATCH_ERROR, LATCH_ERROR_REFUSED,
                   /* Translators: %d is the server's own code for what went wrong */
                   _("The search reported the error %d. You can still enter the bridge’s address"), code);
      return NULL;
    }

  if (bridges != NULL)
    decoded = latch_answer_decode_items (bridges, decode_discovered_bridge,
                                         (GDestroyNotify) latch_discovered_bridge_free, NULL);
  if (decoded == NULL)
    g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_MALFORMED,
                         _("The search’s answer cannot be understood. You can still enter the bridge’s address"));

  return g_steal_pointer (&decoded);
}

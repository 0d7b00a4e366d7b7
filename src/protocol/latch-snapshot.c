/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-snapshot.h"

#include <gio/gio.h>

G_DEFINE_BOXED_TYPE (LatchDeviceSnapshot, latch_device_snapshot, latch_device_snapshot_copy, latch_device_snapshot_free)
G_DEFINE_BOXED_TYPE (LatchInfoSnapshot, latch_info_snapshot, latch_info_snapshot_copy, latch_info_snapshot_free)

/* Documents are never changed once decoded, so copies share them. */
static JsonNode *
share_json (JsonNode *json)
{
  return json != NULL ? json_node_ref (json) : NULL;
}

static gpointer
copy_scan_result (gconstpointer source, gpointer user_data)
{
  const LatchScanResult *self = source;
  LatchScanResult *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);

  return copy;
}

/**
 * latch_device_snapshot_new:
 * @nuki_id: the device's ID, the one thing that is never missing
 *
 * Returns: (transfer full): a device of which nothing else was said
 */
LatchDeviceSnapshot *
latch_device_snapshot_new (guint64 nuki_id)
{
  LatchDeviceSnapshot *self = g_new0 (LatchDeviceSnapshot, 1);

  self->nuki_id = nuki_id;
  self->device_type = -1;
  self->state = (LatchStateSnapshot) LATCH_STATE_SNAPSHOT_INIT;

  return self;
}

/**
 * latch_device_snapshot_copy:
 *
 * Returns: (transfer full): a copy of @self
 */
LatchDeviceSnapshot *
latch_device_snapshot_copy (const LatchDeviceSnapshot *self)
{
  LatchDeviceSnapshot *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  copy->firmware_version = g_strdup (self->firmware_version);

  return copy;
}

/**
 * latch_device_snapshot_free:
 * @self: (transfer full) (nullable): what to free
 */
void
latch_device_snapshot_free (LatchDeviceSnapshot *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->firmware_version);
  g_free (self);
}

/**
 * latch_info_snapshot_new:
 *
 * Returns: (transfer full): a bridge that said nothing about itself
 */
LatchInfoSnapshot *
latch_info_snapshot_new (void)
{
  LatchInfoSnapshot *self = g_new0 (LatchInfoSnapshot, 1);

  self->uptime = -1;
  self->wlan_connected = LATCH_TRISTATE_UNKNOWN;
  self->server_connected = LATCH_TRISTATE_UNKNOWN;
  self->scan_results = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_scan_result_free);

  return self;
}

/**
 * latch_info_snapshot_copy:
 *
 * Returns: (transfer full): a copy of @self, which shares its document
 */
LatchInfoSnapshot *
latch_info_snapshot_copy (const LatchInfoSnapshot *self)
{
  LatchInfoSnapshot *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->firmware_version = g_strdup (self->firmware_version);
  copy->wifi_firmware_version = g_strdup (self->wifi_firmware_version);
  copy->app_version = g_strdup (self->app_version);
  copy->scan_results = g_ptr_array_copy (self->scan_results, copy_scan_result, NULL);
  copy->json = share_json (self->json);

  return copy;
}

/**
 * latch_info_snapshot_free:
 * @self: (transfer full) (nullable): what to free
 */
void
latch_info_snapshot_free (LatchInfoSnapshot *self)
{
  if (self == NULL)
    return;

  g_free (self->firmware_version);
  g_free (self->wifi_firmware_version);
  g_free (self->app_version);
  g_ptr_array_unref (self->scan_results);
  g_clear_pointer (&self->json, json_node_unref);
  g_free (self);
}

/**
 * latch_scan_result_new:
 *
 * Returns: (transfer full): a device in range of which nothing was said
 */
LatchScanResult *
latch_scan_result_new (void)
{
  LatchScanResult *self = g_new0 (LatchScanResult, 1);

  self->device_type = -1;
  self->paired = LATCH_TRISTATE_UNKNOWN;

  return self;
}

/**
 * latch_scan_result_free:
 * @self: (transfer full) (nullable): what to free
 */
void
latch_scan_result_free (LatchScanResult *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self);
}

/**
 * latch_callback_free:
 * @self: (transfer full) (nullable): what to free
 */
void
latch_callback_free (LatchCallback *self)
{
  if (self == NULL)
    return;

  g_free (self->url);
  g_free (self);
}

/**
 * latch_log_entry_free:
 * @self: (transfer full) (nullable): what to free
 */
void
latch_log_entry_free (LatchLogEntry *self)
{
  if (self == NULL)
    return;

  g_free (self->type);
  g_clear_pointer (&self->json, json_node_unref);
  g_free (self);
}

/**
 * latch_discovered_bridge_copy:
 *
 * Returns: (transfer full): a copy of @self, which shares its document
 */
LatchDiscoveredBridge *
latch_discovered_bridge_copy (const LatchDiscoveredBridge *self)
{
  LatchDiscoveredBridge *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->ip = g_strdup (self->ip);
  copy->json = share_json (self->json);

  return copy;
}

/**
 * latch_discovered_bridge_free:
 * @self: (transfer full) (nullable): what to free
 */
void
latch_discovered_bridge_free (LatchDiscoveredBridge *self)
{
  if (self == NULL)
    return;

  g_free (self->ip);
  g_clear_pointer (&self->json, json_node_unref);
  g_free (self);
}

/**
 * latch_discovered_bridge_is_local:
 *
 * A bridge belongs to the home network. The discovery service knows only what bridges told it, and whatever else it
 * names, nobody's token should be sent there.
 *
 * Returns: whether the bridge has an address that is private, link-local or this computer's own
 */
gboolean
latch_discovered_bridge_is_local (const LatchDiscoveredBridge *self)
{
  g_autoptr (GInetAddress) address = NULL;
  const guint8 *bytes;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->ip != NULL)
    address = g_inet_address_new_from_string (self->ip);
  if (address == NULL)
    return FALSE;

  if (g_inet_address_get_is_loopback (address) || g_inet_address_get_is_link_local (address) ||
      g_inet_address_get_is_site_local (address))
    return TRUE;

  /* Unique local addresses, fc00::/7, which GLib does not tell */
  bytes = g_inet_address_to_bytes (address);
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 && (bytes[0] & 0xfe) == 0xfc;
}

/**
 * latch_nuki_id_to_hex:
 *
 * Returns: (transfer full): the ID as the vendor's app shows it: hexadecimal, eight digits or more
 */
char *
latch_nuki_id_to_hex (guint64 nuki_id)
{
  return g_strdup_printf ("%08" G_GINT64_MODIFIER "X", nuki_id);
}

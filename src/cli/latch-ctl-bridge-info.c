/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-bridges.h"
#include "latch-ctl-commands.h"
#include "latch-ctl-csv.h"
#include "latch-ctl-describe.h"
#include "latch-ctl-find.h"
#include "latch-ctl-json.h"
#include "latch-ctl-table.h"
#include "latch-log-mask.h"

/* What tells about the bridge itself */

static void
add_fact (LatchCtlTable *table, const char *title, const char *text)
{
  if (text == NULL)
    return;

  latch_ctl_table_add (table, title, LATCH_CTL_COLOR_NONE);
  latch_ctl_table_add (table, text, LATCH_CTL_COLOR_NONE);
}

static const char *
describe_flag (LatchTristate flag)
{
  return flag == LATCH_TRISTATE_UNKNOWN ? NULL : flag == LATCH_TRISTATE_YES ? _("yes") : _("no");
}

static char *
describe_id (guint64 id)
{
  return id != 0 ? g_strdup_printf ("%" G_GUINT64_FORMAT, id) : NULL;
}

/* The same words as in the window */
static char *
describe_signal (int rssi)
{
  if (rssi == 0)
    return g_strdup ("–");

  /* Translators: how well a bridge hears a lock, and the same as a number */
  return g_strdup_printf (rssi >= -60   ? _("Strong, %d dBm")
                          : rssi >= -72 ? _("Good, %d dBm")
                          : rssi >= -82 ? _("Fair, %d dBm")
                                        : _("Weak, %d dBm"),
                          rssi);
}

static char *
get_title (LatchCtlBridge *bridge, const LatchScanResult *result)
{
  g_autoptr (LatchDeviceSnapshot) device = latch_device_snapshot_new (result->nuki_id);

  device->device_type = result->device_type;
  device->name = g_strdup (result->name);

  return latch_ctl_device_get_title (bridge, device);
}

/* Half a minute is what it takes to look away and back */
static char *
describe_clock (gint64 time)
{
  gint64 behind = g_get_real_time () / G_USEC_PER_SEC - time;
  g_autofree char *text = latch_ctl_describe_time (time);
  g_autofree char *difference = latch_ctl_describe_duration (ABS (behind));

  if (ABS (behind) < 30)
    return g_strdup_printf (_("%s (in sync)"), text);

  /* Translators: the first %s is a time, the second a length of time as 04:30:00 */
  return g_strdup_printf (behind > 0 ? _("%s (%s behind)") : _("%s (%s ahead)"), text, difference);
}

static void
print_scan_results (LatchCtlBridge *bridge, GPtrArray *results)
{
  g_autoptr (LatchCtlTable) table = latch_ctl_table_new (4);

  if (results->len == 0)
    return;

  latch_ctl_print_end_line ();
  /* Translators: these are the titles of columns; "Signal" is how strong it is */
  latch_ctl_table_add_titles (table, _("In range"), _("ID"), _("Signal"), _("Paired"), NULL);
  for (guint i = 0; i < results->len; i++)
    {
      const LatchScanResult *result = g_ptr_array_index (results, i);
      g_autofree char *hex = latch_nuki_id_to_hex (result->nuki_id);
      g_autofree char *title = get_title (bridge, result);
      g_autofree char *signal = describe_signal (result->rssi);
      const char *paired = describe_flag (result->paired);

      latch_ctl_table_add (table, title, LATCH_CTL_COLOR_NONE);
      latch_ctl_table_add (table, hex, LATCH_CTL_COLOR_NONE);
      latch_ctl_table_add (table, signal, LATCH_CTL_COLOR_NONE);
      latch_ctl_table_add (table, paired != NULL ? paired : "–", LATCH_CTL_COLOR_NONE);
    }
  latch_ctl_table_print (table);
}

static void
print_info (LatchCtlBridge *bridge, const LatchInfoSnapshot *info)
{
  g_autoptr (LatchCtlTable) table = latch_ctl_table_new (2);
  g_autofree char *address = g_strdup_printf ("%s:%u", latch_client_get_host (bridge->client),
                                              latch_client_get_port (bridge->client));
  g_autofree char *server_id = describe_id (info->server_id);
  g_autofree char *hardware_id = describe_id (info->hardware_id);
  g_autofree char *uptime = info->uptime >= 0 ? latch_ctl_describe_duration (info->uptime) : NULL;
  g_autofree char *time = info->current_time != 0 ? describe_clock (info->current_time) : NULL;

  if (bridge->record != NULL)
    add_fact (table, _("Name"), bridge->record->name);
  add_fact (table, _("Address"), address);
  add_fact (table, _("Type"),
            info->bridge_type == LATCH_BRIDGE_TYPE_HARDWARE   ? _("Hardware bridge")
            : info->bridge_type == LATCH_BRIDGE_TYPE_SOFTWARE ? _("Software bridge")
                                                              : _("Unknown"));
  add_fact (table, _("ID"), server_id);
  add_fact (table, _("Hardware ID"), hardware_id);
  add_fact (table, _("Firmware"), info->firmware_version);
  add_fact (table, _("Wi-Fi firmware"), info->wifi_firmware_version);
  add_fact (table, _("App version"), info->app_version);
  add_fact (table, _("Running for"), uptime);
  add_fact (table, _("Bridge’s clock"), time);
  add_fact (table, _("On Wi-Fi"), describe_flag (info->wlan_connected));
  add_fact (table, _("Connected to Nuki"), describe_flag (info->server_connected));
  latch_ctl_table_print (table);
  print_scan_results (bridge, info->scan_results);
}

/**
 * latch_ctl_info:
 *
 * Prints what the bridge says of itself (spec: /info).
 */
gboolean
latch_ctl_info (LatchCtl *ctl, GError **error)
{
  LatchCtlBridge *bridge = latch_ctl_choose_bridge (ctl, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LatchInfoSnapshot) info = NULL;

  if (bridge == NULL)
    return FALSE;

  latch_client_info_async (bridge->client, ctl->cancellable, latch_ctl_done_cb, &result);
  info = latch_client_info_finish (bridge->client, latch_ctl_wait (&result), error);
  if (info == NULL)
    return FALSE;

  if (ctl->options->json)
    latch_ctl_print_json (info->json, FALSE);
  else
    print_info (bridge, info);

  return TRUE;
}

/* Whatever an entry has besides its time and type, as bridges put all kinds of things there */
static char *
describe_details (JsonNode *entry)
{
  JsonObject *object = json_node_get_object (entry);
  g_autoptr (GString) details = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *text = NULL;

      if (g_str_equal (name, "timestamp") || g_str_equal (name, "type"))
        continue;

      text = latch_ctl_describe_value (value);
      g_string_append_printf (details, "%s%s=%s", details->len > 0 ? " " : "", name, text);
    }

  return g_string_free_and_steal (g_steal_pointer (&details));
}

static void
print_log (GPtrArray *entries)
{
  g_autoptr (LatchCtlTable) table = latch_ctl_table_new (3);

  for (guint i = 0; i < entries->len; i++)
    {
      const LatchLogEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *time = latch_ctl_describe_time (entry->timestamp);
      g_autofree char *details = describe_details (entry->json);

      latch_ctl_table_add (table, time, LATCH_CTL_COLOR_NONE);
      latch_ctl_table_add (table, entry->type != NULL ? entry->type : "–", LATCH_CTL_COLOR_NONE);
      latch_ctl_table_add (table, details, LATCH_CTL_COLOR_NONE);
    }

  if (entries->len > 0)
    latch_ctl_table_print (table);
  else
    latch_ctl_print (_("The log has no such entries."));
}

/* Some bridges write down what they were asked, token and all. Whoever sends us what we print shall not send that */
static void
mask_entries (GPtrArray *entries, LatchClient *client)
{
  for (guint i = 0; i < entries->len; i++)
    {
      LatchLogEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (JsonNode) json = g_steal_pointer (&entry->json);
      g_autofree char *type = g_steal_pointer (&entry->type);

      entry->json = latch_log_mask (json, client);
      entry->type = type != NULL ? latch_log_mask_text (type, client) : NULL;
    }
}

/**
 * latch_ctl_log:
 *
 * Prints a part of the bridge's log (spec: /log).
 */
gboolean
latch_ctl_log (LatchCtl *ctl, GError **error)
{
  gboolean csv = (ctl->options->given & LATCH_CTL_OPTION_CSV) != 0;
  LatchCtlBridge *bridge = latch_ctl_choose_bridge (ctl, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  if (bridge == NULL)
    return FALSE;

  latch_client_log_async (bridge->client, ctl->options->offset, ctl->options->count, ctl->cancellable,
                          latch_ctl_done_cb, &result);
  entries = latch_client_log_finish (bridge->client, latch_ctl_wait (&result), error);
  if (entries == NULL)
    return FALSE;

  mask_entries (entries, bridge->client);

  if (ctl->options->json)
    {
      JsonArray *array = json_array_new ();
      g_autoptr (JsonNode) node = latch_ctl_json_wrap_array (array);

      for (guint i = 0; i < entries->len; i++)
        json_array_add_element (array, json_node_ref (((LatchLogEntry *) g_ptr_array_index (entries, i))->json));
      latch_ctl_print_json (node, FALSE);
    }
  else if (csv)
    latch_ctl_print_log_csv (entries, bridge->client);
  else
    print_log (entries);

  return TRUE;
}

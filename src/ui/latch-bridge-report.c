/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-report.h"

#include "latch-bridge-fact.h"
#include "latch-bridge-text.h"
#include "latch-time-text.h"

#include <glib/gi18n-lib.h>

static void
add (GString *report, const char *title, const char *value)
{
  /* Translators: one line of a list of facts, such as “Firmware: 2.18.0” */
  g_autofree char *line = g_strdup_printf (_("%s: %s"), title, value);

  g_string_append (report, line);
  g_string_append_c (report, '\n');
}

static void
add_facts (GString *report, LatchBridge *bridge, gint64 now)
{
  for (int i = 0; i < LATCH_BRIDGE_N_FACTS; i++)
    {
      g_auto (LatchBridgeFact) fact = { 0 };
      g_autofree char *id = NULL;

      if (!latch_bridge_fact_init (&fact, i, bridge))
        continue;

      if (fact.detail)
        id = g_strdup_printf ("%s (%s)", fact.value, fact.detail);
      add (report, fact.title, id ? id : fact.value);
    }

  if (latch_bridge_get_info (bridge) && !latch_bridge_is_info_current (bridge))
    {
      g_autofree char *updated = latch_time_text_updated (latch_bridge_get_info_at (bridge), now);

      g_string_append_printf (report, "%s\n", updated);
    }
}

static void
add_range (GString *report, LatchBridge *bridge)
{
  GListModel *range = G_LIST_MODEL (latch_bridge_get_range (bridge));

  if (!latch_bridge_get_info (bridge))
    return;

  g_string_append_printf (report, "\n%s\n", _("Devices in Range"));
  if (g_list_model_get_n_items (range) == 0)
    g_string_append_printf (report, "%s\n", _("No Devices in Range"));

  for (guint i = 0; i < g_list_model_get_n_items (range); i++)
    {
      g_autoptr (LatchDeviceInRange) device = g_list_model_get_item (range, i);
      guint64 id = latch_device_in_range_get_nuki_id (device);
      const char *paired = latch_bridge_text_paired (latch_device_in_range_get_paired (device));
      g_autofree char *name = latch_bridge_text_device_name (device);
      g_autofree char *hex = latch_nuki_id_to_hex (id);
      g_autofree char *signal = latch_bridge_text_signal_measured (latch_device_in_range_get_rssi (device));
      g_autofree char *what = paired ? g_strdup_printf ("%s · %s", signal, paired) : g_strdup (signal);
      g_autofree char *who = g_strdup_printf ("%s (%s, %" G_GUINT64_FORMAT ")", name, hex, id);

      add (report, who, what);
    }
}

/**
 * latch_bridge_report_new:
 * @now: the present, in seconds since 1970
 *
 * Writes down all that is known of @bridge itself, for those who ask others for help. It has no secrets in it: neither the
 * token nor where the bridge tells of changes.
 *
 * Returns: (transfer full): some lines of text
 */
char *
latch_bridge_report_new (LatchBridge *bridge, gint64 now)
{
  const GError *error = latch_bridge_get_error (bridge);
  const GError *info_error = latch_bridge_get_info_error (bridge);
  GString *report = g_string_new (NULL);
  g_autofree char *address = latch_bridge_text_address (bridge);
  g_autofree char *checked = latch_bridge_text_checked (bridge, now);

  g_string_append_printf (report, "%s\n", latch_bridge_get_name (bridge));
  add (report, _("Status"), latch_bridge_text_standing (bridge));
  if (error)
    add (report, _("Reason"), error->message);
  if (checked)
    g_string_append_printf (report, "%s\n", checked);
  add (report, _("Address"), address);
  if (info_error && !error)
    add (report, _("Reason"), info_error->message);
  add_facts (report, bridge, now);
  add_range (report, bridge);
  g_string_append_printf (report, "\nNightlatch %s\n", PACKAGE_VERSION);

  return g_string_free (report, FALSE);
}

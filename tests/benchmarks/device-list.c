/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device-list.h"

static void
append_in_full (GString *text, guint i)
{
  g_string_append_printf (text,
                          "{\"deviceType\": 0, \"nukiId\": %u, \"name\": \"Front Door %u\", \"firmwareVersion\": \"2.8.15\", "
                          "\"lastKnownState\": {\"mode\": 2, \"state\": %u, \"stateName\": \"%s\", \"batteryCritical\": false, "
                          "\"batteryCharging\": false, \"batteryChargeState\": %u, \"keypadBatteryCritical\": false, "
                          "\"doorsensorState\": 2, \"doorsensorStateName\": \"door closed\", "
                          "\"timestamp\": \"2026-10-03T06:%02u:00+00:00\"}}",
                          i + 1, i + 1, i % 2 == 0 ? 1 : 3, i % 2 == 0 ? "locked" : "unlocked", i % 101, i % 60);
}

static void
append_in_short (GString *text, guint i)
{
  g_string_append_printf (text, "{\"nukiId\":%u,\"name\":\"Door %u\",\"lastKnownState\":{\"state\":%u,\"batteryCritical\":false}}",
                          i + 1, i + 1, i % 2 == 0 ? 1 : 3);
}

GBytes *
device_list_new (guint n_devices, gboolean in_full)
{
  g_autoptr (GString) text = g_string_new ("[");

  for (guint i = 0; i < n_devices; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      (in_full ? append_in_full : append_in_short) (text, i);
    }
  g_string_append_c (text, ']');

  return g_string_free_to_bytes (g_steal_pointer (&text));
}

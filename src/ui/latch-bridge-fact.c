/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-fact.h"

#include <glib/gi18n-lib.h>

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Seconds. By so much clocks may differ before anybody need know */
#define CLOCK_TOLERANCE 30

static const char *const titles[] = {
  [LATCH_BRIDGE_FACT_TYPE] = N_("Type"),
  [LATCH_BRIDGE_FACT_FIRMWARE] = N_("Firmware"),
  [LATCH_BRIDGE_FACT_WIFI_FIRMWARE] = N_("Wi-Fi Firmware"),
  [LATCH_BRIDGE_FACT_APP_VERSION] = N_("App Version"),
  /* Translators: for how long the bridge has been running, such as “12 days 4 h” */
  [LATCH_BRIDGE_FACT_UPTIME] = N_("Running For"),
  [LATCH_BRIDGE_FACT_CLOCK] = N_("Clock"),
  [LATCH_BRIDGE_FACT_SERVER] = N_("Nuki Server"),
  [LATCH_BRIDGE_FACT_WIFI] = N_("Wi-Fi"),
  [LATCH_BRIDGE_FACT_SERVER_ID] = N_("Server ID"),
  [LATCH_BRIDGE_FACT_HARDWARE_ID] = N_("Hardware ID"),
};

static void
set_type (LatchBridgeFact *self, LatchBridgeType type)
{
  if (type == LATCH_BRIDGE_TYPE_HARDWARE)
    self->value = g_strdup (_("Hardware bridge"));
  else if (type == LATCH_BRIDGE_TYPE_SOFTWARE)
    self->value = g_strdup (_("Software bridge"));
}

static void
set_clock (LatchBridgeFact *self, LatchBridge *bridge)
{
  gint64 offset;

  if (!latch_bridge_get_clock_offset (bridge, &offset))
    return;

  self->value = latch_bridge_fact_clock_text (offset);
  if (ABS (offset) < CLOCK_TOLERANCE)
    self->tone = LATCH_TONE_GOOD;
  else
    {
      self->tone = LATCH_TONE_WARNING;
      self->advice = _("Where the clocks disagree, the bridge may refuse access. Restart it, and make sure that it has "
                       "internet access and that this computer’s clock is right");
    }
}

static void
set_connected (LatchBridgeFact *self, LatchTristate connected)
{
  if (connected == LATCH_TRISTATE_UNKNOWN)
    return;

  self->value = g_strdup (connected == LATCH_TRISTATE_YES ? _("Connected") : _("Not connected"));
  self->tone = connected == LATCH_TRISTATE_YES ? LATCH_TONE_GOOD : LATCH_TONE_WARNING;
}

/* In the vendor's app they are hexadecimal, everywhere else decimal */
static void
set_id (LatchBridgeFact *self, guint64 id)
{
  if (id == 0)
    return;

  self->value = latch_nuki_id_to_hex (id);
  self->detail = g_strdup_printf ("%" G_GUINT64_FORMAT, id);
  self->is_id = TRUE;
}

/**
 * latch_bridge_fact_init:
 *
 * Reads a fact from what @bridge last said of itself. What it cannot vouch for now is never good.
 *
 * Returns: whether the bridge said so at all; if not, there is nothing to show
 */
gboolean
latch_bridge_fact_init (LatchBridgeFact *self, LatchBridgeFactKind kind, LatchBridge *bridge)
{
  const LatchInfoSnapshot *info = latch_bridge_get_info (bridge);

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (titles), FALSE);

  *self = (LatchBridgeFact){ .title = _(titles[kind]) };
  if (!info)
    return FALSE;

  switch (kind)
    {
    case LATCH_BRIDGE_FACT_TYPE:
      set_type (self, info->bridge_type);
      break;
    case LATCH_BRIDGE_FACT_FIRMWARE:
      self->value = g_strdup (info->firmware_version);
      break;
    case LATCH_BRIDGE_FACT_WIFI_FIRMWARE:
      self->value = g_strdup (info->wifi_firmware_version);
      break;
    case LATCH_BRIDGE_FACT_APP_VERSION:
      self->value = g_strdup (info->app_version);
      break;
    case LATCH_BRIDGE_FACT_UPTIME:
      if (latch_bridge_get_uptime (bridge) >= 0)
        self->value = latch_bridge_fact_uptime_text (latch_bridge_get_uptime (bridge));
      break;
    case LATCH_BRIDGE_FACT_CLOCK:
      set_clock (self, bridge);
      break;
    case LATCH_BRIDGE_FACT_SERVER:
      set_connected (self, info->server_connected);
      break;
    case LATCH_BRIDGE_FACT_WIFI:
      set_connected (self, info->wlan_connected);
      break;
    case LATCH_BRIDGE_FACT_SERVER_ID:
      set_id (self, info->server_id);
      break;
    case LATCH_BRIDGE_FACT_HARDWARE_ID:
      set_id (self, info->hardware_id);
      break;
    case LATCH_BRIDGE_N_FACTS:
    default:
      break;
    }

  if (self->tone == LATCH_TONE_GOOD && !latch_bridge_is_info_current (bridge))
    self->tone = LATCH_TONE_PLAIN;

  return self->value != NULL;
}

void
latch_bridge_fact_clear (LatchBridgeFact *self)
{
  g_clear_pointer (&self->value, g_free);
  g_clear_pointer (&self->detail, g_free);
}

/**
 * latch_bridge_fact_uptime_text:
 * @seconds: a length of time
 *
 * Returns: (transfer full): how long that is, such as “12 days 4 h”
 */
char *
latch_bridge_fact_uptime_text (gint64 seconds)
{
  gint64 days = CLAMP (seconds / DAY, 0, G_MAXINT);
  int hours = seconds % DAY / HOUR, minutes = seconds % HOUR / MINUTE;

  if (days > 0)
    /* Translators: a length of time in days and hours; h is short for hours */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day %d h", "%d days %d h", days), (int) days, hours);

  if (hours > 0)
    /* Translators: a length of time in hours and minutes; h is short for hours, min for minutes */
    return g_strdup_printf (_("%d h %d min"), hours, minutes);

  if (minutes > 0)
    /* Translators: a length of time; min is short for minutes */
    return g_strdup_printf (_("%d min"), minutes);

  return g_strdup (_("Less than a minute"));
}

/**
 * latch_bridge_fact_clock_text:
 * @offset: by how many seconds a bridge's clock is ahead of this computer's; negative if it is behind
 *
 * Returns: (transfer full): how well the clocks agree
 */
char *
latch_bridge_fact_clock_text (gint64 offset)
{
  gint64 seconds = offset < 0 ? -offset : offset;
  int days = MIN (seconds / DAY, G_MAXINT);

  if (seconds < CLOCK_TOLERANCE)
    /* Translators: the bridge's clock shows the right time */
    return g_strdup (_("In sync"));

  /* Translators: in all of these it is the bridge's clock; s is short for seconds, min for minutes, h for hours */
  if (seconds < MINUTE)
    return g_strdup_printf (offset < 0 ? _("%d s behind") : _("%d s ahead"), (int) seconds);

  if (seconds < HOUR)
    return g_strdup_printf (offset < 0 ? _("%d min behind") : _("%d min ahead"), (int) (seconds / MINUTE));

  if (seconds < DAY)
    return g_strdup_printf (offset < 0 ? _("%d h behind") : _("%d h ahead"), (int) (seconds / HOUR));

  return g_strdup_printf (offset < 0 ? g_dngettext (GETTEXT_PACKAGE, "%d day behind", "%d days behind", days)
                                     : g_dngettext (GETTEXT_PACKAGE, "%d day ahead", "%d days ahead", days),
                          days);
}

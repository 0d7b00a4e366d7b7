/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-report.h"

/**
 * latch_sim_report_equal:
 *
 * Returns: whether both say the same, whenever they were made
 */
gboolean
latch_sim_report_equal (const LatchSimReport *a,
                        const LatchSimReport *b)
{
  return a->state == b->state && a->mode == b->mode && a->battery == b->battery && a->critical == b->critical &&
         a->charging == b->charging && a->keypad_critical == b->keypad_critical && a->door == b->door &&
         a->ring_time == b->ring_time && a->ringing == b->ringing;
}

/**
 * latch_sim_report_write:
 * @type: the kind of device that made the report
 * @profile: which bridge passes it on
 * @builder: where an object is open
 *
 * Adds the members that /list's `lastKnownState`, /lockState and callbacks have in common.
 */
void
latch_sim_report_write (const LatchSimReport  *report,
                        LatchSimType           type,
                        const LatchSimProfile *profile,
                        LatchSimClock         *clock,
                        JsonBuilder           *builder)
{
  gboolean modern = latch_sim_profile_is_modern (profile);

  if (modern)
    latch_sim_json_int (builder, "mode", report->mode);

  latch_sim_json_int (builder, "state", report->state);
  latch_sim_json_text (builder, "stateName", latch_sim_state_name (type, report->state));
  latch_sim_json_flag (builder, "batteryCritical", report->critical);

  if (!modern)
    return;

  if (type != LATCH_SIM_TYPE_OPENER && report->battery != LATCH_SIM_NONE)
    {
      latch_sim_json_flag (builder, "batteryCharging", report->charging);
      latch_sim_json_int (builder, "batteryChargeState", report->battery);
    }
  if (report->keypad_critical != LATCH_SIM_NONE)
    latch_sim_json_flag (builder, "keypadBatteryCritical", report->keypad_critical);
  if (report->door != LATCH_SIM_NONE)
    {
      latch_sim_json_int (builder, "doorsensorState", report->door);
      latch_sim_json_text (builder, "doorsensorStateName", latch_sim_door_name (report->door));
    }
  if (type == LATCH_SIM_TYPE_OPENER && report->ring_time != 0)
    {
      g_autofree char *stamp = latch_sim_clock_format (clock, report->ring_time);

      latch_sim_json_text (builder, "ringactionTimestamp", stamp);
      latch_sim_json_flag (builder, "ringactionState", report->ringing);
    }
}

void
latch_sim_json_int (JsonBuilder *builder,
                    const char  *name,
                    gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
latch_sim_json_flag (JsonBuilder *builder,
                     const char  *name,
                     gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
latch_sim_json_text (JsonBuilder *builder,
                     const char  *name,
                     const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-clock.h"
#include "latch-sim-profile.h"
#include "latch-sim-states.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* In place of a code, a percentage or a flag: the device has no such part */
#define LATCH_SIM_NONE (-1)

/**
 * LatchSimReport:
 * @battery: percent
 * @keypad_critical: a flag
 * @ring_time: when somebody last rang, in seconds since 1970, or 0
 * @timestamp: when the bridge learnt all this, in seconds since 1970
 *
 * Everything that a device tells its bridge about itself.
 */
typedef struct
{
  int state;
  int mode;
  int battery;
  gboolean critical;
  gboolean charging;
  int keypad_critical;
  int door;
  gint64 ring_time;
  gboolean ringing;
  gint64 timestamp;
} LatchSimReport;

gboolean latch_sim_report_equal (const LatchSimReport  *a,
                                 const LatchSimReport  *b);
void     latch_sim_report_write (const LatchSimReport  *report,
                                 LatchSimType           type,
                                 const LatchSimProfile *profile,
                                 LatchSimClock         *clock,
                                 JsonBuilder           *builder);

void     latch_sim_json_int     (JsonBuilder           *builder,
                                 const char            *name,
                                 gint64                 value);
void     latch_sim_json_flag    (JsonBuilder           *builder,
                                 const char            *name,
                                 gboolean               value);
void     latch_sim_json_text    (JsonBuilder           *builder,
                                 const char            *name,
                                 const char            *value);

G_END_DECLS

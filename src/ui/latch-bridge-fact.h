/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

G_BEGIN_DECLS

/* What a bridge says of itself, one fact after the other, in the user's language. Pure: nothing is asked for. */

typedef enum
{
  LATCH_BRIDGE_FACT_TYPE,
  LATCH_BRIDGE_FACT_FIRMWARE,
  LATCH_BRIDGE_FACT_WIFI_FIRMWARE,
  LATCH_BRIDGE_FACT_APP_VERSION,
  LATCH_BRIDGE_FACT_UPTIME,
  LATCH_BRIDGE_FACT_CLOCK,
  LATCH_BRIDGE_FACT_SERVER,
  LATCH_BRIDGE_FACT_WIFI,
  LATCH_BRIDGE_FACT_SERVER_ID,
  LATCH_BRIDGE_FACT_HARDWARE_ID,
  LATCH_BRIDGE_N_FACTS
} LatchBridgeFactKind;

/**
 * LatchTone:
 * @LATCH_TONE_PLAIN: neither good nor bad
 * @LATCH_TONE_GOOD: as it should be, and known to be so now
 * @LATCH_TONE_WARNING: somebody should look after it
 *
 * What a fact means to people.
 */
typedef enum
{
  LATCH_TONE_PLAIN,
  LATCH_TONE_GOOD,
  LATCH_TONE_WARNING,
} LatchTone;

/**
 * LatchBridgeFact:
 * @title: what it is about
 * @value: what is so
 * @detail: (nullable): the same in another notation
 * @advice: (nullable): what to do about it
 */
typedef struct
{
  const char *title;
  char *value;
  char *detail;
  const char *advice;
  gboolean is_id;
  LatchTone tone;
} LatchBridgeFact;

gboolean latch_bridge_fact_init (LatchBridgeFact *self, LatchBridgeFactKind kind, LatchBridge *bridge);
void latch_bridge_fact_clear (LatchBridgeFact *self);

char *latch_bridge_fact_uptime_text (gint64 seconds);
char *latch_bridge_fact_clock_text (gint64 offset);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LatchBridgeFact, latch_bridge_fact_clear)

G_END_DECLS

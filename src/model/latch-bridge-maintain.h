/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

G_BEGIN_DECLS

/**
 * LatchMaintenanceOutcome:
 * @LATCH_MAINTENANCE_OUTCOME_RESTARTED: the bridge went, and is there again
 * @LATCH_MAINTENANCE_OUTCOME_STAYED: it was not seen to restart, as there probably was no newer firmware
 * @LATCH_MAINTENANCE_OUTCOME_RESET: it has forgotten us: see %LATCH_MAINTENANCE_WAS_RESET
 */
typedef enum
{
  LATCH_MAINTENANCE_OUTCOME_RESTARTED,
  LATCH_MAINTENANCE_OUTCOME_STAYED,
  LATCH_MAINTENANCE_OUTCOME_RESET,
} LatchMaintenanceOutcome;

/**
 * LatchMaintenanceReport:
 * @firmware_before: (nullable): the version that was last seen before
 * @firmware_after: (nullable): the version since
 *
 * What came of it.
 */
typedef struct
{
  LatchMaintenanceOutcome outcome;
  char *firmware_before;
  char *firmware_after;
} LatchMaintenanceReport;

void latch_maintenance_report_free (LatchMaintenanceReport *self);

void latch_bridge_maintain_async (LatchBridge *self,
                                  LatchMaintenance what,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
LatchMaintenanceReport *latch_bridge_maintain_finish (LatchBridge *self, GAsyncResult *result, GError **error);
void latch_bridge_stop_maintaining (LatchBridge *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchMaintenanceReport, latch_maintenance_report_free)

G_END_DECLS

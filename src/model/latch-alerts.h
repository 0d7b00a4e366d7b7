/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-alert.h"

G_BEGIN_DECLS

#define LATCH_TYPE_ALERTS (latch_alerts_get_type ())

/* Watches all bridges and locks for what somebody should be told who looks elsewhere. */
G_DECLARE_FINAL_TYPE (LatchAlerts, latch_alerts, LATCH, ALERTS, GObject)

LatchAlerts *latch_alerts_new (GListModel *bridges);

void latch_alerts_set_enabled (LatchAlerts *self, LatchAlertKind kind, gboolean enabled);
void latch_alerts_set_delay (LatchAlerts *self, LatchAlertKind kind, guint seconds);
void latch_alerts_stop (LatchAlerts *self);

LatchAlert *latch_alerts_get_most_urgent (LatchAlerts *self, const char *subject);
guint latch_alerts_get_n_alerts (LatchAlerts *self);

G_END_DECLS

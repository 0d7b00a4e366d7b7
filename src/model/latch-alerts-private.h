/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-alerts.h"

G_BEGIN_DECLS

/* For tests, which have no time to wait */

gint64 latch_alerts_get_now (LatchAlerts *self);
gint64 latch_alerts_get_wait (LatchAlerts *self);
void latch_alerts_stop_time (LatchAlerts *self, gboolean stop);
void latch_alerts_pass_time (LatchAlerts *self, gint64 seconds);
void latch_alerts_suspend (LatchAlerts *self, gint64 seconds);

G_END_DECLS

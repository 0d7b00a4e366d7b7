/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-alert.h"

G_BEGIN_DECLS

/*
 * What notifications say, in the user's language. Pure: facts come from the caller. Texts that are not const are to be
 * freed.
 */

char *latch_alert_text_title (LatchAlertKind kind, const char *name);
char *latch_alert_text_duration (gint64 seconds);
char *latch_alert_text_body (LatchAlertKind kind, gint64 seconds);
const char *latch_alert_text_button (LatchAlertKind kind, gboolean was_locking, LatchDoorState door);
const char *latch_alert_text_category (LatchAlertKind kind);

G_END_DECLS

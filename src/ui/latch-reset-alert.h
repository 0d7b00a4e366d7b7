/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_RESET_ALERT (latch_reset_alert_get_type ())

/* Asks whether a bridge is to forget everything: who means it types its name. The response is then "reset". */
G_DECLARE_FINAL_TYPE (LatchResetAlert, latch_reset_alert, LATCH, RESET_ALERT, AdwAlertDialog)

AdwAlertDialog *latch_reset_alert_new (const char *name, guint n_locks);

G_END_DECLS

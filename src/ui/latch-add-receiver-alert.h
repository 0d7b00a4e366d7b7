/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-receivers.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_ADD_RECEIVER_ALERT (latch_add_receiver_alert_get_type ())

/* Asks whom else a bridge is to tell of changes. The response is "add" if it is to. */
G_DECLARE_FINAL_TYPE (LatchAddReceiverAlert, latch_add_receiver_alert, LATCH, ADD_RECEIVER_ALERT, AdwAlertDialog)

AdwAlertDialog *latch_add_receiver_alert_new (LatchReceivers *receivers);
char *latch_add_receiver_alert_dup_url (LatchAddReceiverAlert *self);

G_END_DECLS

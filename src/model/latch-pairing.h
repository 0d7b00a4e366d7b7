/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-client.h"

G_BEGIN_DECLS

/* How long a bridge waits for its button, in seconds (spec: /auth) */
#define LATCH_PAIRING_BUTTON_SECONDS 30

#define LATCH_TYPE_PAIRING (latch_pairing_get_type ())

/*
 * One attempt to get a bridge's token and to see whether it works: by the button (/auth), or with a token that the
 * person has. Ends with everything that is needed to keep the bridge.
 */
G_DECLARE_FINAL_TYPE (LatchPairing, latch_pairing, LATCH, PAIRING, GObject)

LatchPairing *latch_pairing_new (const char *host, guint16 port);

LatchClient *latch_pairing_get_client (LatchPairing *self);
void latch_pairing_set_least_mode (LatchPairing *self, LatchAuthMode mode);
gboolean latch_pairing_get_waiting_for_button (LatchPairing *self);

void latch_pairing_run_async (LatchPairing *self,
                              const char *token,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean latch_pairing_run_finish (LatchPairing *self, GAsyncResult *result, GError **error);

/* After success */
const char *latch_pairing_get_bridge_id (LatchPairing *self);
gboolean latch_pairing_get_by_button (LatchPairing *self);
const char *latch_pairing_get_token (LatchPairing *self);
const LatchInfoSnapshot *latch_pairing_get_info (LatchPairing *self);
GPtrArray *latch_pairing_get_devices (LatchPairing *self);

G_END_DECLS

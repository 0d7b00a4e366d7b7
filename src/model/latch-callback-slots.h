/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-client.h"

G_BEGIN_DECLS

/*
 * A bridge's three places for callbacks, which all programs of a household share. Ours are known by their URLs:
 * http://ADDRESS:PORT/nightlatch/INSTALLATION/SECRET. Nobody else's is ever touched.
 */

/**
 * LatchCallbackSlotsWhich:
 * @LATCH_CALLBACK_SLOTS_NAMED: those that are named
 * @LATCH_CALLBACK_SLOTS_STALE: also those of this installation at which nobody listens
 * @LATCH_CALLBACK_SLOTS_ALL: all of this installation
 *
 * Which of our places to free.
 */
typedef enum
{
  LATCH_CALLBACK_SLOTS_NAMED,
  LATCH_CALLBACK_SLOTS_STALE,
  LATCH_CALLBACK_SLOTS_ALL,
} LatchCallbackSlotsWhich;

char *latch_callback_slots_make_prefix (const char *installation_id);
GSocketAddress *latch_callback_slots_parse_url (const char *url, const char *installation_id);

void latch_callback_slots_free_async (LatchClient *client,
                                      const char *installation_id,
                                      LatchCallbackSlotsWhich which,
                                      GPtrArray *named,
                                      const char *keep,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *latch_callback_slots_free_finish (LatchClient *client, GAsyncResult *result, GError **error);

G_END_DECLS

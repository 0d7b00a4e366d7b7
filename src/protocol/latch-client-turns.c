/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-client-private.h"

/* One bridge, and several programs that speak to it */

/**
 * latch_client_set_turnstile:
 * @turnstile: (nullable): what each request has to pass first; to be set before anything is asked
 */
void
latch_client_set_turnstile (LatchClient *self, LatchTurnstile *turnstile)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_request_queue_set_turnstile (latch_client_get_queue (self), turnstile);
}

/**
 * latch_client_take_turn_async:
 * @path: the endpoint that another program will ask for, as "/list"
 * @command: whether that changes something
 * @deadline_ms: after how many milliseconds from its beginning its turn ends by itself
 *
 * Waits for a turn among our own requests, none of which is made while it lasts. Fails only when it is cancelled.
 */
void
latch_client_take_turn_async (LatchClient *self,
                              const char *path,
                              gboolean command,
                              guint deadline_ms,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_request_queue_take_turn_async (latch_client_get_queue (self), self, path, command ? LATCH_REQUEST_COMMAND : LATCH_REQUEST_PERSON,
                                       deadline_ms, cancellable, callback, user_data);
}

/**
 * latch_client_take_turn_finish:
 *
 * Returns: the turn, for latch_client_end_turn(); 0 on failure
 */
guint64
latch_client_take_turn_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LATCH_IS_CLIENT (self), 0);

  return latch_request_queue_take_turn_finish (result, error);
}

void
latch_client_end_turn (LatchClient *self, guint64 turn)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_request_queue_end_turn (latch_client_get_queue (self), turn);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-turnstile.h"

G_DEFINE_INTERFACE (LatchTurnstile, latch_turnstile, G_TYPE_OBJECT)

static void
latch_turnstile_default_init (LatchTurnstileInterface *iface)
{
}

/**
 * latch_turnstile_enter_async:
 * @host: the bridge's address
 * @port: its port
 * @path: the endpoint that it will be asked for, as "/list"
 * @command: whether that changes something, so that it goes ahead of what does not
 * @deadline_ms: how many milliseconds the request may take
 *
 * Waits for one's turn at a bridge. This does not fail: whoever cannot be asked, or takes too long, is not waited for.
 */
void
latch_turnstile_enter_async (LatchTurnstile *self,
                             const char *host,
                             guint16 port,
                             const char *path,
                             gboolean command,
                             guint deadline_ms,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (LATCH_IS_TURNSTILE (self));

  LATCH_TURNSTILE_GET_IFACE (self)->enter_async (self, host, port, path, command, deadline_ms, cancellable, callback,
                                                 user_data);
}

/**
 * latch_turnstile_enter_finish:
 *
 * Returns: what to give to latch_turnstile_leave() after the request; 0 if nobody has to be told
 */
guint
latch_turnstile_enter_finish (LatchTurnstile *self, GAsyncResult *result)
{
  g_return_val_if_fail (LATCH_IS_TURNSTILE (self), 0);

  return LATCH_TURNSTILE_GET_IFACE (self)->enter_finish (self, result);
}

/**
 * latch_turnstile_leave:
 * @turn: what latch_turnstile_enter_finish() returned
 *
 * Lets the next one have his turn.
 */
void
latch_turnstile_leave (LatchTurnstile *self, guint turn)
{
  g_return_if_fail (LATCH_IS_TURNSTILE (self));

  if (turn != 0)
    LATCH_TURNSTILE_GET_IFACE (self)->leave (self, turn);
}

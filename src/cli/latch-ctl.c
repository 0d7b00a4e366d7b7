/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl.h"

/**
 * latch_ctl_done_cb:
 * @user_data: (type GAsyncResult**): where to put the result: %NULL until then
 *
 * The callback for operations that latch_ctl_wait() waits for.
 */
void
latch_ctl_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

/**
 * latch_ctl_wait:
 * @result: where latch_ctl_done_cb() puts the result
 *
 * Runs the main loop until the operation has ended. It always has to be called, also after cancellation.
 *
 * Returns: (transfer none): the result
 */
GAsyncResult *
latch_ctl_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

/**
 * latch_ctl_tell_application:
 *
 * Tells the application, if it runs, that what is kept of bridges and locks was changed.
 */
void
latch_ctl_tell_application (LatchCtl *ctl)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_bus_turnstile_tell_async (ctl->turnstile, latch_ctl_done_cb, &result);
  latch_bus_turnstile_tell_finish (ctl->turnstile, latch_ctl_wait (&result));
}

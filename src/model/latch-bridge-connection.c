/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-private.h"

#include "latch-error.h"

/* How we stand with a bridge, as its answers and failures show */

/* One lost request is no outage: real bridges lose some. Two in a row are. */
#define FAILURES_TO_WORRY 2

void
latch_bridge_set_connection (LatchBridge *self, LatchConnection connection, const GError *error)
{
  gboolean vouches = connection == LATCH_CONNECTION_CONNECTED;

  g_object_freeze_notify (G_OBJECT (self));
  if (g_strcmp0 (self->error != NULL ? self->error->message : NULL, error != NULL ? error->message : NULL) != 0)
    latch_bridge_notify (self, LATCH_BRIDGE_PROP_ERROR_MESSAGE);
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  if (self->connection != connection)
    {
      self->connection = connection;
      latch_bridge_notify (self, LATCH_BRIDGE_PROP_CONNECTION);
      latch_bridge_schedule_info (self);
    }
  g_object_thaw_notify (G_OBJECT (self));

  if (!vouches)
    latch_bridge_doubt (self);
}

/**
 * latch_bridge_doubt:
 *
 * Marks the locks' states as not vouched for, until the bridge is heard again.
 */
void
latch_bridge_doubt (LatchBridge *self)
{
  g_return_if_fail (LATCH_IS_BRIDGE (self));

  for (guint i = 0; i < self->locks->len; i++)
    latch_lock_set_stale (self->locks->pdata[i], TRUE);
}

/* Whether it is no surprise that the bridge does not answer, or refuses us: one that has just started does not know the
 * time by which it would know our token */
static gboolean
is_excused (LatchBridge *self, const GError *error)
{
  return self->maintenance != LATCH_MAINTENANCE_NONE && !g_error_matches (error, LATCH_ERROR, LATCH_ERROR_NO_TOKEN) &&
         !g_error_matches (error, LATCH_ERROR, LATCH_ERROR_KEYRING);
}

/**
 * latch_bridge_apply_error:
 * @error: why the bridge did not answer as it should
 *
 * Takes note of a failure. The states of locks are not vouched for any more once it is more than a slip. While the bridge
 * restarts, it is nothing to complain of.
 */
void
latch_bridge_apply_error (LatchBridge *self, const GError *error)
{
  g_return_if_fail (LATCH_IS_BRIDGE (self));
  g_return_if_fail (error != NULL);

  if (error->domain != LATCH_ERROR)
    return; /* cancelled */

  if (is_excused (self, error))
    latch_bridge_set_connection (self, LATCH_CONNECTION_UNKNOWN, NULL);
  else if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED) ||
           g_error_matches (error, LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG))
    latch_bridge_set_connection (self, LATCH_CONNECTION_UNAUTHORIZED, error);
  else if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_NO_TOKEN) ||
           g_error_matches (error, LATCH_ERROR, LATCH_ERROR_KEYRING))
    latch_bridge_set_connection (self, LATCH_CONNECTION_NO_TOKEN, error);
  else if (++self->n_failures < FAILURES_TO_WORRY && self->connection == LATCH_CONNECTION_CONNECTED)
    g_debug ("Bridge %s failed once: %s", self->id, error->message);
  else if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_BUSY))
    latch_bridge_set_connection (self, LATCH_CONNECTION_BUSY, error);
  else
    latch_bridge_set_connection (self, LATCH_CONNECTION_UNREACHABLE, error);
}

/**
 * latch_bridge_apply_lock_error:
 * @error: why a lock could not be dealt with
 *
 * Does the same, if the failure was the bridge's rather than the lock's or the request's.
 */
void
latch_bridge_apply_lock_error (LatchBridge *self, const GError *error)
{
  g_return_if_fail (LATCH_IS_BRIDGE (self));
  g_return_if_fail (error != NULL);

  if (latch_error_is_connection (error) || g_error_matches (error, LATCH_ERROR, LATCH_ERROR_BUSY) ||
      g_error_matches (error, LATCH_ERROR, LATCH_ERROR_MALFORMED) ||
      g_error_matches (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED) ||
      g_error_matches (error, LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG) ||
      g_error_matches (error, LATCH_ERROR, LATCH_ERROR_NO_TOKEN))
    latch_bridge_apply_error (self, error);
}

/**
 * latch_bridge_explain_error:
 * @error: (inout): why the bridge did not answer as it should
 *
 * Replaces an error that says no more than that the token was refused, where it is known that the clocks disagree.
 */
void
latch_bridge_explain_error (LatchBridge *self, GError **error)
{
  GError *explanation = NULL;

  g_return_if_fail (LATCH_IS_BRIDGE (self));
  g_return_if_fail (error != NULL && *error != NULL);

  if (!g_error_matches (*error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED))
    return;

  explanation = latch_bridge_clock_explain (&self->clock, latch_client_get_accepted_mode (self->client),
                                            g_get_real_time () / G_USEC_PER_SEC, latch_bridge_clock_read_boot_time ());
  if (explanation == NULL)
    return;

  g_clear_error (error);
  *error = explanation;
}

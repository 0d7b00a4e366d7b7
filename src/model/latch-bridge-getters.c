/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-private.h"

/* What can be asked of a bridge */

const char *
latch_bridge_get_id (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), NULL);

  return self->id;
}

const char *
latch_bridge_get_name (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), NULL);

  return self->name;
}

/**
 * latch_bridge_get_client:
 *
 * Returns: (transfer none): what speaks to the bridge
 */
LatchClient *
latch_bridge_get_client (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), NULL);

  return self->client;
}

LatchConnection
latch_bridge_get_connection (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), LATCH_CONNECTION_UNKNOWN);

  return self->connection;
}

/**
 * latch_bridge_get_error:
 *
 * Returns: (nullable): why there is no connection
 */
const GError *
latch_bridge_get_error (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), NULL);

  return self->error;
}

gint64
latch_bridge_get_last_contact (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), 0);

  return self->last_contact;
}

/**
 * latch_bridge_get_info:
 *
 * Returns: (nullable): what the bridge last said of itself
 */
const LatchInfoSnapshot *
latch_bridge_get_info (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), NULL);

  return self->info;
}

gboolean
latch_bridge_get_session_only (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), FALSE);

  return self->session_only;
}

gboolean
latch_bridge_get_instant_updates (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), FALSE);

  return self->instant_updates;
}

/**
 * latch_bridge_get_subscription:
 *
 * Returns: (transfer none) (nullable): what has the bridge tell us of changes, %NULL while the bridge is not watched
 */
LatchSubscription *
latch_bridge_get_subscription (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), NULL);

  return self->subscription;
}

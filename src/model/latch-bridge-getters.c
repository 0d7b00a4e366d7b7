/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-private.h"

/* What can be asked of a bridge, and the little that can be set */

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

/**
 * latch_bridge_get_maintenance:
 *
 * Returns: what the bridge does with itself, so that it may be silent
 */
LatchMaintenance
latch_bridge_get_maintenance (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), LATCH_MAINTENANCE_NONE);

  return self->maintenance;
}

LatchMaintenance
latch_bridge_get_asked_to (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), LATCH_MAINTENANCE_NONE);

  return self->asked_to;
}

LatchAccess
latch_bridge_get_access (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), LATCH_ACCESS_UNKNOWN);

  return self->access;
}

gboolean
latch_bridge_get_changing_access (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), FALSE);

  return self->changing_access;
}

/**
 * latch_bridge_get_installation_id:
 *
 * Returns: (nullable): what marks the places that the bridge has for this installation
 */
const char *
latch_bridge_get_installation_id (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), NULL);

  return self->installation_id;
}

void
latch_bridge_set_installation_id (LatchBridge *self, const char *installation_id)
{
  g_return_if_fail (LATCH_IS_BRIDGE (self));

  g_set_str (&self->installation_id, installation_id);
}

void
latch_bridge_set_name (LatchBridge *self, const char *name)
{
  g_return_if_fail (LATCH_IS_BRIDGE (self));

  if (g_set_str (&self->name, name))
    latch_bridge_notify (self, LATCH_BRIDGE_PROP_NAME);
}

void
latch_bridge_set_session_only (LatchBridge *self, gboolean session_only)
{
  g_return_if_fail (LATCH_IS_BRIDGE (self));

  if (self->session_only != !!session_only)
    {
      self->session_only = !!session_only;
      latch_bridge_notify (self, LATCH_BRIDGE_PROP_SESSION_ONLY);
    }
}

void
latch_bridge_set_instant_updates (LatchBridge *self, gboolean instant_updates)
{
  g_return_if_fail (LATCH_IS_BRIDGE (self));

  if (self->instant_updates != !!instant_updates)
    {
      self->instant_updates = !!instant_updates;
      latch_bridge_notify (self, LATCH_BRIDGE_PROP_INSTANT_UPDATES);
    }
}

/**
 * latch_bridge_set_subscription:
 * @subscription: (nullable): what has the bridge tell us of changes
 */
void
latch_bridge_set_subscription (LatchBridge *self, LatchSubscription *subscription)
{
  g_return_if_fail (LATCH_IS_BRIDGE (self));

  if (g_set_object (&self->subscription, subscription))
    latch_bridge_notify (self, LATCH_BRIDGE_PROP_SUBSCRIPTION);
}

/* What it was once, it stays: one that does not say is no other */
void
latch_bridge_set_bridge_type (LatchBridge *self, LatchBridgeType type)
{
  if (type != LATCH_BRIDGE_TYPE_UNKNOWN)
    self->type = type;
}

/**
 * latch_bridge_get_bridge_type:
 *
 * Returns: what it is, as far as it ever said so
 */
LatchBridgeType
latch_bridge_get_bridge_type (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), LATCH_BRIDGE_TYPE_UNKNOWN);

  return self->type;
}

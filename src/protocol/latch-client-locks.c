/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-client-private.h"
#include "latch-codec.h"
#include "latch-error.h"

/* The endpoints that deal with tokens and locks */

/* Seconds: lock 'n' go waits before it locks again, and a bridge waits 30 s for its button */
#define LOCK_N_GO_DEADLINE 60
#define AUTH_DEADLINE 45

/**
 * latch_client_auth_async:
 *
 * Asks the bridge for its token (spec: /auth). The bridge lights its LED and waits 30 seconds for its button.
 * Cancel it when the person gives up.
 */
void
latch_client_auth_async (LatchClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_client_ask (self, "/auth", AUTH_DEADLINE, cancellable, callback, user_data);
}

/**
 * latch_client_auth_finish:
 *
 * Returns: (transfer full): the token. Fails with %LATCH_ERROR_BUTTON_NOT_PRESSED, %LATCH_ERROR_PAIRING_DISABLED or
 *   any other #LatchError
 */
char *
latch_client_auth_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GBytes) body = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  body = latch_request_queue_send_finish (result, error);

  return body != NULL ? latch_codec_decode_auth (body, error) : NULL;
}

/**
 * latch_client_list_async:
 *
 * Asks for all paired devices with their last known states (spec: /list): the bridge's cache, cheap, and safe to poll.
 */
void
latch_client_list_async (LatchClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_client_read (self, "/list", NULL, LATCH_REQUEST_READ, cancellable, callback, user_data);
}

/**
 * latch_client_list_finish:
 *
 * Returns: (transfer container) (element-type LatchDeviceSnapshot): the devices, in the bridge's order
 */
GPtrArray *
latch_client_list_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GBytes) body = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  body = latch_request_queue_send_finish (result, error);

  return body != NULL ? latch_codec_decode_list (body, error) : NULL;
}

/**
 * latch_client_lock_state_async:
 * @nuki_id: the device
 * @device_type: the type that the bridge reported for it, -1 if it reported none
 *
 * Has the bridge ask the device itself (spec: /lockState). That takes seconds and wears its battery: never poll this.
 */
void
latch_client_lock_state_async (LatchClient *self,
                               guint64 nuki_id,
                               int device_type,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autofree char *query = latch_client_device_query (nuki_id, device_type);

  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_client_read (self, "/lockState", query,
                     LATCH_REQUEST_PERSON | (device_type < 0 ? LATCH_REQUEST_BUSY_IS_OFFLINE : 0), cancellable, callback,
                     user_data);
}

/**
 * latch_client_lock_state_finish:
 * @state: (out caller-allocates): the device's state
 *
 * Returns: whether the device answered. Fails with %LATCH_ERROR_OFFLINE if it did not, or any other #LatchError
 */
gboolean
latch_client_lock_state_finish (LatchClient *self, GAsyncResult *result, LatchStateSnapshot *state, GError **error)
{
  g_autoptr (GBytes) body = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (state != NULL, FALSE);

  body = latch_request_queue_send_finish (result, error);

  return body != NULL && latch_codec_decode_lock_state (body, state, error);
}

/**
 * latch_client_lock_action_async:
 * @nuki_id: the device
 * @device_type: the type that the bridge reported for it, -1 if it reported none
 * @action: what the device should do; must suit its type
 * @wait: whether the bridge answers only once the bolt has stopped
 *
 * Asks the device to move (spec: /lockAction). The request is sent at most once. If its outcome cannot be known, the
 * operation fails with %LATCH_ERROR_OUTCOME_UNKNOWN and the caller should ask the lock with
 * latch_client_lock_state_async().
 */
void
latch_client_lock_action_async (LatchClient *self,
                                guint64 nuki_id,
                                int device_type,
                                LatchLockAction action,
                                gboolean wait,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autofree char *device = latch_client_device_query (nuki_id, device_type);
  g_autofree char *query = NULL;
  gboolean slow = action == LATCH_LOCK_ACTION_LOCK_N_GO || action == LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH;

  g_return_if_fail (LATCH_IS_CLIENT (self));
  g_return_if_fail (action != LATCH_LOCK_ACTION_NONE);

  /* The API spelled it noWait up to 1.9 and nowait later; nobody knows which firmware insists on which */
  query = g_strdup_printf ("%s&action=%d%s", device, latch_lock_action_to_code (action),
                           wait ? "" : "&noWait=1&nowait=1");
  latch_client_command (self, "/lockAction", query, device_type < 0 ? LATCH_REQUEST_BUSY_IS_OFFLINE : 0,
                        slow ? LOCK_N_GO_DEADLINE : 0, cancellable, callback, user_data);
}

/**
 * latch_client_lock_action_finish:
 * @battery_critical: (out) (optional): what the bridge said of the battery
 *
 * Returns: whether the bridge reports success. %LATCH_ERROR_OFFLINE says that it reports failure, which real bridges
 *   sometimes do although the bolt moved
 */
gboolean
latch_client_lock_action_finish (LatchClient *self, GAsyncResult *result, LatchTristate *battery_critical, GError **error)
{
  g_autoptr (GBytes) body = NULL;
  LatchTristate critical = LATCH_TRISTATE_UNKNOWN;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  body = latch_request_queue_send_finish (result, error);
  if (body == NULL)
    return FALSE;
  if (!latch_codec_decode_lock_action (body, &critical, error))
    {
      latch_error_make_outcome_unknown (error);
      return FALSE;
    }
  if (battery_critical != NULL)
    *battery_critical = critical;

  return TRUE;
}

/**
 * latch_client_unpair_async:
 * @nuki_id: the device
 * @device_type: the type that the bridge reported for it, -1 if it reported none
 *
 * Removes the pairing between bridge and device (spec: /unpair; not on software bridges). Sent at most once.
 */
void
latch_client_unpair_async (LatchClient *self,
                           guint64 nuki_id,
                           int device_type,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autofree char *query = latch_client_device_query (nuki_id, device_type);

  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_client_command (self, "/unpair", query, 0, 0, cancellable, callback, user_data);
}

gboolean
latch_client_unpair_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  return latch_client_command_finish (self, result, error);
}

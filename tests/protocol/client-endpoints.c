/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-endpoints.h"

#define START_ARGUMENTS LatchClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data
#define FINISH_ARGUMENTS LatchClient *client, GAsyncResult *result, GError **error

static gboolean
auth_finish (FINISH_ARGUMENTS)
{
  g_autofree char *token = latch_client_auth_finish (client, result, error);

  return token != NULL;
}

static void
config_auth_start (START_ARGUMENTS)
{
  latch_client_config_auth_async (client, TRUE, cancellable, callback, user_data);
}

static gboolean
list_finish (FINISH_ARGUMENTS)
{
  g_autoptr (GPtrArray) devices = latch_client_list_finish (client, result, error);

  return devices != NULL;
}

static void
lock_state_start (START_ARGUMENTS)
{
  latch_client_lock_state_async (client, 1, 0, cancellable, callback, user_data);
}

static gboolean
lock_state_finish (FINISH_ARGUMENTS)
{
  LatchStateSnapshot state;

  return latch_client_lock_state_finish (client, result, &state, error);
}

static void
lock_action_start (START_ARGUMENTS)
{
  latch_client_lock_action_async (client, 1, 0, LATCH_LOCK_ACTION_UNLOCK, TRUE, cancellable, callback, user_data);
}

static gboolean
lock_action_finish (FINISH_ARGUMENTS)
{
  return latch_client_lock_action_finish (client, result, NULL, error);
}

static void
unpair_start (START_ARGUMENTS)
{
  latch_client_unpair_async (client, 2, 0, cancellable, callback, user_data);
}

static gboolean
info_finish (FINISH_ARGUMENTS)
{
  g_autoptr (LatchInfoSnapshot) info = latch_client_info_finish (client, result, error);

  return info != NULL;
}

static void
log_start (START_ARGUMENTS)
{
  latch_client_log_async (client, 2, 30, cancellable, callback, user_data);
}

static gboolean
log_finish (FINISH_ARGUMENTS)
{
  g_autoptr (GPtrArray) entries = latch_client_log_finish (client, result, error);

  return entries != NULL;
}

static void
callback_add_start (START_ARGUMENTS)
{
  latch_client_callback_add_async (client, "http://192.168.0.20:8000/nuki?a=b&c", cancellable, callback, user_data);
}

static gboolean
callback_list_finish (FINISH_ARGUMENTS)
{
  g_autoptr (GPtrArray) callbacks = latch_client_callback_list_finish (client, result, error);

  return callbacks != NULL;
}

static void
callback_remove_start (START_ARGUMENTS)
{
  latch_client_callback_remove_async (client, 0, cancellable, callback, user_data);
}

const Endpoint endpoints[] = {
  { "auth", "/auth", ENDPOINT_PAIRING, "/auth", latch_client_auth_async, auth_finish },
  { "config-auth", "/configAuth", ENDPOINT_COMMAND, "/configAuth?enable=1", config_auth_start,
    latch_client_config_auth_finish },
  { "list", "/list", ENDPOINT_READ, "/list", latch_client_list_async, list_finish },
  { "lock-state", "/lockState", ENDPOINT_READ, "/lockState?nukiId=1&deviceType=0", lock_state_start, lock_state_finish },
  { "lock-action", "/lockAction", ENDPOINT_COMMAND, "/lockAction?nukiId=1&deviceType=0&action=1", lock_action_start,
    lock_action_finish },
  { "unpair", "/unpair", ENDPOINT_COMMAND, "/unpair?nukiId=2&deviceType=0", unpair_start, latch_client_unpair_finish },
  { "info", "/info", ENDPOINT_READ, "/info", latch_client_info_async, info_finish },
  { "log", "/log", ENDPOINT_READ, "/log?offset=2&count=30", log_start, log_finish },
  { "clear-log", "/clearlog", ENDPOINT_VOID_COMMAND, "/clearlog", latch_client_clear_log_async,
    latch_client_clear_log_finish },
  { "callback-add", "/callback/add", ENDPOINT_COMMAND,
    "/callback/add?url=http%3A%2F%2F192.168.0.20%3A8000%2Fnuki%3Fa%3Db%26c", callback_add_start,
    latch_client_callback_add_finish },
  { "callback-list", "/callback/list", ENDPOINT_READ, "/callback/list", latch_client_callback_list_async,
    callback_list_finish },
  { "callback-remove", "/callback/remove", ENDPOINT_COMMAND, "/callback/remove?id=0", callback_remove_start,
    latch_client_callback_remove_finish },
  { "firmware-update", "/fwupdate", ENDPOINT_VOID_COMMAND, "/fwupdate", latch_client_firmware_update_async,
    latch_client_firmware_update_finish },
  { "reboot", "/reboot", ENDPOINT_VOID_COMMAND, "/reboot", latch_client_reboot_async, latch_client_reboot_finish },
  { "factory-reset", "/factoryReset", ENDPOINT_VOID_COMMAND, "/factoryReset", latch_client_factory_reset_async,
    latch_client_factory_reset_finish },
};

const guint n_endpoints = G_N_ELEMENTS (endpoints);

const Endpoint *
endpoint_find (const char *name)
{
  for (guint i = 0; i < n_endpoints; i++)
    if (g_str_equal (endpoints[i].name, name))
      return &endpoints[i];

  g_error ("There is no endpoint %s", name);
}

gboolean
endpoint_is_command (const Endpoint *endpoint)
{
  return endpoint->kind == ENDPOINT_COMMAND || endpoint->kind == ENDPOINT_VOID_COMMAND;
}

/* Calls it and waits for what comes of it */
gboolean
endpoint_call (const Endpoint *endpoint, LatchClient *client, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  endpoint->start (client, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return endpoint->finish (client, result, error);
}

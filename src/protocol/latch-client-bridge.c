/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-client-private.h"

#include <glib/gi18n-lib.h>

#include "latch-codec.h"
#include "latch-error.h"
#include "latch-request-queue.h"

/* The endpoints that deal with the bridge itself: health, log, maintenance, callbacks */

/*
 * /clearlog, /fwupdate, /reboot and /factoryReset answer with nothing at all: any success will do, unless it says that
 * it is none
 */
static gboolean
void_command_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  body = latch_request_queue_send_finish (result, error);
  if (body == NULL)
    return FALSE;

  if (!latch_codec_decode_success (body, &reason) && !g_error_matches (reason, LATCH_ERROR, LATCH_ERROR_MALFORMED) &&
      !g_error_matches (reason, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  return TRUE;
}

/**
 * latch_client_info_async:
 *
 * Asks the bridge about itself, and for the devices in its range (spec: /info).
 */
void
latch_client_info_async (LatchClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_client_read (self, "/info", NULL, LATCH_REQUEST_READ, cancellable, callback, user_data);
}

/**
 * latch_client_info_finish:
 *
 * Returns: (transfer full): what the bridge says
 */
LatchInfoSnapshot *
latch_client_info_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GBytes) body = NULL;
  LatchInfoSnapshot *info = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  body = latch_request_queue_send_finish (result, error);
  if (body == NULL)
    return NULL;

  info = latch_codec_decode_info (body, error);
  if (info != NULL)
    latch_client_heard_info (self, info);

  return info;
}

/**
 * latch_client_log_async:
 * @offset: how many of the newest entries to leave out
 * @count: how many entries to get; bridges of the first generation may be overloaded by more than 50
 *
 * Asks for a part of the bridge's log (spec: /log; not on software bridges).
 */
void
latch_client_log_async (LatchClient *self,
                        guint offset,
                        guint count,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autofree char *query = g_strdup_printf ("offset=%u&count=%u", offset, count);

  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_client_read (self, "/log", query, LATCH_REQUEST_READ, cancellable, callback, user_data);
}

/**
 * latch_client_log_finish:
 *
 * Returns: (transfer container) (element-type LatchLogEntry): the entries, in the bridge's order
 */
GPtrArray *
latch_client_log_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GBytes) body = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  body = latch_request_queue_send_finish (result, error);

  return body != NULL ? latch_codec_decode_log (body, error) : NULL;
}

/**
 * latch_client_clear_log_async:
 *
 * Clears the bridge's log (spec: /clearlog; not on software bridges). Sent at most once.
 */
void
latch_client_clear_log_async (LatchClient *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_client_command (self, "/clearlog", NULL, 0, 0, cancellable, callback, user_data);
}

gboolean
latch_client_clear_log_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  return void_command_finish (self, result, error);
}

/**
 * latch_client_firmware_update_async:
 *
 * Has the bridge look for new firmware and install it (spec: /fwupdate; not on software bridges), after which it
 * restarts. Sent at most once.
 */
void
latch_client_firmware_update_async (LatchClient *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_client_command (self, "/fwupdate", NULL, 0, 0, cancellable, callback, user_data);
}

gboolean
latch_client_firmware_update_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  return void_command_finish (self, result, error);
}

/**
 * latch_client_reboot_async:
 *
 * Restarts the bridge (spec: /reboot; not on software bridges), which is silent for about a minute. Sent at most once.
 */
void
latch_client_reboot_async (LatchClient *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_client_command (self, "/reboot", NULL, 0, 0, cancellable, callback, user_data);
}

gboolean
latch_client_reboot_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  return void_command_finish (self, result, error);
}

/**
 * latch_client_factory_reset_async:
 *
 * Makes the bridge forget everything: token, locks, callbacks, network (spec: /factoryReset; not on software bridges).
 * Sent at most once.
 */
void
latch_client_factory_reset_async (LatchClient *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_client_command (self, "/factoryReset", NULL, 0, 0, cancellable, callback, user_data);
}

gboolean
latch_client_factory_reset_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  return void_command_finish (self, result, error);
}

/**
 * latch_client_config_auth_async:
 * @enable: whether new programs may pair, and the bridge tells the discovery service its address
 *
 * Allows or forbids pairing through /auth (spec: /configAuth). Sent at most once.
 */
void
latch_client_config_auth_async (LatchClient *self,
                                gboolean enable,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_client_command (self, "/configAuth", enable ? "enable=1" : "enable=0", 0, 0, cancellable, callback, user_data);
}

gboolean
latch_client_config_auth_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  return latch_client_command_finish (self, result, error);
}

/**
 * latch_client_check_callback_url:
 *
 * What a bridge would refuse anyway is refused before it is sent, with a reason (spec: /callback/add).
 *
 * Returns: whether a bridge may take @url
 */
gboolean
latch_client_check_callback_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (url != NULL, FALSE);

  uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0')
    g_set_error (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT, _("This is not a valid URL"));
  else if (g_strcmp0 (g_uri_get_scheme (uri), "http") != 0)
    g_set_error (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT, _("Bridges call only http URLs"));
  else if (strlen (url) > 254)
    g_set_error (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT, _("The URL is longer than the 254 characters that bridges take"));
  else
    return TRUE;

  return FALSE;
}

/**
 * latch_client_callback_add_async:
 * @url: what the bridge shall post changes to: http, at most 254 characters
 *
 * Takes one of the bridge's three places for callbacks (spec: /callback/add). That the URL is there already is a
 * success; that all places are taken fails with %LATCH_ERROR_CALLBACKS_FULL. Sent at most once.
 */
void
latch_client_callback_add_async (LatchClient *self,
                                 const char *url,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autofree char *escaped = NULL;
  g_autofree char *query = NULL;
  GError *error = NULL;

  g_return_if_fail (LATCH_IS_CLIENT (self));
  g_return_if_fail (url != NULL);

  if (!latch_client_check_callback_url (url, &error))
    {
      g_task_report_error (self, callback, user_data, latch_client_callback_add_async, error);
      return;
    }

  escaped = g_uri_escape_string (url, NULL, FALSE);
  query = g_strconcat ("url=", escaped, NULL);
  latch_client_command (self, "/callback/add", query, 0, 0, cancellable, callback, user_data);
}

gboolean
latch_client_callback_add_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  if (g_async_result_is_tagged (result, latch_client_callback_add_async))
    return g_task_propagate_boolean (G_TASK (result), error);

  return latch_client_command_finish (self, result, error);
}

/**
 * latch_client_callback_list_async:
 *
 * Asks who holds the places for callbacks (spec: /callback/list).
 */
void
latch_client_callback_list_async (LatchClient *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_client_read (self, "/callback/list", NULL, LATCH_REQUEST_READ, cancellable, callback, user_data);
}

/**
 * latch_client_callback_list_finish:
 *
 * Returns: (transfer container) (element-type LatchCallback): the callbacks
 */
GPtrArray *
latch_client_callback_list_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GBytes) body = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  body = latch_request_queue_send_finish (result, error);

  return body != NULL ? latch_codec_decode_callbacks (body, error) : NULL;
}

/**
 * latch_client_callback_remove_async:
 * @id: as /callback/list names it; the others may get new IDs by this
 *
 * Frees a place for callbacks (spec: /callback/remove). Sent at most once.
 */
void
latch_client_callback_remove_async (LatchClient *self,
                                    int id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autofree char *query = g_strdup_printf ("id=%d", id);

  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_client_command (self, "/callback/remove", query, 0, 0, cancellable, callback, user_data);
}

gboolean
latch_client_callback_remove_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  return latch_client_command_finish (self, result, error);
}

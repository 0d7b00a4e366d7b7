/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-bridge.h"

#include "latch-ctl-json.h"
#include "latch-error.h"

/**
 * latch_ctl_set_up_client:
 *
 * Has @client do as the options say.
 */
void
latch_ctl_set_up_client (LatchCtl *ctl, LatchClient *client)
{
  latch_client_set_auth_mode (client, ctl->options->auth);
  latch_client_set_timeout (client, ctl->options->timeout);
  latch_client_set_read_priority (client, LATCH_PRIORITY_PERSON);
  latch_client_set_turnstile (client, LATCH_TURNSTILE (ctl->turnstile));
}

/**
 * latch_ctl_bridge_new:
 * @record: (nullable) (transfer full): what is stored of it
 *
 * Returns: (transfer full): a bridge that has no token yet
 */
LatchCtlBridge *
latch_ctl_bridge_new (LatchCtl *ctl, const char *host, guint16 port, LatchBridgeRecord *record)
{
  LatchCtlBridge *self = g_new0 (LatchCtlBridge, 1);

  self->client = latch_client_new (host, port);
  self->record = record;
  latch_ctl_set_up_client (ctl, self->client);
  if (record != NULL)
    {
      self->id = g_strdup (record->id);
      latch_client_set_accepted_mode (self->client, record->accepted_mode);
    }

  return self;
}

void
latch_ctl_bridge_free (LatchCtlBridge *self)
{
  g_free (self->id);
  g_clear_object (&self->client);
  g_clear_pointer (&self->record, latch_bridge_record_free);
  g_clear_pointer (&self->devices, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * latch_ctl_bridge_get_title:
 *
 * Returns: (transfer full): what people call the bridge
 */
char *
latch_ctl_bridge_get_title (LatchCtlBridge *self)
{
  if (self->record != NULL && self->record->name != NULL && *self->record->name != '\0')
    return g_strdup (self->record->name);

  return g_strdup_printf ("%s:%u", latch_client_get_host (self->client), latch_client_get_port (self->client));
}

/**
 * latch_ctl_bridge_find_choice:
 *
 * Returns: (nullable): what was chosen for one of its locks on this computer
 */
const LatchLockChoice *
latch_ctl_bridge_find_choice (LatchCtlBridge *self, const LatchDeviceSnapshot *device)
{
  return self->record != NULL ? latch_lock_choices_find (self->record->choices, device->nuki_id, device->device_type)
                              : NULL;
}

/**
 * latch_ctl_identify_bridges:
 *
 * Asks bridges that are not stored for their ID, which scripts want to know. One that does not tell goes without.
 */
void
latch_ctl_identify_bridges (LatchCtl *ctl)
{
  for (guint i = 0; i < ctl->bridges->len; i++)
    {
      LatchCtlBridge *bridge = g_ptr_array_index (ctl->bridges, i);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (LatchInfoSnapshot) info = NULL;
      g_autoptr (GError) error = NULL;

      if (bridge->id != NULL || bridge->error != NULL)
        continue;

      latch_client_info_async (bridge->client, ctl->cancellable, latch_ctl_done_cb, &result);
      info = latch_client_info_finish (bridge->client, latch_ctl_wait (&result), &error);
      if (info != NULL && info->server_id != 0)
        bridge->id = g_strdup_printf ("%" G_GUINT64_FORMAT, info->server_id);
      else if (latch_error_is_connection (error) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        bridge->error = g_steal_pointer (&error); /* do not wait for that twice */
    }
}

/**
 * latch_ctl_ask_bridges:
 *
 * Asks all chosen bridges for their devices (spec: /list), at the same time.
 */
void
latch_ctl_ask_bridges (LatchCtl *ctl)
{
  g_autofree GAsyncResult **results = g_new0 (GAsyncResult *, ctl->bridges->len);

  for (guint i = 0; i < ctl->bridges->len; i++)
    {
      LatchCtlBridge *bridge = g_ptr_array_index (ctl->bridges, i);

      if (bridge->error == NULL)
        latch_client_list_async (bridge->client, ctl->cancellable, latch_ctl_done_cb, &results[i]);
    }

  for (guint i = 0; i < ctl->bridges->len; i++)
    {
      LatchCtlBridge *bridge = g_ptr_array_index (ctl->bridges, i);

      if (bridge->error != NULL)
        continue;

      g_clear_pointer (&bridge->devices, g_ptr_array_unref);
      bridge->devices = latch_client_list_finish (bridge->client, latch_ctl_wait (&results[i]), &bridge->error);
      g_clear_object (&results[i]);
    }
}

/**
 * latch_ctl_report_bridge_errors:
 *
 * Tells which of several bridges failed, and why.
 *
 * Returns: (transfer full) (nullable): the first error, which the caller tells; %NULL if all is well
 */
GError *
latch_ctl_report_bridge_errors (LatchCtl *ctl)
{
  GError *first = NULL;

  for (guint i = 0; i < ctl->bridges->len; i++)
    {
      LatchCtlBridge *bridge = g_ptr_array_index (ctl->bridges, i);
      g_autofree char *title = latch_ctl_bridge_get_title (bridge);

      if (bridge->error == NULL)
        continue;

      if (first != NULL)
        {
          latch_ctl_warn ("%s: %s", title, bridge->error->message);
          continue;
        }
      first = g_error_copy (bridge->error);
      if (ctl->bridges->len > 1 && !g_error_matches (first, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_prefix_error (&first, "%s: ", title);
    }

  return first;
}

/**
 * latch_ctl_remember_modes:
 *
 * Stores in which form the bridges took their tokens, so that no weaker one is ever sent. Forms that the person
 * insisted on do not count.
 */
void
latch_ctl_remember_modes (LatchCtl *ctl)
{
  for (guint i = 0; ctl->bridges != NULL && i < ctl->bridges->len; i++)
    {
      LatchCtlBridge *bridge = g_ptr_array_index (ctl->bridges, i);
      LatchAuthMode accepted = latch_client_get_accepted_mode (bridge->client);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (LatchBridgeRecord) news = NULL;
      g_autoptr (GError) error = NULL;

      if (ctl->options->auth != LATCH_AUTH_MODE_AUTO || bridge->record == NULL ||
          accepted <= bridge->record->accepted_mode)
        continue;

      bridge->record->accepted_mode = accepted;
      news = latch_bridge_record_new (bridge->record->id);
      news->accepted_mode = accepted;
      news->known_only = TRUE;
      news->keeps_rest = TRUE;
      latch_store_save_bridge_async (ctl->store, news, NULL, latch_ctl_done_cb, &result);
      if (!latch_store_write_finish (ctl->store, latch_ctl_wait (&result), &error))
        g_debug ("The accepted form of the token was not stored: %s", error->message);
    }
}

/**
 * latch_ctl_report_done_for:
 * @bridge_id: (nullable): which bridge it was about
 * @sentence: that it is done, for people
 *
 * Prints that a command was carried out which has nothing else to say.
 */
void
latch_ctl_report_done_for (LatchCtl *ctl, const char *bridge_id, const char *sentence)
{
  if (ctl->options->json)
    {
      g_autoptr (JsonNode) node = latch_ctl_json_new_success (bridge_id);

      latch_ctl_print_json (node, FALSE);
    }
  else
    latch_ctl_print ("%s", sentence);
}

/**
 * latch_ctl_report_done:
 * @bridge: which bridge did it
 * @sentence: that it is done, for people
 */
void
latch_ctl_report_done (LatchCtl *ctl, LatchCtlBridge *bridge, const char *sentence)
{
  latch_ctl_report_done_for (ctl, bridge->id, sentence);
}

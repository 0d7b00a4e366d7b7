/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-bridges.h"

#include "latch-ctl-commands.h"
#include "latch-ctl-settings.h"
#include "latch-ctl-token.h"
#include "latch-error.h"

#include <libsecret/secret.h>
#include <string.h>

static gboolean
is_number (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

static gboolean
record_matches (const LatchBridgeRecord *record, const char *text)
{
  g_autofree char *host = NULL;
  guint16 port;

  /* Without a port, the one that is stored is meant rather than the usual one */
  if (g_str_equal (record->id, text) || (record->host != NULL && g_ascii_strcasecmp (record->host, text) == 0))
    return TRUE;

  return record->host != NULL && !is_number (text) && latch_client_parse_address (text, &host, &port, NULL) &&
         g_ascii_strcasecmp (record->host, host) == 0 && record->port == port;
}

static void
set_several_known (GPtrArray *records, GError **error)
{
  g_autoptr (GString) candidates = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      const LatchBridgeRecord *record = g_ptr_array_index (records, i);

      g_string_append_printf (candidates, "\n--bridge=%s  %s, %s:%u", record->id,
                              record->name != NULL ? record->name : "", record->host != NULL ? record->host : "",
                              record->port);
    }

  g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, _("several bridges are known, so say which one:%s"),
               candidates->str);
}

static void
set_none_known (GError **error)
{
  g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_NOT_FOUND,
                       _("no bridge is known. Pair with one by “nightlatchctl pair”, or give --bridge=HOST and a "
                         "token"));
}

/* A bridge that was never paired with here */
static LatchCtlBridge *
make_unknown_bridge (LatchCtl *ctl, const char *token, GError **error)
{
  const char *text = ctl->options->bridge;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *host = NULL;
  guint16 port;

  if (is_number (text))
    {
      g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_NOT_FOUND, _("no bridge with the ID %s is known"), text);
      return NULL;
    }

  if (!latch_client_parse_address (text, &host, &port, &local_error))
    {
      g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, "--bridge: %s", local_error->message);
      return NULL;
    }

  if (token == NULL)
    {
      g_set_error (error, LATCH_ERROR, LATCH_ERROR_NO_TOKEN,
                   _("there is no token for the bridge at %s. Pair with it by “nightlatchctl pair %s”, or give one by "
                     "--token-file=FILE"),
                   text, text);
      return NULL;
    }

  return latch_ctl_bridge_new (ctl, host, port, NULL);
}

static void
look_up_token (LatchCtl *ctl, LatchCtlBridge *bridge)
{
  g_autoptr (GAsyncResult) result = NULL;
  char *token = NULL;
  gboolean session_only = FALSE;

  latch_token_store_lookup_async (ctl->token_store, bridge->id, ctl->cancellable, latch_ctl_done_cb, &result);
  token = latch_token_store_lookup_finish (ctl->token_store, latch_ctl_wait (&result), &session_only, &bridge->error);
  latch_client_set_token (bridge->client, token);

  if (token == NULL && bridge->error == NULL)
    bridge->error =
        session_only
            ? g_error_new (LATCH_ERROR, LATCH_ERROR_NO_TOKEN,
                           _("there is no keyring (Secret Service) here that could have the bridge’s token. Give it by "
                             "--token-file=FILE or NIGHTLATCH_TOKEN"))
            : g_error_new (LATCH_ERROR, LATCH_ERROR_NO_TOKEN,
                           _("the keyring has no token for this bridge. Pair with it again by “nightlatchctl pair "
                             "%s:%u”"),
                           latch_client_get_host (bridge->client), latch_client_get_port (bridge->client));

  secret_password_free (token);
}

/* Makes bridges, which own their records from now on: of all, or of the only one that is meant */
static void
take_records (LatchCtl *ctl, GPtrArray *records, const LatchBridgeRecord *only)
{
  while (records->len > 0)
    {
      LatchBridgeRecord *next = g_ptr_array_steal_index (records, 0);

      if (only == NULL || next == only)
        {
          const char *host = next->host != NULL ? next->host : "";

          g_ptr_array_add (ctl->bridges, latch_ctl_bridge_new (ctl, host, next->port, next));
        }
      else
        latch_bridge_record_free (next);
    }
}

static gboolean
choose_from_records (LatchCtl *ctl, GPtrArray *records, const char *token, gboolean only_one, GError **error)
{
  const char *wanted = ctl->options->bridge;
  LatchBridgeRecord *record = wanted != NULL ? latch_ctl_find_record (records, wanted) : NULL;
  LatchCtlBridge *bridge = NULL;

  if (wanted != NULL && record == NULL)
    {
      bridge = make_unknown_bridge (ctl, token, error);
      if (bridge == NULL)
        return FALSE;
      g_ptr_array_add (ctl->bridges, bridge);
      return TRUE;
    }

  if (records->len == 0)
    {
      set_none_known (error);
      return FALSE;
    }
  if (wanted == NULL && records->len > 1 && (only_one || token != NULL))
    {
      set_several_known (records, error);
      return FALSE;
    }

  take_records (ctl, records, record);

  return TRUE;
}

static gboolean
choose (LatchCtl *ctl, gboolean only_one, GError **error)
{
  g_autoptr (GError) store_error = NULL;
  g_autoptr (GPtrArray) records = NULL;
  char *token = NULL;
  gboolean chosen;

  if (latch_ctl_token_is_given (ctl))
    {
      token = latch_ctl_token_read (ctl, error);
      if (token == NULL)
        return FALSE;
    }

  records = latch_ctl_load_records (ctl, &store_error);
  if (records == NULL && (token == NULL || ctl->options->bridge == NULL))
    {
      g_propagate_error (error, g_steal_pointer (&store_error));
      latch_ctl_token_free (token);
      return FALSE;
    }
  if (records == NULL) /* then nothing need be stored */
    records = g_ptr_array_new ();

  ctl->bridges = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_ctl_bridge_free);
  chosen = choose_from_records (ctl, records, token, only_one, error);

  for (guint i = 0; i < ctl->bridges->len; i++)
    {
      LatchCtlBridge *bridge = g_ptr_array_index (ctl->bridges, i);

      if (token != NULL)
        latch_client_set_token (bridge->client, token);
      else
        look_up_token (ctl, bridge);
    }
  latch_ctl_token_free (token);

  if (chosen && ctl->bridges->len == 1)
    {
      LatchCtlBridge *bridge = g_ptr_array_index (ctl->bridges, 0);

      if (bridge->error != NULL)
        {
          g_propagate_error (error, g_error_copy (bridge->error));
          return FALSE;
        }
    }

  return chosen;
}

/**
 * latch_ctl_load_records:
 *
 * Returns: (transfer full) (nullable) (element-type LatchBridgeRecord): the bridges that this person has paired with
 */
GPtrArray *
latch_ctl_load_records (LatchCtl *ctl, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_store_load_async (ctl->store, ctl->cancellable, latch_ctl_done_cb, &result);

  return latch_store_load_finish (ctl->store, latch_ctl_wait (&result), error);
}

/**
 * latch_ctl_find_record:
 * @records: (element-type LatchBridgeRecord): the bridges that are known
 * @text: an ID or an address
 *
 * Returns: (transfer none) (nullable): the one of them that is meant
 */
LatchBridgeRecord *
latch_ctl_find_record (GPtrArray *records, const char *text)
{
  for (guint i = 0; i < records->len; i++)
    {
      LatchBridgeRecord *record = g_ptr_array_index (records, i);

      if (record_matches (record, text))
        return record;
    }

  return NULL;
}

/* Whether it was not heard where it was kept to be, rather than at an address that somebody has just given */
static gboolean
may_have_moved (LatchCtl *ctl, const LatchCtlBridge *bridge)
{
  const char *wanted = ctl->options->bridge;

  return bridge->record != NULL && bridge->devices == NULL &&
         (wanted == NULL || g_str_equal (bridge->record->id, wanted));
}

/**
 * latch_ctl_suggest_search:
 * @error: (inout): why a command failed
 *
 * Homes give bridges new addresses. Where one that is kept does not answer, says how to find it again.
 */
void
latch_ctl_suggest_search (LatchCtl *ctl, GError **error)
{
  GError *longer;

  if (ctl->bridges == NULL || !latch_error_is_connection (*error))
    return;

  for (guint i = 0; i < ctl->bridges->len; i++)
    {
      if (!may_have_moved (ctl, g_ptr_array_index (ctl->bridges, i)))
        continue;

      longer = g_error_new ((*error)->domain, (*error)->code,
                            latch_ctl_settings_get ("discovery-enabled", TRUE)
                                /* Translators: %s is that a bridge cannot be reached. ADDRESS is not translated */
                                ? _("%s. If its address has changed: “nightlatchctl discover” shows where it may be, and "
                                    "“nightlatchctl pair ADDRESS” pairs with it there; or open Nightlatch’s window, "
                                    "which looks for it by itself")
                                /* Translators: %s is that a bridge cannot be reached. ADDRESS is not translated */
                                : _("%s. If its address has changed: “nightlatchctl discover” shows where it may be, and "
                                    "“nightlatchctl pair ADDRESS” pairs with it there"),
                            (*error)->message);
      g_error_free (*error);
      *error = longer;
      return;
    }
}

/**
 * latch_ctl_choose_record:
 * @records: (element-type LatchBridgeRecord): the bridges that are known
 *
 * Returns: (transfer none) (nullable): the one of them that the command line means
 */
LatchBridgeRecord *
latch_ctl_choose_record (LatchCtl *ctl, GPtrArray *records, GError **error)
{
  LatchBridgeRecord *record = NULL;

  if (ctl->options->bridge != NULL)
    {
      record = latch_ctl_find_record (records, ctl->options->bridge);
      if (record == NULL)
        g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_NOT_FOUND, _("no bridge “%s” is known"),
                     ctl->options->bridge);
    }
  else if (records->len == 0)
    set_none_known (error);
  else if (records->len > 1)
    set_several_known (records, error);
  else
    record = g_ptr_array_index (records, 0);

  return record;
}

/**
 * latch_ctl_choose_known_bridges:
 *
 * Finds out which of the bridges that this person has paired with the command line means; they are in @ctl then, with
 * the devices that were last known. Neither they nor the keyring are asked for anything.
 *
 * Returns: whether there is one at least
 */
gboolean
latch_ctl_choose_known_bridges (LatchCtl *ctl, GError **error)
{
  g_autoptr (GPtrArray) records = latch_ctl_load_records (ctl, error);
  LatchBridgeRecord *only = NULL;

  if (records == NULL)
    return FALSE;

  if (ctl->options->bridge != NULL || records->len == 0)
    {
      only = latch_ctl_choose_record (ctl, records, error);
      if (only == NULL)
        return FALSE;
    }

  ctl->bridges = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_ctl_bridge_free);
  take_records (ctl, records, only);

  for (guint i = 0; i < ctl->bridges->len; i++)
    {
      LatchCtlBridge *bridge = g_ptr_array_index (ctl->bridges, i);

      bridge->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);
      for (guint j = 0; j < bridge->record->devices->len; j++)
        {
          const LatchDeviceRecord *device = g_ptr_array_index (bridge->record->devices, j);

          g_ptr_array_add (bridge->devices, latch_device_snapshot_copy (device->snapshot));
        }
    }

  return TRUE;
}

/**
 * latch_ctl_choose_bridges:
 *
 * Finds out which bridges the command line means, and their tokens; they are in @ctl then. With several, one without a
 * token is no failure: its error says so.
 *
 * Returns: whether there is one at least
 */
gboolean
latch_ctl_choose_bridges (LatchCtl *ctl, GError **error)
{
  return choose (ctl, FALSE, error);
}

/**
 * latch_ctl_choose_bridge:
 *
 * Returns: (transfer none) (nullable): the one bridge that the command line means
 */
LatchCtlBridge *
latch_ctl_choose_bridge (LatchCtl *ctl, GError **error)
{
  if (!choose (ctl, TRUE, error))
    return NULL;

  /* What says that something was done names the bridge, too. What was read speaks for itself */
  if (ctl->options->json && !ctl->command->reads)
    latch_ctl_identify_bridges (ctl);

  return g_ptr_array_index (ctl->bridges, 0);
}

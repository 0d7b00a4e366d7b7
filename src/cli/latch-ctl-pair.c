/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-ask.h"
#include "latch-ctl-bridges.h"
#include "latch-ctl-commands.h"
#include "latch-ctl-discover.h"
#include "latch-ctl-json.h"
#include "latch-ctl-places.h"
#include "latch-ctl-token.h"
#include "latch-error.h"
#include "latch-home.h"

#include <libsecret/secret.h>

/* How bridges come to be known, and forgotten */

/* Only bridges on this network: nobody else's should be asked for a token, or told ours */
static char *
find_address (LatchCtl *ctl, GError **error)
{
  g_autoptr (GPtrArray) bridges = latch_ctl_search (ctl, error);
  g_autoptr (GString) candidates = g_string_new (NULL);
  const LatchDiscoveredBridge *found = NULL;
  gboolean hidden = FALSE;
  guint n_found = 0;

  if (bridges == NULL)
    return NULL;

  for (guint i = 0; i < bridges->len; i++)
    {
      const LatchDiscoveredBridge *bridge = g_ptr_array_index (bridges, i);
      g_autofree char *address = latch_ctl_describe_found (bridge);

      hidden |= bridge->ip == NULL;
      if (!latch_discovered_bridge_is_local (bridge))
        continue;
      g_string_append_printf (candidates, "\nnightlatchctl pair %s  (ID %" G_GUINT64_FORMAT ")", address,
                              bridge->bridge_id);
      found = bridge;
      n_found++;
    }

  if (n_found == 1)
    return latch_ctl_describe_found (found);

  if (n_found > 1)
    g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, _("there are several bridges, so say which one:%s"),
                 candidates->str);
  else if (hidden)
    g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_NOT_FOUND,
                         _("the bridge hides its address. The Nuki app shows it: nightlatchctl pair HOST"));
  else
    g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_NOT_FOUND,
                         _("no bridge was found on this network. You can still give its address: nightlatchctl pair "
                           "HOST"));

  return NULL;
}

/* As an argument, by --bridge, which may be the ID of a bridge that is known, or by a search */
static char *
choose_address (LatchCtl *ctl, GError **error)
{
  g_autoptr (GPtrArray) records = NULL;
  LatchBridgeRecord *record = NULL;

  if (ctl->arguments[0] != NULL)
    return g_strdup (ctl->arguments[0]);
  if (ctl->options->bridge == NULL)
    return find_address (ctl, error);

  records = latch_ctl_load_records (ctl, error);
  if (records == NULL)
    return NULL;

  record = latch_ctl_find_record (records, ctl->options->bridge);
  if (record == NULL || record->host == NULL)
    return g_strdup (ctl->options->bridge);
  if (strchr (record->host, ':') != NULL)
    return g_strdup_printf ("[%s]:%u", record->host, record->port);

  return g_strdup_printf ("%s:%u", record->host, record->port);
}

static LatchPairing *
make_pairing (LatchCtl *ctl, GError **error)
{
  g_autofree char *address = choose_address (ctl, error);
  g_autofree char *host = NULL;
  g_autoptr (GError) local_error = NULL;
  LatchPairing *pairing = NULL;
  guint16 port;

  if (address == NULL)
    return NULL;

  if (!latch_client_parse_address (address, &host, &port, &local_error))
    {
      g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, "%s: %s", address, local_error->message);
      return NULL;
    }

  pairing = latch_pairing_new (host, port);
  latch_ctl_set_up_client (ctl, latch_pairing_get_client (pairing));

  return pairing;
}

static void
set_no_keyring (GError **error)
{
  g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_FAILED,
                       _("there is no keyring (Secret Service) here that could keep the token, so pairing would be for "
                         "nothing. Take the token from the Nuki app instead, and give it to each command by "
                         "--bridge=HOST --token-file=FILE"));
}

/* Better before somebody walks to the bridge than after */
static gboolean
check_keyring (LatchCtl *ctl, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean session_only = FALSE;

  latch_token_store_lookup_async (ctl->token_store, "", ctl->cancellable, latch_ctl_done_cb, &result);
  secret_password_free (latch_token_store_lookup_finish (ctl->token_store, latch_ctl_wait (&result), &session_only,
                                                         NULL));
  if (session_only)
    set_no_keyring (error);

  return !session_only && !g_cancellable_set_error_if_cancelled (ctl->cancellable, error);
}

typedef struct
{
  gint64 ends_at; /* monotonic, 0 while the button is of no use */
  guint timer_id;
} Countdown;

static gboolean
tick_cb (gpointer user_data)
{
  Countdown *countdown = user_data;
  gint64 us_left = countdown->ends_at - g_get_monotonic_time ();
  int left = (int) MAX (0, (us_left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  g_autofree char *text = g_strdup_printf (ngettext ("%d second left", "%d seconds left", left), left);

  latch_ctl_show_progress (text);

  return G_SOURCE_CONTINUE;
}

static void
waiting_cb (LatchPairing *pairing, GParamSpec *pspec, gpointer user_data)
{
  Countdown *countdown = user_data;

  g_clear_handle_id (&countdown->timer_id, g_source_remove);
  latch_ctl_show_progress ("");
  if (!latch_pairing_get_waiting_for_button (pairing))
    return;

  latch_ctl_warn (_("press the button on the bridge within %d seconds"), LATCH_PAIRING_BUTTON_SECONDS);
  countdown->ends_at = g_get_monotonic_time () + LATCH_PAIRING_BUTTON_SECONDS * G_USEC_PER_SEC;
  countdown->timer_id = g_timeout_add_seconds (1, tick_cb, countdown);
  tick_cb (countdown);
}

static gboolean
run_pairing (LatchCtl *ctl, LatchPairing *pairing, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Countdown countdown = { 0, };
  gboolean paired;

  g_signal_connect (pairing, "notify::waiting-for-button", G_CALLBACK (waiting_cb), &countdown);
  latch_pairing_run_async (pairing, token, ctl->cancellable, latch_ctl_done_cb, &result);
  paired = latch_pairing_run_finish (pairing, latch_ctl_wait (&result), error);

  g_signal_handlers_disconnect_by_data (pairing, &countdown);
  if (countdown.timer_id != 0)
    {
      g_source_remove (countdown.timer_id);
      latch_ctl_show_progress ("");
    }

  return paired;
}

static LatchHome *
load_home (LatchCtl *ctl, GError **error)
{
  g_autoptr (LatchHome) home = latch_home_new (ctl->store, ctl->token_store);
  g_autoptr (GAsyncResult) result = NULL;

  latch_home_load_async (home, ctl->cancellable, latch_ctl_done_cb, &result);
  if (!latch_home_load_finish (home, latch_ctl_wait (&result), error))
    return NULL;

  return g_steal_pointer (&home);
}

static gboolean
forget (LatchCtl *ctl, LatchHome *home, LatchBridge *bridge, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_home_forget_async (home, bridge, ctl->cancellable, latch_ctl_done_cb, &result);

  return latch_home_forget_finish (home, latch_ctl_wait (&result), error);
}

/* A bridge that is known already keeps its name */
static LatchBridge *
adopt (LatchCtl *ctl, LatchHome *home, LatchPairing *pairing, GError **error)
{
  LatchBridge *known = latch_home_find_bridge (home, latch_pairing_get_bridge_id (pairing));
  g_autofree char *name = ctl->options->name != NULL ? g_strdup (ctl->options->name)
                          : known != NULL            ? g_strdup (latch_bridge_get_name (known))
                                                     : latch_home_suggest_name (home);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LatchBridge) bridge = NULL;

  latch_home_adopt_async (home, pairing, name, ctl->cancellable, latch_ctl_done_cb, &result);
  bridge = latch_home_adopt_finish (home, latch_ctl_wait (&result), error);
  if (bridge == NULL || !latch_bridge_get_session_only (bridge))
    return g_steal_pointer (&bridge);

  /* The keyring went away in the meantime, and our session ends here */
  forget (ctl, home, bridge, NULL);
  set_no_keyring (error);

  return NULL;
}

static void
print_paired (LatchCtl *ctl, LatchBridge *bridge)
{
  LatchClient *client = latch_bridge_get_client (bridge);
  guint n_locks = g_list_model_get_n_items (G_LIST_MODEL (bridge));

  if (ctl->options->json)
    {
      JsonObject *object = json_object_new ();
      g_autoptr (JsonNode) node = latch_ctl_json_wrap_object (object);

      latch_ctl_json_set_text (object, "bridgeId", latch_bridge_get_id (bridge));
      latch_ctl_json_set_text (object, "name", latch_bridge_get_name (bridge));
      latch_ctl_json_set_text (object, "host", latch_client_get_host (client));
      json_object_set_int_member (object, "port", latch_client_get_port (client));
      json_object_set_int_member (object, "locks", n_locks);
      json_object_set_boolean_member (object, "success", TRUE);
      latch_ctl_print_json (node, FALSE);
      return;
    }

  latch_ctl_print (ngettext ("Paired with the bridge “%s” (ID %s, %d lock). Its token is in the keyring.",
                             "Paired with the bridge “%s” (ID %s, %d locks). Its token is in the keyring.", n_locks),
                   latch_bridge_get_name (bridge), latch_bridge_get_id (bridge), (int) n_locks);
}

/**
 * latch_ctl_pair:
 *
 * Gets a bridge's token by its button (spec: /auth), or takes the given one, checks it, and keeps the bridge.
 */
gboolean
latch_ctl_pair (LatchCtl *ctl, GError **error)
{
  g_autoptr (LatchPairing) pairing = NULL;
  g_autoptr (LatchHome) home = NULL;
  g_autoptr (LatchBridge) bridge = NULL;
  gboolean has_token = latch_ctl_token_is_given (ctl);
  gboolean paired;
  char *token = has_token ? latch_ctl_token_read (ctl, error) : NULL;

  if ((has_token && token == NULL) || (pairing = make_pairing (ctl, error)) == NULL || !check_keyring (ctl, error) ||
      (home = load_home (ctl, error)) == NULL)
    {
      latch_ctl_token_free (token);
      return FALSE;
    }

  if (token != NULL)
    latch_home_protect_token (home, pairing, token);
  paired = run_pairing (ctl, pairing, token, error);
  latch_ctl_token_free (token);
  if (!paired)
    return FALSE;

  bridge = adopt (ctl, home, pairing, error);
  if (bridge == NULL)
    return FALSE;

  latch_ctl_tell_application (ctl);
  print_paired (ctl, bridge);

  return TRUE;
}

/* The last occasion, as nobody else can once the token is gone */
static void
free_places (LatchCtl *ctl, LatchBridge *bridge)
{
  LatchClient *client = latch_bridge_get_client (bridge);
  g_autoptr (GError) error = NULL;

  latch_ctl_set_up_client (ctl, client);
  if (latch_client_has_token (client) && !latch_ctl_free_places (ctl, client, &error))
    latch_ctl_warn (_("the bridge could not be told that this computer needs no more instant updates: %s"),
                    error->message);
}

/**
 * latch_ctl_forget:
 *
 * Has a bridge forget our callbacks, and deletes its token and all that is known of it here. The bridge need not be
 * there.
 */
gboolean
latch_ctl_forget (LatchCtl *ctl, GError **error)
{
  g_autoptr (GPtrArray) records = latch_ctl_load_records (ctl, error);
  g_autoptr (LatchHome) home = NULL;
  g_autofree char *question = NULL;
  LatchBridgeRecord *record = NULL;
  LatchBridge *bridge = NULL;

  if (records == NULL)
    return FALSE;

  record = latch_ctl_choose_record (ctl, records, error);
  if (record == NULL)
    return FALSE;

  question = g_strdup_printf (_("Forget %s, its token, and all that was recorded here of its locks?"),
                              record->name != NULL ? record->name : record->id);
  if (!latch_ctl_confirm_on_terminal (ctl, question, error))
    return FALSE;

  home = load_home (ctl, error);
  if (home == NULL)
    return FALSE;

  bridge = latch_home_find_bridge (home, record->id);
  if (bridge != NULL)
    free_places (ctl, bridge);
  if (bridge != NULL && !forget (ctl, home, bridge, error))
    return FALSE;
  latch_ctl_tell_application (ctl);

  if (ctl->options->json)
    {
      g_autoptr (JsonNode) node = latch_ctl_json_new_success (record->id);

      latch_ctl_print_json (node, FALSE);
    }
  else
    latch_ctl_print (_("The bridge “%s” is forgotten."), record->name != NULL ? record->name : record->id);

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-callback-slots.h"
#include "latch-ctl-ask.h"
#include "latch-ctl-bridges.h"
#include "latch-ctl-commands.h"
#include "latch-ctl-json.h"
#include "latch-ctl-places.h"
#include "latch-ctl-table.h"
#include "latch-error.h"

/* Whom the bridge tells of changes. It has three places, which all programs of a household share */

#define N_PLACES 3

static void
print_json (GPtrArray *callbacks)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = latch_ctl_json_wrap_object (object);
  JsonArray *array = json_array_new ();

  json_object_set_array_member (object, "callbacks", array);
  for (guint i = 0; i < callbacks->len; i++)
    {
      const LatchCallback *callback = g_ptr_array_index (callbacks, i);
      JsonObject *item = json_object_new ();

      json_object_set_int_member (item, "id", callback->id);
      json_object_set_string_member (item, "url", callback->url);
      json_array_add_object_element (array, item);
    }

  latch_ctl_print_json (node, FALSE);
}

static gboolean
is_ours (const char *url, const char *installation_id)
{
  g_autoptr (GSocketAddress) address = latch_callback_slots_parse_url (url, installation_id);

  return address != NULL;
}

/* Whom one would have to ask before taking the place away */
static char *
get_holder (const char *url, const char *installation_id)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  if (is_ours (url, installation_id))
    return g_strdup (_("this computer"));

  return g_strdup (uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : "–");
}

static void
print_table (LatchCtl *ctl, GPtrArray *callbacks)
{
  g_autofree char *installation_id = latch_ctl_get_installation_id (ctl);
  g_autoptr (LatchCtlTable) table = latch_ctl_table_new (3);

  if (callbacks->len == 0)
    {
      latch_ctl_print (_("There are no callbacks: all %d places are free."), N_PLACES);
      return;
    }

  /* Translators: these are the titles of columns; the second is a computer */
  latch_ctl_table_add_titles (table, _("ID"), _("Held by"), _("URL"), NULL);
  for (guint i = 0; i < callbacks->len; i++)
    {
      const LatchCallback *callback = g_ptr_array_index (callbacks, i);
      g_autofree char *id = g_strdup_printf ("%d", callback->id);
      g_autofree char *holder = get_holder (callback->url, installation_id);

      latch_ctl_table_add (table, id, LATCH_CTL_COLOR_NONE);
      latch_ctl_table_add (table, holder, LATCH_CTL_COLOR_NONE);
      latch_ctl_table_add (table, callback->url, LATCH_CTL_COLOR_NONE);
    }
  latch_ctl_table_print (table);
}

/**
 * latch_ctl_callbacks:
 *
 * Prints the bridge's callbacks (spec: /callback/list).
 */
gboolean
latch_ctl_callbacks (LatchCtl *ctl, GError **error)
{
  LatchCtlBridge *bridge = latch_ctl_choose_bridge (ctl, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) callbacks = NULL;

  if (bridge == NULL)
    return FALSE;

  latch_client_callback_list_async (bridge->client, ctl->cancellable, latch_ctl_done_cb, &result);
  callbacks = latch_client_callback_list_finish (bridge->client, latch_ctl_wait (&result), error);
  if (callbacks == NULL)
    return FALSE;

  if (ctl->options->json)
    print_json (callbacks);
  else
    print_table (ctl, callbacks);

  return TRUE;
}

/**
 * latch_ctl_callbacks_add:
 *
 * Has the bridge tell a URL of changes (spec: /callback/add).
 */
gboolean
latch_ctl_callbacks_add (LatchCtl *ctl, GError **error)
{
  const char *url = ctl->arguments[0];
  LatchCtlBridge *bridge = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local_error = NULL;

  if (*url == '\0')
    {
      g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, _("the URL is empty"));
      return FALSE;
    }

  bridge = latch_ctl_choose_bridge (ctl, error);
  if (bridge == NULL)
    return FALSE;

  latch_client_callback_add_async (bridge->client, url, ctl->cancellable, latch_ctl_done_cb, &result);
  if (latch_client_callback_add_finish (bridge->client, latch_ctl_wait (&result), &local_error))
    {
      g_autofree char *sentence = g_strdup_printf (_("The bridge tells %s of changes."), url);

      latch_ctl_report_done (ctl, bridge, sentence);
      return TRUE;
    }

  /* Whoever refuses it, the URL is to blame (spec: HTTP 400) */
  if (g_error_matches (local_error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT))
    g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, "%s: %s", url, local_error->message);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* Returns: whether the bridge told; what has that ID goes to @url, which is NULL if nothing has */
static gboolean
look_up (LatchCtl *ctl, LatchCtlBridge *bridge, int id, char **url, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) callbacks = NULL;

  latch_client_callback_list_async (bridge->client, ctl->cancellable, latch_ctl_done_cb, &result);
  callbacks = latch_client_callback_list_finish (bridge->client, latch_ctl_wait (&result), error);
  for (guint i = 0; callbacks != NULL && i < callbacks->len; i++)
    {
      const LatchCallback *callback = g_ptr_array_index (callbacks, i);

      if (callback->id == id)
        g_set_str (url, callback->url);
    }

  return callbacks != NULL;
}

/* On a terminal, somebody may want to know whose place it is. Bridges give IDs anew, so that it may be another's then */
static gboolean
confirm_removal (LatchCtl *ctl, LatchCtlBridge *bridge, int id, GError **error)
{
  g_autofree char *installation_id = NULL;
  g_autofree char *question = NULL;
  g_autofree char *url = NULL;
  g_autofree char *url_after = NULL;

  if (!latch_ctl_has_terminal (ctl) || (ctl->options->given & LATCH_CTL_OPTION_YES))
    return TRUE;
  if (!look_up (ctl, bridge, id, &url, error))
    return FALSE;

  installation_id = latch_ctl_get_installation_id (ctl);
  if (url == NULL || is_ours (url, installation_id))
    return TRUE;

  question = g_strdup_printf (_("Remove %s? Another program may rely on this."), url);
  if (!latch_ctl_confirm (ctl, question, NULL, error) || !look_up (ctl, bridge, id, &url_after, error))
    return FALSE;
  if (g_strcmp0 (url, url_after) == 0)
    return TRUE;

  g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_FAILED,
                       _("the bridge’s callbacks have changed meanwhile; nothing was done"));
  return FALSE;
}

/**
 * latch_ctl_callbacks_remove:
 *
 * Frees one of the bridge's places for callbacks (spec: /callback/remove).
 */
gboolean
latch_ctl_callbacks_remove (LatchCtl *ctl, GError **error)
{
  LatchCtlBridge *bridge = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  guint id;

  if (!latch_ctl_parse_number (ctl->arguments[0], 0, G_MAXINT, &id, error))
    return FALSE;

  bridge = latch_ctl_choose_bridge (ctl, error);
  if (bridge == NULL || !confirm_removal (ctl, bridge, (int) id, error))
    return FALSE;

  latch_client_callback_remove_async (bridge->client, (int) id, ctl->cancellable, latch_ctl_done_cb, &result);
  if (!latch_client_callback_remove_finish (bridge->client, latch_ctl_wait (&result), error))
    return FALSE;

  latch_ctl_report_done (ctl, bridge, _("The callback is removed. The others may have new IDs."));

  return TRUE;
}

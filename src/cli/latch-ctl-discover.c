/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-discover.h"

#include "latch-ctl-commands.h"
#include "latch-ctl-describe.h"
#include "latch-ctl-json.h"
#include "latch-ctl-settings.h"
#include "latch-ctl-table.h"
#include "latch-discovery.h"

static void
print_json (GPtrArray *bridges)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = latch_ctl_json_wrap_object (object);
  JsonArray *array = json_array_new ();

  json_object_set_array_member (object, "bridges", array);
  json_object_set_int_member (object, "errorCode", 0); /* any other is an error of the search */
  for (guint i = 0; i < bridges->len; i++)
    json_array_add_element (array, json_node_ref (((LatchDiscoveredBridge *) g_ptr_array_index (bridges, i))->json));

  latch_ctl_print_json (node, FALSE);
}

static void
print_table (GPtrArray *bridges)
{
  g_autoptr (LatchCtlTable) table = latch_ctl_table_new (3);

  if (bridges->len == 0)
    {
      latch_ctl_print (_("No bridge was found. It must have been online in the last 30 days."));
      return;
    }

  latch_ctl_table_add_titles (table, _("ID"), _("Address"), _("Updated"), NULL);
  for (guint i = 0; i < bridges->len; i++)
    {
      const LatchDiscoveredBridge *bridge = g_ptr_array_index (bridges, i);
      g_autofree char *id = g_strdup_printf ("%" G_GUINT64_FORMAT, bridge->bridge_id);
      g_autofree char *address = latch_ctl_describe_found (bridge);
      g_autofree char *updated = latch_ctl_describe_time (bridge->date_updated);

      latch_ctl_table_add (table, id, LATCH_CTL_COLOR_NONE);
      latch_ctl_table_add (table, address, LATCH_CTL_COLOR_NONE);
      latch_ctl_table_add (table, updated, LATCH_CTL_COLOR_NONE);
    }
  latch_ctl_table_print (table);
}

/**
 * latch_ctl_dup_discovery_url:
 *
 * Options go before the environment, this before what was chosen in the window, and that before the vendor's address.
 *
 * Returns: (transfer full) (nullable): where to ask which bridges there are; %NULL for the vendor's address
 */
char *
latch_ctl_dup_discovery_url (LatchCtl *ctl)
{
  const char *url = ctl->options->discovery_url;

  return url != NULL && *url != '\0' ? g_strdup (url) : latch_ctl_settings_dup_text ("discovery-url");
}

/**
 * latch_ctl_search:
 *
 * Returns: (transfer full) (nullable) (element-type LatchDiscoveredBridge): what the discovery service knows of
 */
GPtrArray *
latch_ctl_search (LatchCtl *ctl, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *url = latch_ctl_dup_discovery_url (ctl);

  latch_discovery_find_async (url, ctl->cancellable, latch_ctl_done_cb, &result);

  return latch_discovery_find_finish (latch_ctl_wait (&result), error);
}

/**
 * latch_ctl_describe_found:
 *
 * Returns: (transfer full): the bridge's address, or why there is none
 */
char *
latch_ctl_describe_found (const LatchDiscoveredBridge *bridge)
{
  if (bridge->ip == NULL)
    return g_strdup (_("hides its address"));
  if (strchr (bridge->ip, ':') != NULL)
    return g_strdup_printf ("[%s]:%u", bridge->ip, bridge->port);

  return g_strdup_printf ("%s:%u", bridge->ip, bridge->port);
}

/**
 * latch_ctl_discover:
 *
 * Prints the bridges that the discovery service knows of (spec: Bridge discovery).
 */
gboolean
latch_ctl_discover (LatchCtl *ctl, GError **error)
{
  g_autoptr (GPtrArray) bridges = latch_ctl_search (ctl, error);

  if (bridges == NULL)
    return FALSE;

  if (ctl->options->json)
    print_json (bridges);
  else
    print_table (bridges);

  return TRUE;
}

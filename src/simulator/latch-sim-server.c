/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-server.h"

#include "latch-sim-endpoints.h"
#include "latch-sim-steering.h"

#include <string.h>

/* After a reboot, somebody else may still have the port */
#define LISTEN_AGAIN_MS 200

struct _LatchSimServer
{
  GObject parent_instance;

  LatchSimBridge *bridge;
  LatchSimDiscovery *discovery;
  LatchSimFaults *faults;
  LatchSimJournal *journal;

  SoupServer *soup;
  int port;

  LatchSimExchange *current;
  guint gap_source;
  guint boot_source;
};

G_DEFINE_FINAL_TYPE (LatchSimServer, latch_sim_server, G_TYPE_OBJECT)

static const LatchSimOptions *
get_options (LatchSimServer *self)
{
  return latch_sim_bridge_get_options (self->bridge);
}

static void
gap_over_cb (gpointer user_data)
{
  LatchSimServer *self = user_data;

  self->gap_source = 0;
}

static void
exchange_settled_cb (LatchSimExchange *exchange,
                     LatchSimServer   *self)
{
  double gap = get_options (self)->gap;

  if (self->current != exchange)
    return;

  if (gap > 0 && self->gap_source == 0)
    self->gap_source = g_timeout_add_once ((guint) (gap * 1000), gap_over_cb, self);
  g_clear_object (&self->current);
}

static gboolean
is_busy (LatchSimServer *self)
{
  return !get_options (self)->concurrent && (self->current != NULL || self->gap_source != 0);
}

static void
handle_api (LatchSimServer    *self,
            SoupServerMessage *message,
            LatchSimExchange  *exchange,
            JsonObject        *entry)
{
  const LatchSimEndpoint *endpoint;
  LatchSimAuthModes mode;
  LatchSimFault fault;

  if (is_busy (self))
    {
      latch_sim_answer_error (exchange, SOUP_STATUS_SERVICE_UNAVAILABLE);
      return;
    }

  if (!latch_sim_bridge_is_running (self->bridge))
    {
      latch_sim_exchange_drop (exchange, FALSE);
      return;
    }

  g_set_object (&self->current, exchange);
  g_signal_connect_object (exchange, "settled", G_CALLBACK (exchange_settled_cb), self, 0);

  fault = latch_sim_faults_take (self->faults, latch_sim_exchange_get_path (exchange), FALSE);
  latch_sim_exchange_set_fault (exchange, &fault);
  if (latch_sim_answer_badly (exchange))
    return;

  /* Real bridges answer "Bad Request" to paths that they do not know */
  endpoint = latch_sim_endpoint_find (latch_sim_bridge_get_profile (self->bridge),
                                      latch_sim_exchange_get_path (exchange));
  if (endpoint == NULL || !g_str_equal (soup_server_message_get_method (message), "GET"))
    {
      latch_sim_answer_error (exchange, SOUP_STATUS_BAD_REQUEST);
      return;
    }

  mode = latch_sim_auth_check (latch_sim_bridge_get_auth (self->bridge), latch_sim_exchange_get_query (exchange));
  latch_sim_journal_set_auth (entry, mode);
  if (mode == LATCH_SIM_AUTH_NONE && !(endpoint->flags & LATCH_SIM_ENDPOINT_OPEN))
    {
      latch_sim_answer_error (exchange, SOUP_STATUS_UNAUTHORIZED);
      return;
    }

  endpoint->handler (self->bridge, exchange);
}

/* Without a "Host" header, which simple clients may leave out, libsoup takes the query for a part of the path. */
static void
split_target (SoupServerMessage *message,
              const char        *path,
              char             **own_path,
              char             **query)
{
  GUri *uri = soup_server_message_get_uri (message);
  const char *raw_path = g_uri_get_path (uri);
  const char *mark = strchr (raw_path, '?');

  if (g_uri_get_query (uri) == NULL && mark != NULL)
    {
      *own_path = g_strndup (raw_path, mark - raw_path);
      *query = g_strdup (mark + 1);
    }
  else
    {
      *own_path = g_strdup (path);
      *query = g_strdup (g_uri_get_query (uri));
    }
}

static void
request_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  LatchSimServer *self = user_data;
  const char *method = soup_server_message_get_method (message);
  g_autofree char *own_path = NULL;
  g_autofree char *query_text = NULL;
  g_autoptr (GHashTable) parameters = NULL;
  g_autoptr (JsonObject) entry = NULL;
  g_autoptr (LatchSimExchange) exchange = NULL;
  gboolean steering;

  split_target (message, path, &own_path, &query_text);
  if (query_text != NULL)
    parameters = soup_form_decode (query_text);

  steering = latch_sim_steering_is_path (own_path);
  if (!steering)
    {
      entry = latch_sim_journal_begin (self->journal, method, own_path, query_text);
      if (get_options (self)->verbose)
        g_printerr ("%s %s\n", method, own_path);
    }

  exchange = latch_sim_exchange_new (message, own_path, parameters, latch_sim_bridge_get_profile (self->bridge), entry);
  if (steering)
    latch_sim_steering_handle (self, method, exchange);
  else
    handle_api (self, message, exchange, entry);

  latch_sim_exchange_hold (exchange);
}

/* Nobody sends a bridge a body worth keeping */
static void
early_cb (SoupServer        *soup,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
}

static void
drop_current (LatchSimServer *self)
{
  g_autoptr (LatchSimExchange) exchange = g_steal_pointer (&self->current);

  if (exchange != NULL)
    latch_sim_exchange_drop (exchange, FALSE);
}

static gboolean
listen (LatchSimServer *self,
        GError        **error)
{
  g_autoptr (GSocketAddress) address =
      g_inet_socket_address_new_from_string (get_options (self)->address, (guint) self->port);
  g_autoslist (GUri) uris = NULL;

  if (!soup_server_listen (self->soup, address, 0, error))
    return FALSE;

  uris = soup_server_get_uris (self->soup);
  self->port = g_uri_get_port (uris->data);

  return TRUE;
}

static void
boot_cb (gpointer user_data)
{
  LatchSimServer *self = user_data;

  self->boot_source = 0;
  if (!listen (self, NULL))
    {
      self->boot_source = g_timeout_add_once (LISTEN_AGAIN_MS, boot_cb, self);
      return;
    }

  latch_sim_bridge_boot (self->bridge);
}

static void
reboot_cb (LatchSimBridge *bridge,
           LatchSimServer *self)
{
  drop_current (self);
  soup_server_disconnect (self->soup);
  g_clear_handle_id (&self->boot_source, g_source_remove);
  self->boot_source = g_timeout_add_once ((guint) (get_options (self)->reboot_time * 1000), boot_cb, self);
}

static void
latch_sim_server_dispose (GObject *object)
{
  LatchSimServer *self = LATCH_SIM_SERVER (object);

  g_clear_handle_id (&self->gap_source, g_source_remove);
  g_clear_handle_id (&self->boot_source, g_source_remove);
  drop_current (self);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_clear_object (&self->discovery);
  g_clear_object (&self->faults);
  g_clear_object (&self->journal);
  g_clear_object (&self->bridge);

  G_OBJECT_CLASS (latch_sim_server_parent_class)->dispose (object);
}

static void
latch_sim_server_class_init (LatchSimServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = latch_sim_server_dispose;
}

static void
latch_sim_server_init (LatchSimServer *self)
{
  self->faults = latch_sim_faults_new ();
  self->journal = latch_sim_journal_new ();
  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (self->soup, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);
}

/**
 * latch_sim_server_new:
 *
 * Returns: (transfer full): what connects @bridge with the network
 */
LatchSimServer *
latch_sim_server_new (LatchSimBridge *bridge)
{
  LatchSimServer *self = g_object_new (LATCH_SIM_TYPE_SERVER, NULL);

  self->bridge = g_object_ref (bridge);
  self->port = get_options (self)->port;
  self->discovery = latch_sim_discovery_new (bridge, self->faults);
  latch_sim_callbacks_set_faults (latch_sim_bridge_get_callbacks (bridge), self->faults);
  for (char **fault = get_options (self)->faults; fault != NULL && *fault != NULL; fault++)
    latch_sim_faults_add_option (self->faults, *fault, NULL);
  g_signal_connect_object (bridge, "reboot", G_CALLBACK (reboot_cb), self, 0);

  return self;
}

/**
 * latch_sim_server_start:
 *
 * Returns: whether the addresses to listen at were free
 */
gboolean
latch_sim_server_start (LatchSimServer *self,
                        GError        **error)
{
  if (!listen (self, error))
    return FALSE;

  latch_sim_discovery_set_bridge_port (self->discovery, self->port);

  return get_options (self)->discovery_port < 0 || latch_sim_discovery_start (self->discovery, error);
}

/**
 * latch_sim_server_get_uri:
 *
 * Returns: (transfer full): the bridge's address
 */
char *
latch_sim_server_get_uri (LatchSimServer *self)
{
  return g_uri_join (G_URI_FLAGS_NONE, "http", NULL, get_options (self)->address, self->port, "", NULL, NULL);
}

LatchSimBridge *
latch_sim_server_get_bridge (LatchSimServer *self)
{
  return self->bridge;
}

LatchSimDiscovery *
latch_sim_server_get_discovery (LatchSimServer *self)
{
  return self->discovery;
}

LatchSimFaults *
latch_sim_server_get_faults (LatchSimServer *self)
{
  return self->faults;
}

LatchSimJournal *
latch_sim_server_get_journal (LatchSimServer *self)
{
  return self->journal;
}

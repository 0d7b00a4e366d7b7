/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-discovery.h"

#include "latch-sim-answers.h"

#include <libsoup/soup.h>
#include <string.h>

#define DISCOVERY_PATH "/discover/bridges"

/* A neighbour behind the same public address; IDs beyond 32 bits have been seen */
#define FOREIGN_ID G_GINT64_CONSTANT (9151414130)
#define FOREIGN_IP "192.168.241.7"

struct _LatchSimDiscovery
{
  GObject parent_instance;

  LatchSimBridge *bridge;
  LatchSimFaults *faults;
  int bridge_port;
  LatchSimDiscoveryMode mode;

  SoupServer *soup;
  int port;

  /* Holds a port at which nobody listens, for entries that are out of date */
  GSocket *stale_socket;
};

G_DEFINE_FINAL_TYPE (LatchSimDiscovery, latch_sim_discovery, G_TYPE_OBJECT)

static int
get_stale_port (LatchSimDiscovery *self)
{
  const char *ip = latch_sim_bridge_get_options (self->bridge)->address;
  g_autoptr (GSocketAddress) bound = NULL;

  if (self->stale_socket == NULL)
    {
      g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string (ip, 0);
      g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (any), G_SOCKET_TYPE_STREAM,
                                                 G_SOCKET_PROTOCOL_TCP, NULL);

      if (socket == NULL || !g_socket_bind (socket, any, FALSE, NULL))
        return 1;
      self->stale_socket = g_steal_pointer (&socket);
    }
  bound = g_socket_get_local_address (self->stale_socket, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

static void
write_bridge (JsonBuilder *builder,
              gint64       id,
              const char  *ip,
              int          port)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");

  json_builder_begin_object (builder);
  latch_sim_json_int (builder, "bridgeId", id);
  if (ip != NULL)
    {
      latch_sim_json_text (builder, "ip", ip);
      latch_sim_json_int (builder, "port", port);
    }
  latch_sim_json_text (builder, "dateUpdated", stamp);
  json_builder_end_object (builder);
}

/* The bridge's address as the caller sees it, where the bridge listens at all of its addresses. */
static char *
get_bridge_ip (LatchSimDiscovery *self,
               SoupServerMessage *message)
{
  const char *ip = latch_sim_bridge_get_options (self->bridge)->address;
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (ip);
  GSocketAddress *local = soup_server_message_get_local_address (message);

  if (g_inet_address_get_is_any (address) && G_IS_INET_SOCKET_ADDRESS (local))
    return g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local)));

  return g_strdup (ip);
}

static void
write_bridges (LatchSimDiscovery *self,
               SoupServerMessage *message,
               JsonBuilder       *builder)
{
  gint64 id = (gint64) latch_sim_bridge_get_profile (self->bridge)->server_id;
  g_autofree char *ip = get_bridge_ip (self, message);
  LatchSimDiscoveryMode mode = self->mode;

  if (mode == LATCH_SIM_DISCOVERY_NORMAL && !latch_sim_bridge_get_auth_enabled (self->bridge))
    mode = LATCH_SIM_DISCOVERY_HIDDEN;
  else if (mode == LATCH_SIM_DISCOVERY_NORMAL && latch_sim_bridge_get_profile (self->bridge)->software)
    mode = LATCH_SIM_DISCOVERY_NO_IP;

  switch (mode)
    {
    case LATCH_SIM_DISCOVERY_EMPTY:
      break;
    case LATCH_SIM_DISCOVERY_HIDDEN:
      write_bridge (builder, id, "0.0.0.0", 0);
      break;
    case LATCH_SIM_DISCOVERY_NO_IP:
      write_bridge (builder, id, NULL, 0);
      break;
    case LATCH_SIM_DISCOVERY_STALE:
      write_bridge (builder, id, ip, get_stale_port (self));
      break;
    case LATCH_SIM_DISCOVERY_FOREIGN:
      write_bridge (builder, FOREIGN_ID, FOREIGN_IP, 8080);
      write_bridge (builder, id, ip, self->bridge_port);
      break;
    default:
      write_bridge (builder, id, ip, self->bridge_port);
      break;
    }
}

static void
answer (LatchSimDiscovery *self,
        SoupServerMessage *message,
        LatchSimExchange  *exchange)
{
  static const char garbage[] = "<html><body>Please log in to this network.</body></html>";
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonBuilder) builder = NULL;

  switch (self->mode)
    {
    case LATCH_SIM_DISCOVERY_FORBIDDEN:
      latch_sim_answer_error (exchange, SOUP_STATUS_FORBIDDEN);
      return;
    case LATCH_SIM_DISCOVERY_GARBAGE:
      body = g_bytes_new_static (garbage, strlen (garbage));
      latch_sim_exchange_answer (exchange, SOUP_STATUS_OK, "text/html", body);
      return;
    default:
      break;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "bridges");
  json_builder_begin_array (builder);
  write_bridges (self, message, builder);
  json_builder_end_array (builder);
  latch_sim_json_int (builder, "errorCode", 0);
  json_builder_end_object (builder);
  latch_sim_answer_builder (exchange, builder);
}

static void
request_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  LatchSimDiscovery *self = user_data;
  g_autoptr (LatchSimExchange) exchange = NULL;
  LatchSimFault fault;

  if (!g_str_equal (path, DISCOVERY_PATH))
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }

  exchange = latch_sim_exchange_new (message, path, query, latch_sim_bridge_get_profile (self->bridge), NULL);
  fault = latch_sim_faults_take (self->faults, path, TRUE);
  latch_sim_exchange_set_fault (exchange, &fault);
  if (!latch_sim_answer_badly (exchange))
    answer (self, message, exchange);
  latch_sim_exchange_hold (exchange);
}

static void
latch_sim_discovery_dispose (GObject *object)
{
  LatchSimDiscovery *self = LATCH_SIM_DISCOVERY (object);

  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_clear_object (&self->stale_socket);
  g_clear_object (&self->faults);
  g_clear_object (&self->bridge);

  G_OBJECT_CLASS (latch_sim_discovery_parent_class)->dispose (object);
}

static void
latch_sim_discovery_class_init (LatchSimDiscoveryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = latch_sim_discovery_dispose;
}

static void
latch_sim_discovery_init (LatchSimDiscovery *self)
{
}

/**
 * latch_sim_discovery_new:
 * @bridge: the one bridge that it knows of
 * @faults: what shall go wrong where its path is named
 *
 * Returns: (transfer full): a stand-in for the vendor's discovery service
 */
LatchSimDiscovery *
latch_sim_discovery_new (LatchSimBridge *bridge,
                         LatchSimFaults *faults)
{
  LatchSimDiscovery *self = g_object_new (LATCH_SIM_TYPE_DISCOVERY, NULL);

  self->bridge = g_object_ref (bridge);
  self->faults = g_object_ref (faults);
  self->mode = latch_sim_bridge_get_options (bridge)->discovery;

  return self;
}

gboolean
latch_sim_discovery_start (LatchSimDiscovery *self,
                           GError           **error)
{
  const LatchSimOptions *options = latch_sim_bridge_get_options (self->bridge);
  g_autoptr (GSocketAddress) address =
      g_inet_socket_address_new_from_string (options->address, (guint) options->discovery_port);
  g_autoslist (GUri) uris = NULL;

  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);
  if (!soup_server_listen (self->soup, address, 0, error))
    return FALSE;

  uris = soup_server_get_uris (self->soup);
  self->port = g_uri_get_port (uris->data);

  return TRUE;
}

/**
 * latch_sim_discovery_get_uri:
 *
 * Returns: (transfer full) (nullable): the whole address to ask, or %NULL if the service is off
 */
char *
latch_sim_discovery_get_uri (LatchSimDiscovery *self)
{
  if (self->soup == NULL)
    return NULL;

  return g_uri_join (G_URI_FLAGS_NONE, "http", NULL, latch_sim_bridge_get_options (self->bridge)->address, self->port,
                     DISCOVERY_PATH, NULL, NULL);
}

/**
 * latch_sim_discovery_set_mode:
 * @mode: which of its disappointments the service has in store
 */
void
latch_sim_discovery_set_mode (LatchSimDiscovery    *self,
                              LatchSimDiscoveryMode mode)
{
  self->mode = mode;
}

void
latch_sim_discovery_set_bridge_port (LatchSimDiscovery *self,
                                     int                port)
{
  self->bridge_port = port;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-event-listener.h"

#include <libsoup/soup.h>
#include <sodium.h>

#include "latch-codec.h"
#include "latch-door.h"
#include "latch-visit.h"

/* What a bridge posts has some 200 bytes */
#define MAX_BODY_SIZE 4096
/* Bridges post one after the other. Strangers have places of their own, so that they cannot keep the bridge out */
#define MAX_VISITS 32
#define MAX_STRANGERS 8
/* Whoever finds no place before the door comes again after a second at the earliest: let even crowds wait there */
#define BACKLOG 4096
#define SECRET_SIZE 16
#define BAD_REQUEST "Bad Request\n"

/**
 * LatchEventListener:
 *
 * An HTTP server for the callbacks of one bridge: takes what comes from its addresses and to an unguessable path,
 * answers at once, and does nothing for anybody else. It runs in the main context in which it was started.
 */
struct _LatchEventListener
{
  GObject parent_instance;

  char *path;
  GPtrArray *peers; /* of GInetAddress */

  GSocketService *service; /* NULL while it does not run */
  SoupServer *server;
  LatchDoor *door;
  GPtrArray *visits; /* the oldest first */
  GInetAddress *address;
  char *url;

  GQueue news; /* of LatchDeviceSnapshot: answered, not told yet */
  GSource *tell;
};

enum
{
  EVENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LatchEventListener, latch_event_listener, G_TYPE_OBJECT)

static gboolean
is_peer (LatchEventListener *self, GSocketAddress *remote)
{
  GInetAddress *address = NULL;

  if (!G_IS_INET_SOCKET_ADDRESS (remote))
    return FALSE;

  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));

  return g_ptr_array_find_with_equal_func (self->peers, address, (GEqualFunc) g_inet_address_equal, NULL);
}

static guint
count_visits (LatchEventListener *self, gboolean strangers)
{
  guint count = 0;

  for (guint i = 0; i < self->visits->len; i++)
    count += latch_visit_is_stranger (self->visits->pdata[i]) == strangers;

  return count;
}

/* Whoever has been refused has had an answer; among the others, the bridge is not the one who takes longest */
static void
make_room (LatchEventListener *self)
{
  LatchVisit *worst = NULL;

  for (guint i = 0; i < self->visits->len; i++)
    {
      LatchVisit *visit = self->visits->pdata[i];

      if (latch_visit_is_stranger (visit))
        continue;
      if (worst == NULL || (latch_visit_is_refused (visit) && !latch_visit_is_refused (worst)))
        worst = visit;
    }

  g_ptr_array_remove (self->visits, worst);
}

static LatchVisit *
find_visit (LatchEventListener *self, SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  for (guint i = 0; i < self->visits->len; i++)
    if (latch_visit_is_of (self->visits->pdata[i], remote))
      return self->visits->pdata[i];

  return NULL;
}

static void
refuse (LatchEventListener *self, SoupServerMessage *message, guint status)
{
  LatchVisit *visit = find_visit (self, message);

  if (visit != NULL)
    latch_visit_refuse (visit, message, status);
}

static void
visit_over_cb (LatchVisit *visit, gpointer user_data)
{
  LatchEventListener *self = user_data;

  g_ptr_array_remove (self->visits, visit);
}

static gboolean
incoming_cb (LatchEventListener *self, GSocketConnection *connection)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  gboolean stranger = remote == NULL || !is_peer (self, remote);

  latch_door_note_arrival (self->door);
  if (local == NULL || remote == NULL || (stranger && count_visits (self, TRUE) >= MAX_STRANGERS))
    return TRUE; /* which closes it */

  if (!stranger && count_visits (self, FALSE) >= MAX_VISITS)
    make_room (self);
  g_ptr_array_add (self->visits, latch_visit_new (connection, remote, stranger, visit_over_cb, self));
  soup_server_accept_iostream (self->server, G_IO_STREAM (connection), local, remote, NULL);

  return TRUE;
}

static gboolean
tell_cb (gpointer user_data)
{
  g_autoptr (LatchEventListener) self = g_object_ref (user_data);
  LatchDeviceSnapshot *news = NULL;

  g_clear_pointer (&self->tell, g_source_unref);
  while ((news = g_queue_pop_head (&self->news)) != NULL)
    {
      g_signal_emit (self, signals[EVENT], 0, news);
      latch_device_snapshot_free (news);
    }

  return G_SOURCE_REMOVE;
}

/* When the main loop comes to it, the server has sent its answer, and whoever stops it pulls no rug from under it */
static void
tell_later (LatchEventListener *self, LatchDeviceSnapshot *news)
{
  g_queue_push_tail (&self->news, news);
  if (self->tell != NULL)
    return;

  self->tell = g_idle_source_new ();
  g_source_set_priority (self->tell, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->tell, tell_cb, self, NULL);
  g_source_attach (self->tell, g_main_context_get_thread_default ());
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  LatchEventListener *self = user_data;

  if (soup_server_message_get_request_body (message)->length > MAX_BODY_SIZE)
    refuse (self, message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE);
}

/* Who, where, how, how much: whatever is wrong, the body is not read. All others are welcome */
static void
headers_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  LatchEventListener *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GUri *uri = soup_server_message_get_uri (message);
  LatchVisit *visit = find_visit (self, message);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");

  if (!is_peer (self, soup_server_message_get_remote_address (message)))
    refuse (self, message, SOUP_STATUS_FORBIDDEN);
  else if (g_strcmp0 (path, self->path) != 0 || g_uri_get_query (uri) != NULL)
    refuse (self, message, SOUP_STATUS_NOT_FOUND);
  else if (soup_server_message_get_method (message) != SOUP_METHOD_POST)
    refuse (self, message, SOUP_STATUS_METHOD_NOT_ALLOWED);
  else if (soup_message_headers_get_content_length (headers) < 0)
    refuse (self, message, SOUP_STATUS_BAD_REQUEST); /* libsoup up to 3.6 would try to read less than nothing */
  else if (soup_message_headers_get_content_length (headers) > MAX_BODY_SIZE)
    refuse (self, message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE);
  else if (visit != NULL)
    {
      latch_visit_welcome (visit);
      g_signal_connect_object (message, "got-chunk", G_CALLBACK (got_chunk_cb), self, 0);
    }
}

static void
body_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  LatchEventListener *self = user_data;
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (LatchDeviceSnapshot) news = NULL;
  LatchVisit *visit = find_visit (self, message);

  /* Who had to make room may have said much before, and is not listened to any more */
  if (visit == NULL || !latch_visit_is_welcome (visit))
    {
      soup_server_message_set_status (message, SOUP_STATUS_SERVICE_UNAVAILABLE, NULL);
      return;
    }

  news = latch_codec_decode_callback_post (body, NULL);
  if (news == NULL)
    {
      soup_server_message_set_status (message, SOUP_STATUS_BAD_REQUEST, NULL);
      soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, BAD_REQUEST, strlen (BAD_REQUEST));
      return;
    }

  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
  tell_later (self, g_steal_pointer (&news));
}

static void
latch_event_listener_dispose (GObject *object)
{
  latch_event_listener_stop (LATCH_EVENT_LISTENER (object));

  G_OBJECT_CLASS (latch_event_listener_parent_class)->dispose (object);
}

static void
latch_event_listener_finalize (GObject *object)
{
  LatchEventListener *self = LATCH_EVENT_LISTENER (object);

  g_ptr_array_unref (self->visits);
  g_ptr_array_unref (self->peers);
  g_free (self->path);

  G_OBJECT_CLASS (latch_event_listener_parent_class)->finalize (object);
}

static void
latch_event_listener_class_init (LatchEventListenerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = latch_event_listener_dispose;
  object_class->finalize = latch_event_listener_finalize;

  /**
   * LatchEventListener::event:
   * @news: what the bridge said; it says less than in its list
   *
   * The bridge told of a change. It has got its answer already.
   */
  signals[EVENT] = g_signal_new ("event", LATCH_TYPE_EVENT_LISTENER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, LATCH_TYPE_DEVICE_SNAPSHOT | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
latch_event_listener_init (LatchEventListener *self)
{
  g_queue_init (&self->news);
  self->peers = g_ptr_array_new_with_free_func (g_object_unref);
  self->visits = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_visit_free);
}

/**
 * latch_event_listener_make_path:
 * @prefix: what it begins with, as "/nightlatch"
 *
 * Returns: (transfer full): a path that nobody can guess
 */
char *
latch_event_listener_make_path (const char *prefix)
{
  guint8 secret[SECRET_SIZE];
  char hex[2 * SECRET_SIZE + 1];

  g_return_val_if_fail (prefix != NULL, NULL);

  if (sodium_init () < 0)
    g_error ("There is no source of random numbers");
  randombytes_buf (secret, sizeof secret);

  return g_strconcat (prefix, "/", sodium_bin2hex (hex, sizeof hex, secret, sizeof secret), NULL);
}

/**
 * latch_event_listener_new:
 * @path: (nullable): where it takes callbacks, %NULL for latch_event_listener_make_path()
 *
 * Returns: (transfer full): a listener that does not listen yet, and knows nobody
 */
LatchEventListener *
latch_event_listener_new (const char *path)
{
  LatchEventListener *self = g_object_new (LATCH_TYPE_EVENT_LISTENER, NULL);

  g_return_val_if_fail (path == NULL || path[0] == '/', NULL);

  self->path = path != NULL ? g_strdup (path) : latch_event_listener_make_path ("");

  return self;
}

static SoupServer *
make_server (LatchEventListener *self)
{
  /* The path must be ours as it is, and not after some unescaping: but for letters and digits, which need none */
  SoupServer *server = SOUP_SERVER (g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL));

  soup_server_add_early_handler (server, NULL, headers_cb, self, NULL);
  soup_server_add_handler (server, NULL, body_cb, self, NULL);

  return server;
}

/**
 * latch_event_listener_start:
 * @address: one of this computer's addresses
 * @port: its port, 0 for any that is free
 *
 * Starts to listen, at this address only.
 *
 * Returns: whether it does; else @error is a %G_IO_ERROR
 */
gboolean
latch_event_listener_start (LatchEventListener *self, GInetAddress *address, guint16 port, GError **error)
{
  g_autoptr (GSocketService) service = NULL;
  g_autoptr (GSocketAddress) wanted = NULL;
  g_autoptr (GSocketAddress) got = NULL;
  g_autofree char *host = NULL;
  gboolean ipv6;

  g_return_val_if_fail (LATCH_IS_EVENT_LISTENER (self), FALSE);
  g_return_val_if_fail (G_IS_INET_ADDRESS (address), FALSE);
  g_return_val_if_fail (self->service == NULL, FALSE);

  service = g_socket_service_new ();
  wanted = g_inet_socket_address_new (address, port);
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (service), BACKLOG);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), wanted, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                      NULL, &got, error))
    return FALSE;

  self->service = g_steal_pointer (&service);
  self->server = make_server (self);
  self->address = g_object_ref (address);

  host = g_inet_address_to_string (address);
  ipv6 = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
  self->url = g_strdup_printf ("http://%s%s%s:%u%s", ipv6 ? "[" : "", host, ipv6 ? "]" : "",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got)), self->path);

  g_signal_connect_object (self->service, "incoming", G_CALLBACK (incoming_cb), self, G_CONNECT_SWAPPED);
  self->door = latch_door_new (self->service);

  return TRUE;
}

/**
 * latch_event_listener_stop:
 *
 * Stops to listen, and hangs up on everybody. It can be started again.
 */
void
latch_event_listener_stop (LatchEventListener *self)
{
  g_return_if_fail (LATCH_IS_EVENT_LISTENER (self));

  if (self->service == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->service, self);
  g_clear_pointer (&self->door, latch_door_free);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);

  if (self->tell != NULL)
    g_source_destroy (self->tell);
  g_clear_pointer (&self->tell, g_source_unref);
  g_queue_clear_full (&self->news, (GDestroyNotify) latch_device_snapshot_free);

  g_ptr_array_set_size (self->visits, 0);
  soup_server_remove_handler (self->server, NULL);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);

  g_clear_object (&self->address);
  g_clear_pointer (&self->url, g_free);
}

/**
 * latch_event_listener_set_peers:
 * @peers: (element-type GInetAddress): from where callbacks are taken
 */
void
latch_event_listener_set_peers (LatchEventListener *self, GPtrArray *peers)
{
  g_return_if_fail (LATCH_IS_EVENT_LISTENER (self));
  g_return_if_fail (peers != NULL);

  g_ptr_array_set_size (self->peers, 0);
  for (guint i = 0; i < peers->len; i++)
    g_ptr_array_add (self->peers, g_object_ref (peers->pdata[i]));
}

const char *
latch_event_listener_get_path (LatchEventListener *self)
{
  g_return_val_if_fail (LATCH_IS_EVENT_LISTENER (self), NULL);

  return self->path;
}

/**
 * latch_event_listener_get_address:
 *
 * Returns: (transfer none) (nullable): the address at which it listens, %NULL while it does not
 */
GInetAddress *
latch_event_listener_get_address (LatchEventListener *self)
{
  g_return_val_if_fail (LATCH_IS_EVENT_LISTENER (self), NULL);

  return self->address;
}

/**
 * latch_event_listener_get_url:
 *
 * Returns: (transfer none) (nullable): what the bridge shall call, %NULL while nobody listens
 */
const char *
latch_event_listener_get_url (LatchEventListener *self)
{
  g_return_val_if_fail (LATCH_IS_EVENT_LISTENER (self), NULL);

  return self->url;
}

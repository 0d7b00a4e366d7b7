/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-visit.h"

/* A bridge that has something to say says it at once */
#define DEADLINE_SECONDS 5

struct _LatchVisit
{
  GSocketConnection *connection; /* kept alive by the server; we are told when it is gone */
  GSocket *socket;
  GSocketAddress *remote;
  gboolean stranger;
  gboolean welcome;
  LatchVisitOver over;
  gpointer user_data;

  guint deadline_id;
  GIOStream *refused; /* what the server had of the connection, once that was taken from it */
  GSource *hung_up;
};

static void
connection_gone_cb (gpointer user_data, GObject *where_it_was)
{
  LatchVisit *self = user_data;

  self->connection = NULL;
  self->over (self, self->user_data);
}

static gboolean
deadline_cb (gpointer user_data)
{
  LatchVisit *self = user_data;

  self->deadline_id = 0;
  if (self->refused != NULL)
    self->over (self, self->user_data);
  else
    g_socket_shutdown (self->socket, TRUE, TRUE, NULL); /* the server sees the end, and lets go of it */

  return G_SOURCE_REMOVE;
}

static gboolean
hung_up_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  LatchVisit *self = user_data;

  self->over (self, self->user_data);

  return G_SOURCE_REMOVE;
}

/**
 * latch_visit_new:
 * @connection: what was accepted
 * @remote: from where it comes: the object by which the server will name it
 * @stranger: whether it comes from somebody whom we do not know
 * @over: called when the connection is closed, or closes if the visit is freed
 */
LatchVisit *
latch_visit_new (GSocketConnection *connection,
                 GSocketAddress *remote,
                 gboolean stranger,
                 LatchVisitOver over,
                 gpointer user_data)
{
  LatchVisit *self = g_new0 (LatchVisit, 1);

  self->connection = connection;
  self->socket = g_object_ref (g_socket_connection_get_socket (connection));
  self->remote = g_object_ref (remote);
  self->stranger = stranger;
  self->over = over;
  self->user_data = user_data;
  self->deadline_id = g_timeout_add_seconds (DEADLINE_SECONDS, deadline_cb, self);
  g_object_weak_ref (G_OBJECT (connection), connection_gone_cb, self);

  return self;
}

/**
 * latch_visit_free:
 *
 * Hangs up, if nobody has yet.
 */
void
latch_visit_free (LatchVisit *self)
{
  if (self->connection != NULL)
    {
      g_object_weak_unref (G_OBJECT (self->connection), connection_gone_cb, self);
      g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
    }

  g_clear_handle_id (&self->deadline_id, g_source_remove);
  if (self->hung_up != NULL)
    g_source_destroy (self->hung_up);
  g_clear_pointer (&self->hung_up, g_source_unref);
  if (self->refused != NULL)
    g_io_stream_close (self->refused, NULL, NULL);
  g_clear_object (&self->refused);
  g_clear_object (&self->remote);
  g_clear_object (&self->socket);
  g_free (self);
}

gboolean
latch_visit_is_stranger (LatchVisit *self)
{
  return self->stranger;
}

/**
 * latch_visit_welcome:
 *
 * Tells that its request is one that we want.
 */
void
latch_visit_welcome (LatchVisit *self)
{
  self->welcome = TRUE;
}

gboolean
latch_visit_is_welcome (LatchVisit *self)
{
  return self->welcome;
}

gboolean
latch_visit_is_refused (LatchVisit *self)
{
  return self->refused != NULL;
}

/**
 * latch_visit_is_of:
 * @remote: the address of a request's other side
 *
 * Returns: whether the request came with this visit
 */
gboolean
latch_visit_is_of (LatchVisit *self, GSocketAddress *remote)
{
  return self->remote == remote;
}

/**
 * latch_visit_refuse:
 * @message: its request, whose body need not have come
 * @status: why not
 *
 * Answers a request in a few words without reading on. A server would read the whole body first, however long it is.
 * The answer would be lost if we hung up on somebody who still talks: so that is left to the other side, in its time.
 */
void
latch_visit_refuse (LatchVisit *self, SoupServerMessage *message, guint status)
{
  const char *phrase = soup_status_get_phrase (status);
  g_autofree char *answer = NULL;

  answer = g_strdup_printf ("HTTP/1.1 %u %s\r\n"
                            "Content-Type: text/plain\r\n"
                            "%s"
                            "Content-Length: %" G_GSIZE_FORMAT "\r\n"
                            "Connection: close\r\n"
                            "\r\n"
                            "%s\n",
                            status, phrase, status == SOUP_STATUS_METHOD_NOT_ALLOWED ? "Allow: POST\r\n" : "",
                            strlen (phrase) + 1, phrase);

  self->welcome = FALSE;
  self->refused = soup_server_message_steal_connection (message);
  /* Nothing was sent before, so that there is room for these few bytes */
  g_socket_send_with_blocking (self->socket, answer, strlen (answer), FALSE, NULL, NULL);
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);

  self->hung_up = g_socket_create_source (self->socket, G_IO_HUP | G_IO_ERR, NULL);
  g_source_set_callback (self->hung_up, G_SOURCE_FUNC (hung_up_cb), self, NULL);
  g_source_attach (self->hung_up, g_main_context_get_thread_default ());
}

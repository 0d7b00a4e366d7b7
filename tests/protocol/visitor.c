/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor.h"

#include <string.h>

#include "latch-test-loop.h"

#define TIMEOUT_SECONDS 20
#define TRICKLE_MS 100

struct _Visitor
{
  guint16 port;
  GBytes *bytes;
  VisitorFlags flags;
  GThread *thread;

  gboolean tried; /* atomic */
  gboolean left;  /* atomic; what follows is for the thread until then */
  gboolean connected;
  gsize n_sent;
  GString *heard;
  gint64 end;
};

static void
mark (gboolean *flag)
{
  g_atomic_int_set (flag, TRUE);
  g_main_context_wakeup (NULL);
}

static GSocketConnection *
connect_to_it (Visitor *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) there =
      g_inet_socket_address_new_from_string (self->flags & VISITOR_IPV6 ? "::1" : "127.0.0.1", self->port);
  g_autoptr (GSocketAddress) here = g_inet_socket_address_new_from_string ("127.0.0.2", 0);
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, TIMEOUT_SECONDS);
  g_socket_client_set_enable_proxy (client, FALSE);
  if (self->flags & VISITOR_STRANGER)
    g_socket_client_set_local_address (client, here);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (there), NULL, NULL);
  self->connected = connection != NULL;
  mark (&self->tried);

  return connection;
}

static void
trickle (GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);

  while (!g_socket_condition_timed_wait (socket, G_IO_IN, TRICKLE_MS * G_TIME_SPAN_MILLISECOND, NULL, NULL))
    if (g_socket_send (socket, "x", 1, NULL, NULL) < 0)
      return;
}

static void
listen_to_it (Visitor *self, GSocketConnection *connection)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  char buffer[4096];
  gssize n_read;

  while ((n_read = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL)) > 0)
    {
      g_string_append_len (self->heard, buffer, n_read);
      if ((self->flags & VISITOR_READS_HEAD_ONLY) && strstr (self->heard->str, "\r\n\r\n") != NULL)
        return;
    }

  /* Half a farewell is none: the other side may have stopped to talk and still listen */
  while ((self->flags & VISITOR_NEVER_ENDS) && n_read == 0)
    if (g_output_stream_write (g_io_stream_get_output_stream (G_IO_STREAM (connection)), "x", 1, NULL, NULL) < 0)
      return;
    else
      g_usleep (TRICKLE_MS * G_TIME_SPAN_MILLISECOND);
}

static gpointer
visit (gpointer user_data)
{
  Visitor *self = user_data;
  g_autoptr (GSocketConnection) connection = connect_to_it (self);

  if (connection != NULL)
    {
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                 g_bytes_get_data (self->bytes, NULL), g_bytes_get_size (self->bytes), &self->n_sent,
                                 NULL, NULL);
      if (self->flags & VISITOR_SHUTS_DOWN)
        g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
      if (self->flags & VISITOR_TRICKLES)
        trickle (connection);
      listen_to_it (self, connection);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }

  self->end = g_get_monotonic_time ();
  mark (&self->left);

  return NULL;
}

Visitor *
visitor_new (guint16 port, const char *bytes, gssize length, VisitorFlags flags)
{
  Visitor *self = g_new0 (Visitor, 1);

  self->port = port;
  self->bytes = g_bytes_new (bytes, length >= 0 ? (gsize) length : strlen (bytes));
  self->flags = flags;
  self->heard = g_string_new (NULL);
  self->thread = g_thread_new ("visitor", visit, self);

  return self;
}

void
visitor_join (Visitor *self)
{
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

void
visitor_free (Visitor *self)
{
  visitor_join (self);
  g_bytes_unref (self->bytes);
  g_string_free (self->heard, TRUE);
  g_free (self);
}

char *
visitor_finish (Visitor *self)
{
  latch_test_wait_until (g_atomic_int_get (&self->left));
  visitor_join (self);

  return g_strdup (self->heard->str);
}

void
visitor_wait_until_connected (Visitor *self)
{
  latch_test_wait_until (g_atomic_int_get (&self->tried));
}

gboolean
visitor_was_connected (Visitor *self)
{
  return self->connected;
}

gboolean
visitor_was_cut_off (Visitor *self)
{
  return self->n_sent < g_bytes_get_size (self->bytes);
}

gsize
visitor_get_n_sent (Visitor *self)
{
  return self->n_sent;
}

gint64
visitor_get_end (Visitor *self)
{
  return self->end;
}

/* How many files this program has open */
guint
visitor_count_files (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint count = 0;

  while (g_dir_read_name (folder) != NULL)
    count++;

  return count;
}

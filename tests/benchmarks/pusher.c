/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pusher.h"

#include <string.h>

#include "waiting.h"

typedef struct
{
  char *body; /* NULL: there will be no more */
  guint delay_ms;
} Push;

struct _Pusher
{
  GThread *thread;
  GAsyncQueue *pushes;
  GUri *uri;

  GMutex mutex;
  gint64 began_at;
  gint64 waited_before;
  gint64 answered_at;
};

static void
push_free (Push *push)
{
  g_free (push->body);
  g_free (push);
}

static void
note (Pusher *self, gint64 *place, gint64 time)
{
  g_mutex_lock (&self->mutex);
  *place = time;
  g_mutex_unlock (&self->mutex);
}

static void
deliver (Pusher *self, const char *body)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) there = g_inet_socket_address_new_from_string (g_uri_get_host (self->uri), g_uri_get_port (self->uri));
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *request = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"
                                              "Content-Length: %" G_GSIZE_FORMAT "\r\nConnection: close\r\n\r\n%s",
                                              g_uri_get_path (self->uri), g_uri_get_host (self->uri), strlen (body), body);
  char answer[512] = "";
  gsize n_read = 0;

  g_socket_client_set_enable_proxy (client, FALSE);
  note (self, &self->waited_before, waiting_measure ());
  note (self, &self->began_at, g_get_monotonic_time ());
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (there), NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request), NULL,
                             NULL, &error);
  g_assert_no_error (error);
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer, sizeof answer - 1, &n_read,
                           NULL, &error);
  g_assert_no_error (error);
  note (self, &self->answered_at, g_get_monotonic_time ());
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 204 "));
}

static gpointer
run (gpointer user_data)
{
  Pusher *self = user_data;

  for (;;)
    {
      Push *push = g_async_queue_pop (self->pushes);
      gboolean last = push->body == NULL;

      if (!last)
        {
          g_usleep (push->delay_ms * G_TIME_SPAN_MILLISECOND);
          deliver (self, push->body);
        }
      push_free (push);
      if (last)
        return NULL;
    }
}

Pusher *
pusher_new (const char *url)
{
  Pusher *self = g_new0 (Pusher, 1);

  self->uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  self->pushes = g_async_queue_new_full ((GDestroyNotify) push_free);
  g_mutex_init (&self->mutex);
  self->thread = g_thread_new ("pusher", run, self);

  return self;
}

void
pusher_free (Pusher *self)
{
  pusher_push (self, NULL, 0);
  g_thread_join (self->thread);
  g_async_queue_unref (self->pushes);
  g_uri_unref (self->uri);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
pusher_push (Pusher *self, const char *body, guint delay_ms)
{
  Push *push = g_new0 (Push, 1);

  push->body = g_strdup (body);
  push->delay_ms = delay_ms;
  note (self, &self->began_at, 0);
  note (self, &self->answered_at, 0);
  g_async_queue_push (self->pushes, push);
}

static gint64
look_up (Pusher *self, const gint64 *place)
{
  gint64 time;

  g_mutex_lock (&self->mutex);
  time = *place;
  g_mutex_unlock (&self->mutex);

  return time;
}

gint64
pusher_get_began_at (Pusher *self)
{
  return look_up (self, &self->began_at);
}

gint64
pusher_get_answered_at (Pusher *self)
{
  return look_up (self, &self->answered_at);
}

gint64
pusher_get_waited_before (Pusher *self)
{
  return look_up (self, &self->waited_before);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-stand-in.h"

#include <string.h>

#define ANY_PATH "*"
#define READ_SIZE 4096
#define ENDLESS_TAIL 1024

struct _BridgeStandIn
{
  GSocketService *service;
  guint16 port;
  GHashTable *answers; /* path → GBytes */
  gboolean endless;
  gboolean keep_alive;

  GPtrArray *targets;
  GPtrArray *heads;
  GPtrArray *visits; /* open connections */
  guint n_connections;
  guint64 n_sent;
};

/* One connection */
typedef struct
{
  BridgeStandIn *stand_in;
  GSocketConnection *connection;
  GCancellable *cancellable;
  GString *received;
  GBytes *answer;
} Visit;

static void read_more (Visit *visit);

static void
visit_free (Visit *visit)
{
  g_clear_object (&visit->connection);
  g_clear_object (&visit->cancellable);
  g_clear_pointer (&visit->answer, g_bytes_unref);
  g_string_free (visit->received, TRUE);
  g_free (visit);
}

/* The stand-in may be gone by then, but if so it has cancelled what was under way */
static void
end_visit (Visit *visit)
{
  if (!g_cancellable_is_cancelled (visit->cancellable))
    g_ptr_array_remove (visit->stand_in->visits, visit);
  g_io_stream_close (G_IO_STREAM (visit->connection), NULL, NULL);
  visit_free (visit);
}

static void write_answer (Visit *visit);

static void
wrote_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;
  gsize n_written = 0;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, &n_written, NULL) ||
      g_cancellable_is_cancelled (visit->cancellable))
    {
      end_visit (visit);
      return;
    }

  visit->stand_in->n_sent += n_written;
  if (visit->stand_in->endless)
    {
      gsize size = g_bytes_get_size (visit->answer);
      g_autoptr (GBytes) tail = g_bytes_new_from_bytes (visit->answer, size - MIN (size, ENDLESS_TAIL),
                                                        MIN (size, ENDLESS_TAIL));

      g_bytes_unref (visit->answer);
      visit->answer = g_steal_pointer (&tail);
      write_answer (visit);
    }
  else if (visit->stand_in->keep_alive)
    read_more (visit);
  else
    end_visit (visit);
}

static void
write_answer (Visit *visit)
{
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (visit->connection)),
                                   g_bytes_get_data (visit->answer, NULL), g_bytes_get_size (visit->answer),
                                   G_PRIORITY_DEFAULT, visit->cancellable, wrote_cb, visit);
}

/* Whether a whole head has been received; then it is dealt with */
static gboolean
take_head (Visit *visit)
{
  BridgeStandIn *self = visit->stand_in;
  char *end = strstr (visit->received->str, "\r\n\r\n");
  g_auto (GStrv) words = NULL;
  g_autofree char *path = NULL;
  GBytes *answer = NULL;

  if (end == NULL)
    return FALSE;

  words = g_strsplit (visit->received->str, " ", 3);
  g_assert_cmpuint (g_strv_length (words), ==, 3);
  g_assert_cmpstr (words[0], ==, "GET");
  g_ptr_array_add (self->targets, g_strdup (words[1]));
  g_ptr_array_add (self->heads, g_strndup (visit->received->str, end - visit->received->str));
  g_string_erase (visit->received, 0, end + 4 - visit->received->str);

  path = g_strndup (words[1], strcspn (words[1], "?"));
  answer = g_hash_table_lookup (self->answers, path);
  if (answer == NULL)
    answer = g_hash_table_lookup (self->answers, ANY_PATH);
  g_clear_pointer (&visit->answer, g_bytes_unref);
  if (answer != NULL)
    visit->answer = g_bytes_ref (answer);

  return TRUE;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      end_visit (visit);
      return;
    }

  g_string_append_len (visit->received, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (take_head (visit) && visit->answer != NULL)
    write_answer (visit);
  else
    read_more (visit);
}

static void
read_more (Visit *visit)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (G_IO_STREAM (visit->connection)), READ_SIZE,
                                   G_PRIORITY_DEFAULT, visit->cancellable, read_cb, visit);
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  BridgeStandIn *self = user_data;
  Visit *visit = g_new0 (Visit, 1);

  visit->stand_in = self;
  visit->connection = g_object_ref (connection);
  visit->cancellable = g_cancellable_new ();
  visit->received = g_string_new (NULL);
  g_ptr_array_add (self->visits, visit);
  self->n_connections++;
  read_more (visit);

  return TRUE;
}

BridgeStandIn *
bridge_stand_in_new_at (const char *address)
{
  BridgeStandIn *self = g_new0 (BridgeStandIn, 1);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, 0);
  g_autoptr (GSocketAddress) got = NULL;
  g_autoptr (GError) error = NULL;

  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), 64);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &got, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->targets = g_ptr_array_new_with_free_func (g_free);
  self->heads = g_ptr_array_new_with_free_func (g_free);
  self->visits = g_ptr_array_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);

  return self;
}

BridgeStandIn *
bridge_stand_in_new (void)
{
  return bridge_stand_in_new_at ("127.0.0.1");
}

void
bridge_stand_in_free (BridgeStandIn *self)
{
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  for (guint i = 0; i < self->visits->len; i++)
    g_cancellable_cancel (((Visit *) self->visits->pdata[i])->cancellable);
  /* The visits end themselves */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_ptr_array_unref (self->visits);
  g_ptr_array_unref (self->targets);
  g_ptr_array_unref (self->heads);
  g_hash_table_unref (self->answers);
  g_object_unref (self->service);
  g_free (self);
}

guint16
bridge_stand_in_get_port (BridgeStandIn *self)
{
  return self->port;
}

void
bridge_stand_in_answer_raw (BridgeStandIn *self, const char *path, const char *bytes, gssize length)
{
  g_hash_table_replace (self->answers, g_strdup (path != NULL ? path : ANY_PATH),
                        g_bytes_new (bytes, length >= 0 ? (gsize) length : strlen (bytes)));
}

void
bridge_stand_in_answer (BridgeStandIn *self, const char *path, guint status, const char *body)
{
  g_autofree char *bytes = g_strdup_printf ("HTTP/1.1 %u Whatever\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                            status, strlen (body), body);

  bridge_stand_in_answer_raw (self, path, bytes, -1);
}

void
bridge_stand_in_set_endless (BridgeStandIn *self, gboolean endless)
{
  self->endless = endless;
}

void
bridge_stand_in_set_keep_alive (BridgeStandIn *self, gboolean keep_alive)
{
  self->keep_alive = keep_alive;
}

guint
bridge_stand_in_get_n_requests (BridgeStandIn *self)
{
  return self->targets->len;
}

guint
bridge_stand_in_count (BridgeStandIn *self, const char *path)
{
  guint count = 0;

  for (guint i = 0; i < self->targets->len; i++)
    {
      const char *target = self->targets->pdata[i];

      count += g_str_has_prefix (target, path) && strchr ("?", target[strlen (path)]) != NULL;
    }

  return count;
}

const char *
bridge_stand_in_get_target (BridgeStandIn *self, guint index)
{
  g_assert_cmpuint (index, <, self->targets->len);

  return self->targets->pdata[index];
}

const char *
bridge_stand_in_get_head (BridgeStandIn *self, guint index)
{
  g_assert_cmpuint (index, <, self->heads->len);

  return self->heads->pdata[index];
}

/* Returns: (transfer full): all targets, separated by spaces */
char *
bridge_stand_in_list_targets (BridgeStandIn *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->targets->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (const char *) self->targets->pdata[i]);

  return g_string_free_and_steal (text);
}

guint
bridge_stand_in_get_n_connections (BridgeStandIn *self)
{
  return self->n_connections;
}

guint
bridge_stand_in_get_n_open (BridgeStandIn *self)
{
  return self->visits->len;
}

guint64
bridge_stand_in_get_n_sent (BridgeStandIn *self)
{
  return self->n_sent;
}

guint16
bridge_stand_in_find_dead_port (void)
{
  BridgeStandIn *self = bridge_stand_in_new ();
  guint16 port = self->port;

  bridge_stand_in_free (self);

  return port;
}

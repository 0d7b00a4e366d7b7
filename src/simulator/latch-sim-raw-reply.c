/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-raw-reply.h"

#include <sys/socket.h>

/* What a proper HTTP server would not do: sixteen pieces, a quarter of a second apart */
#define N_PIECES 16
#define PIECE_INTERVAL_MS 250

typedef struct
{
  GIOStream *stream;
  GSocket *socket;
  GBytes *bytes;
  gsize written;
  gsize piece;
  LatchSimRawReplyDone done;
  gpointer user_data;
} RawReply;

static void
finish (RawReply *reply)
{
  latch_sim_raw_reply_drop (reply->stream, reply->socket, FALSE);
  reply->done (reply->user_data);
  g_object_unref (reply->stream);
  g_object_unref (reply->socket);
  g_bytes_unref (reply->bytes);
  g_free (reply);
}

static void write_piece_cb (gpointer user_data);

static void
wrote_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  RawReply *reply = user_data;
  gsize written = 0;
  gboolean ok = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, &written, NULL);

  reply->written += written;
  if (!ok || reply->written == g_bytes_get_size (reply->bytes))
    finish (reply);
  else
    g_timeout_add_once (PIECE_INTERVAL_MS, write_piece_cb, reply);
}

static void
write_piece_cb (gpointer user_data)
{
  RawReply *reply = user_data;
  gsize size;
  const guint8 *data = g_bytes_get_data (reply->bytes, &size);

  g_output_stream_write_all_async (g_io_stream_get_output_stream (reply->stream), data + reply->written,
                                   MIN (reply->piece, size - reply->written), G_PRIORITY_DEFAULT, NULL, wrote_cb,
                                   reply);
}

/**
 * latch_sim_raw_reply_drop:
 * @reset: whether the other side gets a reset instead of an orderly end
 *
 * Closes a connection without a word.
 */
void
latch_sim_raw_reply_drop (GIOStream *stream,
                          GSocket   *socket,
                          gboolean   reset)
{
  if (reset)
    {
      struct linger linger = { .l_onoff = 1, .l_linger = 0 };

      setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    }

  g_io_stream_close (stream, NULL, NULL);
  g_socket_close (socket, NULL);
}

/**
 * latch_sim_raw_reply_send:
 * @body: the whole body
 * @truncate: send half of @body at once and end there; else all of it, but slowly
 * @done: called when the connection is closed
 *
 * Answers a request badly.
 */
void
latch_sim_raw_reply_send (GIOStream           *stream,
                          GSocket             *socket,
                          guint                status,
                          const char          *phrase,
                          const char          *type,
                          GBytes              *body,
                          gboolean             truncate,
                          LatchSimRawReplyDone done,
                          gpointer             user_data)
{
  RawReply *reply = g_new0 (RawReply, 1);
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "HTTP/1.1 %u %s\r\n"
                          "Connection: Close\r\n"
                          "Content-Type: %s\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n"
                          "\r\n",
                          status, phrase, type, size);
  g_string_append_len (text, data, truncate ? size / 2 : size);

  reply->stream = g_object_ref (stream);
  reply->socket = g_object_ref (socket);
  reply->bytes = g_string_free_to_bytes (text);
  reply->piece = truncate ? g_bytes_get_size (reply->bytes) : g_bytes_get_size (reply->bytes) / N_PIECES + 1;
  reply->done = done;
  reply->user_data = user_data;

  write_piece_cb (reply);
}

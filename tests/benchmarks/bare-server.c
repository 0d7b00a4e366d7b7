/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib-unix.h>
#include <libsoup/soup.h>
#include <unistd.h>

/*
 * Usage: bare-server BODY
 *
 * A SoupServer that does nothing but answer everything with BODY, in the form in which bridges answer. Ends when
 * standard input does.
 */

static void
request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *body = user_data;

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_append (headers, "Connection", "Close");
  soup_message_headers_append (headers, "Content-Type", "application/json;charset=utf-8");
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC, body, strlen (body));
  soup_message_body_complete (soup_server_message_get_response_body (message));
}

static gboolean
ended_cb (int fd, GIOCondition condition, gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  soup_server_add_handler (server, NULL, request_cb, argv[1], NULL);
  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    g_error ("%s", error->message);

  uris = soup_server_get_uris (server);
  g_print ("listening on http://127.0.0.1:%d\n", g_uri_get_port (uris->data));
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, ended_cb, loop);
  g_main_loop_run (loop);

  return 0;
}

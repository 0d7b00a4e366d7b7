/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "latch-discovery.h"
#include "latch-error.h"

#include <libsoup/soup.h>
#include <string.h>

/* A discovery service of our own */
typedef struct
{
  SoupServer *server;
  char *url;
  guint status;
  const char *redirection;
  GBytes *body;
  gboolean drips; /* sends its answer byte by byte, and never comes to an end */
  guint n_requests;
  char *paths;
  GSource *drip;
} Service;

typedef struct
{
  gboolean is_done;
  GPtrArray *bridges;
  GError *error;
} Outcome;

static gboolean
drip_cb (gpointer user_data)
{
  SoupServerMessage *message = user_data;

  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC, " ", 1);
  soup_server_message_unpause (message);

  return G_SOURCE_CONTINUE;
}

static void
request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Service *self = user_data;
  g_autofree char *paths = g_steal_pointer (&self->paths);

  self->n_requests++;
  self->paths = g_strconcat (paths != NULL ? paths : "", soup_server_message_get_method (message), " ", path, "\n",
                             NULL);

  soup_server_message_set_status (message, self->status, NULL);
  if (self->redirection != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", self->redirection);

  if (self->drips)
    {
      soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
      soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC, "{", 1);
      self->drip = g_timeout_source_new (100);
      g_source_set_callback (self->drip, drip_cb, g_object_ref (message), g_object_unref);
      g_source_attach (self->drip, NULL);
    }
  else if (self->body != NULL && g_bytes_get_size (self->body) > 0)
    {
      soup_message_headers_set_content_type (soup_server_message_get_response_headers (message), "text/html", NULL);
      soup_message_body_append_bytes (soup_server_message_get_response_body (message), self->body);
    }
}

static void
service_set_up (Service *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->status = SOUP_STATUS_OK;
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d/discover/bridges", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
service_tear_down (Service *self, gconstpointer data)
{
  if (self->drip != NULL)
    g_source_destroy (self->drip);
  g_clear_pointer (&self->drip, g_source_unref);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->paths, g_free);
}

static void
found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->bridges = latch_discovery_find_finish (result, &outcome->error);
  outcome->is_done = TRUE;
}

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->bridges, g_ptr_array_unref);
  g_clear_error (&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
find (const char *url, GCancellable *cancellable, Outcome *outcome)
{
  latch_discovery_find_async (url, cancellable, found_cb, outcome);
  while (!outcome->is_done)
    g_main_context_iteration (NULL, TRUE);

  g_assert_true ((outcome->bridges != NULL) != (outcome->error != NULL));
}

static void
assert_error (const Outcome *outcome, int code)
{
  g_assert_error (outcome->error, LATCH_ERROR, code);
  g_assert_nonnull (strstr (outcome->error->message, "You can still enter the bridge’s address"));
}

static void
test_finds_bridges (Service *service, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  LatchDiscoveredBridge *bridge;

  service->body = fixture_load ("discover-spec");
  find (service->url, NULL, &outcome);

  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.bridges->len, ==, 1);
  bridge = g_ptr_array_index (outcome.bridges, 0);
  g_assert_cmpuint (bridge->bridge_id, ==, 2117604523);
  g_assert_cmpstr (bridge->ip, ==, "192.168.1.50");
  g_assert_cmpstr (service->paths, ==, "GET /discover/bridges\n");
}

static void
test_finds_none (Service *service, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  service->body = fixture_load ("discover-none");
  find (service->url, NULL, &outcome);

  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.bridges->len, ==, 0);
}

static void
test_status (Service *service, gconstpointer data)
{
  static const guint statuses[] = { 204, 401, 403, 404, 500, 503 };

  service->body = fixture_load ("discover-spec");
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_auto (Outcome) outcome = { 0 };

      service->status = statuses[i];
      find (service->url, NULL, &outcome);
      assert_error (&outcome, LATCH_ERROR_REFUSED);
    }

  /* Each asked once: neither asked again, nor anybody else in its place */
  g_assert_cmpuint (service->n_requests, ==, G_N_ELEMENTS (statuses));
}

static void
test_redirection (Service *service, gconstpointer data)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };

  service->redirection = "/elsewhere";
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_auto (Outcome) outcome = { 0 };

      service->status = statuses[i];
      find (service->url, NULL, &outcome);
      assert_error (&outcome, LATCH_ERROR_REFUSED);
    }

  g_assert_null (strstr (service->paths, "/elsewhere"));
}

static void
test_answer_is_checked (Service *service, gconstpointer data)
{
  static const struct
  {
    const char *fixture;
    int code;
  } answers[] = {
    { "discover-html", LATCH_ERROR_MALFORMED },
    { "discover-missing", LATCH_ERROR_MALFORMED },
    { "discover-error", LATCH_ERROR_REFUSED },
    { "list-no-body", LATCH_ERROR_MALFORMED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_auto (Outcome) outcome = { 0 };

      g_clear_pointer (&service->body, g_bytes_unref);
      service->body = fixture_load (answers[i].fixture);
      find (service->url, NULL, &outcome);
      assert_error (&outcome, answers[i].code);
    }
}

static void
test_answer_is_bounded (Service *service, gconstpointer data)
{
  for (int more = 0; more <= 1; more++)
    {
      static const char answer[] = "{\"bridges\":[],\"errorCode\":0}";
      g_auto (Outcome) outcome = { 0 };
      gsize length = 1024 * 1024 + more;
      char *text = g_strnfill (length, ' ');

      memcpy (text, answer, strlen (answer));
      g_clear_pointer (&service->body, g_bytes_unref);
      service->body = g_bytes_new_take (text, length);
      find (service->url, NULL, &outcome);

      if (more == 0)
        g_assert_no_error (outcome.error);
      else
        assert_error (&outcome, LATCH_ERROR_MALFORMED);
    }
}

static void
test_unreachable (Service *service, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  soup_server_disconnect (service->server);
  find (service->url, NULL, &outcome);

  assert_error (&outcome, LATCH_ERROR_UNREACHABLE);
}

static void
test_deadline (Service *service, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  gint64 start = g_get_monotonic_time ();

  service->drips = TRUE;
  find (service->url, NULL, &outcome);

  assert_error (&outcome, LATCH_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 11 * G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 30 * G_USEC_PER_SEC);
}

static void
test_cancellation (Service *service, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Outcome) outcome = { 0 };
  g_auto (Outcome) second = { 0 };

  service->drips = TRUE;
  latch_discovery_find_async (service->url, cancellable, found_cb, &outcome);
  while (service->n_requests == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (outcome.is_done);

  g_cancellable_cancel (cancellable);
  while (!outcome.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  find (service->url, cancellable, &second);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (service->n_requests, ==, 1);
}

static void
test_invalid_address (void)
{
  static const char *const urls[] = {
    "", "bridges", "//factory.example/", "ftp://factory.example/", "http://", "http://[::1", "file:///etc/passwd",
    "https:///discover",
  };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_auto (Outcome) outcome = { 0 };

      find (urls[i], NULL, &outcome);
      g_assert_error (outcome.error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT);
    }
}

/* The system's proxy settings, for this program alone: so far to use none */
typedef GSimpleProxyResolver Settings;
typedef GSimpleProxyResolverClass SettingsClass;

GType settings_get_type (void);

static gboolean
settings_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static void
settings_resolver_init (GProxyResolverInterface *iface)
{
  iface->is_supported = settings_is_supported;
}

G_DEFINE_TYPE_WITH_CODE (Settings, settings, G_TYPE_SIMPLE_PROXY_RESOLVER,
                         G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, settings_resolver_init)
                         g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
                         g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, g_define_type_id,
                                                         "settings", 1000))

static void
settings_class_init (SettingsClass *klass)
{
}

static void
settings_init (Settings *self)
{
  g_simple_proxy_resolver_set_default_proxy (self, "direct://");
}

static void
line_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GPtrArray *lines = user_data;
  char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (object), result, NULL, NULL);

  if (line != NULL)
    g_ptr_array_add (lines, line);
  g_ptr_array_unref (lines);
}

/* A proxy that lets nobody through, so that nobody outside is asked: its connections end once the line is read */
static gboolean
connection_cb (GSocketService *proxy, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (stream);

  g_object_set_data_full (G_OBJECT (input), "connection", g_object_ref (connection), g_object_unref);
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, line_cb, g_ptr_array_ref (user_data));

  return TRUE;
}

static void
test_both_servers (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GSocketService) proxy = g_socket_service_new ();
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *url = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (proxy), NULL, NULL);

  g_assert_cmpuint (port, !=, 0);
  g_signal_connect (proxy, "incoming", G_CALLBACK (connection_cb), lines);
  url = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_simple_proxy_resolver_set_default_proxy (G_SIMPLE_PROXY_RESOLVER (g_proxy_resolver_get_default ()), url);

  find (NULL, NULL, &outcome);

  assert_error (&outcome, LATCH_ERROR_UNREACHABLE);
  g_assert_cmpuint (lines->len, >=, 2);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (lines, 0), "CONNECT factory.nuki.io:443 "));
  g_assert_true (g_str_has_prefix (g_ptr_array_index (lines, lines->len - 1), "CONNECT api.nuki.io:443 "));

  g_simple_proxy_resolver_set_default_proxy (G_SIMPLE_PROXY_RESOLVER (g_proxy_resolver_get_default ()), "direct://");
  g_socket_service_stop (proxy);
  g_socket_listener_close (G_SOCKET_LISTENER (proxy));
}

int
main (int argc, char **argv)
{
  g_setenv ("GIO_USE_PROXY_RESOLVER", "settings", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_type_ensure (settings_get_type ());

#define ADD(path, test) g_test_add (path, Service, NULL, service_set_up, test, service_tear_down)
  ADD ("/discovery/finds-bridges-whatever-the-content-type", test_finds_bridges);
  ADD ("/discovery/finds-none", test_finds_none);
  ADD ("/discovery/status/is-an-error-that-says-what-to-do", test_status);
  ADD ("/discovery/redirection/is-not-followed", test_redirection);
  ADD ("/discovery/answer/is-checked", test_answer_is_checked);
  ADD ("/discovery/answer/is-bounded", test_answer_is_bounded);
  ADD ("/discovery/unreachable/says-what-to-do", test_unreachable);
  ADD ("/discovery/deadline/holds-for-the-whole-answer", test_deadline);
  ADD ("/discovery/cancellation/ends-the-search", test_cancellation);
#undef ADD
  g_test_add_func ("/discovery/address/is-checked", test_invalid_address);
  g_test_add_func ("/discovery/address/is-that-of-either-server-by-default", test_both_servers);

  return g_test_run ();
}

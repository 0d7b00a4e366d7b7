/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-test-simulator.h"

#include <libsoup/soup.h>
#include <signal.h>
#include <sys/prctl.h>

#define BRIDGE_LINE "Bridge listening on "
#define DISCOVERY_LINE "Discovery at "

struct _LatchTestSimulator
{
  GSubprocess *process;
  char *uri;
  char *host;
  guint16 port;
  char *discovery_uri;
  SoupSession *session;
};

/* Between fork and exec: a simulator does not outlive its test, however that ends */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static char *
read_line (GDataInputStream *lines, const char *start)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

  g_assert_no_error (error);
  if (line == NULL || !g_str_has_prefix (line, start))
    g_error ("The simulator said “%s” where “%s…” was expected", line != NULL ? line : "nothing", start);

  return g_strdup (line + strlen (start));
}

/**
 * latch_test_simulator_newv:
 * @arguments: (array zero-terminated=1): options of nightlatch-simulator, but for --port
 *
 * Starts a simulated bridge at a free port.
 */
LatchTestSimulator *
latch_test_simulator_newv (const char *const *arguments)
{
  LatchTestSimulator *self = g_new0 (LatchTestSimulator, 1);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;
  gboolean discovery = FALSE;

  g_assert_nonnull (g_getenv ("NIGHTLATCH_SIMULATOR"));
  g_strv_builder_add_many (builder, g_getenv ("NIGHTLATCH_SIMULATOR"), "--port=0", NULL);
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      g_strv_builder_add (builder, arguments[i]);
      discovery |= g_str_has_prefix (arguments[i], "--discovery-port=");
    }
  argv = g_strv_builder_end (builder);

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);

  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  self->uri = read_line (lines, BRIDGE_LINE);
  if (discovery)
    self->discovery_uri = read_line (lines, DISCOVERY_LINE);

  uri = g_uri_parse (self->uri, G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  self->host = g_strdup (g_uri_get_host (uri));
  self->port = g_uri_get_port (uri);
  self->session = soup_session_new_with_options ("proxy-resolver", NULL, "timeout", 20, NULL);

  return self;
}

/**
 * latch_test_simulator_new:
 * @argument: (nullable): the first option of nightlatch-simulator, followed by more, ending in %NULL
 *
 * Starts a simulated bridge at a free port.
 */
LatchTestSimulator *
latch_test_simulator_new (const char *argument, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  va_list args;

  va_start (args, argument);
  for (const char *each = argument; each != NULL; each = va_arg (args, const char *))
    g_ptr_array_add (arguments, (char *) each);
  va_end (args);
  g_ptr_array_add (arguments, NULL);

  return latch_test_simulator_newv ((const char *const *) arguments->pdata);
}

/* Ends the program, as if the bridge were unplugged. Its address is not served any more. */
void
latch_test_simulator_stop (LatchTestSimulator *self)
{
  g_autoptr (GError) error = NULL;

  if (self->process == NULL)
    return;

  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  /* It may not have got so far as to take notice of the signal */
  if (g_subprocess_get_if_exited (self->process))
    g_assert_cmpint (g_subprocess_get_exit_status (self->process), ==, 0);
  else
    g_assert_cmpint (g_subprocess_get_term_sig (self->process), ==, SIGTERM);
  g_clear_object (&self->process);
}

void
latch_test_simulator_free (LatchTestSimulator *self)
{
  latch_test_simulator_stop (self);
  g_clear_object (&self->session);
  g_free (self->uri);
  g_free (self->host);
  g_free (self->discovery_uri);
  g_free (self);
}

const char *
latch_test_simulator_get_host (LatchTestSimulator *self)
{
  return self->host;
}

guint16
latch_test_simulator_get_port (LatchTestSimulator *self)
{
  return self->port;
}

const char *
latch_test_simulator_get_uri (LatchTestSimulator *self)
{
  return self->uri;
}

/* Only with --discovery-port */
const char *
latch_test_simulator_get_discovery_uri (LatchTestSimulator *self)
{
  return self->discovery_uri;
}

/* A bridge that reboots is not there for a moment; to ask again does no harm */
static gboolean
is_worth_another_try (const char *method, const GError *error, gint64 deadline)
{
  return error != NULL && method == SOUP_METHOD_GET && g_get_monotonic_time () < deadline;
}

static GBytes *
steer (LatchTestSimulator *self, const char *method, const char *path)
{
  gint64 deadline = g_get_monotonic_time () + LATCH_TEST_DEADLINE_US;
  g_autofree char *uri = g_strdup_printf ("%s/simulator/%s", self->uri, path);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (message);
  body = soup_session_send_and_read (self->session, message, NULL, &error);
  while (is_worth_another_try (method, error, deadline))
    {
      g_clear_error (&error);
      g_usleep (20 * G_TIME_SPAN_MILLISECOND);
      g_object_unref (message);
      message = soup_message_new (method, uri);
      body = soup_session_send_and_read (self->session, message, NULL, &error);
    }
  g_assert_no_error (error);
  if (soup_message_get_status (message) != SOUP_STATUS_OK)
    g_error ("%s %s: %.*s", method, uri, (int) g_bytes_get_size (body), (const char *) g_bytes_get_data (body, NULL));

  return g_steal_pointer (&body);
}

static void
steer_only (LatchTestSimulator *self, const char *method, const char *path)
{
  g_autoptr (GBytes) body = steer (self, method, path);
}

static JsonNode *
steer_json (LatchTestSimulator *self, const char *path)
{
  g_autoptr (GBytes) body = steer (self, SOUP_METHOD_GET, path);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, g_bytes_get_data (body, NULL), g_bytes_get_size (body), &error);
  g_assert_no_error (error);

  return json_parser_steal_root (parser);
}

void
latch_test_simulator_post (LatchTestSimulator *self, const char *path, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, path);
  text = g_strdup_vprintf (path, args);
  va_end (args);
  steer_only (self, SOUP_METHOD_POST, text);
}

void
latch_test_simulator_press_button (LatchTestSimulator *self)
{
  steer_only (self, SOUP_METHOD_POST, "button");
}

/**
 * latch_test_simulator_add_fault:
 * @kind: as --fault takes it
 * @path: (nullable): the endpoint, or %NULL for all
 * @count: how often, 0 for always
 */
void
latch_test_simulator_add_fault (LatchTestSimulator *self, const char *kind, const char *path, guint count)
{
  g_autoptr (GString) text = g_string_new ("faults?kind=");

  g_string_append (text, kind);
  if (path != NULL)
    g_string_append_printf (text, "&path=%s", path);
  if (count > 0)
    g_string_append_printf (text, "&count=%u", count);
  steer_only (self, SOUP_METHOD_POST, text->str);
}

void
latch_test_simulator_clear_faults (LatchTestSimulator *self)
{
  steer_only (self, SOUP_METHOD_DELETE, "faults");
}

/* Returns: (transfer full): the truth about the bridge and its locks */
JsonNode *
latch_test_simulator_get_state (LatchTestSimulator *self)
{
  return steer_json (self, "state");
}

/* Returns: where the bolt really is */
int
latch_test_simulator_get_lock_state (LatchTestSimulator *self, guint64 nuki_id)
{
  g_autoptr (JsonNode) root = latch_test_simulator_get_state (self);
  JsonArray *locks = json_object_get_array_member (json_node_get_object (root), "locks");

  for (guint i = 0; i < json_array_get_length (locks); i++)
    {
      JsonObject *lock = json_array_get_object_element (locks, i);

      if ((guint64) json_object_get_int_member (lock, "nukiId") == nuki_id)
        return json_object_get_int_member (lock, "state");
    }

  g_error ("There is no lock %" G_GUINT64_FORMAT, nuki_id);
}

static void
request_free (LatchTestRequest *request)
{
  g_free (request->path);
  g_free (request->line);
  g_free (request->query);
  g_free (request->auth);
  g_free (request);
}

static char *
strip_proof (const char *path, const char *query)
{
  static const char *const proofs[] = { "token=", "ctoken=", "nonce=", "ts=", "rnr=", "hash=" };
  g_auto (GStrv) parameters = g_strsplit (query, "&", -1);
  GString *line = g_string_new (path);
  char separator = '?';

  for (guint i = 0; parameters[i] != NULL; i++)
    {
      gboolean is_proof = parameters[i][0] == '\0';

      for (guint j = 0; j < G_N_ELEMENTS (proofs); j++)
        is_proof |= g_str_has_prefix (parameters[i], proofs[j]);
      if (is_proof)
        continue;

      g_string_append_printf (line, "%c%s", separator, parameters[i]);
      separator = '&';
    }

  return g_string_free_and_steal (line);
}

static LatchTestRequest *
read_request (JsonObject *object)
{
  LatchTestRequest *request = g_new0 (LatchTestRequest, 1);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (json_object_get_string_member (object, "time"), NULL);

  g_assert_nonnull (time);
  request->time = g_date_time_to_unix_usec (time);
  request->path = g_strdup (json_object_get_string_member (object, "path"));
  request->query = g_strdup (json_object_get_string_member (object, "query"));
  request->line = strip_proof (request->path, request->query);
  request->auth = g_strdup (json_object_get_string_member_with_default (object, "auth", NULL));
  request->status = json_object_get_int_member_with_default (object, "status", 0);

  return request;
}

/* Returns: (transfer full) (element-type LatchTestRequest): the journal */
GPtrArray *
latch_test_simulator_get_requests (LatchTestSimulator *self)
{
  g_autoptr (JsonNode) root = steer_json (self, "requests");
  JsonArray *array = json_node_get_array (root);
  GPtrArray *requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (requests, read_request (json_array_get_object_element (array, i)));

  return requests;
}

/**
 * latch_test_simulator_count_requests:
 * @path: (nullable): an endpoint, as "/list"; %NULL for all
 */
guint
latch_test_simulator_count_requests (LatchTestSimulator *self, const char *path)
{
  g_autoptr (GPtrArray) requests = latch_test_simulator_get_requests (self);
  guint count = 0;

  for (guint i = 0; i < requests->len; i++)
    count += path == NULL || g_str_equal (((LatchTestRequest *) requests->pdata[i])->path, path);

  return count;
}

/* Returns: (transfer full): the lines of all requests, separated by spaces */
char *
latch_test_simulator_list_requests (LatchTestSimulator *self)
{
  g_autoptr (GPtrArray) requests = latch_test_simulator_get_requests (self);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < requests->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", ((LatchTestRequest *) requests->pdata[i])->line);

  return g_string_free_and_steal (text);
}

void
latch_test_simulator_clear_requests (LatchTestSimulator *self)
{
  steer_only (self, SOUP_METHOD_DELETE, "requests");
}

/* Lets the test's main loop run until the bridge has got a request to @path */
void
latch_test_simulator_wait_for_request (LatchTestSimulator *self, const char *path)
{
  gint64 deadline = g_get_monotonic_time () + LATCH_TEST_DEADLINE_US;

  while (latch_test_simulator_count_requests (self, path) == 0)
    {
      if (g_get_monotonic_time () > deadline)
        g_error ("The bridge never got a request to %s", path);
      latch_test_run_for (10);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-exchange.h"

#include "latch-sim-mangle.h"
#include "latch-sim-raw-reply.h"

#include <string.h>

struct _LatchSimExchange
{
  GObject parent_instance;

  SoupServerMessage *message;
  char *path;
  GHashTable *query;
  gboolean software;
  LatchSimFault fault;
  JsonObject *journal_entry;

  GSource *watch;
  gboolean paused;
  gboolean answered;
  gboolean settled;
  gboolean over;
};

G_DEFINE_FINAL_TYPE (LatchSimExchange, latch_sim_exchange, G_TYPE_OBJECT)

enum
{
  SIGNAL_ABANDONED,
  SIGNAL_SETTLED,
  SIGNAL_OVER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
stop_watching (LatchSimExchange *self)
{
  if (self->watch != NULL)
    {
      g_source_destroy (self->watch);
      g_clear_pointer (&self->watch, g_source_unref);
    }
}

static void
settle (LatchSimExchange *self)
{
  if (self->settled)
    return;

  self->settled = TRUE;
  g_signal_emit (self, signals[SIGNAL_SETTLED], 0);
}

static void
finish (LatchSimExchange *self)
{
  if (self->over)
    return;

  self->over = TRUE;
  stop_watching (self);
  settle (self);
  g_signal_emit (self, signals[SIGNAL_OVER], 0);
}

static void
message_finished_cb (SoupServerMessage *message,
                     gpointer           user_data)
{
  g_autoptr (LatchSimExchange) self = g_object_ref (user_data);

  g_signal_handlers_disconnect_by_data (message, self);
  g_clear_object (&self->message);
  finish (self);
}

static void
unref_cb (gpointer  data,
          GClosure *closure)
{
  g_object_unref (data);
}

static void
raw_reply_done_cb (gpointer user_data)
{
  g_autoptr (LatchSimExchange) self = user_data;

  finish (self);
}

/* Takes the connection out of the HTTP server's hands, so that it can be treated badly. */
static GIOStream *
steal (LatchSimExchange *self,
       GSocket         **socket)
{
  g_autoptr (SoupServerMessage) message = g_steal_pointer (&self->message);

  stop_watching (self);
  self->answered = TRUE;
  g_signal_handlers_disconnect_by_data (message, self);
  g_set_object (socket, soup_server_message_get_socket (message));

  return soup_server_message_steal_connection (message);
}

static gboolean
gone_cb (GSocket     *socket,
         GIOCondition condition,
         gpointer     user_data)
{
  g_autoptr (LatchSimExchange) self = g_object_ref (user_data);
  char byte;
  GInputVector vector = { &byte, 1 };
  int flags = G_SOCKET_MSG_PEEK;
  gssize size = g_socket_receive_message (socket, NULL, &vector, 1, NULL, NULL, &flags, NULL, NULL);

  stop_watching (self);
  if (size > 0)
    return G_SOURCE_REMOVE; /* A second request on the same connection; it has to wait */

  g_signal_emit (self, signals[SIGNAL_ABANDONED], 0);
  latch_sim_exchange_drop (self, FALSE);

  return G_SOURCE_REMOVE;
}

static void
transmit (LatchSimExchange *self,
          guint             status,
          const char       *type,
          GBytes           *body)
{
  g_autoptr (GBytes) mangled = latch_sim_mangle (self->fault.kind, body);
  SoupMessageHeaders *headers;
  SoupMessageBody *response;

  self->answered = TRUE;
  stop_watching (self);
  if (self->journal_entry != NULL)
    json_object_set_int_member (self->journal_entry, "status", status);

  if (self->fault.kind == LATCH_SIM_FAULT_SLOW || self->fault.kind == LATCH_SIM_FAULT_TRUNCATE)
    {
      g_autoptr (GSocket) socket = NULL;
      g_autoptr (GIOStream) stream = steal (self, &socket);

      if (stream == NULL || socket == NULL)
        finish (self);
      else
        latch_sim_raw_reply_send (stream, socket, status, latch_sim_exchange_get_phrase (status), type, mangled,
                                  self->fault.kind == LATCH_SIM_FAULT_TRUNCATE, raw_reply_done_cb,
                                  g_object_ref (self));
      return;
    }

  headers = soup_server_message_get_response_headers (self->message);
  response = soup_server_message_get_response_body (self->message);

  /* As in the one dump of a real bridge's headers: no keep-alive, no date, chunked. HTTP/1.0 knows no chunks */
  soup_message_headers_remove (headers, "Date");
  soup_message_headers_replace (headers, "Connection", "Close");
  soup_message_headers_replace (headers, "Content-Type", type);
  if (soup_server_message_get_http_version (self->message) == SOUP_HTTP_1_0)
    soup_message_headers_set_content_length (headers, (goffset) g_bytes_get_size (mangled));
  else
    soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  if (g_bytes_get_size (mangled) > 0)
    soup_message_body_append_bytes (response, mangled);
  soup_message_body_complete (response);

  soup_server_message_set_status (self->message, status, latch_sim_exchange_get_phrase (status));
  if (self->paused)
    soup_server_message_unpause (self->message);

  settle (self);
}

static void
latch_sim_exchange_finalize (GObject *object)
{
  LatchSimExchange *self = LATCH_SIM_EXCHANGE (object);

  stop_watching (self);
  g_clear_object (&self->message);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->journal_entry, json_object_unref);

  G_OBJECT_CLASS (latch_sim_exchange_parent_class)->finalize (object);
}

static void
latch_sim_exchange_class_init (LatchSimExchangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_sim_exchange_finalize;

  /**
   * LatchSimExchange::abandoned:
   *
   * The caller hung up before it was answered. Emitted only while watched.
   */
  signals[SIGNAL_ABANDONED] = g_signal_new ("abandoned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 0);

  /**
   * LatchSimExchange::settled:
   *
   * The answer is on its way, or there will be none: the bridge is free for the next request. Were it
   * to wait for the end of the connection, a caller that has read all of the answer could be faster.
   */
  signals[SIGNAL_SETTLED] = g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);

  /**
   * LatchSimExchange::over:
   *
   * The connection is closed.
   */
  signals[SIGNAL_OVER] = g_signal_new ("over", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
latch_sim_exchange_init (LatchSimExchange *self)
{
}

/**
 * latch_sim_exchange_new:
 * @query: (nullable) (element-type utf8 utf8): the request's parameters, decoded
 * @profile: (transfer none): which bridge answers
 * @journal_entry: (nullable): where to note what became of the request
 *
 * Returns: (transfer full): a request and, sooner or later, its answer
 */
LatchSimExchange *
latch_sim_exchange_new (SoupServerMessage     *message,
                        const char            *path,
                        GHashTable            *query,
                        const LatchSimProfile *profile,
                        JsonObject            *journal_entry)
{
  LatchSimExchange *self = g_object_new (LATCH_SIM_TYPE_EXCHANGE, NULL);

  self->message = g_object_ref (message);
  self->path = g_strdup (path);
  self->query = query != NULL ? g_hash_table_ref (query) : g_hash_table_new (g_str_hash, g_str_equal);
  self->software = profile->software;
  self->journal_entry = journal_entry != NULL ? json_object_ref (journal_entry) : NULL;

  /* The message keeps it alive until the connection is closed */
  g_signal_connect_data (message, "finished", G_CALLBACK (message_finished_cb), g_object_ref (self), unref_cb, 0);

  return self;
}

const char *
latch_sim_exchange_get_path (LatchSimExchange *self)
{
  return self->path;
}

GHashTable *
latch_sim_exchange_get_query (LatchSimExchange *self)
{
  return self->query;
}

/**
 * latch_sim_exchange_get_param:
 *
 * Returns: (transfer none) (nullable): the value of the parameter @name
 */
const char *
latch_sim_exchange_get_param (LatchSimExchange *self,
                              const char       *name)
{
  return g_hash_table_lookup (self->query, name);
}

/**
 * latch_sim_exchange_get_number:
 * @fallback: the value if the parameter is missing
 * @number: (out): the value
 *
 * Returns: %FALSE if the parameter is there, but is no number from 0 to @maximum
 */
gboolean
latch_sim_exchange_get_number (LatchSimExchange *self,
                               const char       *name,
                               guint64           fallback,
                               guint64           maximum,
                               guint64          *number)
{
  const char *text = latch_sim_exchange_get_param (self, name);

  *number = fallback;

  return text == NULL || g_ascii_string_to_unsigned (text, 10, 0, maximum, number, NULL);
}

/**
 * latch_sim_exchange_set_fault:
 *
 * Decides what goes wrong with this request.
 */
void
latch_sim_exchange_set_fault (LatchSimExchange    *self,
                              const LatchSimFault *fault)
{
  self->fault = *fault;
  if (self->journal_entry != NULL && fault->kind != LATCH_SIM_FAULT_NONE)
    json_object_set_string_member (self->journal_entry, "fault", fault->name);
}

LatchSimFaultKind
latch_sim_exchange_get_fault (LatchSimExchange *self,
                              guint            *status)
{
  *status = self->fault.status;

  return self->fault.kind;
}

/**
 * latch_sim_exchange_is_software:
 *
 * Returns: whether a software bridge answers
 */
gboolean
latch_sim_exchange_is_software (LatchSimExchange *self)
{
  return self->software;
}

/**
 * latch_sim_exchange_get_phrase:
 *
 * Returns: (transfer none): how bridges call an HTTP status, which is not always what the standard says
 */
const char *
latch_sim_exchange_get_phrase (guint status)
{
  return status == SOUP_STATUS_SERVICE_UNAVAILABLE ? "Unavailable" : soup_status_get_phrase (status);
}

/**
 * latch_sim_exchange_answer:
 * @status: an HTTP status
 * @type: the body's content type
 * @body: the body, perhaps empty
 *
 * Answers, unless that has been done, the caller has gone, or the fault is that answers get lost.
 */
void
latch_sim_exchange_answer (LatchSimExchange *self,
                           guint             status,
                           const char       *type,
                           GBytes           *body)
{
  if (self->answered || self->message == NULL)
    return;

  if (self->fault.kind == LATCH_SIM_FAULT_LOST_RESPONSE)
    latch_sim_exchange_drop (self, FALSE);
  else
    transmit (self, status, type, body);
}

/**
 * latch_sim_exchange_redirect:
 *
 * Sends the caller to where its request would work, so that it shows whether its token follows a
 * redirection.
 */
void
latch_sim_exchange_redirect (LatchSimExchange *self)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (self->message));
  g_autofree char *location = g_strdup_printf ("%s?%s", self->path, query != NULL ? query : "");
  g_autoptr (GBytes) body = g_bytes_new_static ("", 0);

  soup_message_headers_replace (soup_server_message_get_response_headers (self->message), "Location", location);
  transmit (self, SOUP_STATUS_FOUND, "text/plain", body);
}

/**
 * latch_sim_exchange_drop:
 * @reset: whether the caller gets a reset instead of an orderly end
 *
 * Hangs up without an answer.
 */
void
latch_sim_exchange_drop (LatchSimExchange *self,
                         gboolean          reset)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GIOStream) stream = NULL;

  if (self->answered || self->message == NULL)
    return;

  /* There is neither if the server has closed the connection already, as when the bridge reboots */
  stream = steal (self, &socket);
  if (stream != NULL && socket != NULL)
    latch_sim_raw_reply_drop (stream, socket, reset);
  finish (self);
}

/**
 * latch_sim_exchange_watch:
 *
 * Has the caller wait, and takes note if it gives up.
 */
void
latch_sim_exchange_watch (LatchSimExchange *self)
{
  if (self->answered || self->watch != NULL)
    return;

  self->watch = g_socket_create_source (soup_server_message_get_socket (self->message), G_IO_IN | G_IO_HUP, NULL);
  g_source_set_callback (self->watch, G_SOURCE_FUNC (gone_cb), self, NULL);
  g_source_attach (self->watch, g_main_context_get_thread_default ());
}

/**
 * latch_sim_exchange_hold:
 *
 * To be called when the request's handler returns: an answer that is not there yet will come later.
 */
void
latch_sim_exchange_hold (LatchSimExchange *self)
{
  if (self->answered || self->message == NULL)
    return;

  self->paused = TRUE;
  soup_server_message_pause (self->message);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-client.h"

#include "latch-client-private.h"
#include "latch-codec.h"
#include "latch-enum-types.h"
#include "latch-error.h"

/* Seconds. Reads shorter than this fail on real bridges; an action over a bad radio link takes 10 s. */
#define READ_DEADLINE 12
#define COMMAND_DEADLINE 25

/**
 * LatchClient:
 *
 * One Nuki bridge, as its HTTP API shows it: an operation for each endpoint. Requests are queued: one at a time,
 * commands first. Every operation can be cancelled and fails with a #LatchError.
 */
struct _LatchClient
{
  GObject parent_instance;

  char *host;
  guint16 port;
  guint timeout;
  LatchPriority read_priority;
  LatchAuthenticator *authenticator;
  LatchRequestQueue *queue;
};

enum
{
  PROP_0,
  PROP_HOST,
  PROP_PORT,
  PROP_ACCEPTED_MODE,
  N_PROPS
};

enum
{
  SENT,
  BUSY,
  ANSWERED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LatchClient, latch_client, G_TYPE_OBJECT)

static void
accepted_mode_cb (LatchClient *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCEPTED_MODE]);
}

static void
sent_cb (LatchClient *self, const char *path)
{
  g_signal_emit (self, signals[SENT], 0, path);
}

static void
busy_cb (LatchClient *self, const char *path)
{
  g_signal_emit (self, signals[BUSY], 0, path);
}

static void
answered_cb (LatchClient *self)
{
  g_signal_emit (self, signals[ANSWERED], 0);
}

static void
latch_client_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  LatchClient *self = LATCH_CLIENT (object);

  switch (prop_id)
    {
    case PROP_HOST:
      g_value_set_string (value, self->host);
      break;
    case PROP_PORT:
      g_value_set_uint (value, self->port);
      break;
    case PROP_ACCEPTED_MODE:
      g_value_set_enum (value, latch_client_get_accepted_mode (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
latch_client_finalize (GObject *object)
{
  LatchClient *self = LATCH_CLIENT (object);

  g_clear_object (&self->queue);
  g_clear_object (&self->authenticator);
  g_clear_pointer (&self->host, g_free);

  G_OBJECT_CLASS (latch_client_parent_class)->finalize (object);
}

static void
latch_client_class_init (LatchClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_client_get_property;
  object_class->finalize = latch_client_finalize;

  properties[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_PORT] = g_param_spec_uint ("port", NULL, NULL, 0, G_MAXUINT16, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  /**
   * LatchClient:accepted-mode:
   *
   * The form of the token that the bridge accepts; worth keeping, as nothing weaker will be sent from then on.
   */
  properties[PROP_ACCEPTED_MODE] =
      g_param_spec_enum ("accepted-mode", NULL, NULL, LATCH_TYPE_AUTH_MODE, LATCH_AUTH_MODE_AUTO,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * LatchClient::sent:
   * @path: the endpoint, as "/auth"
   *
   * A request was written to the bridge, which from now on deals with it.
   */
  signals[SENT] =
      g_signal_new ("sent", LATCH_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * LatchClient::busy:
   * @path: the endpoint
   *
   * The bridge had no time for a request, which will be made again.
   */
  signals[BUSY] =
      g_signal_new ("busy", LATCH_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * LatchClient::answered:
   *
   * The bridge gave a successful answer to whatever it was asked: it is there.
   */
  signals[ANSWERED] = g_signal_new ("answered", LATCH_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
latch_client_init (LatchClient *self)
{
  self->authenticator = latch_authenticator_new ();
  g_signal_connect_object (self->authenticator, "notify::accepted-mode", G_CALLBACK (accepted_mode_cb), self,
                           G_CONNECT_SWAPPED);
  self->queue = latch_request_queue_new (self->authenticator);
  g_signal_connect_object (self->queue, "sent", G_CALLBACK (sent_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->queue, "busy", G_CALLBACK (busy_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->queue, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
}

/* For the files that share this class */

void
latch_client_read (LatchClient *self,
                   const char *path,
                   const char *query,
                   LatchRequestFlags flags,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  guint seconds = self->timeout != 0 ? self->timeout : READ_DEADLINE;

  if (self->read_priority == LATCH_PRIORITY_PERSON)
    flags |= LATCH_REQUEST_PERSON;

  latch_request_queue_send_async (self->queue, self, path, query, flags, 1000 * seconds, cancellable, callback, user_data);
}

void
latch_client_command (LatchClient *self,
                      const char *path,
                      const char *query,
                      LatchRequestFlags flags,
                      guint deadline,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  guint seconds = self->timeout != 0 ? self->timeout : deadline != 0 ? deadline : COMMAND_DEADLINE;

  latch_request_queue_send_async (self->queue, self, path, query, flags | LATCH_REQUEST_COMMAND, 1000 * seconds,
                                  cancellable, callback, user_data);
}

/* Asks for the token: nothing is lost when its outcome is unknown */
void
latch_client_ask (LatchClient *self,
                  const char *path,
                  guint deadline,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  guint seconds = self->timeout != 0 ? self->timeout : deadline;

  latch_request_queue_send_async (self->queue, self, path, NULL, LATCH_REQUEST_NO_TOKEN | LATCH_REQUEST_PERSON,
                                  1000 * seconds, cancellable, callback, user_data);
}

/* Finishes a command whose answer is `success`, with a `message` where that is false */
gboolean
latch_client_command_finish (LatchClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GBytes) body = NULL;

  g_return_val_if_fail (LATCH_IS_CLIENT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  body = latch_request_queue_send_finish (result, error);
  if (body == NULL)
    return FALSE;
  if (latch_codec_decode_success (body, error))
    return TRUE;

  latch_error_make_outcome_unknown (error);
  return FALSE;
}

LatchRequestQueue *
latch_client_get_queue (LatchClient *self)
{
  return self->queue;
}

void
latch_client_heard_info (LatchClient *self, const LatchInfoSnapshot *info)
{
  latch_authenticator_heard_info (self->authenticator, info);
}

/* Bridges before API 1.9 do not know deviceType, later ones answer 404 without it for all but Smart Locks 1.0 and 2.0 */
char *
latch_client_device_query (guint64 nuki_id, int device_type)
{
  if (device_type < 0)
    return g_strdup_printf ("nukiId=%" G_GUINT64_FORMAT, nuki_id);

  return g_strdup_printf ("nukiId=%" G_GUINT64_FORMAT "&deviceType=%d", nuki_id, device_type);
}

/**
 * latch_client_new:
 * @host: a host name or an address, IPv6 without brackets
 * @port: its port
 *
 * Returns: (transfer full): a client that has no token yet
 */
LatchClient *
latch_client_new (const char *host, guint16 port)
{
  LatchClient *self = g_object_new (LATCH_TYPE_CLIENT, NULL);

  latch_client_set_address (self, host, port);

  return self;
}

/**
 * latch_client_new_like:
 * @like: a client
 * @host: where to look instead
 * @port: its port
 *
 * Returns: (transfer full): a client with the token of @like that shows it in the form which @like's bridge accepts,
 *   and in no other
 */
LatchClient *
latch_client_new_like (LatchClient *like, const char *host, guint16 port)
{
  LatchClient *self = NULL;

  g_return_val_if_fail (LATCH_IS_CLIENT (like), NULL);

  self = latch_client_new (host, port);
  latch_authenticator_copy_token (self->authenticator, like->authenticator);
  latch_client_set_auth_mode (self, latch_client_get_accepted_mode (like));
  latch_client_set_timeout (self, like->timeout);
  latch_client_set_turnstile (self, latch_request_queue_get_turnstile (like->queue));

  return self;
}

const char *
latch_client_get_host (LatchClient *self)
{
  g_return_val_if_fail (LATCH_IS_CLIENT (self), NULL);

  return self->host;
}

guint16
latch_client_get_port (LatchClient *self)
{
  g_return_val_if_fail (LATCH_IS_CLIENT (self), 0);

  return self->port;
}

/**
 * latch_client_set_address:
 * @host: a host name or an address, IPv6 without brackets
 * @port: its port
 *
 * Sets where the bridge is. What is under way still goes to the former address.
 */
void
latch_client_set_address (LatchClient *self, const char *host, guint16 port)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));
  g_return_if_fail (host != NULL);

  if (g_set_str (&self->host, host))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOST]);
  if (self->port != port)
    {
      self->port = port;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PORT]);
    }
  latch_request_queue_set_address (self->queue, host, port);
}

gboolean
latch_client_has_token (LatchClient *self)
{
  g_return_val_if_fail (LATCH_IS_CLIENT (self), FALSE);

  return latch_authenticator_has_token (self->authenticator);
}

/**
 * latch_client_knows_token:
 *
 * Returns: whether @token is the bridge's, as far as is known
 */
gboolean
latch_client_knows_token (LatchClient *self, const char *token)
{
  g_return_val_if_fail (LATCH_IS_CLIENT (self), FALSE);

  return latch_authenticator_knows_token (self->authenticator, token);
}

/**
 * latch_client_set_token:
 * @token: (nullable): the bridge's token; kept in memory only
 */
void
latch_client_set_token (LatchClient *self, const char *token)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_authenticator_set_token (self->authenticator, token);
}

LatchAuthMode
latch_client_get_auth_mode (LatchClient *self)
{
  g_return_val_if_fail (LATCH_IS_CLIENT (self), LATCH_AUTH_MODE_AUTO);

  return latch_authenticator_get_requested_mode (self->authenticator);
}

/**
 * latch_client_set_auth_mode:
 * @mode: how to show the token; %LATCH_AUTH_MODE_AUTO (the default) finds the strongest form that the bridge accepts,
 *   by trying harmless reads, and never goes below it again
 */
void
latch_client_set_auth_mode (LatchClient *self, LatchAuthMode mode)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_authenticator_set_requested_mode (self->authenticator, mode);
}

LatchAuthMode
latch_client_get_accepted_mode (LatchClient *self)
{
  g_return_val_if_fail (LATCH_IS_CLIENT (self), LATCH_AUTH_MODE_AUTO);

  return latch_authenticator_get_accepted_mode (self->authenticator);
}

/**
 * latch_client_set_accepted_mode:
 * @mode: what #LatchClient:accepted-mode was when the bridge was last spoken to
 */
void
latch_client_set_accepted_mode (LatchClient *self, LatchAuthMode mode)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  latch_authenticator_set_accepted_mode (self->authenticator, mode);
}

guint
latch_client_get_timeout (LatchClient *self)
{
  g_return_val_if_fail (LATCH_IS_CLIENT (self), 0);

  return self->timeout;
}

/**
 * latch_client_set_timeout:
 * @seconds: how long each request may take; 0 for what suits it (reads 12 s, actions 25 s, lock 'n' go 60 s, /auth 45 s)
 */
void
latch_client_set_timeout (LatchClient *self, guint seconds)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  self->timeout = MIN (seconds, 24 * 3600);
}

LatchPriority
latch_client_get_read_priority (LatchClient *self)
{
  g_return_val_if_fail (LATCH_IS_CLIENT (self), LATCH_PRIORITY_BACKGROUND);

  return self->read_priority;
}

/**
 * latch_client_set_read_priority:
 * @priority: how urgent the reads are that are queued from now on
 */
void
latch_client_set_read_priority (LatchClient *self, LatchPriority priority)
{
  g_return_if_fail (LATCH_IS_CLIENT (self));

  self->read_priority = priority;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-pairing.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "latch-error.h"

/* How long a bridge may take to refuse */
#define LIT_AFTER_MS 700

/**
 * LatchPairing:
 *
 * One attempt to pair with a bridge. It may be run again after a failure: a token that was got is not asked for twice.
 */
struct _LatchPairing
{
  GObject parent_instance;

  LatchClient *client;
  char *token;
  LatchAuthMode least_mode;
  gboolean by_button;
  gboolean waiting_for_button;
  guint waiting_id;

  char *bridge_id;
  LatchInfoSnapshot *info;
  GPtrArray *devices;
};

enum
{
  PROP_0,
  PROP_WAITING_FOR_BUTTON,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LatchPairing, latch_pairing, G_TYPE_OBJECT)

static void
set_waiting_for_button (LatchPairing *self, gboolean waiting)
{
  if (self->waiting_for_button != waiting)
    {
      self->waiting_for_button = waiting;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING_FOR_BUTTON]);
    }
}

static void
take_token (LatchPairing *self, char *token)
{
  g_clear_pointer (&self->token, secret_password_free);
  self->token = token;
  latch_client_set_token (self->client, token);
}

/* A token that the bridge refuses is not tried again: whoever runs this without another is asked for the button */
static void
return_error (LatchPairing *self, GTask *task, GError *error)
{
  if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED))
    take_token (self, NULL);
  g_task_return_error (task, error);
}

static void
stop_waiting (LatchPairing *self)
{
  g_clear_handle_id (&self->waiting_id, g_source_remove);
  set_waiting_for_button (self, FALSE);
}

/* The discovery service knows a bridge by its server ID; a bridge that tells no ID at all is known by its address */
static char *
identify (LatchPairing *self)
{
  guint64 id = self->info->server_id != 0 ? self->info->server_id : self->info->hardware_id;

  if (id != 0)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, id);

  return g_strdup_printf ("%s:%u", latch_client_get_host (self->client), latch_client_get_port (self->client));
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchPairing *self = g_task_get_source_object (task);
  GError *error = NULL;

  g_clear_pointer (&self->devices, g_ptr_array_unref);
  self->devices = latch_client_list_finish (self->client, result, &error);
  if (self->devices == NULL)
    return_error (self, task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
info_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchPairing *self = g_task_get_source_object (task);
  GCancellable *cancellable = NULL;
  GError *error = NULL;

  g_clear_pointer (&self->info, latch_info_snapshot_free);
  self->info = latch_client_info_finish (self->client, result, &error);
  if (self->info == NULL)
    {
      return_error (self, task, error);
      return;
    }

  g_free (self->bridge_id);
  self->bridge_id = identify (self);
  cancellable = g_task_get_cancellable (task);
  latch_client_list_async (self->client, cancellable, list_cb, g_steal_pointer (&task));
}

static void
try_token (LatchPairing *self, GTask *task)
{
  latch_client_info_async (self->client, g_task_get_cancellable (task), info_cb, task);
}

static void
auth_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchPairing *self = g_task_get_source_object (task);
  char *token = NULL;
  GError *error = NULL;

  stop_waiting (self);
  token = latch_client_auth_finish (self->client, result, &error);
  if (token == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  take_token (self, token);
  self->by_button = TRUE;
  /* Whoever gave us this token may well take it in any form */
  latch_client_set_accepted_mode (self->client, LATCH_AUTH_MODE_AUTO);
  try_token (self, g_steal_pointer (&task));
}

static gboolean
waiting_cb (gpointer user_data)
{
  LatchPairing *self = user_data;

  self->waiting_id = 0;
  set_waiting_for_button (self, TRUE);

  return G_SOURCE_REMOVE;
}

/* A bridge that is busy, or does not pair, says so at once; one that says nothing has lit its LED */
static void
sent_cb (LatchPairing *self, const char *path)
{
  if (g_strcmp0 (path, "/auth") != 0)
    return;

  stop_waiting (self);
  self->waiting_id = g_timeout_add (LIT_AFTER_MS, waiting_cb, self);
}

static void
latch_pairing_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_WAITING_FOR_BUTTON:
      g_value_set_boolean (value, LATCH_PAIRING (object)->waiting_for_button);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
latch_pairing_finalize (GObject *object)
{
  LatchPairing *self = LATCH_PAIRING (object);

  g_clear_handle_id (&self->waiting_id, g_source_remove);
  g_clear_object (&self->client);
  g_clear_pointer (&self->token, secret_password_free);
  g_clear_pointer (&self->bridge_id, g_free);
  g_clear_pointer (&self->info, latch_info_snapshot_free);
  g_clear_pointer (&self->devices, g_ptr_array_unref);

  G_OBJECT_CLASS (latch_pairing_parent_class)->finalize (object);
}

static void
latch_pairing_class_init (LatchPairingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_pairing_get_property;
  object_class->finalize = latch_pairing_finalize;

  /**
   * LatchPairing:waiting-for-button:
   *
   * Whether the bridge has lit its LED and waits for its button, for %LATCH_PAIRING_BUTTON_SECONDS from the moment at
   * which this became true.
   */
  properties[PROP_WAITING_FOR_BUTTON] =
      g_param_spec_boolean ("waiting-for-button", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
latch_pairing_init (LatchPairing *self)
{
}

/**
 * latch_pairing_new:
 * @host: where the bridge is
 * @port: its port
 */
LatchPairing *
latch_pairing_new (const char *host, guint16 port)
{
  LatchPairing *self = g_object_new (LATCH_TYPE_PAIRING, NULL);

  self->client = latch_client_new (host, port);
  latch_client_set_read_priority (self->client, LATCH_PRIORITY_PERSON);
  g_signal_connect_object (self->client, "sent", G_CALLBACK (sent_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->client, "busy", G_CALLBACK (stop_waiting), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * latch_pairing_get_client:
 *
 * Returns: (transfer none): what speaks to the bridge
 */
LatchClient *
latch_pairing_get_client (LatchPairing *self)
{
  g_return_val_if_fail (LATCH_IS_PAIRING (self), NULL);

  return self->client;
}

/**
 * latch_pairing_set_least_mode:
 * @mode: the weakest form in which a typed token may be shown; %LATCH_AUTH_MODE_AUTO, the default, for any
 *
 * See latch_home_protect_token(). A person may still insist on another by latch_client_set_auth_mode().
 */
void
latch_pairing_set_least_mode (LatchPairing *self, LatchAuthMode mode)
{
  g_return_if_fail (LATCH_IS_PAIRING (self));

  self->least_mode = mode;
}

gboolean
latch_pairing_get_waiting_for_button (LatchPairing *self)
{
  g_return_val_if_fail (LATCH_IS_PAIRING (self), FALSE);

  return self->waiting_for_button;
}

/**
 * latch_pairing_run_async:
 * @token: (nullable): a token that the person has; %NULL to ask for the bridge's button (spec: /auth)
 *
 * Gets a token and sees whether it works. Fails with any #LatchError, among them %LATCH_ERROR_BUTTON_NOT_PRESSED,
 * %LATCH_ERROR_PAIRING_DISABLED, %LATCH_ERROR_UNAUTHORIZED (a typed token), %LATCH_ERROR_NOT_A_BRIDGE and
 * %LATCH_ERROR_CLOCK_WRONG: then the person may agree to the unprotected token by latch_client_set_auth_mode(), and
 * the operation be run again without @token.
 */
void
latch_pairing_run_async (LatchPairing *self,
                         const char *token,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LATCH_IS_PAIRING (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_pairing_run_async);

  if (token != NULL)
    {
      take_token (self, g_strdup (token));
      self->by_button = FALSE;
      latch_client_set_accepted_mode (self->client, self->least_mode);
    }

  if (self->token != NULL)
    try_token (self, g_steal_pointer (&task));
  else
    latch_client_auth_async (self->client, cancellable, auth_cb, g_steal_pointer (&task));
}

gboolean
latch_pairing_run_finish (LatchPairing *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * latch_pairing_get_bridge_id:
 *
 * Returns: (nullable): what identifies the bridge, once it has answered
 */
const char *
latch_pairing_get_bridge_id (LatchPairing *self)
{
  g_return_val_if_fail (LATCH_IS_PAIRING (self), NULL);

  return self->bridge_id;
}

/**
 * latch_pairing_get_token:
 *
 * Returns: (nullable): the token, for the keyring only
 */
const char *
latch_pairing_get_token (LatchPairing *self)
{
  g_return_val_if_fail (LATCH_IS_PAIRING (self), NULL);

  return self->token;
}

/**
 * latch_pairing_get_by_button:
 *
 * Returns: whether the bridge gave the token because of its button, which it does only where it is allowed to
 */
gboolean
latch_pairing_get_by_button (LatchPairing *self)
{
  g_return_val_if_fail (LATCH_IS_PAIRING (self), FALSE);

  return self->by_button;
}

/**
 * latch_pairing_get_info:
 *
 * Returns: (nullable): what the bridge said of itself
 */
const LatchInfoSnapshot *
latch_pairing_get_info (LatchPairing *self)
{
  g_return_val_if_fail (LATCH_IS_PAIRING (self), NULL);

  return self->info;
}

/**
 * latch_pairing_get_devices:
 *
 * Returns: (transfer none) (nullable) (element-type LatchDeviceSnapshot): what the bridge controls
 */
GPtrArray *
latch_pairing_get_devices (LatchPairing *self)
{
  g_return_val_if_fail (LATCH_IS_PAIRING (self), NULL);

  return self->devices;
}

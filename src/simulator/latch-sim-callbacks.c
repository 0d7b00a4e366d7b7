/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-callbacks.h"

#include "latch-sim-mangle.h"

#include <libsoup/soup.h>
#include <string.h>

#define N_SLOTS 3
#define MAX_URL_LENGTH 254

/* A receiver that does not answer holds up the others for that long */
#define TIMEOUT_SECONDS 5

/* Under which name faults happen to what is posted */
#define FAULT_PATH "/callback"

typedef struct
{
  char *url;
  GBytes *body;
} Delivery;

struct _LatchSimCallbacks
{
  GObject parent_instance;

  LatchSimLog *log;
  LatchSimFaults *faults;
  char *slots[N_SLOTS];

  SoupSession *session;
  GQueue queue; /* of Delivery; the head is under way while busy */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (LatchSimCallbacks, latch_sim_callbacks, G_TYPE_OBJECT)

static void
delivery_free (Delivery *delivery)
{
  g_free (delivery->url);
  g_bytes_unref (delivery->body);
  g_free (delivery);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Delivery, delivery_free)

static void deliver_next (LatchSimCallbacks *self);

static void
delivered_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (LatchSimCallbacks) self = user_data;
  g_autoptr (Delivery) delivery = g_queue_pop_head (&self->queue);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  self->busy = FALSE;
  if (bytes == NULL)
    {
      g_debug ("Callback to %s failed: %s", delivery->url, error->message);
      latch_sim_log_add_text (self->log, "HTTP-PostTimeout", "url", delivery->url);
    }
  else
    {
      latch_sim_log_add_text (self->log, "HTTP-Post", "url", delivery->url);
    }

  deliver_next (self);
}

static void
deliver_next (LatchSimCallbacks *self)
{
  Delivery *delivery = g_queue_peek_head (&self->queue);
  g_autoptr (SoupMessage) message = NULL;

  if (delivery == NULL || self->busy)
    return;

  message = soup_message_new ("POST", delivery->url);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  soup_message_headers_append (soup_message_get_request_headers (message), "Connection", "close");
  soup_message_set_request_body_from_bytes (message, "application/json", delivery->body);

  self->busy = TRUE;
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, delivered_cb,
                                    g_object_ref (self));
}

static gboolean
is_valid_url (const char *url)
{
  g_autoptr (GUri) uri = NULL;

  if (url[0] == '\0' || strlen (url) > MAX_URL_LENGTH)
    return FALSE;

  uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  return uri != NULL && g_str_equal (g_uri_get_scheme (uri), "http") && g_uri_get_host (uri) != NULL &&
         g_uri_get_host (uri)[0] != '\0';
}

static void
latch_sim_callbacks_finalize (GObject *object)
{
  LatchSimCallbacks *self = LATCH_SIM_CALLBACKS (object);

  latch_sim_callbacks_clear (self);
  g_queue_clear_full (&self->queue, (GDestroyNotify) delivery_free);
  g_clear_object (&self->session);
  g_clear_object (&self->faults);
  g_clear_object (&self->log);

  G_OBJECT_CLASS (latch_sim_callbacks_parent_class)->finalize (object);
}

static void
latch_sim_callbacks_class_init (LatchSimCallbacksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_sim_callbacks_finalize;
}

static void
latch_sim_callbacks_init (LatchSimCallbacks *self)
{
  g_queue_init (&self->queue);

  /* A household's own network needs no proxy, and the bridge would not know of one */
  self->session = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, "proxy-resolver", NULL, NULL);
}

/**
 * latch_sim_callbacks_new:
 * @log: where deliveries are noted
 *
 * Returns: (transfer full): three empty slots (spec: /callback)
 */
LatchSimCallbacks *
latch_sim_callbacks_new (LatchSimLog *log)
{
  LatchSimCallbacks *self = g_object_new (LATCH_SIM_TYPE_CALLBACKS, NULL);

  self->log = g_object_ref (log);

  return self;
}

/**
 * latch_sim_callbacks_set_faults:
 * @faults: what shall go wrong with what is posted
 */
void
latch_sim_callbacks_set_faults (LatchSimCallbacks *self,
                                LatchSimFaults    *faults)
{
  g_set_object (&self->faults, faults);
}

/**
 * latch_sim_callbacks_add:
 * @url: an address that is to be told about changes; http only, at most 254 characters
 *
 * Returns: whether it got a slot, or why not
 */
LatchSimCallbackResult
latch_sim_callbacks_add (LatchSimCallbacks *self,
                         const char        *url)
{
  int free_slot = -1;

  if (!is_valid_url (url))
    return LATCH_SIM_CALLBACK_INVALID;

  for (int i = N_SLOTS - 1; i >= 0; i--)
    {
      if (self->slots[i] == NULL)
        free_slot = i;
      else if (g_str_equal (self->slots[i], url))
        return LATCH_SIM_CALLBACK_KNOWN;
    }
  if (free_slot < 0)
    return LATCH_SIM_CALLBACK_FULL;

  self->slots[free_slot] = g_strdup (url);

  return LATCH_SIM_CALLBACK_OK;
}

/**
 * latch_sim_callbacks_remove:
 * @id: the number of a slot
 *
 * Frees it. Those behind move up: whoever knows the number of one has to look again.
 *
 * Returns: whether there was a callback in it
 */
gboolean
latch_sim_callbacks_remove (LatchSimCallbacks *self,
                            guint              id)
{
  if (id >= N_SLOTS || self->slots[id] == NULL)
    return FALSE;

  g_free (self->slots[id]);
  for (guint i = id; i + 1 < N_SLOTS; i++)
    self->slots[i] = self->slots[i + 1];
  self->slots[N_SLOTS - 1] = NULL;

  return TRUE;
}

void
latch_sim_callbacks_clear (LatchSimCallbacks *self)
{
  for (guint i = 0; i < N_SLOTS; i++)
    g_clear_pointer (&self->slots[i], g_free);
}

/**
 * latch_sim_callbacks_list:
 *
 * Returns: (transfer full): an array of `id` and `url`
 */
JsonNode *
latch_sim_callbacks_list (LatchSimCallbacks *self)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < N_SLOTS; i++)
    {
      JsonObject *object;

      if (self->slots[i] == NULL)
        continue;

      object = json_object_new ();
      json_object_set_int_member (object, "id", i);
      json_object_set_string_member (object, "url", self->slots[i]);
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);

  return node;
}

/**
 * latch_sim_callbacks_post:
 * @body: JSON
 *
 * Delivers @body to every slot, one after the other as real bridges do: a receiver that hangs delays
 * the rest. A delivery that fails is not repeated.
 */
void
latch_sim_callbacks_post (LatchSimCallbacks *self,
                          const char        *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (GBytes) posted = NULL;
  LatchSimFault fault = { 0 };

  if (self->faults != NULL)
    fault = latch_sim_faults_take (self->faults, FAULT_PATH, TRUE);
  posted = latch_sim_mangle_post (fault.kind, bytes);
  if (posted == NULL)
    return;

  for (guint i = 0; i < N_SLOTS; i++)
    {
      Delivery *delivery;

      if (self->slots[i] == NULL)
        continue;

      delivery = g_new0 (Delivery, 1);
      delivery->url = g_strdup (self->slots[i]);
      delivery->body = g_bytes_ref (posted);
      g_queue_push_tail (&self->queue, delivery);
    }

  deliver_next (self);
}

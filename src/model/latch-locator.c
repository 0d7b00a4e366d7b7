/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-locator.h"

#include <glib/gi18n-lib.h>

#include "latch-discovery.h"
#include "latch-error.h"
#include "latch-proof.h"

/* Seconds between two searches, ever longer: somebody else's server is asked */
#define FIRST_INTERVAL 60
#define LONGEST_INTERVAL 900
/* For how long an address is left alone at which somebody else answered, or somebody who refused our token */
#define AVOID_SECONDS 3600
#define AVOID_REFUSAL_SECONDS 300

/**
 * LatchLocator:
 *
 * Bridges get new addresses from the home's router. The discovery service knows them by the bridge's ID (spec: Bridge
 * discovery), but anybody may sit at an address: the bridge is taken to be there only once what answers has proved to
 * know our token, see latch_proof_ask_async().
 */
struct _LatchLocator
{
  GObject parent_instance;

  LatchBridge *bridge;
  gboolean enabled;
  char *url; /* NULL for the vendor's */

  guint n_searches;     /* since the last reason to hope */
  gint64 next_search;   /* monotonic */
  GHashTable *avoided;  /* address → until when it is left alone, monotonic */
};

G_DEFINE_FINAL_TYPE (LatchLocator, latch_locator, G_TYPE_OBJECT)

typedef struct
{
  char *host;
  guint16 port;
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->host);
  g_free (place);
}

static char *
place_to_string (const char *host, guint16 port)
{
  return g_strdup_printf ("%s %u", host, port);
}

static void
latch_locator_finalize (GObject *object)
{
  LatchLocator *self = LATCH_LOCATOR (object);

  g_clear_object (&self->bridge);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->avoided, g_hash_table_unref);

  G_OBJECT_CLASS (latch_locator_parent_class)->finalize (object);
}

static void
latch_locator_class_init (LatchLocatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_locator_finalize;
}

static void
latch_locator_init (LatchLocator *self)
{
  self->avoided = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * latch_locator_new:
 * @bridge: a bridge with a token
 *
 * Returns: (transfer full): a locator that asks nobody until latch_locator_set_discovery() allows it to
 */
LatchLocator *
latch_locator_new (LatchBridge *bridge)
{
  LatchLocator *self = g_object_new (LATCH_TYPE_LOCATOR, NULL);

  self->bridge = g_object_ref (bridge);

  return self;
}

/**
 * latch_locator_set_discovery:
 * @enabled: whether the discovery service may be asked
 * @url: (nullable): its address, %NULL for the vendor's
 */
void
latch_locator_set_discovery (LatchLocator *self, gboolean enabled, const char *url)
{
  g_return_if_fail (LATCH_IS_LOCATOR (self));

  self->enabled = enabled;
  g_set_str (&self->url, url);
}

/**
 * latch_locator_is_due:
 *
 * Returns: whether it is allowed and sensible to search now
 */
gboolean
latch_locator_is_due (LatchLocator *self)
{
  g_return_val_if_fail (LATCH_IS_LOCATOR (self), FALSE);

  return self->enabled && g_get_monotonic_time () >= self->next_search;
}

/**
 * latch_locator_get_wait:
 *
 * Returns: how many seconds it is until a search is sensible; -1 if none is allowed
 */
int
latch_locator_get_wait (LatchLocator *self)
{
  gint64 wait;

  g_return_val_if_fail (LATCH_IS_LOCATOR (self), -1);

  wait = MAX (0, self->next_search - g_get_monotonic_time ());

  return self->enabled ? (int) (wait / G_TIME_SPAN_SECOND) : -1;
}

/**
 * latch_locator_hurry:
 *
 * There is reason to hope, as when the network has changed: the next search need not wait.
 */
void
latch_locator_hurry (LatchLocator *self)
{
  g_return_if_fail (LATCH_IS_LOCATOR (self));

  self->n_searches = 0;
  self->next_search = 0;
}

static gboolean
is_avoided (LatchLocator *self, const char *host, guint16 port)
{
  g_autofree char *key = place_to_string (host, port);
  const gint64 *until = g_hash_table_lookup (self->avoided, key);

  return until != NULL && g_get_monotonic_time () < *until;
}

static void
avoid (LatchLocator *self, const Place *place, guint seconds)
{
  gint64 until = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;

  g_hash_table_replace (self->avoided, place_to_string (place->host, place->port), g_memdup2 (&until, sizeof until));
}

static void
return_nothing (GTask *task)
{
  g_task_return_new_error_literal (task, LATCH_ERROR, LATCH_ERROR_UNREACHABLE,
                                   _("The search knows of no other address for this bridge"));
}

static void
proved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchLocator *self = g_task_get_source_object (task);
  const Place *place = g_task_get_task_data (task);
  GError *error = NULL;

  if (!latch_proof_ask_finish (LATCH_CLIENT (source), result, &error))
    {
      g_info ("Bridge %s is not taken to be at %s, port %u: %s", latch_bridge_get_id (self->bridge), place->host,
              place->port, error->message);
      if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE))
        avoid (self, place, AVOID_SECONDS);
      else if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED))
        avoid (self, place, AVOID_REFUSAL_SECONDS);
      g_task_return_error (task, error);
      return;
    }

  g_info ("Bridge %s is now at %s, port %u", latch_bridge_get_id (self->bridge), place->host, place->port);
  latch_locator_hurry (self);
  latch_client_set_address (latch_bridge_get_client (self->bridge), place->host, place->port);
  g_task_return_boolean (task, TRUE);
}

static const LatchDiscoveredBridge *
find_bridge (LatchLocator *self, GPtrArray *bridges)
{
  LatchClient *client = latch_bridge_get_client (self->bridge);

  for (guint i = 0; i < bridges->len; i++)
    {
      const LatchDiscoveredBridge *bridge = bridges->pdata[i];
      g_autofree char *id = g_strdup_printf ("%" G_GUINT64_FORMAT, bridge->bridge_id);

      if (g_str_equal (id, latch_bridge_get_id (self->bridge)) && latch_discovered_bridge_is_local (bridge) &&
          !is_avoided (self, bridge->ip, bridge->port) &&
          (g_strcmp0 (bridge->ip, latch_client_get_host (client)) != 0 || bridge->port != latch_client_get_port (client)))
        return bridge;
    }

  return NULL;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  LatchLocator *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) bridges = latch_discovery_find_finish (result, &error);
  const LatchDiscoveredBridge *bridge = NULL;
  Place *place = NULL;

  if (bridges == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  bridge = find_bridge (self, bridges);
  if (bridge == NULL)
    {
      return_nothing (task);
      return;
    }

  place = g_new0 (Place, 1);
  place->host = g_strdup (bridge->ip);
  place->port = bridge->port;
  g_task_set_task_data (task, place, place_free);
  latch_proof_ask_async (latch_bridge_get_client (self->bridge), latch_bridge_get_id (self->bridge), place->host,
                         place->port, cancellable, proved_cb, g_steal_pointer (&task));
}

/**
 * latch_locator_search_async:
 *
 * Looks for another address of the bridge, and has its client use it.
 */
void
latch_locator_search_async (LatchLocator *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = NULL;
  guint seconds;

  g_return_if_fail (LATCH_IS_LOCATOR (self));

  seconds = MIN (FIRST_INTERVAL << MIN (self->n_searches, 8), LONGEST_INTERVAL);
  self->n_searches++;
  self->next_search = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_locator_search_async);
  latch_discovery_find_async (self->url, cancellable, found_cb, task);
}

/**
 * latch_locator_search_finish:
 * @error: set to why not
 *
 * Returns: whether the bridge was found at another address, which its client uses from now on
 */
gboolean
latch_locator_search_finish (LatchLocator *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_locator_search_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

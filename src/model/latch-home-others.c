/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-private.h"
#include "latch-home-private.h"

#include "latch-error.h"

/* What other programs of this person do to bridges meanwhile, such as nightlatchctl: the store is the same for all */

/* How long a bridge gets to take back our place */
#define LEAVE_MS 4000

/* What was known here of bridges when it was asked what others know */
typedef struct
{
  LatchHome *home;
  GHashTable *names; /* of texts, by ID */
  GHashTable *access; /* of LatchAccess, by ID */
} Look;

static void
look_free (Look *look)
{
  g_clear_object (&look->home);
  g_clear_pointer (&look->names, g_hash_table_unref);
  g_clear_pointer (&look->access, g_hash_table_unref);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

/* Whether another program may have paired anew since. A keyring that is locked would ask for its password again */
static gboolean
wants_token (LatchBridge *bridge)
{
  return latch_bridge_get_connection (bridge) == LATCH_CONNECTION_UNAUTHORIZED ||
         g_error_matches (latch_bridge_get_error (bridge), LATCH_ERROR, LATCH_ERROR_NO_TOKEN);
}

static void
update (Look *look, LatchBridge *bridge, const LatchBridgeRecord *record)
{
  const char *name = g_hash_table_lookup (look->names, record->id);

  latch_bridge_set_choices (bridge, record->choices);
  /* Somebody may be about to call it something else here; the last word is the newest */
  if (record->name != NULL && g_strcmp0 (name, latch_bridge_get_name (bridge)) == 0)
    latch_bridge_set_name (bridge, record->name);
  if (!latch_bridge_get_changing_access (bridge) &&
      GPOINTER_TO_INT (g_hash_table_lookup (look->access, record->id)) == (int) latch_bridge_get_access (bridge))
    latch_bridge_set_access (bridge, CLAMP (record->allows_pairing, LATCH_ACCESS_UNKNOWN, LATCH_ACCESS_WAS_ALLOWED));
  if (!look->home->quiet && wants_token (bridge))
    latch_home_get_token (look->home, record->id, NULL);
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LatchKeeper *keeper = LATCH_KEEPER (source);
  g_autoptr (GError) error = NULL;

  if (!latch_keeper_leave_finish (keeper, result, &error))
    g_message ("The bridge keeps a place for instant updates that nobody needs: %s", error->message);
  /* Whoever still holds the bridge can do nothing to it any more */
  latch_client_set_token (latch_bridge_get_client (latch_keeper_get_bridge (keeper)), NULL);
}

/* It is forgotten already, and its token with it */
static void
drop (LatchHome *self, const char *id)
{
  LatchKeeper *found = latch_home_find_keeper (self, id);
  g_autoptr (LatchKeeper) keeper = NULL;
  guint position;

  if (found == NULL || !g_ptr_array_find (self->keepers, found, &position))
    return;

  keeper = g_object_ref (found);
  g_ptr_array_remove_index (self->keepers, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  latch_keeper_leave_async (keeper, LEAVE_MS, left_cb, NULL);
}

/* What has come or gone here since it was asked, is newer than what others knew */
static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Look) look = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = latch_store_load_finish (LATCH_STORE (source), result, &error);
  GHashTableIter iter;
  gpointer id;

  if (records == NULL)
    {
      g_message ("Could not read what others have changed: %s", error->message);
      return;
    }

  for (guint i = 0; i < records->len; i++)
    {
      const LatchBridgeRecord *record = records->pdata[i];
      LatchBridge *bridge = latch_home_find_bridge (look->home, record->id);

      if (bridge != NULL)
        update (look, bridge, record);
      else if (!g_hash_table_contains (look->names, record->id))
        latch_home_add_record (look->home, record, NULL);
      g_hash_table_remove (look->names, record->id);
    }

  g_hash_table_iter_init (&iter, look->names);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    drop (look->home, id);
}

/**
 * latch_home_refresh_choices:
 *
 * Looks for what other programs have changed: bridges that `nightlatchctl pair` has added and `nightlatchctl forget`
 * forgotten, and what was chosen by `nightlatchctl rename`, `nightlatchctl auth` and the like.
 */
void
latch_home_refresh_choices (LatchHome *self)
{
  Look *look = NULL;

  g_return_if_fail (LATCH_IS_HOME (self));

  if (!latch_home_is_loaded (self))
    return;

  look = g_new0 (Look, 1);
  look->home = g_object_ref (self);
  look->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  look->access = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->keepers->len; i++)
    {
      LatchBridge *bridge = latch_keeper_get_bridge (self->keepers->pdata[i]);

      g_hash_table_replace (look->names, g_strdup (latch_bridge_get_id (bridge)),
                            g_strdup (latch_bridge_get_name (bridge)));
      g_hash_table_replace (look->access, g_strdup (latch_bridge_get_id (bridge)),
                            GINT_TO_POINTER (latch_bridge_get_access (bridge)));
    }
  latch_store_load_async (self->store, NULL, looked_cb, look);
}

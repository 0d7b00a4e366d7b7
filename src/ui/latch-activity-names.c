/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-activity-names.h"

#include "latch-lock-text.h"

#include <glib/gi18n-lib.h>

static guint
count_namesakes (GListModel *bridges, const char *name)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (bridges); i++)
    {
      g_autoptr (GListModel) locks = g_list_model_get_item (bridges, i);

      for (guint j = 0; j < g_list_model_get_n_items (locks); j++)
        {
          g_autoptr (LatchLock) lock = g_list_model_get_item (locks, j);
          g_autofree char *its_name = latch_lock_text_name (lock);

          n += g_str_equal (its_name, name);
        }
    }

  return n;
}

static char *
add_bridge (LatchLock *lock, const char *name)
{
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (lock);

  if (!bridge)
    return g_strdup (name);

  /* Translators: a lock and its bridge */
  return g_strdup_printf (_("%s (%s)"), name, latch_bridge_get_name (bridge));
}

/* What the lock is called; with its bridge's name if another one is called the same */
static char *
get_for_lock (GListModel *bridges, LatchLock *lock)
{
  g_autofree char *name = latch_lock_text_name (lock);

  return count_namesakes (bridges, name) > 1 ? add_bridge (lock, name) : g_steal_pointer (&name);
}

/**
 * latch_activity_names_get_all:
 * @locks: a list of all #LatchLock
 *
 * Returns: (transfer full): what each of them is called, in turn; with its bridge's name if another one is called the
 *   same
 */
GStrv
latch_activity_names_get_all (GListModel *locks)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_locks = g_list_model_get_n_items (locks);
  GStrv names = g_new0 (char *, n_locks + 1);
  g_autofree gboolean *shared = g_new0 (gboolean, n_locks);

  for (guint i = 0; i < n_locks; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (locks, i);

      names[i] = latch_lock_text_name (lock);
      g_hash_table_insert (counts, names[i], GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, names[i])) + 1));
    }
  /* The names are the keys of the table: none may go before all are looked up */
  for (guint i = 0; i < n_locks; i++)
    shared[i] = GPOINTER_TO_UINT (g_hash_table_lookup (counts, names[i])) > 1;
  for (guint i = 0; i < n_locks; i++)
    if (shared[i])
      {
        g_autoptr (LatchLock) lock = g_list_model_get_item (locks, i);
        g_autofree char *name = names[i];

        names[i] = add_bridge (lock, name);
      }

  return names;
}

/**
 * latch_activity_names_get:
 * @bridges: a list of #LatchBridge
 *
 * Returns: (transfer full): what the lock is called to which @event happened; its kind and ID if it is gone
 */
char *
latch_activity_names_get (GListModel *bridges, const LatchEvent *event)
{
  g_autofree char *hex = latch_nuki_id_to_hex (event->nuki_id);

  for (guint i = 0; i < g_list_model_get_n_items (bridges); i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (bridges, i);
      LatchLock *lock = NULL;

      if (g_str_equal (latch_bridge_get_id (bridge), event->bridge_id))
        lock = latch_bridge_find_lock (bridge, event->nuki_id, event->device_type);
      if (lock)
        return get_for_lock (bridges, lock);
    }

  /* Translators: what a device without a name is called: its kind, such as “Smart Lock”, and its ID */
  return g_strdup_printf (_("%s %s"), latch_device_type_get_text (event->device_type), hex);
}

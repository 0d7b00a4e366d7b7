/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-key.h"

/**
 * latch_lock_key_new:
 *
 * Returns: (transfer full): the lock's key
 */
char *
latch_lock_key_new (LatchLock *lock)
{
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (lock);

  return g_strdup_printf ("%s/%" G_GUINT64_FORMAT "/%d", bridge ? latch_bridge_get_id (bridge) : "",
                          latch_lock_get_nuki_id (lock), latch_lock_is_opener (lock) ? 1 : 0);
}

/**
 * latch_lock_key_find:
 * @key: what latch_lock_key_new() returned, perhaps when the program last ran
 * @bridges: a list of #LatchBridge
 *
 * Returns: (transfer full) (nullable): the lock, if it is still there
 */
LatchLock *
latch_lock_key_find (const char *key, GListModel *bridges)
{
  for (guint i = 0; i < g_list_model_get_n_items (bridges); i++)
    {
      g_autoptr (GListModel) locks = g_list_model_get_item (bridges, i);

      for (guint j = 0; j < g_list_model_get_n_items (locks); j++)
        {
          g_autoptr (LatchLock) lock = g_list_model_get_item (locks, j);
          g_autofree char *its_key = latch_lock_key_new (lock);

          if (g_str_equal (its_key, key))
            return g_steal_pointer (&lock);
        }
    }

  return NULL;
}

/**
 * latch_lock_key_find_named:
 * @text: a key, or what people call a lock
 * @bridges: a list of #LatchBridge
 *
 * Returns: (transfer full) (nullable): the lock; %NULL also where several have that name, as nobody knows which is meant
 */
LatchLock *
latch_lock_key_find_named (const char *text, GListModel *bridges)
{
  LatchLock *by_key = latch_lock_key_find (text, bridges);
  g_autoptr (LatchLock) found = NULL;

  if (by_key)
    return by_key;

  for (guint i = 0; i < g_list_model_get_n_items (bridges); i++)
    {
      g_autoptr (GListModel) locks = g_list_model_get_item (bridges, i);

      for (guint j = 0; j < g_list_model_get_n_items (locks); j++)
        {
          g_autoptr (LatchLock) lock = g_list_model_get_item (locks, j);

          if (g_strcmp0 (latch_lock_get_name (lock), text) != 0)
            continue;
          if (found)
            return NULL;
          found = g_steal_pointer (&lock);
        }
    }

  return g_steal_pointer (&found);
}

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

/**
 * latch_activity_names_get_for_lock:
 * @bridges: a list of #LatchBridge
 *
 * Returns: (transfer full): what the lock is called; with its bridge's name if another one is called the same
 */
char *
latch_activity_names_get_for_lock (GListModel *bridges, LatchLock *lock)
{
  g_autofree char *name = latch_lock_text_name (lock);
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (lock);

  if (!bridge || count_namesakes (bridges, name) < 2)
    return g_steal_pointer (&name);

  /* Translators: a lock and its bridge */
  return g_strdup_printf (_("%s (%s)"), name, latch_bridge_get_name (bridge));
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
        return latch_activity_names_get_for_lock (bridges, lock);
    }

  /* Translators: what a device without a name is called: its kind, such as “Smart Lock”, and its ID */
  return g_strdup_printf (_("%s %s"), latch_device_type_get_text (event->device_type), hex);
}

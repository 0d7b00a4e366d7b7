/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-range.h"

struct _LatchRange
{
  GObject parent_instance;

  GPtrArray *devices;
};

static GType
latch_range_get_item_type (GListModel *model)
{
  return LATCH_TYPE_DEVICE_IN_RANGE;
}

static guint
latch_range_get_n_items (GListModel *model)
{
  return LATCH_RANGE (model)->devices->len;
}

static gpointer
latch_range_get_item (GListModel *model, guint position)
{
  LatchRange *self = LATCH_RANGE (model);

  return position < self->devices->len ? g_object_ref (self->devices->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = latch_range_get_item_type;
  iface->get_n_items = latch_range_get_n_items;
  iface->get_item = latch_range_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LatchRange, latch_range, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static gboolean
is_same (LatchDeviceInRange *device, const LatchScanResult *scan)
{
  return latch_device_in_range_get_nuki_id (device) == scan->nuki_id &&
         latch_device_in_range_get_device_type (device) == scan->device_type;
}

static gboolean
is_heard (GPtrArray *scan_results, LatchDeviceInRange *device)
{
  for (guint i = 0; i < scan_results->len; i++)
    if (is_same (device, scan_results->pdata[i]))
      return TRUE;

  return FALSE;
}

static gboolean
find_position (LatchRange *self, const LatchScanResult *scan, guint *position)
{
  for (guint i = 0; i < self->devices->len; i++)
    if (is_same (self->devices->pdata[i], scan))
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}

/* API 1.6 does not tell types. Where it does, both kinds of devices may have the same ID */
static LatchLock *
find_lock (LatchDeviceInRange *device, GListModel *locks)
{
  int type = latch_device_in_range_get_device_type (device);

  for (guint i = 0; i < g_list_model_get_n_items (locks); i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (locks, i);
      int lock_type = latch_lock_get_device_type (lock);

      if (latch_lock_get_nuki_id (lock) == latch_device_in_range_get_nuki_id (device) &&
          (type == lock_type || type == -1 || lock_type == -1))
        return lock; /* the list keeps it */
    }

  return NULL;
}

static void
latch_range_finalize (GObject *object)
{
  g_clear_pointer (&LATCH_RANGE (object)->devices, g_ptr_array_unref);

  G_OBJECT_CLASS (latch_range_parent_class)->finalize (object);
}

static void
latch_range_class_init (LatchRangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_range_finalize;
}

static void
latch_range_init (LatchRange *self)
{
  self->devices = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * latch_range_new:
 *
 * Returns: (transfer full): a range in which nothing has been heard yet
 */
LatchRange *
latch_range_new (void)
{
  return g_object_new (LATCH_TYPE_RANGE, NULL);
}

/**
 * latch_range_apply:
 * @scan_results: (element-type LatchScanResult): all that the bridge hears now
 * @locks: a list of #LatchLock: those that it lists
 *
 * Takes over what the bridge hears. What is new comes in where the bridge names it. What was heard before stays where it
 * is: bridges may name them in another order each time, and nobody can read, or click at, what jumps about.
 */
void
latch_range_apply (LatchRange *self, GPtrArray *scan_results, GListModel *locks)
{
  guint next = 0;

  g_return_if_fail (LATCH_IS_RANGE (self));
  g_return_if_fail (scan_results != NULL);

  for (guint i = self->devices->len; i-- > 0;)
    {
      if (is_heard (scan_results, self->devices->pdata[i]))
        continue;

      g_ptr_array_remove_index (self->devices, i);
      g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 0);
    }

  for (guint i = 0; i < scan_results->len; i++)
    {
      const LatchScanResult *scan = scan_results->pdata[i];
      LatchDeviceInRange *device = NULL;
      guint position;

      if (find_position (self, scan, &position))
        {
          latch_device_in_range_apply (self->devices->pdata[position], scan);
          next = position + 1;
          continue;
        }

      device = latch_device_in_range_new (scan->nuki_id, scan->device_type);
      latch_device_in_range_apply (device, scan);
      latch_device_in_range_set_lock (device, find_lock (device, locks));
      g_ptr_array_insert (self->devices, next, device);
      g_list_model_items_changed (G_LIST_MODEL (self), next, 0, 1);
      next++;
    }

  latch_range_match (self, locks);
}

/**
 * latch_range_match:
 * @locks: a list of #LatchLock: those that the bridge lists
 *
 * Finds out anew which devices are which locks.
 */
void
latch_range_match (LatchRange *self, GListModel *locks)
{
  g_return_if_fail (LATCH_IS_RANGE (self));
  g_return_if_fail (G_IS_LIST_MODEL (locks));

  for (guint i = 0; i < self->devices->len; i++)
    latch_device_in_range_set_lock (self->devices->pdata[i], find_lock (self->devices->pdata[i], locks));
}

/**
 * latch_range_find:
 *
 * Returns: (transfer none) (nullable): @lock among what is heard
 */
LatchDeviceInRange *
latch_range_find (LatchRange *self, LatchLock *lock)
{
  g_return_val_if_fail (LATCH_IS_RANGE (self), NULL);
  g_return_val_if_fail (LATCH_IS_LOCK (lock), NULL);

  for (guint i = 0; i < self->devices->len; i++)
    if (latch_device_in_range_get_lock (self->devices->pdata[i]) == lock)
      return self->devices->pdata[i];

  return NULL;
}

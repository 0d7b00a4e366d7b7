/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-device-in-range.h"

#include "latch-model-enum-types.h"

struct _LatchDeviceInRange
{
  GObject parent_instance;

  guint64 nuki_id;
  int device_type;
  char *name;
  int rssi;
  LatchTristate paired;
  LatchLock *lock;
};

G_DEFINE_FINAL_TYPE (LatchDeviceInRange, latch_device_in_range, G_TYPE_OBJECT)

typedef enum
{
  PROP_NUKI_ID = 1,
  PROP_DEVICE_TYPE,
  PROP_NAME,
  PROP_RSSI,
  PROP_PAIRED,
  PROP_LOCK,
} LatchDeviceInRangeProperty;

static GParamSpec *properties[PROP_LOCK + 1];

static void
latch_device_in_range_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchDeviceInRange *self = LATCH_DEVICE_IN_RANGE (object);

  switch ((LatchDeviceInRangeProperty) property_id)
    {
    case PROP_NUKI_ID:
      g_value_set_uint64 (value, self->nuki_id);
      break;
    case PROP_DEVICE_TYPE:
      g_value_set_int (value, self->device_type);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_RSSI:
      g_value_set_int (value, self->rssi);
      break;
    case PROP_PAIRED:
      g_value_set_int (value, self->paired);
      break;
    case PROP_LOCK:
      g_value_set_object (value, self->lock);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_device_in_range_finalize (GObject *object)
{
  LatchDeviceInRange *self = LATCH_DEVICE_IN_RANGE (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->lock);

  G_OBJECT_CLASS (latch_device_in_range_parent_class)->finalize (object);
}

static void
latch_device_in_range_class_init (LatchDeviceInRangeClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_device_in_range_get_property;
  object_class->finalize = latch_device_in_range_finalize;

  properties[PROP_NUKI_ID] = g_param_spec_uint64 ("nuki-id", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  /**
   * LatchDeviceInRange:device-type:
   *
   * The bridge's code, -1 where it sends none.
   */
  properties[PROP_DEVICE_TYPE] = g_param_spec_int ("device-type", NULL, NULL, -1, G_MAXINT, -1, flags);
  /**
   * LatchDeviceInRange:name:
   *
   * What the device calls itself, such as “Nuki_00B11A52”; %NULL where the bridge does not say.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  /**
   * LatchDeviceInRange:rssi:
   *
   * How well the bridge hears it, in dBm; 0 where it does not say.
   */
  properties[PROP_RSSI] = g_param_spec_int ("rssi", NULL, NULL, G_MININT, 0, 0, flags);
  /**
   * LatchDeviceInRange:paired:
   *
   * Whether the bridge may control it: a #LatchTristate.
   */
  properties[PROP_PAIRED] = g_param_spec_int ("paired", NULL, NULL, LATCH_TRISTATE_UNKNOWN, LATCH_TRISTATE_YES,
                                              LATCH_TRISTATE_UNKNOWN, flags);
  /**
   * LatchDeviceInRange:lock:
   *
   * The same device in the bridge's list; %NULL if it is not there.
   */
  properties[PROP_LOCK] = g_param_spec_object ("lock", NULL, NULL, LATCH_TYPE_LOCK, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
latch_device_in_range_init (LatchDeviceInRange *self)
{
  self->paired = LATCH_TRISTATE_UNKNOWN;
}

/**
 * latch_device_in_range_new:
 * @device_type: the bridge's code, -1 where it sends none
 *
 * Returns: (transfer full): a device of which no more is known yet
 */
LatchDeviceInRange *
latch_device_in_range_new (guint64 nuki_id, int device_type)
{
  LatchDeviceInRange *self = g_object_new (LATCH_TYPE_DEVICE_IN_RANGE, NULL);

  self->nuki_id = nuki_id;
  self->device_type = device_type;

  return self;
}

guint64
latch_device_in_range_get_nuki_id (LatchDeviceInRange *self)
{
  g_return_val_if_fail (LATCH_IS_DEVICE_IN_RANGE (self), 0);

  return self->nuki_id;
}

int
latch_device_in_range_get_device_type (LatchDeviceInRange *self)
{
  g_return_val_if_fail (LATCH_IS_DEVICE_IN_RANGE (self), -1);

  return self->device_type;
}

/**
 * latch_device_in_range_get_name:
 *
 * Returns: (nullable): what the device calls itself
 */
const char *
latch_device_in_range_get_name (LatchDeviceInRange *self)
{
  g_return_val_if_fail (LATCH_IS_DEVICE_IN_RANGE (self), NULL);

  return self->name;
}

/**
 * latch_device_in_range_get_rssi:
 *
 * Returns: how well the bridge hears it, in dBm; 0 where it does not say
 */
int
latch_device_in_range_get_rssi (LatchDeviceInRange *self)
{
  g_return_val_if_fail (LATCH_IS_DEVICE_IN_RANGE (self), 0);

  return self->rssi;
}

LatchTristate
latch_device_in_range_get_paired (LatchDeviceInRange *self)
{
  g_return_val_if_fail (LATCH_IS_DEVICE_IN_RANGE (self), LATCH_TRISTATE_UNKNOWN);

  return self->paired;
}

/**
 * latch_device_in_range_get_lock:
 *
 * Returns: (transfer none) (nullable): the same device in the bridge's list
 */
LatchLock *
latch_device_in_range_get_lock (LatchDeviceInRange *self)
{
  g_return_val_if_fail (LATCH_IS_DEVICE_IN_RANGE (self), NULL);

  return self->lock;
}

/**
 * latch_device_in_range_apply:
 * @news: what the bridge says of this device
 *
 * Takes over what the bridge says, and tells of what is new in it once all is taken over.
 */
void
latch_device_in_range_apply (LatchDeviceInRange *self, const LatchScanResult *news)
{
  g_return_if_fail (LATCH_IS_DEVICE_IN_RANGE (self));
  g_return_if_fail (news != NULL && news->nuki_id == self->nuki_id);

  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&self->name, news->name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  if (self->rssi != news->rssi)
    {
      self->rssi = news->rssi;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RSSI]);
    }
  if (self->paired != news->paired)
    {
      self->paired = news->paired;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAIRED]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * latch_device_in_range_set_lock:
 * @lock: (nullable): the same device in the bridge's list
 */
void
latch_device_in_range_set_lock (LatchDeviceInRange *self, LatchLock *lock)
{
  g_return_if_fail (LATCH_IS_DEVICE_IN_RANGE (self));

  if (g_set_object (&self->lock, lock))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOCK]);
}

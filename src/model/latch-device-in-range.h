/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"

G_BEGIN_DECLS

#define LATCH_TYPE_DEVICE_IN_RANGE (latch_device_in_range_get_type ())

/* A lock or opener that a bridge hears, whether it may control it or not (spec: /info, scanResults). */
G_DECLARE_FINAL_TYPE (LatchDeviceInRange, latch_device_in_range, LATCH, DEVICE_IN_RANGE, GObject)

LatchDeviceInRange *latch_device_in_range_new (guint64 nuki_id, int device_type);

guint64 latch_device_in_range_get_nuki_id (LatchDeviceInRange *self);
int latch_device_in_range_get_device_type (LatchDeviceInRange *self);
const char *latch_device_in_range_get_name (LatchDeviceInRange *self);
int latch_device_in_range_get_rssi (LatchDeviceInRange *self);
LatchTristate latch_device_in_range_get_paired (LatchDeviceInRange *self);
LatchLock *latch_device_in_range_get_lock (LatchDeviceInRange *self);

void latch_device_in_range_apply (LatchDeviceInRange *self, const LatchScanResult *news);
void latch_device_in_range_set_lock (LatchDeviceInRange *self, LatchLock *lock);

G_END_DECLS

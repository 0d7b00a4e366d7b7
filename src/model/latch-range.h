/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-device-in-range.h"

G_BEGIN_DECLS

#define LATCH_TYPE_RANGE (latch_range_get_type ())

/* What a bridge hears: a GListModel of LatchDeviceInRange, each of which stays the same object for as long as it is heard. */
G_DECLARE_FINAL_TYPE (LatchRange, latch_range, LATCH, RANGE, GObject)

LatchRange *latch_range_new (void);

void latch_range_apply (LatchRange *self, GPtrArray *scan_results, GListModel *locks);
void latch_range_match (LatchRange *self, GListModel *locks);
LatchDeviceInRange *latch_range_find (LatchRange *self, LatchLock *lock);

G_END_DECLS

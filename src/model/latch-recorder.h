/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-store-activity.h"

G_BEGIN_DECLS

#define LATCH_TYPE_RECORDER (latch_recorder_get_type ())

/* Records in the store what a bridge's locks are seen to do. */
G_DECLARE_FINAL_TYPE (LatchRecorder, latch_recorder, LATCH, RECORDER, GObject)

LatchRecorder *latch_recorder_new (LatchBridge *bridge, LatchStore *store);

G_END_DECLS

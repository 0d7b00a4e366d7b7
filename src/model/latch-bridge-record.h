/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-store-record.h"

G_BEGIN_DECLS

/* What is to be stored of a bridge. */

LatchBridgeRecord *latch_bridge_record (LatchBridge *self);
GPtrArray *latch_bridge_record_locks (LatchBridge *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

G_BEGIN_DECLS

char *latch_bridge_report_new (LatchBridge *bridge, gint64 now);

G_END_DECLS

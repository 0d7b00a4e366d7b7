/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "latch-bridge.h"

G_BEGIN_DECLS

#define LATCH_TYPE_INSTANT_UPDATES_ROW (latch_instant_updates_row_get_type ())

/* Whether a bridge is to tell of changes of its own accord, and whether that works. */
G_DECLARE_FINAL_TYPE (LatchInstantUpdatesRow, latch_instant_updates_row, LATCH, INSTANT_UPDATES_ROW, AdwActionRow)

G_END_DECLS

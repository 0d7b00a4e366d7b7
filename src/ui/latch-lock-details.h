/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LOCK_DETAILS (latch_lock_details_get_type ())

/* What else is known of a lock. What its bridge does not tell has no row. */
G_DECLARE_FINAL_TYPE (LatchLockDetails, latch_lock_details, LATCH, LOCK_DETAILS, AdwBin)

void latch_lock_details_show (LatchLockDetails *self, LatchLockView *view, gboolean asking);

G_END_DECLS

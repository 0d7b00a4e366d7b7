/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"

G_BEGIN_DECLS

void latch_lock_set_pending_action (LatchLock *self, LatchLockAction action);

G_END_DECLS

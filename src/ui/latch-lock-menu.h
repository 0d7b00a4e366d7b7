/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"

G_BEGIN_DECLS

GMenuModel *latch_lock_menu_new (LatchLock *lock);

G_END_DECLS

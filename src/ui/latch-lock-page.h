/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock-view.h"
#include "latch-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Where there is enough room */
#define LATCH_LOCK_PAGE_DIAL_SIZE 196

#define LATCH_TYPE_LOCK_PAGE (latch_lock_page_get_type ())

/* One lock or opener: its state, what can be done with it, and what else is known. */
G_DECLARE_FINAL_TYPE (LatchLockPage, latch_lock_page, LATCH, LOCK_PAGE, AdwNavigationPage)

void latch_lock_page_set_store (LatchLockPage *self, LatchStore *store);
void latch_lock_page_show (LatchLockPage *self, LatchLock *lock, LatchClock *clock);

LatchLock *latch_lock_page_get_lock (LatchLockPage *self);
void latch_lock_page_set_asking (LatchLockPage *self, gboolean asking);
void latch_lock_page_set_complaint (LatchLockPage *self, const char *reason);
void latch_lock_page_set_absence (LatchLockPage *self, const char *absence);
void latch_lock_page_set_open_door_offered (LatchLockPage *self, gboolean offered);
gboolean latch_lock_page_take_focus (LatchLockPage *self);
void latch_lock_page_shake (LatchLockPage *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_MAIN_VIEW (latch_main_view_get_type ())

/* What the window shows once there are bridges: the locks beside the one that somebody looks at. */
G_DECLARE_FINAL_TYPE (LatchMainView, latch_main_view, LATCH, MAIN_VIEW, AdwBreakpointBin)

void latch_main_view_show (LatchMainView *self, GListModel *bridges, GSettings *settings);

LatchLock *latch_main_view_get_lock (LatchMainView *self);
LatchLock *latch_main_view_get_lock_in_front (LatchMainView *self);
void latch_main_view_select (LatchMainView *self, LatchLock *lock);
void latch_main_view_show_page (LatchMainView *self, LatchLock *lock);
char *latch_main_view_dup_place (LatchMainView *self);
void latch_main_view_return_to (LatchMainView *self, const char *place);
void latch_main_view_search (LatchMainView *self, const char *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-clock.h"
#include "latch-lock.h"
#include "latch-place.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_SIDEBAR (latch_sidebar_get_type ())

/* All locks, by bridge, and below them activity and the bridges; it knows where in the window somebody is. */
G_DECLARE_FINAL_TYPE (LatchSidebar, latch_sidebar, LATCH, SIDEBAR, AdwNavigationPage)

void latch_sidebar_show (LatchSidebar *self, GListModel *bridges, LatchClock *clock);

LatchLock *latch_sidebar_get_selected (LatchSidebar *self);
void latch_sidebar_set_selected (LatchSidebar *self, LatchLock *lock);
LatchPlace latch_sidebar_get_place (LatchSidebar *self);
LatchBridge *latch_sidebar_get_bridge (LatchSidebar *self);
void latch_sidebar_go (LatchSidebar *self, LatchPlace place, LatchBridge *bridge);
LatchLock *latch_sidebar_get_nth_lock (LatchSidebar *self, guint n);
void latch_sidebar_set_collapsed (LatchSidebar *self, gboolean collapsed);
void latch_sidebar_set_low (LatchSidebar *self, gboolean low);

gboolean latch_sidebar_start_search (LatchSidebar *self);
void latch_sidebar_search (LatchSidebar *self, const char *text);
void latch_sidebar_set_key_capture_widget (LatchSidebar *self, GtkWidget *widget);
gboolean latch_sidebar_focus (LatchSidebar *self, LatchLock *lock);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-activity-page.h"
#include "latch-home.h"
#include "latch-lock-page.h"

G_BEGIN_DECLS

#define LATCH_TYPE_CONTENT_PAGE (latch_content_page_get_type ())

/* What is beside the sidebar: the page of the place where somebody is, and pages that lead on from it. */
G_DECLARE_FINAL_TYPE (LatchContentPage, latch_content_page, LATCH, CONTENT_PAGE, AdwNavigationPage)

void latch_content_page_show (LatchContentPage *self, GListModel *bridges, LatchClock *clock);

AdwNavigationPage *latch_content_page_get_visible (LatchContentPage *self);
gboolean latch_content_page_take_focus (LatchContentPage *self);
LatchLockPage *latch_content_page_get_lock_page (LatchContentPage *self);
LatchActivityPage *latch_content_page_get_activity_page (LatchContentPage *self);

void latch_content_page_go_to_lock (LatchContentPage *self);
void latch_content_page_go_to_activity (LatchContentPage *self);
void latch_content_page_go_to_bridge (LatchContentPage *self, LatchBridge *bridge);
void latch_content_page_push_log (LatchContentPage *self, LatchBridge *bridge);
gboolean latch_content_page_go_back (LatchContentPage *self);

G_END_DECLS

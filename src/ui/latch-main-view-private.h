/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge-commander.h"
#include "latch-content-page.h"
#include "latch-housekeeper.h"
#include "latch-lock-commander.h"
#include "latch-main-view.h"
#include "latch-sidebar.h"

G_BEGIN_DECLS

struct _LatchMainView
{
  AdwBreakpointBin parent_instance;

  GListModel *bridges;
  GListModel *locks;
  GSettings *settings;
  LatchClock *clock;
  LatchLockCommander *commander;
  LatchHousekeeper *housekeeper; /* NULL where nothing is kept */
  LatchBridgeCommander *bridge_commander;
  guint ensure_id;
  gboolean lock_gone; /* the one that somebody looked at; he has not chosen another one yet */

  AdwNavigationSplitView *split_view;
  LatchSidebar *sidebar;
  LatchContentPage *content;
};

void latch_main_view_install_actions (GtkWidgetClass *widget_class);
gboolean latch_main_view_is_in_front (LatchMainView *self);
AdwNavigationPage *latch_main_view_get_page_in_front (LatchMainView *self);
void latch_main_view_go (LatchMainView *self, LatchPlace place, LatchBridge *bridge);

/* Where the keyboard goes */
gboolean latch_main_view_grab_focus (GtkWidget *widget);
gboolean latch_main_view_has_focus_in_content (LatchMainView *self);
gboolean latch_main_view_has_focus_in_menu (LatchMainView *self);
void latch_main_view_ensure_focus (LatchMainView *self);
void latch_main_view_go_by_key (LatchMainView *self, LatchPlace place, LatchBridge *bridge);
void latch_main_view_go_back (LatchMainView *self);

G_END_DECLS

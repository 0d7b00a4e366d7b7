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

  AdwNavigationSplitView *split_view;
  LatchSidebar *sidebar;
  LatchContentPage *content;
};

void latch_main_view_install_actions (GtkWidgetClass *widget_class);
gboolean latch_main_view_is_in_front (LatchMainView *self);
void latch_main_view_go (LatchMainView *self, LatchPlace place, LatchBridge *bridge);

G_END_DECLS

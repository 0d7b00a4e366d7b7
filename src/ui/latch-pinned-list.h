/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-place.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_PINNED_LIST (latch_pinned_list_get_type ())

/* What is always at the sidebar's end: activity, and the bridges. */
G_DECLARE_FINAL_TYPE (LatchPinnedList, latch_pinned_list, LATCH, PINNED_LIST, AdwBin)

void latch_pinned_list_show (LatchPinnedList *self, GListModel *bridges);
void latch_pinned_list_select (LatchPinnedList *self, LatchPlace place, LatchBridge *bridge);
void latch_pinned_list_set_low (LatchPinnedList *self, gboolean low);
gboolean latch_pinned_list_focus (LatchPinnedList *self, LatchPlace place, LatchBridge *bridge);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-background.h"
#include "latch-global-shortcut.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BACKGROUND_GROUP (latch_background_group_get_type ())

/* What Nightlatch does while nobody looks, and what of that the desktop allows. */
G_DECLARE_FINAL_TYPE (LatchBackgroundGroup, latch_background_group, LATCH, BACKGROUND_GROUP, AdwPreferencesGroup)

void latch_background_group_show (LatchBackgroundGroup *self,
                                  LatchBackground *background,
                                  LatchGlobalShortcut *shortcut,
                                  GSettings *settings);

G_END_DECLS

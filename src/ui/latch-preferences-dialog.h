/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "latch-background.h"
#include "latch-global-shortcut.h"

G_BEGIN_DECLS

#define LATCH_TYPE_PREFERENCES_DIALOG (latch_preferences_dialog_get_type ())

/* What a person can choose. Every choice takes effect at once. */
G_DECLARE_FINAL_TYPE (LatchPreferencesDialog, latch_preferences_dialog, LATCH, PREFERENCES_DIALOG, AdwPreferencesDialog)

LatchPreferencesDialog *latch_preferences_dialog_new (GSettings *settings,
                                                      LatchBackground *background,
                                                      LatchGlobalShortcut *shortcut);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-lock.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_RENAME_DIALOG (latch_rename_dialog_get_type ())

/* Asks what a lock or a bridge shall be called on this computer. */
G_DECLARE_FINAL_TYPE (LatchRenameDialog, latch_rename_dialog, LATCH, RENAME_DIALOG, AdwAlertDialog)

LatchRenameDialog *latch_rename_dialog_new (LatchLock *lock);
LatchRenameDialog *latch_rename_dialog_new_for_bridge (LatchBridge *bridge);

LatchLock *latch_rename_dialog_get_lock (LatchRenameDialog *self);

G_END_DECLS

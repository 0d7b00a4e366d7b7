/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-home.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_HOUSEKEEPER (latch_housekeeper_get_type ())

/* Names, hides and shows locks for people: asks, has it saved, and tells what went wrong. */
G_DECLARE_FINAL_TYPE (LatchHousekeeper, latch_housekeeper, LATCH, HOUSEKEEPER, GObject)

LatchHousekeeper *latch_housekeeper_new (GtkWidget *widget, LatchHome *home);

void latch_housekeeper_rename (LatchHousekeeper *self, LatchLock *lock);
void latch_housekeeper_hide (LatchHousekeeper *self, LatchLock *lock);
void latch_housekeeper_unhide (LatchHousekeeper *self, LatchLock *lock);

G_END_DECLS

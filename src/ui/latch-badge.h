/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock-appearance.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BADGE (latch_badge_get_type ())

/* A lock's look in a small circle, beside its name. It says nothing that the words beside it do not. */
G_DECLARE_FINAL_TYPE (LatchBadge, latch_badge, LATCH, BADGE, AdwBin)

GtkWidget *latch_badge_new (void);

LatchLockLook latch_badge_get_look (LatchBadge *self);
void latch_badge_set_look (LatchBadge *self, LatchLockLook look);
gboolean latch_badge_get_opener (LatchBadge *self);
void latch_badge_set_opener (LatchBadge *self, gboolean opener);
const char *latch_badge_get_icon_name (LatchBadge *self);
void latch_badge_set_icon_name (LatchBadge *self, const char *icon_name);

G_END_DECLS

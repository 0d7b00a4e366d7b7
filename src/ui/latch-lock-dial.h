/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock-appearance.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LOCK_DIAL (latch_lock_dial_get_type ())

/*
 * A lock seen from the side: case, bolt and strike plate in a ring. The bolt is the state. A solid ring is a state that
 * the lock confirmed, a dashed one means that nobody knows. Its colour is the CSS color of the look's style class.
 */
G_DECLARE_FINAL_TYPE (LatchLockDial, latch_lock_dial, LATCH, LOCK_DIAL, GtkWidget)

GtkWidget *latch_lock_dial_new (void);

void latch_lock_dial_show (LatchLockDial *self, LatchLockLook look, double extension, gboolean jump);
void latch_lock_dial_shake (LatchLockDial *self);

LatchLockLook latch_lock_dial_get_look (LatchLockDial *self);
double latch_lock_dial_get_bolt (LatchLockDial *self);
const char *latch_lock_dial_get_label (LatchLockDial *self);
void latch_lock_dial_set_label (LatchLockDial *self, const char *label);
int latch_lock_dial_get_pixel_size (LatchLockDial *self);
void latch_lock_dial_set_pixel_size (LatchLockDial *self, int pixel_size);

G_END_DECLS

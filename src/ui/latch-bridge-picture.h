/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BRIDGE_PICTURE (latch_bridge_picture_get_type ())

/*
 * A bridge with the light around its button, lit in the CSS color or not, and around it, while it waits for somebody,
 * a ring that empties.
 */
G_DECLARE_FINAL_TYPE (LatchBridgePicture, latch_bridge_picture, LATCH, BRIDGE_PICTURE, GtkWidget)

GtkWidget *latch_bridge_picture_new (void);

gboolean latch_bridge_picture_get_lit (LatchBridgePicture *self);
void latch_bridge_picture_set_lit (LatchBridgePicture *self, gboolean lit);
int latch_bridge_picture_get_pixel_size (LatchBridgePicture *self);
void latch_bridge_picture_set_pixel_size (LatchBridgePicture *self, int pixel_size);

void latch_bridge_picture_start_countdown (LatchBridgePicture *self, guint seconds);
void latch_bridge_picture_stop_countdown (LatchBridgePicture *self);
int latch_bridge_picture_get_seconds_left (LatchBridgePicture *self);
char *latch_bridge_picture_dup_countdown_text (LatchBridgePicture *self);

G_END_DECLS

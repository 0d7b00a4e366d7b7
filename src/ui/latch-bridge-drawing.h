/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LatchBridgeDrawing:
 * @lit: whether the light around the button is on
 * @ring: how much of the ring around the bridge is left, from 0 to 1; negative for no ring
 * @size: width and height of it all, in pixels
 *
 * A bridge at one moment. It is drawn around 0, 0.
 */
typedef struct
{
  gboolean lit;
  double ring;
  double size;
} LatchBridgeDrawing;

void latch_bridge_drawing_snapshot (const LatchBridgeDrawing *self, GtkSnapshot *snapshot, const GdkRGBA *color);

G_END_DECLS

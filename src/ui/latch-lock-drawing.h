/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock-appearance.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LatchLockDrawing:
 * @look: what is shown
 * @bolt: how far the bolt is out, from 0 to 1
 * @turn: how far the door is open, from 0 to 1
 * @arc: how much of a turning ring is drawn
 * @angle: where it begins, in degrees clockwise from the top
 * @size: width and height, in pixels
 *
 * A lock at one moment. It is drawn around 0, 0.
 */
typedef struct
{
  LatchLockLook look;
  double bolt;
  double turn;
  double arc;
  double angle;
  double size;
  gboolean dark;
  gboolean high_contrast;
} LatchLockDrawing;

gboolean latch_lock_drawing_has_turning_ring (LatchLockLook look);
void latch_lock_drawing_snapshot (const LatchLockDrawing *self, GtkSnapshot *snapshot, const GdkRGBA *color);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-drawing.h"

/* Everything is drawn in a square of this many units around 0, 0 */
#define UNITS 208
#define RING_RADIUS 100
#define RING_WIDTH 6
#define DISC_RADIUS 88
#define N_DASHES 31
#define CASE_CENTRE -29

/* The keyhole is a contour of its own: filled by the even-odd rule, it is a hole */
#define CASE_PATH                                                                                                      \
  "M -45 -42 H -13 A 15 15 0 0 1 2 -27 V 27 A 15 15 0 0 1 -13 42 H -45 A 15 15 0 0 1 -60 27 V -27 "                    \
  "A 15 15 0 0 1 -45 -42 Z M -33.6 .44 A 10.5 10.5 0 1 1 -24.4 .44 L -21 21 H -37 Z"
#define STRIKE_PATH                                                                                                    \
  "M 32 -42 H 46 A 12 12 0 0 1 58 -30 V 30 A 12 12 0 0 1 46 42 H 32 A 12 12 0 0 1 20 30 V 20 H 39 "                    \
  "A 9 9 0 0 0 48 11 V -11 A 9 9 0 0 0 39 -20 H 20 V -30 A 12 12 0 0 1 32 -42 Z"

#define BOLT_LEFT -12
#define BOLT_HEIGHT 26
#define BOLT_RADIUS 6

static void
append_fill (GtkSnapshot *snapshot, GskPath *path, const GdkRGBA *color, double alpha)
{
  GdkRGBA tint = *color;

  tint.alpha *= alpha;
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_EVEN_ODD, &tint);
}

static void
append_stroke (GtkSnapshot *snapshot, GskPath *path, GskStroke *stroke, const GdkRGBA *color, double alpha)
{
  GdkRGBA tint = *color;

  tint.alpha *= alpha;
  gtk_snapshot_append_stroke (snapshot, path, stroke, &tint);
}

static GskPath *
make_circle (double radius)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();

  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (0, 0), radius);
  return gsk_path_builder_to_path (builder);
}

/* Clockwise from the top */
static GskPath *
make_arc (double part)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  double end = part * 2 * G_PI;

  gsk_path_builder_move_to (builder, 0, -RING_RADIUS);
  gsk_path_builder_svg_arc_to (builder, RING_RADIUS, RING_RADIUS, 0, part > .5, TRUE, RING_RADIUS * sin (end),
                               -RING_RADIUS * cos (end));
  return gsk_path_builder_to_path (builder);
}

static gboolean
has_dashed_ring (LatchLockLook look)
{
  return look == LATCH_LOCK_LOOK_UNKNOWN || look == LATCH_LOCK_LOOK_OFFLINE || look == LATCH_LOCK_LOOK_UNCALIBRATED;
}

static void
draw_ring (const LatchLockDrawing *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  g_autoptr (GskStroke) stroke = gsk_stroke_new (RING_WIDTH);
  g_autoptr (GskPath) circle = make_circle (RING_RADIUS);

  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);

  if (latch_lock_drawing_has_turning_ring (self->look))
    {
      g_autoptr (GskPath) arc = make_arc (self->arc);

      append_stroke (snapshot, circle, stroke, color, .2);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_rotate (snapshot, self->angle);
      append_stroke (snapshot, arc, stroke, color, 1);
      gtk_snapshot_restore (snapshot);
      return;
    }

  if (has_dashed_ring (self->look))
    {
      double period = 2 * G_PI * RING_RADIUS / N_DASHES;
      const float dashes[] = { .46 * period, .54 * period };

      gsk_stroke_set_dash (stroke, dashes, G_N_ELEMENTS (dashes));
      append_stroke (snapshot, circle, stroke, color, .8);
      return;
    }

  append_stroke (snapshot, circle, stroke, color, 1);
}

static void
draw_disc (const LatchLockDrawing *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  g_autoptr (GskPath) disc = make_circle (DISC_RADIUS);

  append_fill (snapshot, disc, color, self->dark ? .16 : .1);
  if (self->high_contrast)
    {
      g_autoptr (GskStroke) border = gsk_stroke_new (UNITS / self->size);

      append_stroke (snapshot, disc, border, color, 1);
    }
}

static void
draw_strike (const LatchLockDrawing *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  g_autoptr (GskPath) strike = gsk_path_parse (STRIKE_PATH);

  append_fill (snapshot, strike, color, self->high_contrast ? .75 : .42);
}

static void
draw_case (const LatchLockDrawing *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) lock_case = gsk_path_parse (CASE_PATH);
  g_autoptr (GskPath) bolt = NULL;
  double right = 8 + 34 * self->bolt;
  GskRoundedRect bolt_rect;
  GdkRGBA opaque = *color;

  /* One piece, although case and bolt overlap */
  opaque.alpha = 1;
  gtk_snapshot_push_opacity (snapshot, color->alpha);
  gtk_snapshot_save (snapshot);
  if (self->turn != 0)
    {
      /* Seen a little from the side, as on a door that opens */
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (CASE_CENTRE - 2 * self->turn, 0));
      gtk_snapshot_transform (snapshot, gsk_transform_skew (NULL, 0, -8.5 * self->turn));
      gtk_snapshot_scale (snapshot, 1 - .15 * self->turn, 1);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-CASE_CENTRE, 0));
    }

  gsk_rounded_rect_init_from_rect (
      &bolt_rect, &GRAPHENE_RECT_INIT (BOLT_LEFT, -BOLT_HEIGHT / 2, right - BOLT_LEFT, BOLT_HEIGHT), BOLT_RADIUS);
  gsk_path_builder_add_rounded_rect (builder, &bolt_rect);
  bolt = gsk_path_builder_to_path (builder);

  append_fill (snapshot, bolt, &opaque, 1);
  append_fill (snapshot, lock_case, &opaque, 1);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

/**
 * latch_lock_drawing_has_turning_ring:
 *
 * Returns: whether @look needs @arc and @angle
 */
gboolean
latch_lock_drawing_has_turning_ring (LatchLockLook look)
{
  return look == LATCH_LOCK_LOOK_MOVING || look == LATCH_LOCK_LOOK_LOCK_N_GO;
}

/**
 * latch_lock_drawing_snapshot:
 * @color: what to draw it in
 *
 * Draws the lock around 0, 0.
 */
void
latch_lock_drawing_snapshot (const LatchLockDrawing *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  if (self->size <= 0)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_scale (snapshot, self->size / UNITS, self->size / UNITS);

  draw_ring (self, snapshot, color);
  draw_disc (self, snapshot, color);
  draw_strike (self, snapshot, color);
  draw_case (self, snapshot, color);

  gtk_snapshot_restore (snapshot);
}

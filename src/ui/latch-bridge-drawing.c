/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-drawing.h"

/* Everything is drawn in a square of this many units around 0, 0 */
#define UNITS 236
#define RING_RADIUS 110.5
#define RING_WIDTH 7

#define BODY GRAPHENE_RECT_INIT (-56.5, -58.5, 113, 113)
#define BODY_RADIUS 28
#define BODY_DEPTH 8

/* The button and its light, around the middle of the body */
#define BUTTON_Y -2
#define BUTTON_RADIUS 24
#define LIGHT_RADIUS 28.5
#define LIGHT_WIDTH 4.5

#define UNLIT_OPACITY .55

static GdkRGBA
with_alpha (const GdkRGBA *color, double alpha)
{
  GdkRGBA result = *color;

  result.alpha *= alpha;
  return result;
}

static void
draw_ring (const LatchBridgeDrawing *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  double end = MIN (self->ring, 1) * 2 * G_PI;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (RING_WIDTH);
  g_autoptr (GskPathBuilder) track_builder = gsk_path_builder_new ();
  g_autoptr (GskPathBuilder) arc_builder = gsk_path_builder_new ();
  g_autoptr (GskPath) track = NULL;
  g_autoptr (GskPath) arc = NULL;
  GdkRGBA faint = with_alpha (color, .16);

  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  gsk_path_builder_add_circle (track_builder, &GRAPHENE_POINT_INIT (0, 0), RING_RADIUS);
  track = gsk_path_builder_to_path (track_builder);
  gtk_snapshot_append_stroke (snapshot, track, stroke, self->ring < 1 ? &faint : color);

  /* An arc cannot end where it begins */
  if (self->ring <= 0 || self->ring >= 1)
    return;

  gsk_path_builder_move_to (arc_builder, 0, -RING_RADIUS);
  gsk_path_builder_svg_arc_to (arc_builder, RING_RADIUS, RING_RADIUS, 0, self->ring > .5, TRUE,
                               RING_RADIUS * sin (end), -RING_RADIUS * cos (end));
  arc = gsk_path_builder_to_path (arc_builder);
  gtk_snapshot_append_stroke (snapshot, arc, stroke, color);
}

static void
draw_circle (GtkSnapshot *snapshot, double radius, const GdkRGBA *color)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (0, BUTTON_Y), radius);
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, color);
}

static void
draw_circle_outline (GtkSnapshot *snapshot, double radius, double width, const GdkRGBA *color)
{
  g_autoptr (GskStroke) stroke = gsk_stroke_new (width);
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (0, BUTTON_Y), radius);
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
}

static void
draw_gradient (GtkSnapshot *snapshot, const GskRoundedRect *shape, const GdkRGBA *top, const GdkRGBA *bottom)
{
  const graphene_rect_t *bounds = &shape->bounds;
  const GskColorStop stops[] = { { 0, *top }, { 1, *bottom } };

  gtk_snapshot_push_rounded_clip (snapshot, shape);
  gtk_snapshot_append_linear_gradient (
      snapshot, bounds, &bounds->origin,
      &GRAPHENE_POINT_INIT (bounds->origin.x, bounds->origin.y + bounds->size.height), stops, G_N_ELEMENTS (stops));
  gtk_snapshot_pop (snapshot);
}

/* White plastic, by day and by night: these are the colours of a thing, not of a theme */
static void
draw_body (GtkSnapshot *snapshot)
{
  const GdkRGBA shadow = { 0, 0, 0, .22 };
  const GdkRGBA side = { .682, .675, .718, 1 };
  const GdkRGBA face_top = { 1, 1, 1, 1 };
  const GdkRGBA face_bottom = { .918, .914, .937, 1 };
  const GdkRGBA edge = { 0, 0, 0, .07 };
  GskRoundedRect body;
  GskRoundedRect base;

  gsk_rounded_rect_init_from_rect (&body, &BODY, BODY_RADIUS);
  base = body;
  gsk_rounded_rect_offset (&base, 0, BODY_DEPTH);

  gtk_snapshot_append_outset_shadow (snapshot, &base, &shadow, 0, 3, 0, 8);
  draw_gradient (snapshot, &base, &side, &side);
  draw_gradient (snapshot, &body, &face_top, &face_bottom);
  gtk_snapshot_append_border (snapshot, &body, (const float[4]) { .75, .75, .75, .75 },
                              (const GdkRGBA[4]) { edge, edge, edge, edge });
}

static void
draw_button (const LatchBridgeDrawing *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  const GdkRGBA unlit = { .72, .715, .75, 1 };
  const GdkRGBA button_top = { .886, .882, .914, 1 };
  const GdkRGBA button_bottom = { .984, .984, .992, 1 };
  const GdkRGBA edge = { 0, 0, 0, .08 };
  const GdkRGBA halo = with_alpha (color, .1);
  GskRoundedRect button;

  if (self->lit)
    {
      if (self->ring >= 0)
        {
          draw_circle (snapshot, 45, &halo);
          draw_circle (snapshot, 37, &halo);
        }
      draw_circle_outline (snapshot, LIGHT_RADIUS, LIGHT_WIDTH, color);
    }
  else
    draw_circle_outline (snapshot, LIGHT_RADIUS, LIGHT_WIDTH, &unlit);

  gsk_rounded_rect_init_from_rect (&button,
                                   &GRAPHENE_RECT_INIT (-BUTTON_RADIUS, BUTTON_Y - BUTTON_RADIUS, 2 * BUTTON_RADIUS,
                                                        2 * BUTTON_RADIUS),
                                   BUTTON_RADIUS);
  draw_gradient (snapshot, &button, &button_top, &button_bottom);
  draw_circle_outline (snapshot, BUTTON_RADIUS, 1, &edge);
}

/**
 * latch_bridge_drawing_snapshot:
 * @color: what to draw the light and the ring in
 *
 * Draws the bridge around 0, 0.
 */
void
latch_bridge_drawing_snapshot (const LatchBridgeDrawing *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  if (self->size <= 0)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_scale (snapshot, self->size / UNITS, self->size / UNITS);

  if (self->ring >= 0)
    draw_ring (self, snapshot, color);

  if (!self->lit)
    gtk_snapshot_push_opacity (snapshot, UNLIT_OPACITY);
  draw_body (snapshot);
  draw_button (self, snapshot, color);
  if (!self->lit)
    gtk_snapshot_pop (snapshot);

  gtk_snapshot_restore (snapshot);
}

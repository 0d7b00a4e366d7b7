/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-day-ribbon.h"

#include "latch-time-text.h"

#define BAR_HEIGHT 22
#define BAR_RADIUS 5
/* A door that is not locked stands out of the bar also for those who do not tell its colour */
#define LOCKED_TOP 8
/* And in what is blocked there is a gap */
#define GAP_TOP 9
#define GAP_BOTTOM 13
#define SCALE_SPACING 4
#define HATCH_STEP 5
/* What lasted a moment is not overlooked */
#define LEAST_WIDTH 2
#define HOURS_PER_TICK 6
#define HOURS_PER_TICK_IF_NARROW 12

struct _LatchDayRibbon
{
  GtkWidget parent_instance;

  GArray *segments; /* NULL while nothing is known */
  char *label;
  GtkWidget *colors[LATCH_DAY_N_KINDS]; /* never seen: style.css gives each its colour */
};

G_DEFINE_FINAL_TYPE (LatchDayRibbon, latch_day_ribbon, GTK_TYPE_WIDGET)

static const char *const css_classes[LATCH_DAY_N_KINDS] = {
  [LATCH_DAY_LOCKED] = "latch-locked",     [LATCH_DAY_OPEN] = "latch-open",
  [LATCH_DAY_BLOCKED] = "latch-blocked",   [LATCH_DAY_UNKNOWN] = "latch-unknown",
  [LATCH_DAY_UNWATCHED] = "latch-unknown", [LATCH_DAY_FUTURE] = "latch-future",
};

static gint64
get_since (LatchDayRibbon *self)
{
  return g_array_index (self->segments, LatchDaySegment, 0).start;
}

static gint64
get_until (LatchDayRibbon *self)
{
  return g_array_index (self->segments, LatchDaySegment, self->segments->len - 1).end;
}

/* Where in the bar a moment is, from left to right */
static double
get_x (LatchDayRibbon *self, gint64 time)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double x = width * (double) (time - get_since (self)) / (double) (get_until (self) - get_since (self));

  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? width - x : x;
}

static void
append_hatching (GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (1.5);
  GdkRGBA background = *color, line = *color;
  /* The lines of all areas are parts of the same pattern */
  float first = floorf (area->origin.x / HATCH_STEP) * HATCH_STEP;

  background.alpha *= .12f;
  line.alpha *= .6f;
  gtk_snapshot_append_color (snapshot, &background, area);
  for (float x = first; x < area->origin.x + area->size.width + area->size.height; x += HATCH_STEP)
    {
      gsk_path_builder_move_to (builder, x, 0);
      gsk_path_builder_line_to (builder, x - area->size.height, area->size.height);
    }
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gtk_snapshot_push_clip (snapshot, area);
  gtk_snapshot_append_stroke (snapshot, path, stroke, &line);
  gtk_snapshot_pop (snapshot);
}

/* Draws @area from one height to another */
static void
append_part (GtkSnapshot *snapshot, const graphene_rect_t *area, float top, float bottom, const GdkRGBA *color)
{
  gtk_snapshot_append_color (
      snapshot, color, &GRAPHENE_RECT_INIT (area->origin.x, top, area->size.width, bottom - top));
}

static void
append_segment (LatchDayRibbon *self, GtkSnapshot *snapshot, const LatchDaySegment *segment)
{
  double start = get_x (self, segment->start), end = get_x (self, segment->end);
  double left = MIN (start, end), width = MAX (fabs (end - start), LEAST_WIDTH);
  graphene_rect_t area = GRAPHENE_RECT_INIT ((float) left, 0, (float) width, BAR_HEIGHT);
  GdkRGBA color;

  gtk_widget_get_color (self->colors[segment->kind], &color);
  switch (segment->kind)
    {
    case LATCH_DAY_UNWATCHED:
    case LATCH_DAY_UNKNOWN:
      append_hatching (snapshot, &area, &color);
      break;
    case LATCH_DAY_BLOCKED:
      append_part (snapshot, &area, 0, GAP_TOP, &color);
      append_part (snapshot, &area, GAP_BOTTOM, BAR_HEIGHT, &color);
      break;
    case LATCH_DAY_LOCKED:
    case LATCH_DAY_FUTURE:
      append_part (snapshot, &area, LOCKED_TOP, BAR_HEIGHT, &color);
      break;
    case LATCH_DAY_OPEN:
    default:
      append_part (snapshot, &area, 0, BAR_HEIGHT, &color);
    }
}

/* Of those that overlap, because each gets its least width, the one that matters more is on top */
static void
append_bar (LatchDayRibbon *self, GtkSnapshot *snapshot)
{
  static const LatchDayKind order[] = { LATCH_DAY_FUTURE, LATCH_DAY_LOCKED, LATCH_DAY_UNKNOWN, LATCH_DAY_UNWATCHED,
                                        LATCH_DAY_OPEN, LATCH_DAY_BLOCKED };
  GskRoundedRect bar;

  gsk_rounded_rect_init_from_rect (
      &bar, &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)), BAR_HEIGHT), BAR_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &bar);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    for (guint j = 0; j < self->segments->len; j++)
      {
        const LatchDaySegment *segment = &g_array_index (self->segments, LatchDaySegment, j);

        if (segment->kind == order[i])
          append_segment (self, snapshot, segment);
      }
  gtk_snapshot_pop (snapshot);
}

/* When it was that hour on the clock that day; days in which clocks are changed are longer or shorter */
static gint64
find_hour (LatchDayRibbon *self, guint hour)
{
  g_autoptr (GDateTime) midnight = g_date_time_new_from_unix_local (get_since (self));
  g_autoptr (GDateTime) time = NULL;

  if (hour == 0)
    return get_since (self);
  if (hour == 24)
    return get_until (self);

  time = g_date_time_new_local (g_date_time_get_year (midnight), g_date_time_get_month (midnight),
                                g_date_time_get_day_of_month (midnight), hour, 0, 0);

  return g_date_time_to_unix (time);
}

/* Hours at each end, as far apart as they are wide */
static int
get_scale_width (LatchDayRibbon *self, guint hours_per_tick, int *height)
{
  g_autofree char *noon = latch_time_text_hour (12);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), noon);
  int width;

  pango_layout_get_pixel_size (layout, &width, height);

  return width * (24 / hours_per_tick + 2);
}

static void
append_scale (LatchDayRibbon *self, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  guint step = width < get_scale_width (self, HOURS_PER_TICK, NULL) ? HOURS_PER_TICK_IF_NARROW : HOURS_PER_TICK;
  GdkRGBA color;

  gtk_widget_get_color (GTK_WIDGET (self), &color);
  color.alpha *= .75f;
  for (guint hour = 0; hour <= 24; hour += step)
    {
      g_autofree char *text = latch_time_text_hour (hour);
      g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
      double x = get_x (self, find_hour (self, hour));
      int text_width;

      pango_layout_get_pixel_size (layout, &text_width, NULL);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) CLAMP (x - text_width / 2.0, 0, width - text_width),
                                                              BAR_HEIGHT + SCALE_SPACING));
      gtk_snapshot_append_layout (snapshot, layout, &color);
      gtk_snapshot_restore (snapshot);
    }
}

static void
latch_day_ribbon_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LatchDayRibbon *self = LATCH_DAY_RIBBON (widget);

  if (!self->segments || self->segments->len == 0)
    return;

  append_bar (self, snapshot);
  append_scale (self, snapshot);
}

static void
latch_day_ribbon_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  LatchDayRibbon *self = LATCH_DAY_RIBBON (widget);
  int height;

  *minimum = get_scale_width (self, HOURS_PER_TICK_IF_NARROW, &height);
  *natural = get_scale_width (self, HOURS_PER_TICK, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = BAR_HEIGHT + SCALE_SPACING + height;
}

static void
latch_day_ribbon_dispose (GObject *object)
{
  LatchDayRibbon *self = LATCH_DAY_RIBBON (object);

  for (guint i = 0; i < LATCH_DAY_N_KINDS; i++)
    g_clear_pointer (&self->colors[i], gtk_widget_unparent);

  G_OBJECT_CLASS (latch_day_ribbon_parent_class)->dispose (object);
}

static void
latch_day_ribbon_finalize (GObject *object)
{
  LatchDayRibbon *self = LATCH_DAY_RIBBON (object);

  g_clear_pointer (&self->segments, g_array_unref);
  g_free (self->label);

  G_OBJECT_CLASS (latch_day_ribbon_parent_class)->finalize (object);
}

static void
latch_day_ribbon_class_init (LatchDayRibbonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = latch_day_ribbon_dispose;
  object_class->finalize = latch_day_ribbon_finalize;
  widget_class->measure = latch_day_ribbon_measure;
  widget_class->snapshot = latch_day_ribbon_snapshot;

  gtk_widget_class_set_css_name (widget_class, "day-ribbon");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
latch_day_ribbon_init (LatchDayRibbon *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
  for (guint i = 0; i < LATCH_DAY_N_KINDS; i++)
    {
      self->colors[i] = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_add_css_class (self->colors[i], css_classes[i]);
      gtk_widget_set_parent (self->colors[i], GTK_WIDGET (self));
      gtk_widget_set_child_visible (self->colors[i], FALSE);
    }
}

GtkWidget *
latch_day_ribbon_new (void)
{
  return g_object_new (LATCH_TYPE_DAY_RIBBON, NULL);
}

/**
 * latch_day_ribbon_show:
 * @segments: (nullable) (element-type LatchDaySegment): a day, see latch_day_segments_new(); kept, and not to be changed
 * @label: the same in words, for those who do not see it
 */
void
latch_day_ribbon_show (LatchDayRibbon *self, GArray *segments, const char *label)
{
  g_return_if_fail (LATCH_IS_DAY_RIBBON (self));

  if (segments)
    g_array_ref (segments);
  g_clear_pointer (&self->segments, g_array_unref);
  self->segments = segments;
  if (g_set_str (&self->label, label))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label ? label : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
latch_day_ribbon_get_label (LatchDayRibbon *self)
{
  g_return_val_if_fail (LATCH_IS_DAY_RIBBON (self), NULL);

  return self->label;
}

/**
 * latch_day_ribbon_get_css_class:
 *
 * Returns: the style class whose `color` goes with @kind
 */
const char *
latch_day_ribbon_get_css_class (LatchDayKind kind)
{
  g_return_val_if_fail ((guint) kind < LATCH_DAY_N_KINDS, NULL);

  return css_classes[kind];
}

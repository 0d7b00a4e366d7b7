/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figures.h"

#include <math.h>

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

GArray *
figures_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

void
figures_add (GArray *self, double value)
{
  g_array_append_val (self, value);
}

/* The smallest value that so many percent do not exceed */
double
figures_get_percentile (GArray *self, double percent)
{
  g_autoptr (GArray) sorted = g_array_copy (self);
  guint rank = ceil (percent / 100 * self->len);

  g_assert_cmpuint (self->len, >, 0);
  g_array_sort (sorted, compare_cb);

  return g_array_index (sorted, double, CLAMP (rank, 1, self->len) - 1);
}

static void
add (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

void
figures_build (GArray *self, JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add (builder, "median", figures_get_percentile (self, 50));
  add (builder, "p99", figures_get_percentile (self, 99));
  add (builder, "max", figures_get_percentile (self, 100));
  json_builder_set_member_name (builder, "values");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->len; i++)
    json_builder_add_double_value (builder, g_array_index (self, double, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

JsonBuilder *
results_new (const char *name, const char *goal)
{
  JsonBuilder *self = json_builder_new ();

  json_builder_begin_object (self);
  json_builder_set_member_name (self, "name");
  json_builder_add_string_value (self, name);
  json_builder_set_member_name (self, "goal");
  json_builder_add_string_value (self, goal);
  json_builder_set_member_name (self, "runs");
  json_builder_begin_array (self);

  return self;
}

void
results_begin_run (JsonBuilder *self, const char *title, double interval_ms, gboolean goal_met)
{
  json_builder_begin_object (self);
  json_builder_set_member_name (self, "title");
  json_builder_add_string_value (self, title);
  if (interval_ms > 0)
    add (self, "refreshIntervalMs", interval_ms);
  json_builder_set_member_name (self, "goalMet");
  json_builder_add_boolean_value (self, goal_met);
  json_builder_set_member_name (self, "figures");
  json_builder_begin_object (self);
}

void
results_end_run (JsonBuilder *self)
{
  json_builder_end_object (self);
  json_builder_end_object (self);
}

void
results_add (JsonBuilder *self, const char *name, double value)
{
  g_autoptr (GArray) figures = figures_new ();

  figures_add (figures, value);
  figures_build (figures, self, name);
}

void
results_write (JsonBuilder *self)
{
  g_autoptr (JsonBuilder) builder = self;
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *file_name = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  file_name = g_strconcat (json_object_get_string_member (json_node_get_object (root), "name"), ".json", NULL);
  path = g_build_filename (g_getenv ("NIGHTLATCH_BENCHMARKS"), file_name, NULL);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  json_generator_to_file (generator, path, &error);
  g_assert_no_error (error);
}

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

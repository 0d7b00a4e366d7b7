/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One thing that was measured many times; an array of double. */

GArray *figures_new (void);
void figures_add (GArray *self, double value);
double figures_get_percentile (GArray *self, double percent);
/* Adds a member @name to the object that is being built: median, 99th percentile, largest, and each value in turn */
void figures_build (GArray *self, JsonBuilder *builder, const char *name);

G_END_DECLS

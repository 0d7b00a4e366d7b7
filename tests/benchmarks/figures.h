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

/* All that a benchmark has to tell: one run or several, each with its figures, which build-aux/bench prints */

JsonBuilder *results_new (const char *name, const char *goal);
/* @interval_ms: how long a frame is, or 0 where frames do not matter. Figures are to be added, then ended */
void results_begin_run (JsonBuilder *self, const char *title, double interval_ms, gboolean goal_met);
void results_end_run (JsonBuilder *self);
/* Something that is measured only once */
void results_add (JsonBuilder *self, const char *name, double value);
/* Keeps them in NIGHTLATCH_BENCHMARKS as JSON, named after the benchmark, and frees them */
void results_write (JsonBuilder *self);

G_END_DECLS

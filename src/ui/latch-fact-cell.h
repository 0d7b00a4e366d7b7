/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge-fact.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_FACT_CELL (latch_fact_cell_get_type ())

/* One fact among others, such as “Clock”, “In sync”. */
G_DECLARE_FINAL_TYPE (LatchFactCell, latch_fact_cell, LATCH, FACT_CELL, GtkFlowBoxChild)

GtkWidget *latch_fact_cell_new (void);

void latch_fact_cell_show (LatchFactCell *self, const LatchBridgeFact *fact);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-ctl-output.h"

G_BEGIN_DECLS

/* Aligned columns for people */
typedef struct _LatchCtlTable LatchCtlTable;

LatchCtlTable *latch_ctl_table_new (guint n_columns);
void latch_ctl_table_free (LatchCtlTable *self);
void latch_ctl_table_add (LatchCtlTable *self, const char *text, LatchCtlColor color);
void latch_ctl_table_add_titles (LatchCtlTable *self, ...) G_GNUC_NULL_TERMINATED;
void latch_ctl_table_print (LatchCtlTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchCtlTable, latch_ctl_table_free)

G_END_DECLS

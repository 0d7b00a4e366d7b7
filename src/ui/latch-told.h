/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What somebody has been told already, for as long as it is so; and for a while after the program ended, because one
 * who starts it again does not need to be told again.
 */
typedef struct _LatchTold LatchTold;

LatchTold *latch_told_new (GSettings *settings);
void latch_told_free (LatchTold *self);

gboolean latch_told_contains (LatchTold *self, const char *id);
void latch_told_add (LatchTold *self, const char *id);
void latch_told_remove (LatchTold *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchTold, latch_told_free)

G_END_DECLS

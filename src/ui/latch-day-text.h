/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Days as people call them, in the user's language and zone. Pure: the present comes from the caller. A day is its number
 * in GDate's count, so that the one before is one less.
 */

guint latch_day_text_day (gint64 time);
gint64 latch_day_text_begin (guint day);
char *latch_day_text_title (guint day, gint64 now);

G_END_DECLS

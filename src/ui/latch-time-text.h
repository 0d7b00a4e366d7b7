/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Times as people say them, in the user's language and zone. Pure: the present comes from the caller. All times are
 * seconds since 1970, all texts are to be freed.
 */

char *latch_time_text_ago (gint64 then, gint64 now);
char *latch_time_text_updated (gint64 then, gint64 now);
char *latch_time_text_since (gint64 then, gint64 now);
char *latch_time_text_clock (gint64 then);
char *latch_time_text_span (gint64 from, gint64 to);
char *latch_time_text_brief (gint64 then, gint64 now);
char *latch_time_text_hour (guint hour);
char *latch_time_text_duration (gint64 seconds);
char *latch_time_text_exact_clock (gint64 then);
char *latch_time_text_full (gint64 then);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-day-segments.h"
#include "latch-event.h"
#include "latch-lock-appearance.h"

G_BEGIN_DECLS

/**
 * LatchActivityText:
 * @look: what colour it has and, unless @icon_name says so, which icon
 * @icon_name: (nullable): its icon
 * @opener: whether it is an opener's
 * @title: what happened
 * @detail: (nullable): what else is to be said of it
 * @cause: (nullable): why, where that is known
 *
 * How a recorded event shows. All texts are translated and static.
 */
typedef struct
{
  LatchLockLook look;
  const char *icon_name;
  gboolean opener;
  const char *title;
  const char *detail;
  const char *cause;
} LatchActivityText;

void latch_activity_text_init (LatchActivityText *self, const LatchEvent *event);
char *latch_activity_text_subtitle (const LatchEvent *event, const char *lock_name);
char *latch_activity_text_time (const LatchEvent *event);
char *latch_activity_text_brief_time (const LatchEvent *event, gint64 now);
char *latch_activity_text_tooltip (const LatchEvent *event);

char *latch_activity_text_duration (LatchDayKind kind, gboolean opener, gint64 seconds);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-log-item.h"

G_BEGIN_DECLS

/*
 * A stretch of a bridge's log without gaps, newest first, read page by page. Pages overlap, because the log grows at its
 * head while it is read, so that all offsets shift. Pure: says what to ask next, and takes what was answered.
 */
typedef struct _LatchLogStretch LatchLogStretch;

/**
 * LatchLogProgress:
 * @LATCH_LOG_PROGRESS_GOING: there may be more
 * @LATCH_LOG_PROGRESS_COMPLETE: there is no more
 * @LATCH_LOG_PROGRESS_LOST: whatever is asked, no answer fits on to what is known
 *
 * How far a stretch got.
 */
typedef enum
{
  LATCH_LOG_PROGRESS_GOING,
  LATCH_LOG_PROGRESS_COMPLETE,
  LATCH_LOG_PROGRESS_LOST,
} LatchLogProgress;

LatchLogStretch *latch_log_stretch_new (void);
void latch_log_stretch_free (LatchLogStretch *self);

GPtrArray *latch_log_stretch_get_items (LatchLogStretch *self);
LatchLogProgress latch_log_stretch_get_progress (LatchLogStretch *self);

guint latch_log_stretch_plan (LatchLogStretch *self, guint count);
void latch_log_stretch_take (LatchLogStretch *self,
                             GPtrArray *page,
                             guint offset,
                             guint count,
                             guint *n_newer,
                             guint *n_older);
gboolean latch_log_stretch_join (LatchLogStretch *self, LatchLogStretch *newer, guint *n_newer, guint *n_older);
void latch_log_stretch_try_again (LatchLogStretch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchLogStretch, latch_log_stretch_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LatchLockKind:
 * @LATCH_LOCK_KIND_ALL: all of them
 * @LATCH_LOCK_KIND_UNLOCKED: those that somebody can walk through, as far as we know
 * @LATCH_LOCK_KIND_ISSUES: those that want a person's attention
 *
 * The locks that somebody wants to see.
 */
typedef enum
{
  LATCH_LOCK_KIND_ALL,
  LATCH_LOCK_KIND_UNLOCKED,
  LATCH_LOCK_KIND_ISSUES,
} LatchLockKind;

gboolean latch_lock_kind_matches (LatchLockKind kind, LatchLock *lock);

#define LATCH_TYPE_LOCK_FILTER (latch_lock_filter_get_type ())

/* Finds locks by kind and name. */
G_DECLARE_FINAL_TYPE (LatchLockFilter, latch_lock_filter, LATCH, LOCK_FILTER, GtkFilter)

LatchLockFilter *latch_lock_filter_new (void);

void latch_lock_filter_set_kind (LatchLockFilter *self, LatchLockKind kind);
void latch_lock_filter_set_text (LatchLockFilter *self, const char *text);
void latch_lock_filter_set_selected (LatchLockFilter *self, LatchLock *lock);
void latch_lock_filter_locks_changed (LatchLockFilter *self);

G_END_DECLS

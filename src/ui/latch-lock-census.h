/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LOCK_CENSUS (latch_lock_census_get_type ())

/* Counts locks, and notices when one of them changes in a way that matters to counts and filters. */
G_DECLARE_FINAL_TYPE (LatchLockCensus, latch_lock_census, LATCH, LOCK_CENSUS, GObject)

LatchLockCensus *latch_lock_census_new (GListModel *locks);

guint latch_lock_census_get_n_locks (LatchLockCensus *self);
guint latch_lock_census_get_n_unlocked (LatchLockCensus *self);
guint latch_lock_census_get_n_issues (LatchLockCensus *self);
char *latch_lock_census_to_text (LatchLockCensus *self);

G_END_DECLS

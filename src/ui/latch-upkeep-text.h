/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge-maintain.h"
#include "latch-receiver.h"

G_BEGIN_DECLS

/* What is said of what a person has a bridge do with itself, in the user's language. Texts that are not const are to be
 * freed. @name is the name of a bridge. */

const char *latch_upkeep_text_caption (LatchMaintenance maintenance);
char *latch_upkeep_text_banner (LatchMaintenance maintenance, const char *name);
char *latch_upkeep_text_question (LatchMaintenance what, const char *name);
char *latch_upkeep_text_question_body (LatchMaintenance what, const char *name, guint n_locks);
const char *latch_upkeep_text_answer (LatchMaintenance what);
const char *latch_upkeep_text_failure (LatchMaintenance what);
char *latch_upkeep_text_outcome (LatchMaintenance what, const LatchMaintenanceReport *report, const char *name);

gboolean latch_upkeep_text_is_name (const char *typed, const char *name);

const char *latch_upkeep_text_access (LatchAccess access);
const char *latch_upkeep_text_access_source (LatchAccess access);
char *latch_upkeep_text_places (guint n_used);
char *latch_upkeep_text_receiver (LatchReceiverKind kind, const char *path);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-profile.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define LATCH_SIM_TYPE_JOURNAL (latch_sim_journal_get_type ())

G_DECLARE_FINAL_TYPE (LatchSimJournal, latch_sim_journal, LATCH_SIM, JOURNAL, GObject)

LatchSimJournal *latch_sim_journal_new        (void);
JsonObject      *latch_sim_journal_begin      (LatchSimJournal   *self,
                                               const char        *method,
                                               const char        *path,
                                               const char        *query);
void             latch_sim_journal_set_auth   (JsonObject        *entry,
                                               LatchSimAuthModes  mode);
void             latch_sim_journal_clear      (LatchSimJournal   *self);
JsonNode        *latch_sim_journal_read       (LatchSimJournal   *self);

G_END_DECLS

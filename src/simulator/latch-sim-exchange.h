/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-faults.h"
#include "latch-sim-profile.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define LATCH_SIM_TYPE_EXCHANGE (latch_sim_exchange_get_type ())

G_DECLARE_FINAL_TYPE (LatchSimExchange, latch_sim_exchange, LATCH_SIM, EXCHANGE, GObject)

LatchSimExchange *latch_sim_exchange_new         (SoupServerMessage     *message,
                                                  const char            *path,
                                                  GHashTable            *query,
                                                  const LatchSimProfile *profile,
                                                  JsonObject            *journal_entry);
const char       *latch_sim_exchange_get_path    (LatchSimExchange      *self);
GHashTable       *latch_sim_exchange_get_query   (LatchSimExchange      *self);
const char       *latch_sim_exchange_get_param   (LatchSimExchange      *self,
                                                  const char            *name);
gboolean          latch_sim_exchange_get_number  (LatchSimExchange      *self,
                                                  const char            *name,
                                                  guint64                fallback,
                                                  guint64                maximum,
                                                  guint64               *number);
gboolean          latch_sim_exchange_is_software (LatchSimExchange      *self);
void              latch_sim_exchange_set_fault   (LatchSimExchange      *self,
                                                  const LatchSimFault   *fault);
LatchSimFaultKind latch_sim_exchange_get_fault   (LatchSimExchange      *self,
                                                  guint                 *status);

void              latch_sim_exchange_answer      (LatchSimExchange      *self,
                                                  guint                  status,
                                                  const char            *type,
                                                  GBytes                *body);
void              latch_sim_exchange_redirect    (LatchSimExchange      *self);
void              latch_sim_exchange_drop        (LatchSimExchange      *self,
                                                  gboolean               reset);
void              latch_sim_exchange_watch       (LatchSimExchange      *self);
void              latch_sim_exchange_hold        (LatchSimExchange      *self);

const char       *latch_sim_exchange_get_phrase  (guint                  status);

G_END_DECLS

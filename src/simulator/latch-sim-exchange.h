/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-faults.h"
#include "latch-sim-profile.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define LATCH_SIM_TYPE_EXCHANGE (latch_sim_exchange_get_type ())

G_DECLARE_FINAL_TYPE (LatchSimExchange, latch_sim_exchange, LATCH_SIM, EXCHANGE, GObject)

LatchSimExchange *latch_sim_exchange_new             (SoupServerMessage      *message,
                                                      const char             *path,
                                                      GHashTable             *query,
                                                      const LatchSimProfile  *profile,
                                                      JsonObject             *journal_entry);
const char       *latch_sim_exchange_get_path        (LatchSimExchange       *self);
GHashTable       *latch_sim_exchange_get_query       (LatchSimExchange       *self);
const char       *latch_sim_exchange_get_param       (LatchSimExchange       *self,
                                                      const char             *name);
gboolean          latch_sim_exchange_get_number      (LatchSimExchange       *self,
                                                      const char             *name,
                                                      guint64                 fallback,
                                                      guint64                 maximum,
                                                      guint64                *number);
void              latch_sim_exchange_set_fault       (LatchSimExchange       *self,
                                                      const LatchSimFault    *fault);
gboolean          latch_sim_exchange_misbehave       (LatchSimExchange       *self);

void              latch_sim_exchange_answer_json     (LatchSimExchange       *self,
                                                      JsonNode               *node);
void              latch_sim_exchange_answer_builder  (LatchSimExchange       *self,
                                                      JsonBuilder            *builder);
void              latch_sim_exchange_answer_success  (LatchSimExchange       *self,
                                                      gboolean                success,
                                                      const char             *message);
void              latch_sim_exchange_answer_nothing  (LatchSimExchange       *self);
void              latch_sim_exchange_answer_error    (LatchSimExchange       *self,
                                                      guint                   status);
void              latch_sim_exchange_answer_text     (LatchSimExchange       *self,
                                                      guint                   status,
                                                      const char             *text);
void              latch_sim_exchange_drop            (LatchSimExchange       *self);
void              latch_sim_exchange_watch           (LatchSimExchange       *self);
void              latch_sim_exchange_hold            (LatchSimExchange       *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-exchange.h"

G_BEGIN_DECLS

void     latch_sim_answer_json    (LatchSimExchange *exchange,
                                   JsonNode         *node);
void     latch_sim_answer_builder (LatchSimExchange *exchange,
                                   JsonBuilder      *builder);
void     latch_sim_answer_success (LatchSimExchange *exchange,
                                   gboolean          success,
                                   const char       *message);
void     latch_sim_answer_nothing (LatchSimExchange *exchange);
void     latch_sim_answer_error   (LatchSimExchange *exchange,
                                   guint             status);
void     latch_sim_answer_text    (LatchSimExchange *exchange,
                                   guint             status,
                                   const char       *text);
gboolean latch_sim_answer_badly   (LatchSimExchange *exchange);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-faults.h"
#include "latch-sim-log.h"

G_BEGIN_DECLS

#define LATCH_SIM_TYPE_CALLBACKS (latch_sim_callbacks_get_type ())

G_DECLARE_FINAL_TYPE (LatchSimCallbacks, latch_sim_callbacks, LATCH_SIM, CALLBACKS, GObject)

typedef enum
{
  LATCH_SIM_CALLBACK_OK,
  LATCH_SIM_CALLBACK_INVALID,
  LATCH_SIM_CALLBACK_KNOWN,
  LATCH_SIM_CALLBACK_FULL,
} LatchSimCallbackResult;

LatchSimCallbacks     *latch_sim_callbacks_new        (LatchSimLog       *log);
void                   latch_sim_callbacks_set_faults (LatchSimCallbacks *self,
                                                       LatchSimFaults    *faults);
LatchSimCallbackResult latch_sim_callbacks_add        (LatchSimCallbacks *self,
                                                       const char        *url);
gboolean               latch_sim_callbacks_remove     (LatchSimCallbacks *self,
                                                       guint              id);
void                   latch_sim_callbacks_clear      (LatchSimCallbacks *self);
JsonNode              *latch_sim_callbacks_list       (LatchSimCallbacks *self);
void                   latch_sim_callbacks_post       (LatchSimCallbacks *self,
                                                       const char        *body);

G_END_DECLS

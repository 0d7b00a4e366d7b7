/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-clock.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define LATCH_SIM_TYPE_LOG (latch_sim_log_get_type ())

G_DECLARE_FINAL_TYPE (LatchSimLog, latch_sim_log, LATCH_SIM, LOG, GObject)

LatchSimLog *latch_sim_log_new        (LatchSimClock *clock);
void         latch_sim_log_add        (LatchSimLog   *self,
                                       const char    *type);
void         latch_sim_log_add_number (LatchSimLog   *self,
                                       const char    *type,
                                       const char    *key,
                                       gint64         value);
void         latch_sim_log_add_text   (LatchSimLog   *self,
                                       const char    *type,
                                       const char    *key,
                                       const char    *value);
void         latch_sim_log_add_lock   (LatchSimLog   *self,
                                       const char    *type,
                                       guint32        nuki_id,
                                       const char    *format,
                                       ...) G_GNUC_PRINTF (4, 5);
void         latch_sim_log_fill       (LatchSimLog   *self,
                                       guint          n_entries,
                                       guint32        nuki_id);
void         latch_sim_log_set_silent (LatchSimLog   *self,
                                       gboolean       silent);
void         latch_sim_log_clear      (LatchSimLog   *self);
JsonNode    *latch_sim_log_read       (LatchSimLog   *self,
                                       guint          offset,
                                       guint          count);

G_END_DECLS

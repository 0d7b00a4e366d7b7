/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _LatchSimWriter LatchSimWriter;

LatchSimWriter *latch_sim_writer_new          (void);
void            latch_sim_writer_free         (LatchSimWriter *self);
void            latch_sim_writer_begin_object (LatchSimWriter *self);
void            latch_sim_writer_end_object   (LatchSimWriter *self);
void            latch_sim_writer_begin_array  (LatchSimWriter *self);
void            latch_sim_writer_end_array    (LatchSimWriter *self);
void            latch_sim_writer_name         (LatchSimWriter *self,
                                               const char     *name);
void            latch_sim_writer_int          (LatchSimWriter *self,
                                               const char     *name,
                                               gint64          value);
void            latch_sim_writer_flag         (LatchSimWriter *self,
                                               const char     *name,
                                               gboolean        value);
void            latch_sim_writer_text         (LatchSimWriter *self,
                                               const char     *name,
                                               const char     *value);
void            latch_sim_writer_take_node    (LatchSimWriter *self,
                                               const char     *name,
                                               JsonNode       *value);
char           *latch_sim_writer_steal        (LatchSimWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchSimWriter, latch_sim_writer_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define LATCH_SIM_TYPE_FAULTS (latch_sim_faults_get_type ())

G_DECLARE_FINAL_TYPE (LatchSimFaults, latch_sim_faults, LATCH_SIM, FAULTS, GObject)

typedef enum
{
  LATCH_SIM_FAULT_NONE,

  /* The request is not acted on, and not answered properly */
  LATCH_SIM_FAULT_REFUSE,
  LATCH_SIM_FAULT_HANG,
  LATCH_SIM_FAULT_RESET,

  /* The request is not acted on; this is answered instead */
  LATCH_SIM_FAULT_GARBAGE,
  LATCH_SIM_FAULT_HUGE,
  LATCH_SIM_FAULT_DEEP,
  LATCH_SIM_FAULT_EMPTY,
  LATCH_SIM_FAULT_REDIRECT,
  LATCH_SIM_FAULT_STATUS,
  LATCH_SIM_FAULT_SUCCESS_FALSE,

  /* The request is acted on, but its answer is spoilt on the way */
  LATCH_SIM_FAULT_SLOW,
  LATCH_SIM_FAULT_TRUNCATE,
  LATCH_SIM_FAULT_WRONG_TYPES,
  LATCH_SIM_FAULT_STRINGS,
  LATCH_SIM_FAULT_NULLS,
  LATCH_SIM_FAULT_BAD_UTF8,
  LATCH_SIM_FAULT_CONTROL_CHAR,
  LATCH_SIM_FAULT_FALSE_FAILURE,
  LATCH_SIM_FAULT_LOST_RESPONSE,

  /* The log is read out wrongly */
  LATCH_SIM_FAULT_LOG_REPEAT,
  LATCH_SIM_FAULT_LOG_REORDER,
  LATCH_SIM_FAULT_LOG_CUT,
  LATCH_SIM_FAULT_LOG_SKIP,
} LatchSimFaultKind;

/**
 * LatchSimFault:
 * @status: the HTTP status of %LATCH_SIM_FAULT_STATUS
 * @name: (transfer none): how the fault is written
 *
 * What shall go wrong with one request.
 */
typedef struct
{
  LatchSimFaultKind kind;
  guint status;
  char name[16];
} LatchSimFault;

LatchSimFaults *latch_sim_faults_new        (void);
gboolean        latch_sim_faults_add        (LatchSimFaults *self,
                                             const char     *kind,
                                             const char     *path,
                                             const char     *count,
                                             GError        **error);
gboolean        latch_sim_faults_add_option (LatchSimFaults *self,
                                             const char     *option,
                                             GError        **error);
void            latch_sim_faults_clear      (LatchSimFaults *self);
LatchSimFault   latch_sim_faults_take       (LatchSimFaults *self,
                                             const char     *path,
                                             gboolean        named);
JsonNode       *latch_sim_faults_list       (LatchSimFaults *self);
char           *latch_sim_faults_describe   (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "latch-test-loop.h"

G_BEGIN_DECLS

/*
 * The simulated bridge as a program of its own, steered over HTTP. The program is found by the environment variable
 * NIGHTLATCH_SIMULATOR. Steering is synchronous: the test's own main loop stands still meanwhile.
 */
typedef struct _LatchTestSimulator LatchTestSimulator;

/* What most tests use; latch_test_simulator_new() takes any other */
#define LATCH_TEST_TOKEN "s3cretT0ken"

LatchTestSimulator *latch_test_simulator_new (const char *argument, ...) G_GNUC_NULL_TERMINATED;
LatchTestSimulator *latch_test_simulator_newv (const char *const *arguments);
void latch_test_simulator_free (LatchTestSimulator *self);

const char *latch_test_simulator_get_host (LatchTestSimulator *self);
guint16 latch_test_simulator_get_port (LatchTestSimulator *self);
const char *latch_test_simulator_get_uri (LatchTestSimulator *self);
const char *latch_test_simulator_get_discovery_uri (LatchTestSimulator *self);
void latch_test_simulator_stop (LatchTestSimulator *self);

/* Hands on the bridge: @path as "locks/1?state=3" */
void latch_test_simulator_post (LatchTestSimulator *self, const char *path, ...) G_GNUC_PRINTF (2, 3);
void latch_test_simulator_press_button (LatchTestSimulator *self);
void latch_test_simulator_add_fault (LatchTestSimulator *self, const char *kind, const char *path, guint count);
void latch_test_simulator_clear_faults (LatchTestSimulator *self);
JsonNode *latch_test_simulator_get_state (LatchTestSimulator *self);
int latch_test_simulator_get_lock_state (LatchTestSimulator *self, guint64 nuki_id);

/*
 * The journal: all requests, oldest first, with what they asked for. A request's line is its path and query, without
 * what proves that we know the token: "/lockAction?nukiId=1&action=2".
 */
typedef struct
{
  gint64 time; /* microseconds since 1970 */
  char *path;
  char *line;
  char *query; /* as it came, secrets masked */
  char *auth;  /* how the token was shown: "plain", "hashed", "encrypted"; NULL if it was not accepted or not needed */
  guint status; /* 0 if there was no proper answer */
} LatchTestRequest;

GPtrArray *latch_test_simulator_get_requests (LatchTestSimulator *self);
guint latch_test_simulator_count_requests (LatchTestSimulator *self, const char *path);
char *latch_test_simulator_list_requests (LatchTestSimulator *self);
void latch_test_simulator_clear_requests (LatchTestSimulator *self);
void latch_test_simulator_wait_for_request (LatchTestSimulator *self, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchTestSimulator, latch_test_simulator_free)

G_END_DECLS

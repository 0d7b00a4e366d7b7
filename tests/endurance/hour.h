/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "home-fixture.h"

G_BEGIN_DECLS

#define HOUR_SECONDS 3600
#define HOUR_LOCKS 10
/* After anything that happens, until nothing follows any more */
#define HOUR_SETTLE_SECONDS 5

/*
 * The model as the application has it, started with ten locks that it knows, and the simulated bridge. Where nothing
 * happens, time leaps to what the program does next of its own accord: an hour takes some seconds.
 */
typedef struct
{
  HomeFixture home;
  LatchBridge *bridge;
  gint64 began_at; /* monotonic: when it was started anew */
} Hour;

void hour_set_up (Hour *self, gconstpointer data);
void hour_tear_down (Hour *self, gconstpointer data);
void hour_pass (guint seconds);
void hour_turn_key (Hour *self, LatchLockState state);
void hour_lock (Hour *self);
/* Returns: (transfer full): the paths of all requests since it was last called, separated by spaces */
char *hour_take_requests (Hour *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-error.h"
#include "latch-home.h"
#include "latch-test-simulator.h"

G_BEGIN_DECLS

#define BRIDGE_ID "2117604523"

/* A folder for the database, and one program that uses it; others may follow. The keyring is a file of its own. */
typedef struct
{
  char *folder;
  LatchTestSimulator *simulator;
  LatchStore *store;
  LatchTokenStore *token_store;
  LatchHome *home;
} HomeFixture;

void home_use_keyring_file (void);
void home_remove_keyring_file (void);
void home_remove_folder (const char *folder);
void home_start_program (HomeFixture *fixture);
void home_end_program (HomeFixture *fixture);
void home_forget_token (const char *bridge_id);
void home_assert_token (const char *bridge_id, const char *expected);
void home_set_up (HomeFixture *fixture, gconstpointer data);
void home_tear_down (HomeFixture *fixture, gconstpointer data);
LatchPairing *home_pair_with (LatchTestSimulator *simulator, LatchAuthMode mode);
LatchBridge *home_adopt (HomeFixture *fixture, LatchPairing *pairing, const char *name, GError **error);
LatchBridge *home_add_bridge (HomeFixture *fixture);
gboolean home_load (HomeFixture *fixture, GError **error);
LatchBridge *home_restart (HomeFixture *fixture);
guint home_get_n_bridges (HomeFixture *fixture);
gboolean home_file_has (const char *path, const char *text);
guint home_look_for_token (const char *folder);

G_END_DECLS

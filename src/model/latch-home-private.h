/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-home.h"
#include "latch-keeper.h"

G_BEGIN_DECLS

/**
 * LatchHome:
 *
 * The bridges that this person has paired with: a list model that outlives the program, in the store, with tokens in
 * the keyring.
 */
struct _LatchHome
{
  GObject parent_instance;

  LatchStore *store;
  LatchTokenStore *token_store;
  GPtrArray *keepers; /* of LatchKeeper */
  gboolean loaded;
  gboolean watching;
  gboolean quiet;
  gboolean visible;
  gboolean discovery_enabled;
  char *discovery_url;
  guint16 event_port;
  char *installation_id; /* NULL until it is known */
  guint history_days;
  guint prune_id;
};

LatchKeeper *latch_home_find_keeper (LatchHome *self, const char *id);
void latch_home_add_keeper (LatchHome *self, LatchKeeper *keeper);
void latch_home_set_loaded (LatchHome *self);
void latch_home_prune (LatchHome *self);
void latch_home_add_record (LatchHome *self, const LatchBridgeRecord *record, GTask *task);
void latch_home_get_token (LatchHome *self, const char *bridge_id, GTask *task);

G_END_DECLS

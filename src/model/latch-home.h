/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-pairing.h"
#include "latch-store.h"
#include "latch-token-store.h"

G_BEGIN_DECLS

#define LATCH_TYPE_HOME (latch_home_get_type ())

/* A GListModel of the LatchBridges that this person has paired with. */
G_DECLARE_FINAL_TYPE (LatchHome, latch_home, LATCH, HOME, GObject)

LatchHome *latch_home_new (LatchStore *store, LatchTokenStore *token_store);

void latch_home_load_async (LatchHome *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean latch_home_load_finish (LatchHome *self, GAsyncResult *result, GError **error);
gboolean latch_home_is_loaded (LatchHome *self);

LatchStore *latch_home_get_store (LatchHome *self);
LatchBridge *latch_home_find_bridge (LatchHome *self, const char *id);
char *latch_home_suggest_name (LatchHome *self);

void latch_home_protect_token (LatchHome *self, LatchPairing *pairing, const char *token);
void latch_home_adopt_async (LatchHome *self,
                             LatchPairing *pairing,
                             const char *name,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
LatchBridge *latch_home_adopt_finish (LatchHome *self, GAsyncResult *result, GError **error);
void latch_home_forget_async (LatchHome *self,
                              LatchBridge *bridge,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean latch_home_forget_finish (LatchHome *self, GAsyncResult *result, GError **error);
void latch_home_rename_lock_async (LatchHome *self,
                                   LatchLock *lock,
                                   const char *text,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean latch_home_rename_lock_finish (LatchHome *self, GAsyncResult *result, GError **error);
void latch_home_refresh_choices (LatchHome *self);
void latch_home_hide_lock_async (LatchHome *self,
                                 LatchLock *lock,
                                 gboolean hidden,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean latch_home_hide_lock_finish (LatchHome *self, GAsyncResult *result, GError **error);
void latch_home_refresh (LatchHome *self, LatchBridge *bridge);
void latch_home_set_quiet (LatchHome *self, gboolean quiet);
void latch_home_set_watching (LatchHome *self, gboolean watching);
void latch_home_set_visible (LatchHome *self, gboolean visible);
void latch_home_set_discovery (LatchHome *self, gboolean enabled, const char *url);
void latch_home_set_event_port (LatchHome *self, guint16 port);
void latch_home_set_history_days (LatchHome *self, guint days);
void latch_home_leave_async (LatchHome *self, guint timeout_ms, GAsyncReadyCallback callback, gpointer user_data);
void latch_home_leave_finish (LatchHome *self, GAsyncResult *result);

G_END_DECLS

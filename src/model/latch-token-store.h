/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LATCH_TYPE_TOKEN_STORE (latch_token_store_get_type ())

/*
 * The bridges' tokens, in the Secret Service. Where there is none, tokens are kept in memory until the program ends,
 * and whoever stored one is told so. Build profiles have different application IDs and do not see each other's tokens.
 */
G_DECLARE_FINAL_TYPE (LatchTokenStore, latch_token_store, LATCH, TOKEN_STORE, GObject)

LatchTokenStore *latch_token_store_new (void);
LatchTokenStore *latch_token_store_new_in_memory (void);

void latch_token_store_lookup_async (LatchTokenStore *self, const char *bridge_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *latch_token_store_lookup_finish (LatchTokenStore *self, GAsyncResult *result, gboolean *session_only, GError **error);
void latch_token_store_store_async (LatchTokenStore *self, const char *bridge_id, const char *bridge_name, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean latch_token_store_store_finish (LatchTokenStore *self, GAsyncResult *result, gboolean *session_only, GError **error);
void latch_token_store_forget_async (LatchTokenStore *self, const char *bridge_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean latch_token_store_forget_finish (LatchTokenStore *self, GAsyncResult *result, GError **error);

G_END_DECLS

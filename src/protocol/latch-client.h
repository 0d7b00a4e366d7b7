/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-snapshot.h"
#include "latch-turnstile.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LATCH_CLIENT_DEFAULT_PORT 8080

/**
 * LatchPriority:
 * @LATCH_PRIORITY_BACKGROUND: nobody waits for it
 * @LATCH_PRIORITY_PERSON: a person does, and it overtakes what waits in the background
 */
typedef enum
{
  LATCH_PRIORITY_BACKGROUND,
  LATCH_PRIORITY_PERSON,
} LatchPriority;

#define LATCH_TYPE_CLIENT (latch_client_get_type ())

G_DECLARE_FINAL_TYPE (LatchClient, latch_client, LATCH, CLIENT, GObject)

LatchClient *latch_client_new (const char *host, guint16 port);
LatchClient *latch_client_new_like (LatchClient *like, const char *host, guint16 port);
gboolean latch_client_parse_address (const char *text, char **host, guint16 *port, GError **error);

const char *latch_client_get_host (LatchClient *self);
guint16 latch_client_get_port (LatchClient *self);
void latch_client_set_address (LatchClient *self, const char *host, guint16 port);
gboolean latch_client_has_token (LatchClient *self);
gboolean latch_client_knows_token (LatchClient *self, const char *token);
void latch_client_set_token (LatchClient *self, const char *token);
LatchAuthMode latch_client_get_auth_mode (LatchClient *self);
void latch_client_set_auth_mode (LatchClient *self, LatchAuthMode mode);
LatchAuthMode latch_client_get_accepted_mode (LatchClient *self);
void latch_client_set_accepted_mode (LatchClient *self, LatchAuthMode mode);
guint latch_client_get_timeout (LatchClient *self);
void latch_client_set_timeout (LatchClient *self, guint seconds);
LatchPriority latch_client_get_read_priority (LatchClient *self);
void latch_client_set_read_priority (LatchClient *self, LatchPriority priority);

/* Where several programs speak to one bridge */
void latch_client_set_turnstile (LatchClient *self, LatchTurnstile *turnstile);
void latch_client_take_turn_async (LatchClient *self,
                                   const char *path,
                                   gboolean command,
                                   guint deadline_ms,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
guint64 latch_client_take_turn_finish (LatchClient *self, GAsyncResult *result, GError **error);
void latch_client_end_turn (LatchClient *self, guint64 turn);

/* Pairing */
void latch_client_auth_async (LatchClient *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
char *latch_client_auth_finish (LatchClient *self, GAsyncResult *result, GError **error);
void latch_client_config_auth_async (LatchClient *self,
                                     gboolean enable,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean latch_client_config_auth_finish (LatchClient *self, GAsyncResult *result, GError **error);

/* Locks */
void latch_client_list_async (LatchClient *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GPtrArray *latch_client_list_finish (LatchClient *self, GAsyncResult *result, GError **error);
void latch_client_lock_state_async (LatchClient *self,
                                    guint64 nuki_id,
                                    int device_type,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean latch_client_lock_state_finish (LatchClient *self,
                                         GAsyncResult *result,
                                         LatchStateSnapshot *state,
                                         GError **error);
void latch_client_lock_action_async (LatchClient *self,
                                     guint64 nuki_id,
                                     int device_type,
                                     LatchLockAction action,
                                     gboolean wait,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean latch_client_lock_action_finish (LatchClient *self,
                                          GAsyncResult *result,
                                          LatchTristate *battery_critical,
                                          GError **error);
void latch_client_unpair_async (LatchClient *self,
                                guint64 nuki_id,
                                int device_type,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean latch_client_unpair_finish (LatchClient *self, GAsyncResult *result, GError **error);

/* The bridge itself */
void latch_client_info_async (LatchClient *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
LatchInfoSnapshot *latch_client_info_finish (LatchClient *self, GAsyncResult *result, GError **error);
void latch_client_log_async (LatchClient *self,
                             guint offset,
                             guint count,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GPtrArray *latch_client_log_finish (LatchClient *self, GAsyncResult *result, GError **error);
void latch_client_clear_log_async (LatchClient *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean latch_client_clear_log_finish (LatchClient *self, GAsyncResult *result, GError **error);
void latch_client_firmware_update_async (LatchClient *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean latch_client_firmware_update_finish (LatchClient *self, GAsyncResult *result, GError **error);
void latch_client_reboot_async (LatchClient *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean latch_client_reboot_finish (LatchClient *self, GAsyncResult *result, GError **error);
void latch_client_factory_reset_async (LatchClient *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean latch_client_factory_reset_finish (LatchClient *self, GAsyncResult *result, GError **error);

/* Callbacks */
gboolean latch_client_check_callback_url (const char *url, GError **error);
void latch_client_callback_add_async (LatchClient *self,
                                      const char *url,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean latch_client_callback_add_finish (LatchClient *self, GAsyncResult *result, GError **error);
void latch_client_callback_list_async (LatchClient *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *latch_client_callback_list_finish (LatchClient *self, GAsyncResult *result, GError **error);
void latch_client_callback_remove_async (LatchClient *self,
                                         int id,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean latch_client_callback_remove_finish (LatchClient *self, GAsyncResult *result, GError **error);

G_END_DECLS

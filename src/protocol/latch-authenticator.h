/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-snapshot.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LATCH_TYPE_AUTHENTICATOR (latch_authenticator_get_type ())

/*
 * Decides how our token is shown to one bridge. Makes no requests: the queue asks it what to send, and tells it
 * what came back.
 */
G_DECLARE_FINAL_TYPE (LatchAuthenticator, latch_authenticator, LATCH, AUTHENTICATOR, GObject)

LatchAuthenticator *latch_authenticator_new (void);

gboolean latch_authenticator_has_token (LatchAuthenticator *self);
gboolean latch_authenticator_knows_token (LatchAuthenticator *self, const char *token);
void latch_authenticator_set_token (LatchAuthenticator *self, const char *token);
void latch_authenticator_copy_token (LatchAuthenticator *self, LatchAuthenticator *from);
LatchAuthMode latch_authenticator_get_requested_mode (LatchAuthenticator *self);
void latch_authenticator_set_requested_mode (LatchAuthenticator *self, LatchAuthMode mode);
LatchAuthMode latch_authenticator_get_accepted_mode (LatchAuthenticator *self);
void latch_authenticator_set_accepted_mode (LatchAuthenticator *self, LatchAuthMode mode);

gboolean latch_authenticator_needs_trial (LatchAuthenticator *self);
char *latch_authenticator_next_query (LatchAuthenticator *self, gboolean trial);
gboolean latch_authenticator_trial_refused (LatchAuthenticator *self);
gboolean latch_authenticator_trial_accepted (LatchAuthenticator *self, const LatchInfoSnapshot *info, gint64 now, GError **error);
void latch_authenticator_heard_info (LatchAuthenticator *self, const LatchInfoSnapshot *info);

G_END_DECLS

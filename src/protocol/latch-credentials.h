/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-enums.h"

G_BEGIN_DECLS

#define LATCH_CREDENTIALS_NONCE_SIZE 24

/*
 * Query parameters that show a bridge our token. latch_credentials_to_query() takes time and random values itself;
 * latch_credentials_to_query_full() takes them from the caller, so that published examples can be checked.
 */

char *latch_credentials_to_query (LatchAuthMode mode, const char *token, guint16 random);
char *latch_credentials_to_query_full (LatchAuthMode mode,
                                       const char *token,
                                       gint64 now,
                                       guint16 random,
                                       const guint8 nonce[LATCH_CREDENTIALS_NONCE_SIZE]);
LatchAuthMode latch_credentials_mode_for_firmware (LatchBridgeType type, const char *firmware_version);

G_END_DECLS

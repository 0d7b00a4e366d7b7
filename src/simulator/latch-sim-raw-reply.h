/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef void (*LatchSimRawReplyDone) (gpointer user_data);

void latch_sim_raw_reply_drop (GIOStream            *stream,
                               GSocket              *socket,
                               gboolean              reset);
void latch_sim_raw_reply_send (GIOStream            *stream,
                               GSocket              *socket,
                               guint                 status,
                               const char           *phrase,
                               const char           *type,
                               GBytes               *body,
                               gboolean              truncate,
                               LatchSimRawReplyDone  done,
                               gpointer              user_data);

G_END_DECLS

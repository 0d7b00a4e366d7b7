/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A bridge as far as it tells of changes: in a thread of its own, it posts what it is given, when it is time. */
typedef struct _Pusher Pusher;

Pusher *pusher_new (const char *url);
void pusher_free (Pusher *self);

void pusher_push (Pusher *self, const char *body, guint delay_ms);
/* Just before it connected for its last push: monotonic time, 0 if it has not yet */
gint64 pusher_get_began_at (Pusher *self);
/* What waiting_measure() said then */
gint64 pusher_get_waited_before (Pusher *self);
/* When that was answered: monotonic time, 0 if it is not yet */
gint64 pusher_get_answered_at (Pusher *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pusher, pusher_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * One connection to a LatchEventListener, which lives for a few seconds at most. Plain data behind functions; whoever
 * made it frees it, at the latest when told that it is over.
 */
typedef struct _LatchVisit LatchVisit;

typedef void (*LatchVisitOver) (LatchVisit *self, gpointer user_data);

LatchVisit *latch_visit_new (GSocketConnection *connection,
                             GSocketAddress *remote,
                             gboolean stranger,
                             LatchVisitOver over,
                             gpointer user_data);
void latch_visit_free (LatchVisit *self);

gboolean latch_visit_is_stranger (LatchVisit *self);
void latch_visit_welcome (LatchVisit *self);
gboolean latch_visit_is_welcome (LatchVisit *self);
gboolean latch_visit_is_refused (LatchVisit *self);
gboolean latch_visit_is_of (LatchVisit *self, GSocketAddress *remote);
void latch_visit_refuse (LatchVisit *self, SoupServerMessage *message, guint status);

G_END_DECLS

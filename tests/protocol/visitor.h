/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Somebody who connects to a listener of this program and says whatever the test wants, byte by byte. It has a thread
 * of its own, so that the test's main loop serves it.
 */
typedef struct _Visitor Visitor;

typedef enum
{
  VISITOR_PLAIN = 0,
  VISITOR_STRANGER = 1 << 0,        /* comes from 127.0.0.2 */
  VISITOR_IPV6 = 1 << 1,            /* goes to ::1 */
  VISITOR_SHUTS_DOWN = 1 << 2,      /* says that nothing more will come */
  VISITOR_NEVER_ENDS = 1 << 3,      /* stays until the other side hangs up, whatever it answers */
  VISITOR_TRICKLES = 1 << 4,        /* and says a little more from time to time */
  VISITOR_READS_HEAD_ONLY = 1 << 5, /* leaves as soon as it has the head of an answer */
} VisitorFlags;

Visitor *visitor_new (guint16 port, const char *bytes, gssize length, VisitorFlags flags);
void visitor_free (Visitor *self);

/* Runs the main loop until it has left; returns all that it was told */
char *visitor_finish (Visitor *self);
void visitor_wait_until_connected (Visitor *self);
/* Stops everything else until it has left */
void visitor_join (Visitor *self);

gboolean visitor_was_connected (Visitor *self);
/* Whether it could not say all that it had to say */
gboolean visitor_was_cut_off (Visitor *self);
gsize visitor_get_n_sent (Visitor *self);
/* When it left: monotonic time */
gint64 visitor_get_end (Visitor *self);

guint visitor_count_files (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Visitor, visitor_free)

G_END_DECLS

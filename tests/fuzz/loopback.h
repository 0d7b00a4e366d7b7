/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Says bytes to a server of this program, and hears what it answers; both in one thread, turn by turn, so that the same
 * input always makes the same thing happen.
 */

typedef struct
{
  const guint8 *bytes;
  gsize size;
  guint8 cut; /* where, in 256ths, it is cut in two: what there is to do is done before the rest comes; 0 for nowhere */
  gboolean stranger; /* it comes from 127.0.0.2 */
} LoopbackRequest;

/* Returns: (transfer full): all that was answered until the other side hung up, which has to be at once and without
 * leaving a file open */
GString *loopback_ask (guint16 port, const LoopbackRequest *request);

G_END_DECLS

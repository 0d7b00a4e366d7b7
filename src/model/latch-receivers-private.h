/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-receivers.h"

G_BEGIN_DECLS

/**
 * LatchReceivers:
 *
 * Whom a bridge tells of changes. While somebody looks, it is asked from time to time, as others may come and go.
 */
struct _LatchReceivers
{
  GObject parent_instance;

  LatchBridge *bridge;
  LatchSubscription *subscription; /* NULL while nobody watches the bridge */
  GPtrArray *items;
  gboolean known; /* the bridge has told at least once */
  char *problem;
  gboolean adding;

  gboolean active;
  gboolean asking;
  gboolean ask_again; /* once that is over */
  GCancellable *cancellable;
  guint timer_id;
};

void latch_receivers_take (LatchReceivers *self, GPtrArray *callbacks);
void latch_receivers_set_adding (LatchReceivers *self, gboolean adding);

G_END_DECLS

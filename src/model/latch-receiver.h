/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LatchReceiverKind:
 * @LATCH_RECEIVER_KIND_THIS: this program
 * @LATCH_RECEIVER_KIND_HERE: another program of this installation
 * @LATCH_RECEIVER_KIND_ELSEWHERE: a Nightlatch of another installation
 * @LATCH_RECEIVER_KIND_OTHER: some other program
 *
 * Who takes one of a bridge's three places.
 */
typedef enum
{
  LATCH_RECEIVER_KIND_THIS,
  LATCH_RECEIVER_KIND_HERE,
  LATCH_RECEIVER_KIND_ELSEWHERE,
  LATCH_RECEIVER_KIND_OTHER,
} LatchReceiverKind;

#define LATCH_TYPE_RECEIVER (latch_receiver_get_type ())

/* Somebody whom a bridge tells of changes (spec: /callback/list). */
G_DECLARE_FINAL_TYPE (LatchReceiver, latch_receiver, LATCH, RECEIVER, GObject)

LatchReceiver *latch_receiver_new (const char *url);

const char *latch_receiver_get_url (LatchReceiver *self);
const char *latch_receiver_get_host (LatchReceiver *self);
const char *latch_receiver_get_path (LatchReceiver *self);
LatchReceiverKind latch_receiver_get_kind (LatchReceiver *self);
gboolean latch_receiver_get_leaving (LatchReceiver *self);

void latch_receiver_judge (LatchReceiver *self, const char *our_url, const char *installation_id);
void latch_receiver_set_leaving (LatchReceiver *self, gboolean leaving);

G_END_DECLS

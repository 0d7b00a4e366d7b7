/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-receiver.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_RECEIVER_ROW (latch_receiver_row_get_type ())

/* Another program that a bridge tells of changes. */
G_DECLARE_FINAL_TYPE (LatchReceiverRow, latch_receiver_row, LATCH, RECEIVER_ROW, AdwActionRow)

LatchReceiverRow *latch_receiver_row_new (LatchReceiver *receiver);
LatchReceiver *latch_receiver_row_get_receiver (LatchReceiverRow *self);

G_END_DECLS

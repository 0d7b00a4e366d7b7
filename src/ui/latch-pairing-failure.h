/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LatchPairingRemedy:
 * @LATCH_PAIRING_REMEDY_NONE: nothing
 * @LATCH_PAIRING_REMEDY_RETRY: try again
 * @LATCH_PAIRING_REMEDY_ENTER_ADDRESS: enter another address
 * @LATCH_PAIRING_REMEDY_USE_TOKEN: type a token instead of pressing the button
 * @LATCH_PAIRING_REMEDY_ACCEPT_PLAIN: agree to show the token unprotected
 *
 * What somebody can do when pairing failed.
 */
typedef enum
{
  LATCH_PAIRING_REMEDY_NONE,
  LATCH_PAIRING_REMEDY_RETRY,
  LATCH_PAIRING_REMEDY_ENTER_ADDRESS,
  LATCH_PAIRING_REMEDY_USE_TOKEN,
  LATCH_PAIRING_REMEDY_ACCEPT_PLAIN,
} LatchPairingRemedy;

/**
 * LatchPairingProgress:
 * @LATCH_PAIRING_PROGRESS_ASKED: no further than a question
 * @LATCH_PAIRING_PROGRESS_WAITED: the bridge waited for its button as long as it ever does
 * @LATCH_PAIRING_PROGRESS_PRESSED: the button was pressed, and the token is here
 *
 * How far a pairing came before it failed.
 */
typedef enum
{
  LATCH_PAIRING_PROGRESS_ASKED,
  LATCH_PAIRING_PROGRESS_WAITED,
  LATCH_PAIRING_PROGRESS_PRESSED,
} LatchPairingProgress;

/**
 * LatchPairingFailure:
 * @title: what went wrong, translated and static
 * @text: (nullable): what it means
 * @primary: what will most likely help
 * @alternative: what else may
 *
 * A failed pairing, as people are told of it.
 */
typedef struct
{
  const char *title;
  char *text;
  LatchPairingRemedy primary;
  LatchPairingRemedy alternative;
} LatchPairingFailure;

LatchPairingFailure *latch_pairing_failure_new (const GError *error,
                                                const char *host,
                                                LatchPairingProgress progress);
void latch_pairing_failure_free (LatchPairingFailure *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchPairingFailure, latch_pairing_failure_free)

const char *latch_pairing_remedy_get_label (LatchPairingRemedy remedy);

G_END_DECLS

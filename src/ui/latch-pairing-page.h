/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-pairing-failure.h"
#include "latch-pairing.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_PAIRING_PAGE (latch_pairing_page_get_type ())

/* Shows how a pairing goes: that its button is to be pressed, for how long, and what went wrong. */
G_DECLARE_FINAL_TYPE (LatchPairingPage, latch_pairing_page, LATCH, PAIRING_PAGE, AdwNavigationPage)

LatchPairingPage *latch_pairing_page_new (const char *title, LatchPairing *pairing);

void latch_pairing_page_show_failure (LatchPairingPage *self, const GError *error, gboolean pressed);
void latch_pairing_page_show_attempt (LatchPairingPage *self);

G_END_DECLS

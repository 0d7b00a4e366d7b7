/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-home.h"
#include "latch-test-simulator.h"

G_BEGIN_DECLS

/* Loads the home, and pairs it with a bridge. Returns: (transfer full): the bridge */
LatchBridge *adoption_adopt (LatchHome *home, LatchTestSimulator *simulator);

G_END_DECLS

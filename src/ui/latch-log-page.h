/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-clock.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LOG_PAGE (latch_log_page_get_type ())

/* What a bridge recorded itself. */
G_DECLARE_FINAL_TYPE (LatchLogPage, latch_log_page, LATCH, LOG_PAGE, AdwNavigationPage)

LatchLogPage *latch_log_page_new (LatchBridge *bridge, LatchClock *clock);

G_END_DECLS

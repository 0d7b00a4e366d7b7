/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-home.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_DISCOVERY_PAGE (latch_discovery_page_get_type ())

/* Lists the bridges that the discovery service knows of, and offers other ways for those that it does not. */
G_DECLARE_FINAL_TYPE (LatchDiscoveryPage, latch_discovery_page, LATCH, DISCOVERY_PAGE, AdwNavigationPage)

LatchDiscoveryPage *latch_discovery_page_new (LatchHome *home, GSettings *settings);

void latch_discovery_page_search (LatchDiscoveryPage *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_WELCOME_PAGE (latch_welcome_page_get_type ())

/* What the window shows while there is no bridge. */
G_DECLARE_FINAL_TYPE (LatchWelcomePage, latch_welcome_page, LATCH, WELCOME_PAGE, AdwBin)

G_END_DECLS

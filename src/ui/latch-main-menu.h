/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_MAIN_MENU (latch_main_menu_get_type ())

/* The button that opens the main menu, wherever a header bar needs one. */
G_DECLARE_FINAL_TYPE (LatchMainMenu, latch_main_menu, LATCH, MAIN_MENU, AdwBin)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-late-application.h"

G_BEGIN_DECLS

#define LATCH_TYPE_APPLICATION (latch_application_get_type ())

/* Owns what lives as long as the program: the home with its bridges, the settings, the one window. */
G_DECLARE_FINAL_TYPE (LatchApplication, latch_application, LATCH, APPLICATION, LatchLateApplication)

LatchApplication *latch_application_new (void);

G_END_DECLS

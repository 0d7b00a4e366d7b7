/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LATCH_SIM_TYPE_BUTTON (latch_sim_button_get_type ())

G_DECLARE_FINAL_TYPE (LatchSimButton, latch_sim_button, LATCH_SIM, BUTTON, GObject)

LatchSimButton *latch_sim_button_new    (double          window,
                                         double          press_after);
gboolean        latch_sim_button_is_lit (LatchSimButton *self);
void            latch_sim_button_arm    (LatchSimButton *self);
void            latch_sim_button_disarm (LatchSimButton *self);
gboolean        latch_sim_button_press  (LatchSimButton *self);

G_END_DECLS

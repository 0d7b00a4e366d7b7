/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_NETWORK_GROUP (latch_network_group_get_type ())

/* The preferences about how bridges are found, and how they reach this computer. */
G_DECLARE_FINAL_TYPE (LatchNetworkGroup, latch_network_group, LATCH, NETWORK_GROUP, AdwPreferencesGroup)

void latch_network_group_set_settings (LatchNetworkGroup *self, GSettings *settings);

G_END_DECLS

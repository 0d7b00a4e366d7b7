/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What a bridge answers to /list that has so many locks: in full, with all that Bridge API 1.13 may say of one, or as
 * little as lets 10,000 of them fit into the most that we take from a bridge, 1 MiB.
 */
GBytes *device_list_new (guint n_devices, gboolean in_full);

G_END_DECLS

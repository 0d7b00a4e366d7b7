/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Answers of bridges, valid and not, from tests/fixtures. The part of a name before the first dash is the endpoint. */

GBytes *fixture_load (const char *name);
GStrv fixture_list (const char *folder);
gboolean fixture_decode (const char *name, GBytes *body, GError **error);

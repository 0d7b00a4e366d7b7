/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What errors of libsecret mean */

gboolean latch_secret_error_is_absence (const GError *error);
gboolean latch_secret_error_is_refusal (const GError *error);
gboolean latch_secret_error_is_silence (const GError *error);

GError *latch_secret_error_explain (const GError *error);

G_END_DECLS

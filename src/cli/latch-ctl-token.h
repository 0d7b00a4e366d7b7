/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-ctl.h"

G_BEGIN_DECLS

gboolean latch_ctl_token_is_given (LatchCtl *ctl);
char *latch_ctl_token_read (LatchCtl *ctl, GError **error);
void latch_ctl_token_free (char *token);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-ctl.h"

G_BEGIN_DECLS

/* Questions to the person at the terminal */

gboolean latch_ctl_has_terminal (LatchCtl *ctl);
gboolean latch_ctl_confirm_is_possible (LatchCtl *ctl, GError **error);
gboolean latch_ctl_confirm_on_terminal (LatchCtl *ctl, const char *question, GError **error);
gboolean latch_ctl_confirm (LatchCtl *ctl, const char *question, const char *expected, GError **error);
char *latch_ctl_ask_secret (LatchCtl *ctl, const char *question, GError **error);

G_END_DECLS

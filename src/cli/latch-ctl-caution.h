/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-ctl-find.h"

G_BEGIN_DECLS

/* What the window would ask about, too. Scripts, which have no terminal, are not asked: they know what they do */

gboolean latch_ctl_be_careful (LatchCtl *ctl, LatchLockAction action, const LatchCtlTarget *target, GError **error);

G_END_DECLS

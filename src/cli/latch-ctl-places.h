/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-client.h"
#include "latch-ctl.h"

G_BEGIN_DECLS

/* Our places among a bridge's callbacks */

char *latch_ctl_get_installation_id (LatchCtl *ctl);
gboolean latch_ctl_free_places (LatchCtl *ctl, LatchClient *client, GError **error);

G_END_DECLS

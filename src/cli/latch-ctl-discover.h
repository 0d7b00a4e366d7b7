/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-ctl.h"
#include "latch-snapshot.h"

G_BEGIN_DECLS

char *latch_ctl_dup_discovery_url (LatchCtl *ctl);
GPtrArray *latch_ctl_search (LatchCtl *ctl, GError **error);
char *latch_ctl_describe_found (const LatchDiscoveredBridge *bridge);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-ctl-bridge.h"

G_BEGIN_DECLS

/*
 * Prints what is new about a bridge's locks since it last did.
 */
typedef struct _LatchCtlNews LatchCtlNews;

LatchCtlNews *latch_ctl_news_new (LatchCtl *ctl, LatchCtlBridge *bridge, LatchBridge *model);
void latch_ctl_news_free (LatchCtlNews *self);

void latch_ctl_news_print (LatchCtlNews *self, const char *bridge_id, gboolean pushed);

G_END_DECLS

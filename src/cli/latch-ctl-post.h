/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-ctl-bridge.h"

G_BEGIN_DECLS

/*
 * One bridge that is watched: it tells of changes of its own accord where it can, and is asked from time to time.
 */
typedef struct _LatchCtlPost LatchCtlPost;

LatchCtlPost *latch_ctl_post_new (LatchCtl *ctl, LatchCtlBridge *bridge, const char *installation_id);
void latch_ctl_post_free (LatchCtlPost *self);

void latch_ctl_post_start (LatchCtlPost *self);
void latch_ctl_post_leave (LatchCtlPost *self);

gboolean latch_ctl_post_is_waiting (LatchCtlPost *self);
const GError *latch_ctl_post_get_error (LatchCtlPost *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchCtlPost, latch_ctl_post_free)

G_END_DECLS

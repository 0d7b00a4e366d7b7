/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock-facts.h"

G_BEGIN_DECLS

/**
 * LatchLockLook:
 * @LATCH_LOCK_LOOK_UNKNOWN: we cannot tell: a dashed ring, the bolt where it was last seen
 * @LATCH_LOCK_LOOK_OFFLINE: the lock, or its bridge, does not answer: likewise
 * @LATCH_LOCK_LOOK_UNCALIBRATED: it cannot tell itself
 * @LATCH_LOCK_LOOK_LOCKED: bolt out, or an opener that waits
 * @LATCH_LOCK_LOOK_UNLOCKED: bolt in
 * @LATCH_LOCK_LOOK_UNLATCHED: latch pulled: the door can be pushed open
 * @LATCH_LOCK_LOOK_LOCK_N_GO: bolt in, and it comes out by itself
 * @LATCH_LOCK_LOOK_RING_OPENS: an opener that opens to whoever rings
 * @LATCH_LOCK_LOOK_MOVING: on its way
 * @LATCH_LOCK_LOOK_BLOCKED: stopped on its way
 *
 * What the dial and the badges tell apart. Colours, shapes and icons follow from it.
 */
typedef enum
{
  LATCH_LOCK_LOOK_UNKNOWN,
  LATCH_LOCK_LOOK_OFFLINE,
  LATCH_LOCK_LOOK_UNCALIBRATED,
  LATCH_LOCK_LOOK_LOCKED,
  LATCH_LOCK_LOOK_UNLOCKED,
  LATCH_LOCK_LOOK_UNLATCHED,
  LATCH_LOCK_LOOK_LOCK_N_GO,
  LATCH_LOCK_LOOK_RING_OPENS,
  LATCH_LOCK_LOOK_MOVING,
  LATCH_LOCK_LOOK_BLOCKED,
} LatchLockLook;

/* The look has a GType (LATCH_TYPE_LOCK_LOOK) in latch-ui-enum-types.h. */

#define LATCH_LOCK_MAX_TILES 3

/**
 * LatchLockAppearance:
 * @extension: how far the bolt is out, from 0 to 1; while it moves, where it is going; -1: wherever it is
 * @title: for people
 * @explanation: (nullable): what it means and what to do, where that is not obvious
 * @primary_action: what the blue button does, %LATCH_LOCK_ACTION_NONE for nothing
 * @primary_label: what is on the blue button; %NULL if there is none
 * @primary_asks: the blue button does not act on the lock, but asks how it is
 * @secondary_action: the same for the grey button beside it
 * @tiles: further actions, %LATCH_LOCK_ACTION_NONE where there are fewer
 * @busy: a command is on its way: all actions have to wait
 *
 * How a lock shows. All texts are translated and static.
 */
typedef struct
{
  LatchLockLook look;
  double extension;
  const char *title;
  const char *explanation;
  LatchLockAction primary_action;
  const char *primary_label;
  gboolean primary_asks;
  LatchLockAction secondary_action;
  const char *secondary_label;
  LatchLockAction tiles[LATCH_LOCK_MAX_TILES];
  gboolean busy;
} LatchLockAppearance;

void latch_lock_appearance_init (LatchLockAppearance *self, const LatchLockFacts *facts);

const char *latch_lock_look_get_css_class (LatchLockLook look);
const char *latch_lock_look_get_icon_name (LatchLockLook look, gboolean opener);

const char *latch_lock_action_get_icon_name (LatchLockAction action);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * LatchPlace:
 * @LATCH_PLACE_LOCK: the page of the selected lock
 * @LATCH_PLACE_ACTIVITY: the page of what happened to all locks
 * @LATCH_PLACE_BRIDGE: the page of a bridge
 *
 * Where in the window somebody is.
 */
typedef enum
{
  LATCH_PLACE_LOCK,
  LATCH_PLACE_ACTIVITY,
  LATCH_PLACE_BRIDGE,
} LatchPlace;

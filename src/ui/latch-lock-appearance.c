/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-appearance.h"

#include <glib/gi18n-lib.h>

#define MODE_CONTINUOUS 3

/* Where the bolt stays put, because nobody knows where it is */
#define WHEREVER -1

static const struct
{
  LatchLockState state;
  LatchLockLook look;
  double extension;
  LatchLockAction primary;
  const char *primary_label; /* where it is not the action's own name */
  LatchLockAction secondary;
  gboolean has_tiles;
  const char *explanation;
} states[] = {
  { .state = LATCH_LOCK_STATE_UNCALIBRATED,
    .look = LATCH_LOCK_LOOK_UNCALIBRATED,
    .extension = .3,
    .explanation = N_("Calibrate this lock in the Nuki app. Until then it cannot be controlled.") },
  { .state = LATCH_LOCK_STATE_LOCKED,
    .look = LATCH_LOCK_LOOK_LOCKED,
    .extension = 1,
    .primary = LATCH_LOCK_ACTION_UNLOCK,
    .has_tiles = TRUE },
  { .state = LATCH_LOCK_STATE_UNLOCKING,
    .look = LATCH_LOCK_LOOK_MOVING,
    .extension = 0,
    .primary = LATCH_LOCK_ACTION_UNLOCK,
    .has_tiles = TRUE },
  { .state = LATCH_LOCK_STATE_UNLOCKED,
    .look = LATCH_LOCK_LOOK_UNLOCKED,
    .extension = 0,
    .primary = LATCH_LOCK_ACTION_LOCK,
    .has_tiles = TRUE },
  { .state = LATCH_LOCK_STATE_LOCKING,
    .look = LATCH_LOCK_LOOK_MOVING,
    .extension = 1,
    .primary = LATCH_LOCK_ACTION_LOCK,
    .has_tiles = TRUE },
  { .state = LATCH_LOCK_STATE_UNLATCHED,
    .look = LATCH_LOCK_LOOK_UNLATCHED,
    .extension = 0,
    .primary = LATCH_LOCK_ACTION_LOCK,
    .has_tiles = TRUE },
  { .state = LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO,
    .look = LATCH_LOCK_LOOK_LOCK_N_GO,
    .extension = 0,
    .primary = LATCH_LOCK_ACTION_LOCK,
    .has_tiles = TRUE,
    .explanation = N_("Locks again by itself") },
  { .state = LATCH_LOCK_STATE_UNLATCHING,
    .look = LATCH_LOCK_LOOK_MOVING,
    .extension = 0,
    .primary = LATCH_LOCK_ACTION_LOCK,
    .has_tiles = TRUE },
  { .state = LATCH_LOCK_STATE_BOOT_RUN, .look = LATCH_LOCK_LOOK_MOVING, .extension = WHEREVER },
  { .state = LATCH_LOCK_STATE_MOTOR_BLOCKED,
    .look = LATCH_LOCK_LOOK_BLOCKED,
    .extension = .55,
    .primary = LATCH_LOCK_ACTION_LOCK,
    .primary_label = N_("Try Locking Again"),
    .secondary = LATCH_LOCK_ACTION_UNLOCK,
    .explanation =
        N_("The bolt stopped before it was fully out. Make sure the door is closed and nothing is in its way.") },
  { .state = LATCH_LOCK_STATE_UNTRAINED,
    .look = LATCH_LOCK_LOOK_UNCALIBRATED,
    .extension = .3,
    .explanation = N_("Train this opener in the Nuki app. Until then it cannot open the door.") },
  { .state = LATCH_LOCK_STATE_ONLINE,
    .look = LATCH_LOCK_LOOK_LOCKED,
    .extension = 1,
    .primary = LATCH_LOCK_ACTION_OPEN,
    .has_tiles = TRUE },
  { .state = LATCH_LOCK_STATE_RTO_ACTIVE,
    .look = LATCH_LOCK_LOOK_RING_OPENS,
    .extension = 1,
    .primary = LATCH_LOCK_ACTION_OPEN,
    .has_tiles = TRUE,
    .explanation = N_("The door opens when somebody rings") },
  { .state = LATCH_LOCK_STATE_OPEN,
    .look = LATCH_LOCK_LOOK_UNLATCHED,
    .extension = 0,
    .primary = LATCH_LOCK_ACTION_OPEN,
    .has_tiles = TRUE },
  { .state = LATCH_LOCK_STATE_OPENING,
    .look = LATCH_LOCK_LOOK_MOVING,
    .extension = 0,
    .primary = LATCH_LOCK_ACTION_OPEN,
    .has_tiles = TRUE },
  { .state = LATCH_LOCK_STATE_UNDEFINED, .look = LATCH_LOCK_LOOK_UNKNOWN, .extension = WHEREVER },
  { .state = LATCH_LOCK_STATE_UNKNOWN, .look = LATCH_LOCK_LOOK_UNKNOWN, .extension = WHEREVER },
};

static const struct
{
  const char *css_class;
  const char *icon_name;
  const char *opener_icon_name; /* where it differs */
} looks[] = {
  [LATCH_LOCK_LOOK_UNKNOWN] = { "latch-unknown", "latch-unknown-symbolic" },
  [LATCH_LOCK_LOOK_OFFLINE] = { "latch-unknown", "latch-offline-symbolic" },
  [LATCH_LOCK_LOOK_UNCALIBRATED] = { "latch-unknown", "latch-unknown-symbolic" },
  [LATCH_LOCK_LOOK_LOCKED] = { "latch-locked", "latch-locked-symbolic", "latch-door-closed-symbolic" },
  [LATCH_LOCK_LOOK_UNLOCKED] = { "latch-open", "latch-unlocked-symbolic" },
  [LATCH_LOCK_LOOK_UNLATCHED] = { "latch-open", "latch-door-open-symbolic" },
  [LATCH_LOCK_LOOK_LOCK_N_GO] = { "latch-open", "latch-lock-n-go-symbolic" },
  [LATCH_LOCK_LOOK_RING_OPENS] = { "latch-open", "latch-lock-n-go-open-symbolic" },
  [LATCH_LOCK_LOOK_MOVING] = { "latch-moving", NULL },
  [LATCH_LOCK_LOOK_BLOCKED] = { "latch-blocked", "latch-blocked-symbolic" },
};

static gsize
find_state (LatchLockState state)
{
  gsize i = 0;

  /* The last one is for all that is not known */
  while (i < G_N_ELEMENTS (states) - 1 && states[i].state != state)
    i++;

  return i;
}

static gboolean
is_continuous (const LatchLockFacts *facts)
{
  return facts->opener && facts->mode == MODE_CONTINUOUS;
}

static void
fill_tiles (LatchLockAppearance *self, const LatchLockFacts *facts)
{
  if (!facts->opener)
    {
      self->tiles[0] = LATCH_LOCK_ACTION_UNLATCH;
      self->tiles[1] = LATCH_LOCK_ACTION_LOCK_N_GO;
      self->tiles[2] = LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH;
      return;
    }

  self->tiles[0] = facts->state == LATCH_LOCK_STATE_RTO_ACTIVE ? LATCH_LOCK_ACTION_DEACTIVATE_RTO
                                                               : LATCH_LOCK_ACTION_ACTIVATE_RTO;
  self->tiles[1] = is_continuous (facts) ? LATCH_LOCK_ACTION_DEACTIVATE_CM : LATCH_LOCK_ACTION_ACTIVATE_CM;
}

/* Nobody vouches for the state: say so, keep the bolt where it was last seen, and offer nothing but to ask again */
static void
init_not_vouched_for (LatchLockAppearance *self, const LatchLockFacts *facts)
{
  self->extension = states[find_state (facts->state)].extension;

  if (latch_lock_facts_is_bridge_down (facts))
    {
      self->look = LATCH_LOCK_LOOK_OFFLINE;
      self->title = _("Unknown");
      return;
    }

  if (facts->connection == LATCH_CONNECTION_UNKNOWN)
    {
      self->look = LATCH_LOCK_LOOK_UNKNOWN;
      self->title = _("Checking…");
      return;
    }

  if (facts->offline)
    {
      self->look = LATCH_LOCK_LOOK_OFFLINE;
      self->title = _("Offline");
      self->explanation = facts->opener
                              ? _("The opener does not answer. It may be out of the bridge’s range, or its batteries "
                                  "may be empty.")
                              : _("The lock does not answer. It may be out of the bridge’s range, or its batteries "
                                  "may be empty.");
    }
  else
    {
      self->look = LATCH_LOCK_LOOK_UNKNOWN;
      self->title = _("Unknown");
    }

  self->primary_asks = TRUE;
  self->primary_label = _("Try Again");
}

static void
init_vouched_for (LatchLockAppearance *self, const LatchLockFacts *facts)
{
  LatchLockState state = latch_lock_facts_get_shown_state (facts);
  gsize i = find_state (state);

  self->look = states[i].look;
  self->extension = states[i].extension;
  self->title = latch_lock_state_get_text (state);
  if (states[i].explanation)
    self->explanation = _(states[i].explanation);

  if (is_continuous (facts) && (state == LATCH_LOCK_STATE_ONLINE || state == LATCH_LOCK_STATE_RTO_ACTIVE))
    {
      self->look = LATCH_LOCK_LOOK_RING_OPENS;
      self->title = _("Continuous Mode");
      self->explanation = _("The door opens whenever somebody rings");
    }

  if (latch_lock_facts_is_ajar (facts))
    {
      self->look = LATCH_LOCK_LOOK_UNLATCHED;
      self->title = _("Locked, Door Open");
      self->explanation = _("The bolt is out, but the door stands open. Unlock, close the door, and lock again.");
    }

  self->primary_action = states[i].primary;
  if (states[i].primary_label)
    self->primary_label = _(states[i].primary_label);
  else if (states[i].primary != LATCH_LOCK_ACTION_NONE)
    self->primary_label = latch_lock_action_get_text (states[i].primary);

  self->secondary_action = states[i].secondary;
  if (states[i].secondary != LATCH_LOCK_ACTION_NONE)
    self->secondary_label = latch_lock_action_get_text (states[i].secondary);

  if (states[i].has_tiles)
    fill_tiles (self, facts);

  if (self->look == LATCH_LOCK_LOOK_UNKNOWN)
    {
      self->primary_asks = TRUE;
      self->primary_label = _("Try Again");
    }
}

/**
 * latch_lock_appearance_init:
 * @self: (out caller-allocates): what to fill
 *
 * Tells how a lock of which @facts are known shows.
 */
void
latch_lock_appearance_init (LatchLockAppearance *self, const LatchLockFacts *facts)
{
  *self = (LatchLockAppearance) { 0 };

  if (latch_lock_facts_is_vouched_for (facts))
    init_vouched_for (self, facts);
  else
    init_not_vouched_for (self, facts);

  self->busy = facts->pending_action != LATCH_LOCK_ACTION_NONE || self->look == LATCH_LOCK_LOOK_MOVING;
}

/**
 * latch_lock_look_get_css_class:
 *
 * Returns: the style class whose `color` goes with @look
 */
const char *
latch_lock_look_get_css_class (LatchLockLook look)
{
  g_return_val_if_fail ((guint) look < G_N_ELEMENTS (looks), NULL);

  return looks[look].css_class;
}

/**
 * latch_lock_look_get_icon_name:
 * @opener: whether it is an opener's
 *
 * Returns: (nullable): the icon that goes with @look; %NULL for a spinner
 */
const char *
latch_lock_look_get_icon_name (LatchLockLook look, gboolean opener)
{
  g_return_val_if_fail ((guint) look < G_N_ELEMENTS (looks), NULL);

  if (opener && looks[look].opener_icon_name)
    return looks[look].opener_icon_name;

  return looks[look].icon_name;
}

/**
 * latch_lock_action_get_icon_name:
 *
 * Returns: (nullable): the icon on @action's button
 */
const char *
latch_lock_action_get_icon_name (LatchLockAction action)
{
  switch (action)
    {
    case LATCH_LOCK_ACTION_UNLOCK:
      return "latch-unlocked-symbolic";
    case LATCH_LOCK_ACTION_LOCK:
      return "latch-locked-symbolic";
    case LATCH_LOCK_ACTION_UNLATCH:
    case LATCH_LOCK_ACTION_OPEN:
    case LATCH_LOCK_ACTION_ACTIVATE_CM:
      return "latch-door-open-symbolic";
    case LATCH_LOCK_ACTION_LOCK_N_GO:
      return "latch-lock-n-go-symbolic";
    case LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH:
    case LATCH_LOCK_ACTION_ACTIVATE_RTO:
      return "latch-lock-n-go-open-symbolic";
    case LATCH_LOCK_ACTION_DEACTIVATE_RTO:
    case LATCH_LOCK_ACTION_DEACTIVATE_CM:
      return "latch-door-closed-symbolic";
    case LATCH_LOCK_ACTION_NONE:
    default:
      return NULL;
    }
}

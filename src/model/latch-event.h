/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LatchEventKind:
 * @LATCH_EVENT_STATE: it came to rest in another state: both values are codes as bridges use them
 * @LATCH_EVENT_DOOR: the door sensor says something else: both values are codes as bridges use them
 * @LATCH_EVENT_RING: somebody rang: @to is when, by the bridge's clock
 * @LATCH_EVENT_BATTERY: its batteries are low (1) or not any more (0)
 * @LATCH_EVENT_KEYPAD_BATTERY: likewise, of its keypad's
 * @LATCH_EVENT_GAP: nobody watched it between the two times that are the values
 * @LATCH_EVENT_MODE: an opener's mode: both values are codes as bridges use them
 *
 * What happened to a lock. The values are in databases, and never get another meaning.
 */
typedef enum
{
  LATCH_EVENT_STATE = 1,
  LATCH_EVENT_DOOR = 2,
  LATCH_EVENT_RING = 3,
  LATCH_EVENT_BATTERY = 4,
  LATCH_EVENT_KEYPAD_BATTERY = 5,
  LATCH_EVENT_GAP = 6,
  LATCH_EVENT_MODE = 7,
} LatchEventKind;

/**
 * LatchEventCause:
 * @LATCH_EVENT_CAUSE_SEEN: somebody, somehow: bridges do not tell who, and we do not guess
 * @LATCH_EVENT_CAUSE_THIS_COMPUTER: a command that Nightlatch gave here
 * @LATCH_EVENT_CAUSE_COMMAND_LINE: a command that nightlatchctl gave here
 * @LATCH_EVENT_CAUSE_NOT_RUNNING: of a gap: Nightlatch was not running
 * @LATCH_EVENT_CAUSE_BRIDGE_UNREACHABLE: of a gap: the bridge did not answer
 * @LATCH_EVENT_CAUSE_LOCK_OFFLINE: of a gap: the lock did not answer its bridge
 *
 * Why it happened, as far as that is known. The values are in databases, and never get another meaning.
 */
typedef enum
{
  LATCH_EVENT_CAUSE_SEEN = 0,
  LATCH_EVENT_CAUSE_THIS_COMPUTER = 1,
  LATCH_EVENT_CAUSE_COMMAND_LINE = 2,
  LATCH_EVENT_CAUSE_NOT_RUNNING = 3,
  LATCH_EVENT_CAUSE_BRIDGE_UNREACHABLE = 4,
  LATCH_EVENT_CAUSE_LOCK_OFFLINE = 5,
} LatchEventCause;

/* What was not known before, as a value */
#define LATCH_EVENT_VALUE_UNKNOWN (-1)

/**
 * LatchEvent:
 * @id: the order in which events were recorded; 0 while they are not
 * @at: when it was seen, in seconds since 1970, by this computer's clock
 * @device_type: with @nuki_id, what identifies the lock at its bridge; -1 for none
 * @from: what was before; %LATCH_EVENT_VALUE_UNKNOWN if that is not known
 * @to: what is now
 *
 * One thing that happened to a lock: plain data.
 */
typedef struct
{
  gint64 id;
  gint64 at;
  char *bridge_id;
  guint64 nuki_id;
  int device_type;
  LatchEventKind kind;
  gint64 from;
  gint64 to;
  LatchEventCause cause;
} LatchEvent;

LatchEvent *latch_event_new (LatchEventKind kind, const char *bridge_id, guint64 nuki_id, int device_type);
LatchEvent *latch_event_copy (const LatchEvent *self);
void latch_event_free (LatchEvent *self);

const char *latch_event_kind_get_nick (LatchEventKind kind);
const char *latch_event_cause_get_nick (LatchEventCause cause);
const char *latch_event_cause_get_text (LatchEventCause cause);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchEvent, latch_event_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-text.h"

#include "latch-time-text.h"

#include <glib/gi18n-lib.h>

/* What of a name fits into a sentence */
#define MOST_CHARACTERS 40

/* The headings of alerts do not break words: one longer than any real one is cut to what always fits */
#define LONGEST_WORD 20
#define CUT_WORD 9

/* Whole phrases, because languages put such words together differently */
static const struct
{
  LatchLockState state;
  const char *caption;
  const char *word;
  const char *was_word;
  const char *was_ago;
  const char *last_seen_ago;
} phrases[] = {
  /* Translators: %s is an age such as “2 min ago”, a date, or “before the command”; the
     words without it are read aloud after a lock’s name */
  { LATCH_LOCK_STATE_LOCKED, N_("Locked"), N_("locked"), N_("was locked"), N_("Was locked %s"),
    N_("Last seen locked %s") },
  { LATCH_LOCK_STATE_UNLOCKED, N_("Unlocked"), N_("unlocked"), N_("was unlocked"), N_("Was unlocked %s"),
    N_("Last seen unlocked %s") },
  { LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO, N_("Unlocked, locks again"), N_("unlocked, locks again by itself"),
    N_("was unlocked"), N_("Was unlocked %s"), N_("Last seen unlocked %s") },
  { LATCH_LOCK_STATE_UNLATCHED, N_("Unlatched"), N_("unlatched"), N_("was unlatched"), N_("Was unlatched %s"),
    N_("Last seen unlatched %s") },
  { LATCH_LOCK_STATE_MOTOR_BLOCKED, N_("Motor blocked"), N_("motor blocked"), N_("was blocked"), N_("Was blocked %s"),
    N_("Last seen blocked %s") },
  { LATCH_LOCK_STATE_UNCALIBRATED, N_("Not calibrated"), N_("not calibrated") },
  { LATCH_LOCK_STATE_UNTRAINED, N_("Not trained"), N_("not trained") },
  { LATCH_LOCK_STATE_ONLINE, N_("Ready"), N_("ready"), N_("was ready"), N_("Was ready %s"), N_("Last seen ready %s") },
  { LATCH_LOCK_STATE_RTO_ACTIVE, N_("Ring to open"), N_("ring to open"), N_("ring to open was on"),
    N_("Ring to open was on %s"), N_("Ring to open was on %s") },
  { LATCH_LOCK_STATE_OPEN, N_("Open"), N_("open"), N_("was open"), N_("Was open %s"), N_("Last seen open %s") },
  { LATCH_LOCK_STATE_UNLOCKING, N_("Unlocking…"), N_("unlocking") },
  { LATCH_LOCK_STATE_LOCKING, N_("Locking…"), N_("locking") },
  { LATCH_LOCK_STATE_UNLATCHING, N_("Unlatching…"), N_("unlatching") },
  { LATCH_LOCK_STATE_OPENING, N_("Opening…"), N_("opening") },
  { LATCH_LOCK_STATE_BOOT_RUN, N_("Starting…"), N_("starting") },
  { LATCH_LOCK_STATE_UNKNOWN, N_("Unknown"), N_("state unknown"), N_("state unknown") },
};

static const struct
{
  LatchLockAction action;
  const char *caption;
  const char *label;
  const char *question;
  const char *question_body;
  const char *failure;
} actions[] = {
  /* Translators: in all of these, %s is the name of a lock, such as “Front Door” */
  { LATCH_LOCK_ACTION_UNLOCK, NULL, N_("Unlock %s"), N_("Unlock “%s”?"),
    N_("The door can then be opened without a key."), N_("Could not unlock %s") },
  { LATCH_LOCK_ACTION_LOCK, NULL, N_("Lock %s"), N_("Lock “%s”?"), NULL, N_("Could not lock %s") },
  { LATCH_LOCK_ACTION_UNLATCH, N_("Pulls the latch"), N_("Open %s"), N_("Open “%s”?"),
    N_("The latch is pulled and the door can be pushed open."), N_("Could not open %s") },
  { LATCH_LOCK_ACTION_LOCK_N_GO, N_("Unlocks, then locks again"), N_("Lock ’n’ Go with %s"), N_("Unlock “%s”?"),
    N_("The door can be opened without a key until it locks again by itself."),
    N_("Could not start Lock ’n’ Go with %s") },
  { LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH, N_("Opens, then locks again"), N_("Open ’n’ Go with %s"), N_("Open “%s”?"),
    N_("The latch is pulled and the door can be pushed open. It locks again by itself."),
    N_("Could not start Open ’n’ Go with %s") },
  { LATCH_LOCK_ACTION_ACTIVATE_RTO, N_("Opens when somebody rings"), N_("Turn on ring to open for %s"), NULL, NULL,
    N_("Could not turn on ring to open for %s") },
  { LATCH_LOCK_ACTION_DEACTIVATE_RTO, N_("Rings only ring again"), N_("Turn off ring to open for %s"), NULL, NULL,
    N_("Could not turn off ring to open for %s") },
  { LATCH_LOCK_ACTION_OPEN, N_("Lets somebody in"), N_("Open %s"), N_("Open “%s”?"),
    N_("The door can then be pushed open."), N_("Could not open %s") },
  { LATCH_LOCK_ACTION_ACTIVATE_CM, N_("Opens at every ring"), N_("Turn on continuous mode for %s"), NULL, NULL,
    N_("Could not turn on continuous mode for %s") },
  { LATCH_LOCK_ACTION_DEACTIVATE_CM, N_("Rings only ring again"), N_("Turn off continuous mode for %s"), NULL, NULL,
    N_("Could not turn off continuous mode for %s") },
};

static gsize
find_phrase (LatchLockState state)
{
  gsize i = 0;

  /* The last one is for all that is not known */
  while (i < G_N_ELEMENTS (phrases) - 1 && phrases[i].state != state)
    i++;

  return i;
}

static gssize
find_action (LatchLockAction action)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (actions[i].action == action)
      return i;

  return -1;
}

static char *
format (const char *phrase, const char *argument)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_(phrase), argument);
#pragma GCC diagnostic pop
}

static const char *
get_word (const LatchLockFacts *facts)
{
  LatchLockAppearance appearance;
  gsize i;

  latch_lock_appearance_init (&appearance, facts);
  if (latch_lock_facts_is_vouched_for (facts))
    {
      if (appearance.look == LATCH_LOCK_LOOK_RING_OPENS && facts->state != LATCH_LOCK_STATE_RTO_ACTIVE)
        return _("continuous mode");
      if (latch_lock_facts_is_ajar (facts))
        return _("locked, but the door is open");

      return _(phrases[find_phrase (latch_lock_facts_get_shown_state (facts))].word);
    }

  if (appearance.look == LATCH_LOCK_LOOK_OFFLINE && !latch_lock_facts_is_bridge_down (facts))
    return _("offline");

  i = find_phrase (facts->state);
  return phrases[i].was_word ? _(phrases[i].was_word) : _("state unknown");
}

/* When it was last confirmed, to go with what it was then */
static char *
make_when (const LatchLockFacts *facts, gint64 now)
{
  /* Translators: stands where otherwise an age such as “2 min ago” is, as in “Last seen locked before the command” */
  return facts->in_doubt ? g_strdup (_("before the command")) : latch_time_text_ago (facts->confirmed_at, now);
}

/**
 * latch_lock_text_name:
 *
 * Returns: (transfer full): the lock's name; its kind and ID if it has none
 */
char *
latch_lock_text_name (LatchLock *lock)
{
  const char *name = latch_lock_get_name (lock);
  g_autofree char *hex = NULL;

  if (name && *name)
    return g_strdup (name);

  hex = latch_nuki_id_to_hex (latch_lock_get_nuki_id (lock));
  /* Translators: what a device without a name is called: its kind, such as “Smart Lock”, and its ID */
  return g_strdup_printf (_("%s %s"), latch_device_type_get_text (latch_lock_get_device_type (lock)), hex);
}

/**
 * latch_lock_text_short_name:
 *
 * Returns: (transfer full): the lock's name for within a sentence: cut if it is so long that it would hide the rest
 */
char *
latch_lock_text_short_name (LatchLock *lock)
{
  g_autofree char *name = latch_lock_text_name (lock);
  g_autofree char *start = NULL;
  glong n_characters = g_utf8_strlen (name, -1);
  glong n_shown = n_characters > MOST_CHARACTERS ? MOST_CHARACTERS - 1 : n_characters;
  glong word = 0;
  const char *p = name;

  for (glong i = 0; i < n_shown; i++, p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)))
      word = i + 1;
    else if (i - word >= LONGEST_WORD)
      n_shown = word + CUT_WORD;

  if (n_shown == n_characters)
    return g_steal_pointer (&name);

  start = g_utf8_substring (name, 0, n_shown);
  return g_strconcat (start, "…", NULL);
}

/**
 * latch_lock_text_caption:
 *
 * Returns: (transfer full): the line under a lock's name: a problem, else its movement, else its state and how long
 *   that has lasted or that the battery is low
 */
char *
latch_lock_text_caption (const LatchLockFacts *facts, gint64 now)
{
  LatchLockAppearance appearance;
  g_autofree char *ago = NULL;
  const char *caption;
  gsize i;

  latch_lock_appearance_init (&appearance, facts);
  if (!latch_lock_facts_is_vouched_for (facts))
    {
      i = find_phrase (facts->state);
      if (appearance.look == LATCH_LOCK_LOOK_OFFLINE && !latch_lock_facts_is_bridge_down (facts))
        return g_strdup (_("Offline"));
      if (!phrases[i].was_ago || facts->confirmed_at == 0)
        return g_strdup (_("Unknown"));

      ago = make_when (facts, now);
      return format (phrases[i].was_ago, ago);
    }

  if (appearance.look == LATCH_LOCK_LOOK_RING_OPENS && facts->state != LATCH_LOCK_STATE_RTO_ACTIVE)
    caption = _("Continuous mode");
  else if (latch_lock_facts_is_ajar (facts))
    caption = _("Locked, door open");
  else
    caption = _(phrases[find_phrase (latch_lock_facts_get_shown_state (facts))].caption);

  if (appearance.look == LATCH_LOCK_LOOK_MOVING || appearance.look == LATCH_LOCK_LOOK_BLOCKED)
    return g_strdup (caption);

  if (facts->battery_critical == LATCH_TRISTATE_YES)
    /* Translators: %s is a state such as “Locked” */
    return g_strdup_printf (_("%s · Battery low"), caption);

  if (facts->changed_at == 0 || appearance.look == LATCH_LOCK_LOOK_UNKNOWN ||
      appearance.look == LATCH_LOCK_LOOK_UNCALIBRATED)
    return g_strdup (caption);

  ago = latch_time_text_ago (facts->changed_at, now);
  /* Translators: a state such as “Locked”, and an age such as “2 min ago” or a date */
  return g_strdup_printf (_("%s · %s"), caption, ago);
}

/**
 * latch_lock_text_subtitle:
 *
 * Returns: (transfer full) (nullable): the line under the lock page's title: since when it has been so, or what we
 *   are waiting for
 */
char *
latch_lock_text_subtitle (const LatchLockFacts *facts, gint64 now)
{
  LatchLockAppearance appearance;
  g_autofree char *ago = NULL;
  gsize i;

  latch_lock_appearance_init (&appearance, facts);
  if (appearance.busy)
    {
      if (facts->pending_since > 0 && now - facts->pending_since >= LATCH_LOCK_SLOW_SECONDS)
        return g_strdup (_("This takes longer than usual"));

      return g_strdup (facts->opener ? _("Waiting for the opener to finish") : _("Waiting for the lock to finish"));
    }

  if (!latch_lock_facts_is_vouched_for (facts))
    {
      i = find_phrase (facts->state);
      if (!phrases[i].last_seen_ago || facts->confirmed_at == 0)
        return NULL;

      ago = make_when (facts, now);
      return format (phrases[i].last_seen_ago, ago);
    }

  if (facts->changed_at > 0)
    return latch_time_text_since (facts->changed_at, now);

  return facts->confirmed_at > 0 ? latch_time_text_updated (facts->confirmed_at, now) : NULL;
}

/**
 * latch_lock_text_dial_label:
 *
 * Returns: (transfer full): what the dial shows, in words, such as “Front Door: locked”
 */
char *
latch_lock_text_dial_label (const LatchLockFacts *facts, const char *name)
{
  /* Translators: the name of a lock, and its state, such as “Front Door: locked” */
  return g_strdup_printf (_("%s: %s"), name, get_word (facts));
}

/**
 * latch_lock_text_row_label:
 * @bridge_name: (nullable): given where there is more than one
 *
 * Returns: (transfer full): all that a lock's row shows, in words, such as “Back Door, locked, battery low, on Home”
 */
char *
latch_lock_text_row_label (const LatchLockFacts *facts, const char *name, const char *bridge_name)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_strv_builder_add_many (words, name, get_word (facts), NULL);
  if (facts->battery_critical == LATCH_TRISTATE_YES)
    g_strv_builder_add (words, _("battery low"));
  if (bridge_name)
    /* Translators: %s is the name of a bridge that a lock belongs to */
    g_strv_builder_take (words, g_strdup_printf (_("on %s"), bridge_name));

  all = g_strv_builder_end (words);
  /* Translators: stands between the parts of a list that is read aloud */
  return g_strjoinv (_(", "), all);
}

/**
 * latch_lock_text_status:
 *
 * Returns: (transfer full): how a lock is, as a part of a line such as “2 doors locked · Garage unlocked”
 */
char *
latch_lock_text_status (const LatchLockFacts *facts, const char *name)
{
  /* Translators: the name of a lock, and its state, as in “Garage unlocked” */
  return g_strdup_printf (_("%s %s"), name, get_word (facts));
}

/**
 * latch_lock_text_battery:
 * @percent: 0 to 100, -1 where the bridge does not tell
 *
 * Returns: (transfer full) (nullable): how the batteries are, with no more than the bridge tells; %NULL for nothing
 */
char *
latch_lock_text_battery (LatchTristate critical, LatchTristate charging, int percent)
{
  if (critical == LATCH_TRISTATE_YES)
    return percent >= 0 ? g_strdup_printf (_("Low, %d%%. Replace soon."), percent) : g_strdup (_("Low. Replace soon."));

  if (charging == LATCH_TRISTATE_YES)
    return percent >= 0 ? g_strdup_printf (_("%d%%, charging"), percent) : g_strdup (_("Charging"));

  if (percent >= 0)
    /* Translators: how full a battery is */
    return g_strdup_printf (_("%d%%"), percent);

  return critical == LATCH_TRISTATE_NO ? g_strdup (_("OK")) : NULL;
}

/**
 * latch_lock_text_action_caption:
 *
 * Returns: (nullable): what @action does, where its name does not say it
 */
const char *
latch_lock_text_action_caption (LatchLockAction action)
{
  gssize i = find_action (action);

  return i >= 0 && actions[i].caption ? _(actions[i].caption) : NULL;
}

/**
 * latch_lock_text_action_label:
 *
 * Returns: (transfer full) (nullable): @action and the lock's name, for those who only hear a button
 */
char *
latch_lock_text_action_label (LatchLockAction action, const char *name)
{
  gssize i = find_action (action);

  return i >= 0 ? format (actions[i].label, name) : NULL;
}

/**
 * latch_lock_text_question:
 *
 * Returns: (transfer full) (nullable): what to ask before @action; %NULL for one that is never asked about
 */
char *
latch_lock_text_question (LatchLockAction action, const char *name)
{
  gssize i = find_action (action);

  return i >= 0 && actions[i].question ? format (actions[i].question, name) : NULL;
}

/**
 * latch_lock_text_question_body:
 *
 * Returns: (nullable): what @action leads to
 */
const char *
latch_lock_text_question_body (LatchLockAction action)
{
  gssize i = find_action (action);

  return i >= 0 && actions[i].question_body ? _(actions[i].question_body) : NULL;
}

/**
 * latch_lock_text_failure:
 *
 * Returns: (transfer full) (nullable): that @action did not happen
 */
char *
latch_lock_text_failure (LatchLockAction action, const char *name)
{
  gssize i = find_action (action);

  return i >= 0 ? format (actions[i].failure, name) : NULL;
}

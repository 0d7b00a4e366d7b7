/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-lock-private.h"

typedef struct
{
  gboolean given;
  int value;
} Number;

/* Reads @key as a number from @minimum to @maximum; the word "none" is LATCH_SIM_NONE. */
static gboolean
read_number (GHashTable *changes,
             const char *key,
             int         minimum,
             int         maximum,
             gboolean    none,
             Number     *number,
             GError    **error)
{
  const char *text = g_hash_table_lookup (changes, key);
  gint64 value;

  number->given = text != NULL;
  if (text == NULL)
    return TRUE;

  if (none && g_str_equal (text, "none"))
    {
      number->value = LATCH_SIM_NONE;
      return TRUE;
    }

  if (!g_ascii_string_to_signed (text, 10, minimum, maximum, &value, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s must be a number from %d to %d%s", key, minimum,
                   maximum, none ? ", or none" : "");
      return FALSE;
    }
  number->value = (int) value;

  return TRUE;
}

static gboolean
check_texts (GHashTable *changes,
             GError    **error)
{
  static const char *const keys[] = { "state", "door",   "battery", "critical", "charging", "keypad-critical",
                                      "offline", "ring", "blocked", "seen",     "mode",     "name",
                                      "mute",  "paired", "knob",    "firmware", "rssi",     "type",
                                      NULL };
  GHashTableIter iter;
  gpointer key, text;

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &key, &text))
    {
      if (!g_strv_contains (keys, key))
        {
          g_autofree char *known = g_strjoinv (", ", (char **) keys);

          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s cannot be steered; these can: %s",
                       (const char *) key, known);
          return FALSE;
        }
      if (!g_utf8_validate (text, -1, NULL))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "%s must be UTF-8; for the opposite, there is the fault bad-utf8", (const char *) key);
          return FALSE;
        }
    }

  return TRUE;
}

static void
set_flag (gboolean     *flag,
          const Number *number)
{
  if (number->given)
    *flag = number->value != 0;
}

static void
set_number (int          *target,
            const Number *number)
{
  if (number->given)
    *target = number->value;
}

static void
set_text (char      **target,
          GHashTable *changes,
          const char *key)
{
  const char *text = g_hash_table_lookup (changes, key);

  if (text != NULL)
    g_set_str (target, text);
}

/**
 * latch_sim_lock_steer:
 * @changes: (element-type utf8 utf8): what happens to the device, by name
 * @error: return location for an error that names the key at fault
 *
 * A hand on the door, on the batteries, on the bell. All changes happen at once; then the device tells
 * its bridge, unless it is offline or mute. Nothing happens if one of them is wrong.
 *
 * Returns: whether @changes were understood
 */
gboolean
latch_sim_lock_steer (LatchSimLock *self,
                      GHashTable   *changes,
                      GError      **error)
{
  const char *state_text = g_hash_table_lookup (changes, "state");
  int state = self->truth.state;
  Number door, battery, critical, charging, keypad, offline, ring, blocked, seen, mode, mute, paired, knob, rssi;

  if (!check_texts (changes, error) || !read_number (changes, "door", 0, 255, TRUE, &door, error) ||
      !read_number (changes, "battery", 0, 100, TRUE, &battery, error) ||
      !read_number (changes, "critical", 0, 1, FALSE, &critical, error) ||
      !read_number (changes, "charging", 0, 1, FALSE, &charging, error) ||
      !read_number (changes, "keypad-critical", 0, 1, TRUE, &keypad, error) ||
      !read_number (changes, "offline", 0, 410, FALSE, &offline, error) ||
      !read_number (changes, "ring", 0, 1, FALSE, &ring, error) ||
      !read_number (changes, "blocked", 0, 1, FALSE, &blocked, error) ||
      !read_number (changes, "seen", 0, 1, FALSE, &seen, error) ||
      !read_number (changes, "mode", 0, 255, FALSE, &mode, error) ||
      !read_number (changes, "mute", 0, 1, FALSE, &mute, error) ||
      !read_number (changes, "paired", 0, 1, FALSE, &paired, error) ||
      !read_number (changes, "knob", 0, 1, FALSE, &knob, error) ||
      !read_number (changes, "rssi", -127, 0, TRUE, &rssi, error))
    return FALSE;

  if (state_text != NULL && !latch_sim_state_parse (self->type, state_text, &state))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "state must be a number from 0 to 255, or a name");
      return FALSE;
    }
  if (offline.given && offline.value != 0 && offline.value != 1 && offline.value != 410)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "offline must be 0, 1, or 410");
      return FALSE;
    }

  if (state_text != NULL)
    {
      latch_sim_lock_stop (self);
      self->truth.state = state;
    }
  set_number (&self->truth.door, &door);
  set_number (&self->truth.battery, &battery);
  set_flag (&self->truth.critical, &critical);
  set_flag (&self->truth.charging, &charging);
  set_number (&self->truth.keypad_critical, &keypad);
  set_number (&self->truth.mode, &mode);
  set_number (&self->rssi, &rssi);
  set_flag (&self->blocked, &blocked);
  set_flag (&self->mute, &mute);
  set_flag (&self->paired, &paired);
  set_flag (&self->knob, &knob);
  set_text (&self->name, changes, "name");
  set_text (&self->firmware, changes, "firmware");
  if (offline.given)
    self->presence = offline.value == 410 ? LATCH_SIM_GONE : offline.value == 1 ? LATCH_SIM_OFFLINE : LATCH_SIM_ONLINE;

  if (ring.given && ring.value == 1)
    latch_sim_lock_ring (self);
  else if (!seen.given)
    latch_sim_lock_report (self);
  else
    self->seen = seen.value == 1;

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-household.h"

static const char *const door_names[] = {
  "Front Door", "Garage", "Haustür",  "Back Door",      "Office",     "Cellar",   "Garden Gate", "Workshop",
  "Flat 12",    "Attic",  "Boutique", "Bicycle Shed",   "Studio",     "Practice", "Laundry",     "Gästezimmer",
  "Storeroom",  "Flat 7", "Veranda",  "Caretaker",      "Guest House", "Archive", "Boat House",  "Roof Terrace",
};

static void
steer (LatchSimLock *lock,
       const char   *key,
       const char   *value)
{
  g_autoptr (GHashTable) changes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (changes, (char *) key, (char *) value);
  if (!latch_sim_lock_steer (lock, changes, &error))
    g_error ("%s", error->message);
}

static void
steer_number (LatchSimLock *lock,
              const char   *key,
              int           value)
{
  g_autofree char *text = g_strdup_printf ("%d", value);

  steer (lock, key, text);
}

/* The two locks of the specification's examples */
static void
add_defaults (GPtrArray             *locks,
              const LatchSimOptions *options,
              LatchSimClock         *clock)
{
  LatchSimLock *home = latch_sim_lock_new (1, LATCH_SIM_TYPE_SMART_LOCK, "Home", clock, &options->timing);
  LatchSimLock *grandma = latch_sim_lock_new (2, LATCH_SIM_TYPE_SMART_LOCK, "Grandma", clock, &options->timing);

  steer_number (home, "door", LATCH_SIM_DOOR_CLOSED);
  steer_number (grandma, "state", LATCH_SIM_STATE_UNLOCKED);
  steer_number (grandma, "battery", 62);
  steer_number (grandma, "rssi", -74);

  g_ptr_array_add (locks, home);
  g_ptr_array_add (locks, grandma);
}

/* A whole house: mostly as it should be, with a bit of everything that an app has to show somewhere */
static LatchSimLock *
make_varied (guint                  number,
             const LatchSimOptions *options,
             LatchSimClock         *clock)
{
  gboolean modern = latch_sim_profile_is_modern (&options->profile);
  LatchSimType type = LATCH_SIM_TYPE_SMART_LOCK;
  guint n_names = G_N_ELEMENTS (door_names);
  g_autofree char *name = NULL;
  LatchSimLock *lock;

  if (modern && number % 9 == 6)
    type = LATCH_SIM_TYPE_OPENER;
  else if (modern && number % 3 == 2)
    type = LATCH_SIM_TYPE_SMART_LOCK_3;
  else if (modern && number % 11 == 7)
    type = LATCH_SIM_TYPE_SMART_DOOR;

  if (number < n_names)
    name = g_strdup (door_names[number]);
  else
    name = g_strdup_printf ("%s %u", door_names[number % n_names], number / n_names + 1);

  lock = latch_sim_lock_new (0x15A3C07D + number * 0x01F2E3D5, type, name, clock, &options->timing);
  steer_number (lock, "rssi", -50 - (int) (number * 7 % 45));
  if (type == LATCH_SIM_TYPE_OPENER)
    return lock;

  steer_number (lock, "battery", 100 - (int) (number * 37 % 93));
  if (number % 4 != 3)
    steer_number (lock, "door", number % 7 == 4 ? LATCH_SIM_DOOR_OPENED : LATCH_SIM_DOOR_CLOSED);
  if (number % 5 == 3)
    steer_number (lock, "keypad-critical", number % 2 == 0);
  if (number % 4 == 1 || number % 7 == 4)
    steer_number (lock, "state", LATCH_SIM_STATE_UNLOCKED);
  if (number % 13 == 5)
    steer_number (lock, "critical", 1);
  if (number % 17 == 10)
    steer_number (lock, "state", LATCH_SIM_STATE_MOTOR_BLOCKED);
  if (number % 16 == 12)
    steer_number (lock, "offline", 1);
  if (number % 23 == 14)
    {
      steer_number (lock, "offline", 1);
      steer_number (lock, "seen", 0);
    }

  return lock;
}

/**
 * latch_sim_household_furnish:
 *
 * Returns: (transfer full) (element-type LatchSimLock): the devices that the command line asks for
 */
GPtrArray *
latch_sim_household_furnish (const LatchSimOptions *options,
                             LatchSimClock         *clock)
{
  GPtrArray *locks = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < options->devices->len; i++)
    {
      LatchSimDeviceOption *device = g_ptr_array_index (options->devices, i);
      LatchSimLock *lock = latch_sim_lock_new (device->id, device->type, device->name, clock, &options->timing);

      if (device->state != LATCH_SIM_NONE)
        steer_number (lock, "state", device->state);
      g_ptr_array_add (locks, lock);
    }

  for (int i = 0; i < options->n_locks; i++)
    g_ptr_array_add (locks, make_varied ((guint) i, options, clock));

  if (options->devices->len == 0 && options->n_locks < 0)
    add_defaults (locks, options, clock);

  return locks;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-told.h"

#define KEY "told-alerts"

/* Whoever was told this long ago, before the program started, may be told again */
#define FORGET_SECONDS (15 * 60)

struct _LatchTold
{
  GSettings *settings;
  GHashTable *times;   /* when, in seconds since 1970, by ID */
  GHashTable *earlier; /* likewise, before the program started */
};

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
load (LatchTold *self)
{
  g_autoptr (GVariant) kept = g_settings_get_value (self->settings, KEY);
  GVariantIter iter;
  const char *id;
  gint64 time;

  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "{&sx}", &id, &time))
    g_hash_table_insert (self->earlier, g_strdup (id), g_memdup2 (&time, sizeof time));
}

static void
save (LatchTold *self)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sx}"));
  GHashTableIter iter;
  gpointer id, time;

  g_hash_table_iter_init (&iter, self->times);
  while (g_hash_table_iter_next (&iter, &id, &time))
    g_variant_builder_add (&builder, "{sx}", id, *(gint64 *) time);
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
}

LatchTold *
latch_told_new (GSettings *settings)
{
  LatchTold *self = g_new0 (LatchTold, 1);

  self->settings = g_object_ref (settings);
  self->times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->earlier = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  load (self);

  return self;
}

void
latch_told_free (LatchTold *self)
{
  g_clear_pointer (&self->times, g_hash_table_unref);
  g_clear_pointer (&self->earlier, g_hash_table_unref);
  g_clear_object (&self->settings);
  g_free (self);
}

gboolean
latch_told_contains (LatchTold *self, const char *id)
{
  const gint64 *earlier = g_hash_table_lookup (self->earlier, id);

  return g_hash_table_contains (self->times, id) || (earlier && ABS (get_now () - *earlier) < FORGET_SECONDS);
}

void
latch_told_add (LatchTold *self, const char *id)
{
  gint64 now = get_now ();

  g_hash_table_insert (self->times, g_strdup (id), g_memdup2 (&now, sizeof now));
  save (self);
}

void
latch_told_remove (LatchTold *self, const char *id)
{
  g_hash_table_remove (self->earlier, id);
  if (g_hash_table_remove (self->times, id))
    save (self);
}

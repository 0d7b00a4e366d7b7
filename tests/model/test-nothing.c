/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-event.h"
#include "latch-lock-choice.h"
#include "latch-log-fit.h"
#include "latch-log-stretch.h"
#include "latch-store.h"

/* What there is none of can be let go of, as everywhere in GLib: cleaning up needs no questions */
static void
test_free (void)
{
  latch_event_free (NULL);
  latch_lock_choice_free (NULL);
  latch_bridge_record_free (NULL);
  latch_device_record_free (NULL);
  latch_log_fit_free (NULL);
  latch_log_stretch_free (NULL);
}

/* Names that would look like others, or turn the text around them */
static void
test_names (void)
{
  static const char *const names[] = {
    "a\tb", "a\nb", "a\x7f", "a\u2028b", "a\u2029b", "a\u202ab", "a\u202eb", "a\u2066b", "a\u2069b",
  };
  static const char *const good[] = { "a\u2027b", "a\u202fb", "a\u2065b", "a\u206ab", "Büro", "עברית" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_false (latch_local_name_check (names[i], &name, &error));
      g_assert_nonnull (error);
      g_assert_null (name);
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *name = NULL;

      g_assert_true (latch_local_name_check (good[i], &name, NULL));
      g_assert_cmpstr (name, ==, good[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/nothing/can-be-let-go-of", test_free);
  g_test_add_func ("/nothing/invisible-is-in-a-name", test_names);

  return g_test_run ();
}

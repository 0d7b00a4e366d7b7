/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-authenticator.h"

#include "latch-error.h"

#define TOKEN "s3cretT0ken"
#define NOW G_GINT64_CONSTANT (1700000000)

static LatchAuthenticator *
authenticator_new (void)
{
  LatchAuthenticator *self = latch_authenticator_new ();

  latch_authenticator_set_token (self, TOKEN);

  return self;
}

static LatchInfoSnapshot *
info_new (const char *firmware_version, gint64 current_time)
{
  LatchInfoSnapshot *info = latch_info_snapshot_new ();

  info->bridge_type = LATCH_BRIDGE_TYPE_HARDWARE;
  info->firmware_version = g_strdup (firmware_version);
  info->current_time = current_time;

  return info;
}

static LatchAuthMode
get_form (const char *query)
{
  g_assert_nonnull (query);
  if (g_str_has_prefix (query, "ctoken="))
    return LATCH_AUTH_MODE_ENCRYPTED;
  if (g_str_has_prefix (query, "ts="))
    return LATCH_AUTH_MODE_HASHED;
  g_assert_cmpstr (query, ==, "token=" TOKEN);

  return LATCH_AUTH_MODE_PLAIN;
}

static LatchAuthMode
next_form (LatchAuthenticator *self, gboolean trial)
{
  g_autofree char *query = latch_authenticator_next_query (self, trial);

  return get_form (query);
}

/* A trial that the bridge accepts with form @mode, having refused stronger ones */
static gboolean
try_with (LatchAuthenticator *self, LatchAuthMode mode, const char *firmware_version, gint64 current_time, GError **error)
{
  g_autoptr (LatchInfoSnapshot) info = info_new (firmware_version, current_time);

  g_assert_true (latch_authenticator_needs_trial (self));
  while (next_form (self, TRUE) > mode)
    g_assert_true (latch_authenticator_trial_refused (self));

  return latch_authenticator_trial_accepted (self, info, NOW, error);
}

static void
accept (LatchAuthenticator *self, LatchAuthMode mode, const char *firmware_version)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (try_with (self, mode, firmware_version, NOW, &error));
  g_assert_no_error (error);
  g_assert_cmpint (latch_authenticator_get_accepted_mode (self), ==, mode);
  g_assert_false (latch_authenticator_needs_trial (self));
  g_assert_cmpint (next_form (self, FALSE), ==, mode);
}

static void
test_strongest_first (void)
{
  g_autoptr (LatchAuthenticator) self = authenticator_new ();

  g_assert_true (latch_authenticator_needs_trial (self));
  g_assert_cmpint (next_form (self, TRUE), ==, LATCH_AUTH_MODE_ENCRYPTED);
  /* Asked again without a verdict, as after a busy bridge, it goes on where it was */
  g_assert_cmpint (next_form (self, TRUE), ==, LATCH_AUTH_MODE_ENCRYPTED);
  g_assert_true (latch_authenticator_trial_refused (self));
  g_assert_cmpint (next_form (self, TRUE), ==, LATCH_AUTH_MODE_HASHED);
  g_assert_true (latch_authenticator_trial_refused (self));
  g_assert_cmpint (next_form (self, TRUE), ==, LATCH_AUTH_MODE_PLAIN);
  /* All refused: it is the token that is wrong */
  g_assert_false (latch_authenticator_trial_refused (self));
  g_assert_cmpint (latch_authenticator_get_accepted_mode (self), ==, LATCH_AUTH_MODE_AUTO);

  /* Which taught nothing about the bridge */
  g_assert_true (latch_authenticator_needs_trial (self));
  g_assert_cmpint (next_form (self, TRUE), ==, LATCH_AUTH_MODE_ENCRYPTED);
}

static void
test_accepted (void)
{
  g_autoptr (LatchAuthenticator) encrypted = authenticator_new ();
  g_autoptr (LatchAuthenticator) hashed = authenticator_new ();
  g_autoptr (LatchAuthenticator) restricted = authenticator_new ();
  g_autoptr (LatchAuthenticator) plain = authenticator_new ();
  g_autoptr (LatchAuthenticator) unknown = authenticator_new ();

  accept (encrypted, LATCH_AUTH_MODE_ENCRYPTED, "2.18.0");
  accept (hashed, LATCH_AUTH_MODE_HASHED, "2.4.0");
  /* It could do better, but its hash will do */
  accept (restricted, LATCH_AUTH_MODE_HASHED, "2.18.0");
  accept (plain, LATCH_AUTH_MODE_PLAIN, "1.6.2");
  accept (unknown, LATCH_AUTH_MODE_PLAIN, NULL);
}

static void
assert_clock_wrong (const char *firmware_version, gint64 current_time, const char *part)
{
  g_autoptr (LatchAuthenticator) self = authenticator_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (try_with (self, LATCH_AUTH_MODE_PLAIN, firmware_version, current_time, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG);
  g_assert_nonnull (strstr (error->message, part));
  g_assert_cmpint (latch_authenticator_get_accepted_mode (self), ==, LATCH_AUTH_MODE_AUTO);
  g_assert_true (latch_authenticator_needs_trial (self));
  g_assert_cmpint (next_form (self, TRUE), ==, LATCH_AUTH_MODE_ENCRYPTED);
}

static void
test_clock (void)
{
  assert_clock_wrong ("2.18.0", NOW - 240, "4 minutes behind");
  assert_clock_wrong ("2.18.0", NOW + 61, "1 minute ahead");
  assert_clock_wrong ("2.18.0", NOW - 3 * 3600, "3 hours behind");
  assert_clock_wrong ("1.12.0", NOW + 3 * 86400, "3 days ahead");
  assert_clock_wrong ("2.18.0", G_GINT64_CONSTANT (946684800), "days behind");
  /* Not the clock's fault, or not known to be */
  assert_clock_wrong ("2.18.0", NOW, "unprotected");
  assert_clock_wrong ("2.18.0", 0, "unprotected");
}

static void
test_never_undercut (void)
{
  const LatchAuthMode modes[] = { LATCH_AUTH_MODE_HASHED, LATCH_AUTH_MODE_ENCRYPTED };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (LatchAuthenticator) self = authenticator_new ();
      g_autoptr (LatchInfoSnapshot) old = info_new ("1.6.2", NOW);
      g_autoptr (LatchInfoSnapshot) new = info_new ("2.18.0", NOW);

      latch_authenticator_set_accepted_mode (self, modes[i]);
      g_assert_false (latch_authenticator_needs_trial (self));
      g_assert_cmpint (next_form (self, FALSE), ==, modes[i]);

      /* Whatever the other side claims to be */
      latch_authenticator_heard_info (self, old);
      g_assert_false (latch_authenticator_needs_trial (self));
      g_assert_cmpint (next_form (self, FALSE), ==, modes[i]);

      latch_authenticator_heard_info (self, new);
      if (latch_authenticator_needs_trial (self))
        {
          g_assert_cmpint (next_form (self, TRUE), ==, LATCH_AUTH_MODE_ENCRYPTED);
          g_assert_false (latch_authenticator_trial_refused (self));
        }
      g_assert_false (latch_authenticator_needs_trial (self));
      g_assert_cmpint (next_form (self, FALSE), ==, modes[i]);
      g_assert_cmpint (latch_authenticator_get_accepted_mode (self), ==, modes[i]);

      /* A new token changes nothing about that */
      latch_authenticator_set_token (self, NULL);
      latch_authenticator_set_token (self, TOKEN);
      g_assert_cmpint (next_form (self, FALSE), ==, modes[i]);
    }
}

static void
test_upgrade (void)
{
  g_autoptr (LatchAuthenticator) self = authenticator_new ();
  g_autoptr (LatchInfoSnapshot) updated = info_new ("2.18.0", NOW);

  accept (self, LATCH_AUTH_MODE_HASHED, "2.4.0");

  /* The bridge was updated; what it refused before it may accept now, but once refused it is not asked for again */
  latch_authenticator_set_accepted_mode (self, LATCH_AUTH_MODE_HASHED);
  latch_authenticator_heard_info (self, updated);
  g_assert_false (latch_authenticator_needs_trial (self));

  g_clear_object (&self);
  self = authenticator_new ();
  latch_authenticator_set_accepted_mode (self, LATCH_AUTH_MODE_PLAIN);
  g_assert_false (latch_authenticator_needs_trial (self));
  latch_authenticator_heard_info (self, updated);
  accept (self, LATCH_AUTH_MODE_ENCRYPTED, "2.18.0");

  /* A weaker step up is one, too, and the last */
  g_clear_object (&self);
  self = authenticator_new ();
  latch_authenticator_set_accepted_mode (self, LATCH_AUTH_MODE_PLAIN);
  latch_authenticator_heard_info (self, updated);
  accept (self, LATCH_AUTH_MODE_HASHED, "2.18.0");
}

static void
test_explicit (void)
{
  const LatchAuthMode modes[] = { LATCH_AUTH_MODE_PLAIN, LATCH_AUTH_MODE_HASHED, LATCH_AUTH_MODE_ENCRYPTED };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (LatchAuthenticator) self = authenticator_new ();
      g_autoptr (LatchInfoSnapshot) info = info_new ("2.18.0", NOW);

      latch_authenticator_set_requested_mode (self, modes[i]);
      g_assert_false (latch_authenticator_needs_trial (self));
      latch_authenticator_heard_info (self, info);
      g_assert_false (latch_authenticator_needs_trial (self));
      g_assert_cmpint (next_form (self, FALSE), ==, modes[i]);
      g_assert_cmpint (latch_authenticator_get_requested_mode (self), ==, modes[i]);

      /* What a person asked for is not what the bridge was found to accept */
      latch_authenticator_set_requested_mode (self, LATCH_AUTH_MODE_AUTO);
      g_assert_true (latch_authenticator_needs_trial (self));
    }
}

static void
count_cb (LatchAuthenticator *self, GParamSpec *pspec, gpointer user_data)
{
  guint *count = user_data;

  (*count)++;
}

static void
test_notify (void)
{
  g_autoptr (LatchAuthenticator) self = authenticator_new ();
  guint count = 0;

  g_signal_connect (self, "notify", G_CALLBACK (count_cb), &count);
  accept (self, LATCH_AUTH_MODE_ENCRYPTED, "2.18.0");
  g_assert_cmpuint (count, ==, 1);
  latch_authenticator_set_accepted_mode (self, LATCH_AUTH_MODE_ENCRYPTED);
  latch_authenticator_set_requested_mode (self, LATCH_AUTH_MODE_ENCRYPTED);
  g_assert_cmpuint (count, ==, 1);
  latch_authenticator_set_requested_mode (self, LATCH_AUTH_MODE_PLAIN);
  g_assert_cmpuint (count, ==, 2);
  latch_authenticator_set_requested_mode (self, LATCH_AUTH_MODE_AUTO);
  g_assert_cmpuint (count, ==, 3);
  g_assert_cmpint (latch_authenticator_get_accepted_mode (self), ==, LATCH_AUTH_MODE_ENCRYPTED);
}

static void
test_no_token (void)
{
  LatchAuthenticator *self = latch_authenticator_new ();

  g_assert_false (latch_authenticator_has_token (self));
  g_assert_null (latch_authenticator_next_query (self, TRUE));
  g_assert_null (latch_authenticator_next_query (self, FALSE));
  latch_authenticator_set_token (self, TOKEN);
  g_assert_true (latch_authenticator_has_token (self));
  latch_authenticator_set_token (self, NULL);
  g_assert_false (latch_authenticator_has_token (self));
  g_assert_finalize_object (self);
}

/* A bridge refuses what it has seen before, which would look like a wrong token */
static void
test_never_repeats (void)
{
  g_autoptr (LatchAuthenticator) self = authenticator_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  latch_authenticator_set_requested_mode (self, LATCH_AUTH_MODE_HASHED);
  /* As many as a second has */
  for (guint i = 0; i < 20000; i++)
    g_assert_true (g_hash_table_add (seen, latch_authenticator_next_query (self, FALSE)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/authenticator/never-says-the-same-twice", test_never_repeats);
  g_test_add_func ("/authenticator/strongest-form-is-tried-first", test_strongest_first);
  g_test_add_func ("/authenticator/accepted-form-is-kept", test_accepted);
  g_test_add_func ("/authenticator/bare-token-from-able-bridge-is-a-wrong-clock", test_clock);
  g_test_add_func ("/authenticator/accepted-form-is-never-undercut", test_never_undercut);
  g_test_add_func ("/authenticator/updated-bridge-is-tried-again", test_upgrade);
  g_test_add_func ("/authenticator/person-decides", test_explicit);
  g_test_add_func ("/authenticator/notifies-changes-only", test_notify);
  g_test_add_func ("/authenticator/no-token", test_no_token);

  return g_test_run ();
}

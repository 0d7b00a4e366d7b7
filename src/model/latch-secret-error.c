/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-secret-error.h"

#include "latch-error.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

/**
 * latch_secret_error_is_absence:
 *
 * Returns: whether nobody was there to ask: no session bus, no service, or no way to it
 */
gboolean
latch_secret_error_is_absence (const GError *error)
{
  if (latch_secret_error_is_silence (error))
    return FALSE;
  if (error->domain == G_IO_ERROR)
    return error->code != G_IO_ERROR_CANCELLED && error->code != G_IO_ERROR_DBUS_ERROR;

  return error->domain == G_DBUS_ERROR;
}

/**
 * latch_secret_error_is_refusal:
 *
 * Returns: whether the keyring stayed locked. When a person closes a prompt, that is a cancellation too. Where our
 *   caller has cancelled, GTask says so by itself
 */
gboolean
latch_secret_error_is_refusal (const GError *error)
{
  return g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/**
 * latch_secret_error_is_silence:
 *
 * Returns: whether somebody is there who does not answer, and so may know what we asked for
 */
gboolean
latch_secret_error_is_silence (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMED_OUT);
}

/**
 * latch_secret_error_explain:
 * @error: one that is no refusal
 *
 * Returns: (transfer full): a %LATCH_ERROR_KEYRING that says so to a person
 */
GError *
latch_secret_error_explain (const GError *error)
{
  if (latch_secret_error_is_silence (error))
    return g_error_new_literal (LATCH_ERROR, LATCH_ERROR_KEYRING,
                                _("The keyring with the bridge’s token does not answer. Try again later"));

  return g_error_new (LATCH_ERROR, LATCH_ERROR_KEYRING,
                      /* Translators: %s is the reason, as the keyring's program gave it */
                      _("The keyring with the bridge’s token cannot be used: %s"), error->message);
}

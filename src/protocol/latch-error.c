/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup-types.h>
#include <libsoup/soup-status.h>

G_DEFINE_QUARK (latch-error-quark, latch_error)

/**
 * latch_error_new_for_status:
 * @status: an HTTP status that is no success
 * @path: the endpoint that was called, as "/list"
 *
 * Gives an HTTP status its meaning (spec: Errors of each endpoint). The body is not looked at: bridges
 * send plain text, software bridges JSON, both without a fixed form.
 *
 * Returns: (transfer full): the error
 */
GError *
latch_error_new_for_status (guint status, const char *path)
{
  switch (status)
    {
    case SOUP_STATUS_BAD_REQUEST:
      return g_error_new (LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT,
                          _("The bridge does not accept this request. Its firmware may be too old for it"));
    case SOUP_STATUS_UNAUTHORIZED:
      /* Asked for a token, it was not sent any */
      if (g_strcmp0 (path, "/auth") == 0)
        return g_error_new (LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED,
                            _("The bridge refuses to pair. Restart it and try again, or use a token from the Nuki app"));
      return g_error_new (LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED,
                          _("The bridge does not accept the token. Pair with it again, and make sure that its clock is right"));
    case SOUP_STATUS_FORBIDDEN:
      if (g_strcmp0 (path, "/auth") == 0)
        return g_error_new (LATCH_ERROR, LATCH_ERROR_PAIRING_DISABLED,
                            _("Pairing is turned off for this bridge. Turn it on in the Nuki app, or use a token"));
      /* Owners saw this in place of 401 where the clocks disagreed */
      return g_error_new (LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED,
                          _("The bridge refuses access. Either its HTTP API is turned off, or its clock is wrong"));
    case SOUP_STATUS_NOT_FOUND:
      /* Every bridge has these */
      if (g_strcmp0 (path, "/auth") == 0 || g_strcmp0 (path, "/list") == 0 || g_strcmp0 (path, "/info") == 0)
        return g_error_new (LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE, _("Something else than a Nuki bridge answered"));
      if (g_strcmp0 (path, "/lockState") != 0 && g_strcmp0 (path, "/lockAction") != 0 && g_strcmp0 (path, "/unpair") != 0)
        return g_error_new (LATCH_ERROR, LATCH_ERROR_NOT_SUPPORTED, _("This kind of bridge does not have this function"));
      return g_error_new (LATCH_ERROR, LATCH_ERROR_UNKNOWN_DEVICE, _("The bridge does not know this lock"));
    case SOUP_STATUS_GONE:
      if (g_strcmp0 (path, "/lockState") != 0 && g_strcmp0 (path, "/lockAction") != 0)
        break;
      return g_error_new (LATCH_ERROR, LATCH_ERROR_OFFLINE,
                          _("The lock has been offline for long. It may be out of the bridge’s range, or its batteries may be empty"));
    case SOUP_STATUS_SERVICE_UNAVAILABLE:
      return g_error_new (LATCH_ERROR, LATCH_ERROR_BUSY,
                          _("The bridge is busy with another request. Other programs may be using it; try again in a moment"));
    default:
      break;
    }

  if (status >= 300 && status < 400)
    return g_error_new (LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE,
                        _("Something else than a Nuki bridge answered: it sent a redirection, which was not followed"));

  /* Translators: %u is an HTTP status code */
  return g_error_new (LATCH_ERROR, LATCH_ERROR_REFUSED,
                      _("The bridge answered with the unexpected status %u. If that goes on, restart the bridge"), status);
}

/**
 * latch_error_new_for_transport:
 * @error: what the HTTP library reported
 * @was_sent: whether the request, or a part of it, may have reached the bridge
 * @is_command: whether the request changes something
 *
 * Gives a failed connection its meaning. A command that may have arrived has an unknown outcome, whatever the cause.
 *
 * Returns: (transfer full): the error
 */
GError *
latch_error_new_for_transport (const GError *error, gboolean was_sent, gboolean is_command)
{
  if (is_command && was_sent)
    return g_error_new (LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN,
                        _("The command was sent, but no answer came. It may or may not have been carried out"));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    {
      if (was_sent)
        return g_error_new (LATCH_ERROR, LATCH_ERROR_TIMED_OUT, _("The bridge did not answer in time"));
      return g_error_new (LATCH_ERROR, LATCH_ERROR_UNREACHABLE,
                          _("The bridge cannot be reached. Check that it has power and is on this network"));
    }

  if (was_sent)
    return g_error_new (LATCH_ERROR, LATCH_ERROR_UNREACHABLE, _("The bridge broke off the connection"));

  return g_error_new (LATCH_ERROR, LATCH_ERROR_UNREACHABLE,
                      _("The bridge cannot be reached. Check that it has power and is on this network"));
}

static char *
describe_offset (gint64 seconds)
{
  gint64 minutes = (ABS (seconds) + 30) / 60;

  if (ABS (seconds) < 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d second", "%d seconds", ABS (seconds)), (int) ABS (seconds));
  if (minutes < 120)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d minute", "%d minutes", minutes), (int) minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d hour", "%d hours", minutes / 60), (int) (minutes / 60));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day", "%d days", minutes / 1440), (int) (minutes / 1440));
}

/**
 * latch_error_new_for_clock:
 * @offset: by how many seconds the bridge's clock is ahead of this computer's; negative if it is behind
 * @is_ours: whether it is known to be this computer's clock that was changed
 *
 * Explains why a good token is refused: what protects it is valid for a minute only, so that the clocks have to agree.
 *
 * Returns: (transfer full): the error
 */
GError *
latch_error_new_for_clock (gint64 offset, gboolean is_ours)
{
  g_autofree char *length = describe_offset (offset);

  if (ABS (offset) < LATCH_CLOCK_TOLERANCE)
    return g_error_new (LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG,
                        _("The bridge accepts the token only unprotected, although its firmware could do better. "
                          "Restart the bridge and try again"));

  /* Translators: in all of these, %s is a length of time as "4 minutes" */
  if (is_ours && offset < 0)
    return g_error_new (LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG,
                        _("This computer’s clock is %s ahead, so that the bridge refuses access. Set it right; access "
                          "then works again by itself"), length);
  if (is_ours)
    return g_error_new (LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG,
                        _("This computer’s clock is %s behind, so that the bridge refuses access. Set it right; access "
                          "then works again by itself"), length);
  if (offset < 0)
    return g_error_new (LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG,
                        _("The bridge’s clock is %s behind, so that it refuses protected tokens. Restart the bridge, and "
                          "make sure that it has internet access and that this computer’s clock is right"), length);

  return g_error_new (LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG,
                      _("The bridge’s clock is %s ahead, so that it refuses protected tokens. Restart the bridge, and "
                        "make sure that it has internet access and that this computer’s clock is right"), length);
}

/**
 * latch_error_make_outcome_unknown:
 * @error: (inout) (optional): what came of a command
 *
 * Replaces errors that say only that the answer was not understood: the bridge may have done what it was told.
 */
void
latch_error_make_outcome_unknown (GError **error)
{
  if (error == NULL || (!g_error_matches (*error, LATCH_ERROR, LATCH_ERROR_MALFORMED) &&
                        !g_error_matches (*error, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE)))
    return;

  g_clear_error (error);
  *error = latch_error_new_for_transport (NULL, TRUE, TRUE);
}

/**
 * latch_error_is_connection:
 * @error: (nullable): an error
 *
 * Returns: whether @error says that the bridge itself is not there, rather than that it refused something
 */
gboolean
latch_error_is_connection (const GError *error)
{
  return g_error_matches (error, LATCH_ERROR, LATCH_ERROR_UNREACHABLE) ||
         g_error_matches (error, LATCH_ERROR, LATCH_ERROR_TIMED_OUT) ||
         g_error_matches (error, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE);
}

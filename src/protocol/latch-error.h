/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LATCH_ERROR (latch_error_quark ())

/* Seconds by which clocks may differ before that can be why a token is refused */
#define LATCH_CLOCK_TOLERANCE 30

/**
 * LatchError:
 * @LATCH_ERROR_UNREACHABLE: nothing answers at the bridge's address
 * @LATCH_ERROR_TIMED_OUT: the bridge took the request and gave no answer in time
 * @LATCH_ERROR_NOT_A_BRIDGE: something answered that is no Nuki bridge
 * @LATCH_ERROR_BUSY: the bridge kept saying that it is busy (503)
 * @LATCH_ERROR_OFFLINE: the bridge cannot reach the lock (`success: false`, 410)
 * @LATCH_ERROR_UNAUTHORIZED: the bridge does not accept the token (401)
 * @LATCH_ERROR_PAIRING_DISABLED: /auth is turned off on this bridge (403)
 * @LATCH_ERROR_BUTTON_NOT_PRESSED: nobody pressed the bridge's button in time
 * @LATCH_ERROR_UNKNOWN_DEVICE: the bridge does not know the lock, or not under that device type (404)
 * @LATCH_ERROR_INVALID_ARGUMENT: a value was refused, by us before sending or by the bridge (400)
 * @LATCH_ERROR_MALFORMED: the answer cannot be understood
 * @LATCH_ERROR_OUTCOME_UNKNOWN: a command was sent and no answer came: it may or may not have been carried out
 * @LATCH_ERROR_REFUSED: the bridge answered `success: false` with a reason of its own, or a status that has none of
 *   the meanings above
 * @LATCH_ERROR_CALLBACKS_FULL: all three places for callbacks are taken
 * @LATCH_ERROR_CALLBACKS_BLOCKED: what the bridge tells of its own accord cannot arrive here
 * @LATCH_ERROR_CANNOT_LISTEN: nobody listens here to what the bridge tells of its own accord, as another program has
 *   the port
 * @LATCH_ERROR_CLOCK_WRONG: the token is as good as ever, but protected forms of it are refused: the bridge's clock, or
 *   this computer's, is wrong
 * @LATCH_ERROR_NOT_SUPPORTED: this kind of bridge does not have that function
 * @LATCH_ERROR_NO_TOKEN: there is no token for the bridge
 * @LATCH_ERROR_KEYRING: there may be one, but the keyring is locked or cannot be used
 *
 * What can go wrong between us and a bridge. An operation that was cancelled fails with %G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  LATCH_ERROR_UNREACHABLE,
  LATCH_ERROR_TIMED_OUT,
  LATCH_ERROR_NOT_A_BRIDGE,
  LATCH_ERROR_BUSY,
  LATCH_ERROR_OFFLINE,
  LATCH_ERROR_UNAUTHORIZED,
  LATCH_ERROR_PAIRING_DISABLED,
  LATCH_ERROR_BUTTON_NOT_PRESSED,
  LATCH_ERROR_UNKNOWN_DEVICE,
  LATCH_ERROR_INVALID_ARGUMENT,
  LATCH_ERROR_MALFORMED,
  LATCH_ERROR_OUTCOME_UNKNOWN,
  LATCH_ERROR_REFUSED,
  LATCH_ERROR_CALLBACKS_FULL,
  LATCH_ERROR_CALLBACKS_BLOCKED,
  LATCH_ERROR_CANNOT_LISTEN,
  LATCH_ERROR_CLOCK_WRONG,
  LATCH_ERROR_NOT_SUPPORTED,
  LATCH_ERROR_NO_TOKEN,
  LATCH_ERROR_KEYRING,
} LatchError;

GQuark latch_error_quark (void);

GError *latch_error_new_for_status (guint status, const char *path);
GError *latch_error_new_for_transport (const GError *error, gboolean was_sent, gboolean is_command);
GError *latch_error_new_for_clock (gint64 offset, gboolean is_ours);
void latch_error_make_outcome_unknown (GError **error);
gboolean latch_error_is_connection (const GError *error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-error.h"

#include "latch-error.h"

G_DEFINE_QUARK (latch-ctl-error-quark, latch_ctl_error)

static const LatchCtlExit exits[] = {
  [LATCH_ERROR_UNREACHABLE] = LATCH_CTL_EXIT_UNREACHABLE,
  [LATCH_ERROR_TIMED_OUT] = LATCH_CTL_EXIT_UNREACHABLE,
  [LATCH_ERROR_NOT_A_BRIDGE] = LATCH_CTL_EXIT_UNREACHABLE,
  [LATCH_ERROR_BUSY] = LATCH_CTL_EXIT_BUSY,
  [LATCH_ERROR_OFFLINE] = LATCH_CTL_EXIT_FAILED,
  [LATCH_ERROR_UNAUTHORIZED] = LATCH_CTL_EXIT_UNAUTHORIZED,
  [LATCH_ERROR_PAIRING_DISABLED] = LATCH_CTL_EXIT_UNAUTHORIZED,
  [LATCH_ERROR_BUTTON_NOT_PRESSED] = LATCH_CTL_EXIT_FAILED,
  [LATCH_ERROR_UNKNOWN_DEVICE] = LATCH_CTL_EXIT_NOT_FOUND,
  [LATCH_ERROR_INVALID_ARGUMENT] = LATCH_CTL_EXIT_FAILED, /* refused by the bridge: usage is checked before */
  [LATCH_ERROR_MALFORMED] = LATCH_CTL_EXIT_UNREACHABLE,   /* whatever that was, no bridge could be talked to */
  [LATCH_ERROR_OUTCOME_UNKNOWN] = LATCH_CTL_EXIT_OUTCOME_UNKNOWN,
  [LATCH_ERROR_REFUSED] = LATCH_CTL_EXIT_FAILED,
  [LATCH_ERROR_CALLBACKS_FULL] = LATCH_CTL_EXIT_FAILED,
  [LATCH_ERROR_CALLBACKS_BLOCKED] = LATCH_CTL_EXIT_FAILED,
  [LATCH_ERROR_CANNOT_LISTEN] = LATCH_CTL_EXIT_FAILED,
  [LATCH_ERROR_CLOCK_WRONG] = LATCH_CTL_EXIT_UNAUTHORIZED,
  [LATCH_ERROR_NOT_SUPPORTED] = LATCH_CTL_EXIT_FAILED,
  [LATCH_ERROR_NO_TOKEN] = LATCH_CTL_EXIT_UNAUTHORIZED,
  [LATCH_ERROR_KEYRING] = LATCH_CTL_EXIT_UNAUTHORIZED,
};

/**
 * latch_ctl_exit_for_error:
 *
 * Returns: the exit status for a command that failed with @error, whatever its domain
 */
LatchCtlExit
latch_ctl_exit_for_error (const GError *error)
{
  if (error->domain == LATCH_CTL_ERROR)
    return error->code;

  if (error->domain == LATCH_ERROR && (guint) error->code < G_N_ELEMENTS (exits))
    return exits[error->code];

  return LATCH_CTL_EXIT_FAILED;
}

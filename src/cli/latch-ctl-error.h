/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LatchCtlExit:
 *
 * What the exit status says: scripts rely on these numbers. They are the codes of the domain %LATCH_CTL_ERROR too.
 */
typedef enum
{
  LATCH_CTL_EXIT_DONE = 0,
  LATCH_CTL_EXIT_FAILED = 1,
  LATCH_CTL_EXIT_USAGE = 2,
  LATCH_CTL_EXIT_UNREACHABLE = 3,
  LATCH_CTL_EXIT_UNAUTHORIZED = 4,
  LATCH_CTL_EXIT_NOT_FOUND = 5,
  LATCH_CTL_EXIT_BUSY = 6,
  LATCH_CTL_EXIT_OUTCOME_UNKNOWN = 7,
} LatchCtlExit;

#define LATCH_CTL_ERROR (latch_ctl_error_quark ())

GQuark latch_ctl_error_quark (void);

LatchCtlExit latch_ctl_exit_for_error (const GError *error);

G_END_DECLS

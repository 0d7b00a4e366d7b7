/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-ctl-error.h"
#include "latch-enums.h"

G_BEGIN_DECLS

/**
 * LatchCtlOptionFlags:
 *
 * Options that only some commands take; those without a flag are for all.
 */
typedef enum
{
  LATCH_CTL_OPTION_NO_WAIT = 1 << 0,
  LATCH_CTL_OPTION_OFFSET = 1 << 1,
  LATCH_CTL_OPTION_COUNT = 1 << 2,
  LATCH_CTL_OPTION_YES = 1 << 3,
  LATCH_CTL_OPTION_INTERVAL = 1 << 4,
  LATCH_CTL_OPTION_NAME = 1 << 5,
  LATCH_CTL_OPTION_ALL = 1 << 6,
  LATCH_CTL_OPTION_RESET = 1 << 7,
  LATCH_CTL_OPTION_WAIT = 1 << 8,
  LATCH_CTL_OPTION_CSV = 1 << 9,
} LatchCtlOptionFlags;

/**
 * LatchCtlOptions:
 * @given: those with a flag that were given
 * @timeout: in seconds, 0 for what suits each request
 * @interval: in seconds, if given
 * @arguments: all that is no option, in its order
 *
 * What the command line says.
 */
typedef struct
{
  LatchCtlOptionFlags given;
  char *bridge;
  char *token_file;
  LatchAuthMode auth;
  gboolean json;
  guint timeout;
  char *discovery_url;
  guint offset;
  guint count;
  guint interval;
  char *name;
  gboolean help;
  gboolean version;
  GPtrArray *arguments;
} LatchCtlOptions;

typedef struct
{
  const char *name;
  LatchCtlOptionFlags flag;
  const char *value; /* what stands for its value in the help, NULL if it takes none */
  gboolean (*apply) (LatchCtlOptions *options, const char *value, GError **error);
  const char *summary;
} LatchCtlOption;

LatchCtlOptions *latch_ctl_options_parse (int argc, char *const argv[], GError **error);
void latch_ctl_options_free (LatchCtlOptions *self);

const LatchCtlOption *latch_ctl_options_get_all (guint *n_options);
char *latch_ctl_option_get_usage (const LatchCtlOption *self);
gboolean latch_ctl_options_check (const LatchCtlOptions *self,
                                  LatchCtlOptionFlags allowed,
                                  const char *command,
                                  GError **error);
gboolean latch_ctl_parse_number (const char *text, guint min, guint max, guint *number, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchCtlOptions, latch_ctl_options_free)

G_END_DECLS

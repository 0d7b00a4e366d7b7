/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-ctl-error.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * All that is written goes through here. Names and texts come from bridges, that is, from anywhere: control characters
 * never reach a terminal.
 */

typedef enum
{
  LATCH_CTL_COLOR_NONE,
  LATCH_CTL_COLOR_TITLE,
  LATCH_CTL_COLOR_GOOD,
  LATCH_CTL_COLOR_CAUTION,
  LATCH_CTL_COLOR_BAD,
} LatchCtlColor;

char *latch_ctl_make_printable (const char *text);
guint latch_ctl_text_width (const char *text);

void latch_ctl_print (const char *format, ...) G_GNUC_PRINTF (1, 2);
void latch_ctl_print_colored (const char *text, LatchCtlColor color, guint width);
void latch_ctl_print_end_line (void);
void latch_ctl_print_candidate (const char *prefix, const char *value, const char *description);
void latch_ctl_print_json (JsonNode *node, gboolean one_line);
gboolean latch_ctl_output_is_broken (gboolean *reader_left);

void latch_ctl_warn (const char *format, ...) G_GNUC_PRINTF (1, 2);
void latch_ctl_prompt (const char *question);
void latch_ctl_end_prompt (void);
void latch_ctl_show_progress (const char *text);

G_END_DECLS

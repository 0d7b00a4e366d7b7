/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-csv.h"

#include <string.h>

/* Only what is a number through and through: "-1+cmd|…" begins like one */
static gboolean
is_number (const char *cell)
{
  const char *digits = cell[0] == '-' || cell[0] == '+' ? cell + 1 : cell;

  return g_ascii_isdigit (digits[0]) && digits[strspn (digits, "0123456789.")] == '\0';
}

/*
 * What a spreadsheet would calculate rather than show. Some leave out blanks first, or take the characters' wide forms
 * for the usual ones
 */
static gboolean
is_formula (const char *cell)
{
  const char *start = cell + strspn (cell, " ");

  if (start[0] == '\0' || is_number (start))
    return FALSE;

  return strchr ("=+-@\t\r\n", start[0]) != NULL || g_str_has_prefix (start, "＝") || g_str_has_prefix (start, "＋") ||
         g_str_has_prefix (start, "－") || g_str_has_prefix (start, "＠");
}

static void
append_cell (GString *csv, const char *cell)
{
  gboolean formula = is_formula (cell);

  if (!formula && cell[strcspn (cell, "\",\r\n")] == '\0' && cell[0] != ' ')
    {
      g_string_append (csv, cell);
      return;
    }

  g_string_append_c (csv, '"');
  if (formula)
    g_string_append_c (csv, '\'');
  for (; *cell != '\0'; cell++)
    {
      if (*cell == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *cell);
    }
  g_string_append_c (csv, '"');
}

/**
 * latch_csv_append_row:
 * @csv: what is written so far
 * @cells: (array length=n_cells): texts; %NULL is an empty cell
 *
 * Adds a row. A cell that a spreadsheet would take for a formula gets an apostrophe in front, by which spreadsheets
 * know a text; numbers stay numbers.
 */
void
latch_csv_append_row (GString *csv, const char *const *cells, gsize n_cells)
{
  g_return_if_fail (csv != NULL);

  for (gsize i = 0; i < n_cells; i++)
    {
      if (i > 0)
        g_string_append_c (csv, ',');
      if (cells[i] != NULL)
        append_cell (csv, cells[i]);
    }
  g_string_append (csv, "\r\n");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-table.h"

typedef struct
{
  char *text;
  LatchCtlColor color;
} Cell;

struct _LatchCtlTable
{
  guint n_columns;
  GArray *cells; /* of Cell, row by row */
};

static void
cell_clear (gpointer data)
{
  Cell *cell = data;

  g_clear_pointer (&cell->text, g_free);
}

/* Whether nothing but empty cells follows: lines end where their text ends */
static gboolean
is_last_of_row (LatchCtlTable *self, guint index)
{
  for (guint i = index + 1; i % self->n_columns != 0 && i < self->cells->len; i++)
    if (*g_array_index (self->cells, Cell, i).text != '\0')
      return FALSE;

  return TRUE;
}

/**
 * latch_ctl_table_new:
 *
 * Returns: (transfer full): an empty table
 */
LatchCtlTable *
latch_ctl_table_new (guint n_columns)
{
  LatchCtlTable *self = g_new0 (LatchCtlTable, 1);

  self->n_columns = n_columns;
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (self->cells, cell_clear);

  return self;
}

void
latch_ctl_table_free (LatchCtlTable *self)
{
  g_array_unref (self->cells);
  g_free (self);
}

/**
 * latch_ctl_table_add:
 * @text: what the next cell says
 *
 * Fills the table row by row.
 */
void
latch_ctl_table_add (LatchCtlTable *self, const char *text, LatchCtlColor color)
{
  Cell cell = { latch_ctl_make_printable (text), color };

  g_array_append_val (self->cells, cell);
}

/**
 * latch_ctl_table_add_titles:
 * @...: the titles of all columns, then %NULL
 */
void
latch_ctl_table_add_titles (LatchCtlTable *self, ...)
{
  const char *title;
  va_list args;

  va_start (args, self);
  while ((title = va_arg (args, const char *)) != NULL)
    latch_ctl_table_add (self, title, LATCH_CTL_COLOR_TITLE);
  va_end (args);
}

/**
 * latch_ctl_table_print:
 *
 * Writes the table to standard output.
 */
void
latch_ctl_table_print (LatchCtlTable *self)
{
  g_autofree guint *widths = g_new0 (guint, self->n_columns);

  for (guint i = 0; i < self->cells->len; i++)
    {
      guint *width = &widths[i % self->n_columns];

      *width = MAX (*width, latch_ctl_text_width (g_array_index (self->cells, Cell, i).text));
    }

  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, i);
      guint column = i % self->n_columns;

      latch_ctl_print_colored (cell->text, cell->color, is_last_of_row (self, i) ? 0 : widths[column] + 2);
      if (column + 1 == self->n_columns)
        latch_ctl_print_end_line ();
    }
}

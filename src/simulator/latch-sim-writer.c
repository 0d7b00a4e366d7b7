/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-writer.h"

#include <string.h>

/* Most answers are shorter */
#define USUAL_SIZE 1024

/*
 * Building a tree of JSON only to print it took two thirds of the time in which an answer was made: text that is
 * written once, from the beginning to the end, needs no tree.
 */
struct _LatchSimWriter
{
  GString *text;
};

/* What follows a value inside the same object or array is set apart from it. */
static void
separate (LatchSimWriter *self)
{
  gsize length = self->text->len;

  if (length > 0 && strchr ("{[:", self->text->str[length - 1]) == NULL)
    g_string_append_c (self->text, ',');
}

static void
write_string (LatchSimWriter *self,
              const char     *string)
{
  g_string_append_c (self->text, '"');
  for (const char *next = string; *next != '\0'; next++)
    {
      if (*next == '"' || *next == '\\')
        g_string_append_c (self->text, '\\');
      if (g_ascii_iscntrl (*next))
        g_string_append_printf (self->text, "\\u%04x", *next);
      else
        g_string_append_c (self->text, *next);
    }
  g_string_append_c (self->text, '"');
}

/**
 * latch_sim_writer_new:
 *
 * Returns: (transfer full): JSON in the making
 */
LatchSimWriter *
latch_sim_writer_new (void)
{
  LatchSimWriter *self = g_new (LatchSimWriter, 1);

  self->text = g_string_sized_new (USUAL_SIZE);

  return self;
}

void
latch_sim_writer_free (LatchSimWriter *self)
{
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_free (self);
}

void
latch_sim_writer_begin_object (LatchSimWriter *self)
{
  separate (self);
  g_string_append_c (self->text, '{');
}

void
latch_sim_writer_end_object (LatchSimWriter *self)
{
  g_string_append_c (self->text, '}');
}

void
latch_sim_writer_begin_array (LatchSimWriter *self)
{
  separate (self);
  g_string_append_c (self->text, '[');
}

void
latch_sim_writer_end_array (LatchSimWriter *self)
{
  g_string_append_c (self->text, ']');
}

/**
 * latch_sim_writer_name:
 *
 * Begins a member, whose value comes next.
 */
void
latch_sim_writer_name (LatchSimWriter *self,
                       const char     *name)
{
  separate (self);
  write_string (self, name);
  g_string_append_c (self->text, ':');
}

void
latch_sim_writer_int (LatchSimWriter *self,
                      const char     *name,
                      gint64          value)
{
  char digits[24];

  latch_sim_writer_name (self, name);
  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, value);
  g_string_append (self->text, digits);
}

void
latch_sim_writer_flag (LatchSimWriter *self,
                       const char     *name,
                       gboolean        value)
{
  latch_sim_writer_name (self, name);
  g_string_append (self->text, value ? "true" : "false");
}

void
latch_sim_writer_text (LatchSimWriter *self,
                       const char     *name,
                       const char     *value)
{
  latch_sim_writer_name (self, name);
  write_string (self, value);
}

/**
 * latch_sim_writer_take_node:
 * @value: (transfer full): what somebody else has made
 */
void
latch_sim_writer_take_node (LatchSimWriter *self,
                            const char     *name,
                            JsonNode       *value)
{
  g_autoptr (JsonNode) owned = value;
  g_autofree char *text = json_to_string (owned, FALSE);

  latch_sim_writer_name (self, name);
  g_string_append (self->text, text);
}

/**
 * latch_sim_writer_steal:
 *
 * To be called once, when all is written.
 *
 * Returns: (transfer full): the text
 */
char *
latch_sim_writer_steal (LatchSimWriter *self)
{
  return g_string_free_and_steal (g_steal_pointer (&self->text));
}

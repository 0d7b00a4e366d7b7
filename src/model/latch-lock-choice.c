/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-lock-choice.h"

#include <glib/gi18n-lib.h>

#include "latch-enums.h"
#include "latch-error.h"

/* What bridges of the first generation report for all that they have, which is locks */
#define NO_TYPE (-1)

/**
 * latch_lock_choice_new:
 *
 * Returns: (transfer full): a lock for which nothing was chosen
 */
LatchLockChoice *
latch_lock_choice_new (guint64 nuki_id, int device_type)
{
  LatchLockChoice *self = g_new0 (LatchLockChoice, 1);

  self->nuki_id = nuki_id;
  self->device_type = device_type;

  return self;
}

/**
 * latch_lock_choice_copy:
 *
 * Returns: (transfer full): a copy of @self
 */
LatchLockChoice *
latch_lock_choice_copy (const LatchLockChoice *self)
{
  LatchLockChoice *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);

  return copy;
}

/**
 * latch_lock_choice_free:
 * @self: (transfer full) (nullable): what to free
 */
void
latch_lock_choice_free (LatchLockChoice *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self);
}

static LatchLockChoice *
find_exactly (GPtrArray *choices, guint64 nuki_id, int device_type)
{
  for (guint i = 0; i < choices->len; i++)
    {
      LatchLockChoice *choice = choices->pdata[i];

      if (choice->nuki_id == nuki_id && choice->device_type == device_type)
        return choice;
    }

  return NULL;
}

/**
 * latch_lock_choices_find:
 * @choices: (element-type LatchLockChoice): what was chosen for a bridge's locks
 *
 * What was chosen for a lock while its bridge did not report types holds on when new firmware has the bridge report
 * them, until something else is chosen.
 *
 * Returns: (transfer none) (nullable): what was chosen for the lock, if anything ever was
 */
LatchLockChoice *
latch_lock_choices_find (GPtrArray *choices, guint64 nuki_id, int device_type)
{
  LatchLockChoice *choice = NULL;

  g_return_val_if_fail (choices != NULL, NULL);

  choice = find_exactly (choices, nuki_id, device_type);
  if (choice == NULL && !latch_device_type_is_opener (device_type))
    choice = find_exactly (choices, nuki_id, NO_TYPE);

  return choice;
}

/* What would do something to a line of text instead of being seen in it, or turn it around */
static gboolean
is_control (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

/**
 * latch_local_name_check:
 * @text: what somebody typed
 * @name: (out) (transfer full) (nullable): what is meant: without spaces around it, %NULL if nothing is left
 * @error: set to %LATCH_ERROR_INVALID_ARGUMENT
 *
 * Looks at a name that somebody gives to a lock or a bridge on this computer.
 *
 * Returns: whether it can be one
 */
gboolean
latch_local_name_check (const char *text, char **name, GError **error)
{
  g_autofree char *normal = NULL;
  const char *begin, *end;

  g_return_val_if_fail (text != NULL, FALSE);

  *name = NULL;
  /* One name, however it was typed, is one and the same */
  normal = g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  if (normal == NULL)
    {
      g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT, _("This name is not valid text"));
      return FALSE;
    }

  begin = normal;
  while (*begin != '\0' && g_unichar_isspace (g_utf8_get_char (begin)))
    begin = g_utf8_next_char (begin);
  end = begin + strlen (begin);
  while (end > begin && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);

  for (const char *p = begin; p < end; p = g_utf8_next_char (p))
    if (is_control (g_utf8_get_char (p)))
      {
        g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT,
                             _("A name cannot have line breaks or other control characters in it"));
        return FALSE;
      }

  if (g_utf8_strlen (begin, end - begin) > LATCH_MAX_NAME_LENGTH)
    {
      g_set_error (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT,
                   ngettext ("A name can have up to %d character", "A name can have up to %d characters",
                             LATCH_MAX_NAME_LENGTH),
                   LATCH_MAX_NAME_LENGTH);
      return FALSE;
    }

  if (end > begin)
    *name = g_strndup (begin, end - begin);

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-find.h"

#include "latch-codec.h"
#include "latch-ctl-bridges.h"
#include "latch-ctl-commands.h"

typedef gboolean (*Matches) (const LatchCtlTarget *target, const char *text);

static const char *
get_local_name (const LatchCtlTarget *target)
{
  const LatchLockChoice *choice = latch_ctl_bridge_find_choice (target->bridge, target->device);

  return choice != NULL ? choice->name : NULL;
}

/*
 * What a lock is called here and what its bridge calls it count alike. A script that names the one must not reach
 * another lock since somebody gave that the same name: then it may be both, and is not guessed.
 */
static gboolean
has_exact_name (const LatchCtlTarget *target, const char *text)
{
  return g_strcmp0 (target->device->name, text) == 0 || g_strcmp0 (get_local_name (target), text) == 0;
}

static char *
fold (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  char *normal = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);

  return normal != NULL ? g_strstrip (normal) : g_strdup (text);
}

static gboolean
is_similar (const char *name, const char *wanted)
{
  g_autofree char *folded = name != NULL ? fold (name) : NULL;

  return g_strcmp0 (folded, wanted) == 0;
}

static gboolean
has_similar_name (const LatchCtlTarget *target, const char *text)
{
  g_autofree char *wanted = fold (text);

  return *wanted != '\0' &&
         (is_similar (target->device->name, wanted) || is_similar (get_local_name (target), wanted));
}

/* Eight digits may be both, a decimal ID and, as the vendor's app writes it, the hexadecimal ID of another lock */
static gboolean
has_id (const LatchCtlTarget *target, const char *text)
{
  g_autofree char *hex = latch_nuki_id_to_hex (target->device->nuki_id);
  guint64 id;

  return (latch_codec_parse_nuki_id (text, &id) && id == target->device->nuki_id) ||
         g_ascii_strcasecmp (hex, text) == 0;
}

/* Tried in this order: a name that looks like a number is a name */
static const Matches rules[] = { has_exact_name, has_similar_name, has_id };

static GArray *
find_all (LatchCtl *ctl, const char *text, Matches matches)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (LatchCtlTarget));

  for (guint i = 0; i < ctl->bridges->len; i++)
    {
      LatchCtlBridge *bridge = g_ptr_array_index (ctl->bridges, i);

      for (guint j = 0; bridge->devices != NULL && j < bridge->devices->len; j++)
        {
          LatchCtlTarget target = { bridge, g_ptr_array_index (bridge->devices, j) };

          if (matches (&target, text))
            g_array_append_val (found, target);
        }
    }

  return found;
}

/* A lock and an opener may share an ID or a name. What only one of them can do says which is meant */
static void
leave_able (const LatchCtlCommand *command, GArray *found)
{
  LatchLockAction action = latch_lock_action_from_nick (command->name);
  gboolean for_opener = latch_lock_action_is_for_opener (action);
  guint n_able = 0;

  for (guint i = 0; i < found->len; i++)
    n_able += latch_device_type_is_opener (g_array_index (found, LatchCtlTarget, i).device->device_type) == for_opener;

  if (action == LATCH_LOCK_ACTION_NONE || n_able == 0)
    return;

  for (guint i = found->len; i > 0; i--)
    if (latch_device_type_is_opener (g_array_index (found, LatchCtlTarget, i - 1).device->device_type) != for_opener)
      g_array_remove_index (found, i - 1);
}

static void
set_ambiguous (LatchCtl *ctl, const char *text, GArray *found, GError **error)
{
  g_autoptr (GString) candidates = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      const LatchCtlTarget *target = &g_array_index (found, LatchCtlTarget, i);
      g_autofree char *title = latch_ctl_target_get_title (target);
      g_autofree char *hex = latch_nuki_id_to_hex (target->device->nuki_id);
      g_autofree char *bridge = latch_ctl_bridge_get_title (target->bridge);

      g_string_append_printf (candidates, "\n%s  %" G_GUINT64_FORMAT "  %s  (%s)", hex, target->device->nuki_id, title,
                              latch_device_type_get_text (MAX (target->device->device_type, 0)));
      if (ctl->bridges->len > 1)
        g_string_append_printf (candidates, "  --bridge=%s  %s", target->bridge->id, bridge);
    }

  g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE,
               /* Translators: the second %s is a list of locks, one a line */
               _("“%s” may be any of these locks. Say which by its name, ID or bridge:%s"), text, candidates->str);
}

static void
set_not_found (const char *text, GError **error)
{
  g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_NOT_FOUND,
               _("there is no lock “%s”; “nightlatchctl list” shows all"), text);
}

/* Returns: how many may be meant; with more than one, @error says which */
static guint
search (LatchCtl *ctl, const char *text, LatchCtlTarget *target, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (GArray) found = find_all (ctl, text, rules[i]);

      leave_able (ctl->command, found);
      if (found->len > 1)
        set_ambiguous (ctl, text, found, error);
      else if (found->len == 1)
        *target = g_array_index (found, LatchCtlTarget, 0);
      if (found->len > 0)
        return found->len;
    }

  return 0;
}

/**
 * latch_ctl_device_get_given_title:
 *
 * Returns: (transfer full): what the bridge calls the device
 */
char *
latch_ctl_device_get_given_title (const LatchDeviceSnapshot *device)
{
  g_autofree char *hex = NULL;

  if (device->name != NULL && *device->name != '\0')
    return g_strdup (device->name);

  hex = latch_nuki_id_to_hex (device->nuki_id);

  return g_strconcat ("Nuki_", hex, NULL);
}

/**
 * latch_ctl_device_get_title:
 * @bridge: its bridge
 *
 * Returns: (transfer full): what people call the device here
 */
char *
latch_ctl_device_get_title (LatchCtlBridge *bridge, const LatchDeviceSnapshot *device)
{
  const LatchLockChoice *choice = latch_ctl_bridge_find_choice (bridge, device);

  return choice != NULL && choice->name != NULL ? g_strdup (choice->name) : latch_ctl_device_get_given_title (device);
}

char *
latch_ctl_target_get_title (const LatchCtlTarget *target)
{
  return latch_ctl_device_get_title (target->bridge, target->device);
}

/**
 * latch_ctl_count_named:
 *
 * Returns: how many locks and openers @command may mean by @name, to the letter
 */
guint
latch_ctl_count_named (LatchCtl *ctl, const LatchCtlCommand *command, const char *name)
{
  g_autoptr (GArray) found = find_all (ctl, name, has_exact_name);

  leave_able (command, found);

  return found->len;
}

/**
 * latch_ctl_find_known_target:
 * @text: a name, a decimal ID, or a hexadecimal ID
 * @target: (out caller-allocates): where to put what was found
 *
 * Looks for a lock or opener among those that are known: see latch_ctl_choose_known_bridges().
 *
 * Returns: whether there is exactly one
 */
gboolean
latch_ctl_find_known_target (LatchCtl *ctl, const char *text, LatchCtlTarget *target, GError **error)
{
  guint n_found = search (ctl, text, target, error);

  if (n_found == 0)
    set_not_found (text, error);

  return n_found == 1;
}

/**
 * latch_ctl_find_target:
 * @text: a name, a decimal ID, or a hexadecimal ID
 * @target: (out caller-allocates): where to put what was found
 *
 * Looks for a lock or opener on all bridges that the command line means.
 *
 * Returns: whether there is exactly one
 */
gboolean
latch_ctl_find_target (LatchCtl *ctl, const char *text, LatchCtlTarget *target, GError **error)
{
  GError *bridge_error = NULL;
  guint n_found;

  if (!latch_ctl_choose_bridges (ctl, error))
    return FALSE;

  if (ctl->options->json)
    latch_ctl_identify_bridges (ctl);
  latch_ctl_ask_bridges (ctl);

  n_found = search (ctl, text, target, error);
  if (n_found > 0)
    return n_found == 1;

  /* It may be on a bridge that did not answer */
  bridge_error = latch_ctl_report_bridge_errors (ctl);
  if (bridge_error != NULL)
    g_propagate_error (error, bridge_error);
  else
    set_not_found (text, error);

  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-options.h"

#include "latch-discovery.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_SECONDS (24 * 60 * 60)
#define MAX_LOG_ENTRIES 100000

/* Bridges of the first generation may be overloaded by more */
#define DEFAULT_LOG_COUNT 50

/* Arguments are in the locale's encoding, which may be an old one, or none at all (LC_ALL=C) */
static char *
to_utf8 (const char *argument)
{
  char *text;

  if (g_utf8_validate (argument, -1, NULL))
    return g_strdup (argument);

  text = g_locale_to_utf8 (argument, -1, NULL, NULL, NULL);

  return text != NULL ? text : g_utf8_make_valid (argument, -1);
}

static void
take_text (char **field, const char *value)
{
  g_free (*field);
  *field = to_utf8 (value);
}

static gboolean
apply_bridge (LatchCtlOptions *options, const char *value, GError **error)
{
  take_text (&options->bridge, value);
  return TRUE;
}

static gboolean
apply_token_file (LatchCtlOptions *options, const char *value, GError **error)
{
  g_set_str (&options->token_file, value); /* a file's name is bytes */
  return TRUE;
}

static gboolean
apply_auth (LatchCtlOptions *options, const char *value, GError **error)
{
  if (latch_auth_mode_from_nick (value, &options->auth))
    return TRUE;

  g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE,
               /* Translators: keep the words in English, they are typed */
               _("“%s” is not one of auto, encrypted, hashed, plain"), value);
  return FALSE;
}

static gboolean
apply_json (LatchCtlOptions *options, const char *value, GError **error)
{
  options->json = TRUE;
  return TRUE;
}

static gboolean
apply_timeout (LatchCtlOptions *options, const char *value, GError **error)
{
  return latch_ctl_parse_number (value, 1, MAX_SECONDS, &options->timeout, error);
}

static gboolean
apply_discovery_url (LatchCtlOptions *options, const char *value, GError **error)
{
  if (!latch_discovery_is_url (value))
    {
      g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE,
                   _("“%s” is not an address that begins with https:// or http://"), value);
      return FALSE;
    }

  take_text (&options->discovery_url, value);
  return TRUE;
}

static gboolean
apply_offset (LatchCtlOptions *options, const char *value, GError **error)
{
  return latch_ctl_parse_number (value, 0, MAX_LOG_ENTRIES, &options->offset, error);
}

static gboolean
apply_count (LatchCtlOptions *options, const char *value, GError **error)
{
  return latch_ctl_parse_number (value, 1, MAX_LOG_ENTRIES, &options->count, error);
}

static gboolean
apply_interval (LatchCtlOptions *options, const char *value, GError **error)
{
  return latch_ctl_parse_number (value, 1, MAX_SECONDS, &options->interval, error);
}

static gboolean
apply_name (LatchCtlOptions *options, const char *value, GError **error)
{
  g_autofree char *name = g_strstrip (to_utf8 (value));

  if (*name == '\0')
    {
      g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, _("the name is empty"));
      return FALSE;
    }

  g_set_str (&options->name, name);
  return TRUE;
}

static gboolean
apply_help (LatchCtlOptions *options, const char *value, GError **error)
{
  options->help = TRUE;
  return TRUE;
}

static gboolean
apply_version (LatchCtlOptions *options, const char *value, GError **error)
{
  options->version = TRUE;
  return TRUE;
}

static const LatchCtlOption all_options[] = {
  { "no-wait", LATCH_CTL_OPTION_NO_WAIT, NULL, NULL, N_("do not wait until the bolt has stopped") },
  { "offset", LATCH_CTL_OPTION_OFFSET, N_("N"), apply_offset, N_("leave out the N newest entries") },
  { "count", LATCH_CTL_OPTION_COUNT, N_("N"), apply_count, N_("show N entries (default 50)") },
  { "yes", LATCH_CTL_OPTION_YES, NULL, NULL, N_("do not ask") },
  { "interval", LATCH_CTL_OPTION_INTERVAL, N_("SECONDS"), apply_interval,
    N_("how often to look (default: 30 while instant updates work, else 10)") },
  { "name", LATCH_CTL_OPTION_NAME, N_("NAME"), apply_name, N_("what to call the bridge") },
  { "csv", LATCH_CTL_OPTION_CSV, NULL, NULL, N_("as a table for other programs (CSV)") },
  { "wait", LATCH_CTL_OPTION_WAIT, NULL, NULL, N_("watch the bridge go and come back, and tell what came of it") },
  { "all", LATCH_CTL_OPTION_ALL, NULL, NULL, N_("show hidden locks, too") },
  { "reset", LATCH_CTL_OPTION_RESET, NULL, NULL, N_("call it again what its bridge calls it") },
  { "bridge", 0, N_("HOST[:PORT]|ID"), apply_bridge,
    N_("which bridge (default: the only one known; list, watch, activity: all)") },
  { "token-file", 0, N_("FILE"), apply_token_file,
    N_("token from FILE, “-” for standard input, in place of the keyring (or set NIGHTLATCH_TOKEN)") },
  { "auth", 0, N_("MODE"), apply_auth, N_("how to show the token: auto (default), encrypted, hashed, plain") },
  { "json", 0, NULL, apply_json, N_("machine-readable: one JSON document; watch: one a line") },
  { "timeout", 0, N_("SECONDS"), apply_timeout, N_("deadline for each request") },
  { "discovery-url", 0, N_("URL"), apply_discovery_url,
    N_("where to search for bridges (or set NIGHTLATCH_DISCOVERY_URL)") },
  { "help", 0, NULL, apply_help, N_("show help, also for a single command") },
  { "version", 0, NULL, apply_version, N_("show the version") },
};

static const LatchCtlOption *
find_option (const char *name, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (all_options); i++)
    if (strlen (all_options[i].name) == length && strncmp (all_options[i].name, name, length) == 0)
      return &all_options[i];

  return NULL;
}

/* What follows an unknown option is not repeated in messages: it might be a token */
static gboolean
apply_option (LatchCtlOptions *self, const char *text, char *const **next, GError **error)
{
  gsize length = strcspn (text, "=");
  const char *value = text[length] == '=' ? text + length + 1 : NULL;
  g_autofree char *name = g_strndup (text, length);
  const LatchCtlOption *option = find_option (name, length);

  if (g_str_equal (name, "token"))
    {
      g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE,
                           _("a token on the command line could be seen by others. Use --token-file=FILE or the "
                             "environment variable NIGHTLATCH_TOKEN"));
      return FALSE;
    }
  if (option == NULL)
    {
      g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, _("unknown option --%s"), name);
      return FALSE;
    }
  if (option->value == NULL && value != NULL)
    {
      g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, _("--%s takes no value"), name);
      return FALSE;
    }
  if (option->value != NULL && value == NULL && **next != NULL)
    value = *(*next)++;
  if (option->value != NULL && (value == NULL || *value == '\0'))
    {
      g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, _("--%s needs a value: %s"), name, _(option->value));
      return FALSE;
    }

  self->given |= option->flag;
  if (option->apply == NULL || option->apply (self, value, error))
    return TRUE;

  g_prefix_error (error, "--%s: ", name);
  return FALSE;
}

/**
 * latch_ctl_options_parse:
 * @argv: (array length=argc): as main() got them, %NULL-terminated
 *
 * Reads options, which may stand anywhere before a `--`.
 *
 * Returns: (transfer full) (nullable): what the command line says
 */
LatchCtlOptions *
latch_ctl_options_parse (int argc, char *const argv[], GError **error)
{
  g_autoptr (LatchCtlOptions) self = g_new0 (LatchCtlOptions, 1);
  char *const *next = argv + MIN (argc, 1);
  gboolean only_arguments = FALSE;

  self->arguments = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  self->count = DEFAULT_LOG_COUNT;
  g_set_str (&self->discovery_url, g_getenv ("NIGHTLATCH_DISCOVERY_URL"));

  while (*next != NULL)
    {
      const char *text = *next++;

      if (only_arguments || text[0] != '-' || text[1] == '\0')
        g_ptr_array_add (self->arguments, to_utf8 (text));
      else if (g_str_equal (text, "--"))
        only_arguments = TRUE;
      else if (g_str_equal (text, "-h"))
        self->help = TRUE;
      else if (text[1] == '-')
        {
          if (!apply_option (self, text + 2, &next, error))
            return NULL;
        }
      else
        {
          g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, _("options begin with two dashes"));
          return NULL;
        }
    }

  return g_steal_pointer (&self);
}

void
latch_ctl_options_free (LatchCtlOptions *self)
{
  g_free (self->bridge);
  g_free (self->token_file);
  g_free (self->discovery_url);
  g_free (self->name);
  g_clear_pointer (&self->arguments, g_ptr_array_unref);
  g_free (self);
}

/**
 * latch_ctl_options_get_all:
 * @n_options: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_options): all options, in the order for the help
 */
const LatchCtlOption *
latch_ctl_options_get_all (guint *n_options)
{
  *n_options = G_N_ELEMENTS (all_options);

  return all_options;
}

/**
 * latch_ctl_option_get_usage:
 *
 * Returns: (transfer full): how the option is written
 */
char *
latch_ctl_option_get_usage (const LatchCtlOption *self)
{
  return self->value != NULL ? g_strdup_printf ("--%s=%s", self->name, _(self->value))
                             : g_strdup_printf ("--%s", self->name);
}

/**
 * latch_ctl_options_check:
 * @allowed: which options @command takes besides those that all take
 *
 * Returns: whether no option was given that means nothing to @command, or contradicts another one
 */
gboolean
latch_ctl_options_check (const LatchCtlOptions *self,
                         LatchCtlOptionFlags allowed,
                         const char *command,
                         GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (all_options); i++)
    if (all_options[i].flag & self->given & ~allowed)
      {
        g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE,
                     /* Translators: the first %s is the name of a command, the second that of an option */
                     _("“%s” does not take --%s"), command, all_options[i].name);
        return FALSE;
      }

  if (self->json && (self->given & LATCH_CTL_OPTION_CSV))
    {
      g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, _("--csv and --json exclude each other"));
      return FALSE;
    }

  return TRUE;
}

/**
 * latch_ctl_parse_number:
 *
 * Returns: whether @text is a number from @min to @max, which goes to @number
 */
gboolean
latch_ctl_parse_number (const char *text, guint min, guint max, guint *number, GError **error)
{
  guint64 parsed;

  if (!g_ascii_string_to_unsigned (text, 10, min, max, &parsed, NULL))
    {
      g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, _("“%s” is not a number from %u to %u"), text, min,
                   max);
      return FALSE;
    }

  *number = (guint) parsed;
  return TRUE;
}

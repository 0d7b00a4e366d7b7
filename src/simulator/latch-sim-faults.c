/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-faults.h"

#include <gio/gio.h>
#include <string.h>

#define UNLIMITED (-1)

typedef struct
{
  LatchSimFault fault;
  char *path; /* NULL: any */
  gint64 count;
} Rule;

struct _LatchSimFaults
{
  GObject parent_instance;

  GPtrArray *rules;
};

G_DEFINE_FINAL_TYPE (LatchSimFaults, latch_sim_faults, G_TYPE_OBJECT)

static const struct
{
  LatchSimFaultKind kind;
  const char *name;
  const char *text;
} kinds[] = {
  { LATCH_SIM_FAULT_REFUSE, "refuse", "closes the connection at once" },
  { LATCH_SIM_FAULT_HANG, "hang", "never answers, and stays busy until the caller gives up" },
  { LATCH_SIM_FAULT_RESET, "reset", "resets the connection without having acted" },
  { LATCH_SIM_FAULT_SLOW, "slow", "answers in small pieces, over four seconds" },
  { LATCH_SIM_FAULT_TRUNCATE, "truncate", "stops in the middle of the answer" },
  { LATCH_SIM_FAULT_GARBAGE, "garbage", "answers with something that is not JSON" },
  { LATCH_SIM_FAULT_WRONG_TYPES, "wrong-types", "answers with members of impossible types" },
  { LATCH_SIM_FAULT_STRINGS, "strings", "answers with numbers and flags as strings" },
  { LATCH_SIM_FAULT_NULLS, "nulls", "answers with null in place of all but IDs and success" },
  { LATCH_SIM_FAULT_HUGE, "huge", "answers with 16 MiB" },
  { LATCH_SIM_FAULT_DEEP, "deep", "answers with JSON that is nested 100,000 times" },
  { LATCH_SIM_FAULT_BAD_UTF8, "bad-utf8", "answers with broken UTF-8 in strings" },
  { LATCH_SIM_FAULT_CONTROL_CHAR, "control-char", "answers with raw control characters in strings" },
  { LATCH_SIM_FAULT_EMPTY, "empty", "answers with 200 and no body" },
  { LATCH_SIM_FAULT_REDIRECT, "redirect", "sends the caller elsewhere, with its parameters" },
  { LATCH_SIM_FAULT_STATUS, "status-NNN", "answers with this HTTP status" },
  { LATCH_SIM_FAULT_SUCCESS_FALSE, "success-false", "answers {\"success\": false} without having acted" },
  { LATCH_SIM_FAULT_FALSE_FAILURE, "false-failure", "acts, then answers {\"success\": false}" },
  { LATCH_SIM_FAULT_LOST_RESPONSE, "lost-response", "acts, then drops the connection" },
  { LATCH_SIM_FAULT_LOG_REPEAT, "log-repeat", "/log begins with entries that were to come a page before" },
  { LATCH_SIM_FAULT_LOG_REORDER, "log-reorder", "/log mixes up its entries" },
  { LATCH_SIM_FAULT_LOG_CUT, "log-cut", "/log sends half as many entries as were asked for" },
  { LATCH_SIM_FAULT_LOG_SKIP, "log-skip", "/log begins 60 entries too late" },
};

static void
rule_free (Rule *rule)
{
  g_free (rule->path);
  g_free (rule);
}

static gboolean
parse_kind (const char    *text,
            LatchSimFault *fault)
{
  guint64 status;

  if (strlen (text) >= sizeof fault->name)
    return FALSE;
  g_strlcpy (fault->name, text, sizeof fault->name);

  if (g_str_has_prefix (text, "status-"))
    {
      if (!g_ascii_string_to_unsigned (text + strlen ("status-"), 10, 200, 599, &status, NULL))
        return FALSE;
      fault->kind = LATCH_SIM_FAULT_STATUS;
      fault->status = (guint) status;
      return TRUE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].name, text))
        {
          fault->kind = kinds[i].kind;
          return TRUE;
        }
    }

  return FALSE;
}

static void
latch_sim_faults_finalize (GObject *object)
{
  g_clear_pointer (&LATCH_SIM_FAULTS (object)->rules, g_ptr_array_unref);

  G_OBJECT_CLASS (latch_sim_faults_parent_class)->finalize (object);
}

static void
latch_sim_faults_class_init (LatchSimFaultsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_sim_faults_finalize;
}

static void
latch_sim_faults_init (LatchSimFaults *self)
{
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);
}

/**
 * latch_sim_faults_new:
 *
 * Returns: (transfer full): a list of things that shall go wrong; empty as yet
 */
LatchSimFaults *
latch_sim_faults_new (void)
{
  return g_object_new (LATCH_SIM_TYPE_FAULTS, NULL);
}

/**
 * latch_sim_faults_add:
 * @kind: (nullable): what shall go wrong
 * @path: (nullable): with requests to which path; %NULL or "" for all
 * @count: (nullable): how often; %NULL or "" for always
 * @error: return location for an error
 *
 * Returns: whether @kind, @path and @count made sense
 */
gboolean
latch_sim_faults_add (LatchSimFaults *self,
                      const char     *kind,
                      const char     *path,
                      const char     *count,
                      GError        **error)
{
  LatchSimFault fault = { 0 };
  guint64 number = 0;
  Rule *rule;

  if (kind == NULL || !parse_kind (kind, &fault))
    {
      g_autofree char *known = latch_sim_faults_describe ();

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "No fault is called “%s”. These are known:\n%s",
                   kind != NULL ? kind : "", known);
      return FALSE;
    }
  if (path != NULL && path[0] != '\0' && (path[0] != '/' || !g_utf8_validate (path, -1, NULL)))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "A fault’s path starts with “/”: “%s” does not",
                   path);
      return FALSE;
    }
  if (count != NULL && count[0] != '\0' && !g_ascii_string_to_unsigned (count, 10, 1, G_MAXINT, &number, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "A fault’s count is a number from 1: “%s” is not",
                   count);
      return FALSE;
    }

  rule = g_new0 (Rule, 1);
  rule->fault = fault;
  rule->path = path != NULL && path[0] != '\0' ? g_strdup (path) : NULL;
  rule->count = number > 0 ? (gint64) number : UNLIMITED;
  g_ptr_array_add (self->rules, rule);

  return TRUE;
}

/**
 * latch_sim_faults_add_option:
 * @option: `KIND[:PATH[:COUNT]]`
 * @error: return location for an error
 *
 * Returns: whether @option made sense
 */
gboolean
latch_sim_faults_add_option (LatchSimFaults *self,
                             const char     *option,
                             GError        **error)
{
  g_auto (GStrv) parts = g_strsplit (option, ":", 3);
  guint n_parts = g_strv_length (parts);

  return latch_sim_faults_add (self, parts[0], n_parts > 1 ? parts[1] : NULL, n_parts > 2 ? parts[2] : NULL, error);
}

void
latch_sim_faults_clear (LatchSimFaults *self)
{
  g_ptr_array_set_size (self->rules, 0);
}

/**
 * latch_sim_faults_take:
 * @path: what is requested
 * @named: whether only faults that name @path suit it, because it is none of the bridge's own
 *
 * The first fault that suits @path is the one that happens, and counts down.
 *
 * Returns: what shall go wrong, or a fault of kind %LATCH_SIM_FAULT_NONE
 */
LatchSimFault
latch_sim_faults_take (LatchSimFaults *self,
                       const char     *path,
                       gboolean        named)
{
  LatchSimFault fault = { 0 };

  for (guint i = 0; i < self->rules->len; i++)
    {
      Rule *rule = g_ptr_array_index (self->rules, i);

      if (rule->path != NULL ? !g_str_equal (rule->path, path) : named)
        continue;

      fault = rule->fault;
      if (rule->count != UNLIMITED && --rule->count == 0)
        g_ptr_array_remove_index (self->rules, i);
      break;
    }

  return fault;
}

/**
 * latch_sim_faults_list:
 *
 * Returns: (transfer full): an array of the faults still to happen
 */
JsonNode *
latch_sim_faults_list (LatchSimFaults *self)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->rules->len; i++)
    {
      Rule *rule = g_ptr_array_index (self->rules, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "kind", rule->fault.name);
      if (rule->path != NULL)
        json_object_set_string_member (object, "path", rule->path);
      if (rule->count != UNLIMITED)
        json_object_set_int_member (object, "count", rule->count);
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);

  return node;
}

/**
 * latch_sim_faults_describe:
 *
 * Returns: (transfer full): a line about each kind of fault
 */
char *
latch_sim_faults_describe (void)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_string_append_printf (text, "%s  %-14s %s", i > 0 ? "\n" : "", kinds[i].name, kinds[i].text);

  return g_string_free_and_steal (text);
}

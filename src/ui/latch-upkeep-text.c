/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-upkeep-text.h"

#include "latch-receivers.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *caption;
  const char *banner;
  const char *question;
  const char *answer;
  const char *failure;
} Texts;

static const Texts texts[] = {
  [LATCH_MAINTENANCE_NONE] = { NULL },
  /* Translators: in all of these, %s is the name of a bridge, such as “Home” */
  [LATCH_MAINTENANCE_RESTARTING] = { N_("Restarting…"), N_("“%s” is restarting"), N_("Restart “%s”?"), N_("_Restart"),
                                     N_("Bridge Not Restarted") },
  [LATCH_MAINTENANCE_UPDATING] = { N_("Updating firmware…"), N_("“%s” is updating its firmware"),
                                   N_("Update Firmware of “%s”?"), N_("_Update"),
                                   N_("Firmware Not Updated") },
  [LATCH_MAINTENANCE_RESETTING] = { N_("Resetting…"), N_("“%s” is being reset"), N_("Factory Reset “%s”?"),
                                    N_("Factory _Reset"), N_("Bridge Not Reset") },
  [LATCH_MAINTENANCE_WAS_RESET] = { N_("Was reset"), N_("“%s” was reset. Set it up again in the Nuki app") },
};

static const struct
{
  const char *meaning;
  const char *source;
} accesses[] = {
  [LATCH_ACCESS_UNKNOWN] = { N_("Whether apps can ask for access with the bridge’s button, and the bridge can be found"),
                             N_("Not known. The bridge does not tell.") },
  [LATCH_ACCESS_FORBIDDEN] = { N_("No app can ask for access, and the bridge hides its address"),
                               N_("As last set here. The bridge does not tell.") },
  [LATCH_ACCESS_ALLOWED] = { N_("Apps can ask for access with the bridge’s button, and the bridge can be found"),
                             N_("As last set here. The bridge does not tell.") },
  [LATCH_ACCESS_WAS_ALLOWED] = { N_("Apps can ask for access with the bridge’s button, and the bridge can be found"),
                                 N_("As it was when this computer was paired. The bridge does not tell.") },
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static char *
with_name (const char *format, const char *name)
{
  return format ? g_strdup_printf (_(format), name) : NULL;
}
#pragma GCC diagnostic pop

/**
 * latch_upkeep_text_caption:
 *
 * Returns: (nullable): what the bridge does, in a word or two
 */
const char *
latch_upkeep_text_caption (LatchMaintenance maintenance)
{
  g_return_val_if_fail ((guint) maintenance < G_N_ELEMENTS (texts), NULL);

  return texts[maintenance].caption ? _(texts[maintenance].caption) : NULL;
}

/**
 * latch_upkeep_text_banner:
 *
 * Returns: (transfer full) (nullable): what has to be said of it above all else
 */
char *
latch_upkeep_text_banner (LatchMaintenance maintenance, const char *name)
{
  g_return_val_if_fail ((guint) maintenance < G_N_ELEMENTS (texts), NULL);

  return with_name (texts[maintenance].banner, name);
}

char *
latch_upkeep_text_question (LatchMaintenance what, const char *name)
{
  return with_name (texts[what].question, name);
}

static char *
get_reset_body (guint n_locks)
{
  if (n_locks == 0)
    return g_strdup (_("The bridge forgets its Wi-Fi network and its token. You will have to set it up again in the Nuki "
                       "app."));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "The bridge forgets its Wi-Fi network, its token, and the %u paired lock. You will "
                                       "have to set it up again in the Nuki app. The lock itself keeps working.",
                                       "The bridge forgets its Wi-Fi network, its token, and all %u paired locks. You will "
                                       "have to set it up again in the Nuki app. The locks themselves keep working.",
                                       n_locks),
                          n_locks);
}

char *
latch_upkeep_text_question_body (LatchMaintenance what, const char *name, guint n_locks)
{
  switch (what)
    {
    case LATCH_MAINTENANCE_RESTARTING:
      /* Translators: %s is the name of a bridge */
      return g_strdup_printf (_("“%s” will be unreachable for about a minute."), name);
    case LATCH_MAINTENANCE_UPDATING:
      /* Translators: %s is the name of a bridge */
      return g_strdup_printf (_("If there is new firmware, “%s” installs it and will be unreachable for some minutes."),
                              name);
    case LATCH_MAINTENANCE_RESETTING:
      return get_reset_body (n_locks);
    case LATCH_MAINTENANCE_NONE:
    case LATCH_MAINTENANCE_WAS_RESET:
    default:
      return NULL;
    }
}

/* What is on the button that does it */
const char *
latch_upkeep_text_answer (LatchMaintenance what)
{
  return _(texts[what].answer);
}

/* What did not happen */
const char *
latch_upkeep_text_failure (LatchMaintenance what)
{
  return _(texts[what].failure);
}

/**
 * latch_upkeep_text_outcome:
 *
 * Returns: (transfer full) (nullable): what came of it; %NULL if that shows anyway
 */
char *
latch_upkeep_text_outcome (LatchMaintenance what, const LatchMaintenanceReport *report, const char *name)
{
  if (what != LATCH_MAINTENANCE_UPDATING)
    return NULL;

  if (report->outcome == LATCH_MAINTENANCE_OUTCOME_STAYED)
    /* Translators: %s is the name of a bridge */
    return g_strdup_printf (_("No restart seen: “%s” is probably up to date"), name);

  if (!report->firmware_after)
    /* Translators: %s is the name of a bridge */
    return g_strdup_printf (_("“%s” has restarted"), name);

  if (!report->firmware_before || g_str_equal (report->firmware_before, report->firmware_after))
    /* Translators: the name of a bridge, and a version */
    return g_strdup_printf (_("“%s” has restarted with firmware %s"), name, report->firmware_after);

  /* Translators: the name of a bridge, its old version and its new one */
  return g_strdup_printf (_("Firmware of “%s”: %s → %s"), name, report->firmware_before, report->firmware_after);
}

/**
 * latch_upkeep_text_is_name:
 *
 * Returns: whether somebody has typed the bridge's name: blanks around it and small or capital letters do not matter, as
 *   it only has to be done on purpose
 */
gboolean
latch_upkeep_text_is_name (const char *typed, const char *name)
{
  g_autofree char *typed_text = g_strstrip (g_utf8_normalize (typed, -1, G_NORMALIZE_ALL));
  g_autofree char *name_text = g_strstrip (g_utf8_normalize (name, -1, G_NORMALIZE_ALL));
  g_autofree char *typed_folded = g_utf8_casefold (typed_text, -1);
  g_autofree char *name_folded = g_utf8_casefold (name_text, -1);

  return g_str_equal (typed_folded, name_folded);
}

const char *
latch_upkeep_text_access (LatchAccess access)
{
  g_return_val_if_fail ((guint) access < G_N_ELEMENTS (accesses), NULL);

  return _(accesses[access].meaning);
}

/**
 * latch_upkeep_text_access_source:
 *
 * Returns: how that is known
 */
const char *
latch_upkeep_text_access_source (LatchAccess access)
{
  g_return_val_if_fail ((guint) access < G_N_ELEMENTS (accesses), NULL);

  return _(accesses[access].source);
}

char *
latch_upkeep_text_places (guint n_used)
{
  /* Translators: the bridge's places for those whom it tells of changes; the second number is always 3 */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u of %u used", "%u of %u used", n_used), n_used,
                          (guint) LATCH_RECEIVERS_MOST);
}

char *
latch_upkeep_text_receiver (LatchReceiverKind kind, const char *path)
{
  switch (kind)
    {
    case LATCH_RECEIVER_KIND_THIS:
      return g_strdup (_("This computer"));
    case LATCH_RECEIVER_KIND_HERE:
      return g_strdup (_("Another Nightlatch on this computer"));
    case LATCH_RECEIVER_KIND_ELSEWHERE:
      return g_strdup (_("Nightlatch on another computer"));
    case LATCH_RECEIVER_KIND_OTHER:
    default:
      /* Translators: %s is where in the other program changes go, such as “/api/webhook/nuki” */
      return path ? g_strdup_printf (_("Another program · %s"), path) : g_strdup (_("Another program"));
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-pairing-failure.h"

#include "latch-error.h"

#include <glib/gi18n-lib.h>

static const struct
{
  int code;
  const char *title;
  const char *text; /* NULL where the error itself says more */
  LatchPairingRemedy primary;
  LatchPairingRemedy alternative;
} failures[] = {
  { LATCH_ERROR_BUTTON_NOT_PRESSED, N_("Nobody Pressed the Button"),
    N_("The bridge stopped listening before its button was pressed."), LATCH_PAIRING_REMEDY_RETRY,
    LATCH_PAIRING_REMEDY_USE_TOKEN },
  { LATCH_ERROR_PAIRING_DISABLED, N_("Pairing Is Turned Off"),
    N_("Turn it on for this bridge in the Nuki app, or use a token."), LATCH_PAIRING_REMEDY_USE_TOKEN,
    LATCH_PAIRING_REMEDY_RETRY },
  { LATCH_ERROR_UNREACHABLE, N_("No Answer"), N_("Check that the bridge has power and is on this network."),
    LATCH_PAIRING_REMEDY_RETRY, LATCH_PAIRING_REMEDY_ENTER_ADDRESS },
  { LATCH_ERROR_TIMED_OUT, N_("No Answer"), N_("Check that the bridge has power and is on this network."),
    LATCH_PAIRING_REMEDY_RETRY, LATCH_PAIRING_REMEDY_ENTER_ADDRESS },
  { LATCH_ERROR_BUSY, N_("The Bridge Is Busy"), N_("It is answering somebody else. Wait a moment, then try again."),
    LATCH_PAIRING_REMEDY_RETRY },
  { LATCH_ERROR_CLOCK_WRONG, N_("The Clock Is Wrong"), NULL, LATCH_PAIRING_REMEDY_RETRY, LATCH_PAIRING_REMEDY_ACCEPT_PLAIN },
  { LATCH_ERROR_UNAUTHORIZED, N_("The Bridge Refuses Access"), NULL, LATCH_PAIRING_REMEDY_RETRY,
    LATCH_PAIRING_REMEDY_USE_TOKEN },
};

static gssize
find_failure (const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    if (g_error_matches (error, LATCH_ERROR, failures[i].code))
      return i;

  return -1;
}

static gboolean
is_not_understood (const GError *error)
{
  return g_error_matches (error, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE) ||
         g_error_matches (error, LATCH_ERROR, LATCH_ERROR_MALFORMED);
}

/* What has let its button be pressed is a bridge, whatever it says later */
static void
describe_not_understood (LatchPairingFailure *self, const char *host, LatchPairingProgress progress)
{
  if (progress == LATCH_PAIRING_PROGRESS_PRESSED)
    {
      self->title = _("The Bridge’s Answer Was Damaged");
      self->text = g_strdup (_("Its button need not be pressed again. If trying again does not help, restart the bridge."));
      self->primary = LATCH_PAIRING_REMEDY_RETRY;
      return;
    }

  self->title = _("This Is Not a Nuki Bridge");
  /* Translators: %s is an address, such as “192.168.1.50” */
  self->text = g_strdup_printf (_("Something else answered at %s."), host);
  self->primary = LATCH_PAIRING_REMEDY_ENTER_ADDRESS;
  self->alternative = LATCH_PAIRING_REMEDY_RETRY;
}

/**
 * latch_pairing_failure_new:
 * @error: what pairing, or keeping the bridge, failed with
 * @host: where the bridge was expected
 * @progress: how far it came
 *
 * Returns: (transfer full): what to tell people about it
 */
LatchPairingFailure *
latch_pairing_failure_new (const GError *error, const char *host, LatchPairingProgress progress)
{
  LatchPairingFailure *self = g_new0 (LatchPairingFailure, 1);
  gssize i = find_failure (error);

  if (is_not_understood (error))
    {
      describe_not_understood (self, host, progress);
      return self;
    }

  if (i < 0)
    {
      self->title = _("The Bridge Could Not Be Added");
      self->text = g_strdup (error->message);
      self->primary = LATCH_PAIRING_REMEDY_RETRY;
      return self;
    }

  self->title = _(failures[i].title);
  self->primary = failures[i].primary;
  self->alternative = failures[i].alternative;
  if (failures[i].code == LATCH_ERROR_BUTTON_NOT_PRESSED && progress == LATCH_PAIRING_PROGRESS_WAITED)
    self->text = g_strdup (_("The bridge waited 30 seconds and then stopped listening."));
  else if (failures[i].code == LATCH_ERROR_CLOCK_WRONG)
    /* Translators: %s is one sentence or two on whose clock is wrong and what to do, without the last full stop */
    self->text = g_strdup_printf (_("%s.\n\nAn unprotected token can be read by anyone on this network."),
                                  error->message);
  else
    self->text = g_strdup (failures[i].text ? _(failures[i].text) : error->message);

  return self;
}

/**
 * latch_pairing_failure_free:
 * @self: (transfer full): what to free
 */
void
latch_pairing_failure_free (LatchPairingFailure *self)
{
  g_free (self->text);
  g_free (self);
}

/**
 * latch_pairing_remedy_get_label:
 *
 * Returns: (nullable): what is on the button
 */
const char *
latch_pairing_remedy_get_label (LatchPairingRemedy remedy)
{
  switch (remedy)
    {
    case LATCH_PAIRING_REMEDY_RETRY:
      return _("Try Again");
    case LATCH_PAIRING_REMEDY_ENTER_ADDRESS:
      return _("Enter Address");
    case LATCH_PAIRING_REMEDY_USE_TOKEN:
      return _("Use a Token");
    case LATCH_PAIRING_REMEDY_ACCEPT_PLAIN:
      return _("Use Unprotected Token");
    case LATCH_PAIRING_REMEDY_NONE:
    default:
      return NULL;
    }
}

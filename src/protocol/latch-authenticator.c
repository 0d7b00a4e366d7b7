/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-authenticator.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#include "latch-credentials.h"
#include "latch-enum-types.h"
#include "latch-error.h"

struct _LatchAuthenticator
{
  GObject parent_instance;

  char *token;
  LatchAuthMode requested; /* AUTO: find out */
  LatchAuthMode accepted;  /* AUTO: nothing has been accepted yet. Grows, and never shrinks by itself */
  LatchAuthMode trial;     /* AUTO: no trial under way */
  LatchAuthMode ceiling;   /* nothing stronger is tried: the bridge refused it */
  LatchAuthMode promised;  /* what the bridge's firmware says it can */
  guint16 random;          /* never the same within a second, and nobody knows where it begins */
};

enum
{
  PROP_0,
  PROP_ACCEPTED_MODE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LatchAuthenticator, latch_authenticator, G_TYPE_OBJECT)

static void
clear_token (LatchAuthenticator *self)
{
  if (self->token != NULL)
    sodium_memzero (self->token, strlen (self->token));
  g_clear_pointer (&self->token, g_free);
}

static void
set_modes (LatchAuthenticator *self, LatchAuthMode requested, LatchAuthMode accepted)
{
  LatchAuthMode before = latch_authenticator_get_accepted_mode (self);

  self->requested = requested;
  self->accepted = accepted;
  if (latch_authenticator_get_accepted_mode (self) != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCEPTED_MODE]);
}

static void
latch_authenticator_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ACCEPTED_MODE:
      g_value_set_enum (value, latch_authenticator_get_accepted_mode (LATCH_AUTHENTICATOR (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
latch_authenticator_finalize (GObject *object)
{
  clear_token (LATCH_AUTHENTICATOR (object));

  G_OBJECT_CLASS (latch_authenticator_parent_class)->finalize (object);
}

static void
latch_authenticator_class_init (LatchAuthenticatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_authenticator_get_property;
  object_class->finalize = latch_authenticator_finalize;

  /**
   * LatchAuthenticator:accepted-mode:
   *
   * The form of the token that the bridge is known to accept, or that a person asked for.
   */
  properties[PROP_ACCEPTED_MODE] =
      g_param_spec_enum ("accepted-mode", NULL, NULL, LATCH_TYPE_AUTH_MODE, LATCH_AUTH_MODE_AUTO,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
latch_authenticator_init (LatchAuthenticator *self)
{
  self->ceiling = LATCH_AUTH_MODE_ENCRYPTED;
  self->random = g_random_int ();
}

LatchAuthenticator *
latch_authenticator_new (void)
{
  return g_object_new (LATCH_TYPE_AUTHENTICATOR, NULL);
}

gboolean
latch_authenticator_has_token (LatchAuthenticator *self)
{
  g_return_val_if_fail (LATCH_IS_AUTHENTICATOR (self), FALSE);

  return self->token != NULL;
}

/**
 * latch_authenticator_knows_token:
 *
 * Returns: whether @token is the bridge's
 */
gboolean
latch_authenticator_knows_token (LatchAuthenticator *self, const char *token)
{
  g_return_val_if_fail (LATCH_IS_AUTHENTICATOR (self), FALSE);

  return self->token != NULL && g_strcmp0 (self->token, token) == 0;
}

/**
 * latch_authenticator_set_token:
 * @token: (nullable): the bridge's token
 *
 * Replaces the token. What was found out about the bridge stays: a new token is no reason to trust it less or more.
 */
void
latch_authenticator_set_token (LatchAuthenticator *self, const char *token)
{
  g_return_if_fail (LATCH_IS_AUTHENTICATOR (self));

  if (g_strcmp0 (self->token, token) == 0)
    return;

  clear_token (self);
  self->token = g_strdup (token);
}

/**
 * latch_authenticator_copy_token:
 * @from: who has the token
 *
 * Takes over another one's token, which need not show for that.
 */
void
latch_authenticator_copy_token (LatchAuthenticator *self, LatchAuthenticator *from)
{
  g_return_if_fail (LATCH_IS_AUTHENTICATOR (self));
  g_return_if_fail (LATCH_IS_AUTHENTICATOR (from));

  latch_authenticator_set_token (self, from->token);
}

LatchAuthMode
latch_authenticator_get_requested_mode (LatchAuthenticator *self)
{
  g_return_val_if_fail (LATCH_IS_AUTHENTICATOR (self), LATCH_AUTH_MODE_AUTO);

  return self->requested;
}

/**
 * latch_authenticator_set_requested_mode:
 * @mode: what a person asked for, %LATCH_AUTH_MODE_AUTO to find the strongest that the bridge accepts
 */
void
latch_authenticator_set_requested_mode (LatchAuthenticator *self, LatchAuthMode mode)
{
  g_return_if_fail (LATCH_IS_AUTHENTICATOR (self));

  set_modes (self, mode, self->accepted);
}

LatchAuthMode
latch_authenticator_get_accepted_mode (LatchAuthenticator *self)
{
  g_return_val_if_fail (LATCH_IS_AUTHENTICATOR (self), LATCH_AUTH_MODE_AUTO);

  return self->requested != LATCH_AUTH_MODE_AUTO ? self->requested : self->accepted;
}

/**
 * latch_authenticator_set_accepted_mode:
 * @mode: what the bridge is known to have accepted earlier
 */
void
latch_authenticator_set_accepted_mode (LatchAuthenticator *self, LatchAuthMode mode)
{
  g_return_if_fail (LATCH_IS_AUTHENTICATOR (self));

  self->trial = LATCH_AUTH_MODE_AUTO;
  set_modes (self, self->requested, mode);
}

/**
 * latch_authenticator_needs_trial:
 *
 * Returns: whether /info has to be asked before anything else, to find out which form of the token the bridge accepts
 */
gboolean
latch_authenticator_needs_trial (LatchAuthenticator *self)
{
  g_return_val_if_fail (LATCH_IS_AUTHENTICATOR (self), FALSE);

  if (self->requested != LATCH_AUTH_MODE_AUTO)
    return FALSE;

  return self->accepted == LATCH_AUTH_MODE_AUTO || MIN (self->promised, self->ceiling) > self->accepted;
}

/**
 * latch_authenticator_next_query:
 * @trial: whether this is for the /info of a trial
 *
 * Returns: (transfer full) (nullable): the parameters that authorize the next request, valid once;
 *   %NULL if there is no token
 */
char *
latch_authenticator_next_query (LatchAuthenticator *self, gboolean trial)
{
  LatchAuthMode mode;

  g_return_val_if_fail (LATCH_IS_AUTHENTICATOR (self), NULL);

  if (self->token == NULL)
    return NULL;

  if (!trial)
    mode = latch_authenticator_get_accepted_mode (self);
  else
    {
      if (self->trial == LATCH_AUTH_MODE_AUTO)
        self->trial = self->ceiling;
      mode = self->trial;
    }

  /* Chance would repeat itself too soon: a bridge takes that for a wrong token */
  return latch_credentials_to_query (mode, self->token, self->random++);
}

/**
 * latch_authenticator_trial_refused:
 *
 * Tells that the bridge refused the form of the token that the last trial used.
 *
 * Returns: whether there is a weaker one left that may be tried. Nothing below what was ever accepted is.
 */
gboolean
latch_authenticator_trial_refused (LatchAuthenticator *self)
{
  LatchAuthMode refused;

  g_return_val_if_fail (LATCH_IS_AUTHENTICATOR (self), FALSE);

  refused = self->trial;
  self->trial = LATCH_AUTH_MODE_AUTO;
  if (refused <= LATCH_AUTH_MODE_PLAIN)
    {
      self->ceiling = LATCH_AUTH_MODE_ENCRYPTED; /* it is the token that is wrong, so this taught us nothing */
      return FALSE;
    }

  self->ceiling = refused - 1;
  if (self->accepted != LATCH_AUTH_MODE_AUTO && self->ceiling <= self->accepted)
    return FALSE;

  self->trial = self->ceiling;
  return TRUE;
}

/**
 * latch_authenticator_trial_accepted:
 * @info: what the bridge said of itself
 * @now: the time of this computer
 *
 * Tells that the bridge accepted the form of the token that the last trial used.
 *
 * Returns: whether that form will do. Fails with %LATCH_ERROR_CLOCK_WRONG if the bridge took only the bare token
 *   though its firmware knows better: then the clocks disagree, and a person has to decide.
 */
gboolean
latch_authenticator_trial_accepted (LatchAuthenticator *self, const LatchInfoSnapshot *info, gint64 now, GError **error)
{
  LatchAuthMode accepted;

  g_return_val_if_fail (LATCH_IS_AUTHENTICATOR (self), FALSE);
  g_return_val_if_fail (info != NULL, FALSE);

  accepted = self->trial;
  self->trial = LATCH_AUTH_MODE_AUTO;
  latch_authenticator_heard_info (self, info);

  if (accepted == LATCH_AUTH_MODE_PLAIN && self->promised > LATCH_AUTH_MODE_PLAIN)
    {
      gint64 offset = info->current_time != 0 ? info->current_time - now : 0;

      self->ceiling = LATCH_AUTH_MODE_ENCRYPTED;
      g_propagate_error (error, latch_error_new_for_clock (offset, FALSE));
      return FALSE;
    }

  set_modes (self, self->requested, MAX (accepted, self->accepted));

  return TRUE;
}

/**
 * latch_authenticator_heard_info:
 * @info: what the bridge said of itself
 *
 * Learns what the bridge's firmware can, so that a bridge that was updated is spoken to more safely from then on.
 */
void
latch_authenticator_heard_info (LatchAuthenticator *self, const LatchInfoSnapshot *info)
{
  g_return_if_fail (LATCH_IS_AUTHENTICATOR (self));
  g_return_if_fail (info != NULL);

  self->promised = latch_credentials_mode_for_firmware (info->bridge_type, info->firmware_version);
}

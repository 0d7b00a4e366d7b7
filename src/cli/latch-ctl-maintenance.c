/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-ask.h"
#include "latch-ctl-bridges.h"
#include "latch-ctl-commands.h"
#include "latch-ctl-find.h"

/* What changes the bridge itself, and cannot be undone from here */

typedef void (*Begin) (LatchClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
typedef gboolean (*Finish) (LatchClient *client, GAsyncResult *result, GError **error);

static gboolean
carry_out (LatchCtl *ctl, LatchCtlBridge *bridge, Begin begin, Finish finish, const char *done, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  begin (bridge->client, ctl->cancellable, latch_ctl_done_cb, &result);
  if (!finish (bridge->client, latch_ctl_wait (&result), error))
    return FALSE;

  latch_ctl_report_done (ctl, bridge, done);

  return TRUE;
}

static gboolean
set_auth (LatchCtl *ctl, gboolean enable, GError **error)
{
  LatchCtlBridge *bridge = latch_ctl_choose_bridge (ctl, error);
  g_autoptr (GAsyncResult) result = NULL;

  if (bridge == NULL)
    return FALSE;

  latch_client_config_auth_async (bridge->client, enable, ctl->cancellable, latch_ctl_done_cb, &result);
  if (!latch_client_config_auth_finish (bridge->client, latch_ctl_wait (&result), error))
    return FALSE;

  latch_ctl_report_done (ctl, bridge,
                         enable ? _("Pairing by the bridge’s button is turned on.")
                                : _("Pairing is turned off. The discovery service is not told the address either."));

  return TRUE;
}

gboolean
latch_ctl_auth_enable (LatchCtl *ctl, GError **error)
{
  return set_auth (ctl, TRUE, error);
}

gboolean
latch_ctl_auth_disable (LatchCtl *ctl, GError **error)
{
  return set_auth (ctl, FALSE, error);
}

/**
 * latch_ctl_log_clear:
 *
 * Clears the bridge's log (spec: /clearlog).
 */
gboolean
latch_ctl_log_clear (LatchCtl *ctl, GError **error)
{
  LatchCtlBridge *bridge = latch_ctl_choose_bridge (ctl, error);
  g_autofree char *title = NULL;
  g_autofree char *question = NULL;

  if (bridge == NULL)
    return FALSE;

  title = latch_ctl_bridge_get_title (bridge);
  question = g_strdup_printf (_("Clear the log of %s? Nobody can bring it back."), title);

  return latch_ctl_confirm_on_terminal (ctl, question, error) && carry_out (ctl, bridge, latch_client_clear_log_async, latch_client_clear_log_finish,
                                      _("The bridge’s log is cleared."), error);
}

/**
 * latch_ctl_unpair:
 *
 * Removes the pairing between bridge and lock (spec: /unpair).
 */
gboolean
latch_ctl_unpair (LatchCtl *ctl, GError **error)
{
  LatchCtlTarget target;
  g_autofree char *title = NULL;
  g_autofree char *question = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (!latch_ctl_confirm_is_possible (ctl, error) || !latch_ctl_find_target (ctl, ctl->arguments[0], &target, error))
    return FALSE;

  title = latch_ctl_target_get_title (&target);
  question = g_strdup_printf (_("Remove %s from the bridge? Only the Nuki app can pair them again."), title);
  if (!latch_ctl_confirm (ctl, question, NULL, error))
    return FALSE;

  latch_client_unpair_async (target.bridge->client, target.device->nuki_id, target.device->device_type,
                             ctl->cancellable, latch_ctl_done_cb, &result);
  if (!latch_client_unpair_finish (target.bridge->client, latch_ctl_wait (&result), error))
    return FALSE;

  sentence = g_strdup_printf (_("%s is removed from the bridge."), title);
  latch_ctl_report_done (ctl, target.bridge, sentence);

  return TRUE;
}

static gboolean
confirm_and_carry_out (LatchCtl *ctl,
                       const char *question_format_with_bridge,
                       gboolean type_name,
                       Begin begin,
                       Finish finish,
                       const char *done,
                       GError **error)
{
  LatchCtlBridge *bridge = NULL;
  g_autofree char *title = NULL;
  g_autofree char *question = NULL;
  g_auto (GStrv) parts = g_strsplit (question_format_with_bridge, "%s", 2);

  if (!latch_ctl_confirm_is_possible (ctl, error))
    return FALSE;

  bridge = latch_ctl_choose_bridge (ctl, error);
  if (bridge == NULL)
    return FALSE;

  title = latch_ctl_bridge_get_title (bridge);
  question = g_strjoinv (title, parts);

  return latch_ctl_confirm (ctl, question, type_name ? title : NULL, error) &&
         carry_out (ctl, bridge, begin, finish, done, error);
}

/**
 * latch_ctl_firmware_update:
 *
 * Has the bridge look for new firmware and install it (spec: /fwupdate).
 */
gboolean
latch_ctl_firmware_update (LatchCtl *ctl, GError **error)
{
  return confirm_and_carry_out (ctl,
                                _("Have %s install new firmware? If there is any, it does not answer for some "
                                  "minutes."),
                                FALSE, latch_client_firmware_update_async, latch_client_firmware_update_finish,
                                _("The bridge looks for new firmware and installs it."), error);
}

/**
 * latch_ctl_reboot:
 *
 * Restarts the bridge (spec: /reboot).
 */
gboolean
latch_ctl_reboot (LatchCtl *ctl, GError **error)
{
  return confirm_and_carry_out (ctl, _("Restart %s? It does not answer for about a minute."), FALSE,
                                latch_client_reboot_async, latch_client_reboot_finish,
                                _("The bridge restarts. It answers again in about a minute."), error);
}

/**
 * latch_ctl_factory_reset:
 *
 * Makes the bridge forget everything (spec: /factoryReset).
 */
gboolean
latch_ctl_factory_reset (LatchCtl *ctl, GError **error)
{
  return confirm_and_carry_out (ctl,
                                _("The bridge forgets its locks, its network and all programs, and has to be set up "
                                  "anew in the Nuki app. Type its name, %s, to go on:"),
                                TRUE, latch_client_factory_reset_async, latch_client_factory_reset_finish,
                                _("The bridge is reset. Set it up anew in the Nuki app."), error);
}

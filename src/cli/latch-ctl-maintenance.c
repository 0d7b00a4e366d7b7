/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-access.h"
#include "latch-bridge-maintain.h"
#include "latch-ctl-ask.h"
#include "latch-ctl-bridges.h"
#include "latch-ctl-commands.h"
#include "latch-ctl-find.h"
#include "latch-ctl-json.h"
#include "latch-error.h"

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

/* Bridges do not tell what they were told: the window, too, knows only what is written down */
static void
store_access (LatchCtl *ctl, LatchCtlBridge *bridge, LatchAccess access)
{
  g_autoptr (GPtrArray) records = NULL;
  const LatchBridgeRecord *record = NULL;
  g_autoptr (LatchBridgeRecord) news = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  /* Anew: the window may have changed the rest while the bridge was asked */
  records = bridge->record != NULL ? latch_ctl_load_records (ctl, &error) : NULL;
  record = records != NULL ? latch_ctl_find_record (records, bridge->record->id) : NULL;
  if (record != NULL)
    {
      news = latch_bridge_record_new (record->id);
      news->known_only = TRUE;
      news->instant_updates = record->instant_updates;
      news->was_reset = record->was_reset;
      news->allows_pairing = access;
      latch_store_save_bridge_async (ctl->store, news, NULL, latch_ctl_done_cb, &result);
      latch_store_write_finish (ctl->store, latch_ctl_wait (&result), &error);
      latch_ctl_tell_application (ctl);
    }

  if (error != NULL)
    g_debug ("What is known of access was not stored: %s", error->message);
}

static gboolean
set_auth (LatchCtl *ctl, gboolean enable, GError **error)
{
  LatchCtlBridge *bridge = latch_ctl_choose_bridge (ctl, error);
  g_autoptr (GAsyncResult) result = NULL;
  GError *reason = NULL;

  if (bridge == NULL)
    return FALSE;

  latch_client_config_auth_async (bridge->client, enable, ctl->cancellable, latch_ctl_done_cb, &result);
  if (!latch_client_config_auth_finish (bridge->client, latch_ctl_wait (&result), &reason))
    {
      if (g_error_matches (reason, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN))
        store_access (ctl, bridge, LATCH_ACCESS_UNKNOWN);
      g_propagate_error (error, reason);
      return FALSE;
    }
  store_access (ctl, bridge, enable ? LATCH_ACCESS_ALLOWED : LATCH_ACCESS_FORBIDDEN);

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

static const char *
get_outcome_nick (LatchMaintenanceOutcome outcome)
{
  static const char *const nicks[] = { "restarted", "stayed", "reset" };

  return (guint) outcome < G_N_ELEMENTS (nicks) ? nicks[outcome] : NULL;
}

static char *
describe_outcome (const LatchMaintenanceReport *report)
{
  if (report->outcome == LATCH_MAINTENANCE_OUTCOME_RESET)
    return g_strdup (_("The bridge is reset. Set it up anew in the Nuki app."));
  if (report->outcome == LATCH_MAINTENANCE_OUTCOME_STAYED)
    return g_strdup (_("The bridge did not restart: there is probably no newer firmware."));
  if (report->firmware_after != NULL && g_strcmp0 (report->firmware_before, report->firmware_after) != 0)
    /* Translators: %s is a version */
    return g_strdup_printf (_("The bridge is there again, with firmware %s."), report->firmware_after);

  return g_strdup (_("The bridge is there again."));
}

static void
report_outcome (LatchCtl *ctl, LatchCtlBridge *bridge, const LatchMaintenanceReport *report)
{
  g_autofree char *sentence = describe_outcome (report);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = latch_ctl_json_wrap_object (object);

  latch_ctl_json_set_text (object, "bridgeId", bridge->id);
  json_object_set_boolean_member (object, "success", TRUE);
  latch_ctl_json_set_text (object, "outcome", get_outcome_nick (report->outcome));
  latch_ctl_json_set_text (object, "firmwareBefore", report->firmware_before);
  latch_ctl_json_set_text (object, "firmwareAfter", report->firmware_after);
  if (ctl->options->json)
    latch_ctl_print_json (node, FALSE);
  else
    latch_ctl_print ("%s", sentence);
}

static void
cancelled_cb (GCancellable *cancellable, LatchBridge *model)
{
  latch_bridge_stop_maintaining (model);
}

/* As the window does it: the command is sent once, and then only questions are asked */
static gboolean
carry_out_and_watch (LatchCtl *ctl, LatchCtlBridge *bridge, LatchMaintenance what, GError **error)
{
  g_autofree char *title = latch_ctl_bridge_get_title (bridge);
  g_autoptr (LatchBridge) model = latch_bridge_new (bridge->id, title, bridge->client);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LatchMaintenanceReport) report = NULL;
  gulong handler = g_signal_connect (ctl->cancellable, "cancelled", G_CALLBACK (cancelled_cb), model);

  latch_ctl_show_progress (_("Watching the bridge go and come back…"));
  latch_bridge_maintain_async (model, what, latch_ctl_done_cb, &result);
  report = latch_bridge_maintain_finish (model, latch_ctl_wait (&result), error);
  g_signal_handler_disconnect (ctl->cancellable, handler);
  latch_ctl_show_progress ("");
  if (report != NULL)
    report_outcome (ctl, bridge, report);
  else if (g_cancellable_is_cancelled (ctl->cancellable))
    latch_ctl_warn (_("cancelled. The bridge may carry out the command all the same"));

  return report != NULL;
}

static gboolean
confirm_and_carry_out (LatchCtl *ctl,
                       const char *question_format_with_bridge,
                       gboolean type_name,
                       LatchMaintenance what,
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

  if (!latch_ctl_confirm (ctl, question, type_name ? title : NULL, error))
    return FALSE;
  if (ctl->options->given & LATCH_CTL_OPTION_WAIT)
    return carry_out_and_watch (ctl, bridge, what, error);

  return carry_out (ctl, bridge, begin, finish, done, error);
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
                                FALSE, LATCH_MAINTENANCE_UPDATING, latch_client_firmware_update_async, latch_client_firmware_update_finish,
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
                                LATCH_MAINTENANCE_RESTARTING, latch_client_reboot_async, latch_client_reboot_finish,
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
                                TRUE, LATCH_MAINTENANCE_RESETTING, latch_client_factory_reset_async, latch_client_factory_reset_finish,
                                _("The bridge is reset. Set it up anew in the Nuki app."), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-error.h"
#include "latch-main-view.h"
#include "latch-test-locks.h"

#include <locale.h>

/*
 * Shows the main view in one of its situations, for eyes: show-locks SITUATION [WIDTH HEIGHT [ACTION…]], with
 * actions such as "locks.show(2)". Not a test, but what the looks are judged by.
 */

#define MINUTE 60
#define HOUR (60 * MINUTE)

static LatchTestLock home[] = {
  { .name = "Front Door",
    .state = LATCH_LOCK_STATE_LOCKED,
    .changed_ago = 2 * MINUTE,
    .door = LATCH_DOOR_STATE_CLOSED,
    .rssi = -67 },
  { .name = "Back Door", .state = LATCH_LOCK_STATE_LOCKED, .battery_critical = TRUE, .changed_ago = HOUR },
  { .name = "Garage", .state = LATCH_LOCK_STATE_UNLOCKED, .changed_ago = 41 * MINUTE },
  { .name = "Garden Gate", .state = LATCH_LOCK_STATE_LOCKING },
};

static LatchTestLock annex[] = {
  { .name = "Studio", .state = LATCH_LOCK_STATE_LOCKED, .changed_ago = 3 * HOUR },
  { .name = "Cellar", .state = LATCH_LOCK_STATE_UNLOCKED, .offline = TRUE },
};

static const struct
{
  const char *name;
  LatchTestLock lock;
  int failure; /* of its bridge; -1 for none */
} situations[] = {
  { "locked", { .state = LATCH_LOCK_STATE_LOCKED, .changed_ago = 2 * MINUTE, .door = LATCH_DOOR_STATE_CLOSED, .rssi = -67 }, -1 },
  { "unlocked", { .state = LATCH_LOCK_STATE_UNLOCKED, .battery_percent = 85, .keypad = TRUE, .door = LATCH_DOOR_STATE_OPEN }, -1 },
  { "unlocking", { .state = LATCH_LOCK_STATE_LOCKED, .pending = LATCH_LOCK_ACTION_UNLOCK }, -1 },
  { "moving", { .state = LATCH_LOCK_STATE_LOCKING }, -1 },
  { "unlatched", { .state = LATCH_LOCK_STATE_UNLATCHED, .changed_ago = 5 }, -1 },
  { "lock-n-go", { .state = LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO, .changed_ago = 5 }, -1 },
  { "blocked", { .state = LATCH_LOCK_STATE_MOTOR_BLOCKED, .changed_ago = MINUTE, .door = LATCH_DOOR_STATE_OPEN }, -1 },
  { "uncalibrated", { .state = LATCH_LOCK_STATE_UNCALIBRATED }, -1 },
  { "undefined", { .state = LATCH_LOCK_STATE_UNDEFINED }, -1 },
  { "never", { .state = LATCH_LOCK_STATE_UNKNOWN }, -1 },
  { "offline", { .state = LATCH_LOCK_STATE_LOCKED, .offline = TRUE, .battery_critical = TRUE }, -1 },
  { "bridge-down", { .state = LATCH_LOCK_STATE_LOCKED }, LATCH_ERROR_UNREACHABLE },
  { "unauthorized", { .state = LATCH_LOCK_STATE_LOCKED }, LATCH_ERROR_UNAUTHORIZED },
  { "no-token", { .state = LATCH_LOCK_STATE_LOCKED }, LATCH_ERROR_NO_TOKEN },
  { "opener", { .opener = TRUE, .state = LATCH_LOCK_STATE_ONLINE, .ring_ago = HOUR }, -1 },
  { "ring-to-open", { .opener = TRUE, .state = LATCH_LOCK_STATE_RTO_ACTIVE, .ring_ago = HOUR }, -1 },
  { "continuous", { .opener = TRUE, .state = LATCH_LOCK_STATE_ONLINE, .continuous = TRUE }, -1 },
  { "opener-open", { .opener = TRUE, .state = LATCH_LOCK_STATE_OPEN }, -1 },
  { "opener-opening", { .opener = TRUE, .state = LATCH_LOCK_STATE_ONLINE, .pending = LATCH_LOCK_ACTION_OPEN }, -1 },
};

static GListModel *
make_many (gint64 now)
{
  GListStore *bridges = g_list_store_new (LATCH_TYPE_BRIDGE);
  LatchTestLock many[27] = {
    { .name = "Main Entrance", .state = LATCH_LOCK_STATE_LOCKED },
    { .name = "Loading Bay", .state = LATCH_LOCK_STATE_UNLOCKED, .changed_ago = 2 * HOUR },
    { .name = "Bicycle Cellar", .state = LATCH_LOCK_STATE_LOCKED, .battery_critical = TRUE },
  };

  for (gsize i = 3; i < G_N_ELEMENTS (many); i++)
    {
      many[i].name = g_strdup_printf ("Apartment %d", (int) i - 2);
      many[i].state = i % 7 == 0 ? LATCH_LOCK_STATE_UNLOCKED : LATCH_LOCK_STATE_LOCKED;
      many[i].offline = i == 8;
    }
  many[5].state = LATCH_LOCK_STATE_MOTOR_BLOCKED;

  for (int i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d", i);
      g_autofree char *name = g_strdup_printf ("House %c", 'A' + i);
      g_autoptr (LatchBridge) bridge = latch_test_bridge_new (id, name, many, i < 2 ? G_N_ELEMENTS (many) : 0, now);

      if (i == 1)
        latch_test_bridge_fail (bridge, LATCH_ERROR_UNREACHABLE);
      g_list_store_append (bridges, bridge);
    }

  return G_LIST_MODEL (bridges);
}

static GListModel *
make_home (const char *situation, gint64 now)
{
  GListStore *bridges = g_list_store_new (LATCH_TYPE_BRIDGE);
  g_autoptr (LatchBridge) first = NULL;
  g_autoptr (LatchBridge) second = NULL;
  int failure = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (situations); i++)
    if (g_str_equal (situations[i].name, situation))
      {
        home[0] = situations[i].lock;
        home[0].name = "Front Door";
        failure = situations[i].failure;
      }

  first = latch_test_bridge_new ("1", "Home", home, G_N_ELEMENTS (home), now);
  second = latch_test_bridge_new ("2", "Annex", annex, G_N_ELEMENTS (annex), now);
  if (failure >= 0)
    latch_test_bridge_fail (first, failure);
  g_list_store_append (bridges, first);
  g_list_store_append (bridges, second);

  return G_LIST_MODEL (bridges);
}

static void
activate (GtkWidget *view, const char *detailed_name)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_action_parse_detailed_name (detailed_name, &name, &target, &error))
    g_error ("%s", error->message);
  gtk_widget_activate_action_variant (view, name, target);
}

int
main (int argc, char *argv[])
{
  const char *situation = argc > 1 ? argv[1] : "locked";
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GListModel) bridges = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  LatchMainView *view = NULL;
  GtkWidget *window = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  setlocale (LC_ALL, "");
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", APP_ID, "resource-base-path", APP_PATH,
                              "flags", G_APPLICATION_NON_UNIQUE, NULL);
  if (!g_application_register (G_APPLICATION (application), NULL, NULL))
    return 1;

  settings = g_settings_new (APP_ID);
  bridges = g_str_equal (situation, "many") ? make_many (now) : make_home (situation, now);
  view = g_object_new (LATCH_TYPE_MAIN_VIEW, NULL);
  latch_main_view_show (view, bridges, settings);
  window = adw_application_window_new (GTK_APPLICATION (application));
  gtk_window_set_default_size (GTK_WINDOW (window), argc > 2 ? atoi (argv[2]) : 980, argc > 3 ? atoi (argv[3]) : 780);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), adw_toast_overlay_new ());
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (adw_application_window_get_content (ADW_APPLICATION_WINDOW (window))),
                               GTK_WIDGET (view));
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (g_main_loop_quit), loop);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (GTK_WIDGET (view)))
    g_main_context_iteration (NULL, TRUE);
  for (int i = 4; i < argc; i++)
    activate (GTK_WIDGET (view), argv[i]);
  g_main_loop_run (loop);

  return 0;
}

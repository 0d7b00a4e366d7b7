/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-error.h"
#include "latch-lock-dial.h"
#include "latch-lock-page.h"
#include "latch-lock-private.h"
#include "latch-lock-tile.h"
#include "latch-test-locks.h"
#include "latch-test-ui.h"

#define CONNECTED -1

/*
 * Every state, as the page shows it. Buttons and tiles are those that can be seen, the blue one in brackets; details
 * are the rows that can be seen.
 */
typedef struct
{
  const char *name;
  LatchTestLock lock;
  int failure; /* the bridge's, or CONNECTED */
  const char *title;
  const char *buttons;
  const char *tiles;
  const char *details;
  gboolean busy;
  gboolean explained;
} State;

#define LOCK_TILES "Open Door, Lock ’n’ Go, Open ’n’ Go"
#define OPENER_TILES "Turn On Ring to Open, Turn On Continuous Mode"
#define DETAILS "Battery: OK, Connection: Home, Last Update: Just now"

static const State states[] = {
  { "locked", { .state = LATCH_LOCK_STATE_LOCKED }, CONNECTED, "Locked", "[Unlock]", LOCK_TILES, DETAILS },
  { "unlocking", { .state = LATCH_LOCK_STATE_UNLOCKING }, CONNECTED, "Unlocking…", "[…]", LOCK_TILES, DETAILS, TRUE },
  { "unlocked", { .state = LATCH_LOCK_STATE_UNLOCKED }, CONNECTED, "Unlocked", "[Lock]", LOCK_TILES, DETAILS },
  { "locking", { .state = LATCH_LOCK_STATE_LOCKING }, CONNECTED, "Locking…", "[…]", LOCK_TILES, DETAILS, TRUE },
  { "unlatched", { .state = LATCH_LOCK_STATE_UNLATCHED }, CONNECTED, "Unlatched", "[Lock]", LOCK_TILES, DETAILS },
  { "unlocked-lock-n-go", { .state = LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO }, CONNECTED, "Unlocked", "[Lock]", LOCK_TILES,
    DETAILS, FALSE, TRUE },
  { "unlatching", { .state = LATCH_LOCK_STATE_UNLATCHING }, CONNECTED, "Unlatching…", "[…]", LOCK_TILES, DETAILS, TRUE },
  { "boot-run", { .state = LATCH_LOCK_STATE_BOOT_RUN }, CONNECTED, "Starting…", "", "", DETAILS, TRUE },
  { "motor-blocked", { .state = LATCH_LOCK_STATE_MOTOR_BLOCKED }, CONNECTED, "Motor Blocked",
    "Unlock, [Try Locking Again]", "", DETAILS, FALSE, TRUE },
  { "uncalibrated", { .state = LATCH_LOCK_STATE_UNCALIBRATED }, CONNECTED, "Not Calibrated", "", "", DETAILS, FALSE,
    TRUE },
  { "undefined", { .state = LATCH_LOCK_STATE_UNDEFINED }, CONNECTED, "Unknown", "[Try Again]", "", DETAILS },
  { "never-heard-of", { .state = LATCH_LOCK_STATE_UNKNOWN }, CONNECTED, "Unknown", "[Try Again]", "",
    "Connection: Home, Last Update: Never" },
  { "offline", { .state = LATCH_LOCK_STATE_LOCKED, .offline = TRUE, .door = LATCH_DOOR_STATE_CLOSED, .rssi = -67 },
    CONNECTED, "Offline", "[Try Again]", "", "Battery: OK, just now, Connection: Home, Last Update: Just now", FALSE,
    TRUE },

  { "untrained", { .opener = TRUE, .state = LATCH_LOCK_STATE_UNTRAINED }, CONNECTED, "Not Trained", "", "", DETAILS,
    FALSE, TRUE },
  { "online", { .opener = TRUE, .state = LATCH_LOCK_STATE_ONLINE }, CONNECTED, "Ready", "[Open Door]", OPENER_TILES,
    DETAILS },
  { "rang", { .opener = TRUE, .state = LATCH_LOCK_STATE_ONLINE, .ring_ago = 3600 }, CONNECTED, "Ready", "[Open Door]",
    OPENER_TILES, "Battery: OK, Last Ring: 1 h ago, Connection: Home, Last Update: Just now" },
  { "rto-active", { .opener = TRUE, .state = LATCH_LOCK_STATE_RTO_ACTIVE }, CONNECTED, "Ring to Open", "[Open Door]",
    "Turn Off Ring to Open, Turn On Continuous Mode", DETAILS, FALSE, TRUE },
  { "continuous", { .opener = TRUE, .state = LATCH_LOCK_STATE_ONLINE, .continuous = TRUE }, CONNECTED,
    "Continuous Mode", "[Open Door]", "Turn On Ring to Open, Turn Off Continuous Mode", DETAILS, FALSE, TRUE },
  { "open", { .opener = TRUE, .state = LATCH_LOCK_STATE_OPEN }, CONNECTED, "Open", "[Open Door]", OPENER_TILES,
    DETAILS },
  { "opening", { .opener = TRUE, .state = LATCH_LOCK_STATE_OPENING }, CONNECTED, "Opening…", "[…]", OPENER_TILES,
    DETAILS, TRUE },

  { "pending-unlock", { .state = LATCH_LOCK_STATE_LOCKED, .pending = LATCH_LOCK_ACTION_UNLOCK }, CONNECTED, "Unlocking…",
    "[…]", LOCK_TILES, DETAILS, TRUE },
  { "pending-lock", { .state = LATCH_LOCK_STATE_UNLOCKED, .pending = LATCH_LOCK_ACTION_LOCK }, CONNECTED, "Locking…",
    "[…]", LOCK_TILES, DETAILS, TRUE },
  { "pending-unlatch", { .state = LATCH_LOCK_STATE_LOCKED, .pending = LATCH_LOCK_ACTION_UNLATCH }, CONNECTED,
    "Unlatching…", "[…]", LOCK_TILES, DETAILS, TRUE },
  { "pending-open", { .opener = TRUE, .state = LATCH_LOCK_STATE_ONLINE, .pending = LATCH_LOCK_ACTION_OPEN }, CONNECTED,
    "Opening…", "[…]", OPENER_TILES, DETAILS, TRUE },
  { "pending-ring-to-open", { .opener = TRUE, .state = LATCH_LOCK_STATE_ONLINE, .pending = LATCH_LOCK_ACTION_ACTIVATE_RTO },
    CONNECTED, "Ready", "[…]", OPENER_TILES, DETAILS, TRUE },

  { "bridge-unreachable", { .state = LATCH_LOCK_STATE_LOCKED, .door = LATCH_DOOR_STATE_OPEN }, LATCH_ERROR_UNREACHABLE,
    "Unknown", "", "", "Battery: OK, just now, Connection: Home · Cannot be reached, Last Update: Just now" },
  { "bridge-unauthorized", { .state = LATCH_LOCK_STATE_LOCKED }, LATCH_ERROR_UNAUTHORIZED, "Unknown", "", "",
    "Battery: OK, just now, Connection: Home · Access refused, Last Update: Just now" },
  { "no-token", { .state = LATCH_LOCK_STATE_LOCKED }, LATCH_ERROR_NO_TOKEN, "Unknown", "", "",
    "Battery: OK, just now, Connection: Home · Not paired, Last Update: Just now" },

  { "all-details",
    { .state = LATCH_LOCK_STATE_LOCKED,
      .battery_percent = 85,
      .keypad = TRUE,
      .door = LATCH_DOOR_STATE_CLOSED,
      .rssi = -67 },
    CONNECTED, "Locked", "[Unlock]", LOCK_TILES,
    "Battery: 85%, Keypad Battery: OK, Door: Closed, Connection: Home · Good signal, Last Update: Just now" },
  { "battery-low", { .state = LATCH_LOCK_STATE_LOCKED, .battery_critical = TRUE }, CONNECTED, "Locked", "[Unlock]",
    LOCK_TILES, "Battery: Low. Replace soon., Connection: Home, Last Update: Just now" },
};

/* A movement takes its time by the real clock */
static gint64 now;

typedef struct
{
  LatchBridge *bridge;
  LatchClock *clock;
  LatchLockPage *page;
  GtkWidget *window;
  GString *asked_for;
} Fixture;

static void
activate_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autofree char *text = g_variant_print (parameter, FALSE);

  g_string_append_printf (user_data, "%s %s;", g_action_get_name (G_ACTION (action)), text);
}

/* Takes note of what is asked for, in place of doing it */
static void
insert_actions (Fixture *fixture, GtkWidget *widget)
{
  static const GActionEntry lock_entries[] = { { "perform-on", activate_cb, "(ss)" }, { "ask", activate_cb, "s" } };
  static const GActionEntry bridge_entries[] = { { "show", activate_cb, "s" },
                                                 { "refresh", activate_cb, "s" },
                                                 { "pair-again", activate_cb, "s" } };
  g_autoptr (GSimpleActionGroup) lock = g_simple_action_group_new ();
  g_autoptr (GSimpleActionGroup) bridge = g_simple_action_group_new ();

  fixture->asked_for = g_string_new (NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (lock), lock_entries, G_N_ELEMENTS (lock_entries), fixture->asked_for);
  g_action_map_add_action_entries (G_ACTION_MAP (bridge), bridge_entries, G_N_ELEMENTS (bridge_entries),
                                   fixture->asked_for);
  gtk_widget_insert_action_group (widget, "lock", G_ACTION_GROUP (lock));
  gtk_widget_insert_action_group (widget, "bridge", G_ACTION_GROUP (bridge));
}

static void
show (Fixture *fixture, const LatchTestLock *lock)
{
  LatchTestLock named = *lock;
  GtkWidget *view = adw_navigation_view_new ();

  insert_actions (fixture, view);
  now = g_get_real_time () / G_USEC_PER_SEC;
  named.name = "Front Door";
  fixture->bridge = latch_test_bridge_new ("1", "Home", &named, 1, now);
  fixture->clock = latch_clock_new ();
  latch_clock_set_now (fixture->clock, now);
  fixture->page = g_object_new (LATCH_TYPE_LOCK_PAGE, NULL);
  latch_lock_page_show (fixture->page, latch_test_bridge_get_lock (fixture->bridge, 0), fixture->clock);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (fixture->page));
  fixture->window = latch_test_present (view);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  show (fixture, &states[0].lock);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->page), (gpointer *) &fixture->page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  latch_test_wait_until (!fixture->page);
  g_string_free (fixture->asked_for, TRUE);
  latch_test_assert_finalized (fixture->clock);
  latch_test_assert_finalized (fixture->bridge);
}

typedef char *(*Describe) (GtkWidget *widget);

static void
collect (GtkWidget *widget, Describe describe, GString *list)
{
  g_autofree char *description = NULL;

  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return;

  description = describe (widget);
  if (description)
    g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", description);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    collect (child, describe, list);
}

static void
assert_list (Fixture *fixture, Describe describe, const char *expected)
{
  g_autoptr (GString) list = g_string_new (NULL);

  collect (GTK_WIDGET (fixture->page), describe, list);
  g_assert_cmpstr (list->str, ==, expected);
}

static char *
describe_button (GtkWidget *widget)
{
  GtkWidget *label = NULL;

  if (!GTK_IS_BUTTON (widget) || !gtk_widget_has_css_class (widget, "pill"))
    return NULL;
  if (!gtk_widget_has_css_class (widget, "suggested-action"))
    return g_strdup (gtk_button_get_label (GTK_BUTTON (widget)));

  label = latch_test_find (widget, GTK_TYPE_LABEL, NULL);
  return g_strdup_printf ("[%s]", label ? gtk_label_get_label (GTK_LABEL (label)) : "…");
}

static char *
describe_tile (GtkWidget *widget)
{
  return LATCH_IS_LOCK_TILE (widget)
             ? g_strdup (latch_lock_action_get_text (latch_lock_tile_get_action (LATCH_LOCK_TILE (widget))))
             : NULL;
}

static char *
describe_detail (GtkWidget *widget)
{
  if (!ADW_IS_ACTION_ROW (widget))
    return NULL;

  return g_strdup_printf ("%s: %s", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)),
                          adw_action_row_get_subtitle (ADW_ACTION_ROW (widget)));
}

static GtkWidget *
find_primary (GtkWidget *widget)
{
  if (gtk_widget_has_css_class (widget, "lock-primary"))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_primary (child);

      if (found)
        return found;
    }

  return NULL;
}

static void
test_state (Fixture *fixture, gconstpointer data)
{
  const State *state = data;
  GtkWidget *page;
  GtkWidget *title;

  show (fixture, &state->lock);
  if (state->failure != CONNECTED)
    latch_test_bridge_fail (fixture->bridge, state->failure);
  page = GTK_WIDGET (fixture->page);

  title = latch_test_find (page, GTK_TYPE_LABEL, state->title);
  g_assert_nonnull (title);
  gtk_test_accessible_assert_role (title, GTK_ACCESSIBLE_ROLE_HEADING);
  gtk_test_accessible_assert_property (title, GTK_ACCESSIBLE_PROPERTY_LEVEL, 1);

  assert_list (fixture, describe_button, state->buttons);
  assert_list (fixture, describe_tile, state->tiles);
  assert_list (fixture, describe_detail, state->details);

  g_assert_cmpint (gtk_widget_get_can_target (find_primary (page)), ==, !state->busy);
  g_assert_true (gtk_widget_get_sensitive (find_primary (page)));
  gtk_test_accessible_assert_state (find_primary (page), GTK_ACCESSIBLE_STATE_BUSY, state->busy);
  gtk_test_accessible_assert_state (find_primary (page), GTK_ACCESSIBLE_STATE_DISABLED, state->busy);
  if (*state->tiles)
    g_assert_cmpint (gtk_widget_is_sensitive (latch_test_find (page, LATCH_TYPE_LOCK_TILE, NULL)), ==, !state->busy);

  g_assert_cmpint (latch_test_find (page, ADW_TYPE_BANNER, NULL) &&
                       adw_banner_get_revealed (ADW_BANNER (latch_test_find (page, ADW_TYPE_BANNER, NULL))),
                   ==, state->failure != CONNECTED);
}

static GtkWidget *
find_explanation (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "lock-explanation"))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_explanation (child);

      if (found)
        return found;
    }

  return NULL;
}

static void
test_explains (Fixture *fixture, gconstpointer data)
{
  const State *state = data;

  show (fixture, &state->lock);
  if (state->failure != CONNECTED)
    latch_test_bridge_fail (fixture->bridge, state->failure);

  g_assert_cmpint (gtk_widget_get_visible (find_explanation (GTK_WIDGET (fixture->page))), ==, state->explained);
}

static void
say (Fixture *fixture, LatchTestLock lock)
{
  lock.name = "Front Door";
  latch_test_bridge_say (fixture->bridge, &lock, 1, now);
}

static LatchLockDial *
get_dial (Fixture *fixture)
{
  return LATCH_LOCK_DIAL (latch_test_find (GTK_WIDGET (fixture->page), LATCH_TYPE_LOCK_DIAL, NULL));
}

static void
test_dial_follows (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (latch_lock_dial_get_look (get_dial (fixture)), ==, LATCH_LOCK_LOOK_LOCKED);
  g_assert_cmpfloat (latch_lock_dial_get_bolt (get_dial (fixture)), ==, 1);
  gtk_test_accessible_assert_property (get_dial (fixture), GTK_ACCESSIBLE_PROPERTY_LABEL, "Front Door: locked");

  say (fixture, (LatchTestLock) { .state = LATCH_LOCK_STATE_UNLOCKED });
  g_assert_cmpint (latch_lock_dial_get_look (get_dial (fixture)), ==, LATCH_LOCK_LOOK_UNLOCKED);
  gtk_test_accessible_assert_property (get_dial (fixture), GTK_ACCESSIBLE_PROPERTY_LABEL, "Front Door: unlocked");
}

static void
test_buttons_ask_for_actions (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);
  GtkWidget *primary = find_primary (page);

  g_signal_emit_by_name (primary, "clicked");
  g_assert_cmpstr (fixture->asked_for->str, ==, "perform-on ('1/1/0', 'unlock');");
  gtk_test_accessible_assert_property (primary, GTK_ACCESSIBLE_PROPERTY_LABEL, "Unlock Front Door");

  g_string_truncate (fixture->asked_for, 0);
  gtk_widget_activate (latch_test_find (page, LATCH_TYPE_LOCK_TILE, NULL));
  latch_test_wait_until (fixture->asked_for->len > 0);
  g_assert_cmpstr (fixture->asked_for->str, ==, "perform-on ('1/1/0', 'unlatch');");

  g_string_truncate (fixture->asked_for, 0);
  g_signal_emit_by_name (latch_test_find (page, GTK_TYPE_BUTTON, "Ask the Lock"), "clicked");
  g_assert_cmpstr (fixture->asked_for->str, ==, "ask '1/1/0';");

  g_string_truncate (fixture->asked_for, 0);
  adw_action_row_activate (ADW_ACTION_ROW (latch_test_find (page, ADW_TYPE_ACTION_ROW, "Connection")));
  g_assert_cmpstr (fixture->asked_for->str, ==, "show '1';");

  g_string_truncate (fixture->asked_for, 0);
  say (fixture, (LatchTestLock) { .state = LATCH_LOCK_STATE_MOTOR_BLOCKED });
  g_signal_emit_by_name (latch_test_find (page, GTK_TYPE_BUTTON, "Unlock"), "clicked");
  g_signal_emit_by_name (primary, "clicked");
  g_assert_cmpstr (fixture->asked_for->str, ==, "perform-on ('1/1/0', 'unlock');perform-on ('1/1/0', 'lock');");

  g_string_truncate (fixture->asked_for, 0);
  say (fixture, (LatchTestLock) { .state = LATCH_LOCK_STATE_LOCKED, .offline = TRUE });
  g_signal_emit_by_name (primary, "clicked");
  g_assert_cmpstr (fixture->asked_for->str, ==, "ask '1/1/0';");
}

static void
test_busy_button_asks_for_nothing (Fixture *fixture, gconstpointer data)
{
  latch_lock_set_pending_action (latch_lock_page_get_lock (fixture->page), LATCH_LOCK_ACTION_UNLOCK);
  g_signal_emit_by_name (find_primary (GTK_WIDGET (fixture->page)), "clicked");
  latch_lock_page_set_asking (fixture->page, TRUE);
  g_signal_emit_by_name (latch_test_find (GTK_WIDGET (fixture->page), GTK_TYPE_BUTTON, "Ask the Lock"), "clicked");

  g_assert_cmpstr (fixture->asked_for->str, ==, "");
}

/* Who clicks on Lock when it has just become Unlock did not mean that */
static void
test_pointer_does_not_hit_what_was_something_else (Fixture *fixture, gconstpointer data)
{
  GtkWidget *primary = find_primary (GTK_WIDGET (fixture->page));

  g_assert_true (gtk_widget_get_can_target (primary));
  say (fixture, (LatchTestLock) { .state = LATCH_LOCK_STATE_UNLOCKED });
  g_assert_true (gtk_widget_get_can_target (primary));
  say (fixture, (LatchTestLock) { .state = LATCH_LOCK_STATE_LOCKED });
  g_assert_false (gtk_widget_get_can_target (primary));
  latch_test_wait_until (gtk_widget_get_can_target (primary));
}

static void
test_busy_button_keeps_focus_and_width (Fixture *fixture, gconstpointer data)
{
  GtkWidget *primary = find_primary (GTK_WIDGET (fixture->page));
  int width;

  gtk_widget_grab_focus (primary);
  gtk_test_widget_wait_for_draw (fixture->window);
  width = gtk_widget_get_width (primary);
  g_assert_cmpint (width, >=, 180);

  latch_lock_set_pending_action (latch_lock_page_get_lock (fixture->page), LATCH_LOCK_ACTION_UNLOCK);
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == primary);
  g_assert_cmpint (gtk_widget_get_width (primary), ==, width);
}

static void
test_focus_leaves_a_busy_tile (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);

  gtk_widget_grab_focus (latch_test_find (page, LATCH_TYPE_LOCK_TILE, NULL));
  say (fixture, (LatchTestLock) { .state = LATCH_LOCK_STATE_UNLATCHING });

  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == find_primary (page));
}

static void
test_asking_shows (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);

  /* Who wants in does not have to wait for the answer */
  latch_lock_page_set_asking (fixture->page, TRUE);
  assert_list (fixture, describe_button, "[Unlock]");
  gtk_test_accessible_assert_state (latch_test_find (page, GTK_TYPE_BUTTON, "Ask the Lock"), GTK_ACCESSIBLE_STATE_BUSY,
                                    TRUE);

  say (fixture, (LatchTestLock) { .state = LATCH_LOCK_STATE_LOCKED, .offline = TRUE });
  assert_list (fixture, describe_button, "[…]");
  latch_lock_page_set_asking (fixture->page, FALSE);
  assert_list (fixture, describe_button, "[Try Again]");
}

static void
test_shows_another_lock (Fixture *fixture, gconstpointer data)
{
  const LatchTestLock other = { .name = "Gate", .state = LATCH_LOCK_STATE_ONLINE, .opener = TRUE };
  g_autoptr (LatchBridge) bridge = latch_test_bridge_new ("2", "Annex", &other, 1, now);

  latch_lock_page_show (fixture->page, latch_test_bridge_get_lock (bridge, 0), fixture->clock);
  g_assert_cmpstr (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (fixture->page)), ==, "Gate");
  assert_list (fixture, describe_tile, OPENER_TILES);
  assert_list (fixture, describe_detail, "Battery: OK, Connection: Annex, Last Update: Just now");

  latch_lock_page_show (fixture->page, NULL, fixture->clock);
  g_assert_null (latch_lock_page_get_lock (fixture->page));
  g_assert_null (latch_test_find (GTK_WIDGET (fixture->page), LATCH_TYPE_LOCK_DIAL, NULL));
}

static void
test_banner_follows_its_bridge (Fixture *fixture, gconstpointer data)
{
  AdwBanner *banner = ADW_BANNER (latch_test_find (GTK_WIDGET (fixture->page), ADW_TYPE_BANNER, NULL));

  latch_test_bridge_fail (fixture->bridge, LATCH_ERROR_UNREACHABLE);
  g_assert_true (adw_banner_get_revealed (banner));
  g_assert_cmpstr (adw_banner_get_title (banner), ==, "The bridge “Home” cannot be reached");
  g_assert_cmpstr (adw_banner_get_button_label (banner), ==, "Try Again");

  g_signal_emit_by_name (banner, "button-clicked");
  g_assert_cmpstr (fixture->asked_for->str, ==, "refresh '1';");

  latch_test_bridge_fail (fixture->bridge, LATCH_ERROR_UNAUTHORIZED);
  g_assert_cmpstr (adw_banner_get_button_label (banner), ==, "Pair Again");
  g_string_truncate (fixture->asked_for, 0);
  g_signal_emit_by_name (banner, "button-clicked");
  g_assert_cmpstr (fixture->asked_for->str, ==, "pair-again '1';");

  say (fixture, states[0].lock);
  g_assert_false (adw_banner_get_revealed (banner));

  latch_bridge_set_session_only (fixture->bridge, TRUE);
  g_assert_true (adw_banner_get_revealed (banner));
  g_assert_cmpstr (adw_banner_get_title (banner), ==, "There is no keyring, so “Home” has to be paired again next time");
  g_assert_cmpstr (adw_banner_get_button_label (banner), ==, "");
}

static void
test_dial_is_as_large_as_there_is_room (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (latch_lock_dial_get_pixel_size (get_dial (fixture)), ==, 196);
  g_object_set (fixture->page, "dial-size", 176, NULL);
  g_assert_cmpint (latch_lock_dial_get_pixel_size (get_dial (fixture)), ==, 176);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (fixture->page), "tight"));
  g_object_set (fixture->page, "dial-size", 76, NULL);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture->page), "tight"));
}

int
main (int argc, char *argv[])
{
  latch_test_ui_init (&argc, &argv);
  now = g_get_real_time () / G_USEC_PER_SEC;

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *shows = g_strdup_printf ("/lock-page/state/%s", states[i].name);
      g_autofree char *explains = g_strdup_printf ("/lock-page/explains/%s", states[i].name);

      g_test_add (shows, Fixture, &states[i], NULL, test_state, tear_down);
      g_test_add (explains, Fixture, &states[i], NULL, test_explains, tear_down);
    }

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/lock-page/dial-follows", test_dial_follows);
  ADD ("/lock-page/buttons-ask-for-actions", test_buttons_ask_for_actions);
  ADD ("/lock-page/busy-button-asks-for-nothing", test_busy_button_asks_for_nothing);
  ADD ("/lock-page/pointer-does-not-hit-what-was-something-else", test_pointer_does_not_hit_what_was_something_else);
  ADD ("/lock-page/busy-button-keeps-focus-and-width", test_busy_button_keeps_focus_and_width);
  ADD ("/lock-page/focus-leaves-a-busy-tile", test_focus_leaves_a_busy_tile);
  ADD ("/lock-page/asking-shows", test_asking_shows);
  ADD ("/lock-page/shows-another-lock", test_shows_another_lock);
  ADD ("/lock-page/banner-follows-its-bridge", test_banner_follows_its_bridge);
  ADD ("/lock-page/dial-is-as-large-as-there-is-room", test_dial_is_as_large_as_there_is_room);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-row.h"
#include "latch-error.h"
#include "latch-lock-row.h"
#include "latch-pinned-list.h"
#include "latch-sidebar.h"
#include "latch-test-locks.h"
#include "latch-test-ui.h"

#define NOW 1700000000

static LatchTestLock home_locks[] = {
  { .name = "Front Door", .state = LATCH_LOCK_STATE_LOCKED, .changed_ago = 120 },
  { .name = "Back Door", .state = LATCH_LOCK_STATE_LOCKED, .battery_critical = TRUE },
};

static LatchTestLock annex_locks[] = {
  { .name = "Studio", .state = LATCH_LOCK_STATE_UNLOCKED },
  { .name = "Cellar", .state = LATCH_LOCK_STATE_LOCKED, .offline = TRUE },
};

static LatchTestLock many_locks[12] = {
  { .name = "Apartment 1", .state = LATCH_LOCK_STATE_LOCKED },
  { .name = "Apartment 2", .state = LATCH_LOCK_STATE_UNLOCKED },
  { .name = "Apartment 3", .state = LATCH_LOCK_STATE_MOTOR_BLOCKED },
  { .name = "Apartment 4", .state = LATCH_LOCK_STATE_LOCKED, .offline = TRUE },
};

/* More than anybody sees at a time, on each of two bridges */
static LatchTestLock hundreds_of_locks[200];

typedef struct
{
  GListStore *bridges;
  LatchBridge *home;
  LatchBridge *annex;
  LatchClock *clock;
  LatchSidebar *sidebar;
  GtkWidget *window;
  GString *activated;
} Fixture;

static void
lock_activated_cb (LatchSidebar *sidebar, LatchLock *lock, gboolean by_key, gpointer user_data)
{
  g_string_append_printf (user_data, "%s %s;", latch_lock_get_name (lock), by_key ? "by key" : "by pointer");
}

static void
show (Fixture *fixture)
{
  GtkWidget *view = adw_navigation_view_new ();

  fixture->clock = latch_clock_new ();
  latch_clock_set_now (fixture->clock, NOW);
  fixture->sidebar = g_object_new (LATCH_TYPE_SIDEBAR, NULL);
  latch_sidebar_show (fixture->sidebar, G_LIST_MODEL (fixture->bridges), fixture->clock);
  latch_sidebar_set_selected (fixture->sidebar, latch_sidebar_get_nth_lock (fixture->sidebar, 0));
  fixture->activated = g_string_new (NULL);
  g_signal_connect (fixture->sidebar, "lock-activated", G_CALLBACK (lock_activated_cb), fixture->activated);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (fixture->sidebar));
  fixture->window = latch_test_present (view);
}

static void
set_up_two_bridges (Fixture *fixture, gconstpointer data)
{
  fixture->bridges = g_list_store_new (LATCH_TYPE_BRIDGE);
  fixture->home = latch_test_bridge_new ("1", "Home", home_locks, G_N_ELEMENTS (home_locks), NOW);
  fixture->annex = latch_test_bridge_new ("2", "Annex", annex_locks, G_N_ELEMENTS (annex_locks), NOW);
  g_list_store_append (fixture->bridges, fixture->home);
  g_list_store_append (fixture->bridges, fixture->annex);
  show (fixture);
}

static void
set_up_many_locks (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 4; i < G_N_ELEMENTS (many_locks); i++)
    many_locks[i] = (LatchTestLock) { .name = "Basement", .state = LATCH_LOCK_STATE_LOCKED };

  fixture->bridges = g_list_store_new (LATCH_TYPE_BRIDGE);
  fixture->home = latch_test_bridge_new ("1", "House", many_locks, G_N_ELEMENTS (many_locks), NOW);
  g_list_store_append (fixture->bridges, fixture->home);
  show (fixture);
}

static void
set_up_hundreds_of_locks (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hundreds_of_locks); i++)
    hundreds_of_locks[i] = (LatchTestLock) { .name = i % 2 ? "Cellar" : "Loft", .state = LATCH_LOCK_STATE_LOCKED };

  fixture->bridges = g_list_store_new (LATCH_TYPE_BRIDGE);
  fixture->home = latch_test_bridge_new ("1", "Home", hundreds_of_locks, G_N_ELEMENTS (hundreds_of_locks), NOW);
  fixture->annex = latch_test_bridge_new ("2", "Annex", hundreds_of_locks, G_N_ELEMENTS (hundreds_of_locks), NOW);
  g_list_store_append (fixture->bridges, fixture->home);
  g_list_store_append (fixture->bridges, fixture->annex);
  show (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->sidebar), (gpointer *) &fixture->sidebar);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  latch_test_wait_until (!fixture->sidebar);
  g_string_free (fixture->activated, TRUE);
  latch_test_assert_finalized (fixture->clock);
  latch_test_assert_finalized (fixture->bridges);
  latch_test_assert_finalized (fixture->home);
  if (fixture->annex)
    latch_test_assert_finalized (fixture->annex);
}

static void
collect_rows (GtkWidget *widget, GType type, GPtrArray *rows)
{
  if (!gtk_widget_get_visible (widget))
    return;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (rows, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    collect_rows (child, type, rows);
}

/* The locks as they are listed, the selected one in brackets */
static char *
list_locks (Fixture *fixture)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GString *list = g_string_new (NULL);

  collect_rows (GTK_WIDGET (fixture->sidebar), LATCH_TYPE_LOCK_ROW, rows);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (list, gtk_list_box_row_is_selected (rows->pdata[i]) ? "%s[%s]" : "%s%s", i > 0 ? ", " : "",
                            latch_lock_get_name (latch_lock_row_get_lock (rows->pdata[i])));

  return g_string_free (list, FALSE);
}

/* Counts and filters follow when the main loop has nothing else to do */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
assert_locks (Fixture *fixture, const char *expected)
{
  g_autofree char *list = NULL;

  settle ();
  list = list_locks (fixture);
  g_assert_cmpstr (list, ==, expected);
}

static GtkWidget *
get_row (Fixture *fixture, guint position)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  collect_rows (GTK_WIDGET (fixture->sidebar), LATCH_TYPE_LOCK_ROW, rows);
  g_assert_cmpuint (position, <, rows->len);
  return rows->pdata[position];
}

static void
select_nth (Fixture *fixture, guint n)
{
  latch_sidebar_set_selected (fixture->sidebar, latch_sidebar_get_nth_lock (fixture->sidebar, n));
}

static void
move (Fixture *fixture, int steps)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  GtkWidget *list = gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX);

  g_signal_emit_by_name (list, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, steps, FALSE, FALSE);
}

static void
test_lists_locks_by_bridge (Fixture *fixture, gconstpointer data)
{
  assert_locks (fixture, "[Front Door], Back Door, Studio, Cellar");
  g_assert_true (latch_test_shows (GTK_WIDGET (fixture->sidebar), "Home"));
  g_assert_true (latch_test_shows (GTK_WIDGET (fixture->sidebar), "Locked · 2 min ago"));
  g_assert_true (latch_test_shows (GTK_WIDGET (fixture->sidebar), "Locked · Battery low"));
  g_assert_true (latch_test_shows (GTK_WIDGET (fixture->sidebar), "Offline"));
  g_assert_null (latch_test_find (GTK_WIDGET (fixture->sidebar), GTK_TYPE_SEARCH_ENTRY, NULL));
}

static guint
count_labels (GtkWidget *widget, const char *text)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  guint n = 0;

  collect_rows (widget, GTK_TYPE_LABEL, labels);
  for (guint i = 0; i < labels->len; i++)
    if (g_str_equal (gtk_label_get_label (labels->pdata[i]), text))
      n++;

  return n;
}

static void
test_names_bridges_only_if_there_are_several (Fixture *fixture, gconstpointer data)
{
  /* As a heading, and at the bottom */
  g_assert_cmpuint (count_labels (GTK_WIDGET (fixture->sidebar), "Home"), ==, 2);
  g_assert_cmpstr (latch_lock_row_get_label (LATCH_LOCK_ROW (get_row (fixture, 1))), ==,
                   "Back Door, locked, battery low, on Home");

  g_list_store_remove (fixture->bridges, 1);
  g_assert_cmpuint (count_labels (GTK_WIDGET (fixture->sidebar), "Home"), ==, 1);
  g_assert_cmpstr (latch_lock_row_get_label (LATCH_LOCK_ROW (get_row (fixture, 1))), ==,
                   "Back Door, locked, battery low");
  gtk_test_accessible_assert_property (get_row (fixture, 1), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Back Door, locked, battery low");
}

static void
test_follows_locks (Fixture *fixture, gconstpointer data)
{
  LatchTestLock changed[] = { home_locks[0], { .name = "Garage", .state = LATCH_LOCK_STATE_UNLOCKING } };

  select_nth (fixture, 0);
  latch_test_bridge_say (fixture->home, changed, 2, NOW);
  assert_locks (fixture, "[Front Door], Garage, Studio, Cellar");
  g_assert_true (latch_test_shows (GTK_WIDGET (fixture->sidebar), "Unlocking…"));
  g_assert_cmpstr (latch_lock_row_get_label (LATCH_LOCK_ROW (get_row (fixture, 1))), ==, "Garage, unlocking, on Home");

  latch_test_bridge_say (fixture->home, changed, 1, NOW);
  assert_locks (fixture, "[Front Door], Studio, Cellar");
}

static void
test_has_one_selection (Fixture *fixture, gconstpointer data)
{
  select_nth (fixture, 1);
  assert_locks (fixture, "Front Door, [Back Door], Studio, Cellar");

  /* As by a click */
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (get_row (fixture, 2))),
                           GTK_LIST_BOX_ROW (get_row (fixture, 2)));
  assert_locks (fixture, "Front Door, Back Door, [Studio], Cellar");
  g_assert_true (latch_sidebar_get_selected (fixture->sidebar) == latch_test_bridge_get_lock (fixture->annex, 0));
}

static void
test_arrows_cross_borders (Fixture *fixture, gconstpointer data)
{
  select_nth (fixture, 0);
  g_assert_true (latch_sidebar_focus (fixture->sidebar, NULL));

  move (fixture, 1);
  assert_locks (fixture, "Front Door, [Back Door], Studio, Cellar");
  move (fixture, 1);
  assert_locks (fixture, "Front Door, Back Door, [Studio], Cellar");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == get_row (fixture, 2));
  move (fixture, 1);
  assert_locks (fixture, "Front Door, Back Door, Studio, [Cellar]");
  move (fixture, -1);
  move (fixture, -1);
  assert_locks (fixture, "Front Door, [Back Door], Studio, Cellar");
}

static void
test_tab_stops_once (Fixture *fixture, gconstpointer data)
{
  GtkWidget *focus;

  select_nth (fixture, 1);
  latch_sidebar_focus (fixture->sidebar, NULL);
  gtk_test_widget_wait_for_draw (fixture->window);

  g_signal_emit_by_name (fixture->window, "move-focus", GTK_DIR_TAB_FORWARD);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_nonnull (gtk_widget_get_ancestor (focus, LATCH_TYPE_PINNED_LIST));
  g_assert_cmpint (latch_sidebar_get_place (fixture->sidebar), ==, LATCH_PLACE_LOCK);

  g_signal_emit_by_name (fixture->window, "move-focus", GTK_DIR_TAB_BACKWARD);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == get_row (fixture, 1));
}

static GtkWidget *
get_pinned_row (Fixture *fixture, guint n)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GtkWidget *list = latch_test_find (fixture->window, LATCH_TYPE_PINNED_LIST, NULL);

  collect_rows (list, GTK_TYPE_LIST_BOX_ROW, rows);
  return g_ptr_array_index (rows, n);
}

static gboolean
looks_selected (GtkWidget *row)
{
  return gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED;
}

static void
activate (GtkWidget *row)
{
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
}

static void
test_selects_one_place_over_all_lists (Fixture *fixture, gconstpointer data)
{
  GtkWidget *activity = get_pinned_row (fixture, 0);
  GtkWidget *annex = get_pinned_row (fixture, 2);

  activate (annex);
  g_assert_cmpint (latch_sidebar_get_place (fixture->sidebar), ==, LATCH_PLACE_BRIDGE);
  g_assert_true (latch_sidebar_get_bridge (fixture->sidebar) == fixture->annex);
  g_assert_true (looks_selected (annex));
  assert_locks (fixture, "Front Door, Back Door, Studio, Cellar");

  activate (activity);
  g_assert_cmpint (latch_sidebar_get_place (fixture->sidebar), ==, LATCH_PLACE_ACTIVITY);
  g_assert_true (looks_selected (activity));
  g_assert_false (looks_selected (annex));

  activate (get_row (fixture, 0));
  g_assert_cmpint (latch_sidebar_get_place (fixture->sidebar), ==, LATCH_PLACE_LOCK);
  g_assert_false (looks_selected (activity));
  assert_locks (fixture, "[Front Door], Back Door, Studio, Cellar");
}

/* Whoever only comes by with the Tab key stays where he is */
static void
test_keeps_the_place_while_the_focus_comes_by (Fixture *fixture, gconstpointer data)
{
  latch_sidebar_go (fixture->sidebar, LATCH_PLACE_BRIDGE, fixture->home);
  gtk_widget_grab_focus (get_row (fixture, 1));
  gtk_widget_grab_focus (get_pinned_row (fixture, 0));
  g_assert_cmpint (latch_sidebar_get_place (fixture->sidebar), ==, LATCH_PLACE_BRIDGE);
  assert_locks (fixture, "Front Door, Back Door, Studio, Cellar");
}

static void
test_leaves_the_place_of_a_bridge_that_is_no_more (Fixture *fixture, gconstpointer data)
{
  latch_sidebar_go (fixture->sidebar, LATCH_PLACE_BRIDGE, fixture->annex);
  g_list_store_remove (fixture->bridges, 1);
  g_assert_cmpint (latch_sidebar_get_place (fixture->sidebar), ==, LATCH_PLACE_LOCK);
}

static void
test_tells_keys_from_the_pointer (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = gtk_widget_get_parent (get_row (fixture, 1));

  g_signal_emit_by_name (list, "row-activated", get_row (fixture, 1));
  g_assert_cmpstr (fixture->activated->str, ==, "Back Door by pointer;");
  assert_locks (fixture, "Front Door, [Back Door], Studio, Cellar");

  g_string_truncate (fixture->activated, 0);
  latch_sidebar_focus (fixture->sidebar, NULL);
  gtk_widget_activate (gtk_widget_get_focus_child (list));
  g_assert_true (g_str_has_suffix (fixture->activated->str, "Back Door by key;"));
}

static void
test_selects_nothing_when_collapsed (Fixture *fixture, gconstpointer data)
{
  select_nth (fixture, 2);
  latch_sidebar_set_collapsed (fixture->sidebar, TRUE);
  assert_locks (fixture, "Front Door, Back Door, Studio, Cellar");
  g_assert_true (latch_sidebar_focus (fixture->sidebar, NULL));

  latch_sidebar_set_collapsed (fixture->sidebar, FALSE);
  assert_locks (fixture, "Front Door, Back Door, [Studio], Cellar");
}

static void
test_pins_bridges (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GtkWidget *warning = NULL;

  collect_rows (GTK_WIDGET (fixture->sidebar), LATCH_TYPE_BRIDGE_ROW, rows);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_true (latch_test_shows (rows->pdata[0], "Bridge · Connected"));
  gtk_test_accessible_assert_property (rows->pdata[0], GTK_ACCESSIBLE_PROPERTY_LABEL, "Bridge Home, Connected");
  warning = gtk_widget_get_last_child (gtk_widget_get_first_child (rows->pdata[0]));
  g_assert_false (gtk_widget_get_visible (warning));

  latch_test_bridge_fail (fixture->home, LATCH_ERROR_UNREACHABLE);
  g_assert_true (latch_test_shows (rows->pdata[0], "Bridge · Cannot be reached"));
  gtk_test_accessible_assert_property (rows->pdata[0], GTK_ACCESSIBLE_PROPERTY_LABEL, "Bridge Home, Cannot be reached");
  g_assert_true (gtk_widget_get_visible (warning));

  latch_bridge_set_name (fixture->home, "Cottage");
  g_assert_true (latch_test_shows (rows->pdata[0], "Cottage"));
}

static void
test_says_that_there_are_no_locks (Fixture *fixture, gconstpointer data)
{
  /* A window that is destroyed before it has moved the focus out of what vanished lets that leak */
  gtk_root_set_focus (GTK_ROOT (fixture->window), NULL);
  latch_test_bridge_say (fixture->home, home_locks, 0, NOW);
  latch_test_bridge_say (fixture->annex, annex_locks, 0, NOW);

  latch_test_wait_until (latch_test_find (GTK_WIDGET (fixture->sidebar), ADW_TYPE_STATUS_PAGE, "No Locks Yet"));
}

static void
test_offers_search_for_many (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry = latch_test_find (GTK_WIDGET (fixture->sidebar), GTK_TYPE_SEARCH_ENTRY, NULL);

  g_assert_nonnull (entry);
  g_assert_cmpstr (gtk_search_entry_get_placeholder_text (GTK_SEARCH_ENTRY (entry)), ==, "Search 12 locks");
  g_assert_true (latch_test_shows (GTK_WIDGET (fixture->sidebar), "2 unlocked · 2 issues"));

  latch_test_bridge_say (fixture->home, many_locks, 9, NOW);
  settle ();
  g_assert_true (gtk_widget_get_mapped (entry));
  latch_test_bridge_say (fixture->home, many_locks, 8, NOW);
  settle ();
  g_assert_false (gtk_widget_get_mapped (entry));
  g_assert_false (latch_test_shows (GTK_WIDGET (fixture->sidebar), "2 unlocked · 2 issues"));
}

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  AdwToggleGroup *kinds = ADW_TOGGLE_GROUP (latch_test_find (GTK_WIDGET (fixture->sidebar), ADW_TYPE_TOGGLE_GROUP, NULL));

  select_nth (fixture, 0);
  gtk_widget_grab_focus (GTK_WIDGET (kinds));
  adw_toggle_group_set_active_name (kinds, "unlocked");
  assert_locks (fixture, "Apartment 2, Apartment 3");
  g_assert_true (latch_sidebar_get_selected (fixture->sidebar) == latch_test_bridge_get_lock (fixture->home, 0));

  adw_toggle_group_set_active_name (kinds, "issues");
  assert_locks (fixture, "Apartment 3, Apartment 4");

  many_locks[0].battery_critical = TRUE;
  latch_test_bridge_say (fixture->home, many_locks, G_N_ELEMENTS (many_locks), NOW);
  many_locks[0].battery_critical = FALSE;
  assert_locks (fixture, "[Apartment 1], Apartment 3, Apartment 4");
}

static void
test_keeps_the_selected_lock (Fixture *fixture, gconstpointer data)
{
  AdwToggleGroup *kinds = ADW_TOGGLE_GROUP (latch_test_find (GTK_WIDGET (fixture->sidebar), ADW_TYPE_TOGGLE_GROUP, NULL));

  select_nth (fixture, 1);
  latch_sidebar_focus (fixture->sidebar, NULL);
  adw_toggle_group_set_active_name (kinds, "unlocked");

  many_locks[1].state = LATCH_LOCK_STATE_LOCKED;
  latch_test_bridge_say (fixture->home, many_locks, G_N_ELEMENTS (many_locks), NOW);
  many_locks[1].state = LATCH_LOCK_STATE_UNLOCKED;
  assert_locks (fixture, "[Apartment 2], Apartment 3");

  move (fixture, 1);
  assert_locks (fixture, "[Apartment 3]");
}

static void
test_shows_all_when_search_goes (Fixture *fixture, gconstpointer data)
{
  AdwToggleGroup *kinds = ADW_TOGGLE_GROUP (latch_test_find (GTK_WIDGET (fixture->sidebar), ADW_TYPE_TOGGLE_GROUP, NULL));

  gtk_widget_grab_focus (GTK_WIDGET (kinds));
  adw_toggle_group_set_active_name (kinds, "issues");
  settle ();
  latch_test_bridge_say (fixture->home, many_locks, 5, NOW);

  assert_locks (fixture, "[Apartment 1], Apartment 2, Apartment 3, Apartment 4, Basement");
}

static void
test_searches (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry = latch_test_find (GTK_WIDGET (fixture->sidebar), GTK_TYPE_SEARCH_ENTRY, NULL);

  g_assert_true (latch_sidebar_start_search (fixture->sidebar));
  gtk_editable_set_text (GTK_EDITABLE (entry), "apartment 3");
  latch_test_wait_until (latch_sidebar_get_nth_lock (fixture->sidebar, 0) == latch_test_bridge_get_lock (fixture->home, 2));
  assert_locks (fixture, "Apartment 3");

  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (fixture->activated->str, ==, "Apartment 3 by key;");
  assert_locks (fixture, "[Apartment 3]");

  gtk_editable_set_text (GTK_EDITABLE (entry), "castle");
  latch_test_wait_until (latch_test_find (GTK_WIDGET (fixture->sidebar), ADW_TYPE_STATUS_PAGE, "No Locks Found"));
  g_assert_true (latch_sidebar_get_selected (fixture->sidebar) == latch_test_bridge_get_lock (fixture->home, 2));

  g_signal_emit_by_name (entry, "stop-search");
  latch_test_wait_until (latch_sidebar_get_nth_lock (fixture->sidebar, 11));
  g_assert_true (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (get_row (fixture, 2))));
}

static guint
count_rows (Fixture *fixture)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  collect_rows (GTK_WIDGET (fixture->sidebar), LATCH_TYPE_LOCK_ROW, rows);
  return rows->len;
}

static void
assert_few_rows (Fixture *fixture)
{
  gtk_test_widget_wait_for_draw (fixture->window);
  settle ();
  g_assert_cmpuint (count_rows (fixture), >=, 12);
  g_assert_cmpuint (count_rows (fixture), <, 150);
}

/* Or else hundreds are made for each letter that somebody types */
static void
test_makes_rows_for_what_is_in_sight (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry = latch_test_find (GTK_WIDGET (fixture->sidebar), GTK_TYPE_SEARCH_ENTRY, NULL);

  assert_few_rows (fixture);
  for (guint i = 1; i <= strlen ("cellar"); i++)
    {
      g_autofree char *text = g_strndup ("cellar", i);

      gtk_editable_set_text (GTK_EDITABLE (entry), text);
      latch_test_wait_until (latch_sidebar_get_nth_lock (fixture->sidebar, 0) == latch_test_bridge_get_lock (fixture->home, 1));
      assert_few_rows (fixture);
    }
}

static void
test_makes_rows_for_whoever_comes_nearer (Fixture *fixture, gconstpointer data)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (get_row (fixture, 0), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  guint n_rows;

  assert_few_rows (fixture);
  n_rows = count_rows (fixture);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  latch_test_wait_until (count_rows (fixture) > n_rows);

  /* By keyboard, to the end of what there is, and over it */
  n_rows = count_rows (fixture);
  gtk_widget_grab_focus (get_row (fixture, n_rows - 1));
  move (fixture, 1);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == get_row (fixture, n_rows));

  /* At once, if need be */
  select_nth (fixture, 399);
  g_assert_true (latch_sidebar_focus (fixture->sidebar, NULL));
  g_assert_cmpuint (count_rows (fixture), ==, 400);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == get_row (fixture, 399));
}

int
main (int argc, char *argv[])
{
  latch_test_ui_init (&argc, &argv);

#define ADD(name, set_up, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/sidebar/lists-locks-by-bridge", set_up_two_bridges, test_lists_locks_by_bridge);
  ADD ("/sidebar/names-bridges-only-if-there-are-several", set_up_two_bridges, test_names_bridges_only_if_there_are_several);
  ADD ("/sidebar/follows-locks", set_up_two_bridges, test_follows_locks);
  ADD ("/sidebar/has-one-selection", set_up_two_bridges, test_has_one_selection);
  ADD ("/sidebar/arrows-cross-borders", set_up_two_bridges, test_arrows_cross_borders);
  ADD ("/sidebar/tab-stops-once", set_up_two_bridges, test_tab_stops_once);
  ADD ("/sidebar/tells-keys-from-the-pointer", set_up_two_bridges, test_tells_keys_from_the_pointer);
  ADD ("/sidebar/selects-one-place-over-all-lists", set_up_two_bridges, test_selects_one_place_over_all_lists);
  ADD ("/sidebar/keeps-the-place-while-the-focus-comes-by", set_up_two_bridges,
       test_keeps_the_place_while_the_focus_comes_by);
  ADD ("/sidebar/leaves-the-place-of-a-bridge-that-is-no-more", set_up_two_bridges,
       test_leaves_the_place_of_a_bridge_that_is_no_more);
  ADD ("/sidebar/selects-nothing-when-collapsed", set_up_two_bridges, test_selects_nothing_when_collapsed);
  ADD ("/sidebar/pins-bridges", set_up_two_bridges, test_pins_bridges);
  ADD ("/sidebar/says-that-there-are-no-locks", set_up_two_bridges, test_says_that_there_are_no_locks);
  ADD ("/sidebar/offers-search-for-many", set_up_many_locks, test_offers_search_for_many);
  ADD ("/sidebar/filters", set_up_many_locks, test_filters);
  ADD ("/sidebar/keeps-the-selected-lock", set_up_many_locks, test_keeps_the_selected_lock);
  ADD ("/sidebar/shows-all-when-search-goes", set_up_many_locks, test_shows_all_when_search_goes);
  ADD ("/sidebar/searches", set_up_many_locks, test_searches);
  ADD ("/sidebar/makes-rows-for-what-is-in-sight", set_up_hundreds_of_locks, test_makes_rows_for_what_is_in_sight);
  ADD ("/sidebar/makes-rows-for-whoever-comes-nearer", set_up_hundreds_of_locks,
       test_makes_rows_for_whoever_comes_nearer);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-badge.h"
#include "latch-test-ui.h"

static void
test_shows_an_icon_in_its_colour (void)
{
  GtkWidget *badge = latch_badge_new ();
  GtkWidget *window = latch_test_present (badge);
  GtkWidget *image;

  latch_badge_set_look (LATCH_BADGE (badge), LATCH_LOCK_LOOK_LOCKED);
  image = latch_test_find (badge, GTK_TYPE_IMAGE, NULL);
  g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (image)), ==, "latch-locked-symbolic");
  g_assert_true (gtk_widget_has_css_class (badge, "latch-locked"));

  latch_badge_set_opener (LATCH_BADGE (badge), TRUE);
  g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (image)), ==, "latch-door-closed-symbolic");

  latch_badge_set_look (LATCH_BADGE (badge), LATCH_LOCK_LOOK_UNLATCHED);
  g_assert_true (gtk_widget_has_css_class (badge, "latch-open"));
  g_assert_false (gtk_widget_has_css_class (badge, "latch-locked"));

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_spins_while_moving (void)
{
  GtkWidget *badge = latch_badge_new ();
  GtkWidget *window = latch_test_present (badge);

  latch_badge_set_look (LATCH_BADGE (badge), LATCH_LOCK_LOOK_MOVING);
  g_assert_nonnull (latch_test_find (badge, ADW_TYPE_SPINNER, NULL));
  g_assert_null (latch_test_find (badge, GTK_TYPE_IMAGE, NULL));

  latch_badge_set_look (LATCH_BADGE (badge), LATCH_LOCK_LOOK_UNLOCKED);
  g_assert_null (latch_test_find (badge, ADW_TYPE_SPINNER, NULL));

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_every_icon_exists (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  for (int look = LATCH_LOCK_LOOK_UNKNOWN; look <= LATCH_LOCK_LOOK_BLOCKED; look++)
    for (int opener = 0; opener <= 1; opener++)
      {
        const char *icon_name = latch_lock_look_get_icon_name (look, opener);

        if (icon_name)
          g_assert_true (gtk_icon_theme_has_icon (theme, icon_name));
        else
          g_assert_cmpint (look, ==, LATCH_LOCK_LOOK_MOVING);
      }

  for (int action = LATCH_LOCK_ACTION_UNLOCK; action <= LATCH_LOCK_ACTION_DEACTIVATE_CM; action++)
    g_assert_true (gtk_icon_theme_has_icon (theme, latch_lock_action_get_icon_name (action)));
}

static int
get_width (GtkWidget *widget)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

static void
test_sizes (void)
{
  GtkWidget *badge = latch_badge_new ();
  GtkWidget *window = latch_test_present (badge);

  g_assert_cmpint (get_width (badge), ==, 34);
  gtk_widget_add_css_class (badge, "small");
  latch_test_wait_until (get_width (badge) == 28);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_is_not_read_aloud (void)
{
  g_autoptr (GtkWidget) badge = g_object_ref_sink (latch_badge_new ());

  gtk_test_accessible_assert_role (badge, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_test_accessible_assert_role (latch_test_find (badge, GTK_TYPE_IMAGE, NULL), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
test_notifies_of_changes_only (void)
{
  g_autoptr (GtkWidget) badge = g_object_ref_sink (latch_badge_new ());
  guint count = 0;

  g_signal_connect_swapped (badge, "notify::look", G_CALLBACK (count_cb), &count);
  g_object_set (badge, "look", LATCH_LOCK_LOOK_LOCKED, NULL);
  g_object_set (badge, "look", LATCH_LOCK_LOOK_LOCKED, NULL);
  g_assert_cmpuint (count, ==, 1);
}

static void
test_leaves_nothing_behind (void)
{
  GtkWidget *badge = g_object_ref_sink (latch_badge_new ());

  latch_test_assert_finalized (badge);
}

int
main (int argc, char *argv[])
{
  latch_test_ui_init (&argc, &argv);

  g_test_add_func ("/badge/shows-an-icon-in-its-colour", test_shows_an_icon_in_its_colour);
  g_test_add_func ("/badge/spins-while-moving", test_spins_while_moving);
  g_test_add_func ("/badge/every-icon-exists", test_every_icon_exists);
  g_test_add_func ("/badge/has-two-sizes", test_sizes);
  g_test_add_func ("/badge/is-not-read-aloud", test_is_not_read_aloud);
  g_test_add_func ("/badge/notifies-of-changes-only", test_notifies_of_changes_only);
  g_test_add_func ("/badge/leaves-nothing-behind", test_leaves_nothing_behind);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-picture.h"
#include "latch-test-ui.h"

static void
test_is_a_picture_only (void)
{
  g_autoptr (GtkWidget) picture = g_object_ref_sink (latch_bridge_picture_new ());

  gtk_test_accessible_assert_role (picture, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  g_assert_cmpint (latch_bridge_picture_get_seconds_left (LATCH_BRIDGE_PICTURE (picture)), ==, -1);
  g_assert_null (latch_bridge_picture_dup_countdown_text (LATCH_BRIDGE_PICTURE (picture)));
}

static void
test_countdown_says_how_much_is_left (void)
{
  LatchBridgePicture *picture = LATCH_BRIDGE_PICTURE (g_object_ref_sink (latch_bridge_picture_new ()));
  g_autofree char *text = NULL;

  latch_bridge_picture_start_countdown (picture, 30);
  g_assert_cmpint (latch_bridge_picture_get_seconds_left (picture), ==, 30);
  text = latch_bridge_picture_dup_countdown_text (picture);
  g_assert_cmpstr (text, ==, "30 seconds left");
  gtk_test_accessible_assert_property (picture, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 30.0);
  gtk_test_accessible_assert_property (picture, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 30.0);
  gtk_test_accessible_assert_property (picture, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "30 seconds left");

  latch_bridge_picture_stop_countdown (picture);
  g_assert_cmpint (latch_bridge_picture_get_seconds_left (picture), ==, -1);

  g_object_unref (picture);
}

static void
note_cb (LatchBridgePicture *picture, GParamSpec *pspec, GString *notes)
{
  g_string_append_printf (notes, "%d ", latch_bridge_picture_get_seconds_left (picture));
}

static void
test_countdown_ends_at_nothing (void)
{
  LatchBridgePicture *picture = LATCH_BRIDGE_PICTURE (latch_bridge_picture_new ());
  GtkWidget *window = latch_test_present (GTK_WIDGET (picture));
  g_autoptr (GString) notes = g_string_new (NULL);

  g_signal_connect (picture, "notify::seconds-left", G_CALLBACK (note_cb), notes);
  latch_bridge_picture_start_countdown (picture, 2);
  latch_test_wait_until (latch_bridge_picture_get_seconds_left (picture) == 0);
  /* A second may pass unseen */
  g_assert_true (g_str_equal (notes->str, "2 1 0 ") || g_str_equal (notes->str, "2 0 "));

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_leaves_nothing_behind (void)
{
  GtkWidget *picture = latch_bridge_picture_new ();
  GtkWidget *window = latch_test_present (picture);
  gpointer address = picture;

  g_object_ref (picture);
  latch_bridge_picture_start_countdown (LATCH_BRIDGE_PICTURE (picture), 30);
  gtk_window_destroy (GTK_WINDOW (window));
  latch_test_assert_finalized (picture);
  g_assert_null (g_main_context_find_source_by_user_data (NULL, address));
}

int
main (int argc, char *argv[])
{
  latch_test_ui_init (&argc, &argv);

  g_test_add_func ("/bridge-picture/is-only-a-picture", test_is_a_picture_only);
  g_test_add_func ("/bridge-picture/countdown/says-how-much-is-left", test_countdown_says_how_much_is_left);
  g_test_add_func ("/bridge-picture/countdown/goes-by-the-second-to-nothing", test_countdown_ends_at_nothing);
  g_test_add_func ("/bridge-picture/leaves-nothing-behind", test_leaves_nothing_behind);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-lock-dial.h"
#include "latch-lock-drawing.h"
#include "latch-test-ui.h"

#define SIZE 208

static void
test_is_an_image_with_a_label (void)
{
  g_autoptr (GtkWidget) dial = g_object_ref_sink (latch_lock_dial_new ());

  latch_lock_dial_set_label (LATCH_LOCK_DIAL (dial), "Front Door: locked");

  gtk_test_accessible_assert_role (dial, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (dial, GTK_ACCESSIBLE_PROPERTY_LABEL, "Front Door: locked");
}

static void
test_colour_follows_look (void)
{
  g_autoptr (GtkWidget) dial = g_object_ref_sink (latch_lock_dial_new ());

  for (int look = LATCH_LOCK_LOOK_UNKNOWN; look <= LATCH_LOCK_LOOK_BLOCKED; look++)
    {
      g_auto (GStrv) classes = NULL;

      latch_lock_dial_show (LATCH_LOCK_DIAL (dial), look, 0, FALSE);
      classes = gtk_widget_get_css_classes (dial);
      g_assert_cmpuint (g_strv_length (classes), ==, 1);
      g_assert_cmpstr (classes[0], ==, latch_lock_look_get_css_class (look));
    }
}

static void
test_bolt_springs_to_its_place (void)
{
  LatchLockDial *dial = LATCH_LOCK_DIAL (latch_lock_dial_new ());
  GtkWidget *window;

  latch_lock_dial_show (dial, LATCH_LOCK_LOOK_UNLOCKED, 0, TRUE);
  window = latch_test_present (GTK_WIDGET (dial));
  g_assert_cmpfloat (latch_lock_dial_get_bolt (dial), ==, 0);

  latch_lock_dial_show (dial, LATCH_LOCK_LOOK_LOCKED, 1, FALSE);
  g_assert_cmpfloat (latch_lock_dial_get_bolt (dial), <, 1);
  latch_test_wait_until (latch_lock_dial_get_bolt (dial) > .5);
  latch_test_wait_until (latch_lock_dial_get_bolt (dial) == 1);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_bolt_waits_half_way (void)
{
  LatchLockDial *dial = LATCH_LOCK_DIAL (latch_lock_dial_new ());
  GtkWidget *window;

  latch_lock_dial_show (dial, LATCH_LOCK_LOOK_LOCKED, 1, TRUE);
  window = latch_test_present (GTK_WIDGET (dial));

  latch_lock_dial_show (dial, LATCH_LOCK_LOOK_MOVING, 0, FALSE);
  latch_test_wait_until (latch_lock_dial_get_bolt (dial) == .5);

  /* Refused: back to where it was */
  latch_lock_dial_show (dial, LATCH_LOCK_LOOK_LOCKED, 1, FALSE);
  latch_test_wait_until (latch_lock_dial_get_bolt (dial) == 1);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_bolt_that_is_in_does_not_come_out_to_wait (void)
{
  LatchLockDial *dial = LATCH_LOCK_DIAL (g_object_ref_sink (latch_lock_dial_new ()));

  latch_lock_dial_show (dial, LATCH_LOCK_LOOK_UNLOCKED, 0, TRUE);
  latch_lock_dial_show (dial, LATCH_LOCK_LOOK_MOVING, 0, TRUE);
  g_assert_cmpfloat (latch_lock_dial_get_bolt (dial), ==, 0);

  g_object_unref (dial);
}

static void
test_unknown_leaves_the_bolt (void)
{
  LatchLockDial *dial = LATCH_LOCK_DIAL (g_object_ref_sink (latch_lock_dial_new ()));

  latch_lock_dial_show (dial, LATCH_LOCK_LOOK_LOCKED, 1, TRUE);
  latch_lock_dial_show (dial, LATCH_LOCK_LOOK_UNKNOWN, -1, TRUE);
  g_assert_cmpfloat (latch_lock_dial_get_bolt (dial), ==, 1);

  g_object_unref (dial);
}

static void
test_jumps_without_animations (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  LatchLockDial *dial = LATCH_LOCK_DIAL (latch_lock_dial_new ());
  GtkWidget *window;

  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  window = latch_test_present (GTK_WIDGET (dial));
  latch_lock_dial_show (dial, LATCH_LOCK_LOOK_LOCKED, 1, FALSE);
  g_assert_cmpfloat (latch_lock_dial_get_bolt (dial), ==, 1);

  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
count_cb (GdkFrameClock *frame_clock, guint *n_frames)
{
  (*n_frames)++;
}

/* How many frames @widget draws within a third of a second: about twenty while it moves, if the machine is not busy */
static guint
count_frames (GtkWidget *widget)
{
  GdkFrameClock *frame_clock = gtk_widget_get_frame_clock (widget);
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 3;
  guint n_frames = 0;
  gulong handler = g_signal_connect (frame_clock, "update", G_CALLBACK (count_cb), &n_frames);

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_signal_handler_disconnect (frame_clock, handler);

  return n_frames;
}

static void
test_keeps_still_without_animations (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  LatchLockDial *dial = LATCH_LOCK_DIAL (latch_lock_dial_new ());
  GtkWidget *window = latch_test_present (GTK_WIDGET (dial));

  latch_lock_dial_show (dial, LATCH_LOCK_LOOK_MOVING, 1, FALSE);
  while (count_frames (GTK_WIDGET (dial)) <= 3)
    g_test_message ("This machine is busy");

  /* What had begun comes to its end, and nothing begins anew */
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  for (guint i = 0, n_still = 0; i < 40 && n_still < 3; i++)
    n_still = count_frames (GTK_WIDGET (dial)) == 0 ? n_still + 1 : 0;
  g_assert_cmpuint (count_frames (GTK_WIDGET (dial)), ==, 0);
  latch_lock_dial_show (dial, LATCH_LOCK_LOOK_LOCKED, 1, FALSE);
  latch_lock_dial_show (dial, LATCH_LOCK_LOOK_MOVING, 0, FALSE);
  latch_lock_dial_shake (dial);
  g_assert_cmpuint (count_frames (GTK_WIDGET (dial)), <=, 3);

  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_measures_its_pixel_size (void)
{
  g_autoptr (GtkWidget) dial = g_object_ref_sink (latch_lock_dial_new ());
  int minimum, natural;

  latch_lock_dial_set_pixel_size (LATCH_LOCK_DIAL (dial), 176);
  gtk_widget_measure (dial, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 176);
  g_assert_cmpint (natural, ==, 176);
}

static void
test_leaves_nothing_behind (void)
{
  GtkWidget *dial = latch_lock_dial_new ();
  GtkWidget *window = latch_test_present (dial);

  g_object_ref (dial);
  latch_lock_dial_show (LATCH_LOCK_DIAL (dial), LATCH_LOCK_LOOK_MOVING, 1, FALSE);
  latch_lock_dial_shake (LATCH_LOCK_DIAL (dial));
  gtk_window_destroy (GTK_WINDOW (window));
  latch_test_assert_finalized (dial);
}

/* How opaque a red drawing is at x, y: 0 to 255 */
static guint
get_ink (const LatchLockDrawing *drawing, int x, int y)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autofree guchar *pixels = g_malloc0 (4 * SIZE * SIZE);
  cairo_surface_t *surface =
      cairo_image_surface_create_for_data (pixels, CAIRO_FORMAT_ARGB32, SIZE, SIZE, 4 * SIZE);
  cairo_t *cr = cairo_create (surface);
  guint32 pixel;

  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (SIZE / 2, SIZE / 2));
  latch_lock_drawing_snapshot (drawing, snapshot, &(GdkRGBA) { 1, 0, 0, 1 });
  node = gtk_snapshot_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  memcpy (&pixel, pixels + 4 * ((y + SIZE / 2) * SIZE + x + SIZE / 2), sizeof pixel);
  cairo_surface_destroy (surface);

  return pixel >> 24;
}

static void
test_draws_the_bolt (void)
{
  LatchLockDrawing drawing = { .look = LATCH_LOCK_LOOK_LOCKED, .bolt = 1, .size = SIZE };

  /* Inside the strike's notch, where nothing but a bolt can be */
  g_assert_cmpuint (get_ink (&drawing, 30, 0), ==, 255);
  drawing.bolt = 0;
  g_assert_cmpuint (get_ink (&drawing, 30, 0), <, 40);
}

static void
test_draws_a_hole_for_the_key (void)
{
  LatchLockDrawing drawing = { .look = LATCH_LOCK_LOOK_LOCKED, .bolt = 1, .size = SIZE };

  g_assert_cmpuint (get_ink (&drawing, -50, 0), ==, 255);
  g_assert_cmpuint (get_ink (&drawing, -29, -9), <, 40);
  g_assert_cmpuint (get_ink (&drawing, -29, 15), <, 40);
}

static guint
count_gaps (const LatchLockDrawing *drawing)
{
  guint gaps = 0;

  for (int degree = 0; degree < 360; degree++)
    {
      double angle = degree * G_PI / 180;

      if (get_ink (drawing, round (100 * cos (angle)), round (100 * sin (angle))) < 128)
        gaps++;
    }

  return gaps;
}

static void
test_draws_a_ring_that_tells_what_is_known (void)
{
  LatchLockDrawing locked = { .look = LATCH_LOCK_LOOK_LOCKED, .bolt = 1, .size = SIZE };
  LatchLockDrawing unknown = { .look = LATCH_LOCK_LOOK_UNKNOWN, .bolt = 1, .size = SIZE };
  LatchLockDrawing moving = { .look = LATCH_LOCK_LOOK_MOVING, .bolt = 1, .size = SIZE, .arc = .25 };

  g_assert_cmpuint (count_gaps (&locked), ==, 0);
  g_assert_cmpuint (count_gaps (&unknown), >, 60);
  g_assert_cmpuint (count_gaps (&moving), >, 250);
  /* It begins at the top */
  g_assert_cmpuint (get_ink (&moving, 0, -100), ==, 255);
  g_assert_cmpuint (get_ink (&moving, 0, 100), <, 128);
}

int
main (int argc, char *argv[])
{
  latch_test_ui_init (&argc, &argv);

  g_test_add_func ("/lock-dial/is-an-image-with-a-label", test_is_an_image_with_a_label);
  g_test_add_func ("/lock-dial/colour-follows-the-look", test_colour_follows_look);
  g_test_add_func ("/lock-dial/bolt/springs-to-its-place", test_bolt_springs_to_its_place);
  g_test_add_func ("/lock-dial/bolt/waits-half-way-for-the-lock", test_bolt_waits_half_way);
  g_test_add_func ("/lock-dial/bolt/that-is-in-does-not-come-out-to-wait",
                   test_bolt_that_is_in_does_not_come_out_to_wait);
  g_test_add_func ("/lock-dial/bolt/stays-where-it-was-last-seen", test_unknown_leaves_the_bolt);
  g_test_add_func ("/lock-dial/bolt/jumps-without-animations", test_jumps_without_animations);
  g_test_add_func ("/lock-dial/keeps-still-without-animations", test_keeps_still_without_animations);
  g_test_add_func ("/lock-dial/is-as-large-as-it-is-told", test_measures_its_pixel_size);
  g_test_add_func ("/lock-dial/leaves-nothing-behind", test_leaves_nothing_behind);
  g_test_add_func ("/lock-drawing/bolt-is-drawn-where-it-is", test_draws_the_bolt);
  g_test_add_func ("/lock-drawing/keyhole-is-a-hole", test_draws_a_hole_for_the_key);
  g_test_add_func ("/lock-drawing/ring-tells-what-is-known", test_draws_a_ring_that_tells_what_is_known);

  return g_test_run ();
}

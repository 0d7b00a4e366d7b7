/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-button.h"

struct _LatchSimButton
{
  GObject parent_instance;

  double window;
  double press_after;

  guint window_source;
  guint press_source;
};

G_DEFINE_FINAL_TYPE (LatchSimButton, latch_sim_button, G_TYPE_OBJECT)

enum
{
  SIGNAL_LIT,
  SIGNAL_DECIDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
decide (LatchSimButton *self,
        gboolean        pressed)
{
  latch_sim_button_disarm (self);
  g_signal_emit (self, signals[SIGNAL_DECIDED], 0, pressed);
}

static void
window_over_cb (gpointer user_data)
{
  LatchSimButton *self = user_data;

  self->window_source = 0;
  decide (self, FALSE);
}

static void
press_cb (gpointer user_data)
{
  LatchSimButton *self = user_data;

  self->press_source = 0;
  latch_sim_button_press (self);
}

static void
latch_sim_button_finalize (GObject *object)
{
  latch_sim_button_disarm (LATCH_SIM_BUTTON (object));

  G_OBJECT_CLASS (latch_sim_button_parent_class)->finalize (object);
}

static void
latch_sim_button_class_init (LatchSimButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_sim_button_finalize;

  /**
   * LatchSimButton::lit:
   *
   * The LED went on: somebody wants the button to be pressed.
   */
  signals[SIGNAL_LIT] = g_signal_new ("lit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 0);

  /**
   * LatchSimButton::decided:
   * @pressed: whether the button was pressed in time
   *
   * The LED went off.
   */
  signals[SIGNAL_DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
latch_sim_button_init (LatchSimButton *self)
{
}

/**
 * latch_sim_button_new:
 * @window: for how many seconds /auth waits
 * @press_after: after how many of them the button presses itself; negative for never
 *
 * Returns: (transfer full): the bridge's button and the LED around it
 */
LatchSimButton *
latch_sim_button_new (double window,
                      double press_after)
{
  LatchSimButton *self = g_object_new (LATCH_SIM_TYPE_BUTTON, NULL);

  self->window = window;
  self->press_after = press_after;

  return self;
}

gboolean
latch_sim_button_is_lit (LatchSimButton *self)
{
  return self->window_source != 0;
}

/**
 * latch_sim_button_arm:
 *
 * Turns the LED on and waits for a press (spec: /auth).
 */
void
latch_sim_button_arm (LatchSimButton *self)
{
  latch_sim_button_disarm (self);

  self->window_source = g_timeout_add_once ((guint) (self->window * 1000), window_over_cb, self);
  if (self->press_after >= 0)
    self->press_source = g_timeout_add_once ((guint) (self->press_after * 1000), press_cb, self);

  g_signal_emit (self, signals[SIGNAL_LIT], 0);
}

/**
 * latch_sim_button_disarm:
 *
 * Turns the LED off without a decision: nobody waits for it any more.
 */
void
latch_sim_button_disarm (LatchSimButton *self)
{
  g_clear_handle_id (&self->window_source, g_source_remove);
  g_clear_handle_id (&self->press_source, g_source_remove);
}

/**
 * latch_sim_button_press:
 *
 * Returns: whether it made a difference
 */
gboolean
latch_sim_button_press (LatchSimButton *self)
{
  if (!latch_sim_button_is_lit (self))
    return FALSE;

  decide (self, TRUE);

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-late-application.h"

/**
 * LatchLateApplication:
 *
 * An application whose GTK starts with its first window, and not before: whoever only waits in the background for bridges to
 * call needs neither display nor style nor what draws them, which is most of the memory.
 *
 * Until then it is a bare #GApplication. GtkApplication and AdwApplication get what they have missed afterwards.
 */
typedef struct
{
  gboolean has_gtk;
  GVariant *platform_data; /* of whoever wants something now, such as the token that lets a window come to the front */
} LatchLateApplicationPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LatchLateApplication, latch_late_application, ADW_TYPE_APPLICATION)

static LatchLateApplicationPrivate *
get_private (gpointer self)
{
  return latch_late_application_get_instance_private (LATCH_LATE_APPLICATION (self));
}

/* Whose turn it is to do what has to be done */
static GApplicationClass *
get_class (gpointer self)
{
  return G_APPLICATION_CLASS (get_private (self)->has_gtk ? latch_late_application_parent_class
                                                          : g_type_class_peek (G_TYPE_APPLICATION));
}

static void
latch_late_application_startup (GApplication *application)
{
  get_class (application)->startup (application);
}

static void
latch_late_application_shutdown (GApplication *application)
{
  get_class (application)->shutdown (application);
}

static void
latch_late_application_before_emit (GApplication *application, GVariant *platform_data)
{
  LatchLateApplicationPrivate *private = get_private (application);

  get_class (application)->before_emit (application, platform_data);
  g_clear_pointer (&private->platform_data, g_variant_unref);
  private->platform_data = g_variant_ref (platform_data);
}

static void
latch_late_application_after_emit (GApplication *application, GVariant *platform_data)
{
  get_class (application)->after_emit (application, platform_data);
  g_clear_pointer (&get_private (application)->platform_data, g_variant_unref);
}

static void
latch_late_application_finalize (GObject *object)
{
  g_clear_pointer (&get_private (object)->platform_data, g_variant_unref);

  G_OBJECT_CLASS (latch_late_application_parent_class)->finalize (object);
}

static void
latch_late_application_class_init (LatchLateApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = latch_late_application_finalize;
  application_class->startup = latch_late_application_startup;
  application_class->shutdown = latch_late_application_shutdown;
  application_class->before_emit = latch_late_application_before_emit;
  application_class->after_emit = latch_late_application_after_emit;
}

static void
latch_late_application_init (LatchLateApplication *self)
{
}

/**
 * latch_late_application_start_gtk:
 *
 * To be called before a window is made.
 *
 * Returns: whether it had not been started yet
 */
gboolean
latch_late_application_start_gtk (LatchLateApplication *self)
{
  LatchLateApplicationPrivate *private = get_private (self);

  g_return_val_if_fail (g_application_get_is_registered (G_APPLICATION (self)), FALSE);

  if (private->has_gtk)
    return FALSE;

  private->has_gtk = TRUE;
  get_class (self)->startup (G_APPLICATION (self));
  if (private->platform_data)
    get_class (self)->before_emit (G_APPLICATION (self), private->platform_data);

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-window.h"

#include "latch-main-menu.h"
#include "latch-welcome-page.h"

struct _LatchWindow
{
  AdwApplicationWindow parent_instance;

  GSettings *settings;

  AdwToastOverlay *toast_overlay;
  GtkStack *stack;
  LatchWelcomePage *welcome_page;
  AdwNavigationSplitView *split_view;
  AdwNavigationView *navigation_view;
};

G_DEFINE_FINAL_TYPE (LatchWindow, latch_window, ADW_TYPE_APPLICATION_WINDOW)

typedef enum
{
  PROP_SETTINGS = 1,
} LatchWindowProperty;

static GParamSpec *properties[PROP_SETTINGS + 1];

static void
latch_window_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchWindow *self = LATCH_WINDOW (object);

  switch ((LatchWindowProperty) property_id)
    {
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_window_constructed (GObject *object)
{
  LatchWindow *self = LATCH_WINDOW (object);

  G_OBJECT_CLASS (latch_window_parent_class)->constructed (object);

  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);

  gtk_widget_grab_focus (GTK_WIDGET (self->welcome_page));
}

static void
latch_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_WINDOW);

  G_OBJECT_CLASS (latch_window_parent_class)->dispose (object);
}

static void
latch_window_finalize (GObject *object)
{
  LatchWindow *self = LATCH_WINDOW (object);

  g_clear_object (&self->settings);

  G_OBJECT_CLASS (latch_window_parent_class)->finalize (object);
}

static void
latch_window_class_init (LatchWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = latch_window_set_property;
  object_class->constructed = latch_window_constructed;
  object_class->dispose = latch_window_dispose;
  object_class->finalize = latch_window_finalize;

  /**
   * LatchWindow:settings:
   *
   * The application's settings, where the window keeps its size.
   */
  properties[PROP_SETTINGS] =
      g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (LATCH_TYPE_MAIN_MENU);
  g_type_ensure (LATCH_TYPE_WELCOME_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, LatchWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LatchWindow, welcome_page);
  gtk_widget_class_bind_template_child (widget_class, LatchWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, LatchWindow, navigation_view);
}

static void
latch_window_init (LatchWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  if (DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
}

LatchWindow *
latch_window_new (GtkApplication *application, GSettings *settings)
{
  return g_object_new (LATCH_TYPE_WINDOW, "application", application, "settings", settings, NULL);
}

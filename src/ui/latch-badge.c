/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-badge.h"

#include "latch-ui-enum-types.h"

struct _LatchBadge
{
  AdwBin parent_instance;

  LatchLockLook look;
  gboolean opener;
  char *icon_name;
};

G_DEFINE_FINAL_TYPE (LatchBadge, latch_badge, ADW_TYPE_BIN)

typedef enum
{
  PROP_LOOK = 1,
  PROP_OPENER,
  PROP_ICON_NAME,
} LatchBadgeProperty;

static GParamSpec *properties[PROP_ICON_NAME + 1];

/* Each row of a long list has a badge, and hardly any of them moves: there is a spinner only where one spins */
static void
show_child (LatchBadge *self, GType type)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (self));

  if (!child || !G_TYPE_CHECK_INSTANCE_TYPE (child, type))
    adw_bin_set_child (ADW_BIN (self), g_object_new (type, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "halign",
                                                     GTK_ALIGN_CENTER, "valign", GTK_ALIGN_CENTER, NULL));
}

static void
update_icon (LatchBadge *self)
{
  const char *icon_name = self->icon_name ? self->icon_name : latch_lock_look_get_icon_name (self->look, self->opener);

  show_child (self, icon_name ? GTK_TYPE_IMAGE : ADW_TYPE_SPINNER);
  if (icon_name)
    gtk_image_set_from_icon_name (GTK_IMAGE (adw_bin_get_child (ADW_BIN (self))), icon_name);
}

static void
latch_badge_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchBadge *self = LATCH_BADGE (object);

  switch ((LatchBadgeProperty) property_id)
    {
    case PROP_LOOK:
      g_value_set_enum (value, self->look);
      break;
    case PROP_OPENER:
      g_value_set_boolean (value, self->opener);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_badge_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchBadge *self = LATCH_BADGE (object);

  switch ((LatchBadgeProperty) property_id)
    {
    case PROP_LOOK:
      latch_badge_set_look (self, g_value_get_enum (value));
      break;
    case PROP_OPENER:
      latch_badge_set_opener (self, g_value_get_boolean (value));
      break;
    case PROP_ICON_NAME:
      latch_badge_set_icon_name (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_badge_finalize (GObject *object)
{
  g_free (LATCH_BADGE (object)->icon_name);

  G_OBJECT_CLASS (latch_badge_parent_class)->finalize (object);
}

static void
latch_badge_class_init (LatchBadgeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_badge_get_property;
  object_class->set_property = latch_badge_set_property;
  object_class->finalize = latch_badge_finalize;

  /**
   * LatchBadge:look:
   *
   * What to show.
   */
  properties[PROP_LOOK] =
      g_param_spec_enum ("look", NULL, NULL, LATCH_TYPE_LOCK_LOOK, LATCH_LOCK_LOOK_UNKNOWN,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /**
   * LatchBadge:opener:
   *
   * Whether it is an opener's.
   */
  properties[PROP_OPENER] = g_param_spec_boolean (
      "opener", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /**
   * LatchBadge:icon-name:
   *
   * (nullable): An icon to show rather than the one of the look, of which the colour stays.
   */
  properties[PROP_ICON_NAME] = g_param_spec_string (
      "icon-name", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "lock-badge");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
latch_badge_init (LatchBadge *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), latch_lock_look_get_css_class (self->look));
  update_icon (self);
}

GtkWidget *
latch_badge_new (void)
{
  return g_object_new (LATCH_TYPE_BADGE, NULL);
}

LatchLockLook
latch_badge_get_look (LatchBadge *self)
{
  g_return_val_if_fail (LATCH_IS_BADGE (self), LATCH_LOCK_LOOK_UNKNOWN);

  return self->look;
}

void
latch_badge_set_look (LatchBadge *self, LatchLockLook look)
{
  g_return_if_fail (LATCH_IS_BADGE (self));

  if (self->look == look)
    return;

  gtk_widget_remove_css_class (GTK_WIDGET (self), latch_lock_look_get_css_class (self->look));
  gtk_widget_add_css_class (GTK_WIDGET (self), latch_lock_look_get_css_class (look));
  self->look = look;
  update_icon (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOOK]);
}

gboolean
latch_badge_get_opener (LatchBadge *self)
{
  g_return_val_if_fail (LATCH_IS_BADGE (self), FALSE);

  return self->opener;
}

void
latch_badge_set_opener (LatchBadge *self, gboolean opener)
{
  g_return_if_fail (LATCH_IS_BADGE (self));

  opener = !!opener;
  if (self->opener == opener)
    return;

  self->opener = opener;
  update_icon (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPENER]);
}

const char *
latch_badge_get_icon_name (LatchBadge *self)
{
  g_return_val_if_fail (LATCH_IS_BADGE (self), NULL);

  return self->icon_name;
}

void
latch_badge_set_icon_name (LatchBadge *self, const char *icon_name)
{
  g_return_if_fail (LATCH_IS_BADGE (self));

  if (!g_set_str (&self->icon_name, icon_name))
    return;

  update_icon (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ICON_NAME]);
}

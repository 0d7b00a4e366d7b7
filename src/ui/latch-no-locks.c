/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-no-locks.h"

#include <glib/gi18n-lib.h>

/* What there is to read in place of locks */
static const struct
{
  const char *name;
  const char *icon_name;
  const char *title;
  const char *description;
} pages[] = {
  { "no-locks", "latch-locked-symbolic", N_("No Locks Yet"), N_("Pair a lock with this bridge in the Nuki app") },
  { "all-hidden", "latch-locked-symbolic", N_("All Locks Are Hidden"),
    N_("They can be shown again on the page of their bridge") },
  { "lock-gone", "latch-unknown-symbolic", N_("Choose a Lock"),
    N_("The bridge stopped listing the one that was here") },
  { "not-found", "edit-find-symbolic", N_("No Locks Found"), NULL },
};

/* Where a lock was, the keyboard has to be somewhere, and not at another lock */
static GtkWidget *
create_page (const char *name)
{
  guint i = 0;

  while (!g_str_equal (pages[i].name, name))
    i++;

  return g_object_new (ADW_TYPE_STATUS_PAGE,
                       "icon-name", pages[i].icon_name,
                       "title", _(pages[i].title),
                       "description", pages[i].description ? _(pages[i].description) : NULL,
                       "focusable", g_str_equal (name, "lock-gone"),
                       NULL);
}

static GtkWidget *
create_button (GCallback show_hidden, gpointer user_data)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("Show _Bridge"));

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_object (button, "clicked", show_hidden, user_data, G_CONNECT_SWAPPED);

  return button;
}

/**
 * latch_no_locks_show:
 * @name: "no-locks", "all-hidden", "lock-gone" or "not-found"
 * @show_hidden: (nullable): where that leads on to hidden locks: called, swapped, for whoever wants to see those
 * @user_data: (nullable): a #GObject to call it for
 *
 * Has @stack say why there are no locks, on an #AdwStatusPage of that name. It is made when it first shows: most who start
 * us have locks. What leads on is a narrow list, and what does not is a page.
 */
void
latch_no_locks_show (GtkStack *stack, const char *name, GCallback show_hidden, gpointer user_data)
{
  g_return_if_fail (GTK_IS_STACK (stack));

  if (!gtk_stack_get_child_by_name (stack, name))
    {
      GtkWidget *page = create_page (name);

      if (show_hidden)
        gtk_widget_add_css_class (page, "compact");
      if (show_hidden && g_str_equal (name, "all-hidden"))
        adw_status_page_set_child (ADW_STATUS_PAGE (page), create_button (show_hidden, user_data));
      gtk_stack_add_named (stack, page, name);
    }

  gtk_stack_set_visible_child_name (stack, name);
}

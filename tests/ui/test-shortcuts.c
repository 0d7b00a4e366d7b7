/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-home.h"
#include "latch-main-view.h"
#include "latch-shortcuts.h"
#include "latch-test-ui.h"
#include "latch-window.h"

/* What people were promised */
static const char *const promised[] = {
  "<Control>n", "<Control>f", "<Control>u", "<Control>l", "<Control>o", "<Control>g", "<Shift><Control>l", "F5",
  "<Control>r", "<Alt>1", "<Alt>9", "<Control>h", "<Control>b", "<Control>s", "<Alt>Left", "F10", "<Control>comma",
  "<Control>question", "<Control>w", "<Control>q",
};

/* All that is in the table, one by one. Returns: (transfer full): of GTK's names of them */
static GPtrArray *
list_accels (void)
{
  GPtrArray *accels = g_ptr_array_new_with_free_func (g_free);
  gsize n_shortcuts = 0;
  const LatchShortcut *shortcuts = latch_shortcuts_get (&n_shortcuts);

  for (gsize i = 0; i < n_shortcuts; i++)
    {
      g_auto (GStrv) parts = g_strsplit (shortcuts[i].accels, " ", -1);

      for (guint j = 0; parts[j]; j++)
        {
          char *nine = strstr (parts[j], "1...9");

          for (int digit = 1; digit <= (nine ? 9 : 1); digit++)
            {
              g_autofree char *accel = nine ? g_strdup_printf ("%.*s%d", (int) (nine - parts[j]), parts[j], digit)
                                            : g_strdup (parts[j]);
              GdkModifierType modifiers;
              guint keyval;

              g_assert_true (gtk_accelerator_parse (accel, &keyval, &modifiers));
              g_ptr_array_add (accels, gtk_accelerator_name (keyval, modifiers));
            }
        }
    }

  return accels;
}

static void
test_all_are_there (void)
{
  g_autoptr (GPtrArray) accels = list_accels ();

  for (gsize i = 0; i < G_N_ELEMENTS (promised); i++)
    {
      g_test_message ("%s", promised[i]);
      g_assert_true (g_ptr_array_find_with_equal_func (accels, promised[i], g_str_equal, NULL));
    }
}

static void
test_none_means_two_things (void)
{
  g_autoptr (GPtrArray) accels = list_accels ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < accels->len; i++)
    g_assert_true (g_hash_table_add (seen, accels->pdata[i]));
}

static gboolean
has_action (GType type, const char *name)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (type);
  const GVariantType *parameter_type = NULL;
  const char *installed = NULL, *property = NULL;
  GType owner;

  for (guint i = 0; gtk_widget_class_query_action (GTK_WIDGET_CLASS (klass), i, &owner, &installed, &parameter_type,
                                                   &property); i++)
    if (g_str_equal (installed, name))
      return TRUE;

  return FALSE;
}

static void
test_each_does_something (void)
{
  gsize n_shortcuts = 0;
  const LatchShortcut *shortcuts = latch_shortcuts_get (&n_shortcuts);

  for (gsize i = 0; i < n_shortcuts; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;

      if (shortcuts[i].reach == LATCH_SHORTCUT_REACH_TOOLKIT)
        continue;

      g_assert_true (g_action_parse_detailed_name (shortcuts[i].action, &name, &target, NULL));
      g_test_message ("%s", name);
      if (shortcuts[i].reach == LATCH_SHORTCUT_REACH_VIEW)
        g_assert_true (has_action (LATCH_TYPE_MAIN_VIEW, name));
      else if (!g_str_has_prefix (name, "app."))
        g_assert_true (has_action (LATCH_TYPE_WINDOW, name));
    }
}

static GtkWidget *
find_told (GtkWidget *root, const char *accels)
{
  g_autofree char *accelerator = NULL;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (root), "accelerator"))
    g_object_get (root, "accelerator", &accelerator, NULL);
  if (g_strcmp0 (accelerator, accels) == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_told (child, accels);

      if (found)
        return found;
    }

  return NULL;
}

static gboolean
has_title (GtkWidget *widget)
{
  return g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "title") != NULL;
}

static void
test_dialog_tells_of_all (void)
{
  GtkWidget *parent = latch_test_present (adw_bin_new ());
  GtkWidget *dialog = latch_shortcuts_present (GTK_WINDOW (parent));
  gsize n_shortcuts = 0;
  const LatchShortcut *shortcuts = latch_shortcuts_get (&n_shortcuts);

  latch_test_wait_until (gtk_widget_get_mapped (dialog));
  for (gsize i = 0; i < n_shortcuts; i++)
    {
      GtkWidget *told = find_told (dialog, shortcuts[i].accels);
      g_autofree char *title = NULL;

      g_assert_nonnull (told);
      while (!has_title (told)) /* of a row, if the keys are a widget of their own in it */
        told = gtk_widget_get_parent (told);
      g_object_get (told, "title", &title, NULL);
      g_assert_cmpstr (title, ==, shortcuts[i].title);
    }

  gtk_window_destroy (GTK_WINDOW (parent));
}

int
main (int argc, char *argv[])
{
  latch_test_ui_init (&argc, &argv);

  g_test_add_func ("/shortcuts/all-are-there", test_all_are_there);
  g_test_add_func ("/shortcuts/none-means-two-things", test_none_means_two_things);
  g_test_add_func ("/shortcuts/each-does-something", test_each_does_something);
  g_test_add_func ("/shortcuts/dialog-tells-of-all", test_dialog_tells_of_all);

  return g_test_run ();
}

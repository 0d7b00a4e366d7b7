/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-address-page.h"
#include "latch-test-ui.h"

typedef struct
{
  LatchAddressPage *page;
  GtkWidget *window;
  GtkWidget *address;
  GtkWidget *port;
  GtkWidget *token;
  char *submitted;
} Fixture;

static void
submitted_cb (Fixture *fixture, const char *host, guint port, const char *token)
{
  g_assert_null (fixture->submitted);
  fixture->submitted = g_strdup_printf ("%s %u %s", host, port, token ? token : "-");
}

static void
set_up (Fixture *fixture, gconstpointer with_token)
{
  GtkWidget *view = adw_navigation_view_new ();

  fixture->page = latch_address_page_new ("Page", with_token != NULL);
  g_signal_connect_swapped (fixture->page, "submitted", G_CALLBACK (submitted_cb), fixture);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (fixture->page));
  fixture->window = latch_test_present (view);
  fixture->address = latch_test_find (view, ADW_TYPE_ENTRY_ROW, "Address");
  fixture->port = latch_test_find (view, ADW_TYPE_SPIN_ROW, "Port");
  fixture->token = latch_test_find (view, ADW_TYPE_PASSWORD_ENTRY_ROW, "Token");
}

static void
tear_down (Fixture *fixture, gconstpointer with_token)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_free (fixture->submitted);
}

static void
enter (GtkWidget *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
submit (Fixture *fixture)
{
  g_clear_pointer (&fixture->submitted, g_free);
  g_signal_emit_by_name (fixture->address, "entry-activated");
}

static void
test_address_and_port (Fixture *fixture, gconstpointer with_token)
{
  enter (fixture->address, " 192.168.1.50 ");
  adw_spin_row_set_value (ADW_SPIN_ROW (fixture->port), 8081);
  submit (fixture);

  g_assert_cmpstr (fixture->submitted, ==, "192.168.1.50 8081 -");
}

static void
test_whole_address (Fixture *fixture, gconstpointer with_token)
{
  static const struct
  {
    const char *pasted;
    const char *submitted;
  } rows[] = {
    { "192.168.1.50:9000", "192.168.1.50 9000 -" }, { "http://192.168.1.50:8080/", "192.168.1.50 8080 -" },
    { "[fd00::1]:9001", "fd00::1 9001 -" },         { "192.168.1.50/list?token=a:1", "192.168.1.50 1234 -" },
    { "http://192.168.1.50:81/list?token=a1", "192.168.1.50 81 -" },
    { "bridge.local:80", "bridge.local 80 -" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      adw_spin_row_set_value (ADW_SPIN_ROW (fixture->port), 1234);
      enter (fixture->address, rows[i].pasted);
      submit (fixture);
      g_assert_cmpstr (fixture->submitted, ==, rows[i].submitted);
    }
  g_assert_cmpfloat (adw_spin_row_get_value (ADW_SPIN_ROW (fixture->port)), ==, 80);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->address)), ==, "bridge.local");
}

static void
test_bare_ipv6_keeps_the_port (Fixture *fixture, gconstpointer with_token)
{
  adw_spin_row_set_value (ADW_SPIN_ROW (fixture->port), 1234);
  enter (fixture->address, "fd00::80");
  submit (fixture);
  g_assert_cmpstr (fixture->submitted, ==, "fd00::80 1234 -");
}

static void
test_error_is_under_the_field (Fixture *fixture, gconstpointer with_token)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (fixture->address));

  enter (fixture->address, "not an address");
  submit (fixture);

  g_assert_null (fixture->submitted);
  g_assert_true (gtk_widget_has_css_class (fixture->address, "error"));
  gtk_test_accessible_assert_state (text, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_true (latch_test_shows (fixture->window, "Enter an address like 192.168.1.50, with or without a port"));

  enter (fixture->address, "not an addres");
  g_assert_false (gtk_widget_has_css_class (fixture->address, "error"));
  gtk_test_accessible_assert_state (text, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE);
  g_assert_false (latch_test_shows (fixture->window, "Enter an address like 192.168.1.50, with or without a port"));
}

static void
test_without_token (Fixture *fixture, gconstpointer with_token)
{
  g_assert_null (fixture->token);
}

static void
test_token (Fixture *fixture, gconstpointer with_token)
{
  enter (fixture->address, "192.168.1.50");
  submit (fixture);
  g_assert_null (fixture->submitted);
  g_assert_true (gtk_widget_has_css_class (fixture->token, "error"));
  g_assert_false (gtk_widget_has_css_class (fixture->address, "error"));

  enter (fixture->token, "  ");
  submit (fixture);
  g_assert_null (fixture->submitted);

  enter (fixture->token, " s3cret\t ");
  submit (fixture);
  g_assert_cmpstr (fixture->submitted, ==, "192.168.1.50 8080 s3cret");
}

static void
test_busy (Fixture *fixture, gconstpointer with_token)
{
  enter (fixture->address, "192.168.1.50");
  enter (fixture->token, "s3cret");
  latch_address_page_set_busy (fixture->page, TRUE);
  submit (fixture);
  g_assert_null (fixture->submitted);
  g_assert_nonnull (latch_test_find (fixture->window, ADW_TYPE_SPINNER, NULL));

  latch_address_page_set_busy (fixture->page, FALSE);
  submit (fixture);
  g_assert_nonnull (fixture->submitted);
}

static void
test_leaves_nothing_behind (void)
{
  LatchAddressPage *page = g_object_ref_sink (latch_address_page_new ("Page", TRUE));

  latch_test_assert_finalized (page);
}

#define add(path, with_token, test) g_test_add (path, Fixture, with_token, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  latch_test_ui_init (&argc, &argv);

  add ("/address-page/takes-address-and-port", NULL, test_address_and_port);
  add ("/address-page/takes-them-pasted-whole", NULL, test_whole_address);
  add ("/address-page/colons-of-ipv6-are-no-port", NULL, test_bare_ipv6_keeps_the_port);
  add ("/address-page/error-is-under-the-field-until-it-changes", NULL, test_error_is_under_the_field);
  add ("/address-page/asks-for-no-token", NULL, test_without_token);
  add ("/address-page/token-is-needed-where-asked-for", "token", test_token);
  add ("/address-page/waits-while-busy", "token", test_busy);
  g_test_add_func ("/address-page/leaves-nothing-behind", test_leaves_nothing_behind);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-search-provider.h"

#include "latch-lock-key.h"
#include "latch-search-match.h"
#include "latch-search-result.h"
#include "latch-window.h"

/* How long a search that has just started the program waits for the database */
#define LOAD_MS 2000

/* Nobody looks at more; GNOME Shell shows five */
#define MOST_RESULTS 8

/* Nobody asks for more than were found */
#define MOST_METAS (4 * MOST_RESULTS)

/**
 * LatchSearchProvider:
 *
 * What is not known yet is not waited for: a search has to be quick, and bridges are slow. Only the database is, in
 * which everything stands that was known when the program last ran; what nobody vouches for is told as such.
 *
 * Choosing a result shows a lock, or locks it as the button of a notification does; nothing here opens a door.
 */
struct _LatchSearchProvider
{
  GObject parent_instance;

  GtkApplication *application; /* owns us */
  LatchHome *home;
  GDBusConnection *connection;
  guint registration_id;
  GQueue waiting; /* of calls that wait for the database */
  guint load_id;
};

G_DEFINE_FINAL_TYPE (LatchSearchProvider, latch_search_provider, G_TYPE_OBJECT)

static const char introspection_xml[] = "<node><interface name='org.gnome.Shell.SearchProvider2'>"
                                        "<method name='GetInitialResultSet'>"
                                        "<arg type='as' name='terms' direction='in'/>"
                                        "<arg type='as' name='results' direction='out'/>"
                                        "</method>"
                                        "<method name='GetSubsearchResultSet'>"
                                        "<arg type='as' name='previous_results' direction='in'/>"
                                        "<arg type='as' name='terms' direction='in'/>"
                                        "<arg type='as' name='results' direction='out'/>"
                                        "</method>"
                                        "<method name='GetResultMetas'>"
                                        "<arg type='as' name='identifiers' direction='in'/>"
                                        "<arg type='aa{sv}' name='metas' direction='out'/>"
                                        "</method>"
                                        "<method name='ActivateResult'>"
                                        "<arg type='s' name='identifier' direction='in'/>"
                                        "<arg type='as' name='terms' direction='in'/>"
                                        "<arg type='u' name='timestamp' direction='in'/>"
                                        "</method>"
                                        "<method name='LaunchSearch'>"
                                        "<arg type='as' name='terms' direction='in'/>"
                                        "<arg type='u' name='timestamp' direction='in'/>"
                                        "</method>"
                                        "</interface></node>";

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Locks first, as they were found, and then what can be done with them, so that nothing changes places with a state */
static GVariant *
find_results (LatchSearchProvider *self, const char *const *terms)
{
  GListModel *bridges = G_LIST_MODEL (self->home);
  g_autoptr (GPtrArray) locks = latch_search_match_find (bridges, terms);
  gint64 now = get_now ();
  guint n_results = 0;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (int verb = LATCH_SEARCH_VERB_SHOW; verb <= LATCH_SEARCH_VERB_LOCK; verb++)
    for (guint i = 0; i < locks->len && n_results < MOST_RESULTS; i++)
      if (latch_search_result_is_offered (verb, locks->pdata[i]))
        {
          g_variant_builder_add_value (
              &builder, g_variant_new_take_string (latch_search_result_new_id (verb, locks->pdata[i], bridges, now)));
          n_results++;
        }

  /* Desktops have all programs search for everything. Only who finds something here may want to know how it is now */
  if (n_results > 0)
    latch_home_set_quiet (self->home, FALSE);

  return g_variant_new ("(as)", &builder);
}

static GVariant *
describe_results (LatchSearchProvider *self, const char *const *ids)
{
  gint64 now = get_now ();
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; ids[i] && i < MOST_METAS; i++)
    {
      GVariant *meta = latch_search_result_describe (ids[i], G_LIST_MODEL (self->home), now);

      if (meta)
        g_variant_builder_add_value (&builder, meta);
    }

  return g_variant_new ("(aa{sv})", &builder);
}

/* So that desktops take a window that comes up for what somebody wanted, and give it the focus */
static GVariant *
make_platform_data (guint32 timestamp)
{
  GVariantDict dict;
  g_autofree char *startup_id = g_strdup_printf ("_TIME%u", timestamp);

  g_variant_dict_init (&dict, NULL);
  if (timestamp != GDK_CURRENT_TIME)
    g_variant_dict_insert (&dict, "desktop-startup-id", "s", startup_id);

  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static void
activate_action (LatchSearchProvider *self, const char *action, LatchLock *lock)
{
  g_autofree char *key = latch_lock_key_new (lock);

  g_action_group_activate_action (G_ACTION_GROUP (self->application), action, g_variant_new_string (key));
}

static void
activate_result (LatchSearchProvider *self, const char *id)
{
  LatchSearchVerb verb;
  g_autoptr (LatchLock) lock = latch_search_result_find (id, G_LIST_MODEL (self->home), &verb);

  if (!lock)
    return;

  if (verb == LATCH_SEARCH_VERB_LOCK && latch_search_result_is_offered (verb, lock))
    activate_action (self, "lock", lock);
  /* Whoever wanted to lock, and finds it otherwise than he was told, sees how it is; if it is locked, he has it so */
  else if (verb == LATCH_SEARCH_VERB_SHOW || !latch_lock_is_secured (lock))
    activate_action (self, "show-lock", lock);
}

static void
launch_search (LatchSearchProvider *self, const char *const *terms)
{
  g_autofree char *names = latch_search_match_get_names (G_LIST_MODEL (self->home), terms);
  GtkWindow *window = NULL;

  g_application_activate (G_APPLICATION (self->application));
  window = gtk_application_get_active_window (self->application);
  if (LATCH_IS_WINDOW (window))
    latch_window_search (LATCH_WINDOW (window), names);
}

static void
activate (LatchSearchProvider *self, const char *method, GVariant *parameters)
{
  GApplicationClass *application_class = G_APPLICATION_GET_CLASS (self->application);
  g_autofree const char **terms = NULL;
  g_autoptr (GVariant) platform_data = NULL;
  const char *id = NULL;
  guint32 timestamp;

  if (g_str_equal (method, "ActivateResult"))
    g_variant_get (parameters, "(&s^a&su)", &id, &terms, &timestamp);
  else
    g_variant_get (parameters, "(^a&su)", &terms, &timestamp);

  platform_data = make_platform_data (timestamp);
  application_class->before_emit (G_APPLICATION (self->application), platform_data);
  if (id)
    activate_result (self, id);
  else
    launch_search (self, terms);
  application_class->after_emit (G_APPLICATION (self->application), platform_data);
}

static void
answer (LatchSearchProvider *self, GDBusMethodInvocation *invocation)
{
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  GVariant *parameters = g_dbus_method_invocation_get_parameters (invocation);
  g_autofree const char **words = NULL;
  GVariant *result = NULL;

  if (g_str_equal (method, "GetInitialResultSet"))
    {
      g_variant_get (parameters, "(^a&s)", &words);
      result = find_results (self, words);
    }
  else if (g_str_equal (method, "GetSubsearchResultSet"))
    {
      /* What was found for fewer words may not be so any more */
      g_variant_get (parameters, "(@as^a&s)", NULL, &words);
      result = find_results (self, words);
    }
  else if (g_str_equal (method, "GetResultMetas"))
    {
      g_variant_get (parameters, "(^a&s)", &words);
      result = describe_results (self, words);
    }
  else
    activate (self, method, parameters);

  g_dbus_method_invocation_return_value (invocation, result);
  g_application_release (G_APPLICATION (self->application));
}

static void
refuse (LatchSearchProvider *self, GDBusMethodInvocation *invocation)
{
  g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR, G_DBUS_ERROR_FAILED, "The program ends");
  g_application_release (G_APPLICATION (self->application));
}

static void
answer_all (LatchSearchProvider *self)
{
  g_clear_handle_id (&self->load_id, g_source_remove);
  while (!g_queue_is_empty (&self->waiting))
    {
      GDBusMethodInvocation *invocation = g_queue_pop_head (&self->waiting);

      if (self->home)
        answer (self, invocation);
      else
        refuse (self, invocation);
    }
}

static void
load_cb (gpointer user_data)
{
  LatchSearchProvider *self = user_data;

  self->load_id = 0;
  g_message ("The database is slow: a search goes without it");
  answer_all (self);
}

static void
called_cb (GDBusConnection *connection,
           const char *sender,
           const char *object_path,
           const char *interface_name,
           const char *method_name,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  LatchSearchProvider *self = user_data;

  /* A service that was started for this stays for a while after it */
  g_application_hold (G_APPLICATION (self->application));
  g_queue_push_tail (&self->waiting, invocation);
  if (self->home && latch_home_is_loaded (self->home))
    answer_all (self);
  else if (self->load_id == 0)
    self->load_id = g_timeout_add_once (LOAD_MS, load_cb, self);
}

static void
latch_search_provider_dispose (GObject *object)
{
  latch_search_provider_unexport (LATCH_SEARCH_PROVIDER (object));

  G_OBJECT_CLASS (latch_search_provider_parent_class)->dispose (object);
}

static void
latch_search_provider_class_init (LatchSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = latch_search_provider_dispose;
}

static void
latch_search_provider_init (LatchSearchProvider *self)
{
  g_queue_init (&self->waiting);
}

/**
 * latch_search_provider_new:
 * @application: whose windows are shown, and whose actions are used; outlives the provider
 */
LatchSearchProvider *
latch_search_provider_new (GtkApplication *application)
{
  LatchSearchProvider *self = g_object_new (LATCH_TYPE_SEARCH_PROVIDER, NULL);

  self->application = application;

  return self;
}

/**
 * latch_search_provider_export:
 * @application_path: where on the bus the application is; the provider is below it, where its data file says
 *
 * Begins to take searches. They are answered once there is a home, and that is loaded.
 */
gboolean
latch_search_provider_export (LatchSearchProvider *self,
                              GDBusConnection *connection,
                              const char *application_path,
                              GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection_xml, NULL);
  g_autofree char *path = g_strconcat (application_path, "/SearchProvider", NULL);

  g_return_val_if_fail (LATCH_IS_SEARCH_PROVIDER (self), FALSE);
  g_return_val_if_fail (self->registration_id == 0, FALSE);

  self->registration_id =
      g_dbus_connection_register_object (connection, path, node->interfaces[0], &vtable, self, NULL, error);
  g_set_object (&self->connection, connection);

  return self->registration_id != 0;
}

/**
 * latch_search_provider_unexport:
 *
 * Takes no more searches. Those that wait are not answered any more.
 */
void
latch_search_provider_unexport (LatchSearchProvider *self)
{
  g_return_if_fail (LATCH_IS_SEARCH_PROVIDER (self));

  g_clear_handle_id (&self->load_id, g_source_remove);
  if (self->registration_id != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration_id);
  self->registration_id = 0;
  g_clear_object (&self->connection);

  while (!g_queue_is_empty (&self->waiting))
    refuse (self, g_queue_pop_head (&self->waiting));
  if (self->home)
    g_signal_handlers_disconnect_by_data (self->home, self);
  g_clear_object (&self->home);
}

/**
 * latch_search_provider_set_home:
 * @home: whose locks are found; to be said once
 */
void
latch_search_provider_set_home (LatchSearchProvider *self, LatchHome *home)
{
  g_return_if_fail (LATCH_IS_SEARCH_PROVIDER (self));
  g_return_if_fail (!self->home);

  self->home = g_object_ref (home);
  g_signal_connect_object (home, "notify::loaded", G_CALLBACK (answer_all), self, G_CONNECT_SWAPPED);
}

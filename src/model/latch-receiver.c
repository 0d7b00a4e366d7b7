/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-receiver.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "latch-callback-slots.h"
#include "latch-model-enum-types.h"

/* What is shown of a URL: enough to know it by, whatever somebody has written there */
#define LONGEST_HOST 48
#define LONGEST_PATH 64
#define INSTALLATION_DIGITS 16

/**
 * LatchReceiver:
 *
 * One of a bridge's places for callbacks. Its URL may hold secrets: those of others in passwords and queries, ours in the
 * path. What is shown are host and path only, and of Nightlatch's URLs no path.
 */
struct _LatchReceiver
{
  GObject parent_instance;

  char *url;
  char *host;
  char *path;
  LatchReceiverKind kind;
  gboolean leaving;
};

typedef enum
{
  PROP_KIND = 1,
  PROP_LEAVING,
} LatchReceiverProperty;

static GParamSpec *properties[PROP_LEAVING + 1];

G_DEFINE_FINAL_TYPE (LatchReceiver, latch_receiver, G_TYPE_OBJECT)

/* Characters that do not show, or turn others around, are not those of an address. Returns: @text, cut in the middle */
static char *
tidy (const char *text, glong longest)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *tidy = g_string_new (NULL);
  glong length = g_utf8_strlen (valid, -1);
  glong i = 0;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at), i++)
    {
      gunichar c = g_utf8_get_char (at);

      if (length > longest && i == longest / 2)
        g_string_append (tidy, "…");
      if (length > longest && i >= longest / 2 && i < length - longest / 2)
        continue;
      g_string_append_unichar (tidy, g_unichar_isprint (c) ? c : 0xfffd);
    }

  return g_string_free_and_steal (tidy);
}

static void
describe (LatchReceiver *self)
{
  g_autoptr (GUri) uri = g_uri_parse (self->url, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autofree char *full = NULL;

  if (*self->url == '\0')
    {
      self->host = g_strdup (_("Unknown Address"));
      return;
    }

  /* Whatever that is: who wrote it will know it by its beginning */
  if (host == NULL || *host == '\0')
    {
      self->host = tidy (self->url, LONGEST_HOST / 2);
      return;
    }

  if (g_uri_get_port (uri) > 0)
    full = g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%d" : "%s:%d", host, g_uri_get_port (uri));
  else
    full = g_strdup (host);
  self->host = tidy (full, LONGEST_HOST);
  if (*g_uri_get_path (uri) != '\0' && !g_str_equal (g_uri_get_path (uri), "/"))
    self->path = tidy (g_uri_get_path (uri), LONGEST_PATH);
}

static void
latch_receiver_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  LatchReceiver *self = LATCH_RECEIVER (object);

  switch ((LatchReceiverProperty) prop_id)
    {
    case PROP_KIND:
      g_value_set_enum (value, self->kind);
      break;
    case PROP_LEAVING:
      g_value_set_boolean (value, self->leaving);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
latch_receiver_finalize (GObject *object)
{
  LatchReceiver *self = LATCH_RECEIVER (object);

  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (latch_receiver_parent_class)->finalize (object);
}

static void
latch_receiver_class_init (LatchReceiverClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_receiver_get_property;
  object_class->finalize = latch_receiver_finalize;

  properties[PROP_KIND] =
      g_param_spec_enum ("kind", NULL, NULL, LATCH_TYPE_RECEIVER_KIND, LATCH_RECEIVER_KIND_THIS, flags);
  /**
   * LatchReceiver:leaving:
   *
   * Whether the bridge is being told to call it no more.
   */
  properties[PROP_LEAVING] = g_param_spec_boolean ("leaving", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
latch_receiver_init (LatchReceiver *self)
{
  self->kind = LATCH_RECEIVER_KIND_OTHER;
}

/**
 * latch_receiver_new:
 * @url: as the bridge lists it
 *
 * Returns: (transfer full): some other program, as far as one knows without latch_receiver_judge()
 */
LatchReceiver *
latch_receiver_new (const char *url)
{
  LatchReceiver *self = g_object_new (LATCH_TYPE_RECEIVER, NULL);

  self->url = g_strdup (url);
  describe (self);

  return self;
}

/* Not to be shown */
const char *
latch_receiver_get_url (LatchReceiver *self)
{
  g_return_val_if_fail (LATCH_IS_RECEIVER (self), NULL);

  return self->url;
}

const char *
latch_receiver_get_host (LatchReceiver *self)
{
  g_return_val_if_fail (LATCH_IS_RECEIVER (self), NULL);

  return self->host;
}

/**
 * latch_receiver_get_path:
 *
 * Returns: (nullable): what tells several programs of one host apart; %NULL where it is nothing, or a secret
 */
const char *
latch_receiver_get_path (LatchReceiver *self)
{
  g_return_val_if_fail (LATCH_IS_RECEIVER (self), NULL);

  return self->kind == LATCH_RECEIVER_KIND_OTHER ? self->path : NULL;
}

LatchReceiverKind
latch_receiver_get_kind (LatchReceiver *self)
{
  g_return_val_if_fail (LATCH_IS_RECEIVER (self), LATCH_RECEIVER_KIND_OTHER);

  return self->kind;
}

gboolean
latch_receiver_get_leaving (LatchReceiver *self)
{
  g_return_val_if_fail (LATCH_IS_RECEIVER (self), FALSE);

  return self->leaving;
}

static gboolean
is_of (LatchReceiver *self, const char *installation_id)
{
  g_autoptr (GSocketAddress) address = latch_callback_slots_parse_url (self->url, installation_id);

  return address != NULL;
}

static gboolean
is_of_any (LatchReceiver *self)
{
  g_autofree char *prefix = latch_callback_slots_make_prefix ("");
  const char *found = strstr (self->url, prefix);
  g_autofree char *installation_id = NULL;

  if (found == NULL)
    return FALSE;

  installation_id = g_strndup (found + strlen (prefix), INSTALLATION_DIGITS);

  return strlen (installation_id) == INSTALLATION_DIGITS && is_of (self, installation_id);
}

/**
 * latch_receiver_judge:
 * @our_url: (nullable): what the bridge has, or is to have, from this program
 * @installation_id: (nullable): what the URLs of this installation are known by
 *
 * Finds out who it is.
 */
void
latch_receiver_judge (LatchReceiver *self, const char *our_url, const char *installation_id)
{
  LatchReceiverKind kind = LATCH_RECEIVER_KIND_OTHER;

  g_return_if_fail (LATCH_IS_RECEIVER (self));

  if (g_strcmp0 (self->url, our_url) == 0)
    kind = LATCH_RECEIVER_KIND_THIS;
  else if (installation_id != NULL && is_of (self, installation_id))
    kind = LATCH_RECEIVER_KIND_HERE;
  else if (is_of_any (self))
    kind = LATCH_RECEIVER_KIND_ELSEWHERE;

  if (self->kind != kind)
    {
      self->kind = kind;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);
    }
}

void
latch_receiver_set_leaving (LatchReceiver *self, gboolean leaving)
{
  g_return_if_fail (LATCH_IS_RECEIVER (self));

  if (self->leaving != leaving)
    {
      self->leaving = leaving;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEAVING]);
    }
}

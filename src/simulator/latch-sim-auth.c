/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-auth.h"

#include <sodium.h>
#include <string.h>

/* How far a token's time may be from the bridge's (spec 1.13.2: encrypted tokens) */
#define VALIDITY_SECONDS 60

#define MIN_TOKEN_LENGTH 6
#define MAX_TOKEN_LENGTH 20

struct _LatchSimAuth
{
  GObject parent_instance;

  LatchSimClock *clock;
  LatchSimAuthModes modes;
  char *token;

  /* What must not come a second time (nonces, pairs of time and random number) → when it may be forgotten */
  GHashTable *used;
};

G_DEFINE_FINAL_TYPE (LatchSimAuth, latch_sim_auth, G_TYPE_OBJECT)

/* Only the documented form counts: real bridges answer 401 to a time in another zone. */
static gboolean
parse_stamp (const char *stamp,
             gint64     *time)
{
  static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
  g_autoptr (GDateTime) date = NULL;

  if (strlen (stamp) != strlen (form))
    return FALSE;

  for (gsize i = 0; form[i] != '\0'; i++)
    {
      if (form[i] == 'd' ? !g_ascii_isdigit (stamp[i]) : stamp[i] != form[i])
        return FALSE;
    }

  date = g_date_time_new_from_iso8601 (stamp, NULL);
  if (date == NULL)
    return FALSE;
  *time = g_date_time_to_unix (date);

  return TRUE;
}

static gboolean
is_used (LatchSimAuth *self,
         const char   *what)
{
  return g_hash_table_contains (self->used, what);
}

static gboolean
is_over (gpointer key,
         gpointer value,
         gpointer user_data)
{
  return *(gint64 *) value < *(gint64 *) user_data;
}

static void
use_up (LatchSimAuth *self,
        const char   *what)
{
  gint64 now = latch_sim_clock_now (self->clock);
  gint64 *until = g_new (gint64, 1);

  g_hash_table_foreach_remove (self->used, is_over, &now);

  /* A stamp from the near future stays valid for up to twice the validity */
  *until = now + 2 * VALIDITY_SECONDS;
  g_hash_table_insert (self->used, g_strdup (what), until);
}

static gboolean
check_pair (LatchSimAuth *self,
            const char   *stamp,
            const char   *number)
{
  g_autofree char *pair = g_strdup_printf ("%s,%s", stamp, number);
  gint64 time;

  if (!parse_stamp (stamp, &time) || !g_ascii_string_to_unsigned (number, 10, 0, G_MAXUINT16, NULL, NULL))
    return FALSE;

  return ABS (time - latch_sim_clock_now (self->clock)) <= VALIDITY_SECONDS && !is_used (self, pair);
}

static gboolean
check_plain (LatchSimAuth *self,
             const char   *token)
{
  return g_str_equal (token, self->token);
}

static gboolean
check_hashed (LatchSimAuth *self,
              const char   *stamp,
              const char   *number,
              const char   *hash)
{
  g_autofree char *pair = NULL;
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;

  if (stamp == NULL || number == NULL || !check_pair (self, stamp, number))
    return FALSE;

  pair = g_strdup_printf ("%s,%s", stamp, number);
  text = g_strdup_printf ("%s,%s", pair, self->token);
  expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  if (!g_str_equal (hash, expected))
    return FALSE;

  use_up (self, pair);

  return TRUE;
}

static gboolean
decode_hex (const char *text,
            guint8     *bytes,
            gsize       size,
            gsize      *length)
{
  return sodium_hex2bin (bytes, size, text, strlen (text), NULL, length, NULL) == 0;
}

static gboolean
check_encrypted (LatchSimAuth *self,
                 const char   *ctoken,
                 const char   *nonce_text)
{
  guint8 key[crypto_hash_sha256_BYTES];
  guint8 nonce[crypto_secretbox_NONCEBYTES];
  guint8 box[crypto_secretbox_MACBYTES + 64];
  char pair[64 + 1];
  char *comma;
  gsize nonce_length, length;
  g_autofree char *used_nonce = NULL;
  g_autofree char *stamp = NULL;

  if (nonce_text == NULL || !decode_hex (nonce_text, nonce, sizeof nonce, &nonce_length) ||
      nonce_length != sizeof nonce || !decode_hex (ctoken, box, sizeof box, &length) ||
      length < crypto_secretbox_MACBYTES)
    return FALSE;

  used_nonce = g_ascii_strdown (nonce_text, -1);
  if (is_used (self, used_nonce))
    return FALSE;

  crypto_hash_sha256 (key, (const guint8 *) self->token, strlen (self->token));
  if (crypto_secretbox_open_easy ((guint8 *) pair, box, length, nonce, key) != 0)
    return FALSE;
  pair[length - crypto_secretbox_MACBYTES] = '\0';

  comma = strchr (pair, ',');
  if (comma == NULL)
    return FALSE;
  stamp = g_strndup (pair, comma - pair);
  if (!check_pair (self, stamp, comma + 1))
    return FALSE;

  use_up (self, pair);
  use_up (self, used_nonce);

  return TRUE;
}

static char *
make_token (void)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  guint length = MIN_TOKEN_LENGTH + randombytes_uniform (MAX_TOKEN_LENGTH - MIN_TOKEN_LENGTH + 1);
  GString *token = g_string_sized_new (length);

  for (guint i = 0; i < length; i++)
    g_string_append_c (token, letters[randombytes_uniform (sizeof letters - 1)]);

  return g_string_free_and_steal (token);
}

static void
latch_sim_auth_finalize (GObject *object)
{
  LatchSimAuth *self = LATCH_SIM_AUTH (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->used, g_hash_table_unref);

  G_OBJECT_CLASS (latch_sim_auth_parent_class)->finalize (object);
}

static void
latch_sim_auth_class_init (LatchSimAuthClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_sim_auth_finalize;
}

static void
latch_sim_auth_init (LatchSimAuth *self)
{
  self->used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * latch_sim_auth_new:
 * @clock: the bridge's clock, which decides what is still valid
 * @modes: the kinds of tokens that the bridge accepts
 * @token: (nullable): its API token, if it has one yet
 *
 * Returns: (transfer full): the bridge's doorkeeper
 */
LatchSimAuth *
latch_sim_auth_new (LatchSimClock    *clock,
                    LatchSimAuthModes modes,
                    const char       *token)
{
  LatchSimAuth *self = g_object_new (LATCH_SIM_TYPE_AUTH, NULL);

  self->clock = g_object_ref (clock);
  self->modes = modes;
  self->token = g_strdup (token);

  return self;
}

/**
 * latch_sim_auth_ensure_token:
 *
 * Returns: (transfer none): the API token, which is made up now if there was none (spec: /auth)
 */
const char *
latch_sim_auth_ensure_token (LatchSimAuth *self)
{
  if (self->token == NULL)
    self->token = make_token ();

  return self->token;
}

void
latch_sim_auth_forget (LatchSimAuth *self)
{
  g_clear_pointer (&self->token, g_free);
  g_hash_table_remove_all (self->used);
}

gboolean
latch_sim_auth_has_token (LatchSimAuth *self)
{
  return self->token != NULL;
}

/**
 * latch_sim_auth_check:
 * @query: the parameters of a request
 *
 * The strongest proof in @query counts; a weaker one beside it does not help. A hashed or encrypted
 * token is used up by this call if it is right.
 *
 * Returns: how the caller has proven that it knows the token, or %LATCH_SIM_AUTH_NONE if it has not
 */
LatchSimAuthModes
latch_sim_auth_check (LatchSimAuth *self,
                      GHashTable   *query)
{
  const char *token = g_hash_table_lookup (query, "token");
  const char *hash = g_hash_table_lookup (query, "hash");
  const char *ctoken = g_hash_table_lookup (query, "ctoken");
  LatchSimAuthModes mode = LATCH_SIM_AUTH_NONE;

  if (self->token == NULL)
    return LATCH_SIM_AUTH_NONE;

  if (ctoken != NULL)
    {
      if (check_encrypted (self, ctoken, g_hash_table_lookup (query, "nonce")))
        mode = LATCH_SIM_AUTH_ENCRYPTED;
    }
  else if (hash != NULL)
    {
      if (check_hashed (self, g_hash_table_lookup (query, "ts"), g_hash_table_lookup (query, "rnr"), hash))
        mode = LATCH_SIM_AUTH_HASHED;
    }
  else if (token != NULL)
    {
      if (check_plain (self, token))
        mode = LATCH_SIM_AUTH_PLAIN;
    }

  return mode & self->modes;
}

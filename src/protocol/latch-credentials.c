/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-credentials.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (LATCH_CREDENTIALS_NONCE_SIZE == crypto_secretbox_NONCEBYTES);
G_STATIC_ASSERT (crypto_hash_sha256_BYTES == crypto_secretbox_KEYBYTES);

/* The first firmware of each generation of hardware that knows the mode, strongest mode first */
static const struct
{
  guint64 major;
  guint64 minor;
  guint64 micro;
  LatchAuthMode mode;
} firmware_modes[] = {
  { 2, 14, 0, LATCH_AUTH_MODE_ENCRYPTED },
  { 2, 2, 0, LATCH_AUTH_MODE_HASHED },
  { 1, 22, 1, LATCH_AUTH_MODE_ENCRYPTED },
  { 1, 12, 0, LATCH_AUTH_MODE_HASHED },
};

static char *
format_hex (const guint8 *bytes, gsize n_bytes)
{
  gsize size = 2 * n_bytes + 1;

  return sodium_bin2hex (g_malloc (size), size, bytes, n_bytes);
}

static char *
format_time (gint64 now)
{
  g_autoptr (GDateTime) date_time = g_date_time_new_from_unix_utc (now);

  return date_time != NULL ? g_date_time_format (date_time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

/* hash = SHA-256 of "TIME,RANDOM,TOKEN" (API 1.8) */
static char *
hashed_query (const char *token, const char *time, guint16 random)
{
  g_autofree char *secret = g_strdup_printf ("%s,%u,%s", time, random, token);
  g_autofree char *escaped_time = g_uri_escape_string (time, NULL, FALSE);
  g_autofree char *hex = NULL;
  guint8 hash[crypto_hash_sha256_BYTES];

  crypto_hash_sha256 (hash, (const guint8 *) secret, strlen (secret));
  sodium_memzero (secret, strlen (secret));
  hex = format_hex (hash, sizeof hash);

  return g_strdup_printf ("ts=%s&rnr=%u&hash=%s", escaped_time, random, hex);
}

/* ctoken = "TIME,RANDOM" in a secretbox whose key is the SHA-256 of the token (API 1.13.2) */
static char *
encrypted_query (const char *token, const char *time, guint16 random, const guint8 *nonce)
{
  g_autofree char *text = g_strdup_printf ("%s,%u", time, random);
  gsize box_size = crypto_secretbox_MACBYTES + strlen (text);
  g_autofree guint8 *box = g_malloc (box_size);
  g_autofree char *box_hex = NULL;
  g_autofree char *nonce_hex = NULL;
  guint8 key[crypto_secretbox_KEYBYTES];

  crypto_hash_sha256 (key, (const guint8 *) token, strlen (token));
  crypto_secretbox_easy (box, (const guint8 *) text, strlen (text), nonce, key);
  sodium_memzero (key, sizeof key);

  box_hex = format_hex (box, box_size);
  nonce_hex = format_hex (nonce, LATCH_CREDENTIALS_NONCE_SIZE);

  /* The vendor's example spells it "nounce"; its table and every bridge say "nonce" */
  return g_strdup_printf ("ctoken=%s&nonce=%s", box_hex, nonce_hex);
}

/**
 * latch_credentials_to_query:
 * @mode: any but %LATCH_AUTH_MODE_AUTO
 * @token: the bridge's token; it is not kept
 * @random: makes the parameters differ from others of the same second: bridges refuse what they have seen before
 *
 * Makes the query parameters that authorize one request. Except with %LATCH_AUTH_MODE_PLAIN they must not be used
 * again: bridges refuse those that they have seen, and those that are older than a minute.
 *
 * Returns: (transfer full): percent-encoded parameters. Never log them.
 */
char *
latch_credentials_to_query (LatchAuthMode mode, const char *token, guint16 random)
{
  guint8 nonce[LATCH_CREDENTIALS_NONCE_SIZE];

  if (sodium_init () < 0)
    g_error ("The system gives no secure random numbers");

  randombytes_buf (nonce, sizeof nonce);

  return latch_credentials_to_query_full (mode, token, g_get_real_time () / G_USEC_PER_SEC, random, nonce);
}

/**
 * latch_credentials_to_query_full:
 * @mode: any but %LATCH_AUTH_MODE_AUTO
 * @token: the bridge's token; it is not kept
 * @now: seconds since 1970 in UTC
 * @random: makes the parameters differ from others of the same second
 * @nonce: never the same twice; for %LATCH_AUTH_MODE_ENCRYPTED
 *
 * Does what latch_credentials_to_query() does, with time and chance given.
 *
 * Returns: (transfer full): percent-encoded parameters. Never log them.
 */
char *
latch_credentials_to_query_full (LatchAuthMode mode,
                                 const char *token,
                                 gint64 now,
                                 guint16 random,
                                 const guint8 nonce[LATCH_CREDENTIALS_NONCE_SIZE])
{
  g_autofree char *time = format_time (now);

  g_return_val_if_fail (token != NULL, NULL);
  g_return_val_if_fail (time != NULL, NULL);

  switch (mode)
    {
    case LATCH_AUTH_MODE_PLAIN:
      {
        g_autofree char *escaped = g_uri_escape_string (token, NULL, FALSE);
        char *query = g_strconcat ("token=", escaped, NULL);

        sodium_memzero (escaped, strlen (escaped));
        return query;
      }
    case LATCH_AUTH_MODE_HASHED:
      return hashed_query (token, time, random);
    case LATCH_AUTH_MODE_ENCRYPTED:
      return encrypted_query (token, time, random, nonce);
    case LATCH_AUTH_MODE_AUTO:
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * latch_credentials_mode_for_firmware:
 * @firmware_version: (nullable): as the bridge reports it in /info
 *
 * Returns: the strongest mode that a bridge of that kind and firmware knows; %LATCH_AUTH_MODE_PLAIN if in doubt
 */
LatchAuthMode
latch_credentials_mode_for_firmware (LatchBridgeType type, const char *firmware_version)
{
  guint64 version[3] = { 0, 0, 0 };
  char *end = (char *) firmware_version;

  if (type == LATCH_BRIDGE_TYPE_SOFTWARE || firmware_version == NULL)
    return LATCH_AUTH_MODE_PLAIN;

  for (guint i = 0; i < G_N_ELEMENTS (version) && g_ascii_isdigit (*end); i++)
    {
      version[i] = g_ascii_strtoull (end, &end, 10);
      if (*end == '.')
        end++;
    }

  /* A generation yet to come will not be weaker than the last */
  if (version[0] > firmware_modes[0].major)
    return LATCH_AUTH_MODE_ENCRYPTED;

  for (guint i = 0; i < G_N_ELEMENTS (firmware_modes); i++)
    {
      if (version[0] != firmware_modes[i].major)
        continue;
      if (version[1] > firmware_modes[i].minor ||
          (version[1] == firmware_modes[i].minor && version[2] >= firmware_modes[i].micro))
        return firmware_modes[i].mode;
    }

  return LATCH_AUTH_MODE_PLAIN;
}

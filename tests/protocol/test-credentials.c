/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-credentials.h"

#include <gio/gio.h>
#include <sodium.h>
#include <string.h>

/* The vendor's published examples */
#define EXAMPLE_TOKEN "123456"
#define EXAMPLE_TIME 1551748013 /* 2019-03-05T01:06:53Z */
#define EXAMPLE_RANDOM 4711
#define EXAMPLE_NONCE "119c38fb6d7d707b8a45f14e688b74b8c4c1acf33643c71a"

static const guint8 no_nonce[LATCH_CREDENTIALS_NONCE_SIZE];

static void
read_hex (const char *hex, guint8 *bytes, gsize n_bytes)
{
  gsize length = 0;

  g_assert_cmpint (sodium_hex2bin (bytes, n_bytes, hex, strlen (hex), NULL, &length, NULL), ==, 0);
  g_assert_cmpuint (length, ==, n_bytes);
}

static GHashTable *
parse_query (const char *query)
{
  g_autoptr (GError) error = NULL;
  GHashTable *parameters = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, &error);

  g_assert_no_error (error);

  return parameters;
}

static void
test_plain_is_the_token (void)
{
  g_autofree char *query = latch_credentials_to_query (LATCH_AUTH_MODE_PLAIN, EXAMPLE_TOKEN, EXAMPLE_RANDOM);

  g_assert_cmpstr (query, ==, "token=123456");
}

static void
test_plain_is_encoded (void)
{
  static const char token[] = "a&b=c d+e%f#g/ü";
  g_autofree char *query = latch_credentials_to_query (LATCH_AUTH_MODE_PLAIN, token, EXAMPLE_RANDOM);
  g_autoptr (GHashTable) parameters = parse_query (query);

  g_assert_cmpstr (query, ==, "token=a%26b%3Dc%20d%2Be%25f%23g%2F%C3%BC");
  g_assert_cmpuint (g_hash_table_size (parameters), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (parameters, "token"), ==, token);
}

static void
test_hashed_example (void)
{
  g_autofree char *query = latch_credentials_to_query_full (LATCH_AUTH_MODE_HASHED, EXAMPLE_TOKEN, EXAMPLE_TIME,
                                                            EXAMPLE_RANDOM, no_nonce);

  g_assert_cmpstr (query, ==, "ts=2019-03-05T01%3A06%3A53Z&rnr=4711"
                              "&hash=f52eb5ce382e356c4239f8fb4d0a87402bb95b7b3124f0762b806ad7d0d01cb6");
}

static void
test_encrypted_example (void)
{
  guint8 nonce[LATCH_CREDENTIALS_NONCE_SIZE];
  g_autofree char *query = NULL;

  read_hex (EXAMPLE_NONCE, nonce, sizeof nonce);
  query = latch_credentials_to_query_full (LATCH_AUTH_MODE_ENCRYPTED, EXAMPLE_TOKEN, EXAMPLE_TIME, EXAMPLE_RANDOM,
                                           nonce);

  g_assert_cmpstr (query, ==, "ctoken=a7f6b4df6758b92445bd5470b755b43ba41cf50af8b3f6e1"
                              "9368348ddfb1686291555dfd90b31f9333&nonce=" EXAMPLE_NONCE);
}

/* What a bridge does with the parameters */
static void
test_encrypted_opens_with_the_token (void)
{
  static const char token[] = "aCCwWt1m9e93cwWT";
  gint64 before = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *query = latch_credentials_to_query (LATCH_AUTH_MODE_ENCRYPTED, token, EXAMPLE_RANDOM);
  gint64 after = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GHashTable) parameters = parse_query (query);
  const char *ctoken = g_hash_table_lookup (parameters, "ctoken");
  gsize box_size = strlen (ctoken) / 2;
  g_autofree guint8 *box = g_malloc (box_size);
  g_autofree char *text = g_malloc0 (box_size - crypto_secretbox_MACBYTES + 1);
  guint8 nonce[LATCH_CREDENTIALS_NONCE_SIZE];
  guint8 key[crypto_secretbox_KEYBYTES];
  g_auto (GStrv) parts = NULL;
  g_autoptr (GDateTime) date_time = NULL;
  guint64 random;

  read_hex (ctoken, box, box_size);
  read_hex (g_hash_table_lookup (parameters, "nonce"), nonce, sizeof nonce);
  crypto_hash_sha256 (key, (const guint8 *) token, strlen (token));
  g_assert_cmpint (crypto_secretbox_open_easy ((guint8 *) text, box, box_size, nonce, key), ==, 0);

  parts = g_strsplit (text, ",", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  date_time = g_date_time_new_from_iso8601 (parts[0], NULL);
  g_assert_cmpint (g_date_time_to_unix (date_time), >=, before);
  g_assert_cmpint (g_date_time_to_unix (date_time), <=, after);
  g_assert_true (g_str_has_suffix (parts[0], "Z"));
  g_assert_true (g_ascii_string_to_unsigned (parts[1], 10, 0, G_MAXUINT16, &random, NULL));
}

static void
test_hashed_matches_its_parameters (void)
{
  g_autofree char *query = latch_credentials_to_query (LATCH_AUTH_MODE_HASHED, EXAMPLE_TOKEN, EXAMPLE_RANDOM);
  g_autoptr (GHashTable) parameters = parse_query (query);
  g_autofree char *secret = g_strdup_printf ("%s,%s,%s", (char *) g_hash_table_lookup (parameters, "ts"),
                                             (char *) g_hash_table_lookup (parameters, "rnr"), EXAMPLE_TOKEN);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, secret, -1);

  g_assert_cmpstr (g_hash_table_lookup (parameters, "hash"), ==, hash);
}

/* Returns: how many of a hundred values of @parameter are the same as one before */
static guint
count_repetitions (LatchAuthMode mode, const char *parameter)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_same = 0;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *query = latch_credentials_to_query (mode, EXAMPLE_TOKEN, i);
      g_autoptr (GHashTable) parameters = parse_query (query);

      if (!g_hash_table_add (seen, g_strdup (g_hash_table_lookup (parameters, parameter))))
        n_same++;
    }

  return n_same;
}

static void
test_is_not_the_same_twice (void)
{
  g_assert_cmpuint (count_repetitions (LATCH_AUTH_MODE_ENCRYPTED, "nonce"), ==, 0);
  g_assert_cmpuint (count_repetitions (LATCH_AUTH_MODE_ENCRYPTED, "ctoken"), ==, 0);

  g_assert_cmpuint (count_repetitions (LATCH_AUTH_MODE_HASHED, "hash"), ==, 0);
}

static void
test_protected_modes_hide_the_token (void)
{
  static const LatchAuthMode modes[] = { LATCH_AUTH_MODE_HASHED, LATCH_AUTH_MODE_ENCRYPTED };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autofree char *query = latch_credentials_to_query (modes[i], "swordfish", EXAMPLE_RANDOM);

      g_assert_null (strstr (query, "swordfish"));
    }
}

static void
test_firmware (void)
{
  static const struct
  {
    LatchBridgeType type;
    const char *version;
    LatchAuthMode mode;
  } firmwares[] = {
    { LATCH_BRIDGE_TYPE_HARDWARE, "0.1.0", LATCH_AUTH_MODE_PLAIN },
    { LATCH_BRIDGE_TYPE_HARDWARE, "1.11.9", LATCH_AUTH_MODE_PLAIN },
    { LATCH_BRIDGE_TYPE_HARDWARE, "1.12.0", LATCH_AUTH_MODE_HASHED },
    { LATCH_BRIDGE_TYPE_HARDWARE, "1.22.0", LATCH_AUTH_MODE_HASHED },
    { LATCH_BRIDGE_TYPE_HARDWARE, "1.22.1", LATCH_AUTH_MODE_ENCRYPTED },
    { LATCH_BRIDGE_TYPE_HARDWARE, "1.24.0", LATCH_AUTH_MODE_ENCRYPTED },
    { LATCH_BRIDGE_TYPE_HARDWARE, "2.1.17", LATCH_AUTH_MODE_PLAIN },
    { LATCH_BRIDGE_TYPE_HARDWARE, "2.2.0", LATCH_AUTH_MODE_HASHED },
    { LATCH_BRIDGE_TYPE_HARDWARE, "2.2", LATCH_AUTH_MODE_HASHED },
    { LATCH_BRIDGE_TYPE_HARDWARE, "2.13.9", LATCH_AUTH_MODE_HASHED },
    { LATCH_BRIDGE_TYPE_HARDWARE, "2.14.0", LATCH_AUTH_MODE_ENCRYPTED },
    { LATCH_BRIDGE_TYPE_HARDWARE, "2.18.0", LATCH_AUTH_MODE_ENCRYPTED },
    { LATCH_BRIDGE_TYPE_HARDWARE, "3.0.0", LATCH_AUTH_MODE_ENCRYPTED },
    { LATCH_BRIDGE_TYPE_HARDWARE, NULL, LATCH_AUTH_MODE_PLAIN },
    { LATCH_BRIDGE_TYPE_HARDWARE, "", LATCH_AUTH_MODE_PLAIN },
    { LATCH_BRIDGE_TYPE_HARDWARE, "newest", LATCH_AUTH_MODE_PLAIN },
    { LATCH_BRIDGE_TYPE_HARDWARE, "-2.14.0", LATCH_AUTH_MODE_PLAIN },
    { LATCH_BRIDGE_TYPE_UNKNOWN, "2.14.0", LATCH_AUTH_MODE_ENCRYPTED },
    { LATCH_BRIDGE_TYPE_SOFTWARE, "2.14.0", LATCH_AUTH_MODE_PLAIN },
    { LATCH_BRIDGE_TYPE_SOFTWARE, NULL, LATCH_AUTH_MODE_PLAIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (firmwares); i++)
    g_assert_cmpint (latch_credentials_mode_for_firmware (firmwares[i].type, firmwares[i].version), ==,
                     firmwares[i].mode);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/credentials/plain/is-the-token", test_plain_is_the_token);
  g_test_add_func ("/credentials/plain/is-percent-encoded", test_plain_is_encoded);
  g_test_add_func ("/credentials/hashed/matches-the-published-example", test_hashed_example);
  g_test_add_func ("/credentials/hashed/matches-its-own-parameters", test_hashed_matches_its_parameters);
  g_test_add_func ("/credentials/encrypted/matches-the-published-example", test_encrypted_example);
  g_test_add_func ("/credentials/encrypted/opens-with-the-token", test_encrypted_opens_with_the_token);
  g_test_add_func ("/credentials/hashed-and-encrypted/are-not-the-same-twice", test_is_not_the_same_twice);
  g_test_add_func ("/credentials/hashed-and-encrypted/hide-the-token", test_protected_modes_hide_the_token);
  g_test_add_func ("/credentials/mode/follows-from-the-firmware", test_firmware);

  return g_test_run ();
}

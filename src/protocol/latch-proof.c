/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-proof.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#include "latch-error.h"

/* Whoever guesses gets through once in some two hundred times; and a refusal is remembered */
#define N_QUESTIONS 8
#define FEWEST_OF_A_KIND 2
/* As long as those that bridges make up */
#define TOKEN_SIZE 10

/* Who answers at an address, and whether that is somebody who knows the token */
typedef struct
{
  char *bridge_id;
  LatchClient *right; /* shows the token */
  LatchClient *wrong; /* shows another one */
  gboolean expected[N_QUESTIONS];
  guint n_asked;
} Proof;

static void ask (GTask *task);

static void
proof_free (gpointer data)
{
  Proof *proof = data;

  g_clear_object (&proof->right);
  g_clear_object (&proof->wrong);
  g_free (proof->bridge_id);
  g_free (proof);
}

static void
draw_questions (Proof *proof)
{
  guint n_right = 0;

  while (n_right < FEWEST_OF_A_KIND || n_right > N_QUESTIONS - FEWEST_OF_A_KIND)
    {
      n_right = 0;
      for (guint i = 0; i < N_QUESTIONS; i++)
        n_right += proof->expected[i] = randombytes_uniform (2);
    }
}

/* A token as good as ours to everybody who does not know ours */
static void
make_up_token (LatchClient *client)
{
  guint8 bytes[TOKEN_SIZE];
  char token[2 * TOKEN_SIZE + 1];

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2hex (token, sizeof token, bytes, sizeof bytes);
  latch_client_set_token (client, token);
}

static void
return_impostor (GTask *task)
{
  g_task_return_new_error_literal (task, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE,
                                   _("What answers there does not know the bridge’s token"));
}

static gboolean
is_bridge (const LatchInfoSnapshot *info, const char *bridge_id)
{
  g_autofree char *id = g_strdup_printf ("%" G_GUINT64_FORMAT, info->server_id);

  return g_str_equal (id, bridge_id);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Proof *proof = g_task_get_task_data (task);
  gboolean expected = proof->expected[proof->n_asked];
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchInfoSnapshot) info = latch_client_info_finish (LATCH_CLIENT (source), result, &error);
  gboolean refused = g_error_matches (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED);

  /* Who refuses the right token may be our bridge all the same: one that does not know the time yet */
  if (info == NULL && (!refused || expected))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (expected == refused || (info != NULL && !is_bridge (info, proof->bridge_id)))
    return_impostor (task);
  else if (++proof->n_asked == N_QUESTIONS)
    g_task_return_boolean (task, TRUE);
  else
    ask (task);
}

static void
ask (GTask *task)
{
  Proof *proof = g_task_get_task_data (task);

  latch_client_info_async (proof->expected[proof->n_asked] ? proof->right : proof->wrong, g_task_get_cancellable (task),
                           answered_cb, g_object_ref (task));
}

/**
 * latch_proof_ask_async:
 * @client: speaks to the bridge at the address where it was
 * @bridge_id: the bridge's ID
 * @host: where it may be now
 * @port: its port
 *
 * Finds out whether what answers at an address is the bridge that knows our token (spec: /info). Our token and wrong
 * ones are shown to it in turn, in an order that nobody can foresee. Only who knows the token can tell which are which,
 * as long as it is shown in a protected form; it is never shown in a weaker form than the bridge has accepted before.
 * Where that is the bare token, this proves little, as nothing can: bridges that accept no better have no secrets on
 * their network.
 */
void
latch_proof_ask_async (LatchClient *client,
                       const char *bridge_id,
                       const char *host,
                       guint16 port,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Proof *proof = NULL;

  g_return_if_fail (LATCH_IS_CLIENT (client));
  g_return_if_fail (bridge_id != NULL && host != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_proof_ask_async);

  /* To find out which form the bridge accepts would mean to show all of them to anybody */
  if (!latch_client_has_token (client) || latch_client_get_accepted_mode (client) == LATCH_AUTH_MODE_AUTO)
    {
      g_task_return_new_error_literal (task, LATCH_ERROR, LATCH_ERROR_NO_TOKEN,
                                       _("There is no token for this bridge. Pair with it first"));
      return;
    }

  if (sodium_init () < 0)
    g_error ("There is no source of random numbers");

  proof = g_new0 (Proof, 1);
  proof->bridge_id = g_strdup (bridge_id);
  proof->right = latch_client_new_like (client, host, port);
  proof->wrong = latch_client_new_like (client, host, port);
  make_up_token (proof->wrong);
  draw_questions (proof);
  g_task_set_task_data (task, proof, proof_free);
  ask (task);
}

/**
 * latch_proof_ask_finish:
 * @error: set to %LATCH_ERROR_NOT_A_BRIDGE if somebody else answers, or what else a request may fail with, which
 *   proves nothing; so does %LATCH_ERROR_UNAUTHORIZED
 *
 * Returns: whether it is our bridge
 */
gboolean
latch_proof_ask_finish (LatchClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_proof_ask_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

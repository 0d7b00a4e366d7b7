/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <gio/gio.h>

#include "http-words.h"
#include "latch-codec.h"
#include "latch-event-listener.h"
#include "loopback.h"
#include "snapshot-checks.h"

/*
 * What anybody may send to the listener, through a real socket. An input's first byte may hold flags; else the whole
 * input is sent as it is. Of what is only a body, what has to become of it is known exactly; of the rest, that a
 * listener that tells something must have had a reason to.
 */

enum
{
  BODY_ONLY = 1 << 0, /* we put a proper head before it */
  STRANGER = 1 << 1,
  IN_TWO_PARTS = 1 << 2, /* the second byte says where it is cut */
  ALL_FLAGS = BODY_ONLY | STRANGER | IN_TWO_PARTS,
};

#define PATH "/nightlatch/0123456789abcdef/0123456789abcdef0123456789abcdef"
#define MAX_BODY_SIZE 4096
#define GOOD_BODY "{\"nukiId\": 1, \"deviceType\": 0, \"mode\": 2, \"state\": 3, \"batteryCritical\": false}"
/* So often somebody asks whether the bridge is still heard */
#define INTERVAL 64

static LatchEventListener *listener;
static guint16 port;
static LatchDeviceSnapshot *told;
static guint n_told;

static void
event_cb (LatchEventListener *self, const LatchDeviceSnapshot *news, gpointer user_data)
{
  n_told++;
  g_clear_pointer (&told, latch_device_snapshot_free);
  told = latch_device_snapshot_copy (news);
}

static GByteArray *
make_post (const guint8 *body, gsize size)
{
  g_autofree char *head = g_strdup_printf ("POST " PATH " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                                           "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT
                                           "\r\n\r\n", size);
  GByteArray *request = g_byte_array_new ();

  g_byte_array_append (request, (const guint8 *) head, strlen (head));
  if (size > 0)
    g_byte_array_append (request, body, size);

  return request;
}

/* Returns: the status that was answered */
static guint
ask (const LoopbackRequest *request)
{
  g_autoptr (GString) answer = NULL;
  guint status;

  n_told = 0;
  answer = loopback_ask (port, request);
  status = http_read_status (answer);

  /* Told is what was answered so, and nothing else */
  g_assert_cmpuint (n_told, ==, status == 204 ? 1 : 0);
  if (status != 204 && status != 0)
    {
      g_assert_cmpuint (status, >=, 400);
      g_assert_cmpuint (status, <, 600);
    }
  if (n_told > 0)
    {
      g_assert_false (request->stranger);
      check_device (told);
    }

  return status;
}

static void
check_told (const guint8 *bytes, gsize size)
{
  g_autoptr (GBytes) body = g_bytes_new (bytes, size);
  g_autoptr (LatchDeviceSnapshot) device = latch_codec_decode_callback_post (body, NULL);

  g_assert_nonnull (device);
  check_same_device (told, device);
}

static void
check_bridge_is_heard (void)
{
  g_autoptr (GByteArray) post = make_post ((const guint8 *) GOOD_BODY, strlen (GOOD_BODY));

  g_assert_cmpuint (ask (&(LoopbackRequest) { .bytes = post->data, .size = post->len }), ==, 204);
  check_told ((const guint8 *) GOOD_BODY, strlen (GOOD_BODY));
}

static void
check_body (LoopbackRequest request)
{
  const guint8 *bytes = request.bytes;
  gsize size = request.size;
  g_autoptr (GByteArray) post = make_post (bytes, size);
  g_autoptr (GBytes) body = g_bytes_new (bytes, size);
  g_autoptr (LatchDeviceSnapshot) device = latch_codec_decode_callback_post (body, NULL);
  guint status;

  request.bytes = post->data;
  request.size = post->len;
  status = ask (&request);
  if (request.stranger)
    g_assert_cmpuint (status, ==, 403);
  else if (size > MAX_BODY_SIZE)
    g_assert_cmpuint (status, ==, 413);
  else
    g_assert_cmpuint (status, ==, device != NULL ? 204 : 400);

  if (status == 204)
    check_told (bytes, size);
}

static void
check_free_form (const LoopbackRequest *request)
{
  HttpPost post = { 0 };

  if (ask (request) != 204)
    return;

  g_assert_true (http_read_post (request->bytes, request->size, PATH, &post));
  if (post.body != NULL)
    {
      g_assert_cmpuint (post.size, <=, MAX_BODY_SIZE);
      check_told (post.body, post.size);
    }
}

void
fuzz_begin (void)
{
  g_autoptr (GPtrArray) peers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string ("127.0.0.1");
  g_autoptr (GUri) uri = NULL;

  listener = latch_event_listener_new (PATH);
  g_ptr_array_add (peers, g_object_ref (address));
  latch_event_listener_set_peers (listener, peers);
  g_assert_true (latch_event_listener_start (listener, address, 0, NULL));
  g_signal_connect (listener, "event", G_CALLBACK (event_cb), NULL);
  uri = g_uri_parse (latch_event_listener_get_url (listener), G_URI_FLAGS_NONE, NULL);
  port = g_uri_get_port (uri);

  /* It works at all */
  check_bridge_is_heard ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static guint64 n_inputs = 0;
  guint flags = size > 0 && data[0] <= ALL_FLAGS ? data[0] : 0;
  LoopbackRequest request = { .bytes = data, .size = size, .stranger = (flags & STRANGER) != 0 };

  if (flags != 0)
    {
      request.bytes++;
      request.size--;
    }
  if ((flags & IN_TWO_PARTS) && request.size > 0)
    {
      request.cut = request.bytes[0];
      request.bytes++;
      request.size--;
    }

  if (flags & BODY_ONLY)
    check_body (request);
  else
    check_free_form (&request);

  if (n_inputs++ % INTERVAL == 0)
    check_bridge_is_heard ();

  return 0;
}

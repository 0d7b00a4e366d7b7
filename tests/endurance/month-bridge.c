/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "month.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * A bridge that is as fast as sockets are: what it does of its own accord is to live through a month, in which people
 * turn keys, and everything goes wrong that does.
 */

#define BURST 100
#define SECOND ((gint64) G_USEC_PER_SEC)
#define N_TROUBLES 7
#define MAX_HANGING 16
#define PATIENCE (30 * SECOND) /* real time */

typedef enum
{
  WELL,
  BUSY,
  HANGS,
  RESETS,
  BROKEN,
} Health;

typedef struct
{
  Month *month;
  GRand *rand;
  int listener; /* -1 while it is off */
  int discovery;
  guint host;
  Health health;
  gint64 well_at; /* when it will be */
  int hanging[MAX_HANGING];
  guint n_hanging;
  int states[MONTH_LOCKS];
  guint n_lists; /* that were answered well */
  guint lists_at_change;
  char *callback; /* NULL if it has nobody to tell */
} Bridge;

static gint64
get_now (Bridge *self)
{
  return __atomic_load_n (&self->month->now, __ATOMIC_SEQ_CST);
}

static void
set_quiet (Bridge *self, gboolean quiet)
{
  __atomic_store_n (&self->month->quiet, quiet, __ATOMIC_SEQ_CST);
}

static struct sockaddr_in
make_address (guint host, guint16 port)
{
  return (struct sockaddr_in){ AF_INET, htons (port), { htonl ((127u << 24) + (1u << 8) + host) } };
}

static int
listen_at (struct sockaddr_in address)
{
  int yes = 1, fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind (fd, (struct sockaddr *) &address, sizeof address) < 0 || listen (fd, 64) < 0)
    g_error ("The bridge cannot listen: %s", g_strerror (errno));

  return fd;
}

static void
plug_in (Bridge *self)
{
  self->listener = listen_at (make_address (self->host, self->month->port));
}

static void
hang_up_all (Bridge *self)
{
  while (self->n_hanging > 0)
    close (self->hanging[--self->n_hanging]);
}

static void
unplug (Bridge *self)
{
  hang_up_all (self);
  close (self->listener);
  self->listener = -1;
  g_clear_pointer (&self->callback, g_free);
}

static char *
describe_locks (Bridge *self)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < MONTH_LOCKS; i++)
    g_string_append_printf (text,
                            "%s{\"deviceType\": 0, \"nukiId\": %u, \"name\": \"Lock %u\", \"lastKnownState\": "
                            "{\"mode\": 2, \"state\": %d, \"batteryCritical\": false}}",
                            i > 0 ? ", " : "", i + 1, i + 1, self->states[i]);
  g_string_append_c (text, ']');

  return g_string_free_and_steal (text);
}

static char *
take_callback (Bridge *self, const char *query)
{
  const char *start = strstr (query, "url=");
  g_autofree char *escaped = start != NULL ? g_strndup (start + 4, strcspn (start + 4, "& ")) : NULL;

  g_free (self->callback);
  self->callback = escaped != NULL ? g_uri_unescape_string (escaped, NULL) : NULL;

  return g_strdup ("{\"success\": true}");
}

static char *
make_body (Bridge *self, const char *path, const char *query)
{
  if (strcmp (path, "/list") == 0)
    {
      self->n_lists++;
      return describe_locks (self);
    }
  if (strcmp (path, "/info") == 0)
    return g_strdup ("{\"bridgeType\": 1, \"ids\": {\"hardwareId\": 1, \"serverId\": " MONTH_BRIDGE_ID "}, \"versions\": "
                     "{\"firmwareVersion\": \"1.6.2\"}, \"uptime\": 1, \"scanResults\": []}");
  if (strcmp (path, "/callback/list") == 0)
    return self->callback != NULL ? g_strdup_printf ("{\"callbacks\": [{\"id\": 0, \"url\": \"%s\"}]}", self->callback)
                                  : g_strdup ("{\"callbacks\": []}");
  if (strcmp (path, "/callback/add") == 0)
    return take_callback (self, query);
  if (strcmp (path, "/callback/remove") == 0)
    {
      g_clear_pointer (&self->callback, g_free);
      return g_strdup ("{\"success\": true}");
    }

  g_error ("The bridge was asked for %s", path);
}

static void
send_answer (int fd, guint status, const char *body)
{
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 %u Whatever\r\nContent-Type: application/json\r\n"
                                             "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
                                             status, strlen (body), body);

  send (fd, answer, strlen (answer), MSG_NOSIGNAL);
}

/* Returns: whether it is done with, and may be closed */
static gboolean
answer (Bridge *self, int fd, const char *path, const char *query)
{
  const struct linger rude = { 1, 0 };
  g_autofree char *body = NULL;

  self->month->n_requests++;
  switch (self->health)
    {
    case BUSY:
      send_answer (fd, 503, "HTTP 503 Unavailable");
      return TRUE;
    case HANGS:
      if (self->n_hanging == MAX_HANGING)
        return TRUE;
      self->hanging[self->n_hanging++] = fd;
      return FALSE;
    case RESETS:
      setsockopt (fd, SOL_SOCKET, SO_LINGER, &rude, sizeof rude);
      return TRUE;
    case BROKEN:
      send_answer (fd, 200, "[{\"nukiId\": 1, \"deviceType\": 0, \"na");
      return TRUE;
    case WELL:
    default:
      break;
    }

  if (strstr (query, "token=" MONTH_TOKEN) == NULL)
    {
      send_answer (fd, 401, "HTTP 401 Unauthorized");
      return TRUE;
    }
  body = make_body (self, path, query);
  send_answer (fd, 200, body);

  return TRUE;
}

static void
serve (Bridge *self, int listener)
{
  const struct timeval timeout = { 5, 0 };
  int fd = accept (listener, NULL, NULL);
  char request[4096] = "";
  gsize length = 0;
  g_auto (GStrv) words = NULL;
  char *query = NULL;

  if (fd < 0)
    return;

  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  while (strstr (request, "\r\n\r\n") == NULL && length < sizeof request - 1)
    {
      gssize n_read = recv (fd, request + length, sizeof request - 1 - length, 0);

      if (n_read <= 0)
        {
          close (fd);
          return;
        }
      length += n_read;
    }

  words = g_strsplit (request, " ", 3);
  query = strchr (words[1], '?');
  if (query != NULL)
    *query++ = '\0';
  if (listener == self->discovery)
    {
      g_autofree char *body = g_strdup_printf ("{\"bridges\": [{\"bridgeId\": " MONTH_BRIDGE_ID ", \"ip\": "
                                               "\"127.0.1.%u\", \"port\": %u}], \"errorCode\": 0}", self->host,
                                               self->month->port);

      send_answer (fd, 200, body);
      close (fd);
    }
  else if (answer (self, fd, words[1], query != NULL ? query : ""))
    close (fd);
}

/* Answers whoever asks until somebody has nothing more to say for a moment */
static void
serve_all (Bridge *self, int timeout_ms)
{
  struct pollfd fds[] = { { self->discovery, POLLIN, 0 }, { self->listener, POLLIN, 0 } };

  if (poll (fds, G_N_ELEMENTS (fds), timeout_ms) <= 0)
    return;

  set_quiet (self, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    if (fds[i].revents != 0)
      serve (self, fds[i].fd);
}

static void
recover (Bridge *self)
{
  if (self->health != WELL && get_now (self) >= self->well_at)
    {
      hang_up_all (self);
      self->health = WELL;
    }
}

/* Lets time pass, up to @then at most, until @done */
static void
pass_time (Bridge *self, gint64 then, gboolean (*done) (Bridge *self, guint lock), guint lock)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE;
  gint64 last = get_now (self);

  while (get_now (self) < then && !(done != NULL && done (self, lock)))
    {
      if (get_now (self) > last + SECOND)
        deadline = g_get_monotonic_time () + PATIENCE;
      if (g_get_monotonic_time () > deadline)
        g_error ("Time stands still");
      last = get_now (self);
      __atomic_store_n (&self->month->next_at, then, __ATOMIC_SEQ_CST);
      set_quiet (self, TRUE);
      serve_all (self, 1);
      recover (self);
    }
  set_quiet (self, FALSE);
}

static gboolean
is_shown (Bridge *self, guint lock)
{
  return __atomic_load_n (&self->month->shown[lock], __ATOMIC_SEQ_CST) == self->states[lock];
}

/* As long as something that was told is on its way, what shows may be what showed long before; some lists later it is not */
static gboolean
is_listed (Bridge *self, guint lock)
{
  return self->n_lists >= self->lists_at_change + 3 && is_shown (self, lock);
}

static gboolean
has_slept (Bridge *self, guint lock)
{
  return __atomic_load_n (&self->month->sleep, __ATOMIC_SEQ_CST) == 0;
}

static gboolean
was_measured (Bridge *self, guint lock)
{
  return __atomic_load_n (&self->month->measured, __ATOMIC_SEQ_CST) == self->month->percent;
}

/* Whether whoever is to be told has taken it: one who was there but said no counts as not */
static gboolean
tell (Bridge *self, guint lock)
{
  const struct timeval timeout = { 5, 0 };
  g_autoptr (GUri) uri = self->callback != NULL ? g_uri_parse (self->callback, G_URI_FLAGS_NONE, NULL) : NULL;
  struct sockaddr_in here = make_address (self->host, 0);
  struct sockaddr_in there = { AF_INET, 0, { 0 } };
  g_autofree char *body = NULL;
  g_autofree char *request = NULL;
  char answered[512] = "";
  int fd, yes = 1;
  gsize length = 0;
  gssize n_read;

  if (uri == NULL)
    return FALSE;

  there.sin_port = htons (g_uri_get_port (uri));
  there.sin_addr.s_addr = inet_addr (g_uri_get_host (uri));
  fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  setsockopt (fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
  if (bind (fd, (struct sockaddr *) &here, sizeof here) == 0 &&
      connect (fd, (struct sockaddr *) &there, sizeof there) == 0)
    {
      body = g_strdup_printf ("{\"deviceType\": 0, \"nukiId\": %u, \"mode\": 2, \"state\": %d, \"batteryCritical\": false}",
                              lock + 1, self->states[lock]);
      request = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
                                 "Content-Length: %zu\r\n\r\n%s", g_uri_get_path (uri), strlen (body), body);
      send (fd, request, strlen (request), MSG_NOSIGNAL);
      while ((n_read = recv (fd, answered + length, sizeof answered - 1 - length, 0)) > 0)
        length += n_read;
    }
  close (fd);

  return g_str_has_prefix (answered, "HTTP/1.1 204 ");
}

/* Somebody turns a key. What nobody was told shows with the next list: until then, the key stays */
static void
change (Bridge *self, guint lock, gboolean lost)
{
  static const int resting[] = { 1, 3, 5, 6, 254 };
  int state;

  do
    state = resting[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (resting))];
  while (state == self->states[lock]);

  self->states[lock] = state;
  self->month->changes[self->month->n_made++] = (MonthChange){ lock, state };
  if (!lost && tell (self, lock))
    {
      self->month->n_told++;
      return;
    }

  self->month->n_not_told++;
  self->lists_at_change = self->n_lists;
  pass_time (self, get_now (self) + 3600 * SECOND, is_listed, lock);
  if (!is_listed (self, lock))
    g_error ("Lock %u was never shown to be in state %d", lock + 1, state);
}

static void
fall_ill (Bridge *self, Health health, guint seconds, guint *counter)
{
  (*counter)++;
  self->health = health;
  self->well_at = get_now (self) + seconds * SECOND;
  pass_time (self, self->well_at, NULL, 0);
  recover (self);
}

/* Real ones are silent for some 45 seconds then */
static void
reboot (Bridge *self)
{
  self->month->n_reboots++;
  unplug (self);
  pass_time (self, get_now (self) + 45 * SECOND, NULL, 0);
  plug_in (self);
}

static void
move (Bridge *self)
{
  self->month->n_moves++;
  unplug (self);
  pass_time (self, get_now (self) + 20 * SECOND, NULL, 0);
  self->host = self->host % 200 + 1;
  plug_in (self);
}

static void
let_sleep (Bridge *self)
{
  gint64 seconds = g_rand_int_range (self->rand, 60, 8 * 3600);

  self->month->n_sleeps++;
  __atomic_store_n (&self->month->sleep, seconds * SECOND, __ATOMIC_SEQ_CST);
  pass_time (self, get_now (self) + 365 * 24 * 3600 * SECOND, has_slept, 0);
}

/* Something goes wrong; whatever it was, a key that was turned meanwhile shows in the end */
static void
have_trouble (Bridge *self, guint kind)
{
  switch (kind)
    {
    case 0:
      reboot (self);
      break;
    case 1:
      move (self);
      break;
    case 2:
      fall_ill (self, BUSY, 60, &self->month->n_busy);
      break;
    case 3:
      fall_ill (self, HANGS, 100, &self->month->n_hangs);
      break;
    case 4:
      fall_ill (self, RESETS, 30, &self->month->n_broken);
      break;
    case 5:
      fall_ill (self, BROKEN, 30, &self->month->n_broken);
      break;
    default:
      let_sleep (self);
    }
  change (self, g_rand_int_range (self->rand, 0, MONTH_LOCKS), TRUE);
}

static void
wait_to_be_measured (Bridge *self, int percent)
{
  __atomic_store_n (&self->month->percent, percent, __ATOMIC_SEQ_CST);
  pass_time (self, get_now (self) + 365 * 24 * 3600 * SECOND, was_measured, 0);
}

void
month_run_bridge (Month *month)
{
  static const int percents[] = { 10, 50, 100 };
  Bridge self = { month, g_rand_new_with_seed (20), -1, -1, MONTH_FIRST_HOST, WELL, 0, { 0 }, 0, { 0 }, 0, 0, NULL };
  guint n_bursts = MAX (1, month->n_changes / BURST), next_percent = 0;
  guint64 interval = month->duration * SECOND / n_bursts;

  for (guint i = 0; i < MONTH_LOCKS; i++)
    self.states[i] = 1;
  self.discovery = listen_at (make_address (MONTH_DISCOVERY_HOST, month->discovery_port));
  plug_in (&self);
  /* The first list tells what is there */
  for (guint i = 0; i < MONTH_LOCKS; i++)
    pass_time (&self, get_now (&self) + 3600 * SECOND, is_shown, i);

  /* Everything once before the first measurement, as what libraries keep for the next time comes with the first */
  for (guint i = 0; i < N_TROUBLES; i++)
    have_trouble (&self, i);

  while (month->n_made + 1 < month->n_changes)
    {
      gint64 next = get_now (&self) + interval;

      for (guint i = 0; i < BURST && month->n_made + 1 < month->n_changes; i++)
        change (&self, g_rand_int_range (self.rand, 0, MONTH_LOCKS), g_rand_int_range (self.rand, 0, 1000) == 0);
      if (month->n_made + 1 < month->n_changes && g_rand_int_range (self.rand, 0, 10) == 0)
        have_trouble (&self, g_rand_int_range (self.rand, 0, N_TROUBLES));
      pass_time (&self, next, NULL, 0);

      if (month->n_made * 100ull / month->n_changes >= (guint) percents[next_percent] && percents[next_percent] < 100)
        wait_to_be_measured (&self, percents[next_percent++]);
    }
  wait_to_be_measured (&self, 100);
  __atomic_store_n (&month->over, TRUE, __ATOMIC_SEQ_CST);
  unplug (&self);
  close (self.discovery);
  g_rand_free (self.rand);
}

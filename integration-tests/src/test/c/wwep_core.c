/*
 * Tests the core of the client in C through a transport that is no network: it gives a reply in any pieces, by a clock that
 * the test sets. Prints what failed, and how many checks there were.
 */
#include <stdio.h>
#include <string.h>

#include "wwep.h"

static unsigned checks, failed;

static void check(int holds, const char *what, const char *detail, wwep_result result) {
  checks++;
  if (holds) return;
  failed++;
  printf("failed: %s (%s): %s\n", what, detail, wwep_strerror(result));
}

/* ---- a transport that was written down before */

static const char *to_give;    /* what the server says */
static size_t first_piece;     /* the length of the first piece; 0: a byte at a time */
static uint32_t clock_ms;      /* now */
static uint32_t ms_for_piece;  /* what each receive takes */
static wwep_result connecting; /* what connect returns */
static wwep_result sending;    /* what send returns */
static wwep_result in_the_end; /* what receive returns when there is no more */
static char sent[64];
static size_t sent_length, given;
static int opened, closed;

static wwep_result fake_connect(void *context, const char *host, uint16_t port, uint32_t timeout_ms) {
  opened++;
  check(context == sent && strcmp(host, "board") == 0 && port == 1 && timeout_ms == 2000, "connect", host, WWEP_OK);
  return connecting;
}

static wwep_result fake_send(void *context, const void *bytes, size_t length, uint32_t timeout_ms) {
  (void)context;
  check(timeout_ms == 500, "time to send", "", WWEP_OK);
  memcpy(sent, bytes, length);
  sent_length = length;
  return sending;
}

static wwep_result fake_receive(void *context, void *bytes, size_t capacity, size_t *length, uint32_t timeout_ms) {
  (void)context;
  size_t left = strlen(to_give) - given;
  if (left == 0 && in_the_end != WWEP_NO_REPLY) return in_the_end;
  if (left == 0 || ms_for_piece > timeout_ms) {
    clock_ms += timeout_ms;
    return WWEP_NO_REPLY;
  }
  clock_ms += ms_for_piece;
  *length = first_piece == 0 ? 1 : given == 0 ? first_piece : left;
  if (*length > left) *length = left;
  if (*length > capacity) *length = capacity;
  memcpy(bytes, to_give + given, *length);
  given += *length;
  return WWEP_OK;
}

static void fake_close(void *context) {
  (void)context;
  closed++;
}

static uint32_t fake_now_ms(void *context) {
  (void)context;
  return clock_ms;
}

static const wwep_transport FAKE = {sent, fake_connect, fake_send, fake_receive, fake_close, fake_now_ms};
static const wwep_server SERVER = {&FAKE, "board", 1};

static void set(const char *reply, size_t piece, uint32_t ms, wwep_result end) {
  to_give = reply;
  first_piece = piece;
  ms_for_piece = ms;
  in_the_end = end;
  connecting = sending = WWEP_OK;
  given = sent_length = 0;
  opened = closed = 0;
}

static void expect_write(wwep_result wanted, const char *what) {
  wwep_result result = wwep_write(&SERVER, 0x0FAC, 0x0B, 0x12AB);
  check(result == wanted, what, to_give, result);
  check(opened == 1 && closed == 1, "opened and closed once", what, result);
}

/* ---- the tests */

static void test_messages(void) {
  static const uint8_t MAC[] = {0x00, 0xA0, 0x50, 0x12, 0x34, 0x56}, LARGEST[] = {255, 255, 255, 255, 255, 255};
  char text[WWEP_TEXT_SIZE];
  wwep_format_write(text, 0x0FAC, 0x0B, 0x12AB);
  check(strcmp(text, "W0FAC0B12AB") == 0, "a write", text, WWEP_OK);
  wwep_format_read(text, 0xFFFF, 0xF0);
  check(strcmp(text, "RFFFFF0") == 0, "a read", text, WWEP_OK);
  check(wwep_device_id(MAC) == 0x018C, "device ID", "018C", WWEP_OK);
  check(wwep_device_id(LARGEST) == 1530, "device ID", "1530", WWEP_OK);
}

static void test_pieces(void) {
  for (size_t piece = 0; piece <= 11; piece++) {
    set("A0FAC0B12AB", piece, 1, WWEP_CLOSED);
    expect_write(WWEP_OK, "each split");
    check(sent_length == 11 && memcmp(sent, "W0FAC0B12AB", 11) == 0, "sent without a NUL", "", WWEP_OK);
  }
  for (size_t length = 1; length < 11; length++) {
    char part[12] = "A0FAC0B12AB";
    part[length] = '\0';
    set(part, 0, 1, WWEP_CLOSED);
    expect_write(WWEP_CUT_REPLY, "closed in the middle");
    set(part, 0, 1, WWEP_LOST);
    expect_write(WWEP_CUT_REPLY, "lost in the middle");
    set(part, 0, 1, WWEP_NO_REPLY);
    expect_write(WWEP_SLOW_REPLY, "silent in the middle");
  }
}

static void test_times(void) {
  set("A0FAC0B12AB", 0, 45, WWEP_CLOSED);
  expect_write(WWEP_OK, "495 ms in all");
  set("A0FAC0B12AB", 0, 50, WWEP_CLOSED);
  expect_write(WWEP_SLOW_REPLY, "550 ms in all");
  clock_ms = 0xFFFFFFFFu - 100;
  set("A0FAC0B12AB", 0, 45, WWEP_CLOSED);
  expect_write(WWEP_OK, "while the clock runs over");
  check(clock_ms < 1000, "the clock ran over", "", WWEP_OK);
  clock_ms = 0xFFFFFFFFu - 100;
  set("A", 0, 45, WWEP_NO_REPLY);
  expect_write(WWEP_SLOW_REPLY, "the end of time while the clock runs over");
  check(clock_ms == 399, "500 ms were waited, and no more", "", WWEP_OK);
}

static void test_replies(void) {
  uint16_t value = 0;
  static const struct {
    const char *reply;
    wwep_result result;
  } CASES[] = {{"X", WWEP_X},
               {"X not-written", WWEP_X},
               {"", WWEP_CLOSED},
               {"a0FAC0B12AB", WWEP_NOT_WWEP},
               {"HTTP/1.1 400", WWEP_NOT_WWEP},
               {"A0FAC0B12AG", WWEP_NOT_WWEP},
               {"A0FAC0B12 B", WWEP_NOT_WWEP},
               {"A0FAC0B-2AB", WWEP_NOT_WWEP},
               {"A0FAC0C12AB", WWEP_OTHER_REPLY},
               {"A1FAC0B12AB", WWEP_OTHER_REPLY},
               {"A0FAC0B12AC", WWEP_OTHER_REPLY},
               {"A0fac0b12ab", WWEP_OK}};
  for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
    set(CASES[i].reply, 0, 1, WWEP_CLOSED);
    expect_write(CASES[i].result, "reply");
  }
  set("A0FAC0BFFFF", 11, 1, WWEP_CLOSED);
  check(wwep_read(&SERVER, 0x0FAC, 0x0B, &value) == WWEP_OK && value == 0xFFFF, "read", "FFFF", WWEP_OK);
  check(sent_length == 7 && memcmp(sent, "R0FAC0B", 7) == 0, "read sent without a NUL", "", WWEP_OK);
  set("X", 0, 1, WWEP_CLOSED);
  check(wwep_read(&SERVER, 0x0FAC, 0x0B, &value) == WWEP_X, "read of nothing", "", WWEP_OK);
}

static void test_failures(void) {
  set("A0FAC0B12AB", 0, 1, WWEP_CLOSED);
  connecting = WWEP_WRONG_NAME;
  expect_write(WWEP_WRONG_NAME, "no connection");
  check(sent_length == 0, "nothing sent without a connection", "", WWEP_OK);
  set("A0FAC0B12AB", 0, 1, WWEP_CLOSED);
  sending = WWEP_LOST;
  expect_write(WWEP_LOST, "not sent");
  check(given == 0, "nothing read when nothing was sent", "", WWEP_OK);
  for (int i = WWEP_OK; i <= WWEP_NOT_TRUSTED; i++) {
    check(strcmp(wwep_strerror((wwep_result)i), "no such result") != 0, "a sentence for each result", "", (wwep_result)i);
    check(wwep_is_not_trusted((wwep_result)i) == (strncmp(wwep_strerror((wwep_result)i), "not trusted", 11) == 0),
          "not trusted", "", (wwep_result)i);
  }
}

int main(void) {
  test_messages();
  test_pieces();
  test_times();
  test_replies();
  test_failures();
  printf("%u checks, %u failed\n", checks, failed);
  return failed != 0;
}

/* The registers of all devices, as a linked list. */
#include "registers.h"

#include <stdint.h>
#include <stdlib.h>

struct entry {
  uint32_t number; /* device and register: 0x0FAC0B */
  uint16_t value;
  entry *next;
};

static const char DIGITS[] = "0123456789ABCDEF";

static int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

static uint32_t get_hex(const char *at, int digits) {
  uint32_t number = 0;
  for (int i = 0; i < digits; i++) number = number << 4 | (uint32_t)digit(at[i]);
  return number;
}

static void put_hex(char *at, uint32_t number, int digits) {
  for (int i = digits - 1; i >= 0; i--, number >>= 4) at[i] = DIGITS[number & 0xF];
}

static size_t wanted(char command) {
  return command == 'W' ? WRITE_BYTES : command == 'R' ? READ_BYTES : 0;
}

size_t registers_frame(const char *bytes, size_t length) {
  if (length == 0) return 0;
  size_t whole = wanted(bytes[0]);
  for (size_t i = 1; i < length && i < whole; i++) {
    if (digit(bytes[i]) < 0) return length;
  }
  if (whole == 0) return length;
  if (length < whole) return 0;
  /* Behind a message may come a line end or the next one. Anything else, as a string's NUL, makes it too long. */
  char next = length > whole ? bytes[whole] : '\n';
  return next == '\n' || next == '\r' || wanted(next) != 0 ? whole : length;
}

static entry *find(const registers *all, uint32_t number) {
  entry *each = all->first;
  while (each != NULL && each->number != number) each = each->next;
  return each;
}

/* Returns the entry, a new one in front of the list when there is none; NULL when there is no room. */
static entry *find_or_add(registers *all, uint32_t number) {
  entry *found = find(all, number);
  if (found != NULL || all->count == REGISTERS_MAX) return found;
  found = malloc(sizeof *found);
  if (found == NULL) return NULL;
  found->number = number;
  found->next = all->first;
  all->first = found;
  all->count++;
  return found;
}

size_t registers_answer(registers *all, const char *message, size_t length, char reply[REPLY_BYTES]) {
  reply[0] = 'X';
  if (length == 0 || length != wanted(message[0]) || registers_frame(message, length) != length) return 1;
  for (size_t i = 1; i < length; i++) {
    if (digit(message[i]) < 0) return 1;
  }
  uint32_t number = get_hex(message + 1, 6);
  entry *found = message[0] == 'W' ? find_or_add(all, number) : find(all, number);
  if (found == NULL) return 1;
  if (message[0] == 'W') found->value = (uint16_t)get_hex(message + READ_BYTES, 4);
  reply[0] = 'A';
  put_hex(reply + 1, number, 6);
  put_hex(reply + READ_BYTES, found->value, 4);
  return REPLY_BYTES;
}

void registers_free(registers *all) {
  while (all->first != NULL) {
    entry *gone = all->first;
    all->first = gone->next;
    free(gone);
  }
  all->count = 0;
}

/*
 * registers.h: the database of the server exercises, and what it answers. Exercises 04, 05 and 07.
 *
 * As the lecture asks: a linked list that starts out with no entries and grows as data is stored.
 */
#ifndef REGISTERS_H
#define REGISTERS_H

#include <stddef.h>

#define WRITE_BYTES 11
#define READ_BYTES 7
#define REPLY_BYTES 11

/* With more, a search through the list would take longer than a board waits. */
#define REGISTERS_MAX 65536

typedef struct entry entry;

/* Zeroed, it is empty. */
typedef struct registers {
  entry *first;
  size_t count;
} registers;

/*
 * Returns how many of the bytes are the message in front: 7 or 11 for a complete one, 0 when more has to come, and `length`,
 * all of them, for what can be no message any more.
 */
size_t registers_frame(const char *bytes, size_t length);

/*
 * Does what a message asks for, and writes the reply: "A" and ten digits, or "X" for a message that is illegal or reads what
 * nobody has written. Returns the reply's length, 11 or 1.
 */
size_t registers_answer(registers *all, const char *message, size_t length, char reply[REPLY_BYTES]);

/* Gives the memory of all entries back. */
void registers_free(registers *all);

#endif

/**
 * Follows each board through the exercises of the lecture, by what it really does.
 *
 * <p>It learns of boards from package {@code feed}, and so sees what that sees: what could be of
 * several boards counts for none, and under a flood some of it is left out. What was not seen is
 * never claimed.
 */
package io.wwep.console.classroom;

/** The board on a real terminal. */
package io.wwep.it.board;

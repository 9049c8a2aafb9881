/** Pins by Pi4J: the only code of this house that knows it, loaded apart from all other. */
package io.wwep.board.gpio.pi4j;

/**
 * A board with real pins: an LED and two buttons on a Raspberry Pi.
 *
 * <p>{@link io.wwep.board.gpio.Gpio} opens the pins, {@link io.wwep.board.gpio.PinKeys} makes the
 * buttons the board's keys. The library behind them, Pi4J, is loaded when pins are opened, from
 * beside the program, so that whoever has no pins does not pay for it.
 */
package io.wwep.board.gpio;

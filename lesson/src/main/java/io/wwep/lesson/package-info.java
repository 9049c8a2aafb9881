/** Plays the exercises of the lecture on loopback, and explains each step. */
package io.wwep.lesson;

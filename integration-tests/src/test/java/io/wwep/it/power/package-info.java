/** What a disk may hold after the power is cut, made from a trace of what a server did to it. */
package io.wwep.it.power;

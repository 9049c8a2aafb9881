/**
 * Bare connections to the server under test, byte by byte, and what went over them. Knows nothing
 * of any case.
 */
package io.wwep.conformance.wire;

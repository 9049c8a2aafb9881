/**
 * A WWEP server for tests, and one that misbehaves.
 *
 * <p>{@link io.wwep.testkit.TestServer} is the real server within the test's own process; {@link
 * io.wwep.testkit.MisbehavingServer} does what servers and networks do wrong.
 */
package io.wwep.testkit;

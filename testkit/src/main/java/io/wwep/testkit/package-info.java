/**
 * A WWEP server for tests, one that misbehaves, and a small one.
 *
 * <p>{@link io.wwep.testkit.TestServer} is the real server within the test's own process; {@link
 * io.wwep.testkit.MisbehavingServer} does what servers and networks do wrong; {@link
 * io.wwep.testkit.SmallServer} is the server of the lecture's exercises in its smallest form, and
 * {@link io.wwep.testkit.SmallProgram} the same in C, as a process.
 */
package io.wwep.testkit;

/**
 * Loads a WWEP server and tells how fast it answers.
 *
 * <p>{@link io.wwep.bench.Bench} runs a {@link io.wwep.bench.Load} against a {@link
 * io.wwep.bench.Target} and returns a {@link io.wwep.bench.Result}.
 */
package io.wwep.bench;

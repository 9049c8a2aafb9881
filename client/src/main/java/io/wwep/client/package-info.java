/**
 * The client library: it sends a request and yields exactly one outcome.
 *
 * <p>{@link io.wwep.client.WwepClient} is the door, {@link io.wwep.client.Trust} says which servers
 * TLS believes, {@link io.wwep.client.Outcome} and {@link io.wwep.client.WwepException} say what
 * became of a request. The room needs the JDK and the {@code protocol} room only.
 */
package io.wwep.client;

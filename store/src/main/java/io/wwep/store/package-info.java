/**
 * Keeps registers in memory and makes an accepted write survive a crash.
 *
 * <p>{@link io.wwep.store.Store} is the door: reads are answered from one flat table in memory and
 * never block; writes are handed over in a {@link io.wwep.store.Batch} and come back when they are
 * durable. {@link io.wwep.store.MemoryStore} and {@code io.wwep.store.sqlite.SqliteStore} are the
 * engines behind it; another one needs nothing but what is public here.
 */
package io.wwep.store;

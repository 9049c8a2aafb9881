/**
 * Accepts connections, commits first, replies second, says why not.
 *
 * <p>{@link io.wwep.server.WwepServer} is the door. Each connection belongs to one event loop for
 * life; a read is answered on that loop, a write goes to the store's commit thread once and comes
 * back once. ARCHITECTURE.md tells the life of one write.
 */
package io.wwep.server;

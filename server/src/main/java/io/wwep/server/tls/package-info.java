/**
 * TLS on one connection: the layer that encrypts, by BoringSSL or the JDK, and the diagnosis of a
 * handshake that fails.
 *
 * <p>Knows nothing of WWEP.
 */
package io.wwep.server.tls;

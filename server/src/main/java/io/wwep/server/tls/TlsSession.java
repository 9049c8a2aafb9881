package io.wwep.server.tls;

/**
 * What client and server have agreed on in a handshake.
 *
 * @param version as in {@code TLSv1.3}
 * @param cipherSuite by its name in the IANA registry, as in {@code TLS_AES_128_GCM_SHA256}
 */
public record TlsSession(String version, String cipherSuite) {}

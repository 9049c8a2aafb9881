package io.wwep.client;

import java.security.Principal;
import java.util.List;

/**
 * A server asked for the client's certificate in a handshake (RFC 8446, section 4.3.2).
 *
 * @param shown whether the client had one that fits and showed it
 * @param keyTypes what kinds of keys it takes: {@code EC}, {@code RSA}
 * @param issuers the CAs whose certificates it takes; empty when it does not say
 */
record CertificateRequest(boolean shown, List<String> keyTypes, List<Principal> issuers) {}

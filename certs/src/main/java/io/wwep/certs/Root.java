package io.wwep.certs;

import java.security.cert.X509Certificate;

/**
 * A certificate that is believed without proof, as boards have one in their firmware.
 *
 * @param source where it is from, as in {@code ca.pem}
 */
public record Root(X509Certificate certificate, String source) {}

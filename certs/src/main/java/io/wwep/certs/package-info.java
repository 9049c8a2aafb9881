/**
 * Keys and certificates: makes them, reads them from PEM files, and says in one sentence what is
 * wrong with a file and how to put it right.
 *
 * <p>An {@link io.wwep.certs.Identity} is a private key with the certificate that belongs to it;
 * {@link io.wwep.certs.Identities} is where they come from. This room knows no sockets. It uses
 * Bouncy Castle to build certificates and to take PEM apart, and leaves all cryptography to the
 * JDK's own providers.
 */
package io.wwep.certs;

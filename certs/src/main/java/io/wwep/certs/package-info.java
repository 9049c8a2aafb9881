/**
 * Keys and certificates: makes and signs them, keeps them in files, and decides step by step
 * whether a board would believe a chain, or a server a client. What is wrong is said in one
 * sentence, with how to put it right; {@code file} reads and writes the forms that others use, and
 * {@code embed} brings them into firmware.
 *
 * <p>An {@link io.wwep.certs.Identity} is a private key with the certificate that belongs to it;
 * {@link io.wwep.certs.Identities} is where they come from. This room knows no sockets. It uses
 * Bouncy Castle to build certificates and to take PEM apart, and leaves all cryptography to the
 * JDK's own providers.
 */
package io.wwep.certs;

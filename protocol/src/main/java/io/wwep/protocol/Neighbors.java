package io.wwep.protocol;

/**
 * Where this server's other doors are, so that a peer at the wrong one can be told the right one.
 *
 * @param plainPort port of the plain protocol, or -1 where it is not served
 * @param tlsPort port of the protocol over TLS, or -1 where it is not served
 * @param consoleUrl address of the browser console, or null where none is served
 */
public record Neighbors(int plainPort, int tlsPort, String consoleUrl) {}

package io.wwep.server.access;

/**
 * One thing that one requester may do.
 *
 * @param write whether it is to write; otherwise to read
 * @param region where; no longer "own"
 * @param line of the policy that says so, or {@link #BY_CERTIFICATE}
 */
record Permission(boolean write, Region region, int line) {

  /** No line says so, but the device in the certificate. */
  static final int BY_CERTIFICATE = 0;
}

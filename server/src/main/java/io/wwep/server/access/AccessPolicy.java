package io.wwep.server.access;

import java.util.List;

/**
 * What is granted; everything else is denied. Immutable.
 *
 * @param source what the sentences call it: the name of its file
 * @param grants in the order of the file; the first that fits is the one that is named
 */
public record AccessPolicy(String source, List<Grant> grants) {

  public AccessPolicy {
    grants = List.copyOf(grants);
  }

  /** Whether one of the grants is for certificates, or for the device in one. */
  public boolean namesCertificates() {
    return grants.stream().anyMatch(Grant::namesCertificates);
  }
}

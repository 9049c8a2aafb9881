package io.wwep.server.access;

import java.util.List;
import java.util.stream.Stream;

/**
 * What some may do. All three conditions have to fit; one that is not there fits everybody.
 *
 * @param line where it stands in its file, from 1 on
 * @param certificates of which the requester has to have one; empty for no such condition
 * @param networks in one of which its address has to be; empty for no such condition
 * @param door where it has to come in, or null for no such condition
 * @param read what it may read
 * @param write what it may write
 */
public record Grant(
    int line,
    List<CertificateName> certificates,
    List<Network> networks,
    Door door,
    List<Region> read,
    List<Region> write) {

  public Grant {
    certificates = List.copyOf(certificates);
    networks = List.copyOf(networks);
    read = List.copyOf(read);
    write = List.copyOf(write);
  }

  boolean namesCertificates() {
    return !certificates.isEmpty()
        || Stream.concat(read.stream(), write.stream()).anyMatch(Region::own);
  }

  boolean fits(Requester who) {
    boolean certified =
        certificates.isEmpty() || certificates.stream().anyMatch(each -> each.fits(who.client()));
    boolean placed =
        networks.isEmpty() || networks.stream().anyMatch(each -> each.contains(who.address()));
    return certified && placed && (door == null || door == who.door());
  }
}

package io.wwep.certs;

import io.wwep.certs.BoardVerdict.Link;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The way from a server's certificate up to a root, through what the server showed: what it signed
 * by what. Immutable.
 *
 * <p>A known root is taken before one that was shown, and one whose key made the signature before
 * one that only has the name.
 */
final class ChainPath {

  private final List<X509Certificate> shown;
  private final List<Root> roots;
  private final Instant at;
  private final List<Link> links = new ArrayList<>();

  private ChainPath(List<X509Certificate> shown, List<Root> roots, Instant at) {
    this.shown = shown;
    this.roots = roots;
    this.at = at;
  }

  /**
   * @param shown as they came, the server's own first; one or more
   */
  static List<Link> of(List<X509Certificate> shown, List<Root> roots, Instant at) {
    X509Certificate own = shown.get(0);
    List<Root> others = roots.stream().filter(each -> !each.certificate().equals(own)).toList();
    if (others.size() < roots.size() && !CertificateMaker.isSelfIssued(own)) {
      // Known itself, it may still lead to a root that every stack believes.
      List<Link> way = up(shown, others, at);
      if (way.get(way.size() - 1).isRoot()) {
        return way;
      }
    }
    return up(shown, roots, at);
  }

  private static List<Link> up(List<X509Certificate> shown, List<Root> roots, Instant at) {
    ChainPath path = new ChainPath(shown, roots, at);
    Optional<Link> next = Optional.of(path.link(shown.get(0)));
    while (next.isPresent()) {
      path.links.add(next.get());
      next = path.above(next.get());
    }
    return List.copyOf(path.links);
  }

  private Link link(X509Certificate certificate) {
    Optional<String> source =
        roots.stream()
            .filter(each -> each.certificate().equals(certificate))
            .map(Root::source)
            .findFirst();
    return new Link(certificate, source, shown.indexOf(certificate));
  }

  /** Ends at a root, at what nobody knows the issuer of, and where a certificate comes again. */
  private Optional<Link> above(Link link) {
    if (link.isRoot()) {
      return Optional.empty();
    }
    X509Certificate child = link.certificate();
    // A root that was made anew with its key counts as its earlier form; one of another key does
    // not, though it has the name.
    boolean selfIssued = CertificateMaker.isSelfIssued(child);
    return issuers(child)
        .filter(each -> !selfIssued || signed(each, child))
        .map(this::link)
        .filter(this::isNew)
        .findFirst();
  }

  private boolean isNew(Link link) {
    return links.stream().noneMatch(each -> each.certificate().equals(link.certificate()));
  }

  /** Returns all that have the issuer's name, the best first. */
  private Stream<X509Certificate> issuers(X509Certificate certificate) {
    Stream<X509Certificate> known = roots.stream().map(Root::certificate);
    return Stream.concat(known, shown.stream())
        .filter(each -> isIssuer(each, certificate))
        .distinct()
        .map(each -> new Candidate(each, signed(each, certificate), holds(each)))
        .sorted(
            Comparator.comparing(Candidate::hasSigned).thenComparing(Candidate::holds).reversed())
        .map(Candidate::certificate);
  }

  /** An issuer by its name. */
  private record Candidate(X509Certificate certificate, boolean hasSigned, boolean holds) {}

  private boolean holds(X509Certificate certificate) {
    return CertificateWords.of(certificate).holdsAt(at);
  }

  private static boolean signed(X509Certificate issuer, X509Certificate certificate) {
    return new SignatureCheck(certificate, issuer.getPublicKey()).isGood();
  }

  /** Whether one says that the other has signed it, by names alone. */
  static boolean isIssuer(X509Certificate issuer, X509Certificate certificate) {
    return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }
}

package io.wwep.certs;

import io.wwep.certs.BoardCheck.Question;
import io.wwep.certs.BoardVerdict.Kind;
import io.wwep.certs.BoardVerdict.Link;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server shows, put in order: which certificate is which, what should be otherwise, and
 * which one a board needs. Immutable.
 */
public final class ChainReport {

  /** One or more of the certificates, by what a person would call them. */
  public enum Part {
    ROOT,
    INTERMEDIATE,
    LEAF,
    ALL
  }

  private final List<X509Certificate> shown;
  private final BoardVerdict verdict;

  private ChainReport(List<X509Certificate> shown, BoardVerdict verdict) {
    this.shown = shown;
    this.verdict = verdict;
  }

  /** Puts it in order, and decides as {@link BoardCheck} does. */
  public static ChainReport of(Question question) {
    return new ChainReport(question.shown(), BoardCheck.of(question));
  }

  /** Returns the way from the server's own certificate up to the root, and why it is trusted. */
  public BoardVerdict verdict() {
    return verdict;
  }

  /** Returns what one on the way is: a server's, an intermediate or a root. */
  public static String role(Link link, int index) {
    boolean root = link.isRoot() || link.words().isSelfIssued();
    if (index == 0) {
      return root ? "server and its own root" : "server";
    }
    return root ? "root" : "intermediate";
  }

  /**
   * Returns what should be otherwise in the server's file, each as a sentence with the cure; what
   * decides on trust is in {@link #verdict}.
   */
  public List<String> findings() {
    List<String> findings = new ArrayList<>();
    for (int i = 1; i < shown.size(); i++) {
      finding(i).ifPresent(findings::add);
    }
    return findings;
  }

  private Optional<String> finding(int position) {
    X509Certificate certificate = shown.get(position);
    String name = CertificateWords.of(certificate).shortName();
    int first = shown.indexOf(certificate);
    if (first < position) {
      return Optional.of(
          "certificate %d (%s) is the same as certificate %d: leave it out of the server's file"
              .formatted(position + 1, name, first + 1));
    }
    Optional<Link> link =
        verdict.links().stream().filter(each -> each.certificate().equals(certificate)).findFirst();
    if (link.isEmpty()) {
      return Optional.of(
          "certificate %d (%s) has not to do with the others: leave it out of the server's file"
              .formatted(position + 1, name));
    }
    return CertificateMaker.isSelfIssued(certificate)
        ? Optional.of(
            "certificate %d (%s) is the root, which boards have already: leave it out of the server's file, boards have little room"
                .formatted(position + 1, name))
        : Optional.empty();
  }

  /** Returns the root at the end of the way: known, or at least shown. */
  public Optional<X509Certificate> root() {
    Link last = last();
    return last.isRoot() || last.words().isSelfIssued()
        ? Optional.of(last.certificate())
        : Optional.empty();
  }

  /** Returns what to give a board, and why. */
  public String advice() {
    CertificateWords top = last().words();
    if (root().isPresent()) {
      return verdict.links().size() == 1
          ? "give the board this one certificate as its root: the server has signed it itself"
          : "give the board the root, %s: --save root".formatted(top.shortName());
    }
    String missing =
        "the root is not here: %s, who signed %s, is neither sent nor known"
            .formatted(top.issuerShortName(), top.shortName());
    return verdict.links().size() == 1
        ? missing + "; get it from who runs that CA"
        : missing
            + "; get it from who runs that CA, or give the board %s, which is the next best: --save intermediate"
                .formatted(top.shortName());
  }

  private Link last() {
    return verdict.links().get(verdict.links().size() - 1);
  }

  /**
   * Returns the certificates of a part, one or more, the server's own first.
   *
   * @throws IdentityException when there is none, with what to take instead
   */
  public List<X509Certificate> part(Part part) {
    List<X509Certificate> way = verdict.links().stream().map(Link::certificate).toList();
    return switch (part) {
      case ALL -> way;
      case LEAF -> List.of(way.get(0));
      case ROOT -> List.of(root().orElseThrow(() -> new IdentityException(advice())));
      case INTERMEDIATE -> List.of(intermediate(way));
    };
  }

  /** The one next to the server's: the lecture's choice, and the shortest chain for a board. */
  private X509Certificate intermediate(List<X509Certificate> way) {
    boolean none = way.size() < 2 || (way.size() == 2 && root().isPresent());
    if (none) {
      throw new IdentityException(
          root().isPresent()
              ? "there is no intermediate between the server's certificate and the root: take that one with --save root"
              : "no intermediate is sent: have the server send the certificate of %s too"
                  .formatted(last().words().issuerShortName()));
    }
    return way.get(1);
  }

  /** Whether what was shown came in an order that boards do not take. */
  public boolean isOutOfOrder() {
    return verdict.failures().stream().anyMatch(each -> each.kind() == Kind.ORDER);
  }
}

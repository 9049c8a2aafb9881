package io.wwep.certs;

import io.wwep.certs.BoardCheck.Question;
import io.wwep.certs.BoardVerdict.Kind;
import io.wwep.certs.BoardVerdict.Link;
import io.wwep.certs.BoardVerdict.Step;
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
    if (link.words().isSelfIssued()) {
      return index == 0 ? "server and its own root" : "root";
    }
    if (index == 0) {
      return link.isRoot() ? "server, given as a root" : "server";
    }
    return link.isRoot() ? "intermediate, believed as a root" : "intermediate";
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
          "certificate %d (%s) has nothing to do with the others: leave it out of the server's file"
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
    Link top = top();
    return top.isRoot() || top.words().isSelfIssued()
        ? Optional.of(top.certificate())
        : Optional.empty();
  }

  private Link top() {
    return verdict.links().get(topIndex());
  }

  /** Behind a signature that is not its issuer's, what follows only has the right name. */
  private int topIndex() {
    return verdict.failures().stream()
        .filter(each -> each.kind() == Kind.SIGNATURE)
        .mapToInt(Step::link)
        .findFirst()
        .orElse(verdict.links().size() - 1);
  }

  /** Returns what to give a board, and why. */
  public String advice() {
    CertificateWords top = top().words();
    if (root().isPresent()) {
      String root =
          isAlone()
              ? "give the board this one certificate as its root, since the server has signed it itself"
              : "give the board the root, %s".formatted(top.shortName());
      // Whoever stands in between can show a chain of their own.
      String proof =
          top().isRoot()
              ? ""
              : ", once you have compared its SHA-256 with what the server's keeper says";
      return root + proof + ": --save root";
    }
    boolean namesake = topIndex() < verdict.links().size() - 1;
    String missing =
        "the root is not here: %s, who signed %s, is %s"
            .formatted(
                top.issuerShortName(),
                top.shortName(),
                namesake ? "not the one of this name that is known" : "neither sent nor known");
    return isAlone()
        ? missing + "; get it from whoever runs that CA"
        : missing
            + "; get it from whoever runs that CA, or give the board %s, which is the next best: --save intermediate"
                .formatted(top.shortName());
  }

  /** Whether the server's own certificate is all that there is. */
  private boolean isAlone() {
    return topIndex() == 0;
  }

  /**
   * Returns the certificates of a part, one or more, the server's own first.
   *
   * @throws IdentityException when there is none, with what to take instead
   */
  public List<X509Certificate> part(Part part) {
    List<X509Certificate> way =
        verdict.links().subList(0, topIndex() + 1).stream().map(Link::certificate).toList();
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
                  .formatted(top().words().issuerShortName()));
    }
    return way.get(1);
  }
}

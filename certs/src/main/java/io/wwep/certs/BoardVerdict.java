package io.wwep.certs;

import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a board decides of a server's certificates, step by step. Immutable.
 *
 * @param links the way from the server's certificate up to the root, as far as it goes; one or more
 * @param steps in the order in which they are told: those of each link, then what is about all
 * @param notes what does not decide, each as a sentence with the cure
 */
public record BoardVerdict(List<Link> links, List<Step> steps, List<String> notes) {

  public BoardVerdict {
    links = List.copyOf(links);
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
  }

  /**
   * One certificate on the way.
   *
   * @param source where the root is from, present in a known root alone
   * @param position in what the server showed, from 0; -1 when it showed it not
   */
  public record Link(X509Certificate certificate, Optional<String> source, int position) {

    /** Whether it is believed without proof. */
    public boolean isRoot() {
      return source.isPresent();
    }

    /** Returns what people read of it. */
    public CertificateWords words() {
      return CertificateWords.of(certificate);
    }
  }

  /** What is checked; the words are those of results and of JSON. */
  public enum Kind {
    HASH("hash"),
    SIGNATURE("signature"),
    ROOT("known root"),
    EXTENSIONS("extensions"),
    ISSUER("may sign"),
    DATES("dates"),
    STRENGTH("strength"),
    USE("use"),
    NAME("name"),
    ORDER("order");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Returns its name. */
    public String words() {
      return words;
    }
  }

  /** How a step ended. */
  public enum Result {
    OK,
    FAILED,
    /** There was nothing to check it with. */
    SKIPPED
  }

  /**
   * One check of one certificate.
   *
   * @param link which one, as an index of {@link BoardVerdict#links}
   * @param reason why; where it failed, with the cure
   * @param flag what mbed TLS calls it; empty where nothing failed, or nothing that it looks at
   */
  public record Step(int link, Kind kind, Result result, String reason, Optional<BoardFlag> flag) {

    static Step ok(int link, Kind kind, String reason) {
      return new Step(link, kind, Result.OK, reason, Optional.empty());
    }

    static Step failed(int link, Kind kind, BoardFlag flag, String reason) {
      return new Step(link, kind, Result.FAILED, reason, Optional.of(flag));
    }

    /** What mbed TLS does not look at. */
    static Step failed(int link, Kind kind, String reason) {
      return new Step(link, kind, Result.FAILED, reason, Optional.empty());
    }

    static Step skipped(int link, Kind kind, String reason) {
      return new Step(link, kind, Result.SKIPPED, reason, Optional.empty());
    }

    /** Whether the board refuses because of it. */
    public boolean hasFailed() {
      return result == Result.FAILED;
    }
  }

  /** Whether the board goes on. */
  public boolean isAccepted() {
    return failures().isEmpty();
  }

  /** Returns the steps that failed, in their order. */
  public List<Step> failures() {
    return steps.stream().filter(Step::hasFailed).toList();
  }

  /** Returns the first step of a kind, if there was one. */
  public Optional<Step> step(Kind kind) {
    return steps.stream().filter(each -> each.kind() == kind).findFirst();
  }

  /** Returns what mbed TLS calls the failures. */
  public Set<BoardFlag> flags() {
    return steps.stream()
        .flatMap(each -> each.flag().stream())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(BoardFlag.class)));
  }

  /** Returns the root at the end of the way, if it is known. */
  public Optional<Link> root() {
    return Optional.of(links.get(links.size() - 1)).filter(Link::isRoot);
  }
}

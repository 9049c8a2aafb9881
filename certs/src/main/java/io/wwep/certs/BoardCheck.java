package io.wwep.certs;

import io.wwep.certs.BoardVerdict.Kind;
import io.wwep.certs.BoardVerdict.Link;
import io.wwep.certs.BoardVerdict.Step;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides as a board does whether to believe a server's certificates, and keeps each step of it.
 * One use, one thread.
 *
 * <p>The rules are those of RFC 5280, section 6, as far as small stacks hold to them: hash and
 * signature, known root, dates, what a certificate is for, name. Withdrawn certificates no board
 * knows of. All steps are done, also behind one that fails.
 */
public final class BoardCheck {

  private final Question question;
  private final List<Link> links;
  private final List<Step> steps = new ArrayList<>();

  private BoardCheck(Question question) {
    this.question = question;
    links = ChainPath.of(question.shown, question.roots, question.at);
  }

  /**
   * What is to be decided.
   *
   * @param shown what the server shows, its own first; 1 to 10
   * @param roots what the board has in its firmware; any number
   * @param host what it connects to, empty when the name is not to be checked
   * @param at what its clock says
   * @param stack whose peculiarities count, empty for none but the standards
   */
  public record Question(
      List<X509Certificate> shown,
      List<Root> roots,
      Optional<ServerName> host,
      Instant at,
      Optional<BoardStack> stack) {

    /** As many as the JDK takes of a server, and more than boards have room for. */
    public static final int SHOWN_MAX = Identity.CHAIN_MAX;

    /**
     * @throws IllegalArgumentException when nothing is shown, or too much
     */
    public Question {
      shown = List.copyOf(shown);
      roots = List.copyOf(roots);
      if (shown.isEmpty() || shown.size() > SHOWN_MAX) {
        throw new IllegalArgumentException(
            "shown must be 1 to %d certificates, not %d".formatted(SHOWN_MAX, shown.size()));
      }
    }

    boolean asMbedTls() {
      return stack.map(BoardStack::decidesAsMbedTls).orElse(false);
    }

    boolean byStandards() {
      return stack.map(BoardStack::decidesByStandards).orElse(true);
    }
  }

  /** Decides. */
  public static BoardVerdict of(Question question) {
    return new BoardCheck(question).verdict();
  }

  private BoardVerdict verdict() {
    for (int i = 0; i < links.size(); i++) {
      LinkCheck check = new LinkCheck(links, i, question);
      steps.addAll(check.signature());
      check.root().ifPresent(steps::add);
      check.extensions().ifPresent(steps::add);
      check.maySign().ifPresent(steps::add);
      steps.add(check.dates(question.at));
      steps.addAll(check.strength());
      if (i == 0) {
        steps.add(check.use());
        steps.add(name());
        order().ifPresent(steps::add);
      }
    }
    List<String> notes = new ArrayList<>();
    partialChain().ifPresent(notes::add);
    question.stack.ifPresent(stack -> notes.addAll(stack.notes(question.shown)));
    return new BoardVerdict(links, steps, notes);
  }

  /** Small stacks, GnuTLS and the JDK end the way at a CA that they know; OpenSSL goes on. */
  private Optional<String> partialChain() {
    Link last = links.get(links.size() - 1);
    if (!last.isRoot() || last.words().isSelfIssued() || links.size() == 1) {
      return Optional.empty();
    }
    return Optional.of(
        "%s is no root but has an issuer of its own, %s: mbed TLS believes it all the same, OpenSSL only with X509_V_FLAG_PARTIAL_CHAIN"
            .formatted(last.words().shortName(), last.words().issuerShortName()));
  }

  private Step name() {
    if (question.host.isEmpty()) {
      return Step.skipped(0, Kind.NAME, "not checked, since no name was given with --host");
    }
    NameCheck check = new NameCheck(question.shown.get(0), question.host.get());
    List<NameCheck.Answer> answers = new ArrayList<>();
    if (question.byStandards()) {
      answers.add(check.byStandards());
    }
    if (question.asMbedTls()) {
      answers.add(check.byMbedTls());
    }
    return answers.stream()
        .filter(each -> !each.accepted())
        .findFirst()
        .map(each -> Step.failed(0, Kind.NAME, BoardFlag.CN_MISMATCH, each.reason()))
        .orElseGet(() -> Step.ok(0, Kind.NAME, answers.get(0).reason()));
  }

  /** RFC 5246, section 7.4.2; mbed TLS looks for an issuer only behind what it signed. */
  private Optional<Step> order() {
    int position = 0;
    for (Link link : links.subList(1, links.size())) {
      if (link.isRoot()) {
        break;
      }
      // It may be there twice, and only once behind what it signed.
      List<X509Certificate> behind = question.shown.subList(position + 1, question.shown.size());
      int next = behind.indexOf(link.certificate());
      position += 1 + next;
      if (next < 0) {
        return Optional.of(
            Step.failed(
                0,
                Kind.ORDER,
                BoardFlag.NOT_TRUSTED,
                "%s stands before what it has signed, and boards look for an issuer only behind that: put the server's own certificate first in its file, then who signed it, and so on"
                    .formatted(link.words().shortName())));
      }
    }
    return Optional.empty();
  }
}

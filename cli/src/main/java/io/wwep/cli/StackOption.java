package io.wwep.cli;

import io.wwep.certs.BoardStack;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** For which boards something is. */
@Command(sortOptions = false)
final class StackOption {

  @Option(
      names = "--for",
      paramLabel = "STACK",
      converter = Words.OfBoardStack.class,
      completionCandidates = Words.OfBoardStack.class,
      description = {
        "Warn of what the boards' TLS stack does not take: wiced, mbedtls,",
        "or any for what one of them does not."
      })
  BoardStack stack;

  Optional<BoardStack> get() {
    return Optional.ofNullable(stack);
  }

  /** Prints what speaks against certificates that were made. */
  void warn(Console console, List<X509Certificate> chain) {
    get().ifPresent(each -> each.notes(chain).forEach(console::note));
  }
}

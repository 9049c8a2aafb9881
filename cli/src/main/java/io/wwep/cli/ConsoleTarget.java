package io.wwep.cli;

import io.wwep.client.Trust;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Which running server's console is asked, with what token, and whom to believe there. */
@Command(sortOptions = false)
final class ConsoleTarget extends ConsolePlace {

  @Mixin TrustOptions trust;

  @Override
  Trust trust() {
    return trust.isGiven() ? trust.trust() : null;
  }
}

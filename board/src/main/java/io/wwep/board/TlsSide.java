package io.wwep.board;

import io.wwep.client.ClientIdentity;
import io.wwep.client.TlsDetails;
import io.wwep.client.Trust;
import io.wwep.client.WwepClient;
import io.wwep.client.WwepClientBuilder;
import io.wwep.client.WwepException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The half of a board that speaks TLS: whom it believes, and who it is to servers that ask. Owned
 * by the board's thread, except {@link #close} and what only tells.
 */
final class TlsSide {

  private final WwepClientBuilder builder;
  private final String endpoint;
  private final ClientIdentity identity;
  private final Map<Verification, Trust> trusts = new EnumMap<>(Verification.class);
  private Verification verification = Verification.UNDECIDED;
  private boolean identityShown;
  private boolean pinGiven;
  private String lastShown;
  private WwepClient client;
  private boolean closed;

  /**
   * @param builder for the TLS port; used again for each change
   * @param trusts the first one counts from the start; none when nobody said whom to believe
   * @param identity null for a board without a certificate
   */
  TlsSide(WwepClientBuilder builder, List<Trust> trusts, ClientIdentity identity) {
    this.builder = builder;
    this.identity = identity;
    endpoint = builder.build().endpoint();
    identityShown = identity != null;
    trusts.forEach(trust -> this.trusts.put(kind(trust), trust));
    pinGiven = this.trusts.containsKey(Verification.PIN);
    if (!trusts.isEmpty()) {
      verification = kind(trusts.get(0));
    }
    renew();
  }

  private static Verification kind(Trust trust) {
    return switch (trust.kind()) {
      case AUTHORITIES -> Verification.ROOT;
      case PIN -> Verification.PIN;
      case ANY -> Verification.NONE;
    };
  }

  String endpoint() {
    return endpoint;
  }

  synchronized Verification verification() {
    return verification;
  }

  /** Returns whom it believes, in words; empty when nobody said so. */
  synchronized String trusts() {
    return verification == Verification.UNDECIDED ? "" : trusts.get(verification).toString();
  }

  /** Returns the client of now, or null while nobody has said whom to believe. */
  synchronized WwepClient client() {
    return client;
  }

  /** Returns what can be chosen now, in the order in which a key goes through it. */
  synchronized List<Verification> choices() {
    List<Verification> choices = new ArrayList<>(List.of(Verification.NONE));
    if (trusts.containsKey(Verification.ROOT)) {
      choices.add(Verification.ROOT);
    }
    if (pinGiven || lastShown != null) {
      choices.add(Verification.PIN);
    }
    return choices;
  }

  synchronized Judgement verify(Verification choice) {
    boolean firstUse = choice == Verification.PIN && !pinGiven;
    if (firstUse && lastShown == null) {
      return refused(
          "there is no certificate to pin yet: press 1 first, so that the server shows its own, or start with --pin SHA256");
    }
    if (firstUse) {
      trusts.put(Verification.PIN, Trust.pin(lastShown));
    }
    if (choice == Verification.NONE) {
      trusts.computeIfAbsent(choice, none -> Trust.insecure());
    }
    if (!trusts.containsKey(choice)) {
      return refused("there is no root certificate to verify with: start with --ca FILE");
    }
    verification = choice;
    renew();
    return new Judgement(Verdict.FINE, meaning(firstUse));
  }

  private static Judgement refused(String meaning) {
    return new Judgement(Verdict.NOT_TRUSTED, meaning);
  }

  private String meaning(boolean firstUse) {
    if (firstUse) {
      return "verification: pinned what %s showed last (trust on first use), %s: good only if that was no impostor, so compare it with what the server printed at its start"
          .formatted(endpoint, lastShown);
    }
    return switch (verification) {
      case UNDECIDED -> "verification: not decided yet";
      case NONE -> "verification: none, any server is believed, an impostor too";
      case ROOT -> "verification: root certificate, %s".formatted(trusts());
      case PIN -> "verification: %s".formatted(trusts());
    };
  }

  ClientIdentity identity() {
    return identity;
  }

  synchronized boolean isIdentityShown() {
    return identityShown;
  }

  synchronized Judgement showIdentity(boolean shown) {
    if (identity == null) {
      return refused("there is no client certificate to show: start with --cert FILE");
    }
    identityShown = shown;
    renew();
    return new Judgement(
        Verdict.FINE,
        shown
            ? "client certificate: on, %s is shown to a server that asks".formatted(identity)
            : "client certificate: off, none is shown");
  }

  /** Notes what the server has shown of itself. */
  synchronized void shown(TlsDetails details) {
    lastShown = details.fingerprint();
  }

  /** Notes what the server has shown of itself, where that was why it was refused. */
  synchronized void shown(WwepException failure) {
    if (failure instanceof WwepException.NotTrusted refused && refused.fingerprint().isPresent()) {
      lastShown = refused.fingerprint().get();
    }
  }

  private void renew() {
    if (client != null) {
      client.close();
    }
    if (verification == Verification.UNDECIDED || closed) {
      client = null;
      return;
    }
    builder.tls(trusts.get(verification), identityShown ? identity : null);
    client = builder.build();
  }

  synchronized void close() {
    closed = true;
    if (client != null) {
      client.close();
    }
  }
}

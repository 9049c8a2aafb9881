package io.wwep.cli;

import io.wwep.certs.ClientTrust;
import io.wwep.server.access.Access;
import io.wwep.server.access.AccessPolicy;
import io.wwep.server.tls.ClientAuth;
import io.wwep.server.tls.ClientTerms;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who may do what on a server. */
@Command(sortOptions = false)
final class AccessOptions {

  @Option(
      names = "--client-ca",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "Ask TLS clients for a certificate that a CA in this PEM file has signed.")
  Path clientCa;

  @Option(
      names = "--client-auth",
      paramLabel = "AUTH", // a label of its own: the shell's completion has a list for each
      converter = Words.OfClientAuth.class,
      completionCandidates = Words.OfClientAuth.class,
      description = {
        "Who has none is refused: required; is let in without: optional;",
        "is not asked: none (required with --client-ca)."
      })
  ClientAuth clientAuth;

  @Option(
      names = "--client-revoked",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "CRL of --client-ca, or a list of SHA-256 fingerprints, that are refused.")
  Path revoked;

  @Option(
      names = "--bind-device",
      paramLabel = "WHETHER",
      converter = Words.OfSwitch.class,
      completionCandidates = Words.OfSwitch.class,
      description = {
        "A device's certificate opens only its own registers: on;",
        "every accepted certificate opens all: off (on)."
      })
  Switch bindDevice = Switch.ON;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = {
        "TOML file that grants who may read and write what;",
        "what it does not grant is denied ('policy test' tries it)."
      })
  Path policy;

  /** Whether something is switched on. */
  enum Switch {
    ON,
    OFF
  }

  /**
   * @param tls whether TLS is served
   * @throws BadSetting when two options contradict each other, or one lacks another
   */
  void requireConsistent(boolean tls) {
    if (clientCa == null && clientAuth != null && clientAuth != ClientAuth.NONE) {
      throw new BadSetting(
          "client-auth", "needs --client-ca: give the file of the CA that signed the certificates");
    }
    if (clientCa == null && revoked != null) {
      throw new BadSetting(
          "client-revoked", "needs --client-ca: without it nobody is asked for a certificate");
    }
    if (clientCa == null && bindDevice == Switch.OFF) {
      throw new BadSetting(
          "bind-device", "needs --client-ca: without it nobody is asked for a certificate");
    }
    if (clientCa != null && !tls) {
      throw new BadSetting(
          "client-ca", "is for TLS, and --no-tls is given too: leave one of the two out");
    }
  }

  private ClientAuth auth() {
    if (clientCa == null) {
      return ClientAuth.NONE;
    }
    return clientAuth == null ? ClientAuth.REQUIRED : clientAuth;
  }

  /**
   * Reads the files as they are now.
   *
   * @throws io.wwep.certs.IdentityException when a file of certificates cannot be used
   * @throws CliException when the policy cannot be used
   */
  Access read(Clock clock) {
    return new Access(clients(clock), bindDevice == Switch.ON, policy());
  }

  private ClientTerms clients(Clock clock) {
    ClientAuth auth = auth();
    return auth == ClientAuth.NONE
        ? ClientTerms.NONE
        : new ClientTerms(auth, ClientTrust.read(clientCa, revoked, clock));
  }

  private AccessPolicy policy() {
    return policy == null ? null : PolicyFile.read(policy);
  }

  /** Returns what follows the files of these options while a server runs. */
  List<LiveSetting> live(LiveRules rules, Clock clock) {
    List<LiveSetting> live = new ArrayList<>();
    if (auth() != ClientAuth.NONE) {
      List<Path> files = Stream.of(clientCa, revoked).filter(Objects::nonNull).toList();
      live.add(
          new LiveAccess(
              rules,
              files,
              () -> {
                ClientTerms next = clients(clock);
                return now -> new Access(next, now.bindDevice(), now.policy());
              }));
    }
    if (policy != null) {
      live.add(
          new LiveAccess(
              rules,
              List.of(policy),
              () -> {
                AccessPolicy next = policy();
                return now -> new Access(now.clients(), now.bindDevice(), next);
              }));
    }
    return live;
  }

  /** Returns who may do what, in words; empty where everybody may do everything. */
  List<String> words(Access access) {
    List<String> words = new ArrayList<>();
    if (access.clients().areAsked()) {
      words.add(
          "TLS clients show a certificate of %s, which opens %s%s"
              .formatted(
                  clientCa,
                  access.bindDevice()
                      ? "the registers of its device"
                      : access.policy() == null ? "all registers" : "what the policy grants",
                  auth() == ClientAuth.OPTIONAL ? "; or they show none" : ""));
    }
    if (access.policy() != null) {
      int grants = access.policy().grants().size();
      words.add(
          "%s: %d grant%s, and all else is denied"
              .formatted(policy, grants, grants == 1 ? "" : "s"));
    }
    return words;
  }

  /**
   * Returns what a person may not expect of these rules, each as a sentence with the cure.
   *
   * @param openPlain whether writes are taken on the plain port
   */
  List<String> notes(Access access, boolean openPlain) {
    List<String> notes = new ArrayList<>();
    if (clientCa != null && auth() == ClientAuth.NONE) {
      notes.add("--client-auth none: nobody is asked for a certificate of --client-ca");
    }
    boolean asks = access.clients().areAsked();
    if (asks) {
      notes.addAll(access.clients().trust().problems());
    }
    if (asks && access.policy() == null) {
      if (auth() == ClientAuth.OPTIONAL) {
        notes.add(
            "who shows no certificate may write to every register, and so every board by leaving its own away: add --client-auth required, or a --policy");
      }
      if (openPlain) {
        notes.add(
            "the plain port asks nobody who it is, and takes writes to every register: add --read-only plain, --no-plain, or a --policy");
      }
    }
    if (!asks && access.policy() != null && access.policy().namesCertificates()) {
      notes.add(
          "%s grants something to certificates, and nobody is asked for one: add --client-ca"
              .formatted(policy));
    }
    return notes;
  }
}

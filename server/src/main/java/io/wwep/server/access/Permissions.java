package io.wwep.server.access;

import io.wwep.protocol.RegisterId;
import java.util.List;

/** What one requester may do. Immutable; asked for each request. */
public final class Permissions {

  private final Requester who;
  private final AccessPolicy policy;

  /** An array, since event loops walk through it for each request. */
  private final Permission[] all;

  /**
   * @param policy null where there is none
   */
  Permissions(Requester who, AccessPolicy policy, List<Permission> all) {
    this.who = who;
    this.policy = policy;
    this.all = all.toArray(new Permission[0]);
  }

  /**
   * Whether a request is allowed.
   *
   * @param write whether it writes
   * @param address of the register, see {@link RegisterId#ofAddress}
   */
  public boolean allow(boolean write, int address) {
    return find(write, address) != null;
  }

  private Permission find(boolean write, int address) {
    for (Permission each : all) {
      if (each.write() == write && each.region().contains(address)) {
        return each;
      }
    }
    return null;
  }

  /** Returns which rule allows a request, or that none does. */
  public Decision decide(boolean write, int address) {
    Permission found = find(write, address);
    if (found == null) {
      return new Decision(false, denial(write, address), null);
    }
    return found.line() == Permission.BY_CERTIFICATE
        ? new Decision(
            true,
            "the certificate is %s's, and so is the register".formatted(who.client().holder()),
            null)
        : new Decision(
            true, "%s, line %d grants it".formatted(policy.source(), found.line()), found.line());
  }

  /** Returns why no rule allows a request, as a sentence with the cure. */
  public String denial(boolean write, int address) {
    return policy == null ? boundOnly(address) : notGranted(write, address);
  }

  private String boundOnly(int address) {
    RegisterId id = RegisterId.ofAddress(address);
    return who.device().isPresent()
        ? "the certificate is %s's, and opens the registers of no other device than that, not of %04X: send the ID of the certificate, load the certificate of the other device, or grant more with --policy"
            .formatted(who.client().holder(), id.device())
        : "the certificate of %s names no device, and so opens no registers: grant it some with --policy, or start the server with --bind-device off"
            .formatted(who.client().holder());
  }

  private String notGranted(boolean write, int address) {
    RegisterId id = RegisterId.ofAddress(address);
    String other =
        allow(!write, address) ? " (it may %s it)".formatted(write ? "read" : "write") : "";
    return "no [[grant]] in %s lets %s %s register %02X of device %04X%s: add one, or ask who runs the server"
        .formatted(
            policy.source(),
            who.words(),
            write ? "write" : "read",
            id.register(),
            id.device(),
            other);
  }
}

package io.wwep.server.access;

import io.wwep.server.tls.ClientTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Who may do what on a server. Immutable; a running server takes another one at any time.
 *
 * @param clients on which terms TLS clients are let in
 * @param bindDevice whether a certificate opens only the registers of the device in it
 * @param policy what is granted, or, besides {@code bindDevice}, granted in addition; null for none
 */
public record Access(ClientTerms clients, boolean bindDevice, AccessPolicy policy) {

  /** Everybody may do everything. */
  public static final Access OPEN = new Access(ClientTerms.NONE, true, null);

  /** Returns the rules of a policy alone, for trying it: nobody is asked for a certificate. */
  public static Access granting(AccessPolicy policy, boolean bindDevice) {
    return new Access(ClientTerms.NONE, bindDevice, policy);
  }

  /**
   * Returns whether one may read or write a register, and which rule says so.
   *
   * @param address of the register, see {@link io.wwep.protocol.RegisterId#ofAddress}
   */
  public Decision decide(Requester who, boolean write, int address) {
    Permissions permissions = of(who);
    return permissions == null
        ? new Decision(true, "there are no rules, so everybody may", null)
        : permissions.decide(write, address);
  }

  /** Returns what one may do; null where that is everything. */
  public Permissions of(Requester who) {
    boolean bound = bindDevice && who.client() != null;
    if (policy == null && !bound) {
      return null;
    }
    List<Permission> permissions = new ArrayList<>();
    OptionalInt device = who.device();
    if (bound && device.isPresent()) {
      Region own = Region.OWN.ofDevice(device.getAsInt());
      permissions.add(new Permission(false, own, Permission.BY_CERTIFICATE));
      permissions.add(new Permission(true, own, Permission.BY_CERTIFICATE));
    }
    if (policy != null) {
      policy.grants().stream()
          .filter(each -> each.fits(who))
          .forEach(each -> add(each, device, permissions));
    }
    return new Permissions(who, policy, List.copyOf(permissions));
  }

  private static void add(Grant grant, OptionalInt device, List<Permission> permissions) {
    add(false, grant.read(), grant.line(), device, permissions);
    add(true, grant.write(), grant.line(), device, permissions);
  }

  private static void add(
      boolean write, List<Region> regions, int line, OptionalInt device, List<Permission> all) {
    for (Region each : regions) {
      if (!each.own()) {
        all.add(new Permission(write, each, line));
      } else if (device.isPresent()) {
        all.add(new Permission(write, each.ofDevice(device.getAsInt()), line));
      }
    }
  }
}

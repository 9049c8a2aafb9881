package io.wwep.certs.file;

import java.time.Instant;

/**
 * What is not read further.
 *
 * @param title what it is
 * @param hint what more there is to say, with what to do; empty for nothing
 * @param locked whether a password would open it
 */
record OtherItem(String form, String title, String hint, boolean locked) implements Item {

  @Override
  public String noun() {
    return "item";
  }

  @Override
  public Description describe(Instant now) {
    Description about = new Description(locked ? "locked" : "other", title);
    return hint.isEmpty() ? about : about.fact(locked ? "to open" : "note", hint, "note", hint);
  }
}

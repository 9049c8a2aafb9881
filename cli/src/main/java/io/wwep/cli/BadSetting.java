package io.wwep.cli;

/** A setting that cannot be used beside the others, wherever it was given. */
final class BadSetting extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String name;

  /**
   * @param name without hyphens, as in {@code cert}
   * @param reason goes on behind the name
   */
  BadSetting(String name, String reason) {
    super(reason);
    this.name = name;
  }

  /** Returns the setting's name, without hyphens. */
  String name() {
    return name;
  }
}

package io.wwep.it.page;

import java.util.List;
import java.util.Map;
import org.openqa.selenium.chrome.ChromeDriver;

/** A window of some size in CSS pixels, with the colours that the user's system asks for. */
record Look(int width, int height, boolean dark) {

  static final Look LIGHT = new Look(1280, 800, false);
  static final Look DARK = new Look(1280, 800, true);
  static final Look PHONE = new Look(390, 844, false);

  /** Gives a driver's current window this look. */
  void applyTo(ChromeDriver driver, boolean reducedMotion) {
    // A window has a frame, and Chromium makes none narrower than 500 pixels.
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    driver.executeCdpCommand("Emulation.setLocaleOverride", Map.of("locale", "en-GB"));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                feature("prefers-color-scheme", dark ? "dark" : "light"),
                feature("prefers-reduced-motion", reducedMotion ? "reduce" : "no-preference"))));
  }

  private static Map<String, String> feature(String name, String value) {
    return Map.of("name", name, "value", value);
  }
}

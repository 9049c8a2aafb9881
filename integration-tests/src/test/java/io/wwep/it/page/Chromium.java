package io.wwep.it.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The Chromium of this machine, and the driver that speaks for it. */
final class Chromium {

  private static final List<Path> CHROMIUMS =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"),
          Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));

  private static final List<Path> DRIVERS =
      List.of(
          Path.of("/usr/bin/chromedriver"),
          Path.of("/usr/lib/chromium/chromedriver"),
          Path.of("/usr/local/bin/chromedriver"),
          Path.of("/opt/homebrew/bin/chromedriver"));

  private Chromium() {}

  /** Starts one; the test is skipped where there is none. */
  static ChromeDriver start() {
    Path chromium = first(CHROMIUMS);
    Path service = first(DRIVERS);
    assumeTrue(
        chromium != null && service != null,
        "no Chromium with ChromeDriver: apt-get install chromium chromium-driver");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.WARNING);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.setAcceptInsecureCerts(true);
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--lang=en-GB",
        "--force-device-scale-factor=1");
    return new ChromeDriver(
        new ChromeDriverService.Builder().usingDriverExecutable(service.toFile()).build(), options);
  }

  private static Path first(List<Path> places) {
    return places.stream().filter(Files::isExecutable).findFirst().orElse(null);
  }
}

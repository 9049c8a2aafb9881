package io.wwep.it.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium that a test looks at the page with. One thread at a time. */
final class Browser implements AutoCloseable {

  /** A window of some size, with the colours that the user's system asks for. */
  enum Look {
    LIGHT(1280, 800, false),
    DARK(1280, 800, true),
    PHONE(390, 844, false);

    private final int width;
    private final int height;
    private final boolean dark;

    Look(int width, int height, boolean dark) {
      this.width = width;
      this.height = height;
      this.dark = dark;
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration POLL = Duration.ofMillis(50);

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

  /** Installed with what the page is built of. */
  private static final Path AXE =
      Path.of("../console/src/main/web/node_modules/axe-core/axe.min.js");

  private static final Path SCREENSHOTS =
      Path.of(System.getProperty("wwep.screenshots", "target/screenshots"));

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one; the test is skipped where there is none. */
  static Browser start(Look look) {
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
        "--force-device-scale-factor=1",
        "--window-size=" + look.width + "," + look.height);
    if (look.dark) {
      options.addArguments("--blink-settings=preferredColorScheme=0");
    }
    ChromeDriver driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(service.toFile()).build(),
            options);
    // A window has a frame, and Chromium makes none narrower than 500 pixels.
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            look.width,
            "height",
            look.height,
            "deviceScaleFactor",
            1,
            "mobile",
            look == Look.PHONE));
    return new Browser(driver);
  }

  private static Path first(List<Path> places) {
    return places.stream().filter(Files::isExecutable).findFirst().orElse(null);
  }

  void open(String url) {
    driver.get(url);
  }

  String url() {
    return driver.getCurrentUrl();
  }

  /** Waits until an element is there that can be seen. */
  WebElement await(String css) {
    return awaiting(
        css, () -> all(css).stream().filter(WebElement::isDisplayed).findFirst().orElse(null));
  }

  /** Waits until an element has a text somewhere. */
  WebElement awaitText(String css, String text) {
    return awaiting(
        css + " with '" + text + "'",
        () ->
            all(css).stream()
                .filter(each -> each.getText().contains(text))
                .findFirst()
                .orElse(null));
  }

  /** Waits until something is so. */
  void awaitUntil(String what, Wanted<Boolean> wanted) {
    awaiting(what, () -> wanted.get() ? Boolean.TRUE : null);
  }

  /** What is being waited for. */
  interface Wanted<T> {
    T get();
  }

  private <T> T awaiting(String what, Wanted<T> wanted) {
    try {
      return Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(POLL)
          .ignoreExceptionsMatching(StaleElementReferenceException.class::isInstance)
          .until(wanted::get, found -> found != null);
    } catch (ConditionTimeoutException never) {
      throw new AssertionError("there was no " + what + " in:\n" + text(), never);
    }
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** Returns all text that can be seen. */
  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  /** Types keys with the focus where it is. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(Keys.chord(keys));
  }

  /** Runs JavaScript in the page. */
  Object run(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  /**
   * Returns what the page complained of since the last call: errors, and what the policy blocked.
   */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Returns what axe finds that keeps people out, as rules with the elements. */
  List<String> barriers() {
    try {
      run(Files.readString(AXE));
    } catch (IOException e) {
      throw new IllegalStateException("axe-core is not where the build of the page puts it", e);
    }
    Object found =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run().then(result => done(result.violations
              .filter(each => each.impact === 'serious' || each.impact === 'critical')
              .map(each => each.id + ': ' + each.nodes.map(node => node.target).join(', '))),
              error => done(['axe failed: ' + error]));
            """);
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }

  /** Keeps what is to be seen, as a PNG with this name. */
  void screenshot(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Returns the addresses of all that the page has loaded. */
  List<String> loaded() {
    Object names = run("return performance.getEntriesByType('resource').map(each => each.name)");
    return Stream.concat(
            Stream.of(driver.getCurrentUrl()), ((List<?>) names).stream().map(String::valueOf))
        .toList();
  }

  /** Returns when something was painted first, in milliseconds from the start of the navigation. */
  double firstPaintMillis() {
    return ((Number)
            run("return performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        .doubleValue();
  }

  @Override
  public void close() {
    driver.quit();
  }
}

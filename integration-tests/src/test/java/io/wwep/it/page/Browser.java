package io.wwep.it.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A real Chromium that a test looks at the page with. One thread at a time. */
final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration POLL = Duration.ofMillis(50);

  private static final Path SCREENSHOTS =
      Path.of(System.getProperty("wwep.screenshots", "target/screenshots"));

  /** An element's name as people read or hear it. */
  private static final String NAMED =
      """
      const [css, name] = arguments;
      const words = text => (text ?? '').trim().replace(/\\s+/g, ' ');
      const nameOf = each => words(each.getAttribute('aria-label')
        || each.labels?.[0]?.textContent || each.textContent);
      return [...document.querySelectorAll(css)]
        .find(each => each.checkVisibility() && nameOf(each).startsWith(name)) ?? null;
      """;

  private final ChromeDriver driver;

  private Look look = Look.LIGHT;
  private boolean reducedMotion;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
    look(Look.LIGHT);
  }

  /** Starts one; the test is skipped where there is none. */
  static Browser start() {
    return new Browser(Chromium.start());
  }

  // ---- windows

  /** Changes the size and the colours of the window. */
  void look(Look wanted) {
    look = wanted;
    look.applyTo(driver, reducedMotion);
  }

  /** Has the user's system ask for less motion, or no more. */
  void reduceMotion(boolean reduced) {
    reducedMotion = reduced;
    look.applyTo(driver, reduced);
  }

  void open(String url) {
    driver.get(url);
  }

  String url() {
    return driver.getCurrentUrl();
  }

  /** Goes a step back, as by the browser's button. */
  void back() {
    driver.navigate().back();
  }

  /** Leaves the page, so that it talks to no server any more. */
  void leave() {
    driver.get("about:blank");
  }

  /** Opens one more window, of which the browser is asked while the action runs. */
  void inOtherWindow(String url, Runnable action) {
    String before = driver.getWindowHandle();
    driver.switchTo().newWindow(WindowType.WINDOW);
    try {
      look.applyTo(driver, reducedMotion);
      driver.get(url);
      action.run();
    } finally {
      driver.close();
      driver.switchTo().window(before);
    }
  }

  // ---- elements

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

  /** Waits for an element that can be seen and whose name begins so: its label, or its text. */
  WebElement named(String css, String name) {
    return awaiting(
        css + " named '" + name + "'", () -> (WebElement) driver.executeScript(NAMED, css, name));
  }

  /** Presses a button or follows a link by its name. */
  void click(String name) {
    named("button, a, [role=menuitem], [role=button]", name).click();
  }

  /** Replaces what is in a field that has this label. */
  void fill(String label, String text) {
    WebElement field = named("input", label);
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
    field.sendKeys(text);
  }

  /** Chooses from a list with this label by the words of the option. */
  void choose(String label, String option) {
    WebElement list = named("select", label);
    awaiting(
            option + " in " + label,
            () ->
                list.findElements(By.tagName("option")).stream()
                    .filter(each -> each.getText().startsWith(option))
                    .findFirst()
                    .orElse(null))
        .click();
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
          .pollDelay(Duration.ZERO)
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

  /** Returns the text of each element, in the order of the page. */
  List<String> texts(String css) {
    Object found =
        run("return [...document.querySelectorAll(arguments[0])].map(each => each.innerText)", css);
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }

  /** Returns all text of the page, wherever it is scrolled to. */
  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  // ---- keyboard and mouse

  /** Presses keys at a time, with the focus where it is. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(Keys.chord(keys));
  }

  /** Types with the focus where it is. */
  void type(String text) {
    driver.switchTo().activeElement().sendKeys(text);
  }

  /** Begins a row of movements of the mouse. */
  Actions mouse() {
    return new Actions(driver);
  }

  /** Moves fingers or other pointers, all at the same time. */
  void perform(Collection<Sequence> movements) {
    driver.perform(movements);
  }

  // ---- below the page

  /** Runs JavaScript in the page. */
  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Runs JavaScript that calls its last argument when it is done. */
  Object runToItsEnd(String script, Object... arguments) {
    return driver.executeAsyncScript(script, arguments);
  }

  /** Gives the browser itself a command. */
  void command(String name, Map<String, Object> parameters) {
    driver.executeCdpCommand(name, parameters);
  }

  /**
   * Returns what the page complained of since the last call: errors, and what the policy blocked.
   */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Keeps what is to be seen, as a PNG with this name. */
  void screenshot(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    byte[] picture = Png.packed(driver.getScreenshotAs(OutputType.BYTES));
    Files.write(SCREENSHOTS.resolve(name + ".png"), picture);
  }

  /** Returns the addresses of all that the page has loaded. */
  List<String> loaded() {
    Object names = run("return performance.getEntriesByType('resource').map(each => each.name)");
    return Stream.concat(Stream.of(url()), ((List<?>) names).stream().map(String::valueOf))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}

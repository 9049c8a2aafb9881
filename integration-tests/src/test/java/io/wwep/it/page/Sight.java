package io.wwep.it.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a user sees of the page, or is kept from. */
final class Sight {

  /** Installed with what the page is built of. */
  private static final Path AXE =
      Path.of("../console/src/main/web/node_modules/axe-core/axe.min.js");

  /** Texts all of whose lines lie in the window, and that nothing covers or cuts off. */
  private static final String VISIBLE =
      """
      const uncovered = (node, rect) => [rect.left + 1, rect.right - 1].every(x => {
        const top = document.elementFromPoint(x, (rect.top + rect.bottom) / 2);
        return top !== null && (top.contains(node) || node.parentElement.contains(top));
      });
      const inside = rect => rect.top >= 0 && rect.left >= 0
        && rect.bottom <= innerHeight && rect.right <= innerWidth;
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const seen = [];
      while (texts.nextNode()) {
        const node = texts.currentNode;
        const range = document.createRange();
        range.selectNodeContents(node);
        const rects = [...range.getClientRects()].filter(each => each.width > 2);
        if (rects.length > 0 && rects.every(each => inside(each) && uncovered(node, each)))
          seen.push(node.data);
      }
      return seen.join(' ');
      """;

  private static final String BARRIERS =
      """
      const done = arguments[arguments.length - 1];
      const moving = document.getAnimations()
        .filter(each => each.effect.getComputedTiming().endTime !== Infinity);
      Promise.allSettled(moving.map(each => each.finished)).then(() => axe.run()).then(result => done(result.violations
        .filter(each => each.impact === 'serious' || each.impact === 'critical')
        .map(each => each.id + ': ' + each.nodes.map(node => node.target
          + ' (' + node.any.concat(node.all, node.none).map(check => check.message).join('; ') + ')')
          .join(', '))),
        error => done(['axe failed: ' + error]));
      """;

  private static final String GAPS =
      """
      const [millis, done] = arguments;
      const times = [];
      const begin = performance.now();
      const frame = now => {
        times.push(now);
        if (now - begin < millis) requestAnimationFrame(frame);
        else done(times.slice(1).map((each, i) => each - times[i]).sort((a, b) => a - b));
      };
      requestAnimationFrame(frame);
      """;

  private final Browser browser;

  Sight(Browser browser) {
    this.browser = browser;
  }

  /** Returns the text that is wholly to be seen in the window, without scrolling or a click. */
  String text() {
    return (String) browser.run(VISIBLE);
  }

  /** Returns what axe finds that keeps people out, as rules with the elements. */
  List<String> barriers() {
    try {
      browser.run(Files.readString(AXE));
    } catch (IOException e) {
      throw new IllegalStateException("axe-core is not where the build of the page puts it", e);
    }
    return ((List<?>) browser.runToItsEnd(BARRIERS)).stream().map(String::valueOf).toList();
  }

  /** Whether nothing moves at the moment, and everything has the width of the window. */
  boolean isAtRest() {
    return sideways() == 0
        && Boolean.TRUE.equals(
            browser.run(
                "return document.getAnimations().every(each => each.playState === 'finished')"));
  }

  /** Returns by how many pixels the page is wider than its window. */
  long sideways() {
    return ((Number)
            browser.run(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .longValue();
  }

  /** Returns when something was painted first, in milliseconds from the start of the navigation. */
  double firstPaintMillis() {
    return ((Number)
            browser.run(
                "return performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        .doubleValue();
  }

  /** Watches the page for some time; returns the milliseconds between two pictures, sorted. */
  List<Double> frameGaps(long millis) {
    return ((List<?>) browser.runToItsEnd(GAPS, millis))
        .stream().map(each -> ((Number) each).doubleValue()).toList();
  }
}

package io.wwep.it.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import io.wwep.it.WwepProcess;
import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs conformance tests against a server that runs already, as {@code ./test conformance} does.
 */
final class ConformanceRun {

  private static final String PACKAGE = "io.wwep.it.conformance";
  private static final String PREFIX = "wwep.conformance.";
  private static final int ATTEMPTS_MAX = 3;

  private ConformanceRun() {}

  /**
   * Runs the tests whose class names match, and fails when some of them fail each time, or none is
   * found. On a busy machine one of these clients may be too late for a connection's linger.
   *
   * @param classes a regular expression, as in {@code Messages.*}
   * @return how many tests passed
   */
  static long check(WwepProcess server, String classes) {
    Map<String, String> target =
        Map.of(
            PREFIX + "host", "127.0.0.1",
            PREFIX + "port", Integer.toString(server.plainPort()),
            PREFIX + "tlsPort", Integer.toString(server.tlsPort()));
    target.forEach(System::setProperty);
    try {
      TestExecutionSummary summary = run(classes);
      for (int i = 1; i < ATTEMPTS_MAX && summary.getTotalFailureCount() > 0; i++) {
        summary = run(classes);
      }
      assertThat(failed(summary)).as("conformance tests that failed").isEmpty();
      assertThat(summary.getTestsSucceededCount()).as("those that passed").isPositive();
      return summary.getTestsSucceededCount();
    } finally {
      target.keySet().forEach(System::clearProperty);
    }
  }

  private static TestExecutionSummary run(String classes) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage(PACKAGE))
            .filters(includeClassNamePatterns(PACKAGE + "\\." + classes + "ConformanceTest"))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }

  private static List<String> failed(TestExecutionSummary summary) {
    return summary.getFailures().stream()
        .map(
            failure -> failure.getTestIdentifier().getDisplayName() + ": " + failure.getException())
        .toList();
  }
}

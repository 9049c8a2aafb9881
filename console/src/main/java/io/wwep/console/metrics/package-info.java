/**
 * What a running server counts and measures, as Prometheus takes it. {@link
 * io.wwep.console.metrics.Metrics} is the door.
 */
package io.wwep.console.metrics;

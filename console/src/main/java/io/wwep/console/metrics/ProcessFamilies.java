package io.wwep.console.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the process and its JVM take of the machine, under the names that Prometheus' clients have
 * for it, so that dashboards for any JVM show it.
 */
final class ProcessFamilies {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final long BYTES_PER_KILOBYTE = 1024;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private ProcessFamilies() {}

  static void addTo(Families families) {
    process(families);
    memory(families);
    collections(families);
    families.gauge(
        "jvm_threads_current",
        "Threads of the JVM.",
        ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static void process(Families families) {
    families.gauge(
        "process_start_time_seconds",
        "When the process started, in seconds since 1970.",
        ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_PER_SECOND);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      families.counter(
          "process_cpu_seconds_total",
          "Processor time that the process has used, in seconds.",
          system.getProcessCpuTime() / NANOS_PER_SECOND);
      if (system instanceof UnixOperatingSystemMXBean unix) {
        families.gauge(
            "process_open_fds",
            "Files that the process has open; each connection is one.",
            unix.getOpenFileDescriptorCount());
        families.gauge(
            "process_max_fds",
            "Files that the process may have open; beyond it no connection is accepted.",
            unix.getMaxFileDescriptorCount());
      }
    }
    long resident = residentBytes();
    if (resident > 0) {
      families.gauge(
          "process_resident_memory_bytes",
          "Memory of the machine that the process has, in bytes.",
          resident);
    }
  }

  /** Returns 0 where the system does not tell. */
  private static long residentBytes() {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    try {
      Matcher match = RESIDENT.matcher(Files.readString(STATUS));
      return match.find() ? Long.parseLong(match.group(1)) * BYTES_PER_KILOBYTE : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static void memory(Families families) {
    families.gauge(
        "jvm_memory_used_bytes", "Memory in use, in bytes.", "area", areas(MemoryUsage::getUsed));
    families.gauge(
        "jvm_memory_committed_bytes",
        "Memory that the JVM has from the system, in bytes.",
        "area",
        areas(MemoryUsage::getCommitted));
    families.gauge(
        "jvm_memory_max_bytes",
        "Memory that the JVM may take, in bytes; -1 where there is no bound.",
        "area",
        areas(MemoryUsage::getMax));
    Map<String, Long> pools = new LinkedHashMap<>();
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      pools.put(pool.getName(), pool.getMemoryUsed());
    }
    families.gauge(
        "jvm_buffer_pool_used_bytes", "Memory outside of the heap, in bytes.", "pool", pools);
  }

  private static Map<String, Long> areas(ToLongFunction<MemoryUsage> figure) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    return Map.of(
        "heap", figure.applyAsLong(memory.getHeapMemoryUsage()),
        "nonheap", figure.applyAsLong(memory.getNonHeapMemoryUsage()));
  }

  private static void collections(Families families) {
    Map<String, Long> counts = new LinkedHashMap<>();
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      counts.put(each.getName(), each.getCollectionCount());
      seconds.put(each.getName(), each.getCollectionTime() / MILLIS_PER_SECOND);
    }
    families.counter("jvm_gc_collections_total", "Collections of garbage.", "gc", counts);
    families.counter(
        "jvm_gc_seconds_total",
        "Time that collecting garbage has taken, in seconds.",
        "gc",
        seconds);
  }
}

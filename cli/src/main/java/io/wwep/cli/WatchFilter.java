package io.wwep.cli;

import io.wwep.server.access.Door;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which events are shown; the server chooses. */
@Command(sortOptions = false)
final class WatchFilter {

  @Option(
      names = "--device",
      paramLabel = "ID",
      split = ",",
      converter = HexNumbers.Device.class,
      description = "Only requests that name these devices, in hex, as in 0FAC or 0FAC,0FAD.")
  List<Integer> devices = List.of();

  @Option(
      names = "--peer",
      paramLabel = "ADDRESS",
      description = "Only what comes from this address, or address and port.")
  String peer;

  @Option(
      names = "--door",
      paramLabel = "DOOR",
      converter = Words.OfDoor.class,
      completionCandidates = Words.OfDoor.class,
      description = "Only what comes in here: plain, tls or console.")
  Door door;

  @Option(names = "--x-only", description = "Only requests that were answered X.")
  boolean rejected;

  @Option(
      names = "--code",
      paramLabel = "WORD",
      split = ",",
      converter = RejectWord.class,
      completionCandidates = RejectWord.class,
      description = "Only what was answered X for these reasons, as in too-long,bad-digit.")
  List<String> codes = List.of();

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Only where request, reply, sentence or peer has this in it.")
  String text;

  /** Returns the part of a URL behind the question mark. */
  String query() {
    List<String> parts = new ArrayList<>();
    add(parts, "device", String.join(",", devices.stream().map("%04X"::formatted).toList()));
    add(parts, "peer", peer);
    add(parts, "door", door == null ? null : Words.word(door));
    add(parts, "reply", rejected ? "X" : null);
    add(parts, "code", String.join(",", codes));
    add(parts, "text", text);
    return String.join("&", parts);
  }

  private static void add(List<String> parts, String name, String value) {
    if (value != null && !value.isEmpty()) {
      parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }
}

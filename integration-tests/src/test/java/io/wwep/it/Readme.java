package io.wwep.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of README.md.
 *
 * @param commands what is typed, with what is printed, in the page's order
 * @param consoleLines what the server's console shows
 * @param java the client library's example
 */
record Readme(List<Command> commands, List<String> consoleLines, String java) {

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /**
   * A command and what it prints.
   *
   * @param line as typed behind the prompt
   * @param output the lines below it
   */
  record Command(String line, List<String> output) {}

  static Readme read(Path file) throws IOException {
    List<Command> commands = new ArrayList<>();
    List<String> console = new ArrayList<>();
    StringBuilder java = new StringBuilder();
    Matcher block = BLOCK.matcher(Files.readString(file));
    while (block.find()) {
      List<String> lines = block.group(2).lines().toList();
      switch (block.group(1)) {
        case "console" -> addCommands(lines, commands);
        case "text" -> console.addAll(lines);
        case "java" -> java.append(block.group(2));
        default -> throw new IllegalStateException("a block that nobody checks: " + block.group(1));
      }
    }
    return new Readme(commands, console, java.toString());
  }

  private static void addCommands(List<String> lines, List<Command> commands) {
    for (String line : lines) {
      if (line.startsWith("$ ")) {
        commands.add(new Command(line.substring(2), new ArrayList<>()));
      } else {
        commands.get(commands.size() - 1).output().add(line);
      }
    }
  }
}

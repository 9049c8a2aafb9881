package io.wwep.it;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Wwep;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Holds the arrows between the rooms, as ARCHITECTURE.md draws them: each room is a module and a
 * package, and depends on nothing but what its line here names.
 */
class HouseTest {

  private static final String[] JDK = {"java..", "javax..", "jdk..", "com.sun.."};

  /**
   * A room.
   *
   * @param arrows rooms it depends on; it may use what their API speaks of too, which is the rooms
   *     behind them, and their libraries never
   * @param libraries packages from outside the house
   */
  record Room(String name, Set<String> arrows, Set<String> libraries) {

    String packages() {
      return "io.wwep." + name + "..";
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Pattern OURS = Pattern.compile("io\\.wwep\\.(?!fuzz\\.model)");

  private static final Set<String> NONE = Set.of();
  private static final Set<String> ALL =
      Set.of(
          "protocol",
          "keylog",
          "store",
          "server",
          "client",
          "certs",
          "board",
          "bench",
          "console",
          "conformance",
          "tap",
          "lesson",
          "testkit");

  private static final List<Room> ROOMS =
      List.of(
          new Room("protocol", NONE, NONE),
          new Room("keylog", NONE, NONE),
          new Room("store", Set.of("protocol"), Set.of("org.sqlite..")),
          new Room("server", Set.of("protocol", "keylog", "store", "certs"), Set.of("io.netty..")),
          new Room("client", Set.of("protocol", "keylog"), NONE),
          new Room("certs", NONE, Set.of("org.bouncycastle..")),
          new Room("board", Set.of("client"), Set.of("io.netty..", "com.pi4j..")),
          new Room("bench", Set.of("client", "server"), Set.of("io.netty..", "org.HdrHistogram..")),
          new Room(
              "console",
              Set.of("server"),
              Set.of(
                  "io.vertx..", "io.netty..", "io.prometheus..", "com.fasterxml.jackson.core..")),
          new Room("conformance", Set.of("client"), NONE),
          new Room("tap", Set.of("client", "certs"), NONE),
          new Room("lesson", Set.of("board", "tap", "conformance", "console", "testkit"), NONE),
          new Room("testkit", Set.of("server"), NONE),
          new Room(
              "cli",
              ALL,
              Set.of(
                  "picocli..",
                  "org.jline..",
                  "org.tomlj..",
                  "de.siegmar.fastcsv..",
                  "com.fasterxml.jackson.core..")),
          new Room("benchmarks", Set.of("server"), Set.of("org.openjdk.jmh..")));

  /** Rooms of tests alone, which may use the insides of the others; each with its libraries. */
  private static final Map<String, Set<String>> PROOFS =
      Map.of(
          "integration-tests",
              Set.of("com.tngtech.archunit", "org.junit.platform", "org.seleniumhq.selenium"),
          "fuzz", Set.of("com.code-intelligence"));

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.wwep");

  static List<Room> rooms() {
    return ROOMS;
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void shouldDependOnNothingButTheRoomsAndLibrariesOfItsLine(Room room) {
    List<String> allowed = new ArrayList<>(List.of(JDK));
    allowed.add(room.packages());
    allowed.addAll(room.libraries);
    within(room).forEach(name -> allowed.add("io.wwep." + name + ".."));

    classes()
        .that()
        .resideInAPackage(room.packages())
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(HOUSE);
  }

  /** The rooms that its arrows reach. */
  private static Set<String> within(Room room) {
    Set<String> reached = new TreeSet<>();
    for (String arrow : room.arrows) {
      reached.add(arrow);
      reached.addAll(within(roomOf(arrow)));
    }
    return reached;
  }

  private static Room roomOf(String name) {
    return ROOMS.stream().filter(room -> room.name.equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void shouldDeclareNoArrowButThoseOfItsLine(Room room) throws Exception {
    assertThat(room.arrows).containsAll(declaredArrows(room.name));
  }

  /** Rooms that the room's own pom names, tests aside. */
  private static Set<String> declaredArrows(String room) throws Exception {
    Set<String> arrows = new TreeSet<>();
    for (Element dependency : dependencies(room)) {
      if (text(dependency, "groupId").equals("io.wwep")
          && !text(dependency, "scope").equals("test")) {
        arrows.add(text(dependency, "artifactId").replaceFirst("^wwep-", ""));
      }
    }
    return arrows;
  }

  private static List<Element> dependencies(String room) throws Exception {
    NodeList found = pom(Path.of("..", room)).getElementsByTagName("dependency");
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  private static Element pom(Path directory) throws Exception {
    File file = directory.resolve("pom.xml").toFile();
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(file)
        .getDocumentElement();
  }

  private static String text(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }

  @Test
  void shouldGiveARoomOfTestsNothingButTestsAndItsLibraries() throws Exception {
    for (Map.Entry<String, Set<String>> proof : PROOFS.entrySet()) {
      Set<String> libraries = new TreeSet<>();
      for (Element dependency : dependencies(proof.getKey())) {
        assertThat(text(dependency, "scope")).as(proof.getKey()).isEqualTo("test");
        libraries.add(text(dependency, "groupId"));
      }
      libraries.remove("io.wwep");
      assertThat(libraries).as(proof.getKey()).isEqualTo(proof.getValue());
      assertThat(Path.of("..", proof.getKey(), "src/main")).doesNotExist();
    }
  }

  /** A model that uses what it is held against would make the same mistakes. */
  @Test
  void shouldWriteTheModelOfTheWireWithoutTheServersClasses() throws Exception {
    try (Stream<Path> model = Files.list(Path.of("../fuzz/src/test/java/io/wwep/fuzz/model"))) {
      for (Path source : model.toList()) {
        assertThat(Files.readAllLines(source)).as("%s", source).noneMatch(OURS.asPredicate());
      }
    }
  }

  @Test
  void shouldTakeValuesAndNothingElseFromTheProtocolIntoTheStore() {
    noClasses()
        .that()
        .resideInAPackage("io.wwep.store..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.wwep.protocol..")
                .and(not(belongToAnyOf(RegisterId.class, Wwep.class))))
        .check(HOUSE);
  }

  @Test
  void shouldKeepEachLibraryInItsRoom() {
    Map<String, List<String>> homes =
        Map.ofEntries(
            Map.entry(
                "io.netty..",
                List.of(
                    "io.wwep.server..",
                    "io.wwep.bench..",
                    "io.wwep.board.steps..",
                    "io.wwep.console.http..")),
            Map.entry("com.pi4j..", List.of("io.wwep.board.gpio..")),
            Map.entry("org.HdrHistogram..", List.of("io.wwep.bench..")),
            Map.entry("org.sqlite..", List.of("io.wwep.store..")),
            Map.entry("java.sql..", List.of("io.wwep.store..")),
            Map.entry("org.bouncycastle..", List.of("io.wwep.certs..")),
            Map.entry("picocli..", List.of("io.wwep.cli..")),
            Map.entry("org.jline..", List.of("io.wwep.cli..")),
            Map.entry("org.tomlj..", List.of("io.wwep.cli..")),
            Map.entry("de.siegmar.fastcsv..", List.of("io.wwep.cli..")),
            Map.entry("com.fasterxml.jackson.core..", List.of("io.wwep.cli..")),
            Map.entry("org.openjdk.jmh..", List.of("io.wwep.benchmarks..")));
    homes.forEach(
        (library, rooms) ->
            noClasses()
                .that()
                .resideOutsideOfPackages(rooms.toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(HOUSE));
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.wwep.(**)").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void shouldHaveNoClassOutsideTheRooms() {
    String[] packages = ROOMS.stream().map(Room::packages).toArray(String[]::new);
    List<String> homeless =
        HOUSE.stream().filter(not(resideInAnyPackage(packages))).map(JavaClass::getName).toList();

    assertThat(homeless).isEmpty();
  }

  /** A module without a line here would be free of all rules. */
  @Test
  void shouldHaveALineForEveryModule() throws Exception {
    Set<String> lines = new TreeSet<>(PROOFS.keySet());
    ROOMS.forEach(room -> lines.add(room.name));
    NodeList modules = pom(Path.of("..")).getElementsByTagName("module");

    assertThat(
            IntStream.range(0, modules.getLength())
                .mapToObj(i -> modules.item(i).getTextContent().strip()))
        .containsExactlyInAnyOrderElementsOf(lines);
  }
}

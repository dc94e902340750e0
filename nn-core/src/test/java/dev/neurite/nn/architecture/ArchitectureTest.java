package dev.neurite.nn.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The room table of the design. */
class ArchitectureTest {
  private static final String ROOT = "dev.neurite.nn";

  /** Fewer were not looked at, so that no rule can pass on an empty set. */
  private static final int MINIMUM_CLASSES = 80;

  /** Rooms that exist since the first commit; the others of the table may come later. */
  private static final Set<String> FOUNDED =
      Set.of("random", "schedule", "data", "kernel", "autodiff", "model", "optim", "eval");

  /**
   * Which rooms a room may use: kernel, {autodiff, sparse}, model, {optim, prune, eval}, train, io,
   * each those before it; the leaves random, schedule and data none.
   */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("random", Set.of()),
          Map.entry("schedule", Set.of()),
          Map.entry("data", Set.of()),
          Map.entry("kernel", Set.of("random")),
          Map.entry("autodiff", Set.of("random", "kernel")),
          Map.entry("sparse", Set.of("kernel")),
          Map.entry("model", Set.of("random", "kernel", "autodiff", "sparse")),
          Map.entry("optim", Set.of("random", "kernel", "autodiff", "model")),
          Map.entry("prune", Set.of("random", "kernel", "autodiff", "model", "schedule", "data")),
          Map.entry("eval", Set.of("random", "kernel", "autodiff", "model", "data")),
          Map.entry(
              "train",
              Set.of(
                  "random",
                  "kernel",
                  "autodiff",
                  "model",
                  "schedule",
                  "data",
                  "optim",
                  "prune",
                  "eval",
                  "sparse")),
          Map.entry(
              "io",
              Set.of(
                  "random",
                  "kernel",
                  "autodiff",
                  "model",
                  "schedule",
                  "data",
                  "optim",
                  "prune",
                  "eval",
                  "sparse",
                  "train")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** The room of a class: the first package below the root, so kernel.simd belongs to kernel. */
  private static String room(JavaClass javaClass) {
    String below = (javaClass.getPackageName() + ".").substring(ROOT.length() + 1);
    return below.isEmpty() ? "" : below.substring(0, below.indexOf('.'));
  }

  private static List<String> violations(Map<String, Set<String>> mayUse) {
    List<String> violations = new ArrayList<>();
    for (JavaClass javaClass : CLASSES) {
      String from = room(javaClass);
      for (Dependency dependency : javaClass.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(ROOT)) {
          String to = room(target);
          if (!to.equals(from) && !mayUse.getOrDefault(from, Set.of()).contains(to)) {
            violations.add(from + " uses " + to + ": " + dependency.getDescription());
          }
        }
      }
    }
    return violations;
  }

  @Test
  void enoughClassesAreLookedAtAndNoneIsATest() {
    assertThat(CLASSES).hasSizeGreaterThanOrEqualTo(MINIMUM_CLASSES);
    assertThat(CLASSES).noneMatch(javaClass -> javaClass.getSimpleName().endsWith("Test"));
  }

  @Test
  void everyClassIsInARoomOfTheTable() {
    Set<String> rooms = new TreeSet<>();
    for (JavaClass javaClass : CLASSES) {
      rooms.add(room(javaClass));
    }
    assertThat(rooms).isSubsetOf(MAY_USE.keySet()).containsAll(FOUNDED);
  }

  @Test
  void roomsUseOnlyRoomsToTheirLeft() {
    assertThat(violations(MAY_USE)).isEmpty();
  }

  /** The check must be able to fail: without its entry, each use that exists is reported. */
  @Test
  void aForbiddenUseWouldBeSeen() {
    Map<String, Set<String>> stricter = new HashMap<>(MAY_USE);
    stricter.put("model", Set.of("random"));
    assertThat(violations(stricter)).anyMatch(line -> line.startsWith("model uses autodiff"));
    stricter.put("eval", Set.of("random", "kernel", "autodiff", "model"));
    assertThat(violations(stricter)).anyMatch(line -> line.startsWith("eval uses data"));
  }

  @Test
  void theTableItselfHasNoCycle() {
    for (String room : MAY_USE.keySet()) {
      for (String used : MAY_USE.get(room)) {
        assertThat(MAY_USE.get(used)).as("%s and %s", room, used).doesNotContain(room);
      }
    }
    assertThat(MAY_USE).hasSize(12);
  }

  @Test
  void roomsAreFreeOfCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarkedAndSaysWhatItIs() {
    Set<String> packages = new TreeSet<>();
    for (JavaClass javaClass : CLASSES) {
      JavaPackage javaPackage = javaClass.getPackage();
      packages.add(javaPackage.getName());
      assertThat(javaPackage.tryGetPackageInfo())
          .as("package-info of %s", javaPackage.getName())
          .isPresent();
      assertThat(javaPackage.isAnnotatedWith(NullMarked.class))
          .as("@NullMarked on %s", javaPackage.getName())
          .isTrue();
    }
    assertThat(packages).hasSizeGreaterThanOrEqualTo(FOUNDED.size());
  }

  @Test
  void nobodyWritesToTheConsole() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
  }

  @Test
  void nobodyLogsThroughJavaUtilLogging() {
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
  }

  @Test
  void randomNumbersComeFromStreamsOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(java.util.Random.class, SplittableRandom.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.security.SecureRandom")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(StrictMath.class, "random")
        .check(CLASSES);
  }

  @Test
  void onlyTheSimdKernelsImportTheVectorApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".kernel.simd..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jdk.incubator.vector..")
        .check(CLASSES);
  }

  @Test
  void nobodyUsesJavaSerialisationOrASwingClass() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "javax.swing..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(java.io.ObjectInputStream.class, java.io.ObjectOutputStream.class)
        .check(CLASSES);
  }

  @Test
  void everyRoomButTheKernelsIsExported() throws IOException {
    ModuleDescriptor module;
    try (InputStream in = Files.newInputStream(Path.of("target", "classes", "module-info.class"))) {
      module = ModuleDescriptor.read(in);
    }
    Set<String> exported = new TreeSet<>();
    module.exports().forEach(export -> exported.add(export.source()));
    Set<String> expected = new TreeSet<>();
    for (JavaClass javaClass : CLASSES) {
      if (!room(javaClass).equals("kernel")) {
        expected.add(javaClass.getPackageName());
      }
    }
    assertThat(exported).isEqualTo(expected);
  }
}

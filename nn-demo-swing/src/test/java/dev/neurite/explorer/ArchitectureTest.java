package dev.neurite.explorer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "dev.neurite.explorer";
  private static final List<String> FEATURES =
      List.of(
          "config", "training", "compare", "testbench", "inspect", "lessons", "prune", "library");
  private static final int LEAST_CLASSES = 60;

  private static final JavaClasses APP =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void allOfTheAppIsLookedAt() {
    assertThat(APP.size()).isGreaterThan(LEAST_CLASSES);
  }

  @Test
  void onlyPanelsComponentsAndTheAppKnowSwing() {
    DescribedPredicate<JavaClass> pure =
        DescribedPredicate.describe(
            "are pure",
            c ->
                !c.getPackageName().startsWith(ROOT + ".ui")
                    && !c.getPackageName().startsWith(ROOT + ".app")
                    && !outermost(c).getSimpleName().endsWith("Panel"));
    assertThat(APP.stream().filter(pure).count()).isGreaterThan(40);
    noClasses()
        .that(pure)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.swing..", "java.awt..", "com.formdev..", "net.miginfocom..")
        .check(APP);
  }

  @Test
  void everyFeatureHasPresenterViewAndPanel() {
    for (String feature : FEATURES) {
      for (String role : List.of("Presenter", "View", "Panel")) {
        assertThat(APP.stream())
            .as("%s of %s", role, feature)
            .anyMatch(
                c ->
                    c.getPackageName().equals(ROOT + "." + feature)
                        && c.getSimpleName().endsWith(role));
      }
    }
  }

  @Test
  void featuresKnowEachOtherOnlyThroughWhatTheyShare() {
    for (String feature : FEATURES) {
      String[] others =
          FEATURES.stream()
              .filter(f -> !f.equals(feature))
              .map(f -> ROOT + "." + f + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(ROOT + "." + feature + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".app..")
          .check(APP);
    }
  }

  @Test
  void whatIsSharedKnowsNoFeatureAndDependsOneWay() {
    only("session", "session");
    only("text", "text");
    only("service", "service", "session");
    only("ui", "ui", "service", "text");
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(APP);
  }

  private static void only(String room, String... known) {
    classes()
        .that()
        .resideInAPackage(ROOT + "." + room + "..")
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "are of " + List.of(known) + " or not of the app",
                c ->
                    !c.getPackageName().startsWith(ROOT)
                        || List.of(known).stream()
                            .anyMatch(k -> c.getPackageName().startsWith(ROOT + "." + k))))
        .check(APP);
  }

  @Test
  void theAppDoesNotKnowTheMatrixLibrary() {
    noClasses().should().dependOnClassesThat().resideInAPackage("org.ejml..").check(APP);
  }

  private static JavaClass outermost(JavaClass c) {
    return c.getEnclosingClass().map(ArchitectureTest::outermost).orElse(c);
  }
}

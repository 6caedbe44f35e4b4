package io.meshbridge;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The walls of the house: who may know whom. Adapters are on the class path, so all are seen. */
class WallsTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.meshbridge");

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages("io.meshbridge");

  /** The order in which data walks; who comes later may know who came before. */
  private static final List<String> WALK =
      List.of(
          "concurrent",
          "orders",
          "guard",
          "tracing",
          "log",
          "catalog",
          "exporting",
          "status",
          "importing",
          "owners",
          "translation");

  private static final String[] ADAPTERS = {"kubernetes", "istio", "linkerd", "consul", "files"};

  @Test
  void seesTheWholeHouse() {
    assertThat(MAIN.contain("io.meshbridge.model.Export")).isTrue();
    assertThat(MAIN.contain("io.meshbridge.spi.Sink")).isTrue();
    assertThat(MAIN.contain("io.meshbridge.importing.ImportSession")).isTrue();
    assertThat(TESTS.contain("io.meshbridge.WallsTest")).isTrue();
    for (String module : WALK) {
      assertThat(MAIN.containPackage("io.meshbridge." + module)).as(module).isTrue();
    }
  }

  @Test
  void modelAndSpiKnowOnlyJavaAndEachOther() {
    classes()
        .that()
        .resideInAnyPackage("io.meshbridge.model..", "io.meshbridge.spi..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.meshbridge.model..", "io.meshbridge.spi..", "java..", "org.jspecify..")
        .because("whoever writes an adapter depends on these two and on nothing else")
        .check(MAIN);
  }

  @Test
  void theModelKnowsNoSpi() {
    noClasses()
        .that()
        .resideInAPackage("io.meshbridge.model..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.meshbridge.spi..")
        .because("values do not know who passes them on")
        .check(MAIN);
  }

  @Test
  void theModelIsMadeOfValues() {
    classes()
        .that()
        .resideInAPackage("io.meshbridge.model..")
        .and()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should(beAValueType())
        .because("values that cannot change can be handed to any thread: make it a record")
        .check(MAIN);
    fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage("io.meshbridge.model..")
        .should()
        .beFinal()
        .because("values that cannot change can be handed to any thread")
        .check(MAIN);
  }

  @Test
  void whoDecidesDoesNotAct() {
    noClasses()
        .that(decide())
        .should()
        .dependOnClassesThat(
            areNamed(
                "java.time.Clock",
                "java.lang.Thread",
                "java.util.Random",
                "java.util.SplittableRandom",
                "java.util.UUID",
                "java.io.File"))
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.nio.file..",
            "java.net.http..",
            "java.nio.channels..",
            "java.util.concurrent..",
            "java.util.random..",
            "org.jboss..",
            "org.apache.kafka..",
            "io.quarkus..",
            "io.smallrye..",
            "io.meshbridge.tracing..",
            "jakarta..")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .because(
            "the simulation replays decisions from a seed: hand in time, randomness and facts, and"
                + " act in the shell")
        .check(MAIN);
  }

  @Test
  void nativeResourcesStayInTheirAdapters() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.meshbridge.adapter..", "io.meshbridge.testkit..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fabric8..", "com.orbitz..")
        .because("the engine speaks of exports and imports; let an adapter translate")
        .check(MAIN);
  }

  @Test
  void onePackageKnowsOpenTelemetry() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.meshbridge.telemetry..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.opentelemetry..")
        .because("what is followed travels beside the values: report it to io.meshbridge.tracing")
        .check(MAIN);
  }

  @Test
  void mutinyStaysAtTheEdges() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.meshbridge.log..", "io.meshbridge.grpc..")
        // The Kubernetes client asks its interceptors for a future; this one answers at once.
        .and(not(areNamed("io.meshbridge.adapter.kubernetes.ThrottleWitness")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.smallrye.mutiny..", "org.eclipse.microprofile.reactive..")
        .orShould()
        .dependOnClassesThat(areNamed("java.util.concurrent.CompletableFuture"))
        .because("the core is blocking Java on virtual threads, read from top to bottom")
        .check(MAIN);
  }

  @Test
  void nothingIsInjectedIntoFields() {
    noClasses()
        .should(haveInjectedFields())
        .because("a constructor says what a class needs, and tests can call it")
        .check(MAIN);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices()
        .assignedFrom(new Parts())
        .should()
        .beFreeOfCycles()
        .because("data walks forward, once")
        .check(MAIN);
  }

  @TestFactory
  Stream<DynamicTest> dataWalksForward() {
    return WALK.stream()
        .map(
            module ->
                DynamicTest.dynamicTest(
                    module,
                    () ->
                        noClasses()
                            .that()
                            .resideInAPackage("io.meshbridge." + module + "..")
                            .should()
                            .dependOnClassesThat(areInsideButNot(known(module)))
                            .because("data walks in the order " + WALK + ", and never back")
                            .check(MAIN)));
  }

  @TestFactory
  Stream<DynamicTest> adaptersSeeNeitherEachOtherNorKafkaNorTheEngine() {
    return Stream.of(ADAPTERS)
        .map(
            adapter ->
                DynamicTest.dynamicTest(
                    adapter,
                    () ->
                        noClasses()
                            .that()
                            .resideInAPackage("io.meshbridge.adapter." + adapter + "..")
                            .should()
                            .dependOnClassesThat(areInsideButNot(knownToAdapter(adapter)))
                            .orShould()
                            .dependOnClassesThat()
                            .resideInAnyPackage(
                                "org.apache.kafka..",
                                "io.smallrye.mutiny..",
                                "io.quarkus.vertx..",
                                "io.vertx..")
                            .because("what two adapters share belongs into kubernetes or the SPI")
                            .allowEmptyShould(true)
                            .check(MAIN)));
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .because("such names say nothing: name the one job that it has")
        .check(MAIN);
  }

  @Test
  void nobodySleepsOrPrints() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class, int.class)
        .orShould()
        .callMethod(Thread.class, "sleep", Duration.class)
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .because("wait on locks, queues or conditions, and log with facts")
        .check(MAIN);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.meshbridge.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .because("only a command writes to the terminal; everybody else logs")
        .check(MAIN);
  }

  @Test
  void testsAreNamedAsTests() {
    classes()
        .that(haveTests())
        .should()
        .haveSimpleNameEndingWith("Test")
        .orShould()
        .haveSimpleNameEndingWith("IT")
        .because("the build runs Test without and IT with a built application")
        .check(TESTS);
  }

  /** The deciding classes: all of these packages but their shells. */
  private static DescribedPredicate<JavaClass> decide() {
    var shells =
        List.of(
            "Brakes",
            "CatalogKeeper",
            "ExportSession",
            "FlapBook",
            "ImportSession",
            "ImportWorker",
            "OwnTopic",
            "Recovery",
            "RemovalGuard",
            "SourceReading",
            "TracedBatch",
            // What shells hand in or share among their threads.
            "AppliedNames",
            "Backoff",
            // Named here, and read by its shells.
            "DocumentFiles");
    return resideInAPackage("io.meshbridge.catalog..")
        .or(resideInAPackage("io.meshbridge.exporting.."))
        .or(resideInAPackage("io.meshbridge.importing.."))
        .or(resideInAPackage("io.meshbridge.translation.."))
        .or(resideInAPackage("io.meshbridge.doctor.."))
        .and(
            DescribedPredicate.describe(
                "decide", type -> !shells.contains(outermost(type).getSimpleName())));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(WallsTest::outermost).orElse(type);
  }

  private static DescribedPredicate<JavaClass> areNamed(String... names) {
    var all = List.of(names);
    return DescribedPredicate.describe(
        "are one of " + all, type -> all.contains(type.getFullName()));
  }

  /** Everything before a package in the walk, itself, and what all know. */
  private static List<String> known(String module) {
    var before = WALK.subList(0, WALK.indexOf(module) + 1);
    return Stream.concat(
            Stream.of("io.meshbridge.model", "io.meshbridge.spi"),
            before.stream().map(name -> "io.meshbridge." + name))
        .toList();
  }

  private static List<String> knownToAdapter(String adapter) {
    return List.of(
        "io.meshbridge.model",
        "io.meshbridge.spi",
        "io.meshbridge.adapter.kubernetes",
        "io.meshbridge.adapter." + adapter);
  }

  private static DescribedPredicate<JavaClass> areInsideButNot(List<String> packages) {
    return DescribedPredicate.describe(
        "are of this house but of none of " + packages,
        type ->
            type.getPackageName().startsWith("io.meshbridge")
                && packages.stream()
                    .noneMatch(
                        known ->
                            type.getPackageName().equals(known)
                                || type.getPackageName().startsWith(known + ".")));
  }

  private static DescribedPredicate<JavaClass> haveTests() {
    return DescribedPredicate.describe(
        "have tests",
        type ->
            type.getMethods().stream()
                .anyMatch(
                    method ->
                        method.isAnnotatedWith(Test.class)
                            || method.isAnnotatedWith(TestFactory.class)
                            || method.isAnnotatedWith(
                                "org.junit.jupiter.params.ParameterizedTest")));
  }

  private static ArchCondition<JavaClass> beAValueType() {
    return new ArchCondition<>("be a record, an enum, a sealed interface or a final class") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean isValue =
            type.isRecord()
                || type.isEnum()
                || (type.isInterface() && type.reflect().isSealed())
                || type.getModifiers().contains(JavaModifier.FINAL);
        events.add(
            new SimpleConditionEvent(type, isValue, type.getName() + " is no type of values"));
      }
    };
  }

  private static ArchCondition<JavaClass> haveInjectedFields() {
    return new ArchCondition<>("have fields that are injected") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getFields().stream()
            .filter(
                field ->
                    field.isAnnotatedWith("jakarta.inject.Inject")
                        || field.isAnnotatedWith(
                            "org.eclipse.microprofile.config.inject.ConfigProperty")
                        || field.isAnnotatedWith(
                            "org.eclipse.microprofile.reactive.messaging.Channel"))
            .forEach(
                field ->
                    events.add(
                        SimpleConditionEvent.satisfied(
                            field, field.getFullName() + " is injected")));
      }
    };
  }

  /** A package with its sub-packages is one part where those only keep it tidy. */
  private static final class Parts implements SliceAssignment {
    private static final List<String> WHOLE = List.of("model", "adapter.[a-z]+");

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      var name = type.getPackageName().replaceFirst("^io\\.meshbridge\\.", "");
      for (String whole : WHOLE) {
        var part = Pattern.compile("(" + whole + ")\\..*").matcher(name);
        if (part.matches()) {
          return SliceIdentifier.of(part.group(1));
        }
      }
      return SliceIdentifier.of(name);
    }

    @Override
    public String getDescription() {
      return "parts of the house";
    }
  }
}

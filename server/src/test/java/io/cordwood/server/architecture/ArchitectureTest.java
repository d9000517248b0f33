package io.cordwood.server.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String GENERATED = "..proto..";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("test-classes")
                    && !location.contains("-tests.jar"))
            .importPackages("io.cordwood");

    @Test
    void importsPointOneWayFromModuleToModule() {
        Map<String, List<String>> mayNotSee = Map.ofEntries(
                entry("runtime", List.of("store", "manifest", "cluster", "history", "iceberg",
                        "ingest", "query", "indexer", "cache", "kafka", "groups", "server")),
                entry("store", List.of("manifest", "cluster", "history", "iceberg", "ingest",
                        "query", "indexer", "cache", "kafka", "groups", "server")),
                entry("manifest", List.of("cluster", "history", "iceberg", "ingest", "query",
                        "indexer", "cache", "kafka", "groups", "server")),
                entry("cluster", List.of("history", "iceberg", "ingest", "query", "indexer",
                        "cache", "kafka", "groups", "server")),
                entry("history", List.of("cluster", "iceberg", "ingest", "query", "indexer",
                        "cache", "kafka", "groups", "server")),
                entry("iceberg", List.of("cluster", "ingest", "query", "indexer", "cache",
                        "kafka", "groups", "server")),
                entry("ingest", List.of("cluster", "history", "iceberg", "query", "indexer",
                        "cache", "kafka", "groups", "server")),
                entry("query", List.of("cluster", "iceberg", "ingest", "indexer", "cache",
                        "kafka", "groups", "server")),
                entry("indexer", List.of("cluster", "iceberg", "ingest", "query", "cache",
                        "kafka", "groups", "server")),
                entry("cache", List.of("manifest", "cluster", "history", "iceberg", "ingest",
                        "query", "indexer", "kafka", "groups", "server")),
                entry("kafka", List.of("cluster", "iceberg", "indexer", "cache", "groups",
                        "server")),
                entry("groups", List.of("cluster", "iceberg", "indexer", "cache", "server")));

        mayNotSee.forEach((module, others) -> noClasses()
                .that().resideInAPackage("io.cordwood." + module + "..")
                .should().dependOnClassesThat().resideInAnyPackage(others.stream()
                        .map(other -> "io.cordwood." + other + "..").toArray(String[]::new))
                .because("writers and readers meet only in the manifest, and the cache is just "
                        + "another object store")
                .check(MAIN));
    }

    @Test
    void noPackageIsPartOfACycle() {
        slices().matching("io.cordwood.(**)").should().beFreeOfCycles()
                .because("a port never imports its adapters, a part never its facade")
                .check(MAIN);
    }

    @Test
    void vendorsTypesStopAtTheirAdapter() {
        Map<String, List<String>> homes = Map.ofEntries(
                entry("software.amazon..", List.of("io.cordwood.store.object.s3..")),
                entry("org.apache.kafka..", List.of("io.cordwood.store.batch..",
                        "io.cordwood.kafka..", "io.cordwood.groups..")),
                entry("org.apache.kafka.coordinator..", List.of("io.cordwood.groups..")),
                entry("com.yammer..", List.of("io.cordwood.groups..")),
                entry("com.github.benmanes..", List.of("io.cordwood.cache..")),
                entry("org.apache.parquet..", List.of("io.cordwood.history..")),
                entry("com.github.luben..", List.of("io.cordwood.history..")),
                entry("net.jpountz..", List.of("io.cordwood.history.batch..")),
                entry("org.apache.iceberg..", List.of("io.cordwood.iceberg.table..")),
                entry("io.vavr..", List.of("io.cordwood.manifest.state..")),
                entry("io.micrometer..", List.of("io.cordwood.server.observe..")),
                entry("me.tongfei..", List.of("io.cordwood.server.cli..")),
                entry("com.fasterxml..", List.of("io.cordwood.server.http..",
                        "io.cordwood.server.cli..", "io.cordwood.server.inspect..",
                        "io.cordwood.iceberg.table..")),
                entry("com.google.protobuf..", List.of("io.cordwood.manifest.event..",
                        "io.cordwood.manifest.state..", "io.cordwood.manifest.commit..",
                        "io.cordwood.server.cluster..", "io.cordwood.server.grpc..",
                        "io.cordwood.server.cli..", GENERATED)));

        homes.forEach((vendor, home) -> noClasses()
                .that(not(resideInAnyPackage(home.toArray(String[]::new))))
                .should().dependOnClassesThat().resideInAPackage(vendor)
                .because("a vendor is replaced in one place").check(MAIN));
    }

    @Test
    void belowTheEdgesFutureIsAllThatIsSeenOfVertx() {
        List<String> futures = List.of("Future", "Promise", "CompositeFuture", "AsyncResult",
                "Handler", "Completable");
        DescribedPredicate<JavaClass> moreThanFutures = resideInAPackage("io.vertx..")
                .and(describe("not a future", type -> !futures.contains(type.getSimpleName())));

        noClasses().that()
                .resideOutsideOfPackages("io.cordwood.server..", "io.cordwood.kafka",
                        "io.cordwood.kafka.wire..")
                .should().dependOnClassesThat(moreThanFutures)
                .because("the whole cluster runs in one thread in the simulation").check(MAIN);
    }

    @Test
    void timeChanceIdsAndThreadsComeInThroughTheConstructor() {
        noClasses().that().resideOutsideOfPackages("io.cordwood.server",
                "io.cordwood.server.vertx..", "io.cordwood.server.cli..")
                .should().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(System.class, "nanoTime")
                .orShould().callMethod(Instant.class, "now")
                .orShould().callMethod(UUID.class, "randomUUID")
                .orShould().callMethod(Math.class, "random")
                .orShould().callMethod(Thread.class, "sleep", long.class)
                .orShould().callConstructor(Thread.class, Runnable.class)
                .orShould().dependOnClassesThat().belongToAnyOf(Executors.class)
                .because("the same seed must give the same run").check(MAIN);
    }

    @Test
    void thereIsOneAsynchronousCurrency() {
        noClasses().that().resideOutsideOfPackages("io.cordwood.store.object.s3..",
                "io.cordwood.cache..", "io.cordwood.groups..")
                .should().dependOnClassesThat().belongToAnyOf(CompletableFuture.class)
                .because("the futures of the SDK, of Caffeine and of Kafka's coordinator are"
                        + " bridged where they come from")
                .check(MAIN);
    }

    @Test
    void classesAreFinalAndNothingIsInherited() {
        classes().that().areNotInterfaces().and().areNotEnums()
                .and().resideOutsideOfPackage(GENERATED)
                .and().doNotHaveModifier(JavaModifier.ABSTRACT)
                .and().areTopLevelClasses()
                .should().haveModifier(JavaModifier.FINAL)
                .because("we compose").check(MAIN);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses().that().resideOutsideOfPackage(GENERATED)
                .should().haveSimpleNameContaining("Util")
                .orShould().haveSimpleNameContaining("Helper")
                .orShould().haveSimpleNameContaining("Manager")
                .orShould().haveSimpleNameContaining("Common")
                .orShould().haveSimpleNameContaining("Misc")
                .orShould().haveSimpleNameEndingWith("Impl")
                .orShould().haveSimpleNameStartingWith("Abstract")
                .orShould().haveSimpleNameStartingWith("Base")
                .orShould().haveSimpleNameStartingWith("Default")
                .because("a drawer for everything is searched by everybody").check(MAIN);
    }
}

package linekeeper.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/// The layers of the project, held in place.
final class ArchitectureTest {
    private static final JavaClasses ALL =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("linekeeper");

    @Test
    void domainKnowsOnlyJavaAndItself() {
        classes()
                .that()
                .resideInAPackage("linekeeper.domain..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "linekeeper.domain..", "org.jspecify.."))
                .check(ALL);
    }

    @Test
    void applicationKnowsOnlyTheDomain() {
        classes()
                .that()
                .resideInAPackage("linekeeper.application..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                "java..",
                                "linekeeper.domain..",
                                "linekeeper.application..",
                                "org.jspecify.."))
                .check(ALL);
    }

    @Test
    void adaptersDoNotKnowEachOther() {
        for (String adapter : new String[] {"http", "persistence", "telephony"}) {
            noClasses()
                    .that()
                    .resideInAPackage("linekeeper." + adapter + "..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "linekeeper.http..",
                                            "linekeeper.persistence..",
                                            "linekeeper.telephony..",
                                            "linekeeper.bootstrap..")
                                    .and(not(resideInAPackage("linekeeper." + adapter + ".."))))
                    .check(ALL);
        }
    }

    @Test
    void onlyTheDatabaseUsesDbClient() {
        classes()
                .that()
                .resideInAPackage("linekeeper..")
                .and()
                .haveNameNotMatching("linekeeper\\.persistence\\.(Database|Row).*")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("io.helidon.dbclient..")))
                .check(ALL);
    }

    @Test
    void domainAndApplicationAreGivenTimeAndChance() {
        noClasses()
                .that()
                .resideInAnyPackage("linekeeper.domain..", "linekeeper.application..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .check(ALL);
    }

    @Test
    void onlyTheCommandLineWritesToTheConsole() {
        noClasses()
                .that()
                .resideOutsideOfPackage("linekeeper.bootstrap..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(ALL);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .that()
                .doNotHaveSimpleName("UserData") // The public API's own word.
                .should()
                .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Data|Info)")
                .check(ALL);
    }
}

package io.bedrockproxy.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shape of docs/ARCHITECTURE.md, checked: arrows point down, and Netty and the SDK stay where they belong. */
class ArchitectureTest {
    private static final String BASE = "io.bedrockproxy.";

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.bedrockproxy");
        org.assertj.core.api.Assertions.assertThat(classes.size())
                .as("the rules see all three modules")
                .isGreaterThan(150);
    }

    @Test
    void noPackageDependsOnOneThatDependsOnIt() {
        slices().matching("io.bedrockproxy.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void theCoreKnowsNoNetty() {
        noClasses()
                .that()
                .resideInAPackage(BASE + "core..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(classes);
    }

    @Test
    void theSdkIsConfinedToCredentialsAndEndpoints() {
        noClasses()
                .that()
                .resideOutsideOfPackages(BASE + "core.credentials..", BASE + "core.endpoint..", BASE + "emulator..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(classes);
    }

    @Test
    void theEmulatorSharesNoCodeWithTheProxy() {
        noClasses()
                .that()
                .resideInAPackage(BASE + "emulator..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BASE + "core..", BASE + "server..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage(BASE + "core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BASE + "emulator..", BASE + "server..")
                .check(classes);
    }

    /** From top to bottom, as in docs/ARCHITECTURE.md; a package must not use one that stands above it. */
    @ParameterizedTest(name = "{0} does not look up")
    @CsvSource({
        "upstream, relay|exchange|listener|admin|config|command",
        "relay, exchange|listener|admin|config|command",
        "exchange, listener|admin|config|command",
        "listener, admin|config|command",
        "admin, listener|exchange|relay|upstream|config|command",
        "config, listener|exchange|relay|upstream|admin|command",
    })
    void arrowsPointDown(String lower, String above) {
        String[] forbidden = List.of(above.split("\\|", -1)).stream()
                .map(name -> BASE + "server." + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(BASE + "server." + lower + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .check(classes);
    }
}

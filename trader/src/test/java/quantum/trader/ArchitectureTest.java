package quantum.trader;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quantum.binance.BinanceConnection;
import quantum.binance.BinanceExchange;
import quantum.binance.BinanceSession;
import quantum.cryptocom.CryptoComExchange;
import quantum.cryptocom.CryptoComSession;
import quantum.simulator.server.SimulatorServer;
import quantum.trader.command.Verbs;
import quantum.trader.ledger.Ledger;
import quantum.trader.redis.EmbeddedRedis;

/** The boundaries of the house, read from the compiled classes of all modules. */
class ArchitectureTest {

    private static final String[] CORE = {
        "quantum.market..",
        "quantum.intent..",
        "quantum.order..",
        "quantum.guard..",
        "quantum.position..",
        "quantum.protection..",
        "quantum.venue..",
        "quantum.record..",
        "quantum.rules..",
        "quantum.book..",
        "quantum.decision..",
        "quantum.desk.."
    };

    private static final long MOST_TYPES = 30;

    private static JavaClasses all;

    @BeforeAll
    static void read() {
        all = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("quantum");
    }

    @Test
    void coreKnowsTheLanguageAndNothingElse() {
        classes()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(CORE)
                        .or(resideInAnyPackage(
                                "java.lang..",
                                "java.math..",
                                "java.time..",
                                "java.util",
                                "java.util.function..",
                                "java.util.stream..",
                                "java.util.regex..",
                                "java.nio.charset..",
                                "java.security..",
                                "org.jspecify..")))
                .check(all);
    }

    @Test
    void coreReadsNoClockAndRollsNoDice() {
        readsNoClockAndRollsNoDice(CORE);
    }

    /** Its sockets apart: the same requests at the same times must give the same history. */
    @Test
    void theSimulatorReadsNoClockAndRollsNoDice() {
        readsNoClockAndRollsNoDice(
                "quantum.simulator",
                "quantum.simulator.spot..",
                "quantum.simulator.binance..",
                "quantum.simulator.cryptocom..",
                "quantum.simulator.control..");
    }

    private static void readsNoClockAndRollsNoDice(String... packages) {
        noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .callMethodWhere(target(
                        named("now", "nanoTime", "currentTimeMillis", "randomUUID", "random", "systemUTC", "getenv")
                                .and(ofThePlatform())))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.(lang\\.(Thread|Runtime|ProcessBuilder)|util\\.(Random|Timer)|security\\.SecureRandom)")
                .orShould()
                .callConstructor(SplittableRandom.class)
                .check(all);
    }

    private static DescribedPredicate<AccessTarget> named(String... names) {
        return DescribedPredicate.describe(
                "named " + String.join(", ", names), t -> Set.of(names).contains(t.getName()));
    }

    private static DescribedPredicate<AccessTarget> ofThePlatform() {
        return DescribedPredicate.describe(
                "of the platform", t -> t.getOwner().getPackageName().startsWith("java."));
    }

    @Test
    void theSimulatorIsAnIndependentWitness() {
        noClasses()
                .that()
                .resideInAPackage("quantum.simulator..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("quantum..").and(resideOutsideOfPackages("quantum.simulator..")))
                .check(all);
    }

    @Test
    void theLedgerKnowsWhatIsRecordedAndNoDesk() {
        noClasses()
                .that()
                .resideInAPackage("quantum.trader.ledger..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("quantum.desk..")
                .check(all);
    }

    /** Their types are public for the desk's sake: nobody else may lay hands on what an account holds, or decide. */
    @Test
    void theBookAndTheRoomsOfTheDeskAreTheDesksAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("quantum.book..", "quantum.desk..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("quantum.book..", "quantum.desk.*..")
                .check(all);
    }

    /** State: what it means for the exchange or for a person, the desk decides. */
    @Test
    void theBookHasNoEffects() {
        noClasses()
                .that()
                .resideInAPackage("quantum.book..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("quantum.decision..")
                .check(all);
    }

    @Test
    void venuesKnowNeitherTheServiceNorTheSimulator() {
        noClasses()
                .that()
                .resideInAnyPackage("quantum.binance..", "quantum.cryptocom..", "quantum.http..", "quantum.json..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("quantum.trader..", "quantum.simulator..")
                .check(all);
    }

    @Test
    void noVenueKnowsAnother() {
        noClasses()
                .that()
                .resideInAPackage("quantum.cryptocom..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("quantum.binance..")
                .check(all);
        noClasses()
                .that()
                .resideInAPackage("quantum.binance..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("quantum.cryptocom..")
                .check(all);
    }

    /** What the loop needs of an exchange the port says: another one is driven by the same code. */
    @Test
    void theLoopKnowsNoExchange() {
        noClasses()
                .that()
                .resideInAPackage("quantum.trader.loop..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("quantum.binance..", "quantum.cryptocom..", "quantum.http..", "quantum.simulator..")
                .check(all);
    }

    /** Which exchange it is one package knows; everybody else asks that. */
    @Test
    void onlyOneRoomOfTheProgramKnowsTheExchangesByTheirNames() {
        noClasses()
                .that()
                .resideInAPackage("quantum.trader..")
                .and()
                .resideOutsideOfPackage("quantum.trader.venue")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("quantum.binance..", "quantum.cryptocom..")
                .check(all);
    }

    @Test
    void onlyTheTraderConstructsAdapters() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(
                        Trader.class,
                        // What stands in for it where no service runs, and what both open.
                        Flattening.class,
                        Market.class,
                        Ledger.class,
                        EmbeddedRedis.class,
                        SimulatorServer.class,
                        BinanceExchange.class,
                        CryptoComExchange.class)
                .and()
                .haveSimpleNameNotEndingWith("SimulatorCommand")
                .should()
                .callConstructorWhere(
                        target(constructed(BinanceConnection.class, BinanceSession.class, CryptoComSession.class)))
                .orShould()
                .callMethodWhere(target(named("open", "start")
                        .and(constructed(Ledger.class, EmbeddedRedis.class, SimulatorServer.class))))
                .check(all);
    }

    private static DescribedPredicate<AccessTarget> constructed(Class<?>... owners) {
        return DescribedPredicate.describe(
                "of an adapter",
                t -> Set.of(owners).stream().anyMatch(owner -> t.getOwner().isEquivalentTo(owner)));
    }

    @Test
    void packagesDoNotGoRoundInCircles() {
        // Main lies beside Trader and does nothing but call the verbs, which start a Trader.
        slices().matching("quantum.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(Main.class, Verbs.class)
                .check(all);
    }

    /** Nor do types inside a package of core and trader; a sealed type and what it permits are one. */
    @Test
    void typesDoNotGoRoundInCircles() {
        SliceAssignment types = new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                boolean isHeld = resideInAnyPackage(CORE)
                        .or(resideInAnyPackage("quantum.trader.."))
                        .test(type);
                return isHeld ? SliceIdentifier.of(head(type).getName()) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "types with what is nested in them";
            }
        };
        slices().assignedFrom(types).should().beFreeOfCycles().check(all);
    }

    private static Class<?> head(JavaClass type) {
        Class<?> outermost = type.reflect();
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        for (Class<?> parent : outermost.getInterfaces()) {
            if (parent.isSealed() && parent.getPackage().equals(outermost.getPackage())) {
                return parent;
            }
        }
        return outermost;
    }

    /** A room is read as a whole. {@code command} has a class for each verb, and nobody reads more than one of them. */
    @Test
    void noPackageHoldsMoreTypesThanCanBeRead() {
        Map<String, Long> types = all.stream()
                .filter(type -> !type.isNestedClass() && !type.getSimpleName().equals("package-info"))
                .filter(resideInAnyPackage(CORE).or(resideInAnyPackage("quantum.trader..")))
                .filter(type -> !type.getPackageName().equals("quantum.trader.command"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        assertThat(types)
                .hasSizeGreaterThan(15)
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MOST_TYPES));
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Service|Processor|Orchestrator|Info|Data|Handler)")
                .check(all);
    }
}

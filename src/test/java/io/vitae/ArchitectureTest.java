package io.vitae;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.config.ConfigMapping;
import io.vitae.wire.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.transaction.Transactional;
import java.util.Set;

/** The arrows of ARCHITECTURE.md. */
@AnalyzeClasses(packages = "io.vitae", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] SQL = {
    "io.vertx.sqlclient..",
    "io.vertx.mutiny.sqlclient..",
    "io.vertx.pgclient..",
    "io.vertx.mutiny.pgclient..",
    "io.quarkus.reactive..",
    "org.hibernate..",
    "jakarta.persistence..",
    "io.quarkus.hibernate..",
    "io.quarkus.panache.."
  };

  private static final DescribedPredicate<JavaClass> CONFIGURATION =
      describe("a configuration mapping", type -> type.isAnnotatedWith(ConfigMapping.class));

  /** What a statement has read is a value like any other; what may be read of it, its type says. */
  private static final DescribedPredicate<JavaClass> A_ROW_READ =
      nameMatching("io\\.vertx\\.mutiny\\.sqlclient\\.Row").forSubtype();

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching("io.vitae.(**)")
          .should()
          .beFreeOfCycles()
          .because("a package in a cycle can be neither understood nor changed alone");

  @ArchTest
  static final ArchRule NOTHING_LIVES_IN_A_CDI_REQUEST =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(RequestScoped.class, ActivateRequestContext.class, Transactional.class)
          .because("callbacks do not carry the contexts of CDI and JTA (boot/PlainCallbacks)");

  @ArchTest
  static final ArchRule BEANS_HAVE_NO_PROXIES =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ApplicationScoped.class)
          .because("a proxy looks its bean up at each call; they are @Singleton (adr/0012)");

  @ArchTest
  static final ArchRule JSON_STANDS_ALONE =
      classes()
          .that()
          .resideInAPackage("io.vitae.json")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.vitae.json", "java..", "com.fasterxml.jackson..")
          .because("reading and writing JSON is below everything that has a meaning");

  @ArchTest
  static final ArchRule CONSENT_STANDS_ALONE =
      classes()
          .that()
          .resideInAPackage("io.vitae.consent")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.vitae.consent", "java..", "com.fasterxml.jackson..")
          .because("what a consent means must not depend on who asks for it");

  @ArchTest
  static final ArchRule DOCUMENT_STANDS_ALONE =
      classes()
          .that()
          .resideInAPackage("io.vitae.profile.document")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.vitae.profile.document",
              "io.vitae.consent",
              "io.vitae.json",
              "java..",
              "com.fasterxml.jackson..")
          .because("what a profile is must not depend on how it is served or stored");

  @ArchTest
  static final ArchRule RULES_KNOW_ONLY_THE_DOCUMENT =
      classes()
          .that()
          .resideInAPackage("io.vitae.profile.rules")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.vitae.profile.rules",
              "io.vitae.profile.document",
              "io.vitae.consent",
              "io.vitae.json",
              "java..",
              "com.fasterxml.jackson..")
          .because("a rule is a function of the document: no framework, no input or output");

  @ArchTest
  static final ArchRule WIRE_KNOWS_NO_FEATURE =
      noClasses()
          .that()
          .resideInAPackage("io.vitae.wire")
          .should()
          .dependOnClassesThat(
              ours()
                  .and(
                      DescribedPredicate.not(resideInAnyPackage("io.vitae.wire", "io.vitae.json"))))
          .because("every feature answers through the wire, so the wire can know none of them");

  @ArchTest
  static final ArchRule OBSERVE_KNOWS_NO_FEATURE =
      noClasses()
          .that()
          .resideInAPackage("io.vitae.observe")
          .should()
          .dependOnClassesThat(
              ours()
                  .and(
                      DescribedPredicate.not(
                          resideInAnyPackage("io.vitae.observe", "io.vitae.wire"))))
          .because("every feature reports to it");

  @ArchTest
  static final ArchRule DATABASE_KNOWS_NO_FEATURE =
      noClasses()
          .that()
          .resideInAPackage("io.vitae.database")
          .should()
          .dependOnClassesThat(
              ours()
                  .and(
                      DescribedPredicate.not(
                          resideInAnyPackage(
                              "io.vitae.database", "io.vitae.wire", "io.vitae.observe"))))
          .because("it runs the statements of every feature and knows the tables of none");

  @ArchTest
  static final ArchRule ACCESS_AND_SOURCE_KNOW_NO_PROFILE =
      noClasses()
          .that()
          .resideInAnyPackage("io.vitae.access", "io.vitae.source")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vitae.profile..", "io.vitae.listing", "io.vitae.boot")
          .because("who calls, and into which source, is settled before there is a profile");

  @ArchTest
  static final ArchRule ACCESS_KNOWS_NO_SOURCE =
      noClasses()
          .that()
          .resideInAPackage("io.vitae.access")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vitae.source")
          .because("a source asks who calls; a key is good for all sources of its workspace");

  @ArchTest
  static final ArchRule NOBODY_USES_LISTING =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.vitae.listing")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vitae.listing")
          .because("it looks at profiles; no profile can need to be looked at");

  @ArchTest
  static final ArchRule LISTING_USES_WHAT_IT_SHOWS =
      noClasses()
          .that()
          .resideInAPackage("io.vitae.listing")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vitae.profile.document", "io.vitae.observe", "io.vitae.boot")
          .because("a stored document is copied into a page, neither parsed nor changed there");

  @ArchTest
  static final ArchRule STORE_KNOWS_NO_HTTP =
      noClasses()
          .that()
          .resideInAPackage("io.vitae.profile.store")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vitae.profile",
              "io.vitae.profile.rules",
              "io.vitae.access",
              "io.vitae.source",
              "jakarta.ws.rs..",
              "io.vertx.ext.web..")
          .because("a row does not know who asked for it");

  @ArchTest
  static final ArchRule NOBODY_USES_BOOT =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.vitae.boot")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vitae.boot")
          .because("it puts the parts together, so no part can need it");

  @ArchTest
  static final ArchRule BOOT_TAKES_ONLY_CONFIGURATION_OF_PROFILE_AND_WIRE =
      noClasses()
          .that()
          .resideInAPackage("io.vitae.boot")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.vitae.profile..", "io.vitae.wire")
                  .and(DescribedPredicate.not(CONFIGURATION)))
          .because("starting the service is not serving");

  @ArchTest
  static final ArchRule SQL_ONLY_IN_STORES =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.\\w+(Store|Repository|Entity|Row|Batch)(\\$\\w+)*")
          .and()
          .resideOutsideOfPackage("io.vitae.database")
          .should()
          .dependOnClassesThat(resideInAnyPackage(SQL).and(DescribedPredicate.not(A_ROW_READ)))
          .because("whoever looks for a statement must know where to look");

  @ArchTest
  static final ArchRule METERS_ONLY_IN_OBSERVE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.vitae.observe")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.micrometer..")
          .because("business code reports what happened; what is counted is decided in one place");

  @ArchTest
  static final ArchRule NO_JDBC =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.vitae.boot")
          .should()
          .dependOnClassesThat(
              nameMatching("org\\.postgresql\\..*|javax\\.sql\\..*")
                  .or(nameMatching("java\\.sql\\.(?!SQLException$).*"))
                  .forSubtype())
          .because("JDBC blocks the thread, and the threads of requests are event loops");

  @ArchTest
  static final ArchRule NOTHING_BLOCKS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.vitae.boot")
          .should(callMethodWhere(blocking()))
          .because("a blocked event loop stops every request that shares it");

  @ArchTest
  static final ArchRule NO_BLOCKING_ANNOTATION =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.smallrye.common.annotation.Blocking")
          .because(
              "a request that needs a worker thread is served by as many as there are workers");

  @ArchTest
  static final ArchRule NO_CONSOLE =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.vitae.boot.DemoWorkspace")
          .should()
          .accessFieldWhere(
              DescribedPredicate.<JavaAccess<?>>describe(
                      "System.out or System.err",
                      access ->
                          access.getTargetOwner().isEquivalentTo(System.class)
                              && Set.of("out", "err").contains(access.getName()))
                  .forSubtype())
          .because("what is not a log line reaches no collector of logs");

  @ArchTest
  static final ArchRule NO_RESOURCE_ASKS_FOR_MESSAGES =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.vitae.wire")
          .should(
              callMethodWhere(
                  describe(
                      "ErrorCode.message() or status()",
                      (JavaMethodCall call) ->
                          call.getTargetOwner().isEquivalentTo(ErrorCode.class)
                              && Set.of("message", "status").contains(call.getName()))))
          .because("an exception carries its code, and the wire alone turns one into an answer");

  private static DescribedPredicate<JavaClass> ours() {
    return resideInAnyPackage("io.vitae..");
  }

  private static DescribedPredicate<JavaMethodCall> blocking() {
    return describe(
        "waits",
        call -> {
          String target = call.getTargetOwner().getFullName() + "." + call.getName();
          return target.matches(
              "(io\\.smallrye\\.mutiny\\.Uni\\.await"
                  + "|io\\.smallrye\\.mutiny\\.groups\\.UniAwait\\..*"
                  + "|java\\.lang\\.Thread\\.(sleep|join)"
                  + "|java\\.lang\\.Object\\.wait"
                  + "|java\\.util\\.concurrent\\.(CompletableFuture|Future)\\.(get|join)"
                  + "|java\\.util\\.concurrent\\.CountDownLatch\\.await"
                  + "|java\\.util\\.concurrent\\.locks\\.Condition\\.await.*"
                  + "|.*AndAwait)");
        });
  }
}

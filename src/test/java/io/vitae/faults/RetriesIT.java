package io.vitae.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.boot.DurablePostgres;
import io.vitae.boot.DurablePostgres.Stop;
import io.vitae.testing.Eventually;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A request with an {@code Idempotency-Key} goes through once, whatever is killed in the middle.
 */
@Timeout(900)
class RetriesIT {
  private static final int CLIENTS = 8;
  private static final String REPLAYED = "Idempotent-Replayed";
  private static final String POST = "{\"source_key\":\"%s\",\"info\":{},\"text\":\"%s\"}";

  private static final Map<String, String> HASTE =
      Map.of(
          "VITAE_DATABASE_TIMEOUT", "1S",
          "VITAE_IDEMPOTENCY_KEEP", "4S",
          "VITAE_IDEMPOTENCY_SWEEP_INTERVAL", "500MS");

  private final Random random = new Random();

  @BeforeAll
  static void onlyInTheSuite() {
    Fault.onlyInTheSuite();
  }

  /** Breaks something, and mends it. */
  private interface Breaking {
    void run() throws Exception;
  }

  @Test
  void killsMakeNoSecondProfile() throws Exception {
    try (FaultSite site = FaultSite.open()) {
      breakOften(
          site,
          new Fault("service killed (SIGKILL), retries with a key"),
          20,
          () -> {
            site.killApp();
            site.startApp();
          });
      breakOften(
          site,
          new Fault("PostgreSQL killed (SIGKILL), retries with a key"),
          20,
          () -> {
            site.database.stop(Stop.KILL);
            site.database.start();
          });
    }
  }

  /** By turns in the middle of transactions, and at a random moment. */
  private void breakOften(FaultSite site, Fault fault, int times, Breaking breaking)
      throws Exception {
    try (KeyedWrites writes = KeyedWrites.start(site, fault, CLIENTS)) {
      writes.awaitFirst();
      for (int i = 0; i < times; i++) {
        fault.tried();
        if (i % 2 == 0) {
          inTheMiddle(site, breaking);
        } else {
          Thread.sleep(random.nextInt(50, 800));
          breaking.run();
        }
        writes.awaitRecovery();
      }
      writes.finish();
    }
    fault.conclude();
  }

  /** Breaks while transactions have their keys and wait for the table of profiles. */
  private static void inTheMiddle(FaultSite site, Breaking breaking) throws Exception {
    try (Connection other = site.database.connect();
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE profile IN SHARE MODE");
      Eventually.await("a write waits", () -> sessions(site, "wait_event_type = 'Lock'") > 0);
      breaking.run();
    } catch (SQLException lostWithTheServer) {
      assertThat(lostWithTheServer.getSQLState()).startsWith("08");
    }
  }

  @Test
  void whatIsLostIsFreeAgainAndWhatIsOldIsForgotten() throws Exception {
    Fault fault = new Fault("network silent in a transaction, retry with a key");
    try (FaultSite site = FaultSite.open(DurablePostgres.create(), HASTE)) {
      Eventually.await("it is warm", () -> post(site, "warm", "warm").join().statusCode() == 201);
      aServiceThatVanishesHoldsNoKey(site, fault);
      answersAreForgotten(site);
      assertThat(site.app().output()).doesNotContain("\"level\":\"ERROR\"");
    }
    fault.conclude();
  }

  private static void aServiceThatVanishesHoldsNoKey(FaultSite site, Fault fault) throws Exception {
    fault.tried();
    CompletableFuture<HttpResponse<String>> first;
    try (Connection other = site.database.connect();
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE profile IN SHARE MODE");
      first = post(site, "lost", "once");
      Eventually.await("it waits", () -> sessions(site, "wait_event_type = 'Lock'") == 1);
      site.network.stall();
      other.rollback();
    }
    // Its answer is lost, and nobody tells the server what to do next.
    Eventually.await("it is open", () -> sessions(site, "state = 'idle in transaction'") == 1);
    Eventually.await("it is ended", () -> sessions(site, "state = 'idle in transaction'") == 0);
    assertThat(first.join().statusCode()).isEqualTo(503);
    assertThat(first.join().headers().firstValue("Retry-After")).isPresent();
    site.network.mend();

    Eventually.await("a retry", () -> post(site, "lost", "once").join().statusCode() == 201);
    fault.acknowledge();
    assertThat(post(site, "lost", "once").join().headers().firstValue(REPLAYED)).isPresent();
    assertThat(count(site, "profile WHERE text #>> '{}' = 'once'")).isEqualTo(1);
  }

  private static void answersAreForgotten(FaultSite site) throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      assertThat(post(site, "k" + i, "old").join().statusCode()).isEqualTo(201);
    }
    assertThat(post(site, "k19", "old").join().headers().firstValue(REPLAYED)).isPresent();
    int profiles = count(site, "profile");

    Eventually.await("nothing is remembered", () -> count(site, "idempotency") == 0);

    assertThat(post(site, "k0", "another").join().statusCode()).isEqualTo(201);
    assertThat(count(site, "profile")).isEqualTo(profiles + 1);
  }

  private static CompletableFuture<HttpResponse<String>> post(
      FaultSite site, String key, String text) {
    HttpRequest request =
        site.request("POST", FaultSite.INDEXING, POST.formatted(site.source, text))
            .header("Idempotency-Key", key)
            .build();
    return site.http().sendAsync(request, BodyHandlers.ofString());
  }

  private static int sessions(FaultSite site, String condition) {
    return count(site, "pg_stat_activity WHERE application_name = 'vitae' AND " + condition);
  }

  private static int count(FaultSite site, String from) {
    try (Connection connection = site.database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + from)) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

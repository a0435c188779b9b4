package io.vitae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vitae.bench.Pgbench.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What wrk and pgbench print, and what is read from it. */
class OutputsTest {
  private static final String WRK =
      """
      Running 8s test @ http://127.0.0.1:40001
        1 threads and 64 connections
      Requests/sec:   1234.56
      requests=9876 duration_us=8000123 p50_us=5100 p99_us=20300 status=1 connect=2 read=3 write=4 timeout=5
      """;

  private static final String PGBENCH =
      """
      pgbench (15.18 (Debian 15.18-0+deb12u1))
      transaction type: /tmp/pg-write-16.sql
      scaling factor: 1
      query mode: prepared
      number of clients: 16
      number of threads: 1
      maximum number of tries: 1
      duration: 8 s
      number of transactions actually processed: 40000
      number of failed transactions: 2 (0.005%)
      latency average = 3.2 ms
      initial connection time = 40.5 ms
      tps = 5000.000000 (without initial connection time)
      """;

  @Test
  void wrk() {
    assertThat(Wrk.parse(WRK)).isEqualTo(new LoadResult(9876, 8.000123, 5100, 20300, 15));
  }

  @Test
  void pgbenchCountsWhatComesAfterItsWarmUp() {
    List<Transaction> log = new ArrayList<>();
    for (int i = 0; i <= 4; i++) {
      log.add(new Transaction(50_000, i * 250_000L));
    }
    for (int i = 1; i <= 4; i++) {
      log.add(new Transaction(i * 1_000L, 1_000_000 + i * 500_000L));
    }

    LoadResult result = Pgbench.parse(PGBENCH, log, Duration.ofSeconds(1));

    assertThat(result.requests()).isEqualTo(40_000);
    assertThat(result.perSecond()).isCloseTo(2, within(0.001));
    assertThat(result.p50()).isEqualTo(2_000);
    assertThat(result.p99()).isEqualTo(4_000);
    assertThat(result.errors()).isEqualTo(2);
  }

  @Test
  void aLineOfPgbenchsLog() {
    assertThat(Transaction.of("3 199 2241 0 1175850568 995598"))
        .isEqualTo(new Transaction(2241, 1_175_850_568_995_598L));
  }

  @Test
  void noResultIsAFailure() {
    assertThatThrownBy(() -> Wrk.parse("unable to connect"))
        .hasMessageContaining("unable to connect");
    assertThatThrownBy(() -> Pgbench.parse("FATAL", List.of(), Duration.ZERO))
        .hasMessageContaining("FATAL");
  }
}

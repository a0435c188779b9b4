package io.vitae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitae.bench.Comparison.Pair;
import io.vitae.bench.Comparison.Side;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the settings of the database give, and how that is read from what was counted. */
class DatabaseReportTest {
  private static final Comparison COMPARISON =
      new Comparison(
          Variant.wanted("compression").get(0),
          List.of(
              new Pair(side(1000, 300, 5_000_000, 900), side(500, 300, 4_000_000, 50)),
              new Pair(side(2000, 600, 10_000_000, 1800), side(1800, 540, 14_400_000, 180)),
              new Pair(side(500, 100, 3_000_000, 450), side(400, 160, 3_200_000, 20))));

  @Test
  void eachRoundIsARatioOfItsOwn() {
    assertThat(COMPARISON.ratios(Side::perSecond)).containsExactly(0.5, 0.9, 0.8);
    assertThat(COMPARISON.ratio(Side::perSecond)).isEqualTo(0.8);
    assertThat(COMPARISON.ratio(Side::postgresCpu)).isEqualTo(2);
    assertThat(COMPARISON.errors()).isEqualTo(6);
  }

  @Test
  void theTableHasRatiosLogAndHotUpdates() {
    Settings settings =
        new Settings(
            100,
            0,
            3,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            false,
            false,
            Optional.empty(),
            "",
            false,
            Optional.of("compression"));
    DatabaseReport report =
        new DatabaseReport(settings, Map.of("PostgreSQL", "15"), List.of(COMPARISON));

    assertThat(report.markdown())
        .contains("PostgreSQL: 15")
        .contains(
            "| documents compressed with lz4, but for large sections | pglz | 1,000 | 0.80 | 0.50–0.90 | 2.00 | 5.0 | 8.0 | 90 | 10 | 1 | 1 |");
    assertThat(report.json()).contains("\"puts_per_second_ratio\" : 0.8");
  }

  @Test
  void countsAreWhatPostgresPrints() {
    DatabaseCounts before = DatabaseCounts.parse("100000000000 50 40 2");

    assertThat(DatabaseCounts.parse("100000004096 60 49 3").since(before))
        .isEqualTo(new DatabaseCounts(4096, 10, 9, 1));
  }

  @Test
  void settingsAreChosenByName() {
    assertThat(Variant.wanted("true")).isEqualTo(Variant.all());
    assertThat(Variant.wanted("pool-4,index")).extracting(Variant::id).contains("pool-4", "index");
    assertThatThrownBy(() -> Variant.wanted("indexes")).hasMessageContaining("fillfactor");
  }

  private static Side side(long requests, long cpuMilliseconds, long walBytes, long hot) {
    return new Side(
        new Measurement(new LoadResult(requests, 1, 1, 1, 1), 0, cpuMilliseconds / 1e3, 0, 0, 0),
        new DatabaseCounts(walBytes, requests, hot, 1));
  }
}

package io.vitae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.bench.Report.Part;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Part PART =
      new Part(
          100,
          List.of(
              row("put-edit", HttpRows.WRITE, 300, 200, 100),
              row("pg-write-16", List.of(), 90, 100, 110),
              row("pg-write-64", List.of(), 50, 50, 50)),
          Optional.of(new Starts(List.of(700.0, 300.0, 350.0), List.of(900.0, 1000.0, 5000.0))));

  @Test
  void aRowIsComparedWithTheFasterOfItsBaselines() {
    assertThat(PART.ratio(PART.row("put-edit").orElseThrow())).hasValue(2.0);
    assertThat(PART.ratio(PART.row("pg-write-16").orElseThrow())).isEmpty();
  }

  @Test
  void aTargetIsMeasuredWhenItsRowsAre() {
    List<Targets.Target> targets = Targets.of(List.of(PART));

    assertThat(targets)
        .filteredOn(target -> target.name().contains("that we ship"))
        .singleElement()
        .satisfies(target -> assertThat(target.measured()).hasValue(2.0));
    assertThat(targets)
        .filteredOn(target -> target.name().contains("peer"))
        .allSatisfy(target -> assertThat(target.measured()).isEmpty());
  }

  @Test
  void theTableHasARatioAndTheErrors() {
    Settings settings =
        new Settings(
            100,
            0,
            3,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            false,
            true,
            Optional.empty(),
            "",
            false,
            Optional.empty());
    Jvm jvm = new Jvm("java", 17, Optional.empty());
    Map<String, String> versions = Map.of("PostgreSQL", "15");

    String table = new Report(settings, versions, jvm, List.of(PART)).markdown();
    Part withoutStarts = new Part(100, PART.rows(), Optional.empty());
    String shorter = new Report(settings, versions, jvm, List.of(withoutStarts)).markdown();

    assertThat(table)
        .contains("PostgreSQL: 15")
        .contains("| put-edit | 200 | 2.00 |")
        .contains("| 3 |")
        .contains("| a fast-jar, without | 1,000 | 900 | 5,000 |")
        .contains("AOT cache ÷ plain fast-jar | 0.35 |");
    assertThat(shorter)
        .contains("No starts: a cache of classes takes JDK 25, and this is 17")
        .contains("AOT cache ÷ plain fast-jar |  |");
  }

  private static Summary row(String id, List<String> baseline, long... requests) {
    Row row = new Row(id, id, Row.When.ALWAYS, Optional.empty(), baseline, time -> null);
    return new Summary(
        row,
        Arrays.stream(requests)
            .mapToObj(n -> new Measurement(new LoadResult(n, 1, 1, 1, 1), 0, 0, 0, 0, 0))
            .toList());
  }
}

package io.vitae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.bench.Selection.Edit;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  @ParameterizedTest
  @ValueSource(ints = {4, 2_000, 9_999, 100_000, 1_000_000})
  void noProfileIsEditedInTwoWays(int profiles) {
    int[] numbers =
        Arrays.stream(Edit.values())
            .map(edit -> Selection.edited(profiles, edit))
            .flatMapToInt(edited -> IntStream.range(0, edited.count()).map(edited::number))
            .toArray();

    assertThat(numbers).doesNotHaveDuplicates();
    assertThat(Arrays.stream(numbers).boxed())
        .allMatch(number -> number >= 1 && number <= profiles);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 150_000, 1_000_000})
  void readsAreSpreadOverAll(int profiles) {
    Selection read = Selection.read(profiles);

    assertThat(read.number(0)).isEqualTo(1);
    assertThat(read.number(read.count() - 1L)).isBetween(profiles / 2 + 1, profiles);
    assertThat(read.number(read.count())).isEqualTo(1);
  }
}

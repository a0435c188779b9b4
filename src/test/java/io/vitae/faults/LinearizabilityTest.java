package io.vitae.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.faults.Linearizability.Kind;
import io.vitae.faults.Linearizability.Operation;
import io.vitae.faults.Linearizability.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearizabilityTest {
  private static final State INITIAL = new State(1, "a", false);

  @Test
  void oneAfterTheOtherIs() {
    assertThat(holds(put("b", 0, 1, 2, 2), get(3, 4, 2, "b"), put("c", 2, 5, 6, 3))).isTrue();
  }

  @Test
  void aStaleReadIsNot() {
    assertThat(holds(put("b", 0, 1, 2, 2), get(3, 4, 1, "a"))).isFalse();
  }

  @Test
  void aReadBesideAWriteMaySeeEither() {
    assertThat(holds(put("b", 0, 1, 5, 2), get(2, 3, 1, "a"))).isTrue();
    assertThat(holds(put("b", 0, 1, 5, 2), get(2, 3, 2, "b"))).isTrue();
    assertThat(holds(put("b", 0, 1, 9, 2), get(2, 3, 2, "b"), get(4, 5, 1, "a"))).isFalse();
  }

  @Test
  void ofTwoThatAskForTheSameVersionOneIsRefused() {
    assertThat(holds(put("b", 1, 1, 4, 2), refused("c", 1, 2, 3))).isTrue();
    assertThat(holds(put("b", 1, 1, 4, 2), put("c", 1, 2, 3, 2))).isFalse();
    assertThat(holds(refused("c", 1, 1, 2))).isFalse();
  }

  @Test
  void whatWasNeverAnsweredMayHappenLaterOrNever() {
    Operation lost = new Operation(Kind.PUT, "b", 0, 1, Linearizability.NEVER, false, null);
    assertThat(holds(lost, get(5, 6, 1, "a"), get(7, 8, 2, "b"))).isTrue();
    assertThat(holds(lost, get(5, 6, 1, "a"))).isTrue();
    assertThat(holds(lost, get(5, 6, 2, "b"), get(7, 8, 1, "a"))).isFalse();
    assertThat(holds(lost, get(5, 6, 3, "b"))).isFalse();
  }

  @Test
  void archivingTwiceIsOnceAndCountsOnce() {
    assertThat(holds(archive(1, 2, 2), archive(3, 4, 2))).isTrue();
    assertThat(holds(archive(1, 2, 2), archive(3, 4, 3))).isFalse();
  }

  private static boolean holds(Operation... history) {
    return Linearizability.holds(INITIAL, List.of(history));
  }

  private static Operation put(
      String value, long ifMatch, long called, long answered, long version) {
    return new Operation(
        Kind.PUT, value, ifMatch, called, answered, false, new State(version, value, false));
  }

  private static Operation refused(String value, long ifMatch, long called, long answered) {
    return new Operation(Kind.PUT, value, ifMatch, called, answered, true, null);
  }

  private static Operation get(long called, long answered, long version, String value) {
    return new Operation(
        Kind.GET, "", 0, called, answered, false, new State(version, value, false));
  }

  private static Operation archive(long called, long answered, long version) {
    return new Operation(
        Kind.ARCHIVE, "", 0, called, answered, false, new State(version, "", true));
  }
}

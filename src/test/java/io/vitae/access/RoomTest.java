package io.vitae.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final int KIB = 1024;

  private final Room room = new Room(4, 100);

  @Test
  void aWorkspaceHasHalfOfIt() {
    take(1, 2);

    assertThat(room.place(1).take(1)).contains(ErrorCode.TOO_MANY_REQUESTS);
    take(2, 2);
    assertThat(room.taken()).isEqualTo(4);
  }

  @Test
  void itHasABound() {
    take(1, 2);
    take(2, 1);
    take(3, 1);

    assertThat(room.place(1).take(2)).contains(ErrorCode.UNAVAILABLE);
    assertThat(room.place(1).take(4)).contains(ErrorCode.UNAVAILABLE);
  }

  @Test
  void whoLeavesMakesRoom() {
    List<Room.Place> places = take(1, 2);
    places.get(0).leave();
    places.get(0).leave();

    assertThat(room.taken()).isEqualTo(1);
    take(1, 1);
    assertThat(room.place(1).take(1)).isPresent();
  }

  @Test
  void bodiesHaveTheirBoundToo() {
    assertThat(room.place(50).take(1)).isEmpty();
    assertThat(room.place(1).take(1)).contains(ErrorCode.TOO_MANY_REQUESTS);
    assertThat(room.place(0).take(1)).isEmpty();
    assertThat(room.place(50).take(2)).isEmpty();
    assertThat(room.place(1).take(3)).contains(ErrorCode.UNAVAILABLE);
  }

  @Test
  void aBodyLargerThanAShareIsTakenAlone() {
    Room.Place large = room.place(80);
    assertThat(large.take(1)).isEmpty();
    assertThat(room.place(1).take(1)).contains(ErrorCode.TOO_MANY_REQUESTS);
    large.leave();

    assertThat(room.place(80).take(1)).isEmpty();
  }

  @Test
  void anAnswerTakesTheRoomOfItsBody() {
    Room wide = new Room(4, 200 * KIB);
    Room.Place large = wide.place(50 * KIB);
    Room.Place small = wide.place(10 * KIB);
    assertThat(large.take(1)).isEmpty();
    assertThat(small.take(1)).isEmpty();

    assertThat(small.hold(50 * KIB)).as("all of the share").isTrue();
    assertThat(wide.place(1).take(1)).contains(ErrorCode.TOO_MANY_REQUESTS);
    assertThat(large.hold(70 * KIB)).as("more than the share").isFalse();
    assertThat(large.hold(60 * KIB)).as("a little more than the body").isTrue();
    small.release();
    assertThat(wide.place(40 * KIB).take(1)).isEmpty();
  }

  @Test
  void answersOfAllHaveTheirBoundToo() {
    Room wide = new Room(8, 200 * KIB);
    for (int workspace = 1; workspace <= 2; workspace++) {
      Room.Place place = wide.place(0);
      assertThat(place.take(workspace)).isEmpty();
      assertThat(place.hold(90 * KIB)).isTrue();
    }
    Room.Place another = wide.place(0);
    assertThat(another.take(3)).isEmpty();

    assertThat(another.hold(30 * KIB)).isFalse();
    assertThat(another.hold(20 * KIB)).isTrue();
  }

  @Test
  void anAnswerKeepsThePlaceUntilItHasBeenSent() {
    Room.Place place = take(1, 1).get(0);
    assertThat(place.hold(1)).isTrue();
    place.leave();
    assertThat(room.taken()).isEqualTo(1);

    place.release();
    place.release();
    assertThat(room.taken()).isZero();
  }

  @Test
  void anAnswerWithoutRoomKeepsThePlaceToo() {
    Room wide = new Room(4, 200 * KIB);
    Room.Place held = wide.place(0);
    Room.Place refused = wide.place(20 * KIB);
    assertThat(held.take(1)).isEmpty();
    assertThat(refused.take(1)).isEmpty();
    assertThat(held.hold(70 * KIB)).isTrue();
    assertThat(refused.hold(90 * KIB)).isFalse();
    refused.leave();
    assertThat(wide.taken()).isEqualTo(2);
    assertThat(wide.place(90 * KIB).take(2)).isEmpty();

    refused.release();
    assertThat(wide.taken()).isEqualTo(2);
    assertThat(wide.place(30 * KIB).take(1)).isEmpty();
  }

  @Test
  void nobodyHasTwoPlaces() {
    Room.Place place = take(1, 1).get(0);

    assertThat(place.take(1)).isEmpty();
    assertThat(room.taken()).isEqualTo(1);
  }

  @Test
  void whoIsRefusedTakesNothing() {
    take(1, 2);
    Room.Place place = room.place(1);
    assertThat(place.take(1)).isPresent();
    place.leave();

    assertThat(room.taken()).isEqualTo(2);
  }

  @Test
  void whoIsGoneAlreadyTakesNothing() {
    Room.Place place = room.place(1);
    place.leave();

    assertThat(place.take(1)).isEmpty();
    assertThat(room.taken()).isZero();
  }

  @Test
  void aRoomForOneHasAPlace() {
    assertThat(new Room(1, 100).place(1).take(1)).isEmpty();
  }

  private List<Room.Place> take(long workspace, int times) {
    List<Room.Place> places = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Room.Place place = room.place(1);
      assertThat(place.take(workspace)).isEmpty();
      places.add(place);
    }
    return places;
  }
}

package io.vitae.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomTest {
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

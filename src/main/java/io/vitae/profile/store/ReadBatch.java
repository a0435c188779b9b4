package io.vitae.profile.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.database.Batcher;
import io.vitae.database.Database;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads profiles of one workspace, by key or by reference, in one statement. */
final class ReadBatch implements Batcher.Statement<ReadBatch.Request, Optional<ProfileRow>> {
  private final Database database;

  ReadBatch(Database database) {
    this.database = database;
  }

  /** A read by one name. */
  record Request(Lane lane, long sourceId, String name) {
    /** The read, if the name is a key or a reference and nothing more. */
    static Optional<Request> of(long workspaceId, long sourceId, ProfileName name) {
      if (name.email().isPresent() || name.values().size() != 1) {
        return Optional.empty();
      }
      Lane lane = new Lane(workspaceId, name.reference().isPresent());
      return Optional.of(new Request(lane, sourceId, name.values().get(0)));
    }

    @Override
    public String toString() {
      return "Request[redacted]";
    }
  }

  @Override
  public Uni<List<Optional<Optional<ProfileRow>>>> run(Object lane, List<Request> requests) {
    Lane common = (Lane) lane;
    String sql =
        common.byReference() ? ProfileStatements.READ_BY_REFERENCE : ProfileStatements.READ_BY_KEY;
    Tuple parameters =
        Tuple.tuple()
            .addLong(common.workspaceId())
            .addValue(requests.stream().map(Request::sourceId).toArray(Long[]::new))
            .addValue(requests.stream().map(Request::name).toArray(String[]::new));
    return database
        .executeIn(common.workspaceId(), "read_profiles", sql, parameters)
        .map(
            rows -> {
              List<Optional<Optional<ProfileRow>>> found =
                  new ArrayList<>(
                      Collections.nCopies(requests.size(), Optional.of(Optional.empty())));
              for (Row row : rows) {
                found.set(
                    Math.toIntExact(row.getLong("n")) - 1,
                    Optional.of(Optional.of(ProfileRow.of(row))));
              }
              return found;
            });
  }
}

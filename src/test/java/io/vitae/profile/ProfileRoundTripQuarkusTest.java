package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.Fixtures;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "A GET's data is always accepted by PUT and changes nothing." */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ProfileRoundTripQuarkusTest {
  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "samples/put-request.json",
        "roundtrip/minimal.json",
        "roundtrip/null-everywhere.json",
        "roundtrip/urls-as-list.json",
        "roundtrip/unknown-everywhere.json",
        "roundtrip/dates-and-keys.json",
        "roundtrip/partial-consent.json"
      })
  void puttingBackWhatGetGaveChangesNothing(String file) throws SQLException {
    ObjectNode profile = Fixtures.object(file);
    String key = api.put(profile.put("key", "k")).created().data().path("key").textValue();
    Answer before = api.get("key", key).found();
    String rowBefore = row(key);

    Answer flat = api.send("PUT", before.data().toString()).edited();
    Answer nested = api.send("PUT", nested(before.data().toString())).edited();
    ObjectNode byReference = before.data().deepCopy();
    if (byReference.path("reference").isTextual()) {
      byReference.remove(List.of("key", "source_key"));
      assertThat(api.put(byReference).edited().data()).isEqualTo(before.data());
    }

    assertThat(flat.data()).isEqualTo(before.data());
    assertThat(nested.data()).isEqualTo(before.data());
    Answer after = api.get("key", key).found();
    assertThat(after.json()).isEqualTo(before.json());
    assertThat(after.etag()).isEqualTo(before.etag()).isEqualTo("\"1\"");
    // A consent that was only shown is stored once it is stated, even when nobody can see the
    // difference.
    if (profile.has("consent_algorithmic")) {
      assertThat(row(key)).isEqualTo(rowBefore);
    }
  }

  private String nested(String profile) {
    return "{\"source_key\":\"" + workspace.sourceKey() + "\",\"profile\":" + profile + "}";
  }

  /** Everything stored of the profile, to the microsecond. */
  private String row(String key) throws SQLException {
    try (Connection connection = TestWorkspace.connect();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT p::text FROM profile p WHERE workspace_id = ? AND key = ?")) {
      select.setLong(1, workspace.id());
      select.setString(2, key);
      try (ResultSet row = select.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getString(1);
      }
    }
  }
}

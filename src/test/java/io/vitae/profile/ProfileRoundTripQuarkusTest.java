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
import java.net.http.HttpRequest.BodyPublishers;
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
    assertThat(after.data()).isEqualTo(before.data());
    assertThat(after.etag()).isEqualTo(before.etag()).isEqualTo("\"1\"");
    if (profile.has("consent_algorithmic")) {
      // A default that was shown is stated by putting it back; all else stays as it is.
      assertThat(after.text()).isEqualTo(before.text());
      assertThat(row(key)).isEqualTo(rowBefore);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"roundtrip/minimal.json", "roundtrip/unknown-everywhere.json"})
  void puttingBackADefaultThatWasShownChangesNothingThatIsShown(String file) {
    String defaults = "{\"searching\":true,\"scoring\":true}";
    String body =
        "{\"key\":\"" + workspace.sourceKey() + "\",\"default_consent\":" + defaults + "}";
    assertThat(api.send("PATCH", "/v1/source", BodyPublishers.ofString(body)).status())
        .isEqualTo(200);
    ObjectNode profile = Fixtures.object(file);
    profile.remove("consent_algorithmic");
    String key = api.put(profile.put("key", "k")).created().data().path("key").textValue();
    Answer before = api.get("key", key).found();
    assertThat(before.data().at("/consent_algorithmic/owner/searching").booleanValue()).isTrue();
    assertThat(before.data().at("/consent_algorithmic/owner/parsing").booleanValue()).isFalse();

    for (int i = 0; i < 2; i++) {
      Answer put = api.send("PUT", before.data().toString()).edited();
      assertThat(put.data()).isEqualTo(before.data());
      assertThat(put.etag()).isEqualTo("\"1\"");
      Answer after = api.get("key", key).found();
      assertThat(after.data()).isEqualTo(before.data());
      assertThat(after.etag()).isEqualTo("\"1\"");
    }
    assertThat(api.search().rows()).containsExactly(before.data());
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

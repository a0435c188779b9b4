package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any sequence of PUTs gives what {@link ProfileModel}, a few lines of memory, gives. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ProfileMergeModelQuarkusTest {
  private static final int PUTS = 30;
  private static final List<String> SERVERS_OWN =
      List.of("id", "source", "source_key", "archive", "archived_at", "created_at", "updated_at");

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anySequenceOfPutsIsTheModels(long seed) {
    Api api = Api.of(TestWorkspace.create());
    RandomPuts puts = new RandomPuts(seed);
    ProfileModel model = new ProfileModel("k");

    for (int i = 0; i < PUTS; i++) {
      ObjectNode body = puts.next("k", i == 0);
      model.put(body);

      Answer put = api.put(body);

      Answer told = i == 0 ? put.created() : put.edited();
      assertThat(state(told)).as("put %s: %s", i, body).isEqualTo(model.profile());
      assertThat(told.etag()).as("put %s: %s", i, body).isEqualTo("\"" + model.version() + "\"");
    }
    Answer got = api.get("key", "k").found();
    assertThat(state(got)).isEqualTo(model.profile());
    assertThat(got.etag()).isEqualTo("\"" + model.version() + "\"");
  }

  private static ObjectNode state(Answer answer) {
    ObjectNode profile = answer.data().deepCopy();
    return profile.remove(SERVERS_OWN);
  }
}

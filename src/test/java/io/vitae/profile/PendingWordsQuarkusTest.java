package io.vitae.profile;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Api;
import io.vitae.testing.Eventually;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Words of new rows come into their index beside the writes (adr/0025). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PendingWordsQuarkusTest {
  private Api api;

  @BeforeEach
  void newWorkspace() throws SQLException {
    api = Api.of(TestWorkspace.create());
    try (Connection connection = TestWorkspace.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION IF NOT EXISTS pageinspect");
    }
  }

  @Test
  void thoseOfANewProfile() throws InterruptedException {
    api.put("{\"key\":\"k\",\"info\":{\"full_name\":\"Ada\"},\"text\":\"chess\"}").created();

    Eventually.await("no word waits", () -> waiting("profile_words") == 0);
    Eventually.await("no name waits", () -> waiting("profile_name") == 0);
  }

  @Test
  void thoseOfAnEdit() throws InterruptedException {
    api.put("{\"key\":\"k\",\"info\":{},\"text\":\"chess\"}").created();
    Eventually.await("no word waits", () -> waiting("profile_words") == 0);

    api.put("{\"key\":\"k\",\"text\":\"go\"}").edited();

    Eventually.await("no word waits", () -> waiting("profile_words") == 0);
  }

  @Test
  void thoseThatArchivingBringsAgain() throws InterruptedException {
    api.put("{\"key\":\"k\",\"info\":{},\"text\":\"chess\"}").created();
    Eventually.await("no word waits", () -> waiting("profile_words") == 0);

    api.archive("{\"key\":\"k\",\"is_archive\":true}");

    Eventually.await("no word waits", () -> waiting("profile_words") == 0);
  }

  private static int waiting(String index) {
    try (Connection connection = TestWorkspace.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT n_pending_tuples FROM gin_metapage_info(get_raw_page('%s', 0))"
                    .formatted(index))) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

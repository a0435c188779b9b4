package io.vitae.profile;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import org.junit.jupiter.api.Test;

/** {@code PUT /v1/profile/indexing}. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ProfilePutQuarkusTest {
  private static final String PATH = "/v1/profile/indexing";

  @Test
  void createsAndThenEdits() {
    TestWorkspace workspace = TestWorkspace.create();
    String body =
        """
        {"source_key": "%s", "key": "k", "info": {"full_name": "Ada"}}
        """
            .formatted(workspace.sourceKey());

    workspace.request().body(body).put(PATH).then().statusCode(201).body("code", equalTo(201));
    workspace.request().body(body).put(PATH).then().statusCode(201).body("code", equalTo(200));
  }
}

package io.vitae.wire;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import org.junit.jupiter.api.Test;

/** What an answer takes of the memory outside of the heap is given back when it has been sent. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BodyWriterQuarkusTest {
  private static final int REQUESTS = 40;
  private static final int SUMMARY = 60_000;

  @Test
  void answersAreGivenBack() {
    TestWorkspace workspace = TestWorkspace.create();
    put(workspace);
    long before = used();
    for (int i = 0; i < REQUESTS; i++) {
      put(workspace);
      assertThat(send(workspace, "HEAD")).isEqualTo(200);
      assertThat(send(workspace, "GET")).isEqualTo(200);
    }

    assertThat(used() - before).isLessThan((long) REQUESTS * SUMMARY / 4);
  }

  private static void put(TestWorkspace workspace) {
    given()
        .header("X-API-KEY", workspace.allKey())
        .body(
            "{\"source_key\":\"%s\",\"key\":\"k\",\"info\":{\"summary\":\"%s\"}}"
                .formatted(workspace.sourceKey(), "s".repeat(SUMMARY)))
        .put("/v1/profile/indexing")
        .then()
        .statusCode(201);
  }

  private static int send(TestWorkspace workspace, String method) {
    return given()
        .header("X-API-KEY", workspace.allKey())
        .queryParam("source_key", workspace.sourceKey())
        .queryParam("key", "k")
        .request(method, "/v1/profile/indexing")
        .statusCode();
  }

  /** Bytes of buffers that have not been given back. */
  private static long used() {
    return ((PooledByteBufAllocator) VertxByteBufAllocator.POOLED_ALLOCATOR).pinnedDirectMemory();
  }
}

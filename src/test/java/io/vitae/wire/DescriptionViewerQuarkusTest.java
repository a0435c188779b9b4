package io.vitae.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vitae.testing.PostgresResource;
import org.junit.jupiter.api.Test;

/** The pages that show the description in development; the packaged application has none. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class DescriptionViewerQuarkusTest {
  @Test
  void showsTheDescriptionOnThePortOfTheApi() {
    Response pages = RestAssured.get("/q/swagger-ui/");

    assertThat(pages.statusCode()).isEqualTo(200);
    assertThat(pages.asString()).contains("/q/openapi");
  }
}

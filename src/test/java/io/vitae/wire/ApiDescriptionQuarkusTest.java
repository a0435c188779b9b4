package io.vitae.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vitae.testing.Answer;
import io.vitae.testing.OpenApi;
import io.vitae.testing.PostgresResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everybody may have the description, without a key and in the form that they want. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ApiDescriptionQuarkusTest {
  private static final String PATH = "/q/openapi";

  @Test
  void comesAsItIsWritten() throws IOException {
    Response answer = RestAssured.get(PATH);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/yaml");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(answer.asByteArray())
        .isEqualTo(
            Files.readAllBytes(Path.of("src", "main", "resources", "META-INF", "openapi.yaml")));
  }

  @ParameterizedTest
  @CsvSource({
    "?format=json, */*",
    "?format=JSON, application/yaml",
    "'', application/json",
    "'', 'application/json, */*;q=0.5'"
  })
  void comesInJsonToo(String query, String accept) throws IOException {
    Response answer = RestAssured.given().header("Accept", accept).get(PATH + query);

    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(Answer.JSON.readTree(answer.asByteArray())).isEqualTo(OpenApi.DOCUMENT);
  }

  @ParameterizedTest
  @CsvSource({"?format=yaml, application/json", "'', 'application/yaml, application/json'"})
  void comesInYaml(String query, String accept) {
    assertThat(RestAssured.given().header("Accept", accept).get(PATH + query).contentType())
        .isEqualTo("application/yaml");
  }

  @Test
  void tellsItsLengthToWhoDoesNotWantIt() {
    Response head = RestAssured.head(PATH);

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.header("Content-Length"))
        .isEqualTo(RestAssured.get(PATH).header("Content-Length"));
  }

  @Test
  void cannotBeWritten() {
    Response answer = RestAssured.post(PATH);

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
  }
}

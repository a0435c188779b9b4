package io.vitae.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.faults.Requests.Request;
import io.vitae.testing.Answer;
import io.vitae.testing.TestWorkspace;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A workspace of a site with a profile that others are after. */
final class Victim {
  final FaultSite site;
  final Tenant tenant;

  /** What the victim's things are called, by the placeholders of {@link Requests}. */
  final Map<String, String> names;

  private Victim(FaultSite site, Tenant tenant) {
    this.site = site;
    this.tenant = tenant;
    this.names = names(tenant.source());
    names.put("id", Long.toString(tenant.keyId()));
  }

  /**
   * A victim.
   *
   * @param secret is in the profile, and to be found nowhere else
   */
  static Victim of(FaultSite site, String secret) throws Exception {
    Victim victim = new Victim(site, Tenant.in(site.database));
    String body =
        """
        {"source_key": "%s", "key": "%s", "reference": "%3$s", "text": "%3$s",
         "info": {"email": "%4$s", "full_name": "%3$s", "phone": "+33 %5$s", "summary": "%5$s"},
         "consent_algorithmic": {"owner": {"searching": true}, "controller": {"searching": true}}}
        """
            .formatted(
                victim.tenant.source(),
                victim.names.get("profile"),
                victim.names.get("reference"),
                victim.names.get("email"),
                secret);
    Request put = new Request("PUT", FaultSite.INDEXING, body);
    assertThat(victim.send(victim.tenant.key(), put).status()).isEqualTo(201);
    return victim;
  }

  /** Names that nobody has. */
  static Map<String, String> names(String source) {
    Map<String, String> names = new HashMap<>();
    names.put("source", source);
    names.put("profile", TestWorkspace.hex(40));
    names.put("reference", TestWorkspace.hex(12));
    names.put("email", TestWorkspace.hex(12) + "@example.com");
    return names;
  }

  /** All of the victim's rows, and the names of all tables. */
  String state() throws SQLException {
    try (Connection connection = site.database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT (SELECT string_agg(p::text, ' ' ORDER BY key) FROM profile p
                        WHERE workspace_id = %1$d),
                       (SELECT string_agg(s::text, ' ' ORDER BY key) FROM source s
                        WHERE workspace_id = %1$d),
                       (SELECT string_agg(k::text, ' ') FROM api_key k WHERE workspace_id = %1$d),
                       (SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class
                        WHERE relnamespace = 'public'::regnamespace)
                """
                    .formatted(tenant.workspace()))) {
      row.next();
      return row.getString(1) + row.getString(2) + row.getString(3) + row.getString(4);
    }
  }

  /** Headers are names and values by turns. */
  Answer send(String key, Request request, String... headers) throws Exception {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(
                site.api(
                    request.path().replace("[", "%5B").replace("]", "%5D").replace("\"", "%22")))
            .timeout(Duration.ofSeconds(20))
            .header("X-API-KEY", key)
            .method(
                request.method(),
                request.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body()));
    if (headers.length > 0) {
      builder.headers(headers);
    }
    HttpResponse<byte[]> response = site.http().send(builder.build(), BodyHandlers.ofByteArray());
    return Answer.of(response.statusCode(), response.headers(), response.body());
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

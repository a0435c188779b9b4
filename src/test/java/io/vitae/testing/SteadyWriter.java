package io.vitae.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Clients that PUT profiles without a pause and remember what was acknowledged: each has a profile
 * of its own and counts up in it.
 */
public final class SteadyWriter implements AutoCloseable {
  private final String apiKey;
  private final String source;
  private final Supplier<URI> service;
  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean running = true;

  private SteadyWriter(String apiKey, String source, Supplier<URI> service) {
    this.apiKey = apiKey;
    this.source = source;
    this.service = service;
  }

  /**
   * Starts writing.
   *
   * @param service where the next request of a client goes to, asked before each, as by a balancer
   */
  public static SteadyWriter start(
      int clients, String apiKey, String source, Supplier<URI> service) {
    SteadyWriter writer = new SteadyWriter(apiKey, source, service);
    for (int i = 0; i < clients; i++) {
      String key = "client-" + i;
      Thread thread = new Thread(() -> writer.write(key), key);
      writer.clients.add(thread);
      thread.start();
    }
    return writer;
  }

  private void write(String key) {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (int value = 1; running; value++) {
      String body =
          "{\"source_key\":\"%s\",\"key\":\"%s\",\"info\":{\"full_name\":\"Ada\"},\"text\":\"%d\"}"
              .formatted(source, key, value);
      HttpRequest request =
          HttpRequest.newBuilder(service.get().resolve("/v1/profile/indexing"))
              .header("X-API-KEY", apiKey)
              .timeout(Duration.ofSeconds(30))
              .PUT(BodyPublishers.ofString(body))
              .build();
      try {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 201) {
          acknowledged.put(key, value);
        } else {
          failures.add(answer.statusCode() + " " + answer.body());
        }
      } catch (IOException e) {
        failures.add(e.toString());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** How many writes were acknowledged so far. */
  public int count() {
    return acknowledged.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** What went wrong, in the order in which it did. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  /** The last value of each client that was acknowledged. */
  public Map<String, Integer> acknowledged() {
    return new TreeMap<>(acknowledged);
  }

  /** The values that the database has. */
  public static Map<String, Integer> stored(Connection database) throws SQLException {
    Map<String, Integer> values = new TreeMap<>();
    try (Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT key, (text #>> '{}')::int FROM profile WHERE key LIKE 'client-%'")) {
      while (rows.next()) {
        values.put(rows.getString(1), rows.getInt(2));
      }
    }
    return values;
  }

  /** Returns when every client has had the answer to its last request. */
  @Override
  public void close() {
    running = false;
    for (Thread client : clients) {
      try {
        client.join(Duration.ofSeconds(40).toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

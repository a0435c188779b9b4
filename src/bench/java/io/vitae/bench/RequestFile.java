package io.vitae.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** Files of prepared requests, as {@code requests.lua} reads them. */
final class RequestFile {
  private static final int DIGITS = Long.toString(Spliced.PLACE).length();

  private final Path directory;
  private final String apiKey;

  RequestFile(Path directory, String apiKey) {
    this.directory = directory;
    this.apiKey = apiKey;
  }

  /** PUTs of the profiles in the places from 0. */
  Path puts(String name, int count, IntFunction<ObjectNode> body) {
    return write(
        name,
        count,
        place -> {
          Spliced json = Spliced.of(body.apply(place));
          int length = bytes(json.prefix()).length + DIGITS + bytes(json.suffix()).length;
          String head =
              head("PUT", "/v1/profile/indexing")
                  + "Content-Type: application/json\r\nContent-Length: "
                  + length
                  + "\r\n\r\n";
          return new Spliced(head + json.prefix(), json.suffix());
        });
  }

  /** GETs of what some function says for each place from 0: a path with its query. */
  Path gets(String name, int count, IntFunction<String> path) {
    return write(name, count, place -> new Spliced(head("GET", path.apply(place)) + "\r\n", ""));
  }

  private String head(String method, String path) {
    return method
        + ' '
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-KEY: "
        + apiKey
        + "\r\nX-USER-EMAIL: "
        + Dataset.ACTOR
        + "\r\n";
  }

  private Path write(String name, int count, IntFunction<Spliced> request) {
    Path file = directory.resolve(name);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      for (int place = 0; place < count; place++) {
        Spliced spliced = request.apply(place);
        byte[] prefix = bytes(spliced.prefix());
        byte[] suffix = bytes(spliced.suffix());
        out.write(bytes(prefix.length + " " + suffix.length + "\n"));
        out.write(prefix);
        out.write(suffix);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

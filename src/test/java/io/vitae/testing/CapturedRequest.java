package io.vitae.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A request as an official SDK sent it, from {@code samples/sdk-requests.http}.
 *
 * @param name which SDK and which of its functions
 * @param line method and target, as in {@code GET /v1/sources?page=1}
 * @param headers as captured, a line each
 * @param body empty when there was none
 */
public record CapturedRequest(String name, String line, List<String> headers, String body) {
  private static final String API_KEY = "ask_00000000000000000000000000000000";
  private static final String SOURCE_KEY = "5".repeat(40);
  private static final String PROFILE_KEY = "6".repeat(40);

  /** All of the file, in its order. */
  public static List<CapturedRequest> all() {
    String file = Fixtures.text("samples/sdk-requests.http");
    return Pattern.compile("^### ", Pattern.MULTILINE)
        .splitAsStream(file)
        .skip(1)
        .map(CapturedRequest::parse)
        .toList();
  }

  private static CapturedRequest parse(String block) {
    int blank = block.indexOf("\n\n");
    int end = blank < 0 ? block.length() : blank;
    List<String> head = block.substring(0, end).lines().toList();
    String body = block.substring(end).strip();
    return new CapturedRequest(head.get(0), head.get(1), head.subList(2, head.size()), body);
  }

  /** Whether it is one of the calls to a path, whatever its query. */
  public boolean isTo(String path) {
    return Arrays.asList(line.split("[ ?]", -1)).get(1).equals(path);
  }

  /** The method, such as {@code GET}. */
  public String method() {
    return line.substring(0, line.indexOf(' '));
  }

  /** The body with real keys in place of the placeholders. */
  public String bodyFor(TestWorkspace workspace, String profileKey) {
    return substitute(body, workspace, profileKey);
  }

  /** The bytes on the wire, with real keys in place of the placeholders. */
  public byte[] bytesFor(TestWorkspace workspace, String profileKey) {
    byte[] content = bodyFor(workspace, profileKey).getBytes(StandardCharsets.UTF_8);
    String length = content.length == 0 ? "" : "Content-Length: " + content.length + "\r\n";
    String head =
        substitute(line, workspace, profileKey)
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + substitute(String.join("\r\n", headers), workspace, profileKey)
            + "\r\n"
            + length
            + "\r\n";
    return (head + bodyFor(workspace, profileKey)).getBytes(StandardCharsets.UTF_8);
  }

  private static String substitute(String text, TestWorkspace workspace, String profileKey) {
    return text.replace(API_KEY, workspace.allKey())
        .replace(SOURCE_KEY, workspace.sourceKey())
        .replace(PROFILE_KEY, profileKey);
  }

  @Override
  public String toString() {
    return name;
  }
}

package io.vitae.wire;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The query of a request, read leniently in form and strictly in sense: a parameter without a value
 * is as good as absent, booleans come as {@code True}, {@code true} or {@code 1}, but whatever is
 * not understood is an error that names it.
 *
 * <p>Errors are collected, so that a client hears of all of them at once.
 */
public final class Parameters {
  private static final int MAX_LENGTH = 1000;
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
  private static final int DEFAULT_LIMIT = 30;
  private static final int MAX_LIMIT = 100;

  /** What {@code page} and {@code limit} ask for. */
  public record Page(int number, int limit) {
    /** How many rows come before the page. */
    public long offset() {
      return (number - 1L) * limit;
    }
  }

  private final MultiMap query;
  private final List<FieldError> errors = new ArrayList<>();

  private Parameters(MultiMap query) {
    this.query = query;
  }

  /** The query of a request. */
  public static Parameters of(RoutingContext request) {
    return of(request.queryParams());
  }

  /** A query that has been decoded already. */
  public static Parameters of(MultiMap query) {
    return new Parameters(query);
  }

  /** The value of a parameter, if it has one. Of several, the first counts. */
  public Optional<String> text(String name) {
    return text(name, MAX_LENGTH);
  }

  /** As {@link #text(String)}, of at most {@code max} characters. */
  public Optional<String> text(String name, int max) {
    Optional<String> value = Optional.ofNullable(query.get(name)).filter(text -> !text.isEmpty());
    if (value.isPresent() && (value.get().length() > max || value.get().indexOf('\0') >= 0)) {
      error(name, "invalid_value", "must be at most " + max + " characters without NUL");
      return Optional.empty();
    }
    return value;
  }

  /**
   * The value of a parameter that names one thing, whatever is in it: what cannot be a name is the
   * name of nothing.
   */
  public Optional<String> name(String parameter) {
    return Optional.ofNullable(query.get(parameter)).filter(text -> !text.isEmpty());
  }

  /** A switch, with what holds when it is absent. */
  public boolean flag(String name, boolean otherwise) {
    return text(name)
        .map(
            value ->
                switch (value) {
                  case "1", "true", "True", "TRUE" -> true;
                  case "0", "false", "False", "FALSE" -> false;
                  default -> {
                    error(name, "invalid_value", "must be true or false");
                    yield otherwise;
                  }
                })
        .orElse(otherwise);
  }

  /** A finite number, bare or as a JSON string. */
  public Optional<Double> number(String name) {
    return text(name)
        .flatMap(
            value -> {
              String digits = unquoted(value);
              // Java would take 0x1p3, 5d and NaN for numbers, too.
              if (NUMBER.matcher(digits).matches()) {
                double number = Double.parseDouble(digits);
                if (Double.isFinite(number)) {
                  return Optional.of(number);
                }
              }
              error(name, "invalid_type", "must be a number");
              return Optional.empty();
            });
  }

  /** One of some words; the first of them when absent. */
  public String oneOf(String name, List<String> words) {
    String value = text(name).orElse(words.get(0));
    if (!words.contains(value)) {
      error(name, "invalid_value", "must be one of " + String.join(", ", words));
    }
    return value;
  }

  /** {@code page} from 1 and {@code limit} from 1 to 100, 30 when absent. */
  public Page page() {
    return new Page(whole("page", 1, Integer.MAX_VALUE), whole("limit", DEFAULT_LIMIT, MAX_LIMIT));
  }

  private int whole(String name, int otherwise, int max) {
    return text(name)
        .map(
            value -> {
              int number = value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
              if (number < 1 || number > max) {
                error(name, "out_of_range", "must be a whole number from 1 to " + max);
                return otherwise;
              }
              return number;
            })
        .orElse(otherwise);
  }

  /**
   * Refuses what nobody asked for, and what is there more than once: a filter that is silently
   * ignored answers a question that was not put.
   */
  public void allow(Set<String> names) {
    for (Map.Entry<String, String> parameter : query) {
      if (!names.contains(parameter.getKey())) {
        error(parameter.getKey(), "unknown_parameter", "is not known here");
      } else if (query.getAll(parameter.getKey()).size() > 1) {
        error(parameter.getKey(), "repeated_parameter", "must be given once");
      }
    }
  }

  /** Notes an error; {@link #check} throws it. */
  public void error(String name, String code, String message) {
    errors.add(new FieldError(name, code, message));
  }

  /**
   * Ends the reading.
   *
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETERS} with all errors noted so far, if any
   */
  public void check() {
    if (!errors.isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMETERS, errors.stream().distinct().limit(50).toList());
    }
  }

  private static String unquoted(String value) {
    return value.length() > 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}

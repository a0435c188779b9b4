package io.vitae.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds the tokens of a JSON text (RFC 8259, to the letter) where they lie in a body. It looks at
 * most strings eight bytes at a time and copies none: a parser that hands out values has done work
 * for each of them that hardly anybody asks for, which was half of the time of reading a body.
 */
final class JsonScanner {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long QUOTES = '"' * EACH;
  private static final long BACKSLASHES = '\\' * EACH;
  private static final long SPACES = ' ' * EACH;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final byte[] body;
  private final int first;
  private int at;

  private int start;
  private int end;
  private boolean escaped;
  private boolean verbatim;
  private boolean storable = true;
  private boolean integral;
  private int departures;

  /** Has a bit that is high in a byte if the last string may have had such a byte. */
  private long bits;

  /**
   * A scanner of one text.
   *
   * @param body not copied
   * @param start of the text in it
   */
  JsonScanner(byte[] body, int start) {
    this.body = body;
    this.first = start;
    this.at = start;
  }

  /**
   * The first byte of the next token, which stays the next one.
   *
   * @throws InvalidJsonException when there is none
   */
  byte peek() {
    if (isAtEnd()) {
      throw malformed();
    }
    return body[at];
  }

  /** Goes past the byte that {@link #peek} has seen. */
  void skip() {
    at++;
  }

  /** Goes past a byte, which must come next. */
  void expect(char wanted) {
    if (peek() != wanted) {
      throw malformed();
    }
    at++;
  }

  /** Whether this byte comes next, which it then goes past. */
  boolean closes(char close) {
    boolean closes = peek() == close;
    if (closes) {
      at++;
    }
    return closes;
  }

  /** Whether a comma comes next; otherwise this byte must. It goes past either. */
  boolean continues(char close) {
    if (closes(close)) {
      return false;
    }
    expect(',');
    return true;
  }

  /** Whether nothing but white space is left. */
  boolean isAtEnd() {
    while (at < body.length) {
      byte next = body[at];
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        return false;
      }
      departures++;
      at++;
    }
    return true;
  }

  /** The refusal of a text that cannot go on as it does, or at all. */
  InvalidJsonException malformed() {
    if (at >= body.length) {
      return InvalidJsonException.malformed("ends before it is complete");
    }
    int line = 1;
    int character = 1;
    for (int i = first; i < at; i++) {
      if (body[i] == '\n') {
        line++;
        character = 1;
      } else if ((body[i] & 0xC0) != 0x80) {
        // Not a byte that continues a character.
        character++;
      }
    }
    return InvalidJsonException.malformed(
        "is not JSON from line " + line + ", character " + character + " on");
  }

  /** Where the next token may begin. */
  int at() {
    return at;
  }

  /**
   * How often the text so far is not as {@link JsonWriter} would write it. A part of it in which
   * this stays the same is just what would be written.
   */
  int departures() {
    return departures;
  }

  /** Where the last string or number begins: of a string, behind its quotation mark. */
  int start() {
    return start;
  }

  /** Where it ends: of a string, at its quotation mark. */
  int end() {
    return end;
  }

  /** Whether the last string has escapes. */
  boolean isEscaped() {
    return escaped;
  }

  /** Whether the last string has none that a writer would not make, too. */
  boolean isVerbatim() {
    return verbatim;
  }

  /** Whether it is known that no string so far has a NUL character or a lone surrogate. */
  boolean isStorable() {
    return storable;
  }

  /** Whether the last number has neither a fraction nor an exponent. */
  boolean isIntegral() {
    return integral;
  }

  /** Goes past a string, which must come next and be in well-formed UTF-8. */
  void string() {
    expect('"');
    start = at;
    bits = 0;
    escaped = false;
    verbatim = true;
    while (true) {
      at = plainUntil(at);
      if (at >= body.length || (body[at] >= 0 && body[at] < ' ')) {
        throw malformed();
      }
      if (body[at] == '"') {
        end = at++;
        if ((bits & HIGH_BITS) != 0 && !Utf8.isWellFormed(body, start, end)) {
          throw malformed();
        }
        return;
      }
      escape();
    }
  }

  /** Where the next quotation mark, backslash or control character stands. */
  private int plainUntil(int from) {
    int i = from;
    long seen = bits;
    while (i + Long.BYTES <= body.length) {
      long bytes = (long) EIGHT_BYTES.get(body, i);
      seen |= bytes;
      // In each of these the lowest bit that is set tells where; higher ones may be carried over.
      long quotes = bytes ^ QUOTES;
      long backslashes = bytes ^ BACKSLASHES;
      long found = belowOne(quotes) | belowOne(backslashes) | ((bytes - SPACES) & ~bytes);
      found &= HIGH_BITS;
      if (found != 0) {
        bits = seen;
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
      i += Long.BYTES;
    }
    while (i < body.length) {
      byte b = body[i];
      seen |= b;
      if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
        break;
      }
      i++;
    }
    bits = seen;
    return i;
  }

  /** Has the high bit of each byte set that is 0. */
  private static long belowOne(long bytes) {
    return (bytes - EACH) & ~bytes;
  }

  /** Goes past an escape. */
  private void escape() {
    escaped = true;
    byte kind = at + 1 < body.length ? body[at + 1] : 0;
    switch (kind) {
      case '"', '\\', 'b', 'f', 'n', 'r', 't' -> at += 2;
      case '/' -> {
        verbatim = false;
        departures++;
        at += 2;
      }
      case 'u' -> {
        verbatim = false;
        departures++;
        int unit = unit(at + 2);
        storable &= unit != 0 && !Character.isSurrogate((char) unit);
        at += 6;
      }
      default -> throw malformed();
    }
  }

  /** What four hexadecimal digits say. */
  private int unit(int digits) {
    int unit = 0;
    for (int i = digits; i < digits + 4; i++) {
      int digit = i < body.length ? Character.digit(body[i], 16) : -1;
      if (digit < 0) {
        throw malformed();
      }
      unit = (unit << 4) | digit;
    }
    return unit;
  }

  /** Goes past a number, which must come next. */
  void number() {
    start = at;
    if (body[at] == '-') {
      at++;
    }
    if (at < body.length && body[at] == '0') {
      if (at > start) {
        // May be zero, which has no sign when it is written.
        departures++;
      }
      at++;
    } else {
      digits();
    }
    integral = true;
    if (at < body.length && body[at] == '.') {
      integral = false;
      at++;
      digits();
    }
    if (at < body.length && (body[at] == 'e' || body[at] == 'E')) {
      integral = false;
      departures++;
      at++;
      if (at < body.length && (body[at] == '+' || body[at] == '-')) {
        at++;
      }
      digits();
    }
    end = at;
  }

  /** Goes past one digit or more. */
  private void digits() {
    int before = at;
    while (at < body.length && body[at] >= '0' && body[at] <= '9') {
      at++;
    }
    if (at == before) {
      throw malformed();
    }
  }

  /** The characters of the last number. */
  char[] characters() {
    char[] characters = new char[end - start];
    for (int i = 0; i < characters.length; i++) {
      characters[i] = (char) body[start + i];
    }
    return characters;
  }

  /** The value of the last number, which has at most 18 digits and no fraction. */
  long integer() {
    boolean negative = body[start] == '-';
    long value = 0;
    for (int i = negative ? start + 1 : start; i < end; i++) {
      value = value * 10 + (body[i] - '0');
    }
    return negative ? -value : value;
  }

  /** Goes past {@code true}, which must come next; the others likewise. */
  void trueLiteral() {
    literal(TRUE);
  }

  void falseLiteral() {
    literal(FALSE);
  }

  void nullLiteral() {
    literal(NULL);
  }

  private void literal(byte[] literal) {
    int behind = at + literal.length;
    if (behind > body.length || !Arrays.equals(body, at, behind, literal, 0, literal.length)) {
      throw malformed();
    }
    at = behind;
  }
}

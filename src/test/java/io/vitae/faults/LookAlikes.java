package io.vitae.faults;

import java.text.Normalizer;
import java.util.List;

/** Names that a person, a font, a collation or a mapping of cases takes for one another. */
final class LookAlikes {
  /** Addresses of different people, and spellings of them. */
  static final List<String> ADDRESSES =
      List.of(
          "mike.keith@example.com",
          "Mike.Keith@Example.COM",
          // The dotless small i and the dotted capital one.
          "m\u0131ke.keith@example.com",
          "M\u0130KE.KEITH@EXAMPLE.COM",
          // The sign of the unit kelvin, whose small letter is a k.
          "mike.\u212Aeith@example.com",
          // Cyrillic i and e.
          "m\u0456ke.keith@example.com",
          "mik\u0435.keith@example.com",
          // Full width, in the name and in the domain.
          "\uFF4Dike.keith@example.com",
          "mike.keith@\uFF45xample.com",
          // Invisible: joiner, soft hyphen, direction.
          "mi\u200Dke.keith@example.com",
          "mike\u00AD.keith@example.com",
          "mike.keith\u202E@example.com",
          // A dot that is none.
          "mike\u2024keith@example.com",
          "mike.keith@example\u3002com",
          nfc("andr\u00E9@example.com"),
          nfd("andr\u00E9@example.com"),
          "andre@example.com",
          "ANDR\u00C9@EXAMPLE.COM",
          "stra\u00DFe@example.com",
          "strasse@example.com",
          "STRA\u1E9EE@example.com",
          "\u03C3@example.com",
          "\u03C2@example.com",
          "mike.keith@example.com.",
          "mike.keith@example.com ",
          " mike.keith@example.com",
          "mike.keith@example.com\u00A0",
          "mike.keith+x@example.com",
          "mikekeith@example.com");

  /** References of different profiles. */
  static final List<String> REFERENCES =
      List.of(
          "Case-7",
          "case-7",
          "CASE-7",
          "Case-7 ",
          " Case-7",
          "Case-7\u00A0",
          "Case-7\u200B",
          "C\u0430se-7",
          "\uFF23ase-7",
          "Case\u20107",
          "Case-\uFF17",
          "Case-07",
          "Case-7%",
          "Case_7",
          nfc("Ren\u00E9"),
          nfd("Ren\u00E9"),
          "Rene",
          "\u212A7",
          "K7",
          "k7",
          "\u0130",
          "i\u0307",
          "I",
          "\u0131",
          "\u202Eabc",
          "cba",
          "a\u2028b",
          "a\u2029b",
          "ab");

  private LookAlikes() {}

  private static String nfc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static String nfd(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD);
  }
}

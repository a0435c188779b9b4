package io.vitae.profile.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.consent.Purpose;
import io.vitae.profile.document.Fields;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rules of {@code consent_algorithmic}: known parties and flags only, JSON booleans only. A
 * mistyped name must not read as a refusal, nor {@code "true"} as a consent.
 */
final class ConsentRules {
  private static final List<String> FLAGS =
      Stream.concat(Purpose.WIRE_NAMES.stream(), Stream.of(Fields.UPSKILLING)).toList();

  private ConsentRules() {}

  static void check(Subject consent) {
    for (Map.Entry<String, JsonNode> party : consent.node().properties()) {
      String name = party.getKey();
      if (!Fields.PARTIES.contains(name)) {
        unknown(consent, name, "is not a party of the consent; known are ", Fields.PARTIES);
      } else if (party.getValue() instanceof ObjectNode flags) {
        flags(new Subject(flags, consent.at().child(name), consent.violations()));
      } else {
        consent.violation(name, ViolationCode.INVALID_TYPE, "must be an object");
      }
    }
  }

  private static void flags(Subject party) {
    for (Map.Entry<String, JsonNode> flag : party.node().properties()) {
      String name = flag.getKey();
      if (!FLAGS.contains(name)) {
        unknown(party, name, "is not a consent flag; known are ", FLAGS);
      } else if (!flag.getValue().isBoolean()) {
        party.violation(name, ViolationCode.INVALID_TYPE, "must be true or false");
      }
    }
  }

  private static void unknown(Subject where, String name, String message, List<String> known) {
    where.violation(name, ViolationCode.UNKNOWN_FIELD, message + String.join(", ", known));
  }
}

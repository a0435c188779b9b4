package io.vitae.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The members of an object are a map like any other. */
class MembersTest {
  /** The first two have one hash. */
  private static final List<String> NAMES = List.of("Aa", "BB", "", "name", "text", "é");

  @Property(tries = 500)
  void areWhatAnOrdinaryMapIs(
      @ForAll @Size(max = 40) List<@IntRange(max = 23) Integer> steps,
      @ForAll boolean shared,
      @ForAll @IntRange(max = 3) int collected) {
    Map<String, JsonNode> model = new LinkedHashMap<>();
    Object[] slots = new Object[2 * collected];
    long bits = 0;
    for (int i = 0; i < collected; i++) {
      slots[2 * i] = NAMES.get(i);
      slots[2 * i + 1] = IntNode.valueOf(-i);
      bits |= Members.bit(NAMES.get(i));
      model.put(NAMES.get(i), IntNode.valueOf(-i));
    }
    Map<String, JsonNode> members = new Members(slots, bits);
    int number = 0;
    for (int step : steps) {
      String constant = NAMES.get(step % NAMES.size());
      String name = shared ? constant : copy(constant);
      if (step < 12) {
        IntNode value = IntNode.valueOf(number++);
        assertThat(members.put(name, value)).isEqualTo(model.put(name, value));
      } else if (step < 18) {
        assertThat(members.remove(name)).isEqualTo(model.remove(name));
      } else {
        assertThat(members.get(name)).isEqualTo(model.get(name));
        assertThat(members.containsKey(name)).isEqualTo(model.containsKey(name));
      }
      assertThat(members).hasSize(model.size());
    }
    assertThat(List.copyOf(members.entrySet())).isEqualTo(List.copyOf(model.entrySet()));
    assertThat(members).isEqualTo(model).hasSameHashCodeAs(model);
  }

  private static String copy(String text) {
    return new String(text.toCharArray());
  }

  @Test
  void endWithTheLastOne() {
    Map<String, JsonNode> members = new Members(new Object[0], 0);
    members.put("a", IntNode.valueOf(1));
    Iterator<Map.Entry<String, JsonNode>> walk = members.entrySet().iterator();
    walk.next();
    assertThat(walk.hasNext()).isFalse();
    assertThatThrownBy(walk::next).isInstanceOf(NoSuchElementException.class);
  }
}

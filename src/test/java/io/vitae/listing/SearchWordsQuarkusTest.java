package io.vitae.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.PostgresResource;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a search by words and by named things finds, also after edits. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SearchWordsQuarkusTest {
  private static final int MANY = 40_000;

  private Searchable search;

  @BeforeEach
  void newWorkspace() {
    search = new Searchable();
  }

  private void storeWords() {
    search.put("text", "{'text':'Senior data engineer at Société Générale, C++ and Node.js'}");
    search.put("summary", "{'info':{'summary':'An ingénieur of DATA who engineers'}}");
    search.put(
        "experience",
        "{'experiences':[{'title':'Chef de projet','company':'Crédit Agricole'},"
            + "{'title':null,'description':'data engineer'}]}");
    search.put(
        "education",
        "{'educations':[{'title':'PhD','school':'École normale','description':'Straße'}]}");
    search.put("empty", "{'info':{'full_name':'data engineer'},'tags':[{'name':'data'}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text_keywords       | data                   | text",
        "text_keywords       | DATA                   | text",
        "text_keywords       | ['data','senior']      | text",
        "text_keywords       | ['data','junior']      |",
        "text_keywords       | data engineer          | text",
        "text_keywords       | engineer data          |",
        "text_keywords       | data engineers         |",
        "text_keywords       | dat                    |",
        "text_keywords       | societe                | text",
        "text_keywords       | SOCIÉTÉ générale       | text",
        "text_keywords       | socie\u0301te\u0301    | text",
        "text_keywords       | node.js                | text",
        "text_keywords       | phd                    |",
        "summary_keywords    | ingenieur              | summary",
        "summary_keywords    | data                   | summary",
        "summary_keywords    | senior                 |",
        "experience_keywords | credit agricole        | experience",
        "experience_keywords | CHEF DE PROJET         | experience",
        "experience_keywords | data engineer          | experience",
        "experience_keywords | projet data            |",
        "experience_keywords | phd                    |",
        "education_keywords  | ecole                  | education",
        "education_keywords  | strasse                | education",
        "education_keywords  | PhD École              | education",
        "education_keywords  | data                   |",
        "education_keywords  | school                 |",
      })
  void wordsAreSoughtInTheirSection(String parameter, String value, String expected) {
    storeWords();

    assertThat(search.find(parameter, value.replace('\'', '"')))
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void wordsBesideASlashAreFound() {
    search.put("a", "{'text':'Python/Django, CI/CD und TCP/IP; see example.com/path'}");

    assertThat(search.find("text_keywords", "django")).containsExactly("a");
    assertThat(search.find("text_keywords", "Python")).containsExactly("a");
    assertThat(search.find("text_keywords", "CI/CD")).containsExactly("a");
    assertThat(search.find("text_keywords", "example.com")).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[{'name':'java'}]                              | five none text",
        "[{'name':'JÀVA','value':null}]                 | five none text",
        "['java']                                       | five none text",
        "java                                           | five none text",
        "{'name':'java'}                                | five none text",
        "[{'name':'java','value':5}]                    | five",
        "[{'name':'java','value':5.0}]                  | five",
        "[{'name':'java','value':'5'}]                  | text",
        "[{'name':'java','value':6}]                    |",
        "[{'name':'java'},{'name':'sql'}]               | five",
        "[{'name':'sql','value':true}]                  | five",
        "[{'name':'sql','value':false}]                 |",
        "[{'name':'sql','value':5}]                     |",
        "[{'name':'jav'}]                               |",
        "[{'name':'javascript'}]                        | script",
        "[{'name':''}]                                  |",
      })
  void namedThingsAreSoughtByNameAndValue(String value, String expected) {
    for (String section : List.of("skills", "languages", "interests", "tags")) {
      search = new Searchable();
      store(section, "five", "[{'name':'Java','value':5},{'name':'SQL','value':true}]");
      store(section, "text", "[{'name':'java','value':'5'}]");
      store(section, "none", "[{'name':'java'}]");
      store(section, "script", "[{'name':'javascript','value':5}]");
      store(section.equals("tags") ? "skills" : "tags", "elsewhere", "[{'name':'java'}]");

      String parameter = section.equals("tags") ? "tags_included" : section;

      assertThat(search.find(parameter, value.replace('\'', '"')))
          .as(parameter)
          .isEqualTo(expected == null ? List.of() : List.of(expected.split(" ")));
    }
  }

  private void store(String section, String key, String entries) {
    search.put(key, "{'" + section + "':" + entries + "}");
  }

  @Test
  void excludedTagsAreLeftOut() {
    store("tags", "a", "[{'name':'Été','value':1},{'name':'x'}]");
    store("tags", "b", "[{'name':'été','value':2}]");
    store("skills", "c", "[{'name':'été'}]");

    assertThat(search.find("tags_excluded", "[{\"name\":\"ete\"}]")).containsExactly("c");
    assertThat(search.find("tags_excluded", "[{\"name\":\"ete\",\"value\":1}]"))
        .containsExactly("b", "c");
    assertThat(search.find("tags_excluded", "[\"x\",\"y\"]")).containsExactly("b", "c");
    assertThat(search.find("tags_included", "ete", "tags_excluded", "x")).containsExactly("b");
  }

  @Test
  void anyCharacterMayBeInAName() {
    List<String> names =
        List.of(
            "C++",
            "c",
            "it's",
            "a''b",
            "back\\slash",
            "'",
            "\\",
            "\\'",
            "quo\"te",
            "a & b | !c",
            ":*",
            "java:A",
            "%",
            "_",
            "日本語",
            "😀",
            "a\tb",
            " java ",
            "' OR 1=1 --",
            "$1",
            "?",
            "=");
    for (int i = 0; i < names.size(); i++) {
      ObjectNode members = Answer.JSON.createObjectNode();
      members.putArray("skills").addObject().put("name", names.get(i)).put("value", names.get(i));
      search.put("k" + i, members);
    }

    for (int i = 0; i < names.size(); i++) {
      ArrayNode filter = Answer.JSON.createArrayNode();
      ObjectNode entry = filter.addObject().put("name", names.get(i));
      assertThat(search.find("skills", filter.toString()))
          .as(names.get(i))
          .containsExactly("k" + i);
      entry.put("value", names.get(i));
      assertThat(search.find("skills", filter.toString()))
          .as(names.get(i))
          .containsExactly("k" + i);
    }
  }

  @Test
  void longNamesAreToldApart() {
    String prefix = "x".repeat(200);
    store("skills", "a", "[{'name':'" + prefix + "a'}]");
    store("skills", "b", "[{'name':'" + prefix + "b'}]");

    assertThat(search.find("skills", prefix + "a")).containsExactly("a");
    assertThat(search.find("skills", prefix)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "text_keywords       | 'text':'WORD'",
        "summary_keywords    | 'info':{'summary':'WORD'}",
        "experience_keywords | 'experiences':[{'title':'WORD'}]",
        "experience_keywords | 'experiences':[{'company':'WORD'}]",
        "education_keywords  | 'educations':[{'description':'WORD'}]",
        "skills              | 'skills':[{'name':'WORD'}]",
        "languages           | 'languages':[{'name':'WORD'}]",
        "interests           | 'interests':[{'name':'WORD'}]",
        "tags_included       | 'tags':[{'name':'WORD'}]",
        "name                | 'info':{'full_name':'WORD'}",
      })
  void wordsFollowEdits(String parameter, String member) {
    search.put("k", "{" + member.replace("WORD", "before") + "}");
    search.put("other", "{}");

    search.edit("k", "{'metadatas':[{'name':'after'}],'experiences_duration':1}");
    assertThat(search.find(parameter, "before")).containsExactly("k");
    search.edit("k", "{" + member.replace("WORD", "after") + "}");
    assertThat(search.find(parameter, "before")).isEmpty();
    assertThat(search.find(parameter, "after")).containsExactly("k");
    String name = member.substring(0, member.indexOf(':'));
    search.edit("k", "{" + name + ":" + (name.equals("'info'") ? "{}" : "null") + "}");
    assertThat(search.find(parameter, "after")).isEmpty();
    search.edit("k", "{" + member.replace("WORD", "after") + "}");
    assertThat(search.find(parameter, "after")).containsExactly("k");
  }

  @Test
  void veryLongTextsAreStored() {
    String words = words(MANY, i -> "w" + i + " ").substring(0, 120_000);
    ObjectNode members = Answer.JSON.createObjectNode();
    members.put("text", "first " + words + words);
    members.putObject("info").put("summary", words.substring(0, 60_000));
    members.putArray("experiences").addObject().put("title", "t").put("description", words + words);
    members.putArray("educations").addObject().put("title", "t").put("description", words + words);

    search.put("k", members);

    assertThat(search.find("text_keywords", "first")).containsExactly("k");
    assertThat(search.find("text_keywords", "w1000")).containsExactly("k");
    assertThat(search.find("experience_keywords", "t")).containsExactly("k");
    assertThat(search.find("education_keywords", "t")).containsExactly("k");
  }

  /** Letters of four bytes in compounds, which count twice: the most that words can come to. */
  @Test
  void theLongestWordsAreStored() {
    String compounds =
        words(600, i -> letters(i * 200, 100) + '-' + letters(i * 200 + 100, 100) + ' ');
    ObjectNode members = Answer.JSON.createObjectNode();
    members.put("text", compounds.substring(0, 99_000));
    members.putObject("info").put("summary", compounds.substring(100_000, 119_000));
    members.putArray("experiences").addObject().put("title", compounds.substring(120_000, 199_000));
    members.putArray("educations").addObject().put("title", compounds.substring(200_000, 239_000));
    for (String section : List.of("skills", "languages", "interests", "tags")) {
      ArrayNode entries = members.putArray(section);
      for (int i = 0; i < 250; i++) {
        entries.addObject().put("name", letters(i * 64, 64));
      }
    }

    search.put("k", members);

    assertThat(search.find()).containsExactly("k");
  }

  private static String letters(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> Character.toString(0x20000 + (i * 7 + i / 40_000) % 40_000))
        .collect(Collectors.joining());
  }

  private static String words(int count, IntFunction<String> word) {
    return IntStream.range(0, count).mapToObj(word).collect(Collectors.joining());
  }
}

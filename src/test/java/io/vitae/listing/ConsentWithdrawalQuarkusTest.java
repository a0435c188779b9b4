package io.vitae.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A search that begins after a withdrawal's answer knows of it, whatever else goes on. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ConsentWithdrawalQuarkusTest {
  private static final int WRITERS = 8;
  private static final int MIN_ROUNDS = 5;
  private static final Duration TIME = Duration.ofSeconds(5);
  private static final String GIVEN =
      "{\"owner\":{\"searching\":true},\"controller\":{\"searching\":true}}";

  private Api api;

  @BeforeEach
  void newWorkspace() {
    api = Api.of(TestWorkspace.create());
  }

  @Test
  void isSeenByTheNextSearch() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        running.add(writers.submit(() -> flip("k" + writer, new Random(writer))));
      }
      finish(running);
    } finally {
      writers.shutdownNow();
    }
  }

  private static void finish(List<Future<?>> running)
      throws InterruptedException, ExecutionException, TimeoutException {
    for (Future<?> writer : running) {
      writer.get(60, TimeUnit.SECONDS);
    }
  }

  private void flip(String key, Random random) {
    long end = System.nanoTime() + TIME.toNanos();
    for (int round = 0; round < MIN_ROUNDS || System.nanoTime() < end; round++) {
      consents(key, GIVEN);
      assertThat(api.search("key", key).keys()).containsExactly(key);
      switch (random.nextInt(4)) {
        case 0 -> consents(key, GIVEN.replaceFirst("true", "false"));
        case 1 -> consents(key, "{\"owner\":{\"searching\":true}}");
        case 2 -> consents(key, "null");
        default -> archive(key, 1);
      }
      hides(key);
      archive(key, 0);
    }
  }

  private void consents(String key, String block) {
    String members =
        "{\"key\":\"" + key + "\",\"info\":{},\"text\":\"Worded\",\"consent_algorithmic\":";
    Answer answer = api.put(members + block + "}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private void archive(String key, int archived) {
    Answer answer = api.archive("{\"key\":\"" + key + "\",\"is_archive\":" + archived + "}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  /** Neither shown, nor counted, nor on a page of its own. */
  private void hides(String key) {
    Answer alone = api.search("key", key, "limit", "1");
    assertThat(alone.keys()).isEmpty();
    assertThat(alone.meta()).containsExactly(1L, 1L, 0L, 0L);
    hidesInPages(key);
    hidesInPages(key, "text_keywords", "[\"worded\"]");
  }

  private void hidesInPages(String key, String... filter) {
    long pages = 1;
    for (long page = 1; page <= pages; page++) {
      List<String> query = new ArrayList<>(List.of(filter));
      query.addAll(List.of("limit", "3", "page", page + "", "sort_by", "updated_at"));
      Answer answer = api.search(query.toArray(String[]::new));
      assertThat(answer.keys()).doesNotContain(key);
      List<Long> meta = answer.meta();
      long total = meta.get(3);
      assertThat(total).isLessThan(WRITERS);
      assertThat(meta.get(1)).isEqualTo(Math.max(1, (total + 2) / 3));
      assertThat(meta.get(2)).isEqualTo(Math.max(0, Math.min(3, total - (page - 1) * 3)));
      assertThat(answer.keys()).hasSize(meta.get(2).intValue());
      pages = meta.get(1);
    }
  }
}

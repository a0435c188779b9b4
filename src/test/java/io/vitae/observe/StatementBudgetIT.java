package io.vitae.observe;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.vitae.testing.Metrics;
import java.net.URI;

@QuarkusIntegrationTest
class StatementBudgetIT extends StatementBudgetQuarkusTest {
  @Override
  URI management() {
    return Metrics.ofPackagedApplication();
  }
}

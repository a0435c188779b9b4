package io.vitae.observe;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.vitae.testing.Metrics;
import java.net.URI;

@QuarkusIntegrationTest
class MonitoringIT extends MonitoringQuarkusTest {
  @Override
  URI management() {
    return Metrics.ofPackagedApplication();
  }
}

package io.vitae.profile;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class WordSweepIT extends WordSweepQuarkusTest {}

package io.vitae.profile;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PendingWordsIT extends PendingWordsQuarkusTest {}

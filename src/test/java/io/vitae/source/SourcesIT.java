package io.vitae.source;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class SourcesIT extends SourcesQuarkusTest {}

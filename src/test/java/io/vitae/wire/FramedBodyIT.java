package io.vitae.wire;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class FramedBodyIT extends FramedBodyQuarkusTest {}

package io.vitae.access;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class AccessMatrixIT extends AccessMatrixQuarkusTest {}

package io.vitae.listing;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ConsentOracleIT extends ConsentOracleQuarkusTest {}

package io.vitae.listing;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ConsentWithdrawalIT extends ConsentWithdrawalQuarkusTest {}

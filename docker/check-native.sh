#!/usr/bin/env bash
# What can be checked of the native build without native-image: Quarkus prepares all of it, and its arguments and sources
# are what we mean them to be.
set -euo pipefail
cd "$(dirname "$0")/.."
./mvnw -B -q -Pnative package -DskipTests -Dspotless.check.skip -Dquarkus.native.sources-only=true
sources=target/native-sources
arguments=$sources/native-image.args

require() { grep -qF -- "$1" "$arguments" || { echo "missing from $arguments: $1" >&2; exit 1; }; }
# Quarkus evaluates it while the image is built (application.properties).
require -J-Dvertx.disableURIValidation=true
# Without these the binary falls back to a JVM, or hides what it cannot link until a request meets it.
require --no-fallback
require -H:+ReportExceptionStackTraces
# The migrations are found by name.
resources=$(unzip -p "$sources"/*-runner.jar META-INF/native-image/resource-config.json)
for migration in src/main/resources/db/migration/*.sql; do
  grep -qF "db/migration/$(basename "$migration")" <<<"$resources" || { echo "not registered: $migration" >&2; exit 1; }
done
# What StopSignal reaches by reflection.
unzip -p "$sources"/*-runner.jar META-INF/native-image/io.vitae/vitae/reachability-metadata.json | grep -q sun.misc.Signal
# Every class that is to be initialised only at run time is Quarkus' own choice; ours would need a reason.
if grep -F -- --initialize-at-run-time "$arguments" | grep -F io.vitae; then
  echo "one of our classes is initialised at run time" >&2
  exit 1
fi
echo "the native build is prepared: $(wc -w <"$arguments") arguments"

#!/usr/bin/env bash
# Makes the pictures in docs/ anew, in a real browser, from the service itself: Swagger UI from dev mode, the dashboard
# from a Prometheus that has scraped it under load. Takes ./mvnw package, a chromium, prometheus and node.
#
# Where there is no Grafana, docs/dashboard.mjs draws the panels of the dashboard's own file from the answers to its own
# queries; that the file is good for Grafana itself is for Grafana to say.
set -euo pipefail
cd "$(dirname "$0")/.."
chromium=${CHROMIUM:-chromium}
work=$(mktemp -d)
pids=()
stop() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap stop EXIT

shoot() { # url file height
  "$chromium" --headless --no-sandbox --disable-gpu --disable-background-networking --hide-scrollbars \
    --user-data-dir="$work/browser" --virtual-time-budget=8000 --window-size="1400,$3" --screenshot="docs/$2" "$1"
}
await() { for _ in $(seq 240); do curl -fs -o /dev/null "$1" && return; sleep 0.5; done; echo "no answer: $1" >&2; exit 1; }

./mvnw -q quarkus:dev -Dquarkus.http.host=127.0.0.1 -Dquarkus.management.host=127.0.0.1 -Ddebug=false \
  -Dquarkus.console.disable-input=true -Dspotless.check.skip </dev/null >"$work/dev.log" 2>&1 &
pids+=($!)
await http://127.0.0.1:9000/q/health/started

cat >"$work/prometheus.yml" <<YAML
global: {scrape_interval: 2s}
scrape_configs:
  - job_name: vitae
    metrics_path: /q/metrics
    static_configs: [{targets: ["127.0.0.1:9000"]}]
YAML
prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" \
  --web.listen-address=127.0.0.1:19090 >"$work/prometheus.log" 2>&1 &
pids+=($!)
await http://127.0.0.1:19090/-/ready

node docs/dashboard.mjs load 90
node docs/dashboard.mjs draw k8s/components/monitoring/dashboard.json http://127.0.0.1:19090 "$work/dashboard.html"
shoot "file://$work/dashboard.html" dashboard.png 1210
shoot http://127.0.0.1:8080/q/swagger-ui/ swagger-ui.png 1300

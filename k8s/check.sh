#!/usr/bin/env bash
# Renders every overlay and has it checked by a second validator (npm kubernetes-models: types, required fields,
# quantities) and the alerts, with what they fire at, by promtool. The first validator is ManifestsTest. Takes kubectl,
# node with npm, promtool.
set -euo pipefail
cd "$(dirname "$0")"
work=../target/k8s
mkdir -p "$work"
cp validate.mjs package.json "$work/"
npm install --prefix "$work" --silent --no-audit --no-fund
for overlay in local production citus; do
  kubectl kustomize "overlays/$overlay" >"$work/$overlay.yaml"
  (cd "$work" && node validate.mjs "$overlay.yaml")
done
node --input-type=module -e '
  import {createRequire} from "node:module"; import fs from "node:fs";
  const yaml = createRequire(process.cwd() + "/" + process.argv[1] + "/")("yaml");
  const rule = yaml.parse(fs.readFileSync("components/monitoring/alerts.yaml", "utf8"));
  fs.writeFileSync(process.argv[1] + "/alerts.yaml", yaml.stringify(rule.spec));' "$work"
promtool check rules "$work/alerts.yaml"
cp components/monitoring/alerts-test.yml "$work/"
promtool test rules "$work/alerts-test.yml"

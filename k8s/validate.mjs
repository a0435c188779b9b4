// Reads a rendered overlay and lets the published schema of each kind judge it.
import fs from "node:fs";
import yaml from "yaml";

// Of an operator whose schema no package has.
const UNKNOWN = ["postgresql.cnpg.io/v1"];

let failed = false;
for (const document of yaml.parseAllDocuments(fs.readFileSync(process.argv[2], "utf8"))) {
  const resource = document.toJS();
  const { apiVersion, kind } = resource;
  const name = `${process.argv[2]} ${kind} ${resource.metadata.name}`;
  if (UNKNOWN.includes(apiVersion)) {
    console.log(`skipped ${name}`);
    continue;
  }
  try {
    const library = apiVersion.startsWith("monitoring.coreos.com/")
      ? "@kubernetes-models/prometheus-operator"
      : "kubernetes-models";
    const types = await import(`${library}/${apiVersion}`);
    new types[kind](resource).validate();
    console.log(`valid   ${name}`);
  } catch (problem) {
    failed = true;
    console.error(`INVALID ${name}: ${problem.message}`);
  }
}
process.exit(failed ? 1 : 0);

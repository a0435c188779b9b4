// load <seconds>: sends the demo workspace some of everything.
// draw <dashboard> <prometheus> <html>: the panels of a Grafana dashboard as a page, from live queries.
import fs from "node:fs";

const API = "http://127.0.0.1:8080";
const KEY = "ask_0123456789abcdef0123456789abcdef";
const SOURCE = "0123456789abcdef0123456789abcdef01234567";

async function load(seconds) {
  const example = fs.readFileSync("src/samples/profile.json", "utf8");
  const until = Date.now() + seconds * 1000;
  const call = async (method, path, body) =>
    (await fetch(API + path, { method, body, headers: { "X-API-KEY": KEY } })).text();
  const client = async () => {
    for (let i = 0; Date.now() < until; i++) {
      const reference = "r" + Math.floor(Math.random() * 500);
      await call("PUT", "/v1/profile/indexing", example.replace("harry-potter", reference));
      await call("GET", `/v1/profile/indexing?source_key=${SOURCE}&reference=${reference}`);
      if (i % 10 === 0) {
        await call("GET", `/v1/profiles/searching?source_keys=["${SOURCE}"]&text_keywords=["lead"]`);
        await call("PUT", "/v1/profile/indexing", "{}");
      }
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  // What Kubernetes does: the gauge of readiness has the last probe's answer.
  const probe = async () => {
    for (; Date.now() < until; await new Promise((done) => setTimeout(done, 2000)))
      await (await fetch("http://127.0.0.1:9000/q/health/ready")).text();
  };
  await Promise.all([probe(), ...Array.from({ length: 8 }, client)]);
}

const COLOURS = ["#3274d9", "#e0752d", "#56a64b", "#a352cc", "#e02f44", "#8f3bb8", "#37872d", "#705da0", "#1f60c4", "#fa6400"];

async function series(prometheus, panel, from, to) {
  const lines = [];
  for (const { expr, legendFormat } of panel.targets) {
    const query = new URLSearchParams({ query: expr, start: from, end: to, step: 2 });
    const answer = await (await fetch(`${prometheus}/api/v1/query_range?${query}`)).json();
    if (answer.status !== "success") throw new Error(`${panel.title}: ${answer.error}`);
    if (answer.data.result.length === 0) throw new Error(`${panel.title}: no data for ${expr}`);
    for (const { metric, values } of answer.data.result) {
      const name = legendFormat.replace(/{{(\w+)}}/g, (_, label) => metric[label] ?? "");
      lines.push({ name, points: values.map(([time, value]) => [time, Number(value)]).filter(([, v]) => isFinite(v)) });
    }
  }
  return lines;
}

function unit(value, kind) {
  if (kind === "bytes") return (value / 1048576).toFixed(0) + " MiB";
  if (kind === "s") return value >= 1 ? value.toFixed(1) + " s" : (value * 1000).toFixed(1) + " ms";
  if (kind === "percentunit") return (value * 100).toFixed(0) + " %";
  return kind === "reqps" ? value.toFixed(1) + "/s" : String(Math.round(value * 10) / 10);
}

function chart(panel, lines, from, to) {
  const [width, height, left, bottom] = [panel.gridPos.w * 57, 190, 62, 18];
  const kind = panel.fieldConfig.defaults.unit;
  const top = Math.max(1e-9, ...lines.flatMap(({ points }) => points.map(([, v]) => v))) * 1.1;
  const x = (t) => left + ((t - from) / (to - from)) * (width - left - 14);
  const y = (v) => height - bottom - (v / top) * (height - bottom - 8);
  const grid = [0, 0.25, 0.5, 0.75, 1]
    .map((f) => `<line x1="${left}" x2="${width - 14}" y1="${y(top * f)}" y2="${y(top * f)}" stroke="#e6e8eb"/>` +
      `<text x="${left - 6}" y="${y(top * f) + 4}" text-anchor="end">${unit(top * f, kind)}</text>`).join("");
  const paths = lines
    .map(({ points }, i) => `<polyline fill="none" stroke-width="1.6" stroke="${COLOURS[i % COLOURS.length]}" points="` +
      points.map(([t, v]) => `${x(t).toFixed(1)},${y(v).toFixed(1)}`).join(" ") + `"/>`).join("");
  const legend = lines.map(({ name }, i) => `<span><b style="background:${COLOURS[i % COLOURS.length]}"></b>${name}</span>`).join("");
  return `<section style="grid-column:span ${panel.gridPos.w}"><h2>${panel.title}</h2>` +
    `<svg viewBox="0 0 ${width} ${height}">${grid}${paths}</svg><p>${legend}</p></section>`;
}

async function draw(file, prometheus, page) {
  const dashboard = JSON.parse(fs.readFileSync(file, "utf8"));
  const to = Date.now() / 1000;
  const from = to - 85;
  let body = "";
  for (const panel of dashboard.panels) {
    body += panel.type === "row"
      ? `<h1>${panel.title}</h1>`
      : chart(panel, await series(prometheus, panel, from, to), from, to);
  }
  fs.writeFileSync(page, `<!doctype html><meta charset="utf-8"><title>${dashboard.title}</title><style>
    body{font:12px sans-serif;margin:14px;background:#f4f5f5;display:grid;grid-template-columns:repeat(24,1fr);gap:8px}
    h1{grid-column:span 24;font-size:15px;margin:4px 0 0}h2{font-size:13px;margin:0 0 4px}text{font-size:10px;fill:#666}
    section{background:#fff;border:1px solid #dcdfe3;padding:8px;overflow:hidden}svg{width:100%}p{margin:2px 0;line-height:1.5}
    span{margin-right:10px;white-space:nowrap}b{display:inline-block;width:10px;height:3px;margin-right:4px;vertical-align:middle}
    </style>${body}`);
}

const [command, ...rest] = process.argv.slice(2);
await (command === "load" ? load(Number(rest[0])) : draw(...rest));

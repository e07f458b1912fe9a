// The dashboard's graphs as one SVG, from the same queries at a running Prometheus, where no Grafana is at hand:
// `node scripts/plot-dashboard.mjs http://127.0.0.1:9090 15 > dashboard.svg` draws the last fifteen minutes.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { URL, URLSearchParams } from 'node:url';

const [prometheus = 'http://127.0.0.1:9090', minutes = '15'] = process.argv.slice(2);
const columns = 4;
const panel = { width: 380, height: 250, graphTop: 34, graphHeight: 130, left: 52, right: 12 };
const colours = ['#2a78b5', '#e07b1f', '#3a9b4a', '#c8383e', '#8d62b8', '#86594c', '#d272b5', '#7a7a7a', '#a9a92c'];
const linesMax = 9;

const seconds = Number(minutes) * 60;
const end = Math.floor(Date.now() / 1_000);
const step = Math.max(5, Math.round(seconds / 60));

async function seriesOf({ expr, legendFormat }) {
  const query = expr.replaceAll('$__rate_interval', '1m');
  const parameters = new URLSearchParams({ query, start: String(end - seconds), end: String(end), step: String(step) });
  const response = await globalThis.fetch(`${prometheus}/api/v1/query_range?${parameters}`);
  const { status, data, error } = await response.json();
  if (status !== 'success') throw new Error(`${query}: ${error}`);
  return data.result.map(({ metric, values }) => ({
    name: legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_, label) => metric[label] ?? '').trim() || 'all',
    points: values.map(([at, value]) => [at, Number(value)]).filter(([, value]) => Number.isFinite(value)),
  }));
}

const units = {
  s: (value) => (value >= 1 || value === 0 ? `${short(value)} s` : `${short(value * 1_000)} ms`),
  bytes: (value) => `${short(value / 2 ** 20)} MiB`,
  percentunit: (value) => `${short(value * 100)} %`,
};

function short(value) {
  return String(Number(value.toPrecision(value >= 100 ? 3 : 2)));
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Room for the largest value, and round enough to be read. */
function topOf(all) {
  const largest = Math.max(...all.flatMap(({ points }) => points.map(([, value]) => value)), 0);
  if (largest === 0) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(largest));
  return [1, 1.5, 2, 3, 4, 5, 7.5, 10, 15].map((factor) => factor * magnitude).find((top) => top >= largest * 1.02);
}

function draw({ title, unit }, all) {
  const { width, graphTop, graphHeight, left, right } = panel;
  const top = topOf(all);
  const format = units[unit] ?? short;
  const x = (at) => (left + ((at - end + seconds) / seconds) * (width - left - right)).toFixed(1);
  const y = (value) => (graphTop + graphHeight * (1 - value / top)).toFixed(1);
  const grid = [0, 0.5, 1].map(
    (part) =>
      `<path class="grid" d="M${left} ${y(part * top)}H${width - right}"/>` +
      `<text class="axis" x="${left - 5}" y="${Number(y(part * top)) + 3}">${escaped(format(part * top))}</text>`,
  );
  const lines = all.map(({ points }, index) => {
    const path = points.map(([at, value], nth) => `${nth === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('');
    return `<path fill="none" stroke="${colours[index % colours.length]}" stroke-width="1.4" d="${path}"/>`;
  });
  const legend = all.slice(0, linesMax).map(({ name }, index) => {
    const [across, down] = [left + (index % 2) * 165, graphTop + graphHeight + 20 + Math.floor(index / 2) * 14];
    const text = index === linesMax - 1 && all.length > linesMax ? `and ${all.length - index} more` : name.slice(0, 28);
    return `<rect x="${across}" y="${down - 7}" width="8" height="8" fill="${colours[index]}"/><text x="${across + 12}" y="${down}">${escaped(text)}</text>`;
  });
  return `<text class="title" x="12" y="18">${escaped(title)}</text>${[...grid, ...lines, ...legend].join('')}`;
}

const { panels } = JSON.parse(readFileSync(new URL('../deploy/observability/grafana/orders.json', import.meta.url)));
const graphs = panels.filter(({ type }) => type === 'timeseries');
const drawn = [];
for (const graph of graphs) {
  const all = (await Promise.all(graph.targets.map(seriesOf))).flat();
  const peak = ({ points }) => Math.max(...points.map(([, value]) => value), 0);
  const sorted = all.filter(({ points }) => points.length > 0).sort((one, other) => peak(other) - peak(one));
  drawn.push(draw({ title: graph.title, unit: graph.fieldConfig.defaults.unit }, sorted));
}
const [width, height] = [columns * panel.width, Math.ceil(drawn.length / columns) * panel.height];
process.stdout
  .write(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="10" fill="#333">
<style>.title{font-size:13px;font-weight:bold}.axis{text-anchor:end;fill:#777}.grid{stroke:#ddd}</style>
<rect width="${width}" height="${height}" fill="#fff"/>
${drawn.map((text, index) => `<g transform="translate(${(index % columns) * panel.width} ${Math.floor(index / columns) * panel.height})">${text}</g>`).join('\n')}
</svg>
`);

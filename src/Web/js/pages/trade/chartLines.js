import { KeyedList } from '../../components/dom.js';
import { account } from '../../state/account.js';
import { markets } from '../../state/markets.js';
import { chartLine } from './chartLine.js';
import { lineSpecs } from './lineSpecs.js';

/** Lays one's lines over the chart, and follows the chart when it scales or scrolls. Answers with how to stop. */
/** Labels keep a distance, so that each can be read and grabbed where lines lie close together or beyond the edge. */
function spread(all, height) {
  const [first] = all;
  if (!first) return;
  const size = first.labelHeight + 3;
  const sorted = all.sort((a, b) => a.y - b.y);
  const places = sorted.map((line) => Math.max(size / 2, Math.min(height - size / 2, line.y)));
  for (let i = 1; i < places.length; i++) places[i] = Math.max(places[i], places[i - 1] + size);
  let limit = height - size / 2;
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i], limit);
    limit = places[i] - size;
  }
  sorted.forEach((line, i) => line.shiftLabel(places[i]));
}

export function chartLines(desk, drawing) {
  const { lines } = drawing;
  const shown = new Map();
  const list = new KeyedList(lines.overlay, (spec) => {
    const line = chartLine(desk, lines, spec);
    shown.set(spec.key, line);
    return line;
  });

  function place() {
    const { width, height } = lines.size();
    lines.overlay.style.setProperty('width', `${width}px`);
    lines.overlay.style.setProperty('height', `${height}px`);
    for (const line of shown.values()) line.place(height);
    spread([...shown.values()].filter((line) => line.y !== null), height);
  }

  function draw() {
    const specs = lineSpecs(desk);
    list.show(specs, (spec) => spec.key);
    const keys = new Set(specs.map((spec) => spec.key));
    for (const key of shown.keys()) if (!keys.has(key)) shown.delete(key);
    place();
  }

  const undo = [lines.onRedraw(place), account.watch(draw), markets.watch(draw)];
  return () => undo.forEach((each) => each());
}

import { h, replace, setText, svg } from './dom.js';
import { moment } from '../money/format.js';

const WIDTH = 1000;
const HEIGHT = 260;

/** A value over time as an area. The pointer, or the arrow keys, read single points. */
export function areaChart(label, format) {
  const stage = h('div', { class: 'area-stage' });
  const readout = h('p', { class: 'area-readout number', 'aria-live': 'off' });
  const cursor = h('div', { class: 'area-cursor', hidden: true });
  const scale = h('div', { class: 'area-scale number', 'aria-hidden': 'true' });
  const element = h('figure', {
    class: 'area-chart', tabindex: '0', role: 'group', 'aria-label': label,
    onpointermove: follow, onpointerleave: leave, onkeydown: step, onblur: leave,
  }, readout, h('div', { class: 'area-frame' }, stage, cursor, scale));
  let points = [];
  let at = -1;

  function show(next) {
    points = next;
    at = -1;
    if (points.length < 2) return;
    const values = points.map((point) => point.y);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const pad = (high - low || Math.abs(high) || 1) * 0.08;
    const [bottom, top] = [low - pad, high + pad];
    const [first, last] = [points[0].time, points.at(-1).time];
    for (const point of points) {
      point.left = (point.time - first) / (last - first || 1);
      point.top = 1 - (point.y - bottom) / (top - bottom);
    }
    const line = points.map((point) => `${(point.left * WIDTH).toFixed(1)},${(point.top * HEIGHT).toFixed(1)}`).join(' ');
    const trend = values.at(-1) >= values[0] ? 'up' : 'down';
    replace(stage, svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true', class: trend },
      svg('polygon', { class: 'area', points: `0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}` }),
      svg('polyline', { class: 'line', points: line })));
    replace(scale, h('span', null, format(points.reduce((a, b) => (b.y > a.y ? b : a)))), h('span', null, format(points.reduce((a, b) => (b.y < a.y ? b : a)))));
    say(points.length - 1);
  }

  function say(index) {
    setText(readout, `${moment(points[index].time)} · ${format(points[index])}`);
  }

  function read(index) {
    at = index;
    const point = points[index];
    cursor.hidden = false;
    cursor.style.setProperty('left', `${point.left * 100}%`);
    cursor.style.setProperty('--y', `${point.top * 100}%`);
    say(index);
  }

  function follow(event) {
    if (points.length < 2) return;
    const box = stage.getBoundingClientRect();
    const part = (event.clientX - box.left) / box.width;
    read(points.reduce((best, point, index) => (Math.abs(point.left - part) < Math.abs(points[best].left - part) ? index : best), 0));
  }

  function step(event) {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way || points.length < 2) return;
    event.preventDefault();
    read(Math.max(0, Math.min(points.length - 1, (at < 0 ? points.length - 1 : at) + way)));
  }

  function leave() {
    cursor.hidden = true;
    if (points.length > 0) say(points.length - 1);
  }

  return { element, show };
}

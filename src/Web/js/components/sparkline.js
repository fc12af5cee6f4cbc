import { h, svg } from './dom.js';

/** A line of closing prices. Pixels only, so plain numbers do. */
export function sparkline(values, { width = 120, height = 32, label = 'Price over the last 24 hours' } = {}) {
  if (values.length < 2) return h('span', { class: 'sparkline empty', 'aria-hidden': 'true' });
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const points = values.map((value, at) => [
    (at / (values.length - 1)) * width,
    2 + (1 - (value - low) / span) * (height - 4),
  ].map((each) => each.toFixed(1)).join(','));
  const trend = values.at(-1) >= values[0] ? 'up' : 'down';
  return svg('svg', { class: `sparkline ${trend}`, viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    svg('polygon', { class: 'area', points: `0,${height} ${points.join(' ')} ${width},${height}` }),
    svg('polyline', { class: 'line', points: points.join(' ') }));
}

// How far to the stop, how far to the goal: stop on the left, target on the right, for both directions.

import { h } from 'preact';
import { number } from './format.js';

const HEIGHT = 26;
const LINE = 13;

function place(value, position) {
  const from = position.stop.price;
  const share = (value - from) / (position.target.price - from);
  return Math.min(1, Math.max(0, share)) * 96 + 2;
}

/** A shape at a share of the width; percentages keep it whole at every size. */
function at(percent, ...shapes) {
  return h('svg', { x: `${percent}%`, overflow: 'visible' }, shapes);
}

export function Strip({ position, decimals }) {
  const entry = place(position.entry_price, position);
  const mark = position.mark === undefined ? undefined : place(position.mark, position);
  const winning = position.unrealised_usd > 0;
  const say = (value) => number(value, decimals);
  const words =
    `Stop ${say(position.stop.price)}, entry ${say(position.entry_price)}, ` +
    `now ${say(position.mark)}, target ${say(position.target.price)}`;
  return h(
    'div',
    { class: 'strip' },
    h(
      'svg',
      { role: 'img', 'aria-label': words, width: '100%', height: HEIGHT },
      h('line', { class: 'rail', x1: '2%', x2: '98%', y1: LINE, y2: LINE }),
      mark !== undefined &&
        h('line', {
          class: winning ? 'way gain' : 'way loss',
          x1: `${Math.min(entry, mark)}%`,
          x2: `${Math.max(entry, mark)}%`,
          y1: LINE,
          y2: LINE,
        }),
      at(2, h('rect', { class: 'stop', x: -5, y: LINE - 5, width: 10, height: 10 })),
      at(98, h('circle', { class: 'target', r: 5, cy: LINE })),
      at(entry, h('line', { class: 'entry', y1: LINE - 8, y2: LINE + 8 })),
      position.trailing !== undefined &&
        at(place(position.trailing, position), h('line', { class: 'trail', y1: LINE - 7, y2: LINE + 7 })),
      mark !== undefined && at(mark, h('path', { class: 'mark', d: `M0 ${LINE - 1}L6 ${LINE - 12}H-6Z` })),
    ),
    h(
      'div',
      { class: 'ends' },
      h('span', null, 'stop ', h('b', null, say(position.stop.price))),
      h('span', null, 'target ', h('b', null, say(position.target.price))),
    ),
  );
}

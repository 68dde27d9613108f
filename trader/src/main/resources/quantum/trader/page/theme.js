// What the canvas needs to know of the style sheet, and the few shapes that say how serious something is.

import { h } from 'preact';

export const dark = matchMedia('(prefers-color-scheme: dark)');
export const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** A colour token of the style sheet, as it is now. */
export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

const SHAPES = {
  info: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM7 7h2v5H7zM7 4h2v2H7z',
  warning: 'M8 1 15.5 15H.5zM7 6v5h2V6zM7 12v2h2v-2z',
  critical: 'M5 1h6l4 4v6l-4 4H5l-4-4V5zM7 4v5h2V4zM7 10v2h2v-2z',
};

/** Never alone: the word stands beside it. */
export function icon(severity) {
  return h(
    'svg',
    { class: `icon ${severity}`, viewBox: '0 0 16 16', width: 14, height: 14, 'aria-hidden': 'true' },
    h('path', { d: SHAPES[severity] || SHAPES.info, 'fill-rule': 'evenodd' }),
  );
}

/** A titled part of the page; what is stale says so itself. */
export function Panel({ title, aside, name, stale, children }) {
  return h(
    'section',
    { class: `panel ${name}${stale ? ' stale' : ''}`, 'aria-labelledby': `title-${name}` },
    h(
      'header',
      null,
      h('h2', { id: `title-${name}` }, title),
      stale ? h('span', { class: 'old' }, stale) : aside && h('span', { class: 'aside' }, aside),
    ),
    h('div', { class: 'body' }, children),
  );
}

/** What a panel says while it has nothing to show: how to fill it. */
export function Empty({ say, command }) {
  return h('p', { class: 'empty' }, say, command && [' ', h('code', null, command)]);
}

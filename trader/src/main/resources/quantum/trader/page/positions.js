// What is held, each with what protects it.

import { h } from 'preact';
import { clock, holding, number, priceDecimals, quantity, signed, span, tone } from './format.js';
import { Strip } from './strip.js';
import { Empty, Panel, icon } from './theme.js';

export function decimalsFor(position) {
  return priceDecimals(
    position.symbol, position.entry_price, position.stop.price, position.target.price, position.mark);
}

const LEVEL_WORDS = {
  GONE: 'not on the exchange',
  PLACING: 'being placed',
  UNKNOWN: 'being asked about',
  RESTING: 'live on the exchange',
  FIRING: 'triggered, closing',
  CANCELLING: 'being moved',
};

/** What the service itself watches beside the levels that rest on the exchange. */
function watched({ trailing, watch }, decimals) {
  const parts = [];
  if (trailing !== undefined) {
    parts.push(`trailing stop at ${number(trailing, decimals)}`);
  }
  if (watch.break_even_from !== undefined) {
    parts.push(`stop to entry from ${number(watch.break_even_from, decimals)}`);
  }
  if (watch.ladder.length > 0) {
    parts.push(`${watch.ladder.filter((rung) => rung.reached).length} of ${watch.ladder.length} parts taken`);
  }
  if (watch.deadline !== undefined) {
    parts.push(`until ${clock(watch.deadline)}`);
  }
  return parts.map((part) => `, ${part}`).join('');
}

function Protection({ position, decimals, seen }) {
  const naked = position.unprotected_seconds !== undefined;
  return h(
    'p',
    { class: naked ? 'protection naked' : 'protection' },
    naked
      ? [h('b', { class: 'chip' }, icon('critical'), ` unprotected for ${span(position.unprotected_seconds)}`), ' ']
      : [h('b', null, 'protected'), seen === undefined ? ', ' : ` as last seen ${span(seen)} ago, `],
    `stop ${LEVEL_WORDS[position.stop.state] || position.stop.state}, `,
    `target ${LEVEL_WORDS[position.target.state] || position.target.state}`,
    watched(position, decimals),
    position.found ? ', found on the exchange' : '',
    position.unlisted ? ', in a symbol that the exchange does not list' : '',
  );
}

function Position({ position, seen, picked, pick }) {
  const decimals = decimalsFor(position);
  const value = position.entry_price * position.quantity;
  return h(
    'li',
    { class: picked ? 'position picked' : 'position' },
    h(
      'button',
      { type: 'button', 'aria-pressed': String(picked), onClick: () => pick(holding(position)) },
      h('b', null, position.symbol),
      ` ${position.direction.toLowerCase()}`,
    ),
    h(
      'span',
      { class: `pnl ${tone(position.unrealised_usd)}` },
      signed(position.unrealised_usd, 2),
      position.unrealised_usd === undefined
        ? ''
        : h('small', null, ` USD ${number((position.unrealised_usd / value) * 100, 2)} %`),
    ),
    h(
      'p',
      { class: 'held' },
      h('b', null, quantity(position.quantity)),
      position.leverage > 1 ? ` at ${position.leverage}x` : '',
      h('span', { class: 'since' }, `since ${clock(position.opened_at)}`),
    ),
    h(
      'p',
      { class: 'held' },
      'entry ',
      h('b', null, number(position.entry_price, decimals)),
      h('span', { class: 'since' }, 'now ', h('b', null, number(position.mark, decimals))),
    ),
    h(Strip, { position, decimals }),
    h(Protection, { position, decimals, seen }),
  );
}

/** What the exchange shows as held in words that are not clear: nobody here protects it. */
function Unclear({ row }) {
  return h(
    'p',
    { class: 'protection naked' },
    h('b', { class: 'chip' }, icon('critical'), ' unprotected'),
    ` ${row.side} ${row.quantity} ${row.symbol} at ${row.entry_price}: ${row.why}`,
  );
}

export function Positions({ state, seen, picked, pick, stale }) {
  const rows = state.positions;
  const unclear = state.unclear;
  return h(
    Panel,
    { title: 'Positions', name: 'positions', stale, aside: rows.length > 0 && `${rows.length} held` },
    unclear.map((row) => h(Unclear, { key: `${row.symbol} ${row.side}`, row })),
    rows.length === 0 && unclear.length > 0
      ? ''
      : rows.length === 0
      ? h(Empty, {
          say: 'No position is held. Open one:',
          command: `./quantum send BUY ${state.sample} 100usd --sl 1.5% --tp 2.5%`,
        })
      : h(
          'ul',
          { class: 'cards' },
          rows.map((position) =>
            h(Position, { key: holding(position), position, seen, picked: holding(position) === picked, pick }),
          ),
        ),
  );
}

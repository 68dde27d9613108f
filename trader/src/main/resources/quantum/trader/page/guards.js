// What holds opens back, and until when. Quiet while nothing does.

import { h } from 'preact';
import { span } from './format.js';
import { until } from './live.js';
import { Empty, Panel } from './theme.js';

function Row({ name, value, active }) {
  return h('div', { class: active ? 'row active' : 'row' }, h('dt', null, name), h('dd', null, value));
}

function countdown(iso) {
  const left = until(iso);
  return left > 0 ? `for another ${span(left)}` : 'ending';
}

export function Guards({ state, stale }) {
  const guards = state.guards;
  if (!guards) {
    return h(
      Panel,
      { title: 'Guards', name: 'guards', stale },
      h(Empty, { say: 'The desk is starting. Guards are shown once it has read what it remembers.' }),
    );
  }
  const cooling = Object.entries(guards.symbol_cooldowns);
  return h(
    Panel,
    { title: 'Guards', name: 'guards', stale },
    h(
      'dl',
      null,
      h(Row, {
        name: 'Safe mode',
        value: guards.safe_mode_until ? countdown(guards.safe_mode_until) : 'off',
        active: Boolean(guards.safe_mode_until),
      }),
      h(Row, {
        name: 'Operator',
        value: guards.halted ? 'flattened; until resume' : guards.paused ? 'opens are paused' : 'off',
        active: guards.halted || guards.paused,
      }),
      guards.latched.map((symbol) =>
        h(Row, { key: `breaker ${symbol}`, name: `Breaker of ${symbol}`, value: 'until it is cleared', active: true }),
      ),
      h(Row, {
        name: 'Cooldown of all',
        value: guards.cooldown_until ? countdown(guards.cooldown_until) : 'off',
        active: Boolean(guards.cooldown_until),
      }),
      cooling.map(([symbol, ends]) =>
        h(Row, { key: symbol, name: `Cooldown of ${symbol}`, value: countdown(ends), active: true }),
      ),
      h(Row, { name: 'Opens in the last minute', value: guards.opens_last_minute }),
      guards.margin_failures > 0 && h(Row, { name: 'Margin failures in 5 minutes', value: guards.margin_failures }),
      h(Row, { name: 'Orders in flight', value: state.orders_in_flight.length }),
    ),
  );
}

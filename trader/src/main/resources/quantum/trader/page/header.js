// Mode, money, danger: what must be seen first, in this order.

import { h } from 'preact';
import { holding, number, span, words } from './format.js';
import { dataAge, seen, silence, until } from './live.js';
import { icon } from './theme.js';

const STATES = {
  ACTIVE: 'ACTIVE',
  COOLDOWN: 'OPENS WAIT',
  REDUCING: 'REDUCING',
  SAFE_MODE: 'SAFE MODE',
  STARTING: 'STARTING',
  HALTED: 'HALTED',
  DEGRADED: 'DEGRADED',
  STOPPING: 'STOPPING',
};

/** What of the positions is protected; without the exchange nobody knows more than was last seen. */
function protection(held, naked) {
  if (held === 0) {
    return '';
  }
  const words = naked === 0 ? ', all protected' : `, ${naked} unprotected`;
  return seen() === undefined ? words : `, ${held - naked} protected as last seen ${span(seen())} ago`;
}

export function Header({ model }) {
  const state = model.state;
  const account = state.account || {};
  const held = state.positions.length;
  const naked = state.positions.filter((position) => position.unprotected_seconds !== undefined).length;
  const age = dataAge();
  return h(
    'header',
    { class: 'top' },
    h('strong', { class: 'mode', 'data-mode': state.mode }, state.mode.toUpperCase()),
    h('h1', null, 'Quantum Trader'),
    model.connected
      ? h('span', { class: 'fact state', 'data-state': state.state }, STATES[state.state] || state.state)
      : h('span', { class: 'fact state', 'data-state': 'DISCONNECTED' }, 'DISCONNECTED'),
    h(
      'span',
      { class: 'fact' },
      h('b', null, account.free_margin === undefined ? '\u2013' : number(account.free_margin, 2)),
      ` ${account.margin_asset || 'USD'} free`,
    ),
    h(
      'span',
      { class: 'fact' },
      h('b', null, held),
      held === 1 ? ' position' : ' positions',
      protection(held, naked),
    ),
    h('span', { class: 'fact' }, 'lag ', h('b', null, model.beat ? model.beat.lag : '\u2013')),
    h(
      'span',
      { class: 'fact age' },
      !model.connected
        ? `disconnected ${span(silence())}`
        : age === undefined
          ? 'no price yet'
          : `data ${span(age)} old`,
    ),
  );
}

function held(state) {
  return state.positions.length === 1 ? 'one position is' : `${state.positions.length} positions are`;
}

/** Every trouble in words with the next action, the worst first. */
function troubles(model) {
  const state = model.state;
  const found = [];
  const add = (severity, text, next) => found.push({ severity, text, next });
  if (!model.connected || silence() > 5) {
    add('critical', `No word from the service for ${span(silence())}. What you see below is old.`,
      'Look whether it runs: ./quantum status');
  }
  if (seen() !== undefined) {
    add('critical', `The exchange is gone: its streams are lost or silent, last heard ${span(seen())} ago. `
        + 'Stops rest there as last seen.',
      'Look at the network and at the exchange\u2019s status; the service tries again by itself.');
  }
  for (const position of state.positions) {
    if (position.unprotected_seconds > 0.5) {
      add('critical',
        `${holding(position)} has had no live stop for ${span(position.unprotected_seconds)}.`,
        `It is being placed again or closed by rule. To close it now: ./quantum send CLOSE ${position.symbol} `
          + `--position-side ${position.direction.toLowerCase()}`);
    }
  }
  if (state.account && state.account.ledger_behind) {
    add('critical', 'The ledger is behind: opens wait, exits go on.', 'Look at the disk of the data directory.');
  }
  if (state.account && state.account.degraded) {
    add('critical', 'Several positions are without a live stop at once, or the exchange halts opens.',
      'The alerts name the cause.');
  }
  const failing = Object.entries((model.beat && model.beat.checks) || {}).filter(([, check]) => !check.ok);
  // Said already, in one sentence.
  const gone = seen() === undefined ? [] : ['exchange', 'price', 'protection'];
  for (const [name, check] of failing.filter(([each]) => !gone.includes(each))) {
    add('warning',
      check.age_seconds === undefined
        ? `${words(name)} does not answer.`
        : `${words(name)}: nothing for ${span(check.age_seconds)}, limit ${span(check.limit_seconds)}.`,
      'Find the cause: ./quantum status, and the log.');
  }
  const guards = state.guards || {};
  if (guards.cooldown_until && until(guards.cooldown_until) > 0) {
    add('warning', `A cooldown holds opens back for another ${span(until(guards.cooldown_until))}. Exits go on.`,
      'It ends by itself, or by ./quantum safety clear cooldown_global --why TEXT.');
  }
  if (guards.safe_mode_until && until(guards.safe_mode_until) > 0) {
    add('warning', `Safe mode stops opens for another ${span(until(guards.safe_mode_until))}. Exits go on.`,
      'It ends by itself, or by ./quantum safety clear safe_mode --why TEXT; the log tells the cause.');
  }
  const flattened = Object.keys(guards.flattened || {});
  if (guards.flattening && !guards.halted) {
    const going = flattened.filter((symbol) => guards.flattened[symbol]).join(', ');
    add('critical', `${going}: being closed by the operator's order.`,
      'It goes on until the exchange shows that nothing is held there.');
  } else if (guards.flattening) {
    add('critical', `Everything that was ordered is being closed; ${held(state)} still held.`,
      'It goes on until the exchange shows that nothing is held.');
  }
  if (guards.halted) {
    add('warning', 'Everything was flattened by the operator; opens wait.', 'To open again: ./quantum resume');
  }
  if (!guards.halted && flattened.length > 0) {
    add('warning', `${flattened.join(', ')}: flattened by the operator; opens there wait.`,
      'To open again: ./quantum resume');
  }
  for (const symbol of guards.latched || []) {
    add('warning', `The breaker stopped ${symbol}: it was opened or turned too often.`,
      `Look at its producer, then: ./quantum safety clear breaker:${symbol} --why TEXT`);
  }
  if (guards.paused) {
    add('warning', 'Opens are paused by the operator. Exits go on.', 'To go on: ./quantum resume');
  }
  return found;
}

export function Banner({ model }) {
  const found = troubles(model);
  return h(
    'div',
    { class: 'banners', role: 'alert' },
    found.slice(0, 4).map((trouble) =>
      h(
        'p',
        { class: `banner ${trouble.severity}`, key: trouble.text.replace(/[0-9.:]+/g, '') },
        icon(trouble.severity),
        h('b', null, trouble.severity === 'critical' ? 'Critical' : 'Warning'),
        h('span', null, trouble.text),
        h('span', { class: 'next' }, trouble.next),
      ),
    ),
  );
}

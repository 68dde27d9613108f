// The one connection to the service: what it told, and how long ago. Nothing here draws.

import { holding } from './format.js';

const KEPT_MARKS = 1200;
const KEPT_ROWS = 50;

const model = {
  connected: false,
  state: null,
  stateAt: 0,
  heardAt: 0,
  beat: null,
  beatAt: 0,
  alerts: [],
  trades: [],
  dead: [],
  refusals: [],
  marks: new Map(),
};
const listeners = new Set();

export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function current() {
  return model;
}

function changed() {
  model.heardAt = performance.now();
  listeners.forEach((listener) => listener());
}

/** Seconds since the service said anything. */
export function silence() {
  return model.heardAt === 0 ? 0 : (performance.now() - model.heardAt) / 1000;
}

/** The exchange's time now, as far as the last picture tells. */
export function now() {
  const at = model.state && model.state.at;
  return at ? Date.parse(at) + (performance.now() - model.stateAt) : Date.now();
}

/** Seconds until an instant of exchange time. */
export function until(iso) {
  return (Date.parse(iso) - now()) / 1000;
}

/** How long ago the exchange was last heard, in seconds, while it is gone; undefined while it is there. */
export function seen() {
  const last = model.state && model.state.last_seen;
  return last ? -until(last) : undefined;
}

/** How old the prices are that the service itself acts on, in seconds; undefined before the first. */
export function dataAge() {
  const price = model.beat && model.beat.checks.price;
  return price && price.age_seconds !== undefined
    ? price.age_seconds + (performance.now() - model.beatAt) / 1000
    : undefined;
}

function remember(state) {
  const held = new Set();
  for (const position of state.positions) {
    held.add(holding(position));
    const line = model.marks.get(holding(position)) || [];
    const at = Date.parse(position.mark_at);
    // An old mark is no news: without a new one the line ends where it was seen.
    if (position.mark !== undefined && (line.length === 0 || at > line[line.length - 1][0])) {
      line.push([at, position.mark]);
      if (line.length > KEPT_MARKS) {
        line.shift();
      }
      model.marks.set(holding(position), line);
    }
  }
  for (const name of model.marks.keys()) {
    if (!held.has(name)) {
      model.marks.delete(name);
    }
  }
}

function prepend(list, row) {
  return [row, ...list.filter((other) => other.event_id !== row.event_id)].slice(0, KEPT_ROWS);
}

async function load(name) {
  try {
    const answer = await fetch(`/api/v1/${name}?limit=${KEPT_ROWS}`);
    if (answer.ok) {
      model[name] = (await answer.json())[name];
      changed();
    }
  } catch {
    // The connection is gone; the events tell so, and loading comes again with them.
  }
}

function reload() {
  load('alerts');
  load('trades');
  load('refusals');
}

export function connect() {
  const events = new EventSource('/api/v1/events');
  const on = (name, act) =>
    events.addEventListener(name, (event) => {
      act(JSON.parse(event.data));
      changed();
    });
  events.onopen = () => {
    model.connected = true;
    reload();
    changed();
  };
  events.onerror = () => {
    model.connected = false;
    listeners.forEach((listener) => listener());
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(connect, 2000);
    }
  };
  on('state', (state) => {
    model.state = state;
    model.stateAt = performance.now();
    remember(state);
  });
  on('beat', (beat) => {
    model.beat = beat;
    model.beatAt = performance.now();
  });
  on('closed', (trade) => (model.trades = prepend(model.trades, trade)));
  on('alert', (alert) => (model.alerts = prepend(model.alerts, alert)));
  on('dead', (dead) => (model.dead = prepend(model.dead, dead)));
  on('report', (report) => report.status === 'rejected' && load('refusals'));
  on('reset', reload);
}

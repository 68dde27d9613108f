// Puts the page together and draws it again when something was told, and four times a second for the ages.

import { h, render } from 'preact';
import { useEffect, useReducer, useState } from 'preact/hooks';
import { Chart } from './chart.js';
import { Alerts, Trades, WhyNot } from './feeds.js';
import { holding, span } from './format.js';
import { Guards } from './guards.js';
import { Banner, Header } from './header.js';
import { connect, current, seen, silence, subscribe } from './live.js';
import { Positions } from './positions.js';
import { Waterfall } from './waterfall.js';

const STALE_SECONDS = 5;

function useModel() {
  const [, redraw] = useReducer((count) => count + 1, 0);
  useEffect(() => {
    const forget = subscribe(redraw);
    const timer = setInterval(redraw, 250);
    return () => {
      forget();
      clearInterval(timer);
    };
  }, []);
  return current();
}

function Page() {
  const model = useModel();
  const [picked, pick] = useState(null);
  const state = model.state;
  if (!state) {
    return h('p', { class: 'boot', role: 'status' }, 'Waiting for the first picture of the desk.');
  }
  const stale = !model.connected || silence() > STALE_SECONDS ? `${span(silence())} old` : null;
  const position = state.positions.find((one) => holding(one) === picked) || state.positions[0];
  const line = (position && model.marks.get(holding(position))) || [];
  const shown = { stale };
  return h(
    'div',
    { class: model.connected ? 'page' : 'page disconnected' },
    h(Header, { model }),
    h(Banner, { model }),
    h(
      'main',
      null,
      h(
        'div',
        { class: 'column' },
        h(Chart, { position, line, ...shown }),
        h(Positions, { state, seen: seen(), picked: position && holding(position), pick, ...shown }),
        h(
          'div',
          { class: 'pair' },
          h(Waterfall, { endings: state.endings, sample: state.sample, ...shown }),
          h(Trades, { trades: model.trades, sample: state.sample, ...shown }),
        ),
      ),
      h(
        'div',
        { class: 'column' },
        h(Guards, { state, ...shown }),
        h(WhyNot, { refusals: model.refusals, dead: model.dead, ...shown }),
        h(Alerts, { alerts: model.alerts, ...shown }),
      ),
    ),
    h(
      'footer',
      null,
      h('span', null, `${state.venue}, build ${state.build}`),
      h('span', null, 'Charts by Apache ECharts'),
    ),
  );
}

connect();
render(h(Page), document.getElementById('page'), undefined);

// What was refused and why, what needs attention, what has ended: the latest first.

import { h } from 'preact';
import { clock, number, priceDecimals, signed, span, tone, words } from './format.js';
import { until } from './live.js';
import { Empty, Panel, icon } from './theme.js';

/** The same refusal again and again is one line with a count. */
function grouped(rows) {
  const groups = [];
  for (const row of rows) {
    const last = groups[groups.length - 1];
    if (last && last.row.reason === row.reason && last.row.symbol === row.symbol && last.row.action === row.action) {
      last.count += 1;
      last.since = row.at;
    } else {
      groups.push({ row, count: 1, since: row.at });
    }
  }
  return groups;
}

/** The latest first, whichever stream they came by. */
function whyNot(refusals, dead) {
  const refused = refusals.map((one) => ({ ...one, id: one.intent_id, at: one.received_at }));
  const letters = dead.map((letter) => ({
    id: letter.event_id,
    at: letter.timestamp,
    symbol: 'Unreadable message',
    action: '',
    reason: letter.reason,
    detail: letter.detail,
    meaning: 'It was put into the stream of dead letters.',
  }));
  return [...letters, ...refused].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
}

const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/;

/** A time in a detail is told as a clock shows it, and how long it is until then. */
function counted(detail) {
  const found = INSTANT.exec(detail);
  if (!found) {
    return detail;
  }
  const left = until(found[0]);
  return detail.replace(found[0], `${clock(found[0])}, ${left > 0 ? `in ${span(left)}` : 'now'}`);
}

export function WhyNot({ refusals, dead, stale }) {
  const groups = grouped(whyNot(refusals, dead)).slice(0, 20);
  return h(
    Panel,
    { title: 'Why not', name: 'whynot', stale },
    groups.length === 0
      ? h(Empty, {
          say: 'Nothing was refused. An intent that does not become an order is explained here. Try one that cannot:',
          command: './quantum send BUY NOSUCHUSDT 100usd',
        })
      : h(
          'ol',
          { class: 'feed', tabIndex: 0 },
          groups.map(({ row, count, since }) =>
            h(
              'li',
              { key: row.id },
              h('p', { class: 'line' },
                row.at && h('time', null, clock(row.at)),
                h('b', null, `${row.symbol} ${row.action}`),
                h('code', null, row.reason)),
              row.meaning && h('p', { class: 'meaning' }, row.meaning),
              row.detail && h('p', { class: 'detail' }, counted(row.detail)),
              count > 1 && h('p', { class: 'detail' }, `same reason ${count} times since ${clock(since)}`),
            ),
          ),
        ),
  );
}

export function Alerts({ alerts, stale }) {
  return h(
    Panel,
    { title: 'Alerts', name: 'alerts', stale },
    alerts.length === 0
      ? h(Empty, { say: 'No alerts. What needs a look, such as a lost answer or a missing stop, appears here.' })
      : h(
          'ol',
          { class: 'feed', tabIndex: 0 },
          alerts.slice(0, 8).map((alert) =>
            h(
              'li',
              { key: alert.event_id, class: alert.severity },
              h('p', { class: 'line' },
                h('time', null, clock(alert.timestamp)),
                icon(alert.severity),
                h('b', null, words(alert.severity)),
                alert.symbol && h('b', null, alert.symbol)),
              h('p', { class: 'detail' }, alert.text),
            ),
          ),
        ),
  );
}

const REASONS = {
  tp: 'target', sl: 'stop', trailing: 'trailing stop', time: 'time', ladder: 'ladder', signal: 'signal',
  manual: 'by hand', liquidation: 'liquidation', adl: 'auto-deleveraging', settlement: 'settlement',
  emergency: 'emergency', kill: 'kill switch', external: 'outside',
};

/** What the net result contains beside the prices; what is not known is not in it. */
function costs(trade) {
  const told = (what, amount) => `${what} ${amount === undefined ? 'unknown' : signed(amount, 2)}`;
  const fees = trade.fees_usd === undefined ? undefined : -trade.fees_usd;
  if (trade.fees) {
    const paid = Object.entries(trade.fees).map(([asset, amount]) => `${amount} ${asset}`);
    return `before fees: ${paid.join(', ')}`;
  }
  return `${told('fees', fees)}, ${told('funding', trade.funding_usd)} USD`;
}

function Trade({ trade }) {
  const decimals = priceDecimals(trade.symbol, trade.entry_price, trade.exit_price);
  return h(
    'tr',
    null,
    h('td', null, clock(trade.closed_at)),
    h('th', { scope: 'row' },
      `${trade.symbol} ${trade.position_side.toLowerCase()}`,
      h('small', null, `${number(trade.entry_price, decimals)} \u2192 ${number(trade.exit_price, decimals)}`)),
    h('td', null, REASONS[trade.reason] || trade.reason),
    h('td', { class: `figure ${tone(trade.pnl_usd)}`, title: costs(trade) }, signed(trade.pnl_usd, 2)),
  );
}

export function Trades({ trades, sample, stale }) {
  const net = trades.reduce((sum, trade) => sum + (trade.pnl_usd || 0), 0);
  return h(
    Panel,
    {
      title: 'Closed trades',
      name: 'trades',
      stale,
      aside: trades.length > 0 && `net of the last ${trades.length}: ${signed(net, 2)} USD`,
    },
    trades.length === 0
      ? h(Empty, {
          say: 'No trade has closed yet. One closes at its stop or target, or when you ask:',
          command: `./quantum send CLOSE ${sample}`,
        })
      : h(
          'table',
          { class: 'trades' },
          h('thead', null,
            h('tr', null, ['Closed', 'Position', 'By', 'Net USD'].map((name, index) =>
              h('th', { key: name, scope: 'col', class: index === 3 ? 'figure' : '' }, name)))),
          h('tbody', null, trades.slice(0, 6).map((trade) => h(Trade, { key: trade.event_id, trade }))),
        ),
  );
}

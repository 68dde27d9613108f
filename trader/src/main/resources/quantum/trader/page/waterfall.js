// Where time went from the message to the protected position, or where it stopped half-way.

import { h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { clock, millis, words } from './format.js';
import { Empty, Panel } from './theme.js';

/** The stage after the report is only in the ledger; it is fetched once it can be there. */
function useStory(ending) {
  const [story, setStory] = useState(null);
  const id = ending && ending.intent_id;
  useEffect(() => {
    if (!id || ending.stages_ms.protected !== undefined) {
      return undefined;
    }
    let gone = false;
    const timer = setTimeout(async () => {
      try {
        const answer = await fetch(`/api/v1/intents/${encodeURIComponent(id)}`);
        if (answer.ok && !gone) {
          setStory((await answer.json()).intent);
        }
      } catch {
        // Without it the stages known at the report are shown.
      }
    }, 1500);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [id]);
  return story && story.intent_id === id ? story : ending;
}

function outcome(ending) {
  const { filled, protected: safe } = ending.stages_ms;
  const word = words(ending.terminal_state);
  if (filled === undefined) {
    return word;
  }
  return `${word} after ${millis(filled)}` + (safe === undefined ? '' : `, protected after ${millis(safe)}`);
}

function Stage({ name, from, to, total }) {
  const left = total === 0 ? 0 : (from / total) * 100;
  const width = total === 0 ? 0 : ((to - from) / total) * 100;
  return h(
    'tr',
    null,
    h('th', { scope: 'row' }, words(name)),
    h(
      'td',
      { class: 'bar' },
      h('svg', { width: '100%', height: 14, 'aria-hidden': 'true' },
        h('rect', { x: `${Math.min(left, 99.5)}%`, width: `${Math.max(width, 0.5)}%`, y: 2, height: 10 })),
    ),
    h('td', { class: 'took' }, name === 'received' ? '0 ms' : `+${millis(to - from)}`),
    h('td', { class: 'at' }, millis(to)),
  );
}

export function Waterfall({ endings, sample, stale }) {
  const latest = endings.find((ending) => ending.client_order_id);
  const ending = useStory(latest);
  if (!ending) {
    return h(
      Panel,
      { title: 'Last order', name: 'waterfall', stale },
      h(Empty, {
        say: 'No order was sent yet. Each stage from the message to the live stop will be shown in milliseconds. Send one:',
        command: `./quantum send BUY ${sample} 100usd`,
      }),
    );
  }
  const stages = Object.entries(ending.stages_ms).sort((one, other) => one[1] - other[1]);
  const total = stages.length > 0 ? stages[stages.length - 1][1] : 0;
  return h(
    Panel,
    {
      title: `Last order: ${ending.symbol} ${ending.action.toLowerCase()}`,
      name: 'waterfall',
      stale,
      aside: outcome(ending),
    },
    h(
      'table',
      { class: 'stages' },
      h('caption', null, `Intent ${ending.intent_id}, received ${clock(ending.received_at)}`),
      h(
        'tbody',
        null,
        stages.map(([name, to], index) =>
          h(Stage, { key: name, name, to, total, from: index === 0 ? 0 : stages[index - 1][1] }),
        ),
      ),
    ),
    ending.reason && h('p', { class: 'why' }, h('b', null, ending.reason), ` ${ending.detail || ending.meaning || ''}`),
  );
}

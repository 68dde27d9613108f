// Where am I, what protects me: the mark of the picked position with its levels. The line is collected by this page.

import { h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { holding, number, signed } from './format.js';
import { decimalsFor } from './positions.js';
import { Empty, Panel, calm, dark, token } from './theme.js';

function level(value, words, colour, type, position = 'insideEndTop') {
  return {
    yAxis: value,
    lineStyle: { color: colour, type, width: 1.5 },
    label: { formatter: words, color: colour, position, fontSize: 12 },
  };
}

function levels(position, decimals) {
  const say = (value) => number(value, decimals);
  const rows = [
    level(position.entry_price, `entry ${say(position.entry_price)}`, token('muted'), 'solid', 'insideStartTop'),
    level(position.stop.price, `stop ${say(position.stop.price)}`, token('loss'), 'dashed'),
    level(position.target.price, `target ${say(position.target.price)}`, token('gain'), 'dashed'),
  ];
  if (position.trailing !== undefined) {
    rows.push(level(position.trailing, `trailing stop ${say(position.trailing)}`, token('warning'), 'dotted'));
  }
  const { break_even_from: breakEven, ladder } = position.watch;
  if (breakEven !== undefined) {
    rows.push(level(breakEven, `stop to entry from ${say(breakEven)}`, token('warning'), 'dotted'));
  }
  ladder
    .filter((rung) => !rung.reached)
    .forEach((rung) => rows.push(level(rung.price, `part at ${say(rung.price)}`, token('gain'), 'dotted')));
  return rows;
}

/** The fill is marked where it happened, or at the left edge if that was before this page was opened. */
function fill(position, line) {
  const opened = Date.parse(position.opened_at);
  const first = line.length > 0 ? line[0][0] : opened;
  return {
    coord: [Math.max(opened, first), position.entry_price],
    symbol: 'triangle',
    symbolSize: 11,
    symbolRotate: position.direction === 'LONG' ? 0 : 180,
    itemStyle: { color: token('text') },
    label: { show: false },
  };
}

export function chartOption(position, line) {
  const decimals = decimalsFor(position);
  const values = [position.stop.price, position.target.price, position.entry_price, ...line.map((point) => point[1])];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const margin = (high - low) * 0.08;
  const axis = { axisLine: { lineStyle: { color: token('line') } }, axisLabel: { color: token('muted'), fontSize: 11 } };
  return {
    animation: !calm.matches,
    animationDuration: 150,
    animationDurationUpdate: 150,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 12, top: 12, bottom: 8, containLabel: true },
    xAxis: { type: 'time', splitLine: { show: false }, ...axis, axisLabel: { ...axis.axisLabel, hideOverlap: true } },
    yAxis: {
      type: 'value',
      min: low - margin,
      max: high + margin,
      position: 'right',
      splitNumber: 4,
      splitLine: { lineStyle: { color: token('line'), opacity: 0.5 } },
      axisLabel: { ...axis.axisLabel, formatter: (value) => number(value, decimals), showMinLabel: false, showMaxLabel: false },
    },
    series: [
      {
        type: 'line',
        name: 'mark price',
        data: line,
        showSymbol: line.length < 2,
        symbolSize: 4,
        lineStyle: { color: token('text'), width: 1.5 },
        itemStyle: { color: token('text') },
        // Without a precision the library draws levels rounded to two decimals: wrong for whatever costs less than a dollar.
        markLine: { symbol: 'none', silent: true, animation: false, precision: 12, data: levels(position, decimals) },
        markPoint: { silent: true, animation: false, precision: 12, data: [fill(position, line)] },
      },
    ],
  };
}

function Canvas({ position, line }) {
  const box = useRef(null);
  const chart = useRef(null);
  const last = useRef(null);
  last.current = () => chart.current && chart.current.setOption(chartOption(position, line), { notMerge: true });
  useEffect(() => {
    let gone = false;
    const resized = new ResizeObserver(() => chart.current && chart.current.resize());
    const redraw = () => last.current();
    import('echarts').then((echarts) => {
      if (!gone) {
        chart.current = echarts.init(box.current, null, { renderer: 'canvas' });
        resized.observe(box.current);
        last.current();
      }
    });
    dark.addEventListener('change', redraw);
    return () => {
      gone = true;
      resized.disconnect();
      dark.removeEventListener('change', redraw);
      if (chart.current) {
        chart.current.dispose();
      }
    };
  }, []);
  useEffect(() => {
    last.current();
    // What is drawn, readable without looking at pixels.
    window.quantumChart = { symbol: position.symbol, points: line.length, option: chartOption(position, line) };
  });
  return h('div', { class: 'canvas', ref: box, 'aria-hidden': 'true' });
}

export function Chart({ position, line, stale }) {
  if (!position) {
    return h(
      Panel,
      { title: 'Position', name: 'chart', stale },
      h(Empty, { say: 'The chart shows the price, the stop and the target of a position as soon as one is held.' }),
    );
  }
  const decimals = decimalsFor(position);
  return h(
    Panel,
    { title: holding(position), name: 'chart', stale, aside: `${signed(position.unrealised_usd, 2)} USD` },
    h(
      'figure',
      null,
      h(Canvas, { key: holding(position), position, line }),
      h(
        'figcaption',
        null,
        `Mark price of ${position.symbol} since this page was opened, with entry `,
        `${number(position.entry_price, decimals)}, stop ${number(position.stop.price, decimals)} and target `,
        `${number(position.target.price, decimals)}.`,
      ),
    ),
  );
}

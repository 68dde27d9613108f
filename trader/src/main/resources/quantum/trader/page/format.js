// Figures as people read them: thousands separators, a real minus sign, decimals fixed per symbol.

const MINUS = '\u2212';

const seen = new Map();

function decimalsOf(value) {
  return value === undefined || value === null ? 0 : (String(value).split('.')[1] || '').length;
}

/** The decimals that prices of a symbol need; they never become fewer, so that figures do not jump. */
export function priceDecimals(symbol, ...prices) {
  const most = Math.min(8, Math.max(seen.get(symbol) || 0, ...prices.map(decimalsOf)));
  seen.set(symbol, most);
  return most;
}

export function number(value, decimals) {
  if (value === undefined || value === null) {
    return '\u2013';
  }
  const text = Math.abs(value).toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return value < 0 ? MINUS + text : text;
}

/** Quantities keep the digits they came with. */
export function quantity(value) {
  return number(value, decimalsOf(value));
}

/** Sign and triangle, so that no colour is needed to tell a gain from a loss. */
export function signed(value, decimals) {
  if (value === undefined || value === null) {
    return '\u2013';
  }
  const rounded = Number(value.toFixed(decimals));
  if (rounded === 0) {
    return number(0, decimals);
  }
  return rounded > 0 ? `\u25B2 +${number(value, decimals)}` : `\u25BC ${number(value, decimals)}`;
}

export function tone(value) {
  return value > 0 ? 'gain' : value < 0 ? 'loss' : '';
}

/** Milliseconds with three digits that matter. */
export function millis(value) {
  return `${number(value, value < 10 ? 2 : value < 100 ? 1 : 0)} ms`;
}

/** An age or a countdown. */
export function span(seconds) {
  const whole = Math.max(0, seconds);
  if (whole < 10) {
    return `${whole.toFixed(1)} s`;
  }
  if (whole < 120) {
    return `${Math.round(whole)} s`;
  }
  const minutes = Math.floor(whole / 60);
  return minutes < 120
    ? `${minutes}:${String(Math.floor(whole % 60)).padStart(2, '0')} min`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function clock(iso) {
  return iso ? new Date(iso).toLocaleTimeString('en-GB') : '\u2013';
}

/** "TAKE_PROFIT" as "Take profit". */
export function words(code) {
  const text = String(code || '').replaceAll('_', ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a position is called, and the key of all that is kept of it: in hedge mode a symbol can be held twice. */
export function holding(position) {
  return `${position.symbol} ${position.direction.toLowerCase()}`;
}

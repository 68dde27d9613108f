CREATE TABLE intents (
  intent_id TEXT PRIMARY KEY,
  trace_id TEXT NOT NULL,
  symbol TEXT NOT NULL,
  action TEXT NOT NULL,
  client_order_id TEXT,
  terminal_state TEXT,
  reason TEXT,
  message_ms BIGINT NOT NULL,
  message_seq BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX intents_open ON intents (received_at) WHERE terminal_state IS NULL;
CREATE INDEX intents_received ON intents (received_at);
CREATE INDEX intents_message ON intents (message_ms, message_seq);

CREATE TABLE orders (
  client_order_id TEXT PRIMARY KEY,
  symbol TEXT NOT NULL,
  side TEXT NOT NULL,
  purpose TEXT NOT NULL,
  state TEXT NOT NULL,
  intent_id TEXT,
  epoch TEXT,
  order_id TEXT,
  sent_at BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX orders_state ON orders (state);
CREATE INDEX orders_sent ON orders (sent_at);

CREATE TABLE positions (
  epoch TEXT PRIMARY KEY,
  symbol TEXT NOT NULL,
  direction TEXT NOT NULL,
  state TEXT NOT NULL,
  intent_id TEXT,
  opened_at BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX positions_state ON positions (state);

CREATE TABLE guards (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL
);

CREATE TABLE outbox (
  id BIGINT PRIMARY KEY,
  event_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  body TEXT NOT NULL,
  published BIGINT NOT NULL,
  entry_id TEXT
);
CREATE INDEX outbox_unpublished ON outbox (id) WHERE published = 0;
CREATE INDEX outbox_kind ON outbox (kind, id);

CREATE TABLE event_log (
  seq BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  item_key TEXT NOT NULL,
  body TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX event_log_key ON event_log (item_key, seq);

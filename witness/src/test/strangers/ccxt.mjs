// ccxt's Crypto.com class, called by a test: a JSON request a line on standard input, a JSON answer a line on standard
// output. Usage: node ccxt.mjs URL SOCKET_URL API_KEY SECRET, in a folder with the package ccxt.
import { createInterface } from 'node:readline';
import ccxt from 'ccxt';

const [url, sockets, apiKey, secret] = process.argv.slice(2);
const exchange = new ccxt.pro.cryptocom({
  apiKey,
  secret,
  urls: {
    api: {
      v1: `${url}/exchange/v1`,
      ws: { public: `${sockets}/exchange/v1/market`, private: `${sockets}/exchange/v1/user` },
    },
  },
});

async function answer({ id, call, arguments: given }) {
  try {
    const result = await exchange[call](...given.map((argument) => argument ?? undefined));
    return { id, result: result ?? null };
  } catch (refused) {
    return { id, error: refused.constructor.name, message: refused.message };
  }
}

await exchange.loadHttpProxyAgent();
for await (const line of createInterface({ input: process.stdin })) {
  answer(JSON.parse(line)).then((said) => process.stdout.write(JSON.stringify(said) + '\n'));
}
await exchange.close();

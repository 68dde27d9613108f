"""ccxt's Crypto.com class of PyPI, called by a test. Usage: ccxt_of_python.py URL SOCKET_URL API_KEY SECRET"""
import asyncio
import sys

import ccxt.pro

from lines import serve


async def main(url, sockets, key, secret):
    exchange = ccxt.pro.cryptocom({"apiKey": key, "secret": secret})
    api = exchange.urls["api"]
    api["v1"] = url + "/exchange/v1"
    api["ws"] = {"public": sockets + "/exchange/v1/market", "private": sockets + "/exchange/v1/user"}

    async def call(name, arguments):
        result = getattr(exchange, name)(*arguments)
        return await result if asyncio.iscoroutine(result) else result

    await serve(call)
    await exchange.close()


asyncio.run(main(*sys.argv[1:]))

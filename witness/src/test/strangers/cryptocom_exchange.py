"""The package cryptocom-exchange, called by a test: "account.NAME" or "market.NAME". An argument may be
{"pair": NAME} or {"enum": "CLASS.NAME"}; a call that answers a stream answers its number for "next".
Usage: cryptocom_exchange.py URL SOCKET_URL API_KEY SECRET"""
import asyncio
import dataclasses
import enum
import inspect
import sys

from cryptocom import exchange

from lines import serve


def plain(value):
    """The same in what JSON has."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, exchange.Pair) or type(value) is exchange.Instrument:
        return value.exchange_name
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return value


class Client:
    def __init__(self, url, sockets, key, secret):
        api = exchange.ApiProvider(
            api_key=key,
            api_secret=secret,
            root_url=url + "/exchange/v1/",
            ws_root_url=sockets + "/exchange/v1/",
        )
        self.account = exchange.Account(api=api)
        self.streams = {}

    def argument(self, given):
        match given:
            case {"pair": name}:
                return self.account.pairs[name]
            case {"enum": name}:
                kind, _, member = name.partition(".")
                return getattr(exchange, kind)[member]
            case list():
                return [self.argument(each) for each in given]
        return given

    async def call(self, name, arguments):
        if name == "next":
            return plain(await anext(self.streams[arguments[0]]))
        owner, _, method = name.partition(".")
        client = {"account": self.account, "market": self.account.market}[owner]
        result = getattr(client, method)(*[self.argument(each) for each in arguments])
        if inspect.isasyncgen(result):
            number = len(self.streams)
            self.streams[number] = result
            return number
        return plain(await result)


asyncio.run(serve(Client(*sys.argv[1:]).call))

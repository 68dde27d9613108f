#!/usr/bin/python3
"""Plays what strangers broke against the service as it is shipped, over sockets, and shows what happens now.

usage: play.py [ROW ...] [--list] [--classpath CP]

A row is named as in docs/incidents.md, section "Faults that strangers found" (X-F6, J-1, ...); without a name all are
played. --list shows every row, and those that are not played with the Java tests that hold them. --classpath starts
the program from these classes instead of by the launcher; rows about the launcher are then left out, with a word.

Each row judges by the exchange's own books (/sim/ledger, /sim/requests), by what stands in the streams, by /health, or
by the words and the exit code of a verb.
"""

import atexit
import bz2
import contextlib
import functools
import gzip
import hashlib
import hmac
import http.server
import io
import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import redis

HOME = Path(__file__).resolve().parents[4]
LAUNCHER = HOME / "quantum"
INCIDENTS = HOME / "docs" / "incidents.md"
INTENTS = "quantum:stream:trade.intent"
GROUP = "quantum:group:execution:trade.intent"
REPORTS = "quantum:stream:trade.execution.res"
PATIENCE = 45
TOGETHER = 6


class Wrong(Exception):
    """What a row saw is not what is right."""


def check(right, words):
    if not right:
        raise Wrong(words() if callable(words) else str(words))


def until(words, ask, seconds=PATIENCE, every=0.05):
    """Asks until the answer is true, and gives it; what it saw last is told when it never is."""
    end = time.monotonic() + seconds
    while True:
        try:
            answer = ask()
        except (OSError, redis.RedisError, ValueError) as e:
            answer, seen = None, repr(e)
        else:
            seen = answer
        if answer:
            return answer
        if time.monotonic() > end:
            raise Wrong(f"not within {seconds} s: {words() if callable(words) else words}; last {str(seen)[:200]}")
        time.sleep(every)


def steady(words, ask, seconds, every=0.2):
    """Holds all the time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        check(ask(), words)
        time.sleep(every)


# ---- processes ----


class Program:
    """How a verb is started."""

    def __init__(self, classpath=None):
        self.classpath = classpath

    def line(self, *arguments):
        if self.classpath is None:
            return [str(LAUNCHER), *arguments]
        return [java(), *options(arguments[0] if arguments else ""), "-cp", self.classpath, "quantum.trader.Main", *arguments]

    def build(self):
        if self.classpath is None and not (HOME / "trader/target/quantum-trader.jar").exists():
            subprocess.run([str(LAUNCHER), "build"], check=True)


def java():
    home = os.environ.get("JAVA_HOME")
    return str(Path(home, "bin", "java")) if home else "java"


@functools.cache
def options(verb):
    """What the launcher gives the JVM for a verb."""
    text = LAUNCHER.read_text()
    given = re.search(r"^options=\(([^)]*)\)", text, re.M).group(1).split()
    long_lived = re.search(r"^    ([a-z |]+)\) ;;\n    \*\) options\+=\((\S+)\)", text, re.M)
    return given if verb in long_lived.group(1).split(" | ") else [*given, long_lived.group(2)]


RUNNING = []
HAND = threading.Lock()


class Command:
    """A verb in a process of its own, with what it prints."""

    def __init__(self, program, directory, environment, *arguments, executable=None):
        self.out = Path(tempfile.mkstemp(prefix="out-", dir=directory)[1])
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("QUANTUM_") and "TESTNET" not in name and name not in ("REDIS_URL", "PAPER_TRADING")
        }
        clean.update(environment)
        line = executable or program.line(*arguments)
        with self.out.open("wb") as out, HAND:
            self.process = subprocess.Popen(
                line, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, cwd=directory, env=clean,
                start_new_session=True,
            )
            RUNNING.append(self)

    @property
    def pid(self):
        return self.process.pid

    def output(self):
        return self.out.read_text(errors="replace")

    def alive(self):
        return self.process.poll() is None

    def said(self, words, seconds=PATIENCE):
        until(lambda: f"{words!r} among {self.output()[-300:]!r}", lambda: words in self.output() or not self.alive(), seconds)
        check(words in self.output(), lambda: f"it ended without {words!r}: {self.output()[-400:]}")
        return self

    def code(self, seconds=90):
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Wrong(f"does not end within {seconds} s: {self.output()[-300:]}") from None

    def signal(self, number):
        if self.alive():
            self.process.send_signal(number)

    def kill(self):
        self.signal(signal.SIGKILL)
        self.process.wait(30)

    def end(self):
        """With time to end well."""
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
        with HAND, contextlib.suppress(ValueError):
            RUNNING.remove(self)


PLACES = []


def end_strays(directory):
    """The embedded Redis outlives a service that is killed; its program lies in the data directory."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if directory.encode() + b"/" in entry.read_bytes():
                os.kill(int(entry.parent.name), signal.SIGKILL)


def end_all():
    """Whatever still runs when the script ends, however it ends."""
    left = [command for command in list(RUNNING) if command.alive()]
    for command in left:
        command.signal(signal.SIGCONT)
        command.signal(signal.SIGTERM)
    end = time.monotonic() + 5
    while any(command.alive() for command in left) and time.monotonic() < end:
        time.sleep(0.05)
    for command in left:
        command.signal(signal.SIGKILL)
    for directory in list(PLACES):
        end_strays(directory)
        shutil.rmtree(directory, ignore_errors=True)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def fetch(url, body=None, method=None, headers=None, seconds=15):
    """Status and text, whatever the status is."""
    data = body.encode() if isinstance(body, str) else body
    request = urllib.request.Request(url, data=data, method=method, headers=headers or {})
    try:
        with OPENER.open(request, timeout=seconds) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


# ---- the exchange ----


class Exchange:
    """The simulated exchange as an outsider sees it."""

    def __init__(self, url):
        self.url = url

    def get(self, path):
        status, text = fetch(self.url + path)
        check(status == 200, lambda: f"{path} answered {status} {text[:200]}")
        return json.loads(text)

    def post(self, path, **fields):
        status, text = fetch(self.url + path, json.dumps(fields), "POST")
        check(status == 200, lambda: f"{path} {fields} answered {status} {text[:200]}")
        return json.loads(text or "{}")

    def hold_all(self):
        for row in self.get("/fapi/v2/ticker/price"):
            self.post("/sim/price", symbol=row["symbol"], hold=True)

    def price(self, symbol, price, **more):
        self.post("/sim/price", symbol=symbol, price=str(price), hold=True, **more)

    def fault(self, kind, match, **more):
        self.post("/sim/fault", kind=kind, match=match, **more)

    def faults(self, **wanted):
        return [f for f in self.get("/sim/fault")["faults"] if all(f.get(k) == v for k, v in wanted.items())]

    def clear_faults(self):
        fetch(self.url + "/sim/fault", method="DELETE")

    def signed(self, method, path, **parameters):
        """A request of another hand with the same key: status and answer."""
        parameters["timestamp"] = self.get("/fapi/v1/time")["serverTime"]
        query = urllib.parse.urlencode(parameters)
        proof = hmac.new(b"simsecret", query.encode(), hashlib.sha256).hexdigest()
        url = f"{self.url}{path}?{query}&signature={proof}"
        status, text = fetch(url, None, method, {"X-MBX-APIKEY": "simkey"})
        return status, json.loads(text)

    def hand(self, method, path, **parameters):
        status, answer = self.signed(method, path, **parameters)
        check(status == 200, lambda: f"by hand {path} {parameters}: {answer}")
        return answer

    def by_hand(self, side, symbol, quantity):
        return self.hand("POST", "/fapi/v1/order", symbol=symbol, side=side, type="MARKET", quantity=quantity)

    def limit(self, side, symbol, quantity, price, **more):
        return self.hand("POST", "/fapi/v1/order", symbol=symbol, side=side, type="LIMIT", timeInForce="GTC",
                         quantity=quantity, price=price, **more)

    def cancel_rest(self, rest):
        self.hand("DELETE", "/fapi/v1/algoOrder", algoId=rest["algoId"])

    def rows(self, table, **wanted):
        return [r for r in self.get("/sim/ledger")[table] if all(r.get(k) == v for k, v in wanted.items())]

    def held(self, symbol):
        return next((Decimal(r["amount"]) for r in self.rows("positions", symbol=symbol)), Decimal(0))

    def all_held(self):
        return {r["symbol"]: r["amount"] for r in self.rows("positions") if Decimal(r["amount"])}

    def stops(self, symbol):
        return self.rows("protections", symbol=symbol, type="STOP_MARKET", status="NEW")

    def targets(self, symbol):
        return self.rows("protections", symbol=symbol, type="TAKE_PROFIT_MARKET", status="NEW")

    def is_protected(self, symbol):
        return self.stops(symbol) and self.targets(symbol)

    def orders(self, symbol):
        return [r for r in self.rows("orders", symbol=symbol) if "algoId" not in r]

    def requests(self, method=None, path=None, symbol=None):
        found, last = [], 0
        total = self.get("/sim/requests?limit=0")["total"]
        while last < total:
            page = self.get(f"/sim/requests?since={last}")["requests"]
            if not page:
                break
            last = page[-1]["number"]
            found += page
        return [
            r for r in found
            if method in (None, r["method"]) and path in (None, r["path"])
            and symbol in (None, r["parameters"].get("symbol"))
        ]


QUICK = {
    "QUANTUM_RATES_SYMBOL_INTERVAL_SECONDS": "0",
    "QUANTUM_RATES_OPENS_PER_MINUTE": "600",
    "QUANTUM_RATES_GLOBAL_COOLDOWN_SECONDS": "0",
    "QUANTUM_READING_BOOTSTRAP_SECONDS": "5",
    "QUANTUM_READING_RESTS_CHECK_SECONDS": "5",
    "QUANTUM_READING_ACCOUNT_SECONDS": "1",
    "QUANTUM_LIMITS_MAX_POSITIONS": "90",
    "QUANTUM_LIMITS_MAX_NOTIONAL_USD": "20000",
}
NO_LIMITS = {"ordersPerMinute": 1_000_000, "ordersPer10Seconds": 1_000_000, "weightPerMinute": 1_000_000}


class Place:
    """A directory, and the verbs that are started in it."""

    def __init__(self, program):
        self.program = program
        self.directory = tempfile.mkdtemp(prefix="quantum-strangers-")
        PLACES.append(self.directory)
        self.environment = {
            "QUANTUM_DATA": self.directory + "/data", "QUANTUM_HTTP_PORT": "0", "QUANTUM_REDIS_PORT": "0",
        }

    def file(self, name, content=""):
        path = Path(self.directory, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content) if isinstance(content, bytes) else path.write_text(content)
        return str(path)

    def start(self, *arguments, **environment):
        return Command(self.program, self.directory, {**self.environment, **environment}, *arguments)

    def verb(self, code, words, *arguments, **environment):
        """Runs a verb to its end: its code, its words, and never a stack trace."""
        command = self.start(*arguments, **environment)
        ended = command.code()
        command.end()
        text = command.output()
        said = f"{' '.join(arguments)} ended with {ended}: {text[-500:]}"
        check(ended == code, f"code {code} is right; {said}")
        for word in [words] if isinstance(words, str) else words:
            check(word in text, f"{word!r} is missing; {said}")
        check("\tat " not in text, f"a stack trace; {said}")
        return text

    def simulator(self, *arguments):
        command = self.start("simulator", "--port", "0", *arguments)
        command.said("simulator on ")
        return command, Exchange(re.search(r"simulator on (http://\S+)", command.output()).group(1))

    def close(self):
        end_strays(self.directory)
        shutil.rmtree(self.directory, ignore_errors=True)
        PLACES.remove(self.directory)


class Pair(Place):
    """An exchange and a service of their own, and a producer."""

    def __init__(self, program, settings=None, simulator=(), before=None, run=True):
        super().__init__(program)
        self.market, self.exchange = self.simulator(*(simulator(self) if callable(simulator) else simulator))
        self.http = free_port()
        self.redis_port = free_port()
        self.environment.update(
            QUANTUM_SIMULATOR_URL=self.exchange.url, QUANTUM_HTTP_PORT=str(self.http), QUANTUM_REDIS_PORT=str(self.redis_port),
            **(QUICK if settings is None else settings),
        )
        self.url = f"http://127.0.0.1:{self.http}"
        self.redis = redis.Redis(port=self.redis_port, decode_responses=True, encoding_errors="replace", socket_timeout=20)
        self.service = None
        self.server = None
        self.number = 0
        self.exchange.post("/sim/settings", fillDelayMillis=[20, 60], **NO_LIMITS)
        self.exchange.post("/sim/account", balance="1000000")
        self.symbols = [f"S{i:03}USDT" for i in range(60)]
        for symbol in self.symbols:
            self.exchange.post("/sim/symbol", symbol=symbol, like="SOLUSDT")
            self.exchange.price(symbol, "100")
        self.exchange.hold_all()
        if before:
            before(self)
        if run:
            self.run()

    def run(self, **environment):
        self.service = self.start("run", **environment)
        until(lambda: "ready: " + self.service.output()[-400:], lambda: self.ready() or not self.service.alive(), 90)
        check(self.service.alive(), lambda: "the service ended: " + self.service.output()[-600:])
        self.server = self.redis.info("server")["process_id"]
        return self.service

    def up(self):
        """However the row before left it."""
        if not self.service.alive():
            self.run()
        with contextlib.suppress(OSError):
            self.exchange.clear_faults()

    def stop(self):
        self.service.end()

    def ready(self):
        with contextlib.suppress(OSError):
            return fetch(self.url + "/health/ready", seconds=5)[0] == 200
        return False

    def symbol(self):
        """One that no other row touches, at 100 USD."""
        with HAND:
            return self.symbols.pop(0)

    def name(self, words="i"):
        with HAND:
            self.number += 1
            return f"{words}-{self.number}"

    # What a producer does.

    def add(self, fields, stream=INTENTS, at="*", **more):
        return self.redis.xadd(stream, fields, id=at, **more)

    def fields(self, action, symbol, **more):
        return {"intent_id": self.name(), "symbol": symbol, "action": action, "timestamp": now(), **more}

    def send(self, action, symbol, **more):
        """As JSON in the field payload; the id of the intent."""
        fields = self.fields(action, symbol, **more)
        self.add({"payload": json.dumps(fields)})
        return fields["intent_id"]

    def stream(self, kind):
        return [json.loads(f.get("payload", "{}")) for _, f in self.redis.xrange(f"quantum:stream:{kind}") if "payload" in f]

    def reports(self, intent):
        return [r for r in self.stream("trade.execution.res") if r.get("intent_id") == intent and "terminal_state" in r]

    def ending(self, intent, seconds=PATIENCE):
        return until(f"an ending of {intent}", lambda: self.reports(intent), seconds)[0]

    def told(self, action, symbol, **more):
        return self.ending(self.send(action, symbol, **more))

    def fill(self, action, symbol, **more):
        report = self.told(action, symbol, **more)
        check(report["status"] == "filled", f"filled is right; {report}")
        return report

    def open(self, symbol, **more):
        """A position with stop and target that rest."""
        report = self.fill("BUY", symbol, **{"quantity": 10, **more})
        until(f"stop and target of {symbol}", lambda: self.exchange.is_protected(symbol))
        return report

    def refused(self, reason, field, action, symbol, **more):
        report = self.told(action, symbol, **more)
        check(report.get("reason") == reason, f"{reason} is right; {report}")
        check(field is None or report.get("field") == field, f"field {field} is right; {report}")
        check(field is None or field in report.get("detail", ""), f"the detail names {field}; {report}")
        return report

    def dead(self, message, seconds=PATIENCE):
        return until(
            f"a dead letter of {message}",
            lambda: [d for d in self.stream("trade.intent.dead") if d.get("message_id") == message], seconds,
        )[0]

    def closed(self, symbol):
        return [c for c in self.stream("trade.closed") if c["symbol"] == symbol]

    def end_of(self, symbol, seconds=PATIENCE):
        return until(f"an end of {symbol}", lambda: self.closed(symbol), seconds)[0]

    def alerts(self, key, symbol=None):
        return [
            a for a in self.stream("alert")
            if a["key"].startswith(key) and (symbol is None or a.get("symbol") == symbol or symbol in a["key"])
        ]

    def alert(self, key, symbol=None, severity=None, seconds=PATIENCE):
        found = until(f"alert {key} {symbol or ''}", lambda: self.alerts(key, symbol), seconds)[0]
        check(severity in (None, found["severity"]), f"{severity} is right; {found}")
        return found

    # What an operator sees and orders.

    def get(self, path):
        return json.loads(fetch(self.url + path)[1])

    def health(self):
        return self.get("/health")

    def metric(self, name, *labels):
        text = fetch(self.url + "/metrics")[1]
        lines = [x for x in text.splitlines() if x.startswith(name) and all(label in x for label in labels)]
        return [float(x.rsplit(" ", 1)[1]) for x in lines]

    def order(self, verb, body):
        token = Path(self.environment["QUANTUM_DATA"], "operator.token").read_text().strip()
        status, text = fetch(f"{self.url}/api/v1/control/{verb}", body, "POST", {"Authorization": "Bearer " + token})
        return status, json.loads(text)

    def position(self, symbol):
        return next((p for p in self.get("/api/v1/positions")["positions"] if p["symbol"] == symbol), None)

    def log(self):
        return self.service.output()

    def lines(self, *words):
        return [x for x in self.log().splitlines() if all(word in x for word in words)]

    def close(self):
        if self.service:
            self.service.end()
        self.redis.close()
        self.market.end()
        super().close()


def now(**ago):
    return (datetime.now(timezone.utc) - timedelta(**ago)).isoformat().replace("+00:00", "Z")


# ---- rows ----


class Row:
    def __init__(self, ids, tells, group, play, launcher):
        self.ids, self.tells, self.group, self.play, self.launcher = ids, tells, group, play, launcher
        self.name = ", ".join(ids)


class Group:
    """Rows that share a pair; together: beside each other, each in a symbol of its own."""

    def __init__(self, name, pair=True, together=False, **given):
        self.name, self.pair, self.together, self.given = name, pair, together, given
        self.rows = []
        GROUPS.append(self)


GROUPS = []
UNPLAYED = {}


def row(group, *ids, tells, launcher=False):
    def taken(play):
        group.rows.append(Row(ids, tells, group, play, launcher))
        return play

    return taken


def unplayed(why, *ids):
    for name in ids:
        UNPLAYED[name] = why


SHARED = Group("stops and positions", together=True)



@row(SHARED, "X-F0", tells="a stop that is moved while the exchange is busy stays until the next one rests")
def x_f0(p):
    s = p.symbol()
    p.open(s, stop_loss_pct=1.5)
    p.exchange.fault("http", "POST /fapi/v1/algoOrder", symbol=s, answer="unavailable", forMillis=6000)
    moved = p.send("BUY", s, quantity=10, stop_loss_pct=1)
    until("a refused stop", lambda: [
        r for r in p.exchange.requests("POST", "/fapi/v1/algoOrder", s) if r["answer"]["status"] == 503])
    steady("a stop rests all the time", lambda: p.exchange.stops(s), 7)
    ended = p.ending(moved)
    check(ended["status"] in ("rejected", "updated"), f"moved or refused is right; {ended}")
    check(p.exchange.held(s) == 10 and not p.closed(s), "the position is held")


@row(SHARED, "X-F6", tells="lists without the position take no stop off, and nothing opens meanwhile")
def x_f6(p):
    s = p.symbol()
    p.open(s)
    p.exchange.fault("drop_element", "GET /fapi/v3/positionRisk", element={"symbol": s}, forMillis=9000)
    until("a list without it", lambda: [f for f in p.exchange.faults(kind="drop_element") if f["met"] and s in str(f)], 20)
    until("nothing opens", lambda: p.told("BUY", s, quantity=10).get("reason") == "SYMBOL_LOCKED", 6, 0.3)
    steady("stop and target rest", lambda: p.exchange.is_protected(s), 10)
    check(p.exchange.held(s) == 10 and not p.closed(s), "the position goes on")
    p.alert("reading-doubted", s, seconds=20)
    p.fill("CLOSE", s)
    p.end_of(s)
    check(len(p.closed(s)) == 1, "its trades are told once")


@row(SHARED, "X-F6, balances", tells="lists of balances without an asset leave its figures as they were")
def x_f6_balances(p):
    p.exchange.fault("drop_element", "GET /fapi/v3/account", list="assets", element={"asset": "USDT"}, forMillis=4000)
    until("such a list", lambda: [f for f in p.exchange.faults(kind="drop_element") if f["met"] > 1 and "assets" in str(f)], 20)
    p.fill("BUY", p.symbol(), quantity=1)


@row(SHARED, "X-F4", tells="a position in a symbol listed meanwhile is shown, alarmed, protected and closed")
def x_f4(p):
    s = "NEWUSDT"
    for match in ("STREAM contractInfo", "STREAM !contractInfo"):
        p.exchange.fault("drop", match, count=1000)
    p.exchange.post("/sim/symbol", symbol=s, like="SOLUSDT")
    p.exchange.price(s, "100")
    p.exchange.by_hand("BUY", s, "10")
    until("it is shown", lambda: p.position(s), 20)
    check(p.alert("unlisted", s)["severity"] == "critical", "a critical alert")
    until("a stop of ours", lambda: p.exchange.stops(s), 40)
    p.fill("CLOSE", s)
    until("flat", lambda: p.exchange.held(s) == 0)


@row(SHARED, "X-F10", "X-F11", "I-F9", tells="a stop lies within liquidation; margin calls and liquidations are critical alerts")
def x_f10_x_f11_i_f9(p):
    s = p.symbol()
    p.exchange.hand("POST", "/fapi/v1/marginType", symbol=s, marginType="ISOLATED")
    p.exchange.hand("POST", "/fapi/v1/leverage", symbol=s, leverage=20)
    p.exchange.by_hand("BUY", s, "10")
    stop = until("a stop", lambda: p.exchange.stops(s))[0]
    risk = p.exchange.hand("GET", "/fapi/v3/positionRisk", symbol=s)[0]
    check(Decimal(stop["triggerPrice"]) > Decimal(risk["liquidationPrice"]), f"{stop} lies behind {risk}")
    p.exchange.post("/sim/close", symbol=s, kind="adl", quantity="4")
    told = p.alert("deleveraged:", s, "critical")
    check("4" in told["text"], f"the quantity is told; {told}")
    p.exchange.cancel_rest(p.exchange.stops(s)[0])
    p.exchange.fault("http", "POST /fapi/v1/algoOrder", symbol=s, answer="unavailable", forMillis=8000)
    p.exchange.fault("http", "POST /fapi/v1/order", symbol=s, answer="unavailable", forMillis=8000)
    mark = Decimal(risk["liquidationPrice"]).quantize(Decimal("0.01"))
    for step in range(12, 0, -1):
        p.exchange.price(s, mark + step * Decimal("0.1"))
    p.alert("margin-call:", s, "critical")
    p.exchange.price(s, mark - 1)
    p.alert("liquidated:", s, "critical")
    check(p.end_of(s, 60)["reason"] == "liquidation", "the end says liquidation")


@row(SHARED, "X-F1", tells="a close that another order blocks is tried again, and the alert names that order")
def x_f1(p):
    s = p.symbol()
    p.open(s)
    take = p.exchange.limit("SELL", s, "10", "104", reduceOnly="true", newClientOrderId="app-take-1")
    p.send("CLOSE", s)
    check("app-take-1" in p.alert("close-blocked", s)["text"], "the alert names the order")
    until("a second try", lambda: len(p.exchange.requests("POST", "/fapi/v1/order", s)) > 3)
    check(p.exchange.is_protected(s), "stop and target rest meanwhile")
    p.exchange.hand("DELETE", "/fapi/v1/order", symbol=s, orderId=take["orderId"])
    until("closed once the way is free", lambda: p.exchange.held(s) == 0, 60)


@row(SHARED, "X-F3", tells="a close that is refused again and again asks seldom, and others trade on")
def x_f3(p):
    s, other = p.symbol(), p.symbol()
    p.open(s)
    p.exchange.limit("SELL", s, "10", "104", reduceOnly="true")
    p.send("CLOSE", s)
    p.alert("close-blocked", s)
    before = len(p.exchange.requests("POST", "/fapi/v1/order", s))
    steady("stop and target rest meanwhile", lambda: p.exchange.is_protected(s), 12)
    tries = len(p.exchange.requests("POST", "/fapi/v1/order", s)) - before
    check(tries <= 5, f"at most 5 tries in 12 s; {tries}")
    p.fill("BUY", other, quantity=1)


@row(SHARED, "X-F7", tells="trades that cannot be had are asked for seldom and alarmed by symbol")
def x_f7(p):
    s = p.symbol()
    p.open(s)
    p.exchange.fault("http", "GET /fapi/v1/userTrades", symbol=s, status=400, code=-4166,
                     msg="Search window is restricted to recent 90 days only.", forMillis=14000)
    p.fill("CLOSE", s)
    check(p.alert("trades-unread", s)["symbol"] == s, "the alert has its symbol")
    asked = len(p.exchange.requests("GET", "/fapi/v1/userTrades", s))
    check(asked < 12, f"asked seldom; {asked}")
    p.end_of(s, 60)


@row(SHARED, "X-F8", tells="a fee in another asset is told with asset and amount, and the result is before it")
def x_f8(p):
    s = p.symbol()
    for field, value in (("o.N", "BNB"), ("o.n", "0.00045")):
        p.exchange.fault("field", "STREAM ORDER_TRADE_UPDATE", symbol=s, field=field, value=value, forMillis=60000)
    for field, value in (("commissionAsset", "BNB"), ("commission", "0.00045")):
        p.exchange.fault("field", "GET /fapi/v1/userTrades", symbol=s, field=field, value=value, forMillis=60000)
    p.open(s)
    p.fill("CLOSE", s)
    end = p.end_of(s)
    check("fees_usd" not in end and end.get("pnl_before_fees") is True, f"no fee in USD is claimed; {end}")
    check("BNB" in str(end.get("fees")), f"asset and amount are told; {end}")
    p.alert("fees-unknown:", seconds=20)


@row(SHARED, "X-F12", tells="a symbol that is set up as wished opens though setting its margin type is refused")
def x_f12(p):
    s = p.symbol()
    p.exchange.hand("POST", "/fapi/v1/marginType", symbol=s, marginType="ISOLATED")
    p.exchange.hand("POST", "/fapi/v1/leverage", symbol=s, leverage=2)
    p.exchange.fault("http", "POST /fapi/v1/marginType", symbol=s, status=400, code=-4067,
                     msg="Position side cannot be changed if there exists open orders.", forMillis=60000)
    p.open(s, leverage=2)


@row(SHARED, "X-F16", tells="a price and a mark are set at once: a wick of the price leaves a target by mark alone")
def x_f16(p):
    s = p.symbol()
    p.open(s, take_profit_pct=2.5)
    p.exchange.price(s, "104", mark="100.4")
    p.exchange.price(s, "100", mark="100")
    check(p.exchange.targets(s) and p.exchange.held(s) == 10, "the target rests and the position is held")


@row(SHARED, "X-F17", tells="after a person closes a position nothing is laid on the flat account")
def x_f17(p):
    for _ in range(3):
        s = p.symbol()
        p.open(s)
        for event in ("TRADE_LITE", "ORDER_TRADE_UPDATE", "ACCOUNT_UPDATE"):  # the ends of stop and target are heard first
            p.exchange.fault("delay", "STREAM " + event, symbol=s, millis=400, forMillis=4000)
        p.exchange.by_hand("SELL", s, "10")
        p.end_of(s)
        laid = len(p.exchange.requests("POST", "/fapi/v1/algoOrder", s))
        check(laid == 2, f"two orders rested in all; {laid}")


@row(SHARED, "I-F22", tells="an income whose transaction is a text counts as funding")
def i_f22(p):
    s = p.symbol()
    p.exchange.fault("field", "GET /fapi/v1/income", field="tranId", value="a-1", forMillis=40000)
    p.open(s)
    p.exchange.post("/sim/funding", symbol=s, rate="0.001")
    p.fill("CLOSE", s)
    end = p.end_of(s, 120)
    check(Decimal(str(end.get("funding_usd", 0))) < 0, f"funding is in the end; {end}")


@row(SHARED, "M-10", tells="a target that fired unheard is counted as one, and its stop is not alarmed as lost")
def m_10(p):
    s = p.symbol()
    p.open(s)
    before = p.health()["tp_hits"]
    p.exchange.fault("drop", "STREAM ORDER_TRADE_UPDATE", symbol=s, forMillis=60000)
    p.exchange.price(s, "103")
    end = p.end_of(s, 60)
    check(end["reason"] == "tp", f"tp is right; {end}")
    until("it is counted", lambda: p.health()["tp_hits"] > before)
    check(not p.alerts("rest-lost", s), "its stop is not called lost")


@row(SHARED, "M-11", tells="a refusal of the exchange stands in the log with its code")
def m_11(p):
    s = p.symbol()
    p.exchange.fault("http", "POST /fapi/v1/order", symbol=s, status=400, code=-2010, msg="ORDER_WOULD_BE_REJECTED")
    check(p.told("BUY", s, quantity=1)["status"] == "rejected", "the open is refused")
    until("the line", lambda: p.lines("ORDER_ERROR", s, "binance_code=-2010"))
    p.open(s)
    until("a line for each question for a fill", lambda: p.lines("FILL_CONFIRMED", s))


@row(SHARED, "M-15", tells="the report of an order that the exchange ended names it")
def m_15(p):
    s = p.symbol()
    p.exchange.fault("never_fills", "POST /fapi/v1/order", symbol=s)
    intent = p.send("BUY", s, quantity=1)
    order = until("the order", lambda: p.exchange.orders(s))[0]
    p.exchange.hand("DELETE", "/fapi/v1/order", symbol=s, orderId=order["orderId"])
    report = p.ending(intent)
    check(report["status"] == "rejected" and str(report.get("order_id")) == str(order["orderId"]), f"its order is named; {report}")


@row(SHARED, "J-12", "M-17", tells="closePosition=false is taken and the older tickers answer")
def j_12_m_17(p):
    s = p.symbol()
    p.exchange.hand("POST", "/fapi/v1/order", symbol=s, side="BUY", type="MARKET", quantity="1", closePosition="false")
    check(p.exchange.get("/fapi/v1/ticker/24hr?symbol=" + s)["symbol"] == s, "ticker/24hr answers")
    check(p.exchange.get("/fapi/v1/ticker/price?symbol=" + s)["symbol"] == s, "ticker/price answers")


@row(SHARED, "M-16", tells="the build is named more exactly than its version")
def m_16(p):
    build = p.health()["build"]
    check(re.search(r"[+-].*[0-9a-f]{7,}", build), f"a commit or a hash of the content; {build}")


@row(SHARED, "O-28", tells="a key that is set by hand is named once, for it stops nothing")
def o_28(p):
    p.redis.set("quantum:safety:safe_mode", "1")
    told = p.alert("key-without-effect:quantum:safety:safe_mode")
    check("no effect" in told["text"] and "pause" in told["text"], f"what to do is said; {told}")
    p.fill("BUY", p.symbol(), quantity=1)


@row(SHARED, "O-3", tells="an open that would be worth more than one position may is refused")
def o_3(p):
    s = p.symbol()
    report = p.told("BUY", s, position_size_usd=70000, leverage=10, stop_loss_pct=1)
    check(report["status"] == "rejected", f"refused is right; {report}")
    check("20000" in report.get("detail", ""), f"the bound is told; {report}")
    check(not p.exchange.orders(s), "no order left")


@row(SHARED, "P3-3", tells="control characters of others are shown and do nothing, in log and verbs")
def p3_3(p):
    s = p.symbol()
    p.exchange.fault("http", "POST /fapi/v1/order", symbol=s, status=400, code=-2010, msg="\x1b[31mred\x07\u2028two")
    report = p.told("BUY", s, quantity=1)
    until("the line", lambda: p.lines("ORDER_ERROR", s))
    name = "a\u009b31m\u202eb" + p.name()
    p.add({"payload": json.dumps(p.fields("BUY", s, quantity=1, intent_id=name))})
    until("an ending", lambda: [r for r in p.stream("trade.execution.res") if s == r.get("symbol")][1:]
          or [d for d in p.stream("trade.intent.dead") if "31m" in str(d)])
    told = p.verb(0, [], "explain", report["intent_id"])
    raw = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]")
    for text in (p.log(), told):
        check(not raw.search(text.replace("\r", "")), "nothing raw is printed")


# Words of an intent: what was sent, and the ending that is right.


def all_endings(p, sent):
    """Sends all before it waits for any; name to ending."""
    return {name: p.ending(intent) for name, intent in [(name, send()) for name, send in sent.items()]}


@row(SHARED, "I-F1", tells="the exits of charts, copy traders and signal bots close, and open nothing where nothing is held")
def i_f1(p):
    s, none = p.symbol(), p.symbol()
    chart = {"qty": "1.5", "price": "100", "marketPosition": "flat", "prevMarketPosition": "long"}
    exits = {
        "chart": chart,
        "market_position": {"qty": 10, "market_position": "flat", "prev_market_position": "long"},
        "copy trader": {"quantity": 2, "reduceOnly": False, "closeOrder": True},
        "signal": {"quantity": 2, "signal": "exit_long"},
    }
    ended = all_endings(p, {n: functools.partial(p.send, "sell", none, **more) for n, more in exits.items()})
    for name, report in ended.items():
        check(report.get("reason") in ("NO_POSITION", "CLOSE_UNMARKED"), f"{name} opens nothing; {report}")
    check(not p.exchange.orders(none), "no order left")
    p.fill("buy", s, **{**chart, "marketPosition": "long", "prevMarketPosition": "flat"})
    p.fill("sell", s, **chart)
    check(p.exchange.held(s) == 0, "the long is closed")


SIGNS = (
    "REDUCE_ONLY=true reduceonly=true ReduceOnly=true reduce-only=true isReduceOnly=true is_close=true close=true exit=true"
    " params.reduceOnly=true closeOnTrigger=true position_action=CLOSE offset=CLOSE type=close order_type=reduce_only"
    " market_position=flat signal=exit event=exit_fill reason=tp reason=stop reason=roi"
).split()


@row(SHARED, "J-1", tells="no spelling of an exit opens a position")
def j_1(p):
    s = p.symbol()

    def flat(sign):
        name, value = sign.split("=")
        fields = p.fields("SELL", s, quantity="4", **{name: value})
        p.add(fields)
        return fields["intent_id"]

    for sign, report in all_endings(p, {sign: functools.partial(flat, sign) for sign in SIGNS}).items():
        check(report.get("reason") in ("NO_POSITION", "CLOSE_UNMARKED"), f"{sign} opens nothing; {report}")
    check(not p.exchange.orders(s), "no order left")


LEVELS = {
    "sl and tp": {"sl": 97.1, "tp": 104.2},
    "stopLoss and takeProfit": {"stopLoss": "97.1", "takeProfit": "104.2"},
    "objects of a client library": {"stopLoss": {"triggerPrice": 97.1}, "takeProfit": {"triggerPrice": 104.2}},
    "percent": {"stopLossPct": 2.9, "takeProfitPct": 4.2},
    "seeds": {"sl_pct": 2.9, "tp_pct": 4.2},
}


@row(SHARED, "I-F2", "J-2", tells="stop and target rest where the sender wrote them, under every common name")
def i_f2_j_2(p):
    symbols = {name: p.symbol() for name in LEVELS}
    ended = all_endings(p, {
        n: functools.partial(p.send, "BUY", symbols[n], quantity=1, **more) for n, more in LEVELS.items()})
    for name, report in ended.items():
        s = symbols[name]
        check(report["status"] == "filled", f"{name} is filled; {report}")
        until(f"levels of {name}", lambda s=s: p.exchange.is_protected(s))
        at = [Decimal(r[0]["triggerPrice"]) for r in (p.exchange.stops(s), p.exchange.targets(s))]
        check(abs(at[0] - Decimal("97.1")) < Decimal("0.05") and abs(at[1] - Decimal("104.2")) < Decimal("0.05"), f"{name}: {at}")


# Field values, reason, the field that is blamed.
REFUSED = {
    "I-F3": [
        ({"type": "LIMIT", "price": 85, "timeInForce": "GTC", "quantity": 1}, "FIELD_UNSUPPORTED", "type"),
        ({"order_type": "stop", "stop_price": 105, "quantity": 1}, "FIELD_UNSUPPORTED", "order_type"),
        ({"price": 85, "postOnly": True, "quantity": 1}, "FIELD_UNSUPPORTED", "postOnly"),
    ],
    "I-F5, J-3, M-3, O-11": [
        ({"stop_loss_pct": 0.015, "quantity": 1}, "SCHEMA_INVALID", "stop_loss_pct"),
        ({"sl_pct": 0.006, "tp_pct": 0.008, "quantity": 1}, "SCHEMA_INVALID", None),
        ({"take_profit_pct": "0.03", "quantity": 1}, "SCHEMA_INVALID", "take_profit_pct"),
    ],
    "I-F6": [
        ({"qty": 50, "qty_type": "percent_of_equity"}, "FIELD_UNSUPPORTED", "qty_type"),
        ({"amount": 50}, "FIELD_UNSUPPORTED", "amount"),
        ({"risk_pct": 1, "quantity": 1}, "FIELD_UNSUPPORTED", "risk_pct"),
    ],
    "I-F12, J-4, O-9": [
        ({"quantity": "much"}, "SCHEMA_INVALID", "quantity"),
        ({"quantity": 1, "leverage": -3}, "SCHEMA_INVALID", "leverage"),
        ({"quantity": 1, "leverage": 50}, "LEVERAGE_ABOVE_MAX", "leverage"),
    ],
    "O-10": [
        ({"quantity": 1, "stop_los_pct": 9}, "FIELD_UNSUPPORTED", "stop_los_pct"),
        ({"quantity": 1, "levarage": 3}, "FIELD_UNSUPPORTED", "levarage"),
        ({"quantity": 1, "tp1": 104, "tp2": 108}, "FIELD_UNSUPPORTED", "tp1"),
    ],
}


def all_refused(p, name, action="BUY"):
    s = p.symbol()
    for fields, reason, field in REFUSED[name]:
        report = p.refused(reason, field, action, s, **fields)
        check(report.get("detail"), f"what was found is told; {report}")
    check(not p.exchange.orders(s), "no order left")
    return s


@row(SHARED, "I-F3", tells="what is no market order is refused by its field and says what to do")
def i_f3(p):
    all_refused(p, "I-F3")
    all_refused(p, "I-F3", "SELL")


@row(SHARED, "I-F5", "J-3", "M-3", "O-11", tells="a fraction where percent are meant is refused and named")
def i_f5_j_3_m_3_o_11(p):
    all_refused(p, "I-F5, J-3, M-3, O-11")


@row(SHARED, "I-F6", tells="a size in money is money; percent of equity and sizes without a unit are refused")
def i_f6(p):
    s = all_refused(p, "I-F6")
    report = p.fill("buy", s, qty=60, qty_type="usd")
    check(Decimal("55") < Decimal(str(report["position_size_usd"])) <= 61, f"worth 60 USD; {report}")
    check(p.exchange.held(s) < 1, "60 USD are no 60 units")


@row(SHARED, "I-F12", "J-4", "O-9", tells="a refusal says what was found, which field, and what to do")
def i_f12_j_4_o_9(p):
    all_refused(p, "I-F12, J-4, O-9")


@row(SHARED, "O-10", tells="a misspelt field is refused with the one that was meant; what is not read is named once")
def o_10(p):
    s = all_refused(p, "O-10")
    report = p.fill("enter_long", s, quantity=1, model="x", pair_score=3)
    check(sorted(report["ignored"]) == ["model", "pair_score"], f"both are named; {report}")


@row(SHARED, "I-F17", tells="each message of one second has its ending")
def i_f17(p):
    s, at = p.symbol(), now()
    for quantity in ("x", "y", "x"):
        p.add({"symbol": s, "action": "BUY", "quantity": quantity, "timestamp": at})
    found = until("two reports", lambda: [r for r in p.stream("trade.execution.res") if r.get("symbol") == s][1:])
    check(found[0]["reason"] == "IDENTITY_REUSED", f"the second is told to carry an intent_id; {found}")
    until("the repeat is skipped", lambda: p.lines("IDEMPOTENCY_SKIP", s))


@row(SHARED, "I-F18", tells="confidence in percent and levels of 0 refuse nothing")
def i_f18(p):
    s = p.symbol()
    p.open(s, confidence=85, stop_loss=0, take_profit=0)


WRITINGS = ("BINANCE:{}", "{}.P", "{b}/USDT:USDT", "{b}/USDT", "{b}-USDT", "{b}_USDT")


@row(SHARED, "I-F19", tells="symbols are read as people write them, and one that is none is told the forms")
def i_f19(p):
    for writing in WRITINGS:
        s = p.symbol()
        report = p.fill("BUY", writing.format(s, b=s.removesuffix("USDT")), quantity=1)
        check(report["symbol"] == s, f"{writing} is {s}; {report}")
    letter = p.dead(p.add({"payload": json.dumps(p.fields("BUY", "BTC/USDT/EUR/X", quantity=1))}))
    check(letter["field"] == "symbol" and "BTCUSDT" in letter["detail"], f"the forms are told; {letter}")


DEAD = [
    ({"payload": '{"symbol":"BTCUSDT","stop_loss":NaN}'}, "payload", ("NaN", "stop_loss")),
    ({"payload": "{'symbol': 'BTCUSDT'}"}, "payload", ()),
    ({"\u00ac\u00ed\u0000\u0005t\u0000\u0006symbol": "x", "action": "BUY"}, None, ("serial",)),
    ({"symbol": "BTCUSDT", "action": "HOLD"}, "action", ("BUY",)),
]


@row(SHARED, "J-7", tells="dead letters say what was found, where")
def j_7(p):
    for fields, field, words in DEAD:
        letter = p.dead(p.add(fields))
        check(field in (None, letter.get("field")), f"field {field} is right; {letter}")
        check(all(w.lower() in letter["detail"].lower() for w in words), f"{words} are told; {letter}")


@row(SHARED, "J-8", tells="a field that stands twice with two values opens nothing and is named")
def j_8(p):
    s = p.symbol()
    intent = p.name()
    p.redis.execute_command("XADD", INTENTS, "*", "symbol", s, "action", "SELL", "quantity", "1", "timestamp", now(),
                            "intent_id", intent, "reduceOnly", "true", "reduceOnly", "false")
    report = p.ending(intent)
    check((report.get("reason"), report.get("field")) == ("FIELD_UNSUPPORTED", "reduceOnly"), f"it is named; {report}")
    letter = p.dead(p.redis.execute_command(
        "XADD", INTENTS, "*", "symbol", s, "symbol", "LTCUSDT", "action", "BUY", "quantity", "1"))
    check(letter["field"] == "symbol", f"it is named; {letter}")
    check(s in str(letter["original"]) and "LTCUSDT" in str(letter["original"]), f"both are shown; {letter}")
    check(not p.exchange.orders(s), "no order left")


# ---- the bus ----

BUS = Group("bus")


def kill_clients(p):
    p.redis.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")


@row(BUS, "P1-5", tells="a second service on the account is refused, and no stop is ever taken off")
def p1_5(p):
    s = p.symbol()
    p.open(s)
    rests = p.exchange.stops(s)
    other = {"QUANTUM_DATA": p.directory + "/second", "QUANTUM_HTTP_PORT": "0",
             "QUANTUM_REDIS_URL": f"redis://127.0.0.1:{p.redis_port}"}
    p.verb(5, ["owned by another service", "on this host, pid"], "run", **other)
    elsewhere = f"-Duser.home={p.directory}/other-home"  # another home is another host to the lock
    p.verb(5, ["owned by another service", "lease in Redis"], "run", JAVA_TOOL_OPTIONS=elsewhere, **other)
    check(p.exchange.stops(s) == rests, "the same stop rests")
    check(not p.exchange.requests("DELETE", "/fapi/v1/algoOrder"), "nothing was taken off")
    check(p.ready(), "the first goes on")


@row(BUS, "P1-1", tells="an entry with an id beyond signed numbers is read, and so is what follows")
def p1_1(p):
    first, second = p.fields("BUY", p.symbol(), quantity=1), p.fields("BUY", p.symbol(), quantity=1)
    for fields, at in ((first, "9223372036854775808-1"), (second, "*")):
        p.add({"payload": json.dumps(fields)}, at=at)
    for fields in (first, second):
        report = p.ending(fields["intent_id"])
        check(report["status"] == "filled", f"filled is right; {report}")
    p.alert("intent-ids-ahead")


@row(BUS, "P1-2", tells="a stream that is made anew is read from its beginning: an exit is not lost")
def p1_2(p):
    s = p.symbol()
    p.open(s)
    p.redis.delete(INTENTS)
    p.fill("CLOSE", s)
    check(p.exchange.held(s) == 0, "closed")
    p.alert("group-missing")


@row(BUS, "P2-1", tells="what is cut off before it was read is counted and alarmed")
def p2_1(p):
    p.fill("BUY", p.symbol(), quantity=1)
    s = p.symbol()
    p.service.signal(signal.SIGSTOP)
    try:
        for _ in range(3):
            p.send("CLOSE", s)
        p.add({"payload": json.dumps(p.fields("CLOSE", s))}, maxlen=1, approximate=False)
    finally:
        p.service.signal(signal.SIGCONT)
    told = p.alert("intents-trimmed", None, "critical")
    check(re.search(r"\b[23]\b", told["text"]), f"how many is told; {told}")
    until("the metric", lambda: sum(p.metric("quantum_stream_trimmed_messages_total")) >= 2)


@row(BUS, "P2-2", tells="an entry that bears our event id is not taken for our report")
def p2_2(p):
    s, intent = p.symbol(), p.name("h")
    p.add({"event_id": intent + ":terminal", "payload": json.dumps({"intent_id": intent, "status": "rejected"})}, REPORTS)
    kill_clients(p)
    p.add({"payload": json.dumps(p.fields("BUY", s, quantity=1, intent_id=intent))})
    until("our own report", lambda: [r for r in p.reports(intent) if r["status"] == "filled"])
    p.alert("forged:" + intent)


@row(BUS, "P3-8", tells="a forged report is not taken for one that the ledger forgot")
def p3_8(p):
    p.add({"event_id": p.name("nobody") + ":terminal", "payload": "{}"}, REPORTS)
    kill_clients(p)
    p.fill("BUY", p.symbol(), quantity=1)
    p.alert("foreign-entry:")
    check(not p.alerts("ledger-forgot"), "nothing is called forgotten")


@row(BUS, "P2-8", tells="a key of the wrong type blocks its own stream alone")
def p2_8(p):
    s = p.symbol()
    p.exchange.by_hand("BUY", s, "1")
    p.alert("adopted")
    p.redis.rename("quantum:stream:alert", "quantum:kept")
    p.redis.set("quantum:stream:alert", "x")
    try:
        p.fill("BUY", p.symbol(), quantity=1)
        p.exchange.by_hand("BUY", p.symbol(), "1")  # an alert is due
        until("the desk is told", lambda: p.lines("ALERT", "stream-blocked"))
    finally:
        p.redis.delete("quantum:stream:alert")
        p.redis.rename("quantum:kept", "quantum:stream:alert")
    p.alert("stream-blocked")


@row(BUS, "P2-10", tells="send does not believe a forged report, the ledger's ending is the ending")
def p2_10(p):
    s = p.symbol()
    p.service.signal(signal.SIGSTOP)
    try:
        sending = p.start("send", "BUY", s, "100usdt").said("waiting for its ending")
        intent = re.search(r"sent (cli-[0-9a-f-]+)", sending.output()).group(1)
        p.add({"event_id": intent + ":terminal", "payload": json.dumps({
            "intent_id": intent, "symbol": s, "action": "BUY", "status": "filled", "quantity": 999,
            "entry_price": "1\x1b[31m", "order_id": "FORGED", "terminal_state": "FILLED"})}, REPORTS)
    finally:
        p.service.signal(signal.SIGCONT)
    check(sending.code() == 0, lambda: f"filled is right; {sending.output()}")
    check("filled   symbol " + s in sending.output(), sending.output())
    check("FORGED" not in sending.output() and "\x1b" not in sending.output(), "nothing forged is shown")


@row(BUS, "P2-6", tells="the Redis that the service starts inherits nothing of its environment")
def p2_6(p):
    p.stop()
    p.run(STRANGERS_SECRET="hidden-word")
    check(b"hidden-word" in Path(f"/proc/{p.service.pid}/environ").read_bytes(), "the service has it")
    inherited = Path(f"/proc/{p.server}/environ").read_bytes()
    check(b"hidden-word" not in inherited and b"QUANTUM" not in inherited, f"Redis has {inherited[:200]}")


@row(BUS, "J-11", tells="with Redis hung the lag is unknown, not 0, and a metric tells of Redis")
def j_11(p):
    os.kill(p.server, signal.SIGSTOP)
    try:
        until("the lag is NaN", lambda: any(x != x for x in p.metric("quantum_stream_lag_messages")))
        until("the check of Redis fails", lambda: p.metric("quantum_check_ok", 'check="redis"') == [0])
        check("lag" not in p.health(), "/health tells no lag")
    finally:
        os.kill(p.server, signal.SIGCONT)
    until("the lag is known again", lambda: p.metric("quantum_stream_lag_messages") == [0])
    until("ready", p.ready)


@row(BUS, "P1-4", tells="a flood of large dead letters leaves a ledger that opens, proves, and flattens")
def p1_4(p):
    s = p.symbol()
    p.open(s)
    for _ in range(300):
        p.add({"payload": "{bad" + "\u6f22" * 65000})
    until("all are dead letters", lambda: p.redis.xinfo_groups(INTENTS)[0]["lag"] == 0
          and p.redis.xpending(INTENTS, GROUP)["pending"] == 0, 90)
    p.service.kill()
    p.run()
    p.verb(0, [], "ledger", "verify")
    p.stop()
    p.verb(0, "nothing is held", "flatten", "--all", "--yes")
    check(p.exchange.held(s) == 0, "flat")


@row(BUS, "P1-3", tells="large entries that waited end as dead letters, and the service goes on")
def p1_3(p):
    p.redis.config_set("proto-max-bulk-len", "64mb")
    p.service.kill()
    for _ in range(60):
        p.add({"payload": "a" * 1_500_000})
    p.add({"payload": "a" * 60_000_000})
    p.run()
    until("all have ended", lambda: p.redis.xpending(INTENTS, GROUP)["pending"] == 0
          and p.redis.xinfo_groups(INTENTS)[0]["lag"] == 0, 90)
    check(p.service.alive(), "the service lives")
    letters = [d for d in p.stream("trade.intent.dead") if d["reason"] == "MESSAGE_TOO_LARGE"]
    check(len(letters) >= 61, f"61 dead letters; {len(letters)}")


# ---- start, stop, restart ----

RESTARTS = Group("restarts")
RESTARTS.given["settings"] = {**QUICK, "QUANTUM_PROTECTION_LOST_STOP_CLOSE_SECONDS": "5"}


@row(RESTARTS, "X-F5", tells="where an app's closing stop holds the place ours rests by quantity, and nothing is sold")
def x_f5(p):
    s = p.symbol()
    p.stop()
    p.exchange.by_hand("BUY", s, "10")
    for kind, trigger in (("STOP_MARKET", "90"), ("TAKE_PROFIT_MARKET", "120")):
        p.exchange.hand("POST", "/fapi/v1/algoOrder", algoType="CONDITIONAL", symbol=s, side="SELL", type=kind,
                        triggerPrice=trigger, closePosition="true", clientAlgoId="app-" + kind)
    p.run()
    until("a second stop beside the app's", lambda: len(p.exchange.stops(s)) == 2)
    check("app-" in p.alert("place-held")["text"], "the alert names the app's order")
    steady("nothing is sold", lambda: p.exchange.held(s) == 10, 7)
    check(p.health()["status"] == "healthy", p.health())
    p.verb(0, [], "doctor")


@row(RESTARTS, "I-F8", tells="odd rows at the start are odd alone: the service starts and names them")
def i_f8(p):
    s = p.symbol()
    p.open(s)
    p.stop()
    odd = {"symbol": "ETHUSDT", "entryPrice": "0.0", "markPrice": "0.0", "breakEvenPrice": "0.0"}
    p.exchange.fault("add_element", "GET /fapi/v3/positionRisk", element={"symbol": s}, value=odd, forMillis=90000)
    p.exchange.fault("add_element", "GET /fapi/v1/openAlgoOrders", element={"symbol": s}, forMillis=90000,
                     value={"algoStatus": "DREAMING", "algoId": 7, "clientAlgoId": "odd-one"})
    p.run()
    p.alert("unclear:ETHUSDT", None, "critical")
    check(p.exchange.is_protected(s), "stop and target rest")
    p.refused("POSITION_UNCLEAR", None, "BUY", "ETHUSDT", position_size_usd=100)
    p.exchange.clear_faults()
    p.fill("CLOSE", s)
    until("it ends when the exchange shows it no more", lambda: p.health()["status"] == "healthy", 60)


@row(RESTARTS, "O-14", tells="an ordered stop leaves its lines and the stops on the exchange")
def o_14(p):
    s = p.symbol()
    p.open(s)
    p.stop()
    check(p.service.code() == 0, "code 0")
    check(p.lines("STOPPING") and p.lines("STOPPED", "stops_resting="), p.log()[-300:])
    check(p.exchange.stops(s), "the stop rests")
    p.run()


@row(RESTARTS, "O-7", tells="an intent without an ending is told to live on, and is carried out by the next start")
def o_7(p):
    s = p.symbol()
    p.service.kill()
    p.verb(6, ["no ending within 2 s", "is still in the stream and will be carried out"],
           "send", "BUY", s, "100usdt", "--timeout", "2s")
    p.run()
    until("it is bought", lambda: p.exchange.held(s) > 0)


@row(RESTARTS, "O-17", tells="with the service dead, positions and stops are shown, and nothing is changed")
def o_17(p):
    s = p.symbol()
    p.open(s)
    p.service.kill()
    before = len(p.exchange.requests("POST"))
    text = p.verb(0, ["no service answers", "as the exchange shows now"], "positions")
    check(re.search(s + r" +LONG .*RESTING", text), text)
    p.verb(6, "without a live stop 0: as the exchange shows now", "status")
    check(len([r for r in p.exchange.requests("POST") if "listenKey" not in r["path"]]) == before or
          len(p.exchange.requests("POST", "/fapi/v1/order", s)) == 1, "nothing is ordered")
    p.run()


@row(RESTARTS, "O-6", tells="without Redis send says in a line what closes, and that closes")
def o_6(p):
    s = p.symbol()
    p.open(s)
    p.stop()
    p.verb(5, f"./quantum flatten {s} --yes", "send", "CLOSE", s)
    p.verb(0, "the exchange shows that nothing is held", "flatten", s, "--yes")
    check(p.exchange.held(s) == 0, "flat")
    p.run()
    p.order("resume", "")


@row(RESTARTS, "O-18", tells="data that is taken away under the service is told, and opens nothing")
def o_18(p):
    data, away = p.directory + "/data", p.directory + "/away"
    s = p.symbol()
    p.open(s)
    os.rename(data, away)
    try:
        p.alert("data-displaced", None, "critical")
        check(p.told("BUY", p.symbol(), quantity=1)["reason"] == "LEDGER_BEHIND", "nothing opens")
        p.fill("CLOSE", s)
        until("unhealthy", lambda: p.health()["status"] == "unhealthy")
    finally:
        os.rename(away, data)
    p.alert("data-back")
    until("healthy", lambda: p.health()["status"] == "healthy")


@row(RESTARTS, "O-27", tells="what a restored ledger forgot is told once, not at every start")
def o_27(p):
    copy = p.directory + "/backup.db"
    p.verb(0, [], "ledger", "backup", "--to", copy)
    s = p.symbol()
    p.open(s)
    p.fill("CLOSE", s)
    p.end_of(s)
    p.service.kill()
    for old in Path(p.directory, "data").glob("ledger.db*"):
        old.unlink()
    shutil.copy(copy, p.directory + "/data/ledger.db")
    for _ in range(2):
        p.run()
        p.alert("ledger-forgot")
        p.fill("BUY", p.symbol(), quantity=1, timestamp=now())
        p.stop()
    p.run()
    found = p.alerts("ledger-forgot")
    check(len(found) == 1, f"told once; {found}")


# ---- the operator's hand ----

HAND_OF_OPERATOR = Group("the operator's hand")


@row(HAND_OF_OPERATOR, "O-1", "M-1", "P2-7", tells="a flatten with a wrong field is refused and closes nothing")
def o_1_m_1_p2_7(p):
    s = p.symbol()
    p.open(s)
    wrong = [{"symbl": s}, {"Symbol": s}, {"symbols": [s]}, {"symbols": s}, {"symbol": None}, {"symbol": 5}, {"symbol": {}},
             {}, {"all": "true"}, {"all": True, "symbol": s}]
    for body in wrong:
        status, answer = p.order("flatten", json.dumps(body))
        check(status == 400, f"{body} is refused; {status} {answer}")
    check(p.order("flatten?symbol=" + s, '{"all":true}')[0] == 400, "a parameter in the address is refused")
    check(p.exchange.held(s) == 10 and p.health()["state"] == "ACTIVE", "nothing is closed")


@row(HAND_OF_OPERATOR, "O-2", tells="send CLOSE closes the part that was said, and refuses what a close does not use")
def o_2(p):
    s = p.symbol()
    p.open(s)
    p.verb(0, "filled", "send", "CLOSE", s, "50%")
    check(p.exchange.held(s) == 5, f"half is held; {p.exchange.held(s)}")
    for option in (("--sl", "1%"), ("--tp", "1%"), ("--leverage", "2")):
        p.verb(2, option[0], "send", "CLOSE", s, *option)
    check(p.exchange.held(s) == 5, "and still is")


@row(HAND_OF_OPERATOR, "X-F2", tells="resume ends a flatten that meets refusals")
def x_f2(p):
    s = p.symbol()
    p.open(s)
    p.exchange.fault("http", "POST /fapi/v1/order", symbol=s, status=400, code=-1013, msg="refused", forMillis=5000)
    until("the page shows it", lambda: p.position(s))
    ordered = p.order("flatten", json.dumps({"symbol": s}))
    check(ordered[0] == 200, f"ordered; {ordered}")
    until("a refused close", lambda: len(p.exchange.requests("POST", "/fapi/v1/order", s)) > 1)
    check(p.order("resume", "")[1]["state"] == "ACTIVE", "resumed")
    until("the exchange takes orders again", lambda: not p.exchange.faults(kind="http"), 20)
    steady("nothing is closed any more", lambda: p.exchange.held(s) == 10, 8)
    check(p.exchange.is_protected(s), "it is protected")


@row(HAND_OF_OPERATOR, "X-F14", tells="a time without a stop that ends with its position stands in the figures")
def x_f14(p):
    s = p.symbol()
    p.open(s)
    name = "quantum_unprotected_interval_seconds_sum"
    before = sum(p.metric(name))
    p.exchange.fault("http", "POST /fapi/v1/algoOrder", symbol=s, answer="unavailable", forMillis=20000)
    p.exchange.cancel_rest(p.exchange.stops(s)[0])
    until("it counts as unprotected", lambda: sum(p.metric("quantum_position_unprotected_seconds")) > 1, 20)
    p.fill("CLOSE", s)
    p.end_of(s)
    until("the gap is measured", lambda: sum(p.metric(name)) - before > 1, 20)


@row(HAND_OF_OPERATOR, "X-F6, symbols", tells="one reading of the rules that lacks a symbol closes it for nobody")
def x_f6_symbols(p):
    s = p.symbol()
    p.exchange.fault("drop_element", "GET /fapi/v1/exchangeInfo", list="symbols", element={"symbol": s})
    for match in ("STREAM contractInfo", "STREAM !contractInfo"):
        p.exchange.fault("drop", match, count=10)
    p.exchange.post("/sim/symbol", symbol="OTHERUSDT", like="SOLUSDT")
    p.exchange.price("OTHERUSDT", "100")
    p.exchange.by_hand("BUY", "OTHERUSDT", "1")
    until("the rules are read", lambda: not p.exchange.faults(kind="drop_element"), 30)
    until("by the service", lambda: p.exchange.stops("OTHERUSDT"))
    p.fill("BUY", s, quantity=1)


@row(HAND_OF_OPERATOR, "O-8", "M-13", "J-5", "J-14",
     tells="send refuses what cannot be meant before it sends, and says what it understood")
def o_8_m_13_j_5_j_14(p):
    s = p.symbol()
    before = p.redis.xlen(INTENTS)
    p.verb(2, "is no action", "send", "HOLD", s, "100usdt")
    p.verb(2, "has no unit", "send", "BUY", s, "50")
    p.verb(2, "has no unit", "send", "BUY", s, "50usdt", "--sl", "0.40")
    check(p.redis.xlen(INTENTS) == before, "nothing was sent")
    written = s.replace("USDT", "/usdt").lower()
    p.verb(0, ["filled", "stop loss 0.40 % from the entry"], "send", "buy", written, "150usdt", "--sl", "0.40%")
    p.verb(6, ["LEVERAGE_ABOVE_MAX", "leverage 50, limit 10", "means"], "send", "BUY", p.symbol(), "50usdt", "--leverage", "50")


@row(HAND_OF_OPERATOR, "O-26", tells="refusals are not crowded out by what was filled")
def o_26(p):
    s = p.symbol()
    refused = p.refused("LEVERAGE_ABOVE_MAX", "leverage", "BUY", s, quantity=1, leverage=50)
    for _ in range(22):
        p.send("CLOSE", s)
    p.fill("BUY", s, quantity=1)
    check(refused["intent_id"] in str(p.get("/api/v1/refusals")) or s in str(p.get("/api/v1/refusals")), "it is still listed")


@row(HAND_OF_OPERATOR, "O-16", "M-2",
     tells="flattening a symbol that is not held is refused with what is held and the nearest name")
def o_16_m_2(p):
    s = p.symbol()
    p.open(s)
    p.verb(6, [s[:-1] + " is not held; held: ", f"did you mean {s}?"], "flatten", s[:-1], "--yes")
    status, answer = p.order("flatten", json.dumps({"symbol": s[:-1]}))
    check(status == 404 and answer["reason_code"] == "NOT_HELD", f"NOT_HELD is right; {answer}")
    check(p.exchange.held(s) == 10, "nothing is closed")
    p.verb(2, "or say --all", "flatten", "--yes")


@row(HAND_OF_OPERATOR, "X-F13", "M-14", tells="the proof of a flatten is given, and names an order that can open again")
def x_f13_m_14(p):
    s, other = p.symbol(), p.symbol()
    p.open(s)
    p.exchange.limit("BUY", other, "1", "96", newClientOrderId="app-entry-1")
    text = p.verb(0, '"flat":true', "flatten", "--all", "--yes", "--json")
    check(not p.exchange.all_held(), f"flat by the exchange; {p.exchange.all_held()}")
    check("app-entry-1" in p.alert("flat-not-for-long")["text"], f"the order is named; {text[-300:]}")
    p.verb(0, "halted: everything was flattened", "safety")
    p.verb(6, "HALTED", "send", "BUY", other, "100usdt")
    p.verb(0, "state ACTIVE", "resume")


# ---- the exchange goes away ----

GONE = Group("the exchange goes away")


def take_away(p):
    if p.market.alive():
        p.open(p.symbol())
        p.market.kill()
    p.alert("exchange-lost", None, "critical", 20)


@row(GONE, "O-4", tells="an exchange that is gone is told at once, and nothing looks as if it were seen now")
def o_4(p):
    take_away(p)
    health = until("unhealthy", lambda: (h := p.health())["status"] == "unhealthy" and "as last seen" in h["protection"] and h, 20)
    check(health["state"] == "DEGRADED" and not health["checks"]["exchange"]["ok"], f"DEGRADED is right; {health}")


@row(GONE, "O-15", tells="closes that never left are not told as sent, and their failure is told once")
def o_15(p):
    take_away(p)
    p.verb(6, [], "flatten", "--all", "--yes", "--wait", "6s")
    check(not p.lines("Close order sent"), "nothing is told as sent")
    told = len(p.lines("ORDER_ERROR"))
    check(1 <= told <= 3, f"once for its cause; {told}")


# ---- the limits as shipped ----

SHIPPED = Group("limits as shipped", settings={})


@row(SHIPPED, "M-4", "M-5", "O-19", tells="verify asks for room, writes only where it can, and closes what it opened")
def m_4_m_5_o_19(p):
    p.verb(2, ["its directory does not exist", "nothing was injected"], "verify", "--out", "/nope/x.json")
    check(not p.exchange.rows("orders"), "no order left")
    out = p.directory + "/proof.json"
    p.verb(0, ["3/3 orders verified", "closed again: "], "verify", "--out", out)
    check(not p.exchange.all_held(), f"nothing is held; {p.exchange.all_held()}")
    again = p.start("verify", "--out", out).said("more than 5 opens a minute would stop all opens")
    again.end()
    check(not p.lines("GLOBAL_RATE_LIMIT"), "no cooldown")


@row(SHIPPED, "O-13", tells="while opens wait the state says so, and an alert when it begins")
def o_13(p):
    until("the sixth open is refused", lambda: p.told("BUY", p.symbol(), quantity=1)["status"] == "rejected")
    until("the state is COOLDOWN", lambda: p.health()["state"] == "COOLDOWN")
    p.alert("opens-wait", None, "info")
    p.verb(0, "COOLDOWN", "status")


# ---- other contracts ----


def with_contracts(place):
    """The usual symbols, and contracts in other assets."""
    market, exchange = place.simulator()
    rows = exchange.get("/fapi/v1/exchangeInfo")["symbols"]
    market.end()
    btc = next(r for r in rows if r["symbol"] == "BTCUSDT")
    eth = next(r for r in rows if r["symbol"] == "ETHUSDT")
    soon = int(time.time() * 1000) + 600_000
    rows += [
        {**btc, "symbol": "BTCUSDC", "pair": "BTCUSDC", "quoteAsset": "USDC", "marginAsset": "USDC"},
        {**eth, "symbol": "ETHBTC", "pair": "ETHBTC", "quoteAsset": "BTC", "marginAsset": "BTC"},
        {**eth, "symbol": "TSLAUSDT", "pair": "TSLAUSDT", "baseAsset": "TSLA", "contractType": "TRADIFI_PERPETUAL"},
        {**btc, "symbol": "BTCUSDT_NEAR", "contractType": "CURRENT_QUARTER", "deliveryDate": soon},
    ]
    return ["--filters", place.file("listed.json", "\ufeff" + json.dumps({"symbols": rows}))]


CONTRACTS = Group("other contracts", simulator=with_contracts)


@row(CONTRACTS, "I-F4", tells="a contract quoted in a coin is refused by name and never sized")
def i_f4(p):
    check("BTC" in p.refused("ASSET_UNSUPPORTED", None, "BUY", "ETHBTC", position_size_usd=100)["detail"], "BTC is named")
    p.refused("ASSET_UNSUPPORTED", None, "SELL", "ETHBTC", quantity=1)
    check(not p.exchange.orders("ETHBTC"), "no order left")


@row(CONTRACTS, "X-F9", tells="a contract in an asset that the account does not hold is refused without a cooldown of others")
def x_f9(p):
    for _ in range(6):
        p.refused("ASSET_NOT_HELD", None, "BUY", "BTCUSDC", position_size_usd=500)
    p.fill("BUY", "BTCUSDT", position_size_usd=500)
    p.fill("CLOSE", "BTCUSDT")


@row(CONTRACTS, "I-F13", tells="contracts of other types are listed and trade; one that is delivered soon is not opened")
def i_f13(p):
    p.fill("BUY", "TSLAUSDT", position_size_usd=500)
    p.fill("CLOSE", "TSLAUSDT")
    p.refused("DELIVERY_NEAR", None, "BUY", "BTCUSDT_NEAR", position_size_usd=500)


@row(CONTRACTS, "I-F7", tells="an account whose money is USDC opens contracts in USDC and no others, and nothing cools down")
def i_f7(p):
    p.exchange.post("/sim/account", balances={"USDT": "0", "USDC": "50000"})
    until("it is read", lambda: p.metric("quantum_free_margin_usd") == [50000])
    for _ in range(6):
        p.refused("ASSET_NOT_HELD", None, "BUY", "ETHUSDT", position_size_usd=500)
    p.fill("BUY", "BTCUSDC", position_size_usd=500)


# ---- the two forms of the private stream ----

STREAMS = Group("private streams", pair=False)


@row(STREAMS, "S19", tells="the private stream is heard in whichever form the exchange serves; a deaf one is named and replaced")
def s19(place):
    for setting, deaf in (("privateNeedsEvents", False), ("privateByMessageAlone", True)):
        settings = {**QUICK, "QUANTUM_READING_BOOTSTRAP_SECONDS": "60"}
        pair = Pair(place.program, settings, before=lambda p, name=setting: p.exchange.post("/sim/settings", **{name: True}))
        with contextlib.closing(pair) as p:
            s, found = p.symbol(), p.symbol()
            p.open(s)
            if deaf:
                p.alert("deaf:", None, "critical", 20)
            until("another hand's order is heard", lambda: bool(p.exchange.by_hand("BUY", found, "1"))
                  and until("heard", lambda: p.position(found), 3), 20)
            check(bool(p.alerts("deaf:")) == deaf, f"deaf is told where it is, {deaf}; {p.alerts('deaf:')}")


# ---- files of prices ----

FILES = Group("price files", pair=False)
BARS = ("3100.00,3100.47,3095.80,3097.82", "3097.82,3101.00,3090.10,3099.99")
KLINES = "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n"
REST = ",69.8,1772442059999,2163.7,72,34.9,1081.3,0\n"


def two(line, first="1772442000000", second="1772442060000"):
    return line.format(first, BARS[0]) + line.format(second, BARS[1])


def zipped(name, text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, text)
    return out.getvalue()


SHAPES = {
    "ETHUSDT-1m-2026-03-02.csv": KLINES + two("{},{}" + REST),
    "ETHUSDT-1m-2021-11-27.csv": two("{},{}" + REST),
    "ETHUSDT-1m-2026-03.zip": zipped("ETHUSDT-1m-2026-03.csv", KLINES + two("{},{}" + REST)),
    "BINANCE_ETHUSDT.P, 1.csv": "time,open,high,low,close,Volume\n"
                                + two("{},{},1\n", "2026-03-02T11:00:00+02:00", "2026-03-02T11:01:00+02:00"),
    "Binance_ETHUSDT_2026_minute.csv": "https://www.CryptoDataDownload.com\nunix,date,symbol,open,high,low,close,Volume ETH\n"
                                       + f"1772442060000,2026-03-02 09:01:00,ETHUSDT,{BARS[1]},1\n"
                                       + f"1772442000000,2026-03-02 09:00:00,ETHUSDT,{BARS[0]},1\n",
    "ETH_USDT_USDT-1m-futures.json": f"[[1772442000000,{BARS[0]},1.0],[1772442060000,{BARS[1]},1.0]]",
    "ETHUSDT_1.csv": two("{},{},12.3,17\n", "1772442000", "1772442060"),
    "ethusdt-spaced.csv": "\ufeff Volume ; CLOSE;Low ;High;Open;Time\r\n1;3097,82;3095,80;3100,47;3100,00;2026-03-02T09:00Z\r\n"
                          "1;3099,99;3090,10;3101,00;3097,82;2026-03-02T09:01Z",
}


def minutes(count):
    return "".join(
        f"{1704067200000 + i * 60000},{3000 + i % 7},{3008 + i % 7},2998,{3001 + i % 7}{REST}" for i in range(count))


def plays(place, file, words):
    command, _ = place.simulator("--prices", file)
    command.end()
    for word in words:
        check(word in command.output(), f"{word!r} is missing: {command.output()[:400]}")


def refuses(place, file, words):
    place.verb(2, words, "simulator", "--port", "0", "--prices", file)


@row(FILES, "I-F10", "J-6", tells="public files of prices play, whatever their shape")
def i_f10_j_6(place):
    for name, content in SHAPES.items():
        plays(place, place.file(name, content), ["2 bars of 1m, 2026-03-02 09:00 to 2026-03-02 09:01 UTC, no gaps"])


@row(FILES, "I-F11", tells="a year of minutes plays in the memory that the launcher allows")
def i_f11(place):
    plays(place, place.file("ETHUSDT-1m-2024.csv", minutes(525_600)), ["525600 bars of 1m"])


@row(FILES, "I-F14", tells="prices of another symbol are refused with the bounds")
def i_f14(place):
    refuses(place, place.file("ETHUSDT-other.csv", "1772442000000,0.0031,0.0032,0.0030,0.0031\n"), "lies outside")


@row(FILES, "I-F15", tells="bars of a day are days, and gaps and length are told")
def i_f15(place):
    days = "".join(f"2026-03-{d:02},3000,3010,2990,3005\n" for d in (1, 2, 3, 6, 7))
    plays(place, place.file("ETHUSDT-1d.csv", "date,open,high,low,close\n" + days), ["5 bars of 1d", "1 gap of 2 bars"])


@row(FILES, "I-F19, files", tells="compressed, foreign and absent files are told plainly")
def i_f19_files(place):
    text = SHAPES["ETHUSDT-1m-2026-03-02.csv"]
    refuses(place, place.file("ETHUSDT-16.csv", text.encode("utf-16")), "UTF-16")
    refuses(place, place.file("ETHUSDT.csv.bz2", bz2.compress(text.encode())), "compressed: unpack it first")
    refuses(place, place.file("ETHUSDT.csv.gz", gzip.compress(gzip.compress(text.encode()))), "compressed")
    refuses(place, place.directory + "/ETHUSDT-none.csv", "there is no file")


@row(FILES, "I-F20", tells="brackets of one symbol with texts and a factor are read")
def i_f20(place):
    bracket = {"bracket": 1, "initialLeverage": "50", "notionalCap": "10000", "notionalFloor": "0",
               "maintMarginRatio": "0.01", "cum": "0"}
    file = place.file("brackets.json", json.dumps({"symbol": "ETHUSDT", "notionalCoef": "4.0", "brackets": [bracket]}))
    command, exchange = place.simulator("--brackets", file)
    got = exchange.hand("GET", "/fapi/v1/leverageBracket", symbol="ETHUSDT")
    command.end()
    check("40000" in json.dumps(got), f"the cap is widened; {got}")


@row(FILES, "I-F16", "I-F21", tells="the demo trades mostly the recorded symbol, tells in order, and leaves nothing behind")
def i_f16_i_f21(place):
    file = place.file("ETHUSDT-1m-2024.csv", minutes(3000))
    demo = place.start("demo", "--for", "20s", "--port", "0", "--speed", "30", "--prices", file)
    check(demo.code() == 0, lambda: demo.output()[-400:])
    lines = [x for x in demo.output().splitlines() if re.match(r"\d\d:\d\d:\d\d  ", x)]
    check([x[:8] for x in lines] == sorted(x[:8] for x in lines), "told in the order of their times")
    entered = [x for x in lines if re.search(r" (BUY|SELL) +filled ", x)]
    ours = [x for x in entered if "ETHUSDT" in x]
    check(len(ours) * 2 > len(entered) > 0, f"{len(ours)} of {len(entered)}: {lines[:8]}")
    check(not Path(re.search(r"data in (\S+)", demo.output()).group(1)).exists(), "its directory is gone")
    refused = place.start("demo", "--port", "0", "--prices", place.file("BTCUSDT.csv", "no,prices\n"))
    check(refused.code() == 2, lambda: refused.output()[-300:])
    check(not Path(re.search(r"data in (\S+)", refused.output()).group(1)).exists(), "nor does a refused one leave one")


# ---- verbs ----

VERBS = Group("verbs", pair=False)


@row(VERBS, "P3-9", tells="an answer of 31 MB is never held: one line and a code, no end for want of memory")
def p3_9(place):
    class Large(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", str(31 << 20))
            self.end_headers()
            with contextlib.suppress(OSError):
                for _ in range(31):
                    self.wfile.write(b"[" * (1 << 20))

        do_POST = do_PUT = do_GET

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Large)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        place.verb(4, "FATAL_BINANCE_UNAVAILABLE", "run", QUANTUM_SIMULATOR_URL=f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()


@row(VERBS, "P2-9", tells="whoever makes the data directory makes it for its user alone")
def p2_9(place):
    data = place.directory + "/fresh"
    place.start("doctor", QUANTUM_DATA=data, QUANTUM_SIMULATOR_URL="http://127.0.0.1:9").code()
    mode = stat.S_IMODE(os.stat(data).st_mode) if os.path.exists(data) else 0o700
    check(mode == 0o700, f"0700 is right; {mode:o}")
    shown = Path(place.directory, "open")
    shown.mkdir(0o755)
    with contextlib.closing(Pair(place.program, {**QUICK, "QUANTUM_DATA": str(shown)})):
        modes = [stat.S_IMODE(f.stat().st_mode) for f in [shown, *shown.glob("ledger.db*")]]
    check(modes[0] == 0o700 and all(m == 0o600 for m in modes[1:]), f"closed to others; {[oct(m) for m in modes]}")


@row(VERBS, "J-9", tells="a key is written in sections or with its dots")
def j_9(place):
    file = place.file("c.yaml", "limits.max_leverage: 3\nhttp: {port: 9001}\n")
    text = place.verb(0, [], "config", "show", "--config", file)
    check(re.search(r"limits\.max_leverage +3 ", text), text[:300])


@row(VERBS, "J-10", tells="a tilde is the home directory and never a directory of that name")
def j_10(place):
    file = place.file("tilde.yaml", "data: ~/q\n")
    command = Command(place.program, place.directory, {"HOME": "/nowhere/op"}, "config", "show", "--config", file)
    check(command.code() == 0 and re.search(r"^data +/nowhere/op/q", command.output(), re.M), command.output()[:300])
    check(not Path(place.directory, "~").exists(), "no directory ~")


@row(VERBS, "M-7", tells="names of the seeds are read, or named where they have no effect")
def m_7(place):
    text = place.verb(0, [], "config", "show", REDIS_URL="redis://:hidden@r.example:1")
    check(re.search(r"redis\.url +redis://\*\*\*@r\.example:1 +environment REDIS_URL", text) and "hidden" not in text, text[:300])
    place.verb(0, "note: BINANCE_TESTNET_API_KEY has no effect in mode simulated", "config", "check", BINANCE_TESTNET_API_KEY="k")


@row(VERBS, "M-12", tells="a JSON log has one field a key")
def m_12(place):
    with contextlib.closing(Pair(place.program, {**QUICK, "QUANTUM_LOG_FORMAT": "json"})) as p:
        s = p.symbol()
        p.open(s)
        def lines(marker):
            return [x for x in map(json.loads, p.log().strip().splitlines()) if x.get("marker") == marker]

        found = until("the line", lambda: [x for x in lines("ORDER_SUBMIT") if x.get("symbol") == s])
        check({"side", "qty", "level", "@timestamp"} <= set(found[0]), f"its fields; {found[0]}")
        p.exchange.by_hand("BUY", p.symbol(), "1")
        p.alert("adopted")
        until("an alert at its level", lambda: [x for x in lines("ALERT") if x["level"] in ("WARN", "ERROR")])


@row(VERBS, "M-18", tells="an unknown verb or option is named with the nearest one, also beside --help")
def m_18(place):
    place.verb(2, "unknown verb statu; did you mean status?", "statu")
    place.verb(2, "unknown verb trade-list", "trade-list", "--help")
    place.verb(2, "did you mean --all?", "flatten", "--al")
    place.verb(2, "there is no file /nope.csv", "demo", "--prices", "/nope.csv")


@row(VERBS, "O-25", tells="data directories of the examples are ignored by git")
def o_25(place):
    if not (HOME / ".git").exists() or shutil.which("git") is None:
        return
    for file in sorted((HOME / "etc").glob("*.yaml")):
        for name in re.findall(r"(?m)^data: \./(\S+)$", file.read_text()):
            ignored = subprocess.run(["git", "check-ignore", "-q", name + "/"], cwd=HOME).returncode
            check(ignored == 0, f"{name} of {file.name} is not ignored")


def installed(place):
    """The launcher with its program in a tree of its own, whose sources are newer."""
    tree = Path(place.directory, "tree")
    (tree / "trader/target").mkdir(parents=True)
    shutil.copy(LAUNCHER, tree / "quantum")
    os.link(HOME / "trader/target/quantum-trader.jar", tree / "trader/target/quantum-trader.jar")
    for file in ("pom.xml", "core/pom.xml", "core/src/main/New.java", "venues/pom.xml", "simulator/pom.xml", "trader/pom.xml"):
        (tree / file).parent.mkdir(parents=True, exist_ok=True)
        (tree / file).write_text("")
    return tree


@row(VERBS, "O-5", launcher=True, tells="a verb that looks runs at once from the program that is there, and says that it is old")
def o_5(place):
    try:
        tree = installed(place)
    except OSError as e:
        raise Wrong(f"the program could not be linked here: {e}") from e
    command = Command(place.program, place.directory, place.environment, executable=[str(tree / "quantum"), "status"])
    check(command.code(30) == 6, lambda: command.output())
    check("older than its sources" in command.output() and "no service answers" in command.output(), command.output())
    check("building" not in command.output(), command.output())


@row(VERBS, "X-F15", launcher=True, tells="without a locale, symbols outside of ASCII are sent, shown and closed")
def x_f15(place):
    s = "\u5e01\u5b89\u4eba\u751fUSDT"

    def listed(p):
        p.exchange.post("/sim/symbol", symbol=s, like="SOLUSDT")
        p.exchange.price(s, "100")

    with contextlib.closing(Pair(place.program, before=listed)) as p:
        p.verb(0, "filled   symbol " + s, "send", "BUY", s, "150usdt", LC_ALL="C", LANG="C")
        p.verb(0, s, "positions", LC_ALL="C", LANG="C")
        p.verb(0, [], "flatten", s, "--yes", LC_ALL="C", LANG="C")
        check(p.exchange.held(s) == 0, "closed")


unplayed("a thread is killed by a debugger's door; nothing outside of the JVM does it the same way twice", "O-12")
unplayed("the verb and the interface that the row asks for belong to other work", "J-13")


# ---- playing ----


# What cost money or left a position naked.
WORST = {"X-F0", "X-F2", "X-F4", "X-F5", "X-F6", "S19", "I-F1", "I-F2", "I-F3", "I-F4", "J-1"}


def wanted_rows():
    """Every row of the milestones that this script answers for."""
    def span(prefix, numbers):
        return [prefix + str(n) for n in numbers]

    return (
        span("X-F", range(18)) + ["S19"] + span("I-F", range(1, 23)) + span("J-", range(1, 15)) + span("P1-", range(1, 6))
        + span("P2-", (1, 2, 6, 7, 8, 9, 10)) + span("P3-", (3, 8, 9)) + span("O-", [*range(1, 20), 25, 26, 27, 28])
        + span("M-", [1, 2, 3, 4, 5, 7, *range(10, 19)])
    )


def java_tests():
    """Row to the Java tests that hold it, as the page of incidents tells it."""
    found = {}
    for line in INCIDENTS.read_text().splitlines():
        cells = [c.strip() for c in line.split(" | ")]
        if line.startswith("| ") and len(cells) == 3:
            for name in cells[0].strip("| ").split(", "):
                found.setdefault(name, []).extend(re.findall(r"`(\w+Test\.\w+)`", cells[2]))
    return found


def list_rows():
    """All rows; false if one is neither played nor said why not."""
    tests, played, whole = java_tests(), set(), True
    for group in GROUPS:
        for one in group.rows:
            played.update(one.ids)
            print(f"{one.name}  played ({group.name})  {one.tells}")
    for name in wanted_rows():
        if name in played:
            continue
        whole &= name in UNPLAYED
        print(f"{name}  not played: {UNPLAYED.get(name, 'NO WORD WHY')}; Java: {', '.join(tests.get(name, ['none']))}")
    return whole


def play_one(one, place, results):
    begun = time.monotonic()
    try:
        if one.group.pair and not one.group.together:
            place.up()
        one.play(place)
        verdict = f"ok  {one.tells}"
    except Exception as e:  # whatever a row meets is that row's failure
        verdict = f"FAILED  {one.tells}: {e if isinstance(e, Wrong) else repr(e)}"
    results.append((one, verdict.startswith("ok")))
    print(f"{one.name}  {verdict} ({time.monotonic() - begun:.1f} s)", flush=True)


def play_group(program, group, rows, results):
    try:
        place = Pair(program, **group.given) if group.pair else Place(program)
    except Exception as e:
        for one in rows:
            results.append((one, False))
            print(f"{one.name}  FAILED  {one.tells}: the pair did not start: {e!r}", flush=True)
        return
    try:
        if group.together:
            rows.sort(key=lambda one: not WORST & set(one.ids))
            with ThreadPoolExecutor(TOGETHER) as pool:
                for played in as_completed([pool.submit(play_one, one, place, results) for one in rows]):
                    played.result()
        else:
            for one in rows:
                play_one(one, place, results)
    finally:
        place.close()


def stop_at_once(number, _):
    end_all()
    os._exit(128 + number)


def main(arguments):
    classpath = None
    if "--classpath" in arguments:
        at = arguments.index("--classpath")
        classpath = arguments[at + 1]
        del arguments[at:at + 2]
    if "--list" in arguments:
        return 0 if list_rows() else 1
    if "--help" in arguments or "-h" in arguments:
        print(__doc__)
        return 0
    known = {name for group in GROUPS for one in group.rows for name in one.ids}
    unknown = [name for name in arguments if name not in known]
    if unknown:
        print(f"not played here: {', '.join(unknown)}; see --list", file=sys.stderr)
        return 2
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop_at_once)
    atexit.register(end_all)
    program = Program(classpath)
    program.build()
    results = []
    for group in GROUPS:
        rows = [one for one in group.rows if not arguments or set(one.ids) & set(arguments)]
        for one in [one for one in rows if one.launcher and classpath]:
            print(f"{one.name}  left out: it is about the launcher", flush=True)
            rows.remove(one)
        if rows:
            play_group(program, group, rows, results)
    good = sum(right for _, right in results)
    print(f"{len(results)} rows: {good} ok, {len(results) - good} failed")
    return 0 if good == len(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""How a test calls a client: a JSON request a line on standard input, a JSON answer a line on standard output."""
import asyncio
import json
import sys


async def answer(call, request):
    try:
        said = {"id": request["id"], "result": await call(request["call"], request["arguments"])}
    except Exception as refused:
        said = {"id": request["id"], "error": type(refused).__name__, "message": str(refused)}
    print(json.dumps(said), flush=True)


async def serve(call):
    """Answers each request by awaiting call(name, arguments), several at once, until the input ends."""
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    running = set()
    while line := await lines.readline():
        task = asyncio.create_task(answer(call, json.loads(line)))
        running.add(task)
        task.add_done_callback(running.discard)
    for task in running:
        task.cancel()

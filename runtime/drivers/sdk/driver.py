"""Drives the official Python SDK: one JSON object a line on stdin, one a line back for each.

Boxes are held by their ids and executions by the names that requests give them, for as long as this process lives,
as a user's program holds them. What an attached execution writes is told as it comes, in lines without an id.
"""

import asyncio
import base64
import json
import os
import sys
import tempfile
from pathlib import Path

from boxlite import ApiKeyCredential, Boxlite, BoxliteRestOptions, BoxOptions


class Absent(Exception):
    """The SDK answered None."""


runtime = None
local = False
boxes = {}
executions = {}
tasks = set()


def say(message):
    print(json.dumps(message), flush=True)


def keep(coroutine):
    task = asyncio.ensure_future(coroutine)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    return task


def raw(chunk):
    return chunk.encode("utf-8", "replace") if isinstance(chunk, str) else bytes(chunk)


def encoded(chunk):
    return base64.b64encode(raw(chunk)).decode()


decoded = base64.b64decode


async def drained(stream):
    return encoded(b"".join([raw(chunk) async for chunk in stream]))


def shown(info):
    state = info.state
    told = {"id": info.id, "name": info.name, "status": state.status, "pid": state.pid}
    code = {"exit_code": state.exit_code} if hasattr(state, "exit_code") else {}
    return {**told, **code, "image": info.image, "created_at": str(info.created_at)}


def there(found, call):
    if found is None:
        raise Absent(f"{call} is None")
    return found


async def settled(told):
    """What is told at once in one mode and has to be awaited in the other."""
    return await told if hasattr(told, "__await__") else told


async def box_of(text):
    if text in boxes:
        return boxes[text]
    box = there(await runtime.get(text), f"get({text!r})")
    boxes.setdefault(box.id, box)
    return box


class Held:
    """An execution with its streams, each of which can be had once."""

    def __init__(self, execution):
        self.execution = execution
        # What lets go of it ends the input of the command.
        self.stdin = execution.stdin()
        # Requests are answered side by side: what is sent goes in the order of the requests.
        self.turn = asyncio.Lock()


async def connect(url, key=None, prefix=None):
    global runtime
    credential = None if key is None else ApiKeyCredential(key)
    runtime = Boxlite.rest(BoxliteRestOptions(url=url, credential=credential, path_prefix=prefix))


async def open(home):
    global runtime, local
    from boxlite import Options

    runtime, local = Boxlite(Options(home_dir=home)), True


async def create(name=None, env=None, **options):
    pairs = {} if env is None else {"env": list(env.items())}
    box = await runtime.create(BoxOptions(**options, **pairs), name=name)
    boxes[box.id] = box
    return {"id": box.id}


async def start(box):
    await (await box_of(box)).start()


async def stop(box):
    await (await box_of(box)).stop()


async def remove(box, force):
    await runtime.remove(box, force=force)


async def inspect(box):
    if local:
        return await get(box)
    return shown(there(await runtime.get_info(box), f"get_info({box!r})"))


async def get(box):
    """Shows a box by another handle than that of a run which may be over."""
    fresh = there(await runtime.get(box), f"get({box!r})")
    boxes[fresh.id] = fresh
    return shown(await settled(fresh.info()))


async def list_boxes():
    return [shown(info) for info in await runtime.list_info()]


async def metrics(box):
    told = await (await box_of(box)).metrics()
    values = {name: getattr(told, name) for name in dir(told) if not name.startswith("_")}
    return {name: value for name, value in values.items() if value is None or isinstance(value, (int, float))}


async def started(box, command, args, env=None, cwd=None, timeout=None):
    pairs = None if env is None else list(env.items())
    return await (await box_of(box)).exec(command, args, pairs, cwd=cwd, timeout_secs=timeout)


async def ended(execution):
    out, err, result = await asyncio.gather(
        drained(execution.stdout()), drained(execution.stderr()), execution.wait()
    )
    return {"out": out, "err": err, "code": result.exit_code, "error": result.error_message}


async def execute(stdin=None, **command):
    execution = await started(**command)
    reading = keep(ended(execution))
    pipe = execution.stdin()
    try:
        if stdin:
            await pipe.send_input(decoded(stdin))
        await pipe.close()
    except Exception:
        pass  # The command may have ended before it has read everything.
    return await reading


async def spawn(held_as, **command):
    held = executions[held_as] = Held(await started(**command))
    return {"id": await settled(held.execution.id())}


async def follow(execution):
    return await ended(executions[execution].execution)


async def wait(execution):
    result = await executions[execution].execution.wait()
    return {"code": result.exit_code, "error": result.error_message}


async def signal(execution, signal):
    await executions[execution].execution.signal(signal)


async def kill(execution):
    await executions[execution].execution.kill()


async def resize(execution, rows, cols):
    await executions[execution].execution.resize_tty(rows, cols)


async def attach(held_as, box, execution=None):
    handle = await box_of(box)
    held = Held(await (handle.attach() if execution is None else handle.attach(execution)))
    executions[held_as] = held
    keep(relay(held_as, held.execution))
    return {"id": await settled(held.execution.id())}


async def relay(name, execution):
    async def pass_on(kind, stream):
        async for chunk in stream:
            say({"of": name, kind: encoded(chunk)})

    try:
        await asyncio.gather(pass_on("out", execution.stdout()), pass_on("err", execution.stderr()))
        result = await execution.wait()
        say({"of": name, "code": result.exit_code, "error": result.error_message})
    except BaseException as error:
        say({"of": name, "code": None, "error": f"{type(error).__name__}: {error}"})


async def send(execution, data):
    async with executions[execution].turn:
        await executions[execution].stdin.send_input(decoded(data))


async def end_input(execution):
    async with executions[execution].turn:
        await executions[execution].stdin.close()


async def copy_in(box, path, data):
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch, os.path.basename(path) or "file")
        file.write_bytes(decoded(data))
        await (await box_of(box)).copy_in(str(file), path)


async def copy_out(box, path):
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch, "got")
        await (await box_of(box)).copy_out(path, str(file))
        return {"data": encoded(file.read_bytes()) if file.is_file() else None}


methods = {
    method.__name__: method
    for method in (connect, open, create, start, stop, remove, inspect, list_boxes, metrics, execute, spawn, follow)
    + (wait, signal, kill, resize, attach, send, end_input, copy_in, copy_out)
}


async def answer(request):
    number, method = request.pop("id"), request.pop("method")
    try:
        say({"id": number, "ok": await methods[method](**request)})
    except BaseException as error:
        kind, code = type(error).__name__, getattr(error, "code", None)
        say({"id": number, "error": {"kind": kind, "code": code, "message": str(error)}})


async def main():
    reader = asyncio.StreamReader(limit=64 * 1024 * 1024)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    async for line in reader:
        keep(answer(json.loads(line)))


asyncio.run(main())
# What is held is not taken apart: the SDK's own threads may still be about it.
os._exit(0)

"""Runs lines of Python against the SDK, which holds its boxes and executions between them.

Reads names of files from stdin, one a line; runs what each holds, in which `await` is allowed, and leaves in DIR what
came of it: `status`, and beside it what `told` was set to. What an attached execution writes goes into a directory of
its name, as attach.py has it, from which it takes orders.
"""
import ast, asyncio, inspect, json, os, sys
from boxlite import ApiKeyCredential, Boxlite, BoxliteRestOptions, BoxOptions, Options

url, prefix, where, home = sys.argv[1:5]
key = os.environ.get("BOXLITE_API_KEY") or None
boxes, held, pipes, tasks, told = {}, {}, {}, set(), None


class Absent(Exception):
    pass


def put(name, data, mode="wb"):
    with open(os.path.join(where, name), mode) as file:
        file.write(data if isinstance(data, bytes) else str(data).encode())


def there(answer):
    if answer is None:
        raise Absent("the answer is None")
    return answer


def keep(box):
    return boxes.setdefault(box.id, box)


async def found(text):
    return boxes.get(text) or keep(there(await runtime.get(text)))


def renew(box):
    boxes[box.id] = box
    return box


async def info(box):
    told = box.info()
    return await told if inspect.isawaitable(told) else told


def hold(name, execution):
    held[name], pipes[name] = execution, execution.stdin()
    return execution


async def read(stream):
    return b"".join([chunk.encode("utf-8", "replace") async for chunk in stream])


async def ended(execution, stdin=None):
    """All that it writes, and its result; what is fed to it ends with end-of-file."""
    reading = asyncio.gather(read(execution.stdout()), read(execution.stderr()), execution.wait())
    if stdin is not None:
        pipe = execution.stdin()
        try:
            await pipe.send_input(stdin)
            await pipe.close()
        except Exception:
            pass
    return tuple(await reading)


def relay(name, execution):
    hold(name, execution)
    for file in ("out", "err", "errors", "orders"):
        put(f"{name}/{file}", b"")

    async def pass_on(kind, stream):
        async for chunk in stream:
            put(f"{name}/{kind}", chunk.encode("utf-8", "replace"), "ab")

    async def follow():
        await asyncio.gather(pass_on("out", execution.stdout()), pass_on("err", execution.stderr()))
        put(f"{name}/exit", (await execution.wait()).exit_code)
        put(f"{name}/closed", 1000)

    async def obey():
        done = 0
        while True:
            with open(os.path.join(where, name, "orders")) as file:
                orders = file.read().split("\n")[:-1]
            for order in orders[done:]:
                if order.startswith("send "):
                    await pipes[name].send_input(bytes.fromhex(order[5:]))
                elif order.startswith("file "):
                    with open(order[5:], "rb") as file:
                        await pipes[name].send_input(file.read())
                elif order.startswith("text "):
                    await pipes[name].close()
            done = len(orders)
            await asyncio.sleep(0.05)

    for running in (follow(), obey()):
        tasks.add(asyncio.ensure_future(running))


def shown(info):
    state = info.state
    code = {} if state.exit_code is None else {"exit_code": state.exit_code}
    times = {"created_at": info.created_at, "updated_at": info.created_at}
    size = {"cpus": info.cpus, "memory_mib": info.memory_mib, "image": info.image}
    return {"box_id": info.id, "name": info.name, "status": state.status, "pid": state.pid, **size, **times, **code}


def leave(told):
    """What came of it, in the words that the script has for answers."""
    if isinstance(told, bytes):
        put("out", told)
    elif isinstance(told, str):
        put("id", told)
    elif isinstance(told, list):
        put("out", json.dumps({"boxes": [shown(info) for info in told]}))
    elif isinstance(told, tuple):
        out, err, result = told
        put("out", out)
        put("err", err)
        put("code", result.exit_code)
    elif hasattr(told, "exit_code"):
        put("code", told.exit_code)
    elif hasattr(told, "state"):
        put("out", json.dumps(shown(told)))
    elif told is not None:
        numbers = {name: getattr(told, name) for name in dir(told) if not name.startswith("_")}
        put("out", json.dumps({k: v for k, v in numbers.items() if isinstance(v, (int, float))}))


async def perform(file, names):
    names["told"] = None
    try:
        with open(file) as lines:
            code = compile(lines.read(), file, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        running = eval(code, names)
        if inspect.isawaitable(running):
            await running
        leave(names["told"])
        put("status", "done")
    except BaseException as error:
        put("err", str(error))
        put("status", type(error).__name__)


async def main():
    global runtime
    credential = ApiKeyCredential(key) if key else None
    rest = BoxliteRestOptions(url=url, credential=credential, path_prefix=prefix or None)
    runtime = Boxlite(Options(home_dir=home)) if home else Boxlite.rest(rest)
    loop = asyncio.get_running_loop()
    while True:
        file = (await loop.run_in_executor(None, sys.stdin.readline)).strip()
        if not file:
            os._exit(0)
        await perform(file, globals())


asyncio.run(main())

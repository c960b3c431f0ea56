"""The hands of the state machine over REST: calls, what is known of a box, and what was spent."""

import json
import os
import time
import urllib.error
import urllib.request

from hypothesis.stateful import RuleBasedStateMachine

URL, KEY, ROOTFS = (os.environ[name] for name in ("BENCH_URL", "BENCH_KEY", "BENCH_ROOTFS"))
HOLD = ["sh", "-c", "exec sleep 300"]


def call(method, path, body=None):
    """Status and JSON of an answer; {} where there is no body."""
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            status, text = answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        status, text = refusal.code, refusal.read()
    return status, json.loads(text) if text else {}


class Spent:
    """What was spent until the first failure, and on shrinking it."""

    def __init__(self, most_steps):
        self.most_steps = most_steps
        self.programs = self.steps = self.boots = self.shrink_runs = 0
        self.began = time.monotonic()
        self.seconds = None
        self.original = self.shrunk = None

    def failed(self, length):
        if self.seconds is None:
            self.seconds = time.monotonic() - self.began
            self.original = length
        self.shrunk = length if self.shrunk is None else min(length, self.shrunk)


class Box:
    """What is known of a box: `job` runs a command of its own; status as the server tells it."""

    def __init__(self, identity, name, job):
        self.identity, self.name, self.job = identity, name, job
        self.status, self.code = "configured", None


class Driver(RuleBasedStateMachine):
    """Everything it sees is held against what it expects; `account` is where it counts."""

    account = None

    def __init__(self):
        super().__init__()
        self.boxes, self.execs, self.length = [], [], 0
        if self.account.seconds is None:
            self.account.programs += 1
        else:
            self.account.shrink_runs += 1

    def begin(self):
        """Counts a step; False when the budget of steps is used up."""
        if self.account.seconds is None and self.account.steps >= self.account.most_steps:
            return False
        self.length += 1
        if self.account.seconds is None:
            self.account.steps += 1
        return True

    def expect(self, holds, what):
        if not holds:
            self.account.failed(self.length)
            raise AssertionError(what)

    def answer(self, wanted, method, path, body=None, code=None):
        status, json_body = call(method, path, body)
        self.expect(status in wanted, f"{method} {path}: {status}")
        if status >= 400:
            error = json_body.get("error", {})
            self.expect({"message", "type", "code"} <= set(error), f"{method} {path}: untyped error")
            self.expect(code is None or error["code"] == code, f"{method} {path}: {error.get('code')}")
        return status, json_body

    def shown(self, json_body, box):
        self.expect(json_body.get("box_id") == box.identity, "another box")
        self.expect(json_body.get("name") == box.name, "another name")
        self.expect(json_body.get("status") == box.status, f"{json_body.get('status')}, not {box.status}")
        codes = [None] if box.code is None else box.code
        self.expect(json_body.get("exit_code") in codes, f"exit code {json_body.get('exit_code')}")

    def pick(self, items, number):
        return items[number % len(items)]

    def over(self, box, gone):
        """The executions of a box that ends are over, or gone with it."""
        for execution in self.execs:
            if execution["box"] is box and execution["status"] == "running":
                execution.update(status="gone" if gone else "cut")
            elif execution["box"] is box and gone:
                execution.update(status="gone")

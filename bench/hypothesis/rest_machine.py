"""The same verbs over REST as a Hypothesis state machine, with the results it expects written into the rules.

Drives the server of BENCH_URL until something unexpected is answered, lets Hypothesis shrink it, and prints one
JSON line. Output of commands is not looked at: that needs a WebSocket client, which Python does not bring along.
"""

import argparse
import json
import time

from hypothesis import seed as with_seed
from hypothesis import strategies as st
from hypothesis.errors import Flaky
from hypothesis.stateful import precondition, rule, run_state_machine_as_test
from rest_driver import HOLD, ROOTFS, Box, Driver, Spent, call
from search_settings import search

SETTLE_S = 5


def machine_of(spent):
    """The state machine; everything it sees is held against what it expects."""

    class Machine(Driver):
        account = spent

        @rule(job=st.booleans(), name=st.sampled_from([None, "alpha", "two words"]))
        def create(self, job, name):
            if len(self.boxes) >= 2 or not self.begin():
                return
            body = {"rootfs_path": ROOTFS, **({"cmd": HOLD} if job else {}), **({"name": name} if name else {})}
            if name and any(box.name == name for box in self.boxes):
                self.answer([400], "POST", "/v1/boxes", body, "invalid_argument")
                return
            _, made = self.answer([201], "POST", "/v1/boxes", body)
            box = Box(made["box_id"], name, job)
            self.boxes.append(box)
            self.shown(made, box)

        @precondition(lambda self: self.boxes)
        @rule(n=st.integers(0, 1))
        def start(self, n):
            if self.begin():
                box = self.pick(self.boxes, n)
                _, shown = self.answer([200], "POST", f"/v1/boxes/{box.identity}/start")
                spent.boots += box.status != "running" and spent.seconds is None
                if box.status != "running":
                    box.status, box.code = "running", None
                self.shown(shown, box)

        @precondition(lambda self: self.boxes)
        @rule(n=st.integers(0, 1))
        def stop(self, n):
            if self.begin():
                box = self.pick(self.boxes, n)
                _, shown = self.answer([200], "POST", f"/v1/boxes/{box.identity}/stop")
                if box.status == "running":
                    box.status, box.code = "stopped", [137] if box.job else [0, 137]
                    self.over(box, False)
                self.shown(shown, box)

        @precondition(lambda self: self.boxes)
        @rule(n=st.integers(0, 1), force=st.booleans())
        def remove(self, n, force):
            if not self.begin():
                return
            box = self.pick(self.boxes, n)
            path = f"/v1/boxes/{box.identity}" + ("?force=true" if force else "")
            if box.status == "running" and not force:
                self.answer([409], "DELETE", path, None, "invalid_state")
                return
            self.answer([204], "DELETE", path)
            self.answer([404], "GET", f"/v1/boxes/{box.identity}", None, "not_found")
            self.boxes.remove(box)
            self.over(box, True)

        @precondition(lambda self: self.boxes)
        @rule(n=st.integers(0, 1))
        def inspect(self, n):
            if self.begin():
                box = self.pick(self.boxes, n)
                self.shown(self.answer([200], "GET", f"/v1/boxes/{box.identity}")[1], box)

        @rule()
        def list_all(self):
            if self.begin():
                _, seen = self.answer([200], "GET", "/v1/boxes")
                by_id = {shown["box_id"]: shown for shown in seen["boxes"]}
                self.expect(set(by_id) == {box.identity for box in self.boxes}, "other boxes are listed")
                for box in self.boxes:
                    self.shown(by_id[box.identity], box)

        def open_exec(self, box, command, *args):
            """Starts an execution; None where the box must refuse it."""
            path = f"/v1/boxes/{box.identity}/exec"
            body = {"command": command, "args": list(args)}
            if box.job and box.status != "running":
                self.answer([409], "POST", path, body, "invalid_state")
                return None
            if box.status != "running":
                spent.boots += spent.seconds is None
                box.status, box.code = "running", None
            if command == "/no/such/binary":
                self.answer([422], "POST", path, body, "execution_failed")
                return None
            _, made = self.answer([201], "POST", path, body)
            return f"/v1/boxes/{box.identity}/executions/{made['execution_id']}"

        def ends_with(self, path, codes):
            until = time.monotonic() + SETTLE_S
            while True:
                _, shown = self.answer([200], "GET", path)
                if shown["status"] != "running" or time.monotonic() > until:
                    break
                time.sleep(0.02)
            self.expect(shown["status"] == "completed", f"{shown['status']} after {SETTLE_S} s")
            self.expect(shown.get("exit_code") in codes, f"exit code {shown.get('exit_code')}, not {codes}")

        @precondition(lambda self: self.boxes)
        @rule(n=st.integers(0, 1), code=st.sampled_from([0, 1, 7, 42, 125, 126, 127, 137, 255]))
        def run_command(self, n, code):
            if self.begin():
                path = self.open_exec(self.pick(self.boxes, n), "sh", "-c", f"exit {code}")
                if path:
                    self.ends_with(path, [code])

        @precondition(lambda self: self.boxes)
        @rule(n=st.integers(0, 1), signal=st.sampled_from([2, 9, 15]))
        def run_dying(self, n, signal):
            if self.begin():
                path = self.open_exec(self.pick(self.boxes, n), "sh", "-c", f"kill -{signal} $$")
                if path:
                    self.ends_with(path, [-signal])

        @precondition(lambda self: self.boxes)
        @rule(n=st.integers(0, 1))
        def run_missing(self, n):
            if self.begin():
                self.open_exec(self.pick(self.boxes, n), "/no/such/binary")

        @precondition(lambda self: self.boxes)
        @rule(n=st.integers(0, 1))
        def spawn(self, n):
            if self.begin():
                box = self.pick(self.boxes, n)
                path = self.open_exec(box, *HOLD)
                if path:
                    self.execs.append({"path": path, "box": box, "status": "running"})

        @precondition(lambda self: self.execs)
        @rule(n=st.integers(0, 3))
        def wait(self, n):
            if self.begin():
                execution = self.pick(self.execs, n)
                if execution["status"] == "gone":
                    self.answer([404], "GET", execution["path"], None, "not_found")
                elif execution["status"] == "running":
                    _, shown = self.answer([200], "GET", execution["path"])
                    self.expect(shown["status"] == "running", f"{shown['status']}, not running")
                else:
                    codes = execution.get("codes", [-9, -15, -1, 137, 143])
                    self.ends_with(execution["path"], codes)

        @precondition(lambda self: self.execs)
        @rule(n=st.integers(0, 3), signal=st.sampled_from([15, 2, 9]))
        def send_signal(self, n, signal):
            execution = self.pick(self.execs, n)
            if execution["status"] not in ("running", "gone") or not self.begin():
                return
            path, body = execution["path"] + "/signal", {"signal": signal}
            if execution["status"] == "gone":
                self.answer([400, 404], "POST", path, body)
            elif signal == 9:
                self.answer([400], "POST", path, body, "invalid_argument")
            else:
                self.answer([204], "POST", path, body)
                execution.update(status="over", codes=[-signal])

        @precondition(lambda self: self.execs)
        @rule(n=st.integers(0, 3))
        def kill(self, n):
            execution = self.pick(self.execs, n)
            if execution["status"] not in ("running", "gone") or not self.begin():
                return
            if execution["status"] == "gone":
                self.answer([404], "DELETE", execution["path"], None, "not_found")
                return
            self.answer([204], "DELETE", execution["path"])
            execution.update(status="gone")

        @rule(verb=st.sampled_from(["start", "stop", "exec"]))
        def on_nobody(self, verb):
            if self.begin():
                self.answer([404], "POST", f"/v1/boxes/nobody/{verb}", {"command": "true"}, "not_found")

        def teardown(self):
            for shown in call("GET", "/v1/boxes")[1].get("boxes", []):
                call("DELETE", f"/v1/boxes/{shown['box_id']}?force=true")

    return Machine


def main():
    """One hunt."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("seed", "programs", "steps"):
        parser.add_argument(f"--{name}", type=int, required=True)
    given = parser.parse_args()
    spent = Spent(given.steps)
    checked = search(max_examples=given.programs)
    why = None
    try:
        run_state_machine_as_test(with_seed(given.seed)(machine_of(spent)), settings=checked)
    except (AssertionError, Flaky, ExceptionGroup) as failure:
        why = str(failure).split("\n")[0]
    except (KeyError, ValueError, OSError) as failure:
        # An answer without what it must hold, or none at all, is a failure too.
        spent.failed(0)
        why = repr(failure)
    if spent.seconds is None:
        # Once the budget is used up rules do nothing, of which Hypothesis complains: that is no find.
        why = None
    took = time.monotonic() - spent.began if spent.seconds is None else spent.seconds
    fields = ("programs", "steps", "boots", "original", "shrunk")
    result = {name: getattr(spent, name) for name in fields}
    print(json.dumps({**result, "seconds": took, "shrinkRuns": spent.shrink_runs, "why": why}))


if __name__ == "__main__":
    main()

"""Shrinking of a planted failure by Hypothesis: an abstract machine of boxes and executions.

The failure is the one of bench/planted: verbs in order on the same handles, whatever comes between. It is planted
in the first program that executes enough steps, at its last step, in a subset that is closed: a step comes with
the steps that made what it is about. Prints one JSON line a trial.
"""

import argparse
import json
import random

from hypothesis import seed as with_seed
from hypothesis import strategies as st
from hypothesis.errors import FlakyStrategyDefinition
from hypothesis.stateful import Bundle, RuleBasedStateMachine, rule, run_state_machine_as_test
from search_settings import search


class Planted(Exception):
    """The planted failure."""


def unify(names, wanted, met):
    """The names with which a pattern's element stands for the one that was met; None when it cannot."""
    if wanted[0] != met[0]:
        return None
    named = dict(names)
    for handle, other in zip(wanted[1], met[1]):
        if handle in named:
            if named[handle] != other:
                return None
        elif other in named.values():
            return None
        else:
            named[handle] = other
    return named


def completes(pattern, elements):
    """Whether the elements contain the pattern in order."""
    partial = [{(): {}}] + [{} for _ in pattern[1:]]
    for element in elements:
        for at in reversed(range(len(pattern))):
            for names in list(partial[at].values()):
                named = unify(names, pattern[at], element)
                if named is None:
                    continue
                if at == len(pattern) - 1:
                    return True
                partial[at + 1][tuple(sorted(named.items()))] = named
    return False


def rests_on(elements, index):
    """Indices of the steps that make what a step is about, and of what those are about; itself included."""
    needed = {index}
    for at in range(index, -1, -1):
        if at not in needed:
            continue
        for handle in elements[at][1]:
            needed.add(next(i for i, element in enumerate(elements) if handle in element[1]))
    return needed


class Trial:
    """What is planted, and what was spent on shrinking it."""

    def __init__(self, steps, needed, seed):
        self.steps, self.needed, self.random = steps, needed, random.Random(seed)
        self.pattern = None
        self.runs = self.commands = self.runs_to_best = 0
        self.least = steps

    def plant(self, elements):
        """Chooses a pattern that ends at the last step; False when chance finds none."""
        for _ in range(200):
            chosen = rests_on(elements, len(elements) - 1)
            for _ in range(50):
                if len(chosen) >= self.needed:
                    break
                more = chosen | rests_on(elements, self.random.randrange(len(elements)))
                if len(more) <= self.needed:
                    chosen = more
            if len(chosen) != self.needed:
                continue
            pattern = [elements[index] for index in sorted(chosen)]
            if not completes(pattern, elements[:-1]):
                self.pattern = pattern
                return True
        return False

    def failed(self, length):
        """Notes a run that failed after so many steps."""
        if length < self.least:
            self.least, self.runs_to_best = length, self.runs


def machine_of(trial):
    """The machine: boxes that are made, started and asked; executions that are made and waited for."""

    class Machine(RuleBasedStateMachine):
        boxes = Bundle("boxes")
        execs = Bundle("execs")

        def __init__(self):
            super().__init__()
            self.elements = []
            self.made = 0
            self.counts = trial.pattern is not None
            if self.counts:
                trial.runs += 1

        def take(self, verb, *handles):
            self.elements.append((verb, handles))
            if self.counts:
                trial.commands += 1
            if trial.pattern is None:
                if len(self.elements) != trial.steps or not trial.plant(self.elements):
                    return
            if completes(trial.pattern, self.elements):
                trial.failed(len(self.elements))
                raise Planted()

        def handle(self, kind):
            self.made += 1
            return f"{kind}{self.made}"

        @rule(target=boxes)
        def create(self):
            box = self.handle("box")
            self.take("create", box)
            return box

        @rule(box=boxes, verb=st.sampled_from(["start", "stop", "inspect"]))
        def on_box(self, box, verb):
            self.take(verb, box)

        @rule(target=execs, box=boxes)
        def spawn(self, box):
            execution = self.handle("exec")
            self.take("spawn", execution, box)
            return execution

        @rule(execution=execs, verb=st.sampled_from(["wait", "kill"]))
        def on_exec(self, execution, verb):
            self.take(verb, execution)

    return Machine


def run(steps, needed, seed):
    """One trial; None when no program was long enough, or one that had passed came up again."""
    trial = Trial(steps, needed, seed)
    checked = search(max_examples=2000, stateful_step_count=steps + 1, derandomize=False)
    try:
        run_state_machine_as_test(with_seed(seed)(machine_of(trial)), settings=checked)
    except Planted:
        pass
    except FlakyStrategyDefinition:
        # A program that passed before anything was planted fails now: nothing was measured.
        return None
    if trial.pattern is None:
        return None
    return {
        # The last run only shows the result to the person at the terminal.
        "runs": trial.runs - 1,
        "runsToBest": trial.runs_to_best,
        "commands": trial.commands - trial.least,
        "steps": trial.least,
    }


def main():
    """Trials as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("steps", "needed", "seed", "trials"):
        parser.add_argument(f"--{name}", type=int, required=True)
    given = parser.parse_args()
    done = 0
    for index in range(5 * given.trials):
        if done == given.trials:
            break
        effort = run(given.steps, given.needed, given.seed * 1000 + index)
        if effort is not None:
            done += 1
            print(json.dumps(effort), flush=True)


if __name__ == "__main__":
    main()

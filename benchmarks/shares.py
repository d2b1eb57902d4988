"""What the steps of one run cost, each beside the others: wall and processor seconds."""

import time


class Shares:
    """The steps of a run, timed as they are done."""

    def __init__(self):
        self.steps, self.begun = [], time.perf_counter()

    def of(self, words, does):
        """Do a step and return what it returns."""
        wall, cpu = time.perf_counter(), time.process_time()
        found = does()
        self.steps.append((words, time.perf_counter() - wall, time.process_time() - cpu))
        return found

    def say(self):
        """Print a line a step."""
        for words, wall, cpu in self.steps:
            print(f"  {words:18}{wall:8.2f} s{cpu:8.2f} CPU s")

    def say_whole(self, words, start):
        """Print what all of it took since it began. start: when the rows that it works on were begun."""
        print(f"  {words:18}{time.perf_counter() - self.begun:8.2f} s   (making the rows is not counted: {self.begun - start:.1f} s)")

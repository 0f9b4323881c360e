# SPDX-License-Identifier: MIT
"""Results of tests, in the Test Anything Protocol."""


def report(checks):
    """Prints the result of each check, a pair of its name and of the lines about what is wrong (none: it is right).
    If there are no checks, that is wrong, too."""
    n = 0
    for n, (name, wrong) in enumerate(checks, 1):
        wrong = list(wrong)
        print("not ok" if wrong else "ok", n, "-", name)
        for line in wrong:
            print("#", line)
    if n == 0:
        n = 1
        print("not ok 1 - there are checks")
    print(f"1..{n}")

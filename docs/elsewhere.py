"""What other tools answer at kinks: prints the table of elsewhere.md.

    python3 -m venv venv && venv/bin/pip install jax autograd casadi
    venv/bin/python docs/elsewhere.py

A tool that is not installed is left out. Every program is written with the tool's own
functions of that name, in double precision, and differentiated in reverse mode.
"""

from importlib.metadata import version

# Name, point, true derivative, and the program over the functions of a tool.
PROGRAMS = [
    ("`max(x, 0)`", 0.0, "0 and 1", lambda m, x: m.max(x, 0.0)),
    ("`max(-x, 0) + x`", 0.0, "0 and 1", lambda m, x: m.max(-x, 0.0) + x),
    ("`max(x, 0) - max(-x, 0)`, which is `x`", 0.0, "1", lambda m, x: m.max(x, 0.0) - m.max(-x, 0.0)),
    ("`min(x, 0)`", 0.0, "0 and 1", lambda m, x: m.min(x, 0.0)),
    ("`abs(x)`", 0.0, "-1 and 1", lambda m, x: m.abs(x)),
    ("`max(x, 2x)`", 0.0, "1 and 2", lambda m, x: m.max(x, 2.0 * x)),
    ("`max(x, x)`", 3.0, "1", lambda m, x: m.max(x, x)),
    ("`clamp(x, 0, 1)`", 1.0, "0 and 1", lambda m, x: m.clamp(x)),
    ("`relu` of the tool", 0.0, "0 and 1", lambda m, x: m.relu(x)),
    ("`sqrt(x * x)`", 0.0, "-1 and 1", lambda m, x: m.sqrt(x * x)),
    ("`x * sqrt(x)`", 0.0, "0", lambda m, x: x * m.sqrt(x)),
    (
        "`max(x, 0) + log(1 + exp(-abs(x)))`",
        0.0,
        "1/2",
        lambda m, x: m.max(x, 0.0) + m.log(1.0 + m.exp(-m.abs(x))),
    ),
    ("`if x == 0 { 0 } else { x }`", 0.0, "1", lambda m, x: m.select_zero(x)),
]


class Jax:
    name = "jax"

    def __init__(self):
        import jax
        import jax.numpy as np

        jax.config.update("jax_enable_x64", True)
        self.jax, self.np = jax, np
        self.max, self.min, self.abs, self.sqrt = np.maximum, np.minimum, np.abs, np.sqrt
        self.log, self.exp = np.log, np.exp
        self.clamp = lambda x: np.clip(x, 0.0, 1.0)
        self.relu = jax.nn.relu
        self.select_zero = lambda x: np.where(x == 0.0, 0.0, x)

    def gradient(self, f, x):
        return float(self.jax.grad(f)(x))


class Autograd:
    name = "autograd"

    def __init__(self):
        import autograd
        import autograd.numpy as np

        self.autograd = autograd
        self.max, self.min, self.abs, self.sqrt = np.maximum, np.minimum, np.abs, np.sqrt
        self.log, self.exp = np.log, np.exp
        self.clamp = lambda x: np.clip(x, 0.0, 1.0)
        self.relu = None
        self.select_zero = lambda x: 0.0 * x if x == 0.0 else x

    def gradient(self, f, x):
        return float(self.autograd.grad(f)(x))


class Casadi:
    name = "casadi"

    def __init__(self):
        import casadi as ca

        self.ca = ca
        self.max, self.min, self.abs, self.sqrt = ca.fmax, ca.fmin, ca.fabs, ca.sqrt
        self.log, self.exp = ca.log, ca.exp
        self.clamp = lambda x: ca.fmin(ca.fmax(x, 0.0), 1.0)
        self.relu = None
        self.select_zero = lambda x: ca.if_else(x == 0.0, 0.0, x)

    def gradient(self, f, x):
        symbol = self.ca.MX.sym("x")
        slope = self.ca.jacobian(f(symbol), symbol)
        return float(self.ca.Function("slope", [symbol], [slope])(x))


def main():
    tools = []
    for tool in (Jax, Autograd, Casadi):
        try:
            tools.append(tool())
        except ImportError:
            continue
    heads = [f"{tool.name} {version(tool.name)}" for tool in tools]
    print("| program | at | derivative beside it | " + " | ".join(heads) + " |")
    print("|---|---|---|" + "---|" * len(tools))
    for name, point, truth, program in PROGRAMS:
        answers = []
        for tool in tools:
            if program.__code__.co_names == ("relu",) and tool.relu is None:
                answers.append("")
                continue
            try:
                answer = tool.gradient(lambda x: program(tool, x), point)
                answers.append(f"{answer:g}")
            except ZeroDivisionError:
                answers.append("an error")
        print(f"| {name} | {point:g} | {truth} | " + " | ".join(answers) + " |")


main()

//! Closures that stay in their function: they read, they change, they keep a state of their own.

use super::scope::{Kind, Variable};
use super::{Generator, Returns};

impl Generator {
    pub fn closure(&mut self) -> Option<String> {
        match self.rng.u32(0..3) {
            0 => Some(self.reading()),
            1 => Some(self.moving()),
            _ => self.changing(),
        }
    }

    /// A call of a closure that only reads.
    pub fn closure_call(&mut self, depth: u32) -> Option<String> {
        let name = self.named(&Kind::Closure)?;
        Some(format!("{name}({})", self.typed(depth)))
    }

    /// The body of a closure over `z`; `return` leaves the closure.
    fn closure_body(&mut self, z: &str, before: &str) -> String {
        let mark = self.scope.mark();
        let returns = std::mem::replace(&mut self.returns, Returns::Float);
        let loops = std::mem::take(&mut self.loops);
        self.scope.add(Variable::new(z, Kind::Float, false));
        let mut text = String::new();
        self.depth += 1;
        if self.rarely(3) {
            let condition = self.condition();
            text += &format!("if {condition} {{ return {}; }}\n", self.tame(1));
        }
        if self.rarely(3) {
            text += &self.statement();
        }
        self.depth -= 1;
        let value = self.tame(2);
        text += &format!("{before} {z} * {} + {value}", self.literal());
        self.scope.reset(mark);
        self.returns = returns;
        self.loops = loops;
        text
    }

    /// What it captures may not change while it lives.
    fn reading(&mut self) -> String {
        let mark = self.scope.mark();
        let (name, z) = (self.fresh("f"), self.fresh("z"));
        let read_only = |v: &Variable| Variable {
            writable: false,
            ..v.clone()
        };
        self.scope.reset(mark.iter().map(read_only).collect());
        let body = self.closure_body(&z, "");
        self.scope.add(Variable::new(&name, Kind::Closure, false));
        let mut text = format!("let {name} = |{z}: f64| {{ {body} }};\n");
        self.depth += 1;
        for _ in 0..self.rng.u32(1..3) {
            text += &self.statement();
        }
        self.depth -= 1;
        let (a, b) = (self.typed(2), self.typed(1));
        let value = format!("{{ {text} {name}({name}({a}) * 0.5) + {b} }}");
        self.scope.reset(mark);
        self.let_list(Kind::Float, &value)
    }

    /// It keeps the values of its making, whatever happens to the variables later.
    fn moving(&mut self) -> String {
        let mark = self.scope.mark();
        let copied = |v: &&Variable| {
            !v.hidden && matches!(v.kind, Kind::Float | Kind::Pair | Kind::Nested | Kind::Int)
        };
        let read_only = |v: &Variable| Variable {
            writable: false,
            ..v.clone()
        };
        let copies = mark.iter().filter(copied).map(read_only).collect();
        self.scope.reset(copies);
        let (name, z) = (self.fresh("f"), self.fresh("z"));
        let body = self.closure_body(&z, "");
        self.scope.reset(mark);
        self.scope.add(Variable::new(&name, Kind::Closure, false));
        format!("let {name} = move |{z}: f64| {{ {body} }};\n")
    }

    /// It changes a variable, by reference or as a copy of its own.
    fn changing(&mut self) -> Option<String> {
        let fits = |v: &&Variable| v.writable && v.kind == Kind::Float;
        let all: Vec<String> = self
            .scope
            .visible()
            .filter(fits)
            .map(|v| v.name.clone())
            .collect();
        let state = self.pick(&all)?.clone();
        let mark = self.scope.mark();
        let copied = self.rng.bool();
        let simple = |v: &&Variable| {
            !copied || matches!(v.kind, Kind::Float | Kind::Pair | Kind::Nested | Kind::Int)
        };
        let read_only = |v: &Variable| Variable {
            writable: v.name == state,
            ..v.clone()
        };
        let inside = mark.iter().filter(|v| !v.hidden).filter(simple);
        self.scope.reset(inside.map(read_only).collect());
        let (name, z) = (self.fresh("f"), self.fresh("z"));
        let by = self.tame(1);
        let before = format!("{state} = ({state} * {z} + {by}).sin();");
        let body = self.closure_body(&z, &before);
        self.scope.reset(mark.clone());
        self.scope.borrow(&state, true);
        let arguments: Vec<String> = (0..3).map(|_| self.typed(1)).collect();
        self.scope.reset(mark);
        let keyword = if copied { "move " } else { "" };
        let (a, b, c) = (&arguments[0], &arguments[1], &arguments[2]);
        let calls = match self.rng.u32(0..3) {
            0 => format!("{name}({a}) + {name}({b}) * {name}({c})"),
            1 => format!("let first = {name}({a}); {name}(first * 0.7) - first"),
            _ => {
                let i = self.fresh("i");
                format!(
                    "let mut sum = {a}; for {i} in 0..3 {{ sum += {name}(sum * 0.3 + {i} as f64 * 0.2); }} sum"
                )
            }
        };
        let value = format!("{{ let mut {name} = {keyword}|{z}: f64| {{ {body} }};\n {calls} }}");
        Some(self.let_list(Kind::Float, &value))
    }
}

//! Statements other than loops.

use super::scope::{Kind, Variable};
use super::{Generator, Loop, Returns};

impl Generator {
    /// One statement, with its line end; it may be several lines.
    pub fn statement(&mut self) -> String {
        self.budget -= 1;
        // A statement with several blocks would otherwise grow without bound.
        if self.depth > 5 || self.depth > 1 && self.budget < 0 {
            return self.assignment();
        }
        if let Some(text) = self.family_statement() {
            return text;
        }
        match self.rng.u32(0..34) {
            0..4 => self.declaration(),
            4..9 => self.assignment(),
            9 | 10 => self.new_list(),
            11..14 => self.list_operation().unwrap_or_else(|| self.new_list()),
            14..17 => self.branch(),
            17 => self.matching(),
            18 | 19 => self.alias().unwrap_or_else(|| self.assignment()),
            20 => self.tuple(),
            21 => self.integer(),
            22 => self.exit().unwrap_or_else(|| self.branch()),
            23 | 24 => self.call_statement().unwrap_or_else(|| self.assignment()),
            25 => self.nested_block(),
            26 => self.labelled_block(),
            27 | 28 => self.replace().unwrap_or_else(|| self.assignment()),
            29 => self.list_operation().unwrap_or_else(|| self.assignment()),
            _ => self.looping().unwrap_or_else(|| self.assignment()),
        }
    }

    /// Some statements in a scope of their own, without the braces.
    pub fn block(&mut self, most: i32) -> String {
        let mark = self.scope.mark();
        self.depth += 1;
        let mut text = String::new();
        for _ in 0..self.rng.i32(1..=most) {
            text += &self.statement();
            if self.budget <= 0 || self.depth > 4 {
                break;
            }
        }
        self.depth -= 1;
        if self.rng.u32(0..3) > 0 {
            text += &self.carry(&mark).unwrap_or_default();
        }
        self.scope.reset(mark);
        text
    }

    /// What a block computed last goes into something that outlives it, so that it matters.
    fn carry(&mut self, outside: &[Variable]) -> Option<String> {
        let value = self.read_float()?;
        let inside = self.scope.mark();
        let same = |v: &Variable| outside.iter().any(|o| o.name == v.name && o.kind == v.kind);
        self.scope
            .reset(inside.iter().filter(|v| same(v)).cloned().collect());
        let place = self.written_float();
        self.scope.reset(inside);
        Some(format!(
            "{} += ({value} * {}).sin();\n",
            place?,
            self.literal()
        ))
    }
    /// A new float, or an old name bound again.
    pub fn declaration(&mut self) -> String {
        let mutable = self.rng.u32(0..3) > 0;
        let keyword = if mutable { "let mut" } else { "let" };
        if self.rarely(6) {
            return self.deferred();
        }
        let value = self.typed(3);
        let old = self.rebindable();
        let name = match old {
            Some(name) if self.rarely(4) => name,
            _ => self.fresh("x"),
        };
        self.scope.add(Variable::new(&name, Kind::Float, mutable));
        format!("{keyword} {name} = {value};\n")
    }

    /// A float whose name may be bound again: not one that a loop or an alias relies on.
    fn rebindable(&mut self) -> Option<String> {
        let fits = |v: &&Variable| v.kind == Kind::Float && v.name.starts_with('x');
        let all: Vec<String> = self
            .scope
            .visible()
            .filter(fits)
            .map(|v| v.name.clone())
            .collect();
        self.pick(&all).cloned()
    }

    fn deferred(&mut self) -> String {
        let name = self.fresh("x");
        let condition = self.condition();
        let mark = self.scope.mark();
        let (first, a) = (self.block(1), self.typed(2));
        self.scope.reset(mark);
        let b = self.tame(2);
        self.scope.add(Variable::new(&name, Kind::Float, false));
        format!(
            "let {name};\nif {condition} {{ {first} {name} = {a}; }} else {{ {name} = {b}; }}\n"
        )
    }

    pub fn assignment(&mut self) -> String {
        let Some(place) = self.written_float() else {
            return self.declaration();
        };
        match self.rng.u32(0..9) {
            0..3 => format!("{place} = {};\n", self.tame(2)),
            3 | 4 => format!("{place} += {};\n", self.tame(2)),
            5 => format!("{place} -= {};\n", self.tame(2)),
            6 => format!("{place} *= ({}).cos();\n", self.typed(2)),
            7 => {
                let lit = self.literal();
                let by = self.tame(1);
                format!("{place} /= {{ let d = {by}; 1.0 + {lit} + d * d }};\n")
            }
            _ => match self.written_float() {
                // Two different places: rustc accepts the same one twice, and so must we.
                Some(other) => {
                    format!(
                        "({place}, {other}) = ({}, {});\n",
                        self.tame(1),
                        self.tame(1)
                    )
                }
                None => format!("{place} %= 1.0 + {};\n", self.literal()),
            },
        }
    }

    fn branch(&mut self) -> String {
        let condition = self.condition();
        let first = self.block(3);
        match self.rng.u32(0..4) {
            0 => format!("if {condition} {{ {first} }}\n"),
            1 => {
                let other = self.condition();
                let (second, third) = (self.block(2), self.block(2));
                format!(
                    "if {condition} {{ {first} }} else if {other} {{ {second} }} else {{ {third} }}\n"
                )
            }
            2 => {
                let mark = self.scope.mark();
                let a = self.typed(2);
                self.scope.reset(mark);
                let (second, b) = (self.block(1), self.typed(2));
                let value = format!("if {condition} {{ {first} {a} }} else {{ {second} {b} }}");
                self.let_list(Kind::Float, &value)
            }
            _ => format!(
                "if {condition} {{ {first} }} else {{ {} }}\n",
                self.block(2)
            ),
        }
    }

    fn matching(&mut self) -> String {
        let scrutinee = self.int(2);
        let (a, b, c) = (self.block(2), self.block(2), self.block(2));
        match self.rng.u32(0..3) {
            0 => format!(
                "match ({scrutinee}) % 4 {{ 0 | 2 => {{ {a} }} 1 => {{ {b} }} _ => {{ {c} }} }}\n"
            ),
            1 => {
                let condition = self.condition();
                format!(
                    "match {scrutinee} {{ 0..=2 => {{ {a} }} k if {condition} && k % 2 == 0 => {{ {b} }} _ => {{ {c} }} }}\n"
                )
            }
            _ => {
                let condition = self.condition();
                format!(
                    "match (({scrutinee}) % 2, {condition}) {{ (0, true) => {{ {a} }} (_, false) => {{ {b} }} _ => {{ {c} }} }}\n"
                )
            }
        }
    }

    /// A block that is left early.
    fn labelled_block(&mut self) -> String {
        let label = self.fresh("b");
        let mark = self.scope.mark();
        let valued = self.rng.bool();
        self.loops.push(Loop {
            label: Some(label.clone()),
            valued,
            block: true,
        });
        let (first, exit, last) = (
            self.statement(),
            self.exit().unwrap_or_default(),
            self.statement(),
        );
        let value = if valued { self.typed(2) } else { String::new() };
        self.loops.pop();
        self.scope.reset(mark);
        let text = format!("'{label}: {{ {first} {exit} {last} {value} }}");
        if valued {
            self.let_list(Kind::Float, &text)
        } else {
            text + "\n"
        }
    }

    fn tuple(&mut self) -> String {
        let (a, b) = (self.typed(2), self.typed(2));
        match self.rng.u32(0..4) {
            0 => self.let_list(Kind::Pair, &format!("({a}, {b})")),
            3 => {
                let c = self.typed(1);
                self.let_list(Kind::Nested, &format!("({a}, [{b}, {c}])"))
            }
            form => {
                let (x, y) = (self.fresh("x"), self.fresh("x"));
                self.scope.add(Variable::new(&x, Kind::Float, true));
                self.scope.add(Variable::new(&y, Kind::Float, false));
                if form == 1 {
                    format!("let (mut {x}, {y}) = ({a}, {b});\n")
                } else {
                    format!("let [mut {x}, {y}] = [{a}, {b}];\n")
                }
            }
        }
    }

    /// Integers and booleans, some decided by floats.
    fn integer(&mut self) -> String {
        let fits = |v: &&Variable| v.kind == Kind::Int && v.writable;
        let all: Vec<String> = self
            .scope
            .visible()
            .filter(fits)
            .map(|v| v.name.clone())
            .collect();
        let old = self.pick(&all).cloned();
        match (old, self.rng.u32(0..6)) {
            (_, 5) if self.writable_indices().is_some() => {
                let (name, len) = self.writable_indices().unwrap_or_default();
                format!("{name}[{}] = ({}) % 6;\n", self.bounded(len), self.int(2))
            }
            (Some(name), 0..3) => format!("{name} = ({}) % 6;\n", self.int(2)),
            (_, 3) => {
                let (float, lit) = (self.typed(2), self.literal());
                self.let_int(&format!("(({float}).tanh() * 2.3 + 2.5 + {lit}) as usize"))
            }
            (_, 4) => {
                let condition = self.condition();
                let name = self.fresh("c");
                let mutable = self.rng.bool();
                self.scope.add(Variable::new(&name, Kind::Bool, mutable));
                format!(
                    "let {}{name} = {condition};\n",
                    if mutable { "mut " } else { "" }
                )
            }
            _ => {
                let value = self.int(2);
                self.let_int(&format!("({value}) % 7"))
            }
        }
    }

    fn writable_indices(&mut self) -> Option<(String, usize)> {
        self.scope.visible().find_map(|v| match v.kind {
            Kind::Indices { len } if v.writable => Some((v.name.clone(), len)),
            _ => None,
        })
    }

    fn let_int(&mut self, value: &str) -> String {
        let name = self.fresh("k");
        let mutable = self.rng.bool();
        self.scope.add(Variable::new(&name, Kind::Int, mutable));
        format!(
            "let {}{name}: usize = {value};\n",
            if mutable { "mut " } else { "" }
        )
    }

    /// A conditional `break`, `continue` or `return`, with something done before.
    fn exit(&mut self) -> Option<String> {
        let mut ways = Vec::new();
        let mut innermost = true;
        for around in self.loops.clone().into_iter().rev() {
            let label = match around.label {
                Some(label) => format!(" '{label}"),
                None if innermost => String::new(),
                None => continue,
            };
            let value = if around.valued {
                self.typed(1)
            } else {
                String::new()
            };
            ways.push(format!("break{label} {value};"));
            if !around.block {
                ways.push(format!("continue{label};"));
            }
            // Through a labelled block, too, rustc wants a label.
            innermost = false;
        }
        let result = self.result();
        ways.push(if self.returns == Returns::Nothing {
            "return;".into()
        } else {
            format!("return {result};")
        });
        let way = self.pick(&ways)?.clone();
        let condition = self.condition();
        let mark = self.scope.mark();
        let before = if self.rng.bool() {
            self.assignment()
        } else {
            String::new()
        };
        self.scope.reset(mark);
        Some(format!("if {condition} {{ {before} {way} }}\n"))
    }

    fn nested_block(&mut self) -> String {
        if self.rng.bool() {
            return format!("{{ {} }}\n", self.block(3));
        }
        let mark = self.scope.mark();
        let (first, value) = (self.block(2), self.typed(2));
        self.scope.reset(mark);
        self.let_list(Kind::Float, &format!("{{ {first} {value} }}"))
    }
}

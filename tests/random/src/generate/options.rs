//! Options that are made, matched, changed and overwritten.

use super::scope::{Kind, Variable};
use super::{Generator, Returns};

impl Generator {
    pub fn option_statement(&mut self) -> String {
        let Some(name) = self.named(&Kind::Opt) else {
            return self.new_option();
        };
        match self.rng.u32(0..12) {
            0 => self.new_option(),
            1 | 2 => self.with_option(true, |g, o| format!("{o} = {};\n", g.option_value(2))),
            3 => {
                let z = self.fresh("z");
                let body = self.where_bound(&[(&z, Kind::Float, false)], 2);
                let other = self.block(1);
                let by = *self.pick(&["", "else"]).unwrap_or(&"");
                match by {
                    "" => format!("if let Some({z}) = {name} {{ {body} }}\n"),
                    _ => format!("if let Some({z}) = {name} {{ {body} }} else {{ {other} }}\n"),
                }
            }
            4 | 5 => self.with_option(true, |g, o| {
                let z = g.fresh("z");
                let mark = g.scope.mark();
                g.scope.borrow(o, true);
                let value = g.tame(1);
                let body = g.where_bound(&[(&z, Kind::Pointer, true)], 2);
                g.scope.reset(mark);
                let (head, end) = *g
                    .pick(&[("if let Some", ""), ("if let Some", " else { }")])
                    .unwrap_or(&("if let Some", ""));
                format!("{head}({z}) = &mut {o} {{ *{z} = (*{z} + {value}).sin(); {body} }}{end}\n")
            }),
            6 => {
                let z = self.fresh("z");
                let lit = self.literal();
                let a = self.where_bound(&[(&z, Kind::Float, false)], 2);
                let b = self.where_bound(&[(&z, Kind::Float, false)], 1);
                let c = self.block(2);
                format!(
                    "match {name} {{ Some({z}) if {z} > {lit} => {{ {a} }} Some({z}) => {{ {b} }} None => {{ {c} }} }}\n"
                )
            }
            7 => self.while_some(),
            8 => self.let_else().unwrap_or_else(|| self.new_option()),
            9 => self.with_option(true, |g, o| {
                let z = g.fresh("z");
                let mark = g.scope.mark();
                g.scope.borrow(o, true);
                let value = g.option_value(1);
                g.scope.reset(mark);
                g.scope.add(Variable::new(&z, Kind::Opt, true));
                match g.rng.u32(0..3) {
                    0 => format!("let mut {z} = {o}.take();\n"),
                    1 => format!("let mut {z} = {o}.replace(0.3 + {});\n", g.literal()),
                    _ => format!("let mut {z} = std::mem::replace(&mut {o}, {value});\n"),
                }
            }),
            10 => self.with_option(true, |g, o| {
                let mark = g.scope.mark();
                g.scope.borrow(o, true);
                let value = g.typed(1);
                g.scope.reset(mark);
                format!("*{o}.get_or_insert({value}) += 0.3;\n")
            }),
            _ => self.question_mark().unwrap_or_else(|| self.new_option()),
        }
    }

    fn with_option(&mut self, written: bool, f: impl FnOnce(&mut Self, &str) -> String) -> String {
        let fits = |v: &&Variable| v.kind == Kind::Opt && (v.writable || !written);
        let all: Vec<String> = self
            .scope
            .visible()
            .filter(fits)
            .map(|v| v.name.clone())
            .collect();
        match self.pick(&all).cloned() {
            Some(name) => f(self, &name),
            None => self.new_option(),
        }
    }

    pub fn new_option(&mut self) -> String {
        let value = self.option_value(2);
        let name = self.fresh("o");
        self.scope.add(Variable::new(&name, Kind::Opt, true));
        format!("let mut {name}: Option<f64> = {value};\n")
    }

    /// Some statements that see these variables.
    pub fn where_bound(&mut self, variables: &[(&str, Kind, bool)], most: i32) -> String {
        let mark = self.scope.mark();
        for (name, kind, writable) in variables {
            // A list that a pattern binds may be a `Vec`.
            self.scope.add(Variable {
                reference: matches!(kind, Kind::List { .. }),
                ..Variable::new(*name, kind.clone(), *writable)
            });
        }
        let body = self.block(most);
        self.scope.reset(mark);
        body
    }

    /// Loops while there is something, a few times.
    fn while_some(&mut self) -> String {
        self.with_option(true, |g, o| {
            let (n, z) = (g.fresh("n"), g.fresh("z"));
            let value = g.option_value(1);
            let body = g.inside_loop(|g| g.where_bound(&[(&z, Kind::Float, false)], 2));
            format!(
                "let mut {n}: usize = 0;\nwhile let Some({z}) = {o} {{ {n} += 1; if {n} > 3 {{ break; }} {o} = {value}; {body} }}\n"
            )
        })
    }

    fn let_else(&mut self) -> Option<String> {
        let name = self.named(&Kind::Opt)?;
        let result = self.result();
        let way = match self.loops.last() {
            Some(l) if !l.block && !l.valued => "continue;".to_string(),
            _ if self.returns == Returns::Nothing => "return;".to_string(),
            _ => format!("return {result};"),
        };
        let z = self.fresh("x");
        self.scope.add(Variable::new(&z, Kind::Float, false));
        Some(format!("let Some({z}) = {name} else {{ {way} }};\n"))
    }

    /// `?` in a function that may return nothing or fail.
    fn question_mark(&mut self) -> Option<String> {
        let x = self.fresh("x");
        let text = match self.returns {
            Returns::Opt => format!("let mut {x} = {}?;\n", self.named(&Kind::Opt)?),
            Returns::Fallible => {
                let o = self.named(&Kind::Opt)?;
                format!("let mut {x} = {o}.ok_or_else(|| \"none\".to_string())?;\n")
            }
            _ => return None,
        };
        self.scope.add(Variable::new(&x, Kind::Float, true));
        Some(text)
    }

    pub fn option_value(&mut self, depth: u32) -> String {
        let name = self.named(&Kind::Opt);
        let lit = self.literal();
        match (name, self.rng.u32(0..9)) {
            (Some(o), 0) => format!("{o}.map(|q| (q * {}).sin())", self.simple()),
            (Some(o), 1) => format!("{o}.filter(|q| *q > {lit})"),
            (Some(o), 2) => format!("{o}.or(Some({}))", self.tame(1)),
            (Some(o), 3) => {
                format!("{o}.and_then(|q| if q < {lit} {{ Some(q.cos()) }} else {{ None }})")
            }
            (Some(o), 4) => o,
            (_, 5) => match self.readable_list(1) {
                Some(list) => {
                    let how = *self
                        .pick(&["first().copied()", "iter().copied().reduce(f64::min)"])
                        .unwrap_or(&"last().copied()");
                    format!("{}.{how}", list.name)
                }
                None => "None".into(),
            },
            (_, 6) => "None".into(),
            (_, 7) => {
                let condition = self.condition();
                format!(
                    "if {condition} {{ Some({}) }} else {{ None }}",
                    self.tame(depth)
                )
            }
            _ => format!("Some({})", self.tame(depth)),
        }
    }

    /// A float out of an option.
    pub fn option_float(&mut self, depth: u32) -> Option<String> {
        let o = self.named(&Kind::Opt)?;
        let a = self.typed(depth.min(1));
        Some(match self.rng.u32(0..5) {
            0 => format!("{o}.unwrap_or({a})"),
            1 => format!("{o}.map_or({a}, |q| (q * 0.7).cos())"),
            2 => format!("{o}.map(|q| q * {}).unwrap_or(0.4)", self.simple()),
            3 => format!("(if let Some(q) = {o} {{ q * {a} }} else {{ {a} }})"),
            _ => format!(
                "(match {o} {{ Some(q) if q > 0.2011 => q * q, Some(q) => q - {a}, None => 0.3 }})"
            ),
        })
    }
}

//! Whole values that are overwritten, and references to parts of them.

use super::Generator;
use super::scope::{Form, Kind, Variable};

impl Generator {
    /// A whole list, row, pair or boolean is assigned.
    pub fn replace(&mut self) -> Option<String> {
        let fits = |v: &&Variable| {
            v.writable && !matches!(v.kind, Kind::Float | Kind::Int | Kind::Pointer)
        };
        let all: Vec<Variable> = self.scope.visible().filter(fits).cloned().collect();
        let Variable { name, kind, .. } = self.pick(&all)?.clone();
        // A list over whose length an index runs keeps that length.
        let run_over = self.scope.visible().any(|v| v.within.contains(&name));
        let several = |g: &mut Self, n| (0..n).map(|_| g.tame(1)).collect::<Vec<_>>().join(", ");
        Some(match kind {
            Kind::List {
                form: Form::Array,
                len,
                exact: true,
            } => {
                let same = self.named(&kind).filter(|_| self.rng.bool());
                let value = same.unwrap_or_else(|| format!("[{}]", several(self, len)));
                format!("{name} = {value};\n")
            }
            Kind::List {
                form: Form::Vec,
                len,
                ..
            } if !run_over => match self.rng.u32(0..3) {
                0 => format!("{name} = vec![{}; {len}];\n", self.tame(1)),
                1 => format!("{name} = vec![{}];\n", several(self, len)),
                _ => {
                    let other = self.readable_list(len)?.name;
                    format!("{name} = {other}.to_vec();\n")
                }
            },
            Kind::Matrix { rows, width } => match self.rng.u32(0..3) {
                0 => format!(
                    "{name}.swap({}, {});\n",
                    self.bounded_without(&name, rows),
                    self.rng.usize(0..rows)
                ),
                _ => format!(
                    "{name}[{}] = [{}];\n",
                    self.bounded_without(&name, rows),
                    several(self, width)
                ),
            },
            Kind::Pair => format!("{name} = ({}, {});\n", self.tame(1), self.tame(1)),
            Kind::Nested => format!("{name} = ({}, [{}]);\n", self.tame(1), several(self, 2)),
            Kind::Bool => format!("{name} = {};\n", self.condition()),
            _ => return None,
        })
    }

    /// A reference to an element, a subslice or a variable, used for a few statements.
    pub fn alias(&mut self) -> Option<String> {
        let fits = |v: &&Variable| {
            matches!(
                v.kind,
                Kind::Float | Kind::List { .. } | Kind::Matrix { .. } | Kind::Point | Kind::Body
            ) && !v.reference
        };
        let all: Vec<Variable> = self.scope.visible().filter(fits).cloned().collect();
        let of = self.pick(&all).cloned()?;
        let mutably = of.writable && self.rng.u32(0..3) > 0;
        let and = if mutably { "&mut " } else { "&" };
        let name = self.fresh("r");
        let (kind, value) = match of.kind {
            Kind::List { len, .. } if self.rng.bool() => {
                let least = self.rng.usize(1..=len);
                let part = self.part(&of, least, mutably);
                let part = if part.ends_with(']') {
                    part
                } else {
                    format!("{and}{}[..]", of.name)
                };
                (
                    Kind::List {
                        form: Form::Slice,
                        len: least,
                        exact: false,
                    },
                    part,
                )
            }
            Kind::List { len, .. } => (
                Kind::Pointer,
                format!("{and}{}[{}]", of.name, self.other_index(&of.name, len)),
            ),
            Kind::Matrix { rows, width } => {
                let row = self.bounded(rows);
                (
                    Kind::List {
                        form: Form::Slice,
                        len: width,
                        exact: true,
                    },
                    format!("{and}{}[{row}]", of.name),
                )
            }
            Kind::Point | Kind::Body => (of.kind.clone(), format!("{and}{}", of.name)),
            _ => (Kind::Pointer, format!("{and}{}", of.name)),
        };
        let reference = matches!(kind, Kind::Point | Kind::Body);
        // The part of a slice may have its name; an index that runs over it would be too large.
        let slice = matches!(
            of.kind,
            Kind::List {
                form: Form::Slice,
                ..
            }
        ) && value.ends_with(']');
        let run_over = self.scope.visible().any(|v| v.within.contains(&of.name));
        let part = matches!(kind, Kind::List { .. });
        if slice && part && !run_over && self.rarely(3) {
            let mark = self.scope.mark();
            self.scope.add(Variable::new(&of.name, kind, mutably));
            let body = self.block(3);
            self.scope.reset(mark);
            return Some(format!("{{ let {} = {value};\n{body} }}\n", of.name));
        }
        let mark = self.scope.mark();
        self.scope.borrow(&of.name, mutably);
        self.scope.add(Variable {
            reference,
            ..Variable::new(&name, kind, mutably)
        });
        self.depth += 1;
        let mut body = String::new();
        for _ in 0..self.rng.u32(1..4) {
            body += &self.statement();
        }
        self.depth -= 1;
        // Without braces the borrow ends where the alias is used for the last time.
        let open = mutably && self.rng.bool();
        if open {
            if let Some(variable) = self.scope.find(&of.name) {
                (variable.hidden, variable.writable) = (false, true);
            }
            self.scope.borrow(&name, true);
            return Some(format!("let {name} = {value};\n{body}"));
        }
        self.scope.reset(mark);
        Some(format!("{{ let {name} = {value};\n{body} }}\n"))
    }
}

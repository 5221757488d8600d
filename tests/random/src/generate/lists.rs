//! Lists: which may be read or written, their parts, and whole-list operations.

use super::Generator;
use super::scope::{Form, Kind, Variable};

impl Generator {
    /// A list that may be written, with at least `len` elements.
    pub fn writable_list(&mut self, len: usize) -> Option<Variable> {
        self.list(len, true)
    }

    pub fn readable_list(&mut self, len: usize) -> Option<Variable> {
        self.list(len, false)
    }

    fn list(&mut self, least: usize, written: bool) -> Option<Variable> {
        let fits = |v: &&Variable| {
            matches!(v.kind, Kind::List { len, .. } if len >= least) && (v.writable || !written)
        };
        let all: Vec<Variable> = self.scope.visible().filter(fits).cloned().collect();
        self.pick(&all).cloned()
    }

    /// A borrow of at least `least` elements: whole, or a subslice with fixed or computed bounds.
    pub fn part(&mut self, variable: &Variable, least: usize, mutably: bool) -> String {
        let Kind::List { len, form, .. } = variable.kind else {
            return String::new();
        };
        let (name, and) = (&variable.name, if mutably { "&mut " } else { "&" });
        let room = len - least;
        match self.rng.u32(0..6) {
            // Passing the reference itself reborrows it.
            0 if form == Form::Slice => name.clone(),
            0 if self.rng.bool() => format!("{and}{name}[..]"),
            0 | 1 if form != Form::Slice => format!("{and}{name}"),
            0 | 1 => format!("{and}{name}[..]"),
            2 => format!("{and}{name}[{}..]", self.rng.usize(0..=room)),
            3 => format!("{and}{name}[..{}]", least + self.rng.usize(0..=room)),
            4 => format!("{and}{name}[{}..]", self.bounded_without(name, room + 1)),
            _ => {
                let low = self.rng.usize(0..=room);
                format!("{and}{name}[{low}..{}]", low + least)
            }
        }
    }

    /// A new list or matrix.
    pub fn new_list(&mut self) -> String {
        let len = self.rng.usize(1..5);
        let several = |g: &mut Self, n| (0..n).map(|_| g.typed(2)).collect::<Vec<_>>().join(", ");
        let list = |form, len, exact| Kind::List { form, len, exact };
        match self.rng.u32(0..9) {
            0 => {
                let value = format!("[{}; {len}]", self.typed(2));
                self.let_list(list(Form::Array, len, true), &value)
            }
            1 => {
                let value = format!("[{}]", several(self, len));
                self.let_list(list(Form::Array, len, true), &value)
            }
            2 => {
                let value = format!("vec![{}; {len}]", self.typed(2));
                self.let_list(list(Form::Vec, len, true), &value)
            }
            3 => {
                let value = format!("vec![{}; 1 + ({}) % 3]", self.typed(2), self.int(1));
                self.let_list(list(Form::Vec, 1, false), &value)
            }
            4 => {
                let value = format!("vec![{}]", several(self, len));
                self.let_list(list(Form::Vec, len, true), &value)
            }
            5 => match self.readable_list(1) {
                Some(Variable {
                    name,
                    kind: Kind::List { len, exact, form },
                    ..
                }) => {
                    let copy = if form == Form::Vec && self.rng.bool() {
                        "clone"
                    } else {
                        "to_vec"
                    };
                    self.let_list(list(Form::Vec, len, exact), &format!("{name}.{copy}()"))
                }
                _ => self.pushed(),
            },
            6 => self.pushed(),
            7 => {
                let width = self.rng.usize(1..4);
                let rows: Vec<String> = (0..len)
                    .map(|_| format!("[{}]", several(self, width)))
                    .collect();
                let (open, close) = *self
                    .pick(&[("[", "]"), ("vec![", "]")])
                    .unwrap_or(&("[", "]"));
                let value = format!("{open}{}{close}", rows.join(", "));
                self.let_list(Kind::Matrix { rows: len, width }, &value)
            }
            _ => {
                let indices: Vec<String> = (0..len).map(|_| self.int(1)).collect();
                self.let_list(Kind::Indices { len }, &format!("[{}]", indices.join(", ")))
            }
        }
    }

    /// A `Vec` filled by `push`.
    fn pushed(&mut self) -> String {
        let name = self.fresh("v");
        let start = *self
            .pick(&["Vec::new()", "Vec::with_capacity(4)"])
            .unwrap_or(&"Vec::new()");
        let mut text = format!("let mut {name}: Vec<f64> = {start};\n");
        let len = self.rng.usize(1..3);
        for _ in 0..len {
            text += &format!("{name}.push({});\n", self.typed(2));
        }
        self.scope.add(Variable::new(
            name,
            Kind::List {
                form: Form::Vec,
                len,
                exact: false,
            },
            true,
        ));
        text
    }

    /// An operation on a whole list; `None` if there is nothing to do it on.
    pub fn list_operation(&mut self) -> Option<String> {
        let target = self.writable_list(1)?;
        let name = target.name.clone();
        let Kind::List { len, form, .. } = target.kind else {
            return None;
        };
        let mark = self.scope.mark();
        let text = match self.rng.u32(0..6) {
            0 | 1 => {
                self.scope.borrow(&name, true);
                format!(
                    "{name}.swap({}, {});\n",
                    self.bounded(len),
                    self.bounded(len)
                )
            }
            2 => {
                self.scope.borrow(&name, true);
                let value = self.tame(1);
                format!("{}.fill({value});\n", self.whole_or_part(&name, len))
            }
            3 | 4 => {
                self.scope.borrow(&name, true);
                let source = self.readable_list(1);
                let Some(Variable {
                    name: from,
                    kind: Kind::List { len: other, .. },
                    ..
                }) = source
                else {
                    self.scope.reset(mark);
                    return None;
                };
                let count = self.rng.usize(1..=len.min(other));
                let (to, at) = (
                    self.rng.usize(0..=len - count),
                    self.rng.usize(0..=other - count),
                );
                format!(
                    "{name}[{to}..{}].copy_from_slice(&{from}[{at}..{}]);\n",
                    to + count,
                    at + count
                )
            }
            // Loops around could push without bound of time, so their counts stay small.
            _ if form == Form::Vec && self.loops.len() < 2 => {
                format!("{name}.push({});\n", self.tame(1))
            }
            _ => format!(
                "{name}[{}] = {};\n",
                self.bounded_without(&name, len),
                self.tame(2)
            ),
        };
        self.scope.reset(mark);
        Some(text)
    }

    fn whole_or_part(&mut self, name: &str, len: usize) -> String {
        if self.rng.bool() {
            name.to_string()
        } else {
            format!("{name}[{}..]", self.rng.usize(0..len))
        }
    }
}

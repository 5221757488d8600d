//! Vectors that grow, shrink and are sorted; vectors of vectors; lists taken apart.

use super::Generator;
use super::scope::{Form, Kind, Variable};

impl Generator {
    pub fn vector_statement(&mut self) -> Option<String> {
        match self.rng.u32(0..10) {
            0..3 => self.resized(),
            3 => self.sorted(),
            4 => self.split(),
            5 => self.taken_apart(),
            6 => self.chunked(),
            7 => Some(self.new_rows()),
            _ => self.changed_rows().or_else(|| Some(self.new_rows())),
        }
    }

    /// Some `Vec<Vec<f64>>`: its name, how many rows, how many floats in each at least.
    pub fn rows(&mut self) -> Option<(String, usize, usize)> {
        let of = |v: &Variable| match v.kind {
            Kind::Rows { rows, width } => Some((v.name.clone(), rows, width)),
            _ => None,
        };
        let all: Vec<(String, usize, usize)> = self.scope.visible().filter_map(of).collect();
        self.pick(&all).cloned()
    }

    fn new_rows(&mut self) -> String {
        let (rows, width) = (self.rng.usize(1..4), self.rng.usize(1..3));
        let list: Vec<String> = (0..rows)
            .map(|_| {
                let more = self.rng.usize(0..2);
                let row: Vec<String> = (0..width + more).map(|_| self.typed(1)).collect();
                format!("vec![{}]", row.join(", "))
            })
            .collect();
        let name = self.fresh("m");
        self.scope
            .add(Variable::new(&name, Kind::Rows { rows, width }, true));
        format!(
            "let mut {name}: Vec<Vec<f64>> = vec![{}];\n",
            list.join(", ")
        )
    }

    fn changed_rows(&mut self) -> Option<String> {
        let fits = |v: &&Variable| v.writable && matches!(v.kind, Kind::Rows { .. });
        let all: Vec<Variable> = self.scope.visible().filter(fits).cloned().collect();
        let Variable {
            name,
            kind: Kind::Rows { rows, width },
            ..
        } = self.pick(&all)?.clone()
        else {
            return None;
        };
        let row = self.bounded_without(&name, rows);
        let mark = self.scope.mark();
        self.scope.borrow(&name, true);
        let text = match self.rng.u32(0..7) {
            0 => format!("{name}[{row}].push({});\n", self.tame(1)),
            1 => {
                let list: Vec<String> = (0..width).map(|_| self.tame(1)).collect();
                format!("{name}[{row}] = vec![{}];\n", list.join(", "))
            }
            2 => format!("{name}.swap({row}, {});\n", self.rng.usize(0..rows)),
            3 => {
                let list: Vec<String> = (0..width).map(|_| self.tame(1)).collect();
                format!(
                    "if {name}.len() < 6 {{ {name}.push(vec![{}]); }}\n",
                    list.join(", ")
                )
            }
            4 => {
                let (r, q) = (self.fresh("r"), self.fresh("e"));
                let body = self.tame(1);
                format!(
                    "for {r} in {name}.iter_mut() {{ for {q} in {r}.iter_mut() {{ *{q} = (*{q} * 0.8 + {body}).sin(); }} }}\n"
                )
            }
            5 => {
                let r = self.fresh("r");
                let kind = Kind::List {
                    form: Form::Vec,
                    len: width,
                    exact: false,
                };
                self.scope.reset(mark.clone());
                self.scope.borrow(&name, false);
                let body = self.inside_loop(|g| g.where_bound(&[(&r, kind, false)], 3));
                format!("for {r} in &{name} {{ {body} }}\n")
            }
            _ => {
                let copy = self.fresh("v");
                self.scope.reset(mark);
                let kind = Kind::List {
                    form: Form::Vec,
                    len: width,
                    exact: false,
                };
                self.scope.add(Variable::new(&copy, kind, true));
                return Some(format!(
                    "let mut {copy}: Vec<f64> = {name}[{row}].clone();\n"
                ));
            }
        };
        self.scope.reset(mark);
        Some(text)
    }

    /// A local `Vec` that no index runs over.
    fn growing(&mut self) -> Option<(String, usize)> {
        let over: Vec<String> = self
            .scope
            .visible()
            .flat_map(|v| v.within.clone())
            .collect();
        let of = |v: &Variable| match v.kind {
            Kind::List {
                form: Form::Vec,
                len,
                ..
            } if v.writable && !over.contains(&v.name) => Some((v.name.clone(), len)),
            _ => None,
        };
        let all: Vec<(String, usize)> = self.scope.visible().filter_map(of).collect();
        self.pick(&all).cloned()
    }

    fn resized(&mut self) -> Option<String> {
        let (name, len) = self.growing()?;
        let mark = self.scope.mark();
        self.scope.borrow(&name, true);
        let z = self.fresh("z");
        let (value, place) = (self.tame(1), self.written_float());
        let place = place.unwrap_or_else(|| "_".into());
        let more = len + 4;
        let text = match self.rng.u32(0..9) {
            0 => format!("if {name}.len() < {more} {{ {name}.push({value}); }}\n"),
            1 => format!(
                "if {name}.len() > {len} {{ let {z} = {name}.pop().unwrap(); {place} = ({z} * 0.7).sin(); }}\n"
            ),
            2 => format!(
                "if let Some({z}) = {name}.pop() {{ {name}.push(({z} * {value}).sin()); }}\n"
            ),
            3 => format!("if {name}.len() > {len} {{ {name}.truncate({len}); }}\n"),
            4 => format!("{name}.resize({}, {value});\n", len + self.rng.usize(0..3)),
            5 => format!(
                "{name}.insert({}, {value}); {name}.truncate({more});\n",
                self.rng.usize(0..=len)
            ),
            6 => format!(
                "if {name}.len() > {len} {{ let {z} = {name}.remove({}); {name}[0] += {z}.cos(); }}\n",
                self.rng.usize(0..len)
            ),
            7 => match self.readable_list(1) {
                Some(other) => format!(
                    "if {name}.len() < {more} {{ {name}.extend({}.iter().map(|q| q * 0.3)); }}\n",
                    other.name
                ),
                None => format!("{name}.extend_from_slice(&[{value}, 0.2]);\n"),
            },
            _ => {
                let list: Vec<String> = (0..len).map(|_| self.tame(0)).collect();
                format!(
                    "{name}.clear(); {name}.extend_from_slice(&[{}]);\n",
                    list.join(", ")
                )
            }
        };
        self.scope.reset(mark);
        Some(text)
    }

    fn sorted(&mut self) -> Option<String> {
        let name = self.writable_list(1)?.name;
        Some(match self.rng.u32(0..5) {
            0 => format!("{name}.sort_by(|q, r| q.partial_cmp(r).unwrap());\n"),
            1 => format!("{name}.sort_by(|q, r| r.total_cmp(q));\n"),
            2 => format!("{name}.reverse();\n"),
            3 => format!("{name}.rotate_left(1);\n"),
            _ => format!("{name}[..1].reverse(); {name}.sort_by(f64::total_cmp);\n"),
        })
    }

    /// Two halves, one or both of them changed.
    fn split(&mut self) -> Option<String> {
        let list = self.writable_list(2)?;
        let (name, a, b) = (list.name, self.fresh("r"), self.fresh("r"));
        let Kind::List { len, .. } = list.kind else {
            return None;
        };
        let at = self.rng.usize(1..len);
        let mark = self.scope.mark();
        self.scope.borrow(&name, true);
        let part = |len| Kind::List {
            form: Form::Slice,
            len,
            exact: false,
        };
        let parts = [(&*a, part(at), true), (&*b, part(len - at), true)];
        let body = self.where_bound(&parts, 4);
        self.scope.reset(mark);
        Some(format!(
            "{{ let ({a}, {b}) = {name}.split_at_mut({at}); {a}[0] += {b}[0] * 0.3; {body} }}\n"
        ))
    }

    /// Patterns of slices and arrays.
    fn taken_apart(&mut self) -> Option<String> {
        let list = self.readable_list(1)?;
        let (name, a, b) = (list.name, self.fresh("z"), self.fresh("z"));
        let (of_a, of_b) = ((&*a, Kind::Pointer, false), (&*b, Kind::Pointer, false));
        let rest = Kind::List {
            form: Form::Slice,
            len: 1,
            exact: false,
        };
        let mark = self.scope.mark();
        self.scope.borrow(&name, false);
        let text = match self.rng.u32(0..4) {
            0 => {
                let body = self.where_bound(&[of_a.clone(), of_b.clone()], 2);
                format!("if let [{a}, .., {b}] = &{name}[..] {{ {body} }}\n")
            }
            1 => {
                let first = self.where_bound(std::slice::from_ref(&of_a), 2);
                let second = self.where_bound(&[of_a.clone(), (&b, rest, false)], 2);
                let third = self.where_bound(&[], 1);
                format!(
                    "match &{name}[..] {{ [{a}] => {{ {first} }} [{a}, {b} @ ..] => {{ {second} }} [] => {{ {third} }} }}\n"
                )
            }
            2 => {
                let body = self.where_bound(&[of_a.clone(), of_b.clone()], 2);
                format!(
                    "if let (Some({a}), Some({b})) = ({name}.first(), {name}.last()) {{ {body} }}\n"
                )
            }
            _ => {
                let body = self.where_bound(std::slice::from_ref(&of_a), 2);
                let index = self.int(1);
                format!("if let Some({a}) = {name}.get({index}) {{ {body} }}\n")
            }
        };
        self.scope.reset(mark);
        Some(text)
    }

    /// Loops over windows and chunks.
    fn chunked(&mut self) -> Option<String> {
        let list = self.readable_list(1)?;
        let (name, w) = (list.name.clone(), self.fresh("w"));
        let part = |len| Kind::List {
            form: Form::Slice,
            len,
            exact: false,
        };
        let mark = self.scope.mark();
        let written = list.writable && self.rng.bool();
        self.scope.borrow(&name, written);
        let text = if written {
            let body = self.inside_loop(|g| g.where_bound(&[(&w, part(1), true)], 3));
            format!(
                "for {w} in {name}.chunks_mut(2) {{ {w}[0] = ({w}[0] * {w}[{w}.len() - 1]).sin(); {body} }}\n"
            )
        } else {
            let body = self.inside_loop(|g| g.where_bound(&[(&w, part(2), false)], 3));
            format!("for {w} in {name}.windows(2) {{ {body} }}\n")
        };
        self.scope.reset(mark);
        Some(text)
    }
}

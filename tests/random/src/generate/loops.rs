//! Loops: counted, over lists, and dynamic with a bound on their trips.

use super::scope::{Form, Kind, Variable};
use super::{Generator, Loop};

impl Generator {
    /// `None` if loops are already as deep as they may be.
    pub fn looping(&mut self) -> Option<String> {
        if self.loops.iter().filter(|l| !l.block).count() >= self.loop_limit {
            return None;
        }
        let label = self.rarely(4).then(|| self.fresh("l"));
        let mark = self.scope.mark();
        let form = self.rng.u32(0..10);
        let valued = form == 9 && self.rng.bool();
        self.loops.push(Loop {
            label: label.clone(),
            valued,
            block: false,
        });
        let (before, text) = match form {
            0..4 => self.counted(),
            4..6 => self.over_list().unwrap_or_else(|| self.counted()),
            6 => self.over_rows().unwrap_or_else(|| self.counted()),
            7 | 8 => self.while_loop(),
            _ => self.endless(valued),
        };
        self.loops.pop();
        self.scope.reset(mark);
        let label = label.map(|l| format!("'{l}: ")).unwrap_or_default();
        let value = format!("{label}{text}");
        Some(
            before
                + &if valued {
                    self.let_list(Kind::Float, &value)
                } else {
                    value
                },
        )
    }

    fn counted(&mut self) -> (String, String) {
        let name = self.fresh("i");
        let mut variable = Variable::new(&name, Kind::Int, false);
        let list = self.readable_list(1);
        let range = match (list, self.rng.u32(0..8)) {
            (Some(list), 0..3) => {
                variable.within.push(list.name.clone());
                let start = self.rng.u32(0..2);
                match self.rng.u32(0..4) {
                    0 => format!("({start}..{}.len()).rev()", list.name),
                    1 => format!("(0..{}.len()).step_by(2)", list.name),
                    _ => format!("{start}..{}.len()", list.name),
                }
            }
            (_, 3) => format!(
                "({}_usize..={}).rev()",
                self.rng.u32(0..2),
                self.rng.u32(1..4)
            ),
            (_, 4) => format!(
                "({}_usize..6).step_by({})",
                self.rng.u32(0..3),
                self.rng.u32(2..4)
            ),
            (_, 5) => format!("0_usize..=({}) % 3", self.int(1)),
            (_, 6) => format!("{}..1 + ({}) % 4", self.rng.u32(0..2), self.int(1)),
            _ => format!("{}_usize..{}", self.rng.u32(0..2), self.rng.u32(2..5)),
        };
        self.scope.add(variable);
        let body = self.block(4);
        (
            String::new(),
            format!("for {name} in {range} {{ {body} }}\n"),
        )
    }

    fn over_list(&mut self) -> Option<(String, String)> {
        let list = self.readable_list(1)?;
        let name = list.name.clone();
        let x = self.fresh("e");
        let mutably = list.writable && self.rng.bool();
        if !mutably {
            return Some(self.over_shared(&name, &x));
        }
        self.scope.borrow(&name, true);
        let (i, other) = (self.fresh("i"), self.readable_list(1));
        self.scope.add(Variable::new(&x, Kind::Pointer, true));
        let head = match (other, self.rng.u32(0..5)) {
            (_, 0) => format!("{x} in &mut {name}[..]"),
            (_, 1) => {
                self.scope.add(Variable::new(&i, Kind::Int, false));
                format!("({i}, {x}) in {name}.iter_mut().enumerate()")
            }
            (Some(other), 2) => {
                self.scope.borrow(&other.name, false);
                let y = self.fresh("e");
                self.scope.add(Variable::new(&y, Kind::Pointer, false));
                format!("({x}, {y}) in {name}.iter_mut().zip({}.iter())", other.name)
            }
            (_, 3) => format!("{x} in {name}.iter_mut().rev()"),
            _ => format!("{x} in {name}.iter_mut()"),
        };
        let body = self.block(3);
        Some((String::new(), format!("for {head} {{ {body} }}\n")))
    }

    fn over_rows(&mut self) -> Option<(String, String)> {
        let fits = |v: &&Variable| matches!(v.kind, Kind::Matrix { .. });
        let all: Vec<Variable> = self.scope.visible().filter(fits).cloned().collect();
        let Variable {
            name,
            kind: Kind::Matrix { width, .. },
            writable,
            ..
        } = self.pick(&all)?.clone()
        else {
            return None;
        };
        let mutably = writable && self.rng.bool();
        self.scope.borrow(&name, mutably);
        let row = self.fresh("r");
        let kind = Kind::List {
            form: Form::Slice,
            len: width,
            exact: true,
        };
        self.scope.add(Variable::new(&row, kind, mutably));
        let iterator = match (mutably, self.rng.bool()) {
            (true, true) => format!("{name}.iter_mut()"),
            (true, false) => format!("&mut {name}[..]"),
            (false, true) => format!("{name}.iter()"),
            (false, false) => format!("&{name}[..]"),
        };
        let body = self.block(3);
        Some((
            String::new(),
            format!("for {row} in {iterator} {{ {body} }}\n"),
        ))
    }

    fn over_shared(&mut self, name: &str, x: &str) -> (String, String) {
        self.scope.borrow(name, false);
        let (i, y) = (self.fresh("i"), self.fresh("e"));
        let other = self.readable_list(1);
        let pointer =
            |g: &mut Self, name: &str| g.scope.add(Variable::new(name, Kind::Pointer, false));
        let head = match (other, self.rng.u32(0..7)) {
            (_, 0) => {
                self.scope.add(Variable::new(x, Kind::Float, false));
                format!("&{x} in {name}.iter()")
            }
            (_, 1) => {
                pointer(self, x);
                self.scope.add(Variable {
                    within: vec![name.into()],
                    ..Variable::new(&i, Kind::Int, false)
                });
                format!("({i}, {x}) in {name}.iter().enumerate()")
            }
            (_, 2) => {
                pointer(self, x);
                format!("{x} in {name}.iter().rev()")
            }
            (Some(other), 3) => {
                self.scope.borrow(&other.name, false);
                pointer(self, x);
                self.scope.add(Variable::new(&y, Kind::Float, false));
                format!("({x}, &{y}) in {name}.iter().zip({}.iter())", other.name)
            }
            (_, 4) => {
                pointer(self, x);
                format!("{x} in &{name}[..]")
            }
            _ => {
                pointer(self, x);
                format!("{x} in {name}.iter()")
            }
        };
        let body = self.block(3);
        (String::new(), format!("for {head} {{ {body} }}\n"))
    }

    /// The count is raised first, so that `continue` cannot run for ever.
    fn while_loop(&mut self) -> (String, String) {
        let count = self.fresh("n");
        let condition = self.condition();
        self.scope.add(Variable::new(&count, Kind::Int, false));
        let body = self.block(3);
        let most = self.rng.u32(2..5);
        let test = match self.rng.u32(0..3) {
            0 => format!("{count} < {most}"),
            1 => format!("{count} < {most} && ({condition})"),
            _ => format!("({condition}) && {count} < {most}"),
        };
        let text = format!("while {test} {{ {count} += 1; {body} }}\n");
        (format!("let mut {count}: usize = 0;\n"), text)
    }

    /// The bound stands first, because of `continue`.
    fn endless(&mut self, valued: bool) -> (String, String) {
        let count = self.fresh("n");
        self.scope.add(Variable::new(&count, Kind::Int, false));
        let mark = self.scope.mark();
        let leave = |g: &mut Self| {
            if valued {
                format!("break {};", g.typed(2))
            } else {
                "break;".into()
            }
        };
        let first = leave(self);
        let body = self.block(3);
        self.scope.reset(mark);
        let (end, last) = (self.condition(), leave(self));
        let most = self.rng.u32(2..5);
        let text = format!(
            "loop {{ {count} += 1; if {count} > {most} {{ {first} }} {body} if {end} {{ {last} }} }}\n"
        );
        (format!("let mut {count}: usize = 0;\n"), text)
    }
}

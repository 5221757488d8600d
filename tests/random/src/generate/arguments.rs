//! The arguments of calls.

use super::Generator;
use super::scope::{Form, Kind, Variable};
use super::signature::{Parameter, Signature};

impl Generator {
    /// Arguments, and in `before` the statements that make what must have a name.
    pub fn arguments(
        &mut self,
        of: &Signature,
        depth: Option<&str>,
        size: u32,
        before: &mut String,
    ) -> Vec<String> {
        let mark = self.scope.mark();
        // What is passed mutably may not be mentioned by any other argument.
        let mutable: Vec<Option<String>> = of
            .parameters
            .iter()
            .map(|p| self.mutable_argument(p, before))
            .collect();
        let list = of.parameters.iter().zip(mutable);
        let list = list
            .map(|(parameter, mutable)| {
                mutable.unwrap_or_else(|| self.argument(parameter, depth, size))
            })
            .collect();
        self.scope.reset(mark);
        list
    }

    fn mutable_argument(&mut self, parameter: &Parameter, before: &mut String) -> Option<String> {
        match *parameter {
            Parameter::SliceMut(len) => {
                let Some(variable) = self.writable_list(len) else {
                    let name = self.fresh("w");
                    *before += &format!("let mut {name} = vec![{}; {len} + 1];\n", self.typed(1));
                    return Some(format!("&mut {name}"));
                };
                self.scope.borrow(&variable.name, true);
                Some(self.part(&variable, len, true))
            }
            Parameter::FloatMut => {
                let kind = |k: &Kind| matches!(k, Kind::Float | Kind::Pointer | Kind::List { .. });
                let fits = |v: &&Variable| v.writable && kind(&v.kind);
                let all: Vec<Variable> = self.scope.visible().filter(fits).cloned().collect();
                let Some(variable) = self.pick(&all).cloned() else {
                    let name = self.fresh("w");
                    *before += &format!("let mut {name} = {};\n", self.typed(1));
                    return Some(format!("&mut {name}"));
                };
                self.scope.borrow(&variable.name, true);
                let name = &variable.name;
                Some(match variable.kind {
                    Kind::List { len, .. } => format!("&mut {name}[{}]", self.bounded(len)),
                    Kind::Pointer => format!("&mut *{name}"),
                    _ => format!("&mut {name}"),
                })
            }
            Parameter::ArrayMut(len) => {
                let kind = Kind::List {
                    form: Form::Array,
                    len,
                    exact: true,
                };
                let value = format!("[{}]", self.several(len, 1));
                Some(self.whole(&kind, &value, before))
            }
            Parameter::RowsMut(rows, width) => {
                let row: Vec<String> = (0..rows)
                    .map(|_| format!("[{}]", self.several(width, 0)))
                    .collect();
                let name = self.whole(
                    &Kind::Matrix { rows, width },
                    &format!("[{}]", row.join(", ")),
                    before,
                );
                Some(format!("{name}[..]"))
            }
            Parameter::PointMut => {
                let place = self.point_place(true);
                let (root, place) = place.unwrap_or_else(|| {
                    let name = self.fresh("w");
                    *before += &format!("let mut {name} = {};\n", self.point_value(1));
                    (name.clone(), name)
                });
                self.scope.borrow(&root, true);
                Some(format!("&mut {}", self.copy_of(&place)))
            }
            Parameter::BodyMut => {
                let place = self.body_place(true);
                let (root, place) = place.unwrap_or_else(|| {
                    let name = self.fresh("w");
                    *before += &format!("let mut {name} = {};\n", self.body_value(1));
                    (name.clone(), name)
                });
                self.scope.borrow(&root, true);
                Some(format!("&mut {}", self.copy_of(&place)))
            }
            Parameter::ShapeMut => {
                let of =
                    |v: &Variable| (v.kind == Kind::Shape && v.writable).then(|| v.name.clone());
                let all: Vec<String> = self.scope.visible().filter_map(of).collect();
                let name = self.pick(&all).cloned().unwrap_or_else(|| {
                    let name = self.fresh("w");
                    *before += &format!("let mut {name} = {};\n", self.shape_value(1));
                    name
                });
                self.scope.borrow(&name, true);
                Some(format!("&mut {}", self.copy_of(&name)))
            }
            Parameter::PointsMut(len) => {
                let of = |v: &Variable| match v.kind {
                    Kind::Points { len: n, .. } if v.writable && n >= len => Some(v.name.clone()),
                    _ => None,
                };
                let all: Vec<String> = self.scope.visible().filter_map(of).collect();
                let name = self.pick(&all).cloned().unwrap_or_else(|| {
                    let name = self.fresh("w");
                    let list: Vec<String> = (0..len).map(|_| self.point_value(1)).collect();
                    *before += &format!("let mut {name} = [{}];\n", list.join(", "));
                    name
                });
                self.scope.borrow(&name, true);
                Some(format!("&mut {name}[..]"))
            }
            _ => None,
        }
    }

    /// A writable variable of exactly this kind, or a new one, borrowed mutably.
    fn whole(&mut self, kind: &Kind, value: &str, before: &mut String) -> String {
        let fits = |v: &&Variable| v.writable && v.kind == *kind;
        let all: Vec<String> = self
            .scope
            .visible()
            .filter(fits)
            .map(|v| v.name.clone())
            .collect();
        let name = self.pick(&all).cloned().unwrap_or_else(|| {
            let name = self.fresh("w");
            *before += &format!("let mut {name} = {value};\n");
            name
        });
        self.scope.borrow(&name, true);
        format!("&mut {name}")
    }

    fn argument(&mut self, parameter: &Parameter, depth: Option<&str>, size: u32) -> String {
        let size = size.saturating_sub(1);
        match *parameter {
            Parameter::Float => self.typed(size),
            Parameter::Slice(len) => match self.readable_list(len) {
                Some(variable) => self.part(&variable, len, false),
                None => format!("&[{}]", self.several(len, size)),
            },
            Parameter::Array(len) => format!("[{}]", self.several(len, size)),
            Parameter::ArrayRef(len) => format!("&[{}]", self.several(len, size)),
            Parameter::Vec(len) => match self.readable_list(len) {
                Some(variable) if self.rng.bool() => format!("{}.to_vec()", variable.name),
                _ => format!("vec![{}]", self.several(len, size)),
            },
            Parameter::Pair => match self.named(&Kind::Pair) {
                Some(name) => name,
                None => format!("({}, {})", self.typed(size), self.typed(size)),
            },
            Parameter::VecRef(len) => match self.list_of(Form::Vec) {
                Some((name, least)) if least >= len => format!("&{name}"),
                _ => format!("&vec![{}]", self.several(len, size)),
            },
            Parameter::Nested => match self.named(&Kind::Nested) {
                Some(name) => name,
                None => format!("({}, [{}])", self.typed(size), self.several(2, size)),
            },
            Parameter::Rows(rows, width) | Parameter::Matrix(rows, width) => {
                let rows: Vec<String> = (0..rows)
                    .map(|_| format!("[{}]", self.several(width, 0)))
                    .collect();
                let and = if matches!(parameter, Parameter::Rows(..)) {
                    "&"
                } else {
                    ""
                };
                format!("{and}[{}]", rows.join(", "))
            }
            Parameter::Count => format!("1 + ({}) % 3", self.int(1)),
            Parameter::Depth => depth.map_or_else(|| self.rng.u32(0..4).to_string(), String::from),
            Parameter::Indices(len) => match self.named(&Kind::Indices { len }) {
                Some(name) => format!("&{name}[..]"),
                None => {
                    let list: Vec<String> = (0..len).map(|_| self.int(1)).collect();
                    format!("&[{}]", list.join(", "))
                }
            },
            Parameter::Point => self.point_value(size.max(1)),
            Parameter::PointRef => match self.point_place(false) {
                Some((_, place)) => format!("&{}", self.copy_of(&place)),
                None => format!("&{}", self.point_value(0)),
            },
            Parameter::Points(len) => {
                let of = |v: &Variable| match v.kind {
                    Kind::Points { len: n, .. } if n >= len => Some(v.name.clone()),
                    _ => None,
                };
                let all: Vec<String> = self.scope.visible().filter_map(of).collect();
                match self.pick(&all).cloned() {
                    Some(name) => format!("&{name}[..]"),
                    None => {
                        let list: Vec<String> = (0..len).map(|_| self.point_value(1)).collect();
                        format!("&[{}]", list.join(", "))
                    }
                }
            }
            Parameter::Body => self.body_value(1),
            Parameter::BodyRef => match self.body_place(false) {
                Some((_, place)) => format!("&{}", self.copy_of(&place)),
                None => format!("&{}", self.body_value(1)),
            },
            Parameter::Shape => self.shape_value(1),
            Parameter::ShapeRef => {
                let of = |v: &Variable| (v.kind == Kind::Shape).then(|| v.name.clone());
                let all: Vec<String> = self.scope.visible().filter_map(of).collect();
                match self.pick(&all).cloned() {
                    Some(name) => format!("&{}", self.copy_of(&name)),
                    None => format!("&({})", self.shape_value(1)),
                }
            }
            Parameter::Opt => self.option_value(1),
            Parameter::PointMut
            | Parameter::PointsMut(_)
            | Parameter::BodyMut
            | Parameter::ShapeMut
            | Parameter::SliceMut(_)
            | Parameter::FloatMut
            | Parameter::ArrayMut(_)
            | Parameter::RowsMut(..) => String::new(),
        }
    }

    fn several(&mut self, len: usize, size: u32) -> String {
        let list: Vec<String> = (0..len).map(|_| self.typed(size)).collect();
        list.join(", ")
    }
}

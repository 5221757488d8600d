//! Parameters, signatures, and calls of the functions generated before.

use super::scope::{Form, Kind, Variable};
use super::{Generator, Returns};

#[derive(Clone, PartialEq, Debug)]
pub enum Parameter {
    Float,
    FloatMut,
    /// A slice of at least so many elements.
    Slice(usize),
    SliceMut(usize),
    Array(usize),
    ArrayRef(usize),
    Vec(usize),
    VecRef(usize),
    ArrayMut(usize),
    Pair,
    Nested,
    /// `&mut [[f64; W]]`.
    RowsMut(usize, usize),
    /// `&[[f64; W]]`.
    Rows(usize, usize),
    Matrix(usize, usize),
    Count,
    Indices(usize),
    /// How often a recursive function calls itself.
    Depth,
}

impl Parameter {
    fn ty(&self) -> String {
        match self {
            Parameter::Float => "f64".into(),
            Parameter::FloatMut => "&mut f64".into(),
            Parameter::Slice(_) => "&[f64]".into(),
            Parameter::SliceMut(_) => "&mut [f64]".into(),
            Parameter::Array(n) => format!("[f64; {n}]"),
            Parameter::ArrayRef(n) => format!("&[f64; {n}]"),
            Parameter::Vec(_) => "Vec<f64>".into(),
            Parameter::VecRef(_) => "&Vec<f64>".into(),
            Parameter::ArrayMut(n) => format!("&mut [f64; {n}]"),
            Parameter::Pair => "(f64, f64)".into(),
            Parameter::Nested => "(f64, [f64; 2])".into(),
            Parameter::RowsMut(_, w) => format!("&mut [[f64; {w}]]"),
            Parameter::Rows(_, w) => format!("&[[f64; {w}]]"),
            Parameter::Matrix(n, w) => format!("[[f64; {w}]; {n}]"),
            Parameter::Count | Parameter::Depth => "usize".into(),
            Parameter::Indices(_) => "&[usize]".into(),
        }
    }

    fn kind(&self) -> Kind {
        let list = |form, len: usize, exact| Kind::List { form, len, exact };
        match *self {
            Parameter::Float => Kind::Float,
            Parameter::FloatMut => Kind::Pointer,
            Parameter::Slice(n) | Parameter::SliceMut(n) | Parameter::VecRef(n) => {
                list(Form::Slice, n, false)
            }
            Parameter::Array(n) => list(Form::Array, n, true),
            Parameter::ArrayRef(n) | Parameter::ArrayMut(n) => list(Form::Slice, n, true),
            Parameter::Vec(n) => list(Form::Vec, n, false),
            Parameter::Pair => Kind::Pair,
            Parameter::Nested => Kind::Nested,
            Parameter::Rows(rows, width)
            | Parameter::RowsMut(rows, width)
            | Parameter::Matrix(rows, width) => Kind::Matrix { rows, width },
            Parameter::Count | Parameter::Depth => Kind::Int,
            Parameter::Indices(len) => Kind::Indices { len },
        }
    }

    fn by_value(&self) -> bool {
        use Parameter::{Array, Float, Matrix, Nested, Pair, Vec};
        matches!(self, Float | Array(_) | Vec(_) | Pair | Nested | Matrix(..))
    }

    pub fn mutable(&self) -> bool {
        use Parameter::{ArrayMut, FloatMut, RowsMut, SliceMut};
        matches!(self, FloatMut | SliceMut(_) | ArrayMut(_) | RowsMut(..))
    }
}

#[derive(Clone, Debug)]
pub struct Signature {
    pub name: String,
    pub parameters: Vec<Parameter>,
    pub returns: Returns,
}

impl Signature {
    /// `list`: patterns and parameters.
    pub fn header(&self, list: &[(String, Parameter)]) -> String {
        let list: Vec<String> = list
            .iter()
            .map(|(name, p)| format!("{name}: {}", p.ty()))
            .collect();
        let result = match self.returns {
            Returns::Nothing => String::new(),
            Returns::Float => "-> f64".into(),
            Returns::Pair => "-> (f64, f64)".into(),
            Returns::Array(n) => format!("-> [f64; {n}]"),
            Returns::Vec => "-> Vec<f64>".into(),
            Returns::Mixed => "-> (f64, Vec<f64>)".into(),
        };
        format!("fn {}({}) {result}", self.name, list.join(", "))
    }
}

impl Generator {
    pub fn parameter(&mut self) -> Parameter {
        let n = self.rng.usize(1..5);
        match self.rng.u32(0..22) {
            0..4 => Parameter::Float,
            4..7 => Parameter::Slice(n),
            7..10 => Parameter::SliceMut(n),
            10 => Parameter::FloatMut,
            11 => Parameter::Array(n),
            12 => Parameter::ArrayRef(n),
            13 => Parameter::Vec(n),
            14 => Parameter::Pair,
            15 => {
                let width = self.rng.usize(1..4);
                if self.rng.bool() {
                    Parameter::Rows(n, width)
                } else {
                    Parameter::Matrix(n, width)
                }
            }
            16 => Parameter::Count,
            17 => Parameter::VecRef(n),
            18 => Parameter::ArrayMut(n),
            19 => Parameter::Nested,
            20 => Parameter::RowsMut(n, self.rng.usize(1..4)),
            _ => Parameter::Indices(n),
        }
    }

    /// Brings parameters into scope: their patterns, and the arguments of `#[program(..)]`.
    pub fn bind(&mut self, parameters: &[Parameter]) -> (Vec<(String, Parameter)>, Vec<String>) {
        let mut arguments = Vec::new();
        let mut list = Vec::new();
        for parameter in parameters {
            let name = self.fresh("p");
            let own = parameter.by_value() && self.rarely(3);
            self.scope.add(Variable::new(
                &name,
                parameter.kind(),
                parameter.mutable() || own,
            ));
            match parameter {
                Parameter::Slice(n)
                | Parameter::SliceMut(n)
                | Parameter::Vec(n)
                | Parameter::VecRef(n)
                | Parameter::Rows(n, _)
                | Parameter::RowsMut(n, _) => {
                    arguments.push(format!("{name}[{n}]"));
                }
                Parameter::Count => arguments.push(format!("{name} = {}", self.rng.u32(1..5))),
                Parameter::Indices(n) => {
                    let indices: Vec<String> =
                        (0..*n).map(|_| self.rng.u32(0..5).to_string()).collect();
                    arguments.push(format!("{name} = [{}]", indices.join(", ")));
                }
                _ => {}
            }
            list.push((
                if own { format!("mut {name}") } else { name },
                parameter.clone(),
            ));
        }
        (list, arguments)
    }

    /// A call that may stand inside an expression: it returns a float and changes nothing.
    pub fn call_value(&mut self, depth: u32) -> Option<String> {
        let fits = |s: &&Signature| {
            s.returns != Returns::Nothing && !s.parameters.iter().any(Parameter::mutable)
        };
        let all: Vec<Signature> = self.functions.iter().filter(fits).cloned().collect();
        let signature = self.pick(&all)?.clone();
        let mut before = String::new();
        let arguments = self.arguments(&signature, None, depth, &mut before);
        let part = match signature.returns {
            Returns::Pair => format!(".{}", self.rng.u32(0..2)),
            Returns::Mixed => ".0".into(),
            Returns::Array(len) => format!("[{}]", self.bounded(len)),
            Returns::Vec => "[0]".into(),
            Returns::Float | Returns::Nothing => String::new(),
        };
        Some(format!(
            "{}({}){part}",
            signature.name,
            arguments.join(", ")
        ))
    }

    /// A statement that calls some function and binds what it returns.
    pub fn call_statement(&mut self) -> Option<String> {
        let all = self.functions.clone();
        let signature = self.pick(&all)?.clone();
        Some(self.call_of(&signature, None))
    }

    /// The same for a given function; `depth` is the last argument of a recursive call.
    pub fn call_of(&mut self, signature: &Signature, depth: Option<&str>) -> String {
        let mut text = String::new();
        let arguments = self.arguments(signature, depth, 2, &mut text);
        let name = &signature.name;
        let path = if self.rarely(5) {
            format!("self::{name}")
        } else {
            name.clone()
        };
        let call = format!("{path}({})", arguments.join(", "));
        match signature.returns.clone() {
            Returns::Nothing => text += &format!("{call};\n"),
            Returns::Float => match self.written_float() {
                Some(place) if self.rng.bool() => text += &format!("{place} = ({call}).tanh();\n"),
                _ => text += &self.let_list(Kind::Float, &call),
            },
            Returns::Pair if self.rng.bool() => {
                let (a, b) = (self.fresh("v"), self.fresh("v"));
                text += &format!("let ({a}, mut {b}) = {call};\n");
                self.scope.add(Variable::new(a, Kind::Float, false));
                self.scope.add(Variable::new(b, Kind::Float, true));
            }
            Returns::Pair => text += &self.let_list(Kind::Pair, &call),
            Returns::Mixed => {
                let (a, b) = (self.fresh("v"), self.fresh("v"));
                let mutable = self.rng.bool();
                let keyword = if mutable { "mut " } else { "" };
                text += &format!("let ({a}, {keyword}{b}): (f64, Vec<f64>) = {call};\n");
                self.scope.add(Variable::new(a, Kind::Float, false));
                let kind = Kind::List {
                    form: Form::Vec,
                    len: 1,
                    exact: false,
                };
                self.scope.add(Variable::new(b, kind, mutable));
            }
            // The macro sees tokens only: what a call returns, it knows where the type is written.
            Returns::Array(len) => {
                let kind = Kind::List {
                    form: Form::Array,
                    len,
                    exact: true,
                };
                text += &self.let_typed(kind, &format!("[f64; {len}]"), &call);
            }
            Returns::Vec => {
                let kind = Kind::List {
                    form: Form::Vec,
                    len: 1,
                    exact: false,
                };
                text += &self.let_typed(kind, "Vec<f64>", &call);
            }
        }
        text
    }

    pub fn let_list(&mut self, kind: Kind, value: &str) -> String {
        self.bound(kind, "", value)
    }

    fn let_typed(&mut self, kind: Kind, ty: &str, value: &str) -> String {
        self.bound(kind, &format!(": {ty}"), value)
    }

    fn bound(&mut self, kind: Kind, ty: &str, value: &str) -> String {
        let name = self.fresh("v");
        let mutable = self.rng.bool();
        self.scope.add(Variable::new(&name, kind, mutable));
        format!(
            "let {}{name}{ty} = {value};\n",
            if mutable { "mut " } else { "" }
        )
    }

    /// Arguments, and in `before` the statements that make what must have a name.
    fn arguments(
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
            Parameter::SliceMut(_)
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

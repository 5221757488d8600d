//! Parameters, signatures, and calls of the functions generated before.

use super::scope::{Form, Kind, Variable};
use super::signature::{Parameter, Signature};
use super::types::Owner;
use super::{Family, Generator, Returns};

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

    /// As [`Self::parameter`], often of the program's own types where it has some.
    pub fn any_parameter(&mut self, of_main: bool) -> Parameter {
        let family = self.family();
        if self.rarely(3) {
            return self.parameter();
        }
        let n = self.rng.usize(1..4);
        let choice = self.rng.u32(0..9);
        match family {
            Some(Family::Structs) => {
                self.types_of(&[Owner::Point, Owner::Body]);
                match choice {
                    0 => Parameter::Point,
                    1 => Parameter::PointRef,
                    2 | 3 => Parameter::PointMut,
                    4 => Parameter::Points(n),
                    5 => Parameter::PointsMut(n),
                    6 => Parameter::BodyRef,
                    // What the harness gives and takes keeps its shape.
                    7 if !of_main => Parameter::BodyMut,
                    _ => Parameter::Body,
                }
            }
            Some(Family::Enums) if !of_main => {
                self.types_of(&[Owner::Shape]);
                match choice {
                    0..3 => Parameter::Shape,
                    3..6 => Parameter::ShapeRef,
                    _ => Parameter::ShapeMut,
                }
            }
            Some(Family::Options) if !of_main => Parameter::Opt,
            _ => self.parameter(),
        }
    }

    fn types_of(&mut self, owners: &[Owner]) {
        self.types.parts.extend(owners.iter().map(|o| o.part()));
    }

    /// Brings parameters into scope: their patterns, and the arguments of `#[program(..)]`.
    pub fn bind(
        &mut self,
        parameters: &[Parameter],
        method: bool,
    ) -> (Vec<(String, Parameter)>, Vec<String>) {
        let mut arguments = Vec::new();
        let mut list = Vec::new();
        for parameter in parameters {
            let receiver = method && list.is_empty();
            let name = if receiver {
                "self".into()
            } else {
                self.fresh("p")
            };
            let own = parameter.by_value() && self.rarely(3);
            self.scope.add(Variable {
                reference: parameter.reference(),
                ..Variable::new(&name, parameter.kind(), parameter.mutable() || own)
            });
            match parameter {
                Parameter::Slice(n)
                | Parameter::SliceMut(n)
                | Parameter::Vec(n)
                | Parameter::VecRef(n)
                | Parameter::Rows(n, _)
                | Parameter::RowsMut(n, _)
                | Parameter::Points(n)
                | Parameter::PointsMut(n) => {
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
            Returns::Point => self.pick(&[".x", ".y"])?.to_string(),
            Returns::Body => self.pick(&[".at.y", ".a[2]", ".list[0]"])?.to_string(),
            Returns::Opt | Returns::Fallible => format!(".unwrap_or({})", self.literal()),
            Returns::Float | Returns::Nothing => String::new(),
        };
        Some(self.call_text(&signature, &arguments) + &part)
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
        let call = self.call_text(signature, &arguments);
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
            Returns::Point => text += &self.let_list(Kind::Point, &call),
            Returns::Body => text += &self.let_list(Kind::Body, &call),
            Returns::Opt => text += &self.let_list(Kind::Opt, &call),
            Returns::Fallible => text += &self.fallible(&call),
        }
        text
    }

    /// A call of a function, or of a method in one of its two forms.
    fn call_text(&mut self, signature: &Signature, arguments: &[String]) -> String {
        let name = &signature.name;
        let path = match signature.owner {
            None if self.rarely(5) && !self.inside_types => format!("self::{name}"),
            None => name.clone(),
            Some(owner) => format!("{}::{name}", self.typename(owner.part())),
        };
        let Some((first, rest)) = arguments
            .split_first()
            .filter(|_| signature.owner.is_some())
        else {
            return format!("{path}({})", arguments.join(", "));
        };
        if self.rarely(3) {
            return format!("{path}({})", arguments.join(", "));
        }
        let receiver = first.trim_start_matches('&').trim_start_matches("mut ");
        let simple = receiver
            .chars()
            .all(|c| c.is_alphanumeric() || "_.[]".contains(c));
        let rest = rest.join(", ");
        if simple {
            format!("{receiver}.{name}({rest})")
        } else {
            format!("({receiver}).{name}({rest})")
        }
    }

    /// A call that returns a point and changes nothing.
    pub fn returning_point(&mut self, depth: u32) -> Option<String> {
        let fits = |s: &&Signature| {
            s.returns == Returns::Point && !s.parameters.iter().any(Parameter::mutable)
        };
        let all: Vec<Signature> = self.functions.iter().filter(fits).cloned().collect();
        let signature = self.pick(&all)?.clone();
        let arguments = self.arguments(&signature, None, depth.min(1), &mut String::new());
        Some(self.call_text(&signature, &arguments))
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
}

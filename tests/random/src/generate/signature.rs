//! Parameters and what is written of a function before its body.

use super::Returns;
use super::scope::{Form, Kind};
use super::types::Owner;

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
    Point,
    PointRef,
    PointMut,
    /// `&[Point]`.
    Points(usize),
    PointsMut(usize),
    Body,
    BodyRef,
    BodyMut,
    Shape,
    ShapeRef,
    ShapeMut,
    /// `Option<f64>`.
    Opt,
    /// How often a recursive function calls itself.
    Depth,
}

impl Parameter {
    /// `prefix` stands before the names of the program's types.
    fn ty(&self, prefix: &str) -> String {
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
            Parameter::Point => format!("{prefix}Point"),
            Parameter::PointRef => format!("&{prefix}Point"),
            Parameter::PointMut => format!("&mut {prefix}Point"),
            Parameter::Points(_) => format!("&[{prefix}Point]"),
            Parameter::PointsMut(_) => format!("&mut [{prefix}Point]"),
            Parameter::Body => format!("{prefix}Body"),
            Parameter::BodyRef => format!("&{prefix}Body"),
            Parameter::BodyMut => format!("&mut {prefix}Body"),
            Parameter::Shape => format!("{prefix}Shape"),
            Parameter::ShapeRef => format!("&{prefix}Shape"),
            Parameter::ShapeMut => format!("&mut {prefix}Shape"),
            Parameter::Opt => "Option<f64>".into(),
        }
    }

    pub fn kind(&self) -> Kind {
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
            Parameter::Point | Parameter::PointRef | Parameter::PointMut => Kind::Point,
            Parameter::Points(len) | Parameter::PointsMut(len) => Kind::Points { len, array: true },
            Parameter::Body | Parameter::BodyRef | Parameter::BodyMut => Kind::Body,
            Parameter::Shape | Parameter::ShapeRef | Parameter::ShapeMut => Kind::Shape,
            Parameter::Opt => Kind::Opt,
        }
    }

    pub fn by_value(&self) -> bool {
        use Parameter::{Array, Body, Float, Matrix, Nested, Opt, Pair, Point, Shape, Vec};
        matches!(self, Float | Array(_) | Vec(_) | Pair | Nested | Matrix(..))
            || matches!(self, Point | Body | Shape | Opt)
    }

    /// Whether a variable of the program's types is behind a reference.
    pub fn reference(&self) -> bool {
        use Parameter::{Body, Point, Shape};
        !matches!(self, Point | Body | Shape)
            && matches!(
                self.kind(),
                Kind::Point | Kind::Points { .. } | Kind::Body | Kind::Shape
            )
    }

    pub fn mutable(&self) -> bool {
        use Parameter::{ArrayMut, FloatMut, RowsMut, SliceMut};
        use Parameter::{BodyMut, PointMut, PointsMut, ShapeMut};
        matches!(self, FloatMut | SliceMut(_) | ArrayMut(_) | RowsMut(..))
            || matches!(self, PointMut | PointsMut(_) | BodyMut | ShapeMut)
    }
}

#[derive(Clone, Debug)]
pub struct Signature {
    pub name: String,
    pub parameters: Vec<Parameter>,
    pub returns: Returns,
    /// A method: the first parameter is `self`.
    pub owner: Option<Owner>,
}

impl Signature {
    /// `list`: patterns and parameters; `prefix` stands before the names of types.
    pub fn header(&self, list: &[(String, Parameter)], prefix: &str) -> String {
        let receiver = |(pattern, p): &(String, Parameter)| match () {
            () if p.mutable() => "&mut self".into(),
            () if p.reference() => "&self".into(),
            () => pattern.clone(),
        };
        let list: Vec<String> = list
            .iter()
            .map(|named| match named.0.as_str() {
                "self" | "mut self" => receiver(named),
                name => format!("{name}: {}", named.1.ty(prefix)),
            })
            .collect();
        let result = match self.returns {
            Returns::Nothing => String::new(),
            Returns::Float => "-> f64".into(),
            Returns::Pair => "-> (f64, f64)".into(),
            Returns::Array(n) => format!("-> [f64; {n}]"),
            Returns::Vec => "-> Vec<f64>".into(),
            Returns::Mixed => "-> (f64, Vec<f64>)".into(),
            Returns::Point => format!("-> {prefix}Point"),
            Returns::Body => format!("-> {prefix}Body"),
            Returns::Opt => "-> Option<f64>".into(),
            Returns::Fallible => "-> Result<f64, String>".into(),
        };
        format!("fn {}({}) {result}", self.name, list.join(", "))
    }
}

//! Enums with payloads: made, matched, changed in place, replaced.

use super::scope::{Form, Kind, Variable};
use super::types::Part;
use super::{Generator, Returns};

impl Generator {
    pub fn enum_statement(&mut self) -> String {
        let Some((name, reference)) = self.shape(false) else {
            return self.new_shape();
        };
        match self.rng.u32(0..10) {
            0 => self.new_shape(),
            1..3 => self.replaced(),
            3..5 => self.matched(&name, reference),
            5..8 => match self.shape(true) {
                Some((name, reference)) => self.matched_mutably(&name, reference),
                None => self.new_shape(),
            },
            8 => {
                let ty = self.typename(Part::Shape);
                let (w, h) = (self.fresh("z"), self.fresh("z"));
                let of = if reference { "&*" } else { "&" };
                let mark = self.scope.mark();
                self.scope.borrow(&name, false);
                let bound = [(&*w, Kind::Pointer, false), (&*h, Kind::Pointer, false)];
                let (body, other) = (self.where_bound(&bound, 2), self.block(1));
                self.scope.reset(mark);
                format!(
                    "if let {ty}::Rect {{ w: {w}, h: {h} }} = {of}{name} {{ {body} }} else {{ {other} }}\n"
                )
            }
            _ => self.shape_or_leave(&name, reference),
        }
    }

    /// Some variable of the enum, and whether it is a reference.
    fn shape(&mut self, written: bool) -> Option<(String, bool)> {
        let of = |v: &Variable| {
            (v.kind == Kind::Shape && (v.writable || !written))
                .then(|| (v.name.clone(), v.reference))
        };
        let all: Vec<(String, bool)> = self.scope.visible().filter_map(of).collect();
        self.pick(&all).cloned()
    }

    fn new_shape(&mut self) -> String {
        let (value, name) = (self.shape_value(2), self.fresh("e"));
        self.scope.add(Variable::new(&name, Kind::Shape, true));
        format!("let mut {name} = {value};\n")
    }

    pub fn shape_value(&mut self, depth: u32) -> String {
        let ty = self.typename(Part::Shape);
        match self.rng.u32(0..9) {
            0 | 1 => format!("{ty}::Disc({})", self.tame(depth)),
            2 | 3 => format!(
                "{ty}::Rect {{ w: {}, h: {} }}",
                self.tame(depth),
                self.tame(1)
            ),
            4 => format!("{ty}::Poly(vec![{}, {}])", self.tame(1), self.tame(1)),
            5 => format!("{ty}::At({}, {})", self.point_value(1), self.rng.u32(0..3)),
            6 => format!("{ty}::Empty"),
            7 => match self.shape(false) {
                Some((name, _)) => format!("{name}.clone()"),
                None => format!("{ty}::Disc({})", self.tame(1)),
            },
            _ => {
                let condition = self.condition();
                let (a, b) = (self.tame(1), self.tame(1));
                format!(
                    "if {condition} {{ {ty}::Disc({a}) }} else {{ {ty}::Rect {{ w: {b}, h: {a} }} }}"
                )
            }
        }
    }

    fn replaced(&mut self) -> String {
        let Some((name, reference)) = self.shape(true) else {
            return self.new_shape();
        };
        let star = if reference { "*" } else { "" };
        if self.rarely(3) {
            let mark = self.scope.mark();
            self.scope.borrow(&name, true);
            let value = self.shape_value(2);
            self.scope.reset(mark);
            let old = self.fresh("e");
            let and = if reference { "&mut *" } else { "&mut " };
            self.scope.add(Variable::new(&old, Kind::Shape, true));
            return format!("let mut {old} = std::mem::replace({and}{name}, {value});\n");
        }
        let value = self.shape_value(2);
        format!("{star}{name} = {value};\n")
    }

    fn matched(&mut self, name: &str, reference: bool) -> String {
        let ty = self.typename(Part::Shape);
        let of = if reference { "&*" } else { "&" };
        let (a, b, lit) = (self.fresh("z"), self.fresh("z"), self.literal());
        let (pointer, list) = (Kind::Pointer, list_of(2));
        let mark = self.scope.mark();
        self.scope.borrow(name, false);
        let disc = self.where_bound(&[(&a, pointer.clone(), false)], 1);
        let both = [(&*a, pointer.clone(), false), (&*b, pointer.clone(), false)];
        let (rect, other) = (self.where_bound(&both, 1), self.where_bound(&both[..1], 1));
        let poly = self.where_bound(&[(&a, list, false)], 1);
        let at = self.where_reference(&a, false);
        let empty = self.block(1);
        self.scope.reset(mark);
        format!(
            "match {of}{name} {{
                {ty}::Disc({a}) => {{ {disc} }}
                {ty}::Rect {{ w: {a}, h: {b} }} if *{a} > {lit} => {{ {rect} }}
                {ty}::Rect {{ h: {a}, .. }} => {{ {other} }}
                {ty}::Poly({a}) => {{ {poly} }}
                {ty}::At({a}, _) => {{ {at} }}
                {ty}::Empty => {{ {empty} }}
            }}\n"
        )
    }

    fn matched_mutably(&mut self, name: &str, reference: bool) -> String {
        let ty = self.typename(Part::Shape);
        let of = if reference { "&mut *" } else { "&mut " };
        let (a, b) = (self.fresh("z"), self.fresh("z"));
        let mark = self.scope.mark();
        self.scope.borrow(name, true);
        let values: Vec<String> = (0..4).map(|_| self.tame(1)).collect();
        let pointer = Kind::Pointer;
        let disc = self.where_bound(&[(&a, pointer.clone(), true)], 1);
        let both = [(&*a, pointer.clone(), true), (&*b, pointer.clone(), true)];
        let rect = self.where_bound(&both, 1);
        let poly = self.where_bound(&[(&a, list_of(2), true)], 1);
        let at = self.where_reference(&a, true);
        let rest = if self.rng.bool() {
            format!("_ => {{ {} }}", self.block(1))
        } else {
            format!("{ty}::At({a}, _) => {{ {at} }} {ty}::Empty => {{}}")
        };
        self.scope.reset(mark);
        let [v, w, x, y] = &values[..] else {
            return String::new();
        };
        format!(
            "match {of}{name} {{
                {ty}::Disc({a}) => {{ *{a} = (*{a} * {v}).sin(); {disc} }}
                {ty}::Rect {{ w: {a}, h: {b} }} => {{ *{a} = (*{b} * {w}).sin(); *{b} += {x}; {rect} }}
                {ty}::Poly({a}) => {{ {a}[0] = ({a}[1] * {y}).sin(); {poly} }}
                {rest}
            }}\n"
        )
    }

    /// Some statements that see a reference to a point.
    fn where_reference(&mut self, name: &str, writable: bool) -> String {
        let mark = self.scope.mark();
        self.scope.add(Variable {
            reference: true,
            ..Variable::new(name, Kind::Point, writable)
        });
        let body = self.block(1);
        self.scope.reset(mark);
        body
    }

    fn shape_or_leave(&mut self, name: &str, reference: bool) -> String {
        let ty = self.typename(Part::Shape);
        let of = if reference { "&*" } else { "&" };
        let result = self.result();
        let way = match self.loops.last() {
            Some(l) if !l.block && !l.valued => "continue;".to_string(),
            _ if self.returns == Returns::Nothing => "return;".to_string(),
            _ => format!("return {result};"),
        };
        let z = self.fresh("x");
        let text = format!("let {ty}::Disc({z}) = {of}{name} else {{ {way} }};\nlet {z} = *{z};\n");
        self.scope.add(Variable::new(&z, Kind::Float, false));
        text
    }

    /// A float that a match gives.
    pub fn shape_float(&mut self) -> Option<String> {
        let (name, reference) = self.shape(false)?;
        let ty = self.typename(Part::Shape);
        let of = if reference { "&*" } else { "&" };
        let (x, y, lit) = (self.typed(1), self.typed(1), self.literal());
        Some(match self.rng.u32(0..2) {
            0 => format!(
                "(match {of}{name} {{ {ty}::Disc(q) => q * {x}, {ty}::Rect {{ w, h }} => w * h, {ty}::Poly(q) => q[0] * q[1], {ty}::At(q, n) => q.x * (*n as f64) + q.y, _ => {y} }})"
            ),
            _ => format!(
                "(if let {ty}::Disc(q) | {ty}::Rect {{ w: q, .. }} = {of}{name} {{ q * {x} + {lit} }} else {{ {y} }})"
            ),
        })
    }
}

fn list_of(len: usize) -> Kind {
    Kind::List {
        form: Form::Slice,
        len,
        exact: false,
    }
}

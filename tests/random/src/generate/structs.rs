//! Structs: values, fields, methods, operators, lists of them.

use super::Generator;
use super::scope::{Form, Kind, Variable};
use super::types::Part;

impl Generator {
    /// A type of the program as it is named at this place.
    pub fn typename(&mut self, part: Part) -> String {
        self.types.parts.insert(part);
        let prefix = if self.inside_types { "" } else { "types::" };
        format!("{prefix}{part:?}")
    }

    pub fn struct_statement(&mut self) -> Option<String> {
        match self.rng.u32(0..14) {
            0 | 1 => Some(self.new_point()),
            2..5 => {
                let (root, place) = self.point_place(true)?;
                let mark = self.scope.mark();
                // The place's index is evaluated with the place.
                if root != place {
                    self.scope.borrow(&root, false);
                }
                let value = self.point_value(2);
                self.scope.reset(mark);
                let place = self.copy_of(&place);
                Some(format!("{place} = {value};\n"))
            }
            5 => {
                let (root, place) = self.point_place(true)?;
                let mark = self.scope.mark();
                self.scope.borrow(&root, true);
                let value = self.point_value(1);
                self.scope.reset(mark);
                self.types.parts.insert(Part::AddAssign);
                let place = self.copy_of(&place);
                Some(format!("{place} += {value};\n"))
            }
            6 => {
                let (_, place) = self.point_place(true)?;
                Some(format!("{place}.n = ({}) % 4;\n", self.int(1)))
            }
            7 => Some(self.new_points()),
            8 => self.points_changed(),
            9 | 10 => Some(self.new_body()),
            11 => self.destructured(),
            _ => self.body_changed(),
        }
    }

    fn new_point(&mut self) -> String {
        let (value, name) = (self.point_value(2), self.fresh("s"));
        self.scope.add(Variable::new(&name, Kind::Point, true));
        format!("let mut {name} = {value};\n")
    }

    /// A variable, field or element of the type: the variable it belongs to, and its text.
    pub fn point_place(&mut self, written: bool) -> Option<(String, String)> {
        let fits = |v: &&Variable| {
            (v.writable || !written)
                && matches!(v.kind, Kind::Point | Kind::Points { .. } | Kind::Body)
        };
        let all: Vec<Variable> = self.scope.visible().filter(fits).cloned().collect();
        let Variable { name, kind, .. } = self.pick(&all)?.clone();
        let text = match kind {
            Kind::Points { len, .. } => format!("{name}[{}]", self.bounded_without(&name, len)),
            Kind::Body => format!("{name}.at"),
            _ => name.clone(),
        };
        Some((name, text))
    }

    pub fn body_place(&mut self, written: bool) -> Option<(String, String)> {
        let fits = |v: &&Variable| (v.writable || !written) && v.kind == Kind::Body;
        let all: Vec<Variable> = self.scope.visible().filter(fits).cloned().collect();
        let name = self.pick(&all)?.name.clone();
        Some((name.clone(), name))
    }

    pub fn point_value(&mut self, depth: u32) -> String {
        let ty = self.typename(Part::Point);
        let old = self.point_place(false).map(|(_, place)| place);
        let Some(old) = old.filter(|_| depth > 0) else {
            return self.point_literal(&ty);
        };
        let uses = |g: &mut Self, part| {
            g.types.parts.insert(part);
        };
        match self.rng.u32(0..14) {
            // Inside a method it may be behind a reference; it can be copied.
            0 | 1 => self.copy_of(&old),
            2 | 3 => {
                let old = self.copy_of(&old);
                format!("{ty} {{ x: {}, ..{old} }}", self.tame(1))
            }
            4 => {
                uses(self, Part::Add);
                format!("({} + {})", self.copy_of(&old), self.point_value(depth - 1))
            }
            5 => {
                uses(self, Part::Mul);
                format!("({} * {})", self.copy_of(&old), self.typed(1))
            }
            6 => {
                uses(self, Part::MulLeft);
                format!("({} * {})", self.typed(1), self.copy_of(&old))
            }
            7 => {
                uses(self, Part::Neg);
                format!("(-{})", self.copy_of(&old))
            }
            8 => {
                uses(self, Part::Sub);
                let other = self.point_place(false).map_or(old.clone(), |(_, p)| p);
                format!("(&{} - &{})", self.copy_of(&old), self.copy_of(&other))
            }
            9 | 10 => {
                uses(self, Part::New);
                format!("{ty}::new({}, {})", self.tame(1), self.tame(1))
            }
            11 => {
                let condition = self.condition();
                let (a, b) = (self.copy_of(&old), self.point_value(depth - 1));
                format!("if {condition} {{ {a} }} else {{ {b} }}")
            }
            12 => self
                .returning_point(depth)
                .unwrap_or_else(|| self.point_literal(&ty)),
            _ => self.point_literal(&ty),
        }
    }

    /// Variables of kind `Point` may be references.
    pub fn copy_of(&mut self, place: &str) -> String {
        let reference = self.scope.find(place).is_some_and(|v| v.reference);
        if reference {
            format!("(*{place})")
        } else {
            place.to_string()
        }
    }

    fn point_literal(&mut self, ty: &str) -> String {
        let (x, y, n) = (self.tame(1), self.tame(1), self.rng.u32(0..4));
        format!("{ty} {{ x: {x}, y: {y}, n: {n} }}")
    }

    fn new_points(&mut self) -> String {
        let len = self.rng.usize(1..4);
        let list: Vec<String> = (0..len).map(|_| self.point_value(1)).collect();
        let (name, array) = (self.fresh("ps"), self.rng.bool());
        let open = if array { "[" } else { "vec![" };
        self.scope
            .add(Variable::new(&name, Kind::Points { len, array }, true));
        format!("let mut {name} = {open}{}];\n", list.join(", "))
    }

    fn points_changed(&mut self) -> Option<String> {
        let fits = |v: &&Variable| v.writable && matches!(v.kind, Kind::Points { .. });
        let all: Vec<Variable> = self.scope.visible().filter(fits).cloned().collect();
        let Variable {
            name,
            kind: Kind::Points { len, array },
            reference,
            ..
        } = self.pick(&all)?.clone()
        else {
            return None;
        };
        let mark = self.scope.mark();
        self.scope.borrow(&name, true);
        let p = self.fresh("p");
        let text = match self.rng.u32(0..6) {
            0 if !array && !reference => {
                let value = self.point_value(1);
                format!(
                    "if {name}.len() < {} {{ {name}.push({value}); }}\n",
                    len + 3
                )
            }
            1 if !array && !reference => format!(
                "if {name}.len() > {len} {{ let {p} = {name}.pop().unwrap(); {name}[0] = {p}; }}\n"
            ),
            2 => format!("{name}.swap(0, {});\n", self.rng.usize(0..len)),
            3 => {
                let value = self.tame(1);
                format!("{name}.iter_mut().for_each(|{p}| {p}.x = ({p}.y * {value}).cos());\n")
            }
            4 => format!("{name}.reverse();\n"),
            _ => {
                let i = self.fresh("i");
                self.scope.add(Variable::new(&i, Kind::Int, false));
                self.scope.add(Variable {
                    reference: true,
                    ..Variable::new(&p, Kind::Point, true)
                });
                let body = self.inside_loop(|g| g.block(3));
                format!("for ({i}, {p}) in {name}.iter_mut().enumerate() {{ {body} }}\n")
            }
        };
        self.scope.reset(mark);
        Some(text)
    }

    /// A float made of all points of a list.
    pub fn points_float(&mut self) -> Option<String> {
        let fits = |v: &&Variable| matches!(v.kind, Kind::Points { .. });
        let all: Vec<String> = self
            .scope
            .visible()
            .filter(fits)
            .map(|v| v.name.clone())
            .collect();
        let name = self.pick(&all)?.clone();
        let (p, lit) = (self.fresh("p"), self.literal());
        let value = self.typed(1);
        Some(match self.rng.u32(0..4) {
            0 => format!("{name}.iter().map(|{p}| {p}.x * {p}.y + {value}).sum::<f64>()"),
            1 => {
                format!("{name}.iter().filter(|{p}| {p}.n % 2 == 1).map(|{p}| {p}.y).sum::<f64>()")
            }
            2 => format!("{name}.iter().fold({value}, |q, {p}| (q * {p}.x).sin() + {p}.y * {lit})"),
            _ => format!("{name}.iter().map(|{p}| {p}.x + {lit} * {p}.y).fold(-9.0, f64::max)"),
        })
    }

    fn new_body(&mut self) -> String {
        let (value, name) = (self.body_value(2), self.fresh("w"));
        self.scope.add(Variable::new(&name, Kind::Body, true));
        format!("let mut {name} = {value};\n")
    }

    pub fn body_value(&mut self, depth: u32) -> String {
        let ty = self.typename(Part::Body);
        let old = self.body_place(false).map(|(_, place)| place);
        match (old, self.rng.u32(0..4)) {
            (Some(old), 0) => format!("{old}.clone()"),
            (Some(old), 1) => {
                let at = self.point_value(depth.min(1));
                format!("{ty} {{ at: {at}, ..{old}.clone() }}")
            }
            (Some(old), 2) => {
                let a = self.tame(1);
                format!(
                    "{ty} {{ a: [{a}, 0.3, {}], ..{old}.clone() }}",
                    self.tame(0)
                )
            }
            _ => {
                let (at, x, y, z) = (
                    self.point_value(1),
                    self.tame(1),
                    self.tame(0),
                    self.tame(1),
                );
                let best = self.option_value(1);
                format!(
                    "{ty} {{ at: {at}, list: vec![{x}, {y}, {z}], a: [{y}; 3], best: {best}, k: {} }}",
                    self.rng.u32(0..3)
                )
            }
        }
    }

    fn body_changed(&mut self) -> Option<String> {
        let (root, place) = self.body_place(true)?;
        let mark = self.scope.mark();
        let text = match self.rng.u32(0..9) {
            0 | 1 => {
                let target = self.copy_of(&place);
                format!("{target} = {};\n", self.body_value(2))
            }
            2 => {
                self.scope.borrow(&root, true);
                let value = self.tame(2);
                format!("if {place}.list.len() < 6 {{ {place}.list.push({value}); }}\n")
            }
            3 => format!("{place}.best = {};\n", self.option_value(1)),
            4 => {
                let z = self.fresh("z");
                self.scope.borrow(&root, true);
                let value = self.tame(1);
                let body = self.where_bound(&[(&z, Kind::Pointer, true)], 2);
                format!(
                    "if let Some({z}) = &mut {place}.best {{ *{z} = (*{z} * {value}).cos(); {body} }}\n"
                )
            }
            5 => {
                let z = self.fresh("z");
                self.scope.borrow(&root, false);
                let body = self.where_bound(&[(&z, Kind::Float, false)], 2);
                format!("if let Some({z}) = {place}.best {{ {body} }}\n")
            }
            6 => {
                let name = self.fresh("v");
                let kind = Kind::List {
                    form: Form::Vec,
                    len: 3,
                    exact: false,
                };
                self.scope.add(Variable::new(&name, kind, true));
                return Some(format!(
                    "let mut {name}: Vec<f64> = {place}.list.clone();\n"
                ));
            }
            7 => {
                self.scope.borrow(&root, true);
                let q = self.fresh("q");
                let value = self.tame(1);
                format!("for {q} in {place}.list.iter_mut() {{ *{q} = (*{q} + {value}).sin(); }}\n")
            }
            _ => {
                let (one, two) = (
                    self.bounded_without(&root, 3),
                    self.bounded_without(&root, 3),
                );
                format!("{place}.a[{one}] = ({place}.a[{two}] * {place}.at.x).sin();\n")
            }
        };
        self.scope.reset(mark);
        Some(text)
    }

    fn destructured(&mut self) -> Option<String> {
        let ty = self.typename(Part::Point);
        let (_, place) = self.point_place(false)?;
        let place = self.copy_of(&place);
        let (x, y) = (self.fresh("x"), self.fresh("x"));
        self.scope.add(Variable::new(&x, Kind::Float, true));
        self.scope.add(Variable::new(&y, Kind::Float, false));
        Some(format!(
            "let {ty} {{ x: mut {x}, y: {y}, .. }} = {place};\n"
        ))
    }
}

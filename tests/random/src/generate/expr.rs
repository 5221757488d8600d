//! Expressions: floats that stay small, indices that stay inside, conditions far from ties.

use super::Generator;
use super::scope::{Form, Kind, Variable};

/// The text of a float expression.
pub struct Float {
    pub text: String,
    /// Whether rustc knows its type without its surroundings: `0.5.sin()` is an error.
    pub typed: bool,
}

impl Float {
    fn typed(text: String) -> Self {
        Float { text, typed: true }
    }
}

impl Generator {
    /// A literal of four digits, so that two of them hardly ever meet.
    pub fn literal(&mut self) -> String {
        format!("0.{:04}", self.rng.u32(501..9999) / 2 * 2 + 1)
    }

    pub fn float(&mut self, depth: u32) -> Float {
        if depth == 0 || self.rng.u32(0..6) == 0 {
            return self.leaf();
        }
        if self.rarely(60) {
            self.stops = true;
            return Float::typed(format!("ad_runtime::constant({})", self.typed(depth - 1)));
        }
        if self.rarely(5)
            && let Some(text) = self.family_float(depth)
        {
            return Float::typed(text);
        }
        match self.rng.u32(0..20) {
            0..9 => self.binary(depth),
            9..17 => Float::typed(self.method(depth)),
            17 => self.choice(depth),
            18 => Float::typed(self.block_value(depth)),
            _ => self
                .call_value(depth)
                .map_or_else(|| self.binary(depth), Float::typed),
        }
    }

    /// As [`Self::float`], with a type of its own.
    pub fn typed(&mut self, depth: u32) -> String {
        let float = self.float(depth);
        if float.typed {
            float.text
        } else {
            format!("({} + 0.0_f64)", float.text)
        }
    }

    /// A value in about -1.6..1.6, so that loops and assignments do not grow.
    pub fn tame(&mut self, depth: u32) -> String {
        let text = self.typed(depth);
        match self.rng.u32(0..8) {
            0 | 1 => format!("({text}).tanh()"),
            2 | 3 => format!("({text}).sin()"),
            4 => format!("({text}).atan()"),
            5 => format!("({text}).cos()"),
            6 => {
                let t = self.fresh("t");
                format!("{{ let {t} = {text}; {t} / (1.0 + {t} * {t}) }}")
            }
            _ => {
                let (low, high) = (self.literal(), self.literal());
                format!("({text}).clamp(-{low}, 1.0 + {high})")
            }
        }
    }

    fn leaf(&mut self) -> Float {
        if self.rng.u32(0..5) == 0 {
            return Float {
                text: self.literal(),
                typed: false,
            };
        }
        if self.rng.u32(0..12) == 0 {
            let int = self.int(1);
            return Float::typed(match self.rng.u32(0..4) {
                0 => format!("((({int}) as i64 - 3) as f64 * 0.21)"),
                _ => format!("((({int}) % 5) as f64 * 0.25)"),
            });
        }
        match self.read_float() {
            Some(text) => Float::typed(text),
            None => Float {
                text: self.literal(),
                typed: false,
            },
        }
    }

    /// A float variable, element, component or pointee.
    pub fn read_float(&mut self) -> Option<String> {
        self.float_place(false)
    }

    /// The same, of what may be assigned to.
    pub fn written_float(&mut self) -> Option<String> {
        self.float_place(true)
    }

    fn float_place(&mut self, written: bool) -> Option<String> {
        let fits = |v: &&Variable| {
            use Kind::{Bool, Closure, Indices, Int, Opt, Shape};
            !matches!(v.kind, Int | Bool | Indices { .. } | Opt | Closure | Shape)
        };
        let all: Vec<Variable> = self
            .scope
            .visible()
            .filter(fits)
            .filter(|v| v.writable || !written)
            .cloned()
            .collect();
        let variable = self.pick_late(&all)?.clone();
        let name = &variable.name;
        Some(match variable.kind {
            Kind::Pointer => format!("*{name}"),
            // `v[v.len() - 1] += x` is an error for a `Vec` of anything but primitives: the twin's.
            Kind::List {
                form: Form::Vec,
                len,
                ..
            } if written => format!("{name}[{}]", self.other_index(name, len)),
            Kind::List { len, .. } if written && variable.reference => {
                format!("{name}[{}]", self.other_index(name, len))
            }
            Kind::List { len, .. } => {
                let index = self.index(name, len);
                format!("{name}[{index}]")
            }
            Kind::Matrix { rows, width } => {
                let row = if written {
                    self.other_index(name, rows)
                } else {
                    self.index(name, rows)
                };
                let column = self.bounded_without(name, width);
                format!("{name}[{row}][{column}]")
            }
            Kind::Rows { rows, width } => {
                let row = self.bounded_without(name, rows);
                format!("{name}[{row}][{}]", self.bounded_without(name, width))
            }
            Kind::Point => format!("{name}.{}", self.pick(&["x", "y"])?),
            Kind::Points { len, .. } => {
                let index = self.bounded_without(name, len);
                format!("{name}[{index}].{}", self.pick(&["x", "y"])?)
            }
            Kind::Body => {
                let index = self.bounded_without(name, 3);
                let part = match self.rng.u32(0..4) {
                    0 => ".at.x".into(),
                    1 => ".at.y".into(),
                    2 => format!(".a[{index}]"),
                    _ => format!(".list[{index}]"),
                };
                format!("{name}{part}")
            }
            Kind::Nested if self.rng.bool() => format!("{name}.1[{}]", self.bounded(2)),
            Kind::Nested => format!("{name}.0"),
            Kind::Pair => format!("{name}.{}", self.rng.u32(0..2)),
            _ => name.clone(),
        })
    }

    fn binary(&mut self, depth: u32) -> Float {
        let (a, b) = (self.float(depth - 1), self.float(depth - 1));
        let both = a.typed || b.typed;
        let lit = self.literal();
        let form = self.rng.u32(0..12);
        let typed = if form < 10 { both } else { a.typed };
        let (a, b) = (a.text, b.text);
        let text = match form {
            0..3 => format!("({a} + {b})"),
            3..5 => format!("({a} - {b})"),
            5..9 => format!("({a} * {b})"),
            9 => format!("({a} / (1.0 + {b} * {b}))"),
            10 => format!("(-{a} * {lit})"),
            _ => format!("({lit} - {a} / (2.0 + {lit}))"),
        };
        Float { text, typed }
    }

    fn method(&mut self, depth: u32) -> String {
        let a = self.typed(depth - 1);
        let (l, m) = (self.literal(), self.literal());
        match self.rng.u32(0..27) {
            0 => format!("({a}).sin()"),
            1 => format!("({a}).cos()"),
            2 => format!("({a}).tanh()"),
            3 => format!("({a}).atan()"),
            4 => format!("({a} * {a} + {l}).sqrt()"),
            5 => format!("({a} * {a} + {l}).ln()"),
            6 => format!("(-({a} * {a})).exp()"),
            7 => format!("({a} + {l}).abs()"),
            8 => format!("({a}).max({} + {l})", self.typed(depth - 1)),
            9 => format!("({a}).min({} - {l})", self.typed(depth - 1)),
            10 => format!("({a}).clamp(-{l}, {m})"),
            11 if self.rng.bool() => format!("({a}).powi((({}) % 3 + 1) as i32)", self.int(1)),
            11 => format!("({a}).powi({})", self.rng.u32(2..4)),
            12 => format!("({a} * {a} + {l}).powf(({}).sin())", self.simple()),
            13 => format!("({a}).hypot(1.0 + {l})"),
            14 => format!("({a}).atan2({0} * {0} + {l})", self.simple()),
            15 => format!("({a}).mul_add({l}, {})", self.typed(depth - 1)),
            16 => format!("({a} * {a} + {l}).recip()"),
            17 => format!("(({a} * 3.0 + {l}).floor() * {m})"),
            18 => format!("(({a} + {l}).signum() * {m})"),
            19 => format!("f64::max({a}, {l})"),
            20 => format!("f64::sin({a} * {l})"),
            21 => format!("({a} + {l}).fract()"),
            22 => format!("(({a} + {l}) % (1.0 + {m}))"),
            23 => format!("(({a}).sin() * {l}).asin()"),
            24 => format!("({a} * {a}).ln_1p()"),
            25 => format!("({a} + {l}).cbrt()"),
            _ => format!("({a}).sinh().tanh()"),
        }
    }

    /// A variable-sized expression that is safe to write twice.
    pub fn simple(&mut self) -> String {
        self.read_float()
            .unwrap_or_else(|| format!("{}_f64", self.literal()))
    }

    fn choice(&mut self, depth: u32) -> Float {
        let condition = self.condition();
        let (a, b) = (self.float(depth - 1), self.float(depth - 1));
        let typed = a.typed || b.typed;
        if self.rng.bool() {
            let text = format!("(if {condition} {{ {} }} else {{ {} }})", a.text, b.text);
            return Float { text, typed };
        }
        let c = self.typed(depth - 1);
        let int = self.int(1);
        let text = format!(
            "(match ({int}) % 3 {{ 0 => {}, 1 => {}, _ => {c} }})",
            a.text, b.text
        );
        Float::typed(text)
    }

    fn block_value(&mut self, depth: u32) -> String {
        let mark = self.scope.mark();
        let name = self.fresh("b");
        let value = self.typed(depth - 1);
        let mutable = self.rng.bool();
        self.scope.add(Variable::new(&name, Kind::Float, mutable));
        let change = if mutable {
            format!("{name} *= {};", self.tame(1))
        } else {
            String::new()
        };
        let result = self.typed(depth - 1);
        self.scope.reset(mark);
        let keyword = if mutable { "let mut" } else { "let" };
        format!("({{ {keyword} {name} = {value}; {change} {result} + {name} }})")
    }

    pub fn condition(&mut self) -> String {
        let lit = self.literal();
        match self.rng.u32(0..14) {
            0..4 => format!("{} > {lit}", self.typed(2)),
            4..6 => format!("{} < {} + {lit}", self.typed(1), self.typed(1)),
            6 => format!("{} <= -{lit}", self.typed(1)),
            7 => format!("!({} >= {lit})", self.typed(1)),
            8 => format!("({}) && ({})", self.condition(), self.condition()),
            9 => format!("({}) || ({})", self.condition(), self.condition()),
            10 => match self.named(&Kind::Bool) {
                Some(name) => name,
                None => format!("{} > -{lit}", self.typed(1)),
            },
            11 => format!("{} < {}", self.int(1), self.int(1)),
            12 => match self.family_condition() {
                Some(condition) => condition,
                None => format!("{} != {}", self.int(1), self.int(1)),
            },
            _ => format!(
                "({}) % {} == {}",
                self.int(1),
                self.rng.u32(2..4),
                self.rng.u32(0..2)
            ),
        }
    }

    /// A small integer expression.
    pub fn int(&mut self, depth: u32) -> String {
        if depth > 0 && self.rng.bool() {
            let (a, b) = (self.int(depth - 1), self.int(depth - 1));
            return match self.rng.u32(0..5) {
                0 => format!("({a} + {b})"),
                1 => format!("({a} * {b} % 7)"),
                2 => format!("({a} + 5 - {b} % 5)"),
                3 => format!("({a} / 2)"),
                _ => format!("({a} % 3 + {b} % 2)"),
            };
        }
        if self.rarely(3) {
            return format!("{}_usize", self.rng.u32(0..5));
        }
        let fits =
            |v: &&Variable| matches!(v.kind, Kind::Int | Kind::Indices { .. } | Kind::List { .. });
        let all: Vec<Variable> = self.scope.visible().filter(fits).cloned().collect();
        match self.pick(&all).cloned() {
            Some(Variable {
                name,
                kind: Kind::Indices { len },
                ..
            }) => {
                let index = self.bounded(len);
                format!("{name}[{index}]")
            }
            Some(Variable {
                name,
                kind: Kind::List { form, .. },
                ..
            }) => {
                if form == Form::Array || self.rng.bool() {
                    "2_usize".into()
                } else {
                    format!("{name}.len()")
                }
            }
            Some(variable) if self.rng.u32(0..4) > 0 => variable.name,
            _ => format!("{}_usize", self.rng.u32(0..5)),
        }
    }

    /// An index into the list `name`, which has at least `len` elements.
    pub fn index(&mut self, name: &str, len: usize) -> String {
        let running: Vec<String> = self
            .scope
            .visible()
            .filter(|v| v.within.iter().any(|w| w == name))
            .map(|v| v.name.clone())
            .collect();
        if !running.is_empty() && self.rng.u32(0..3) > 0 {
            return self.pick(&running).cloned().unwrap_or_default();
        }
        match self.rng.u32(0..4) {
            0 => format!("({}) % {name}.len()", self.int(1)),
            1 => format!("{name}.len() - 1"),
            _ => self.bounded(len),
        }
    }

    /// As [`Self::index`], not mentioning the list's length.
    pub fn other_index(&mut self, name: &str, len: usize) -> String {
        let running = self
            .scope
            .visible()
            .find(|v| v.within.iter().any(|w| w == name))
            .map(|v| v.name.clone());
        let bounded = self.bounded_without(name, len);
        running.filter(|_| self.rng.bool()).unwrap_or(bounded)
    }

    /// As [`Self::bounded`], not mentioning `name`.
    pub fn bounded_without(&mut self, name: &str, len: usize) -> String {
        let mark = self.scope.mark();
        self.scope.borrow(name, true);
        let bounded = self.bounded(len);
        self.scope.reset(mark);
        bounded
    }

    /// An index below a known length.
    pub fn bounded(&mut self, len: usize) -> String {
        if self.rng.bool() {
            return self.rng.usize(0..len).to_string();
        }
        format!("({}) % {len}", self.int(1))
    }

    /// Some visible variable of this kind.
    pub fn named(&mut self, kind: &Kind) -> Option<String> {
        let all: Vec<String> = self
            .scope
            .visible()
            .filter(|v| v.kind == *kind)
            .map(|v| v.name.clone())
            .collect();
        self.pick(&all).cloned()
    }
}

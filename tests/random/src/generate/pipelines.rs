//! Iterator pipelines: a source, adaptors, and what consumes them.

use super::Generator;
use super::scope::{Form, Kind, Variable};

/// What a pipeline hands to its closures.
struct Items {
    text: String,
    /// The pattern of one element.
    pattern: String,
    variables: Vec<Variable>,
}

impl Items {
    fn floats(text: String, name: String) -> Self {
        let variables = vec![Variable::new(&name, Kind::Float, false)];
        Items {
            text,
            pattern: name,
            variables,
        }
    }
}

impl Generator {
    /// A float that a pipeline computes.
    pub fn pipeline(&mut self, depth: u32) -> Option<String> {
        let items = self.mapped(depth)?.text;
        let lit = self.literal();
        Some(match self.rng.u32(0..12) {
            0..3 => format!("{items}.sum::<f64>()"),
            3 => format!("{items}.map(|q| q.sin()).product::<f64>()"),
            4..6 => self.fold(&items),
            6 => format!("{items}.fold(-9.0, f64::max)"),
            7 => format!("{items}.min_by(|q, r| q.total_cmp(r)).unwrap_or({lit})"),
            8 => format!("{items}.max_by(|q, r| q.partial_cmp(r).unwrap()).unwrap_or({lit})"),
            9 => format!("{items}.reduce(|q, r| (q * r + {lit}).cos()).unwrap_or(0.25)"),
            10 => {
                let step = self.pick(&[".last()", ".nth(1)"]).copied().unwrap_or("");
                format!("{items}{step}.unwrap_or({lit})")
            }
            _ => format!("{items}.find(|q| *q > {lit}).unwrap_or(-{lit})"),
        })
    }

    fn fold(&mut self, items: &str) -> String {
        let (sum, z) = (self.fresh("a"), self.fresh("z"));
        let start = self.typed(1);
        let mark = self.scope.mark();
        self.scope.add(Variable::new(&sum, Kind::Float, false));
        self.scope.add(Variable::new(&z, Kind::Float, false));
        let value = self.tame(2);
        self.scope.reset(mark);
        format!("{items}.fold({start}, |{sum}, {z}| 0.5 * {z} + {value})")
    }

    /// Whether some or all elements fulfil a condition.
    pub fn question(&mut self) -> Option<String> {
        let items = self.mapped(1)?.text;
        let z = self.fresh("z");
        let mark = self.scope.mark();
        self.scope.add(Variable::new(&z, Kind::Float, false));
        let condition = self.condition();
        self.scope.reset(mark);
        let lit = self.literal();
        Some(match self.rng.u32(0..3) {
            0 => format!("{items}.any(|{z}| {z} > {lit} && ({condition}))"),
            1 => format!("{items}.all(|{z}| {condition})"),
            _ => format!("{items}.position(|{z}| {z} < {lit}).is_some()"),
        })
    }

    /// How many elements fulfil a condition.
    pub fn counted_elements(&mut self) -> Option<String> {
        let items = self.mapped(1)?.text;
        let lit = self.literal();
        Some(format!("{items}.filter(|q| *q > {lit}).count()"))
    }

    /// A `Vec` made of a pipeline; it may have no element, so one is pushed.
    pub fn collected(&mut self) -> Option<String> {
        let items = self.mapped(2)?.text;
        let name = self.fresh("v");
        let value = self.typed(1);
        let kind = Kind::List {
            form: Form::Vec,
            len: 1,
            exact: false,
        };
        self.scope.add(Variable::new(&name, kind, true));
        let ty = self.rng.bool();
        let (written, turbofish) = if ty {
            (": Vec<f64>", "")
        } else {
            ("", "::<Vec<f64>>")
        };
        Some(format!(
            "let mut {name}{written} = {items}.collect{turbofish}();\n{name}.push({value});\n"
        ))
    }

    /// A pipeline whose elements are floats.
    fn mapped(&mut self, depth: u32) -> Option<Items> {
        let mut items = self.source()?;
        if self.rarely(3) {
            items = self.filtered(items);
        }
        let mut items = self.map(&items, depth);
        match self.rng.u32(0..8) {
            0 => items = self.filtered(items),
            1 => items = self.map(&items, 1),
            2 => {
                let lit = self.literal();
                let z = &items.pattern;
                items.text += &format!(".take_while(|{z}| *{z} < 1.0 + {lit})");
            }
            3 => {
                let (s, lit) = (self.fresh("s"), self.literal());
                let z = &items.pattern;
                items.text += &format!(
                    ".scan({lit}, |{s}, {z}| {{ *{s} = (*{s} * {z} + {lit}).sin(); Some(*{s}) }})"
                );
            }
            4 => {
                let (z, lit) = (items.pattern.clone(), self.literal());
                items.text += &format!(
                    ".filter_map(|{z}| if {z} > -{lit} {{ Some({z} * {lit}) }} else {{ None }})"
                );
            }
            _ => {}
        }
        Some(items)
    }

    fn map(&mut self, items: &Items, depth: u32) -> Items {
        let mark = self.scope.mark();
        for variable in &items.variables {
            self.scope.add(variable.clone());
        }
        let first = self.typed(depth.min(2));
        let own = self.own(&items.variables);
        let body = if self.rarely(4) {
            let b = self.fresh("b");
            format!("{{ let {b} = {first}; {b} * {own} + {b}.cos() }}")
        } else {
            format!("{first} * {own}")
        };
        self.scope.reset(mark);
        let z = self.fresh("z");
        Items::floats(format!("{}.map(|{}| {body})", items.text, items.pattern), z)
    }

    fn filtered(&mut self, items: Items) -> Items {
        let mark = self.scope.mark();
        for variable in &items.variables {
            self.scope.add(variable.clone());
        }
        let lit = self.literal();
        let condition = match self.rng.bool() {
            true => format!("{} > -{lit}", self.own(&items.variables)),
            false => self.condition(),
        };
        self.scope.reset(mark);
        Items {
            text: format!("{}.filter(|&{}| {condition})", items.text, items.pattern),
            ..items
        }
    }

    /// A float of the element itself.
    fn own(&mut self, variables: &[Variable]) -> String {
        let mark = self.scope.mark();
        self.scope.reset(variables.to_vec());
        let own = self.read_float();
        self.scope.reset(mark);
        own.unwrap_or_else(|| format!("{}_f64", self.literal()))
    }

    fn source(&mut self) -> Option<Items> {
        let list = self.readable_list(1)?;
        let Kind::List { len, .. } = list.kind else {
            return None;
        };
        let (name, z, i) = (list.name, self.fresh("z"), self.fresh("i"));
        let pointer = |z: &str| Variable::new(z, Kind::Pointer, false);
        let part = |len| Kind::List {
            form: Form::Slice,
            len,
            exact: false,
        };
        let one = |text: String, kind: Kind| Items {
            text,
            pattern: z.clone(),
            variables: vec![Variable::new(&z, kind, false)],
        };
        Some(match self.rng.u32(0..14) {
            0 => one(format!("{name}.iter()"), Kind::Pointer),
            1 => one(format!("{name}.iter().copied()"), Kind::Float),
            2 | 3 => {
                let other = self.readable_list(1)?.name;
                let y = self.fresh("z");
                Items {
                    text: format!("{name}.iter().zip({other}.iter())"),
                    pattern: format!("({z}, {y})"),
                    variables: vec![pointer(&z), pointer(&y)],
                }
            }
            4 => Items {
                text: format!("{name}.iter().enumerate()"),
                pattern: format!("({i}, {z})"),
                variables: vec![
                    Variable {
                        within: vec![name],
                        ..Variable::new(&i, Kind::Int, false)
                    },
                    pointer(&z),
                ],
            },
            5 => {
                let end = self.int(1);
                one(format!("(0..({end}) % 5)"), Kind::Int)
            }
            6 => Items {
                variables: vec![Variable {
                    within: vec![name.clone()],
                    ..Variable::new(&z, Kind::Int, false)
                }],
                ..one(format!("(0..{name}.len()).rev()"), Kind::Int)
            },
            7 => one(format!("{name}.windows(2)"), part(2)),
            8 => one(format!("{name}.chunks(2)"), part(1)),
            9 => one(format!("{name}.chunks_exact(2).rev()"), part(2)),
            10 => one(
                format!("{name}[{}..].iter().rev()", self.rng.usize(0..len)),
                Kind::Pointer,
            ),
            11 => {
                let step = *self
                    .pick(&["skip(1)", "take(2)", "step_by(2)"])
                    .unwrap_or(&"rev()");
                one(format!("{name}.iter().{step}"), Kind::Pointer)
            }
            12 => {
                let other = self.readable_list(1)?.name;
                one(
                    format!("{name}.iter().chain({other}.iter())"),
                    Kind::Pointer,
                )
            }
            _ => match self.rows() {
                Some((rows, _, width)) if self.rng.bool() => {
                    one(format!("{rows}.iter()"), part(width))
                }
                Some((rows, ..)) => one(
                    format!("{rows}.iter().flat_map(|r| r.iter())"),
                    Kind::Pointer,
                ),
                None => one(format!("{name}.iter().rev()"), Kind::Pointer),
            },
        })
    }

    /// A statement that changes a list by a pipeline.
    pub fn each(&mut self) -> Option<String> {
        let list = self.writable_list(1)?;
        let (name, z) = (list.name, self.fresh("z"));
        let mark = self.scope.mark();
        self.scope.borrow(&name, true);
        let other = self.readable_list(1);
        let (head, pattern, variables) = match (other, self.rng.u32(0..4)) {
            (Some(other), 0) => {
                let y = self.fresh("z");
                let variables = vec![Variable::new(&y, Kind::Pointer, false)];
                let head = format!("{name}.iter_mut().zip({}.iter())", other.name);
                self.scope.borrow(&other.name, false);
                (head, format!("({z}, {y})"), variables)
            }
            (_, 1) => {
                let i = self.fresh("i");
                let variables = vec![Variable::new(&i, Kind::Int, false)];
                let head = format!("{name}.iter_mut().enumerate()");
                (head, format!("({i}, {z})"), variables)
            }
            (_, 2) => (format!("{name}.iter_mut().rev()"), z.clone(), vec![]),
            _ => (format!("{name}.iter_mut().skip(1)"), z.clone(), vec![]),
        };
        for variable in variables {
            self.scope.add(variable);
        }
        self.scope.add(Variable::new(&z, Kind::Pointer, true));
        let text = match self.rng.u32(0..3) {
            0 => format!("{head}.for_each(|{pattern}| *{z} = {});\n", self.tame(2)),
            1 => {
                let body = self.tame(1);
                format!("{head}.for_each(|{pattern}| {{ *{z} *= {body}; *{z} += 0.1; }});\n")
            }
            _ => {
                // `break` needs the loop of the program, not the one around.
                let body = self.inside_loop(|g| g.block(2));
                format!("for {pattern} in {head} {{ {body} }}\n")
            }
        };
        self.scope.reset(mark);
        Some(text)
    }
}

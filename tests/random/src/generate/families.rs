//! Families of constructs: which of them a program is about, and where they enter.

use super::signature::{Parameter, Signature};
use super::types::Owner;
use super::{Generator, Returns};

/// A group of constructs beside floats, lists, loops and branches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    Structs,
    Enums,
    Options,
    Closures,
    Pipelines,
    Vectors,
}

impl Family {
    pub const ALL: [Family; 6] = [
        Family::Structs,
        Family::Enums,
        Family::Options,
        Family::Closures,
        Family::Pipelines,
        Family::Vectors,
    ];

    /// The family of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Family> {
        Family::ALL
            .into_iter()
            .find(|family| format!("{family:?}").eq_ignore_ascii_case(name))
    }
}

impl Generator {
    /// One family, several, or none.
    pub fn choose_families(&mut self, only: Option<Family>) {
        let count = self.rng.usize(0..4);
        self.families = match only {
            Some(family) => vec![family],
            None => (0..count)
                .map(|_| Family::ALL[self.rng.usize(0..Family::ALL.len())])
                .collect(),
        };
    }

    pub fn family(&mut self) -> Option<Family> {
        let families = self.families.clone();
        self.pick(&families).copied()
    }

    /// A statement of one of the program's families.
    pub fn family_statement(&mut self) -> Option<String> {
        if self.rng.u32(0..9) > 4 {
            return None;
        }
        match self.family()? {
            Family::Structs => self.struct_statement(),
            Family::Enums => Some(self.enum_statement()),
            Family::Options => Some(self.option_statement()),
            Family::Closures => self.closure(),
            Family::Pipelines if self.rarely(3) => self.each(),
            Family::Pipelines => self.collected(),
            Family::Vectors => self.vector_statement(),
        }
    }

    /// A float of one of the program's families.
    pub fn family_float(&mut self, depth: u32) -> Option<String> {
        // Pipelines have pipelines in their closures, but not for ever.
        let depth = depth.saturating_sub(1);
        match self.family()? {
            Family::Structs => self.points_float(),
            Family::Enums => self.shape_float(),
            Family::Options => self.option_float(depth),
            Family::Closures => self.closure_call(depth),
            Family::Pipelines => self.pipeline(depth),
            Family::Vectors => None,
        }
    }

    pub fn family_condition(&mut self) -> Option<String> {
        match self.family()? {
            Family::Options => {
                let name = self.named(&super::Kind::Opt)?;
                let lit = self.literal();
                Some(match self.rng.u32(0..3) {
                    0 => format!("{name}.is_some()"),
                    1 => format!("{name}.is_none()"),
                    _ => format!("{name}.is_some_and(|q| q > {lit})"),
                })
            }
            Family::Pipelines if self.rng.bool() => self.question(),
            Family::Pipelines => Some(format!("{} > 1", self.counted_elements()?)),
            _ => None,
        }
    }

    /// What a function of the program's families returns.
    pub fn any_returned(&mut self, of_main: bool) -> Returns {
        let family = self.family();
        let other = self.rng.bool();
        match family {
            Some(Family::Structs) if self.rarely(2) => {
                let owner = if other { Owner::Point } else { Owner::Body };
                self.types.parts.insert(owner.part());
                if other { Returns::Point } else { Returns::Body }
            }
            Some(Family::Options) if !of_main && self.rng.u32(0..4) > 0 => {
                if other {
                    Returns::Opt
                } else {
                    Returns::Fallible
                }
            }
            _ => self.returned(),
        }
    }

    /// Binds or passes on what a function returns that may fail.
    pub fn fallible(&mut self, call: &str) -> String {
        let lit = self.literal();
        let value = match (&self.returns, self.rng.u32(0..4)) {
            (Returns::Fallible, 0..3) => format!("{call}?"),
            (Returns::Opt, 0..2) => format!("{call}.ok()?"),
            (_, 0) => format!("match {call} {{ Ok(q) => q.sin(), Err(_) => {lit} }}"),
            (_, 1) => format!("if let Ok(q) = {call} {{ q }} else {{ -{lit} }}"),
            (_, 2) => format!("{call}.map(|q| q * {lit}).unwrap_or(0.25)"),
            _ => format!("{call}.unwrap_or({lit})"),
        };
        self.let_list(super::Kind::Float, &value)
    }

    /// Runs `body` as the body of a loop.
    pub fn inside_loop(&mut self, body: impl FnOnce(&mut Self) -> String) -> String {
        self.loops.push(super::Loop {
            label: None,
            valued: false,
            block: false,
        });
        let text = body(self);
        self.loops.pop();
        text
    }

    /// Methods of the program's types; all of them stand before its functions.
    pub fn methods(&mut self) {
        self.inside_types = true;
        let mut owners = Vec::new();
        if self.families.contains(&Family::Structs) {
            owners.extend([Owner::Point, Owner::Body]);
        }
        if self.families.contains(&Family::Enums) {
            owners.push(Owner::Shape);
        }
        for owner in owners {
            for _ in 0..self.rng.u32(0..3) {
                let text = self.method_of(owner);
                self.types.methods.push((owner, text));
            }
        }
        self.inside_types = false;
    }

    fn method_of(&mut self, owner: Owner) -> String {
        self.types.parts.insert(owner.part());
        let name = self.fresh("method");
        let returns = self.any_returned(false);
        let (budget, loops) = (self.rng.i32(1..5), self.rng.usize(0..2));
        self.start(returns.clone(), budget, loops);
        let receivers = match owner {
            Owner::Point => [Parameter::PointRef, Parameter::PointMut, Parameter::Point],
            Owner::Body => [Parameter::BodyRef, Parameter::BodyMut, Parameter::Body],
            Owner::Shape => [Parameter::ShapeRef, Parameter::ShapeMut, Parameter::Shape],
        };
        let mut parameters = vec![receivers[self.rng.usize(0..3)].clone()];
        if returns == Returns::Nothing {
            parameters[0] = receivers[1].clone();
        }
        for _ in 0..self.rng.u32(0..3) {
            parameters.push(self.any_parameter(false));
        }
        let signature = Signature {
            name,
            parameters,
            returns,
            owner: Some(owner),
        };
        let (list, _) = self.bind(&signature.parameters, true);
        let body = self.body();
        let text = format!("pub {} {body}\n", signature.header(&list, ""));
        self.functions.push(signature);
        text
    }
}

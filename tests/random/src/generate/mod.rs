//! A seed gives the source text of one program.

mod aliases;
mod arguments;
mod calls;
mod closures;
mod enums;
mod expr;
mod families;
mod lists;
mod loops;
mod options;
mod pipelines;
mod results;
mod scope;
mod signature;
mod stmt;
mod structs;
mod types;
mod vectors;

use fastrand::Rng;

pub use self::families::Family;
use self::scope::{Kind, Scope};
use self::signature::{Parameter, Signature};
use self::types::Types;

/// The functions of one program in dependence order; the last is `main_function`. `only`: the
/// family of constructs that the program is about, beside floats, lists and control flow.
#[must_use]
pub fn program(seed: u64, name: &str, only: Option<Family>) -> String {
    let mut generator = Generator::new(seed);
    generator.choose_families(only);
    let mut text = String::new();
    generator.methods();
    let helpers = generator.rng.usize(0..3);
    for _ in 0..helpers {
        text += &generator.helper();
    }
    text += &generator.main_function(name);
    let text = generator.types.text() + &text;
    // What does not parse is printed as it is, so that rustc can say why.
    syn::parse_file(&text).map_or(text, |file| prettyplease::unparse(&file))
}

/// What a function returns.
#[derive(Clone, PartialEq, Debug)]
enum Returns {
    Nothing,
    Float,
    Pair,
    Array(usize),
    Vec,
    /// A float and a `Vec`.
    Mixed,
    Point,
    Body,
    /// `Option<f64>`; of functions that are called only.
    Opt,
    /// `Result<f64, String>`; of functions that are called only.
    Fallible,
}

#[derive(Clone, Debug)]
struct Loop {
    label: Option<String>,
    /// Whether `break` carries a float.
    valued: bool,
    /// A labelled block: left by `break` with its label, and never repeated.
    block: bool,
}

struct Generator {
    rng: Rng,
    scope: Scope,
    functions: Vec<Signature>,
    returns: Returns,
    names: u32,
    /// Statements left in this function.
    budget: i32,
    /// Loops around the current place, innermost last.
    loops: Vec<Loop>,
    /// How deep loops may stand in this function.
    loop_limit: usize,
    /// Blocks around the current place.
    depth: u32,
    /// `constant` was used: differences cannot judge the program.
    stops: bool,
    families: Vec<Family>,
    types: Types,
    /// In a method: types have no path.
    inside_types: bool,
}

impl Generator {
    fn new(seed: u64) -> Self {
        Generator {
            rng: Rng::with_seed(seed),
            scope: Scope::default(),
            functions: Vec::new(),
            returns: Returns::Float,
            names: 0,
            budget: 0,
            loops: Vec::new(),
            loop_limit: 0,
            depth: 0,
            stops: false,
            families: Vec::new(),
            types: Types::default(),
            inside_types: false,
        }
    }

    /// One of the list, rather one of the last.
    fn pick_late<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let start = if self.rng.bool() {
            list.len().saturating_sub(4)
        } else {
            0
        };
        self.pick(&list[start..])
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        (!list.is_empty()).then(|| &list[self.rng.usize(0..list.len())])
    }

    fn fresh(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}", self.names)
    }

    /// One chance in `n`.
    fn rarely(&mut self, n: u32) -> bool {
        self.rng.u32(0..n) == 0
    }

    fn start(&mut self, returns: Returns, budget: i32, loop_limit: usize) {
        self.scope = Scope::default();
        self.returns = returns;
        self.budget = budget;
        self.loop_limit = loop_limit;
        self.loops.clear();
        self.depth = 0;
    }

    fn returned(&mut self) -> Returns {
        match self.rng.u32(0..12) {
            0..7 => Returns::Float,
            7 => Returns::Pair,
            8 | 9 => Returns::Array(self.rng.usize(1..4)),
            10 => {
                if self.rng.bool() {
                    Returns::Vec
                } else {
                    Returns::Mixed
                }
            }
            _ => Returns::Nothing,
        }
    }

    fn helper(&mut self) -> String {
        let name = self.fresh("helper");
        let returns = self.any_returned(false);
        let (budget, loops) = (self.rng.i32(2..7), self.rng.usize(1..3));
        self.start(returns.clone(), budget, loops);
        let count = self.rng.usize(1..4);
        let mut parameters: Vec<Parameter> =
            (0..count).map(|_| self.any_parameter(false)).collect();
        if returns == Returns::Nothing {
            parameters.push(Parameter::SliceMut(self.rng.usize(1..4)));
        }
        let recursive = self.rarely(4);
        if recursive {
            parameters.push(Parameter::Depth);
        }
        let signature = Signature {
            name,
            parameters,
            returns,
            owner: None,
        };
        let (list, _) = self.bind(&signature.parameters, false);
        let body = if recursive {
            self.recursive_body(&signature, &list)
        } else {
            self.body()
        };
        let rule = self.rule();
        let options = if rule.is_empty() {
            String::new()
        } else {
            format!("({rule})")
        };
        let text = format!(
            "#[twin] #[conservative_grad{options}] {} {body}\n",
            signature.header(&list, "types::")
        );
        self.functions.push(signature);
        text
    }

    fn main_function(&mut self, name: &str) -> String {
        let returns = self.any_returned(true);
        let most = if self.rarely(8) { 24 } else { 12 };
        let budget = self.rng.i32(5..most);
        self.start(returns.clone(), budget, 3);
        let count = self.rng.usize(1..5);
        let mut parameters: Vec<Parameter> = (0..count).map(|_| self.any_parameter(true)).collect();
        let inputs = [
            Parameter::Float,
            Parameter::Slice(4),
            Parameter::SliceMut(4),
        ];
        parameters.push(self.pick(&inputs).cloned().unwrap_or(Parameter::Float));
        if returns == Returns::Nothing {
            parameters.push(Parameter::SliceMut(self.rng.usize(1..4)));
        }
        let signature = Signature {
            name: name.to_string(),
            parameters,
            returns,
            owner: None,
        };
        let (list, mut arguments) = self.bind(&signature.parameters, false);
        let mut options = vec![self.rule()];
        if self.rarely(5) {
            options.push(self.fix_some(&list, &mut arguments));
        }
        let body = self.body();
        if self.stops {
            arguments.push("stops()".into());
        }
        options.retain(|option| !option.is_empty());
        let options = if options.is_empty() {
            String::new()
        } else {
            format!("({})", options.join(", "))
        };
        let arguments = arguments.join(", ");
        format!(
            "#[program({arguments})] #[conservative_grad{options}] {} {body}\n",
            signature.header(&list, "types::")
        )
    }

    /// Away from ties all rules agree.
    fn rule(&mut self) -> String {
        let rules = ["select = left", "select = mean", "select = right"];
        if self.rarely(8) {
            self.pick(&rules).map(|r| (*r).into()).unwrap_or_default()
        } else {
            String::new()
        }
    }

    /// Gives some parameters fixed values and leaves them out of `wrt(..)`.
    fn fix_some(&mut self, list: &[(String, Parameter)], arguments: &mut Vec<String>) -> String {
        let mut wrt = Vec::new();
        for (pattern, parameter) in list {
            let name = pattern.trim_start_matches("mut ").to_string();
            let values =
                |g: &mut Self, n: usize| (0..n).map(|_| g.literal()).collect::<Vec<_>>().join(", ");
            let fixed = match parameter {
                Parameter::Count | Parameter::Indices(_) => continue,
                Parameter::Float if self.rng.bool() && !wrt.is_empty() => self.literal(),
                Parameter::Slice(n) | Parameter::Vec(n) if self.rng.bool() && !wrt.is_empty() => {
                    format!("[{}]", values(self, *n))
                }
                _ => {
                    wrt.push(name);
                    continue;
                }
            };
            arguments.retain(|argument| !argument.starts_with(&format!("{name}[")));
            arguments.push(format!("{name} = {fixed}"));
        }
        format!("wrt({})", wrt.join(", "))
    }

    fn body(&mut self) -> String {
        let mut text = String::from("{\n");
        if self.rarely(3) {
            text += &self.declaration();
        }
        while self.budget > 0 {
            text += &self.statement();
        }
        let result = self.result();
        text + &result + "\n}"
    }

    /// The first statement ends the recursion, one later statement goes on with it.
    fn recursive_body(&mut self, signature: &Signature, list: &[(String, Parameter)]) -> String {
        let depth = list
            .last()
            .map(|(name, _)| name.clone())
            .unwrap_or_default();
        let first = self.result();
        let end = if signature.returns == Returns::Nothing {
            "return;".into()
        } else {
            format!("return {first};")
        };
        let mut text = format!("{{\nif {depth} == 0 {{ {end} }}\n");
        let (before, after) = (self.rng.i32(0..3), self.rng.i32(0..3));
        self.budget = before;
        while self.budget > 0 {
            text += &self.statement();
        }
        text += &self.call_of(signature, Some(&format!("{depth} - 1")));
        self.budget = after;
        while self.budget > 0 {
            text += &self.statement();
        }
        let result = self.result();
        text + &result + "\n}"
    }
}

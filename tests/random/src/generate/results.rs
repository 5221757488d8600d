//! What functions return.

use super::scope::{Form, Kind, Variable};
use super::{Generator, Returns};

impl Generator {
    /// What the function returns: the value of a final expression or of `return`.
    pub fn result(&mut self) -> String {
        match self.returns.clone() {
            Returns::Nothing => String::new(),
            Returns::Float => {
                // What was computed should matter.
                let more: Vec<String> = (0..4).filter_map(|_| self.read_float()).collect();
                format!("{} + {}", more.join(" + 0.7 * "), self.typed(2))
                    .trim_start_matches(" + ")
                    .into()
            }
            Returns::Pair => format!(
                "({} + 0.3 * {}, {})",
                self.simple(),
                self.simple(),
                self.typed(2)
            ),
            Returns::Array(len) => {
                let list: Vec<String> = (0..len).map(|_| self.typed(2)).collect();
                format!("[{}]", list.join(", "))
            }
            Returns::Vec => self.owned(),
            Returns::Mixed => format!("({}, {})", self.typed(2), self.owned()),
            Returns::Point => self.point_value(2),
            Returns::Body => self.body_value(1),
            Returns::Opt => self.option_value(2),
            Returns::Fallible => {
                let (condition, value) = (self.condition(), self.typed(2));
                format!("if {condition} {{ Err(\"no\".to_string()) }} else {{ Ok({value}) }}")
            }
        }
    }

    /// A `Vec` to be returned.
    fn owned(&mut self) -> String {
        match self.list_of(Form::Vec) {
            Some((name, _)) => format!("{name}.clone()"),
            None => format!("vec![{}, {}]", self.typed(2), self.typed(1)),
        }
    }

    /// Some list of this form, and how many elements it has at least.
    pub fn list_of(&mut self, form: Form) -> Option<(String, usize)> {
        let of = |v: &Variable| match v.kind {
            Kind::List { form: f, len, .. } if f == form => Some((v.name.clone(), len)),
            _ => None,
        };
        let all: Vec<(String, usize)> = self.scope.visible().filter_map(of).collect();
        self.pick(&all).cloned()
    }
}

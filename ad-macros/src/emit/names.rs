//! Names of the generated code: the user's where there are any, unique in a
//! function, and hygienic, so that no name of the user's can capture one.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span};

use crate::ir::{Var, VarInfo};

/// One identifier for each variable of a program.
pub struct Names {
    of: Vec<Ident>,
    /// The names in use, and of each the number from which on a variable of the
    /// same name may be free: a search from 2 each time would be quadratic.
    taken: BTreeMap<String, usize>,
}

impl Names {
    /// `first` keep their names as they are; they are the parameters.
    pub fn new(vars: &[VarInfo], first: &[Var]) -> Names {
        let mut names = Names {
            of: Vec::new(),
            taken: BTreeMap::new(),
        };
        let mut of: Vec<Option<Ident>> = vec![None; vars.len()];
        let rest = (0..vars.len()).filter(|k| !first.iter().any(|v| v.0 as usize == *k));
        for k in first.iter().map(|v| v.0 as usize).chain(rest) {
            of[k] = Some(names.fresh_at(&vars[k].name, vars[k].span));
        }
        names.of = of.into_iter().flatten().collect();
        names
    }

    pub fn of(&self, var: Var) -> &Ident {
        &self.of[var.0 as usize]
    }

    /// The name of a variable with the position of its use, so that a panic in
    /// `x[i]` is located there.
    pub fn at(&self, var: Var, used: Span) -> Ident {
        let mut name = self.of(var).clone();
        name.set_span(name.span().located_at(used));
        name
    }

    /// A name that no variable has.
    pub fn fresh(&mut self, name: &str) -> Ident {
        self.fresh_at(name, Span::call_site())
    }

    /// A name that no variable has, with the position of a user's token: errors
    /// about it point there.
    pub fn fresh_at(&mut self, name: &str, span: Span) -> Ident {
        let base = name.strip_prefix("r#").unwrap_or(name);
        let base = match base {
            "self" => "this",
            base if is_name(base) => base,
            _ => "t",
        };
        match self.taken.get(base) {
            None => {
                self.taken.insert(base.to_owned(), 2);
                // A variable that keeps the user's name keeps the user's token, so
                // that a panic in `x[i]` names that place and not the attribute.
                let own = span.source_text().is_some_and(|text| text == name);
                ident(base, if own { span } else { hygienic(span) })
            }
            Some(&from) => {
                let free = (from..).find(|k| !self.taken.contains_key(&format!("{base}_{k}")));
                let k = free.expect("fewer variables than numbers");
                let unique = format!("{base}_{k}");
                let ident = Ident::new(&unique, hygienic(span));
                self.taken.insert(base.to_owned(), k + 1);
                self.taken.insert(unique, 2);
                ident
            }
        }
    }
}

/// The position of a user's token with the hygiene of generated code.
pub fn hygienic(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    let starts = chars.next().is_some_and(|c| c == '_' || c.is_alphabetic());
    let keyword = ["_", "self", "Self", "super", "crate"].contains(&text);
    starts && !keyword && chars.all(|c| c == '_' || c.is_alphanumeric())
}

/// A keyword that the user wrote as a raw identifier stays one.
fn ident(text: &str, span: Span) -> Ident {
    let ident = Ident::new(text, span);
    match syn::parse2::<Ident>(quote::quote!(#ident)) {
        Ok(ident) => ident,
        Err(_) => Ident::new_raw(text, span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Ty, VarKind};

    #[test]
    fn names_are_kept_and_unique() {
        let var = |name: &str| VarInfo {
            name: name.into(),
            kind: VarKind::Temp,
            ty: Ty::Unknown,
            span: Span::call_site(),
            on_tape: None,
            function: None,
            by_reference: [false; 2],
        };
        let vars = [
            var("t"),
            var("x"),
            var("x"),
            var("r#type"),
            var("_"),
            var("x_2"),
        ];
        let mut names = Names::new(&vars, &[Var(2)]);
        let all: Vec<String> = (0..6).map(|k| names.of(Var(k)).to_string()).collect();
        assert_eq!(all, ["t", "x_2", "x", "r#type", "t_2", "x_2_2"]);
        assert_eq!(names.fresh("tape").to_string(), "tape");
        assert_eq!(names.fresh("x").to_string(), "x_3");
    }
}

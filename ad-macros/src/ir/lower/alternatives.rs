//! `|` patterns that bind names: each name is a memory that the alternative which
//! matches fills.

use syn::Pat;

use super::Lower;
use super::scope::{Binding, Item};
use crate::ir::{Passing, Place, StmtKind, Ty, Var};

/// A name and the memory that it stands for.
struct Name<'p> {
    name: &'p str,
    memory: Var,
    by: Passing,
}

impl Lower<'_> {
    /// Binds the names of alternatives of which one has matched.
    pub(super) fn bind_alternatives(&mut self, cases: &[&Pat], item: &Item, names: &[String]) {
        let mut names: Vec<Name<'_>> = names
            .iter()
            .map(|name| {
                let memory = self.declare(name, Ty::Unknown);
                Name {
                    name,
                    memory,
                    by: Passing::Value,
                }
            })
            .collect();
        self.first_match(cases, item, &mut names);
        for Name { name, memory, by } in names {
            self.frozen.insert(memory);
            self.scopes.insert(
                name.to_string(),
                Binding {
                    place: Place::of(memory),
                    by,
                },
            );
        }
    }

    fn first_match(&mut self, cases: &[&Pat], item: &Item, names: &mut [Name<'_>]) {
        let Some((case, rest)) = cases.split_first() else {
            return;
        };
        let test = if rest.is_empty() {
            None
        } else {
            self.test(case, item)
        };
        let Some(test) = test else {
            self.fill(case, item, names);
            return;
        };
        let (then, _) = self.block(|l| l.fill(case, item, names));
        let (other, _) = self.block(|l| l.first_match(rest, item, names));
        self.push(StmtKind::If(test, then, other));
    }

    fn fill(&mut self, case: &Pat, item: &Item, names: &mut [Name<'_>]) {
        self.scopes.push();
        self.bind_matched(case, item.clone());
        for Name { name, memory, by } in names {
            // rustc reports a name that an alternative lacks.
            let Some(binding) = self.scopes.find(name).cloned() else {
                continue;
            };
            *by = binding.by;
            let value = self.read(binding.place);
            let operand = self.operand(value);
            self.store(Place::of(*memory), operand);
        }
        self.scopes.pop();
    }
}

//! What a function looks like between two passes, for their tests.

use proc_macro2::TokenStream;

use super::build::Vars;
use super::{carry, fuse, jvp, simplify, structure, vjp, window};
use crate::analysis::activity::{Activity, activity};
use crate::analysis::kinks::{Sites, kinks};
use crate::diag::Errors;
use crate::ir::check::check;
use crate::ir::print::print_block;
use crate::ir::{Adjoint, Func, Fused, Tangent, lower};
use crate::syntax::options::Options;
use crate::syntax::signature::Signature;

pub(crate) use crate::ir::lower::tests::same;

/// A function as the transforms receive it, and the facts about it.
pub struct Stage {
    pub sig: Signature,
    pub func: Func,
    pub act: Activity,
    pub sites: Sites,
}

/// `source` is a function in the accepted language, its attribute `args`.
pub fn stage_with(args: &str, source: &str) -> Stage {
    let item: syn::ItemFn = syn::parse_str(source).unwrap();
    let args: TokenStream = args.parse().unwrap();
    let mut errors = Errors::new();
    let options = Options::parse(args, &mut errors);
    let sig = Signature::parse(&item, None, &options, &mut errors);
    let lowered = lower::lower(&sig, &item.block, &mut errors);
    let func = structure::structure(lowered);
    check(&func.vars, &func.body).unwrap();
    let act = activity(&func, &sig, &mut errors);
    assert_eq!(errors.into_tokens().to_string(), "", "{source}");
    let sites = kinks(&func, &act);
    Stage {
        sig,
        func,
        act,
        sites,
    }
}

pub fn stage(source: &str) -> Stage {
    stage_with("", source)
}

impl Stage {
    fn user_vars(&self) -> u32 {
        self.func.vars.len() as u32
    }

    /// Both sweeps as `vjp` writes them.
    pub fn vjp(&self) -> Adjoint {
        vjp::vjp(&self.func, &self.sig, &self.act, &self.sites)
    }

    /// Both sweeps without copies.
    pub fn adjoint(&self) -> Adjoint {
        let mut adjoint = self.vjp();
        simplify::simplify(
            &mut adjoint.vars,
            &mut adjoint.reverse,
            None,
            self.user_vars(),
        );
        adjoint
    }

    /// Both sweeps as one program, where a loop can be fused.
    pub fn fused(&self) -> Option<Fused> {
        fuse::fuse(&self.func, &self.act, &self.adjoint())
    }

    /// The program of forward mode without copies.
    pub fn tangent(&self) -> Tangent {
        let mut tangent = jvp::jvp(&self.func, &self.sig, &self.act, &self.sites);
        let Tangent {
            vars,
            body,
            result_tan,
            ..
        } = &mut tangent;
        simplify::simplify(vars, body, result_tan.as_mut(), self.user_vars());
        tangent
    }
}

/// What the passes of `optimise` make of the reverse sweep.
pub fn with_pass(mut adjoint: Adjoint, pass: Pass) -> Adjoint {
    let mut vars = Vars(std::mem::take(&mut adjoint.vars));
    match pass {
        Pass::Carry => carry::carry(&mut vars, &mut adjoint.reverse),
        Pass::Window => window::window(&mut vars, &mut adjoint.reverse),
    }
    adjoint.vars = vars.0;
    adjoint
}

pub enum Pass {
    Carry,
    Window,
}

/// The two sweeps, the line between them is what the first hands to the second.
pub fn sweeps(adjoint: &Adjoint) -> String {
    let names: Vec<String> = adjoint
        .frame
        .iter()
        .map(|v| format!("{}.{}", adjoint.vars[v.0 as usize].name, v.0))
        .collect();
    let forward = print_block(&adjoint.vars, &adjoint.forward);
    format!("{forward}-- {}\n{}", names.join(", "), reverse(adjoint))
}

pub fn reverse(adjoint: &Adjoint) -> String {
    print_block(&adjoint.vars, &adjoint.reverse)
}

//! The pipeline, from the attribute and its item to the tokens that replace
//! them.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;

use crate::analysis::reuse::{Kept, reused};
use crate::analysis::{
    activity::{Activity, activity, activity_of_adjoint},
    again::refuse_unrepeatable,
    failures::refuse_numbers_in_errors,
    independent::refuse_dependent,
    kinks::kinks,
    overwrite::overwritten_params,
    tangents::tangents_with_lanes,
};
use crate::blocks;
use crate::derive::derive;
use crate::diag::Errors;
use crate::emit::{self, Facts, More, Once, Second};
use crate::ir::{Adjoint, AdjointTangent, Func, Fused, Lifted, check, lower, print};
use crate::syntax::given::Given;
use crate::syntax::loops;
use crate::syntax::options::Options;
use crate::syntax::owner::{Owner, belongs_to_a_type};
use crate::syntax::signature::Signature;
use crate::traits;
use crate::transform::{
    build::Vars,
    carry::carry,
    fuse::fuse,
    indices::plain_indices,
    jvp::{jvp, jvp_of_adjoint},
    large::large,
    recycle::recycle,
    simplify::simplify,
    structure::structure,
    vjp::vjp,
    window::window,
};

/// The user's function is always kept. Beside it stands the generated item, or,
/// where there are faults, all of them and a stub that stops secondary errors.
pub fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    if let Ok(function) = syn::parse2::<syn::ItemFn>(item.clone()) {
        let mut errors = Errors::new();
        let options = Options::parse(args, &mut errors);
        let owner = belongs_to_a_type(&function).then(Owner::default);
        let generated = compile(&function, owner.as_ref(), &options, &mut errors);
        let faults = errors.into_tokens();
        let item = loops::without_attributes(item, &function, |strip, function| {
            strip.visit_item_fn_mut(function);
        });
        return quote! { #item #faults #generated };
    }
    match syn::parse2::<syn::Item>(item.clone()) {
        Ok(syn::Item::Impl(block)) => blocks::impl_block(args, block),
        Ok(syn::Item::Trait(declared)) => traits::trait_block(args, declared),
        Ok(parsed) => {
            let mut errors = Errors::new();
            errors.push(
                syn::spanned::Spanned::span(&parsed),
                "conservative_grad is not supported on this item",
                "put it on a function, a method, an `impl` block or a trait",
            );
            let faults = errors.into_tokens();
            quote! { #item #faults }
        }
        // What does not parse passes through unchanged: rustc reports it best.
        Err(_) => item,
    }
}

/// The functions that stand beside one function; `owner` is the type that it
/// belongs to.
pub fn compile(
    function: &syn::ItemFn,
    owner: Option<&Owner>,
    options: &Options,
    errors: &mut Errors,
) -> TokenStream {
    let before = errors.count();
    let sig = Signature::parse(function, owner, options, errors);
    if let Some(given) = &options.given {
        return compile_given(&sig, options, function, given, errors);
    }
    let mut func = lower::lower(&sig, &function.block, errors);
    if errors.count() > before {
        // What was lowered is incomplete, and good enough to find the other faults.
        if !sig.output.refused {
            activity(&func, &sig, errors);
        }
        return emit::stub(&sig, options, function);
    }
    func = structure(func);
    large(&mut func);
    // A broken invariant is a fault of this compiler, not of the user.
    if let Err(fault) = check::check(&func.vars, &func.body) {
        errors.push(
            sig.ident.span(),
            format!("conservative_grad lowered `{}` wrongly: {fault}", sig.ident),
            "please report this function; it is not differentiated",
        );
        return emit::stub(&sig, options, function);
    }
    let act = activity(&func, &sig, errors);
    refuse_unrepeatable(&func, &act, errors);
    refuse_dependent(&func, errors);
    refuse_numbers_in_errors(&func, &sig, &act, errors);
    if errors.count() > before {
        return emit::stub(&sig, options, function);
    }
    plain_indices(&mut func, &act);
    let sites = kinks(&func, &act);
    let user_vars = u32::try_from(func.vars.len()).expect("fewer than 2^32 variables");
    let mut adjoint = vjp(&func, &sig, &act, &sites);
    simplify(&mut adjoint.vars, &mut adjoint.reverse, None, user_vars);
    // Before the passes that only make the first derivative faster.
    let second = options
        .second_order
        .then(|| second_order(&adjoint, &sig, &act));
    let mut fused = is_on("fuse").then(|| fuse(&func, &act, &adjoint)).flatten();
    optimise(&mut adjoint);
    recycle(&mut adjoint, None);
    if let Some(Fused { sweeps, .. }) = &mut fused {
        optimise(sweeps);
        recycle(sweeps, None);
    }
    let overwrites = overwritten_params(&func);
    let mut tangent = jvp(&func, &sig, &act, &sites);
    simplify(
        &mut tangent.vars,
        &mut tangent.body,
        tangent.result_tan.as_mut(),
        user_vars,
    );
    tangent.lanes = tangents_with_lanes(&tangent, user_vars);
    let kept = Kept {
        tangent: reused(
            &tangent.body,
            tangent.result.iter().chain(&tangent.result_tan),
        ),
        ..Kept::of_sweeps(&adjoint)
    };
    let closures = lifted_closures(&func, &sig, options, errors);
    if errors.count() > before {
        return emit::stub(&sig, options, function);
    }
    let checked = emit::is_checked(&sig, &adjoint);
    let facts = Facts {
        activity: &act,
        sites: &sites,
        kept: &kept,
        user_vars,
        closures: &closures,
        checked,
        overwrites: &overwrites,
    };
    let second = second.as_ref().map(|(program, act, kept)| Second {
        program,
        facts: Facts {
            activity: act,
            kept,
            ..facts
        },
    });
    let kept_once = fused.as_ref().map(|fused| Kept::of_one(&fused.sweeps));
    let once = fused.as_ref().zip(kept_once.as_ref());
    let once = once.map(|(program, kept)| Once {
        program,
        facts: Facts { kept, ..facts },
    });
    let more = More { second, once };
    let tokens = emit::emit(&sig, options, function, &adjoint, &tangent, &facts, &more);
    if std::env::var("AD_PRINT").is_ok_and(|name| sig.ident == name) {
        eprintln!("// primal\n{}", print::print(&func));
        eprintln!(
            "// forward sweep\n{}",
            print::print_block(&adjoint.vars, &adjoint.forward)
        );
        eprintln!(
            "// reverse sweep\n{}",
            print::print_block(&adjoint.vars, &adjoint.reverse)
        );
        eprintln!(
            "// tangent\n{}",
            print::print_block(&tangent.vars, &tangent.body)
        );
        if let Some(Once { program, .. }) = &more.once {
            let Adjoint {
                vars,
                forward,
                reverse,
                ..
            } = &program.sweeps;
            eprintln!(
                "// both sweeps at once\n{}-- then\n{}",
                print::print_block(vars, forward),
                print::print_block(vars, reverse)
            );
        }
        if let Some(Second { program, .. }) = &more.second {
            let Adjoint {
                vars,
                forward,
                reverse,
                ..
            } = &program.sweeps;
            eprintln!(
                "// forward sweep with tangents\n{}",
                print::print_block(vars, forward)
            );
            eprintln!(
                "// reverse sweep with tangents\n{}",
                print::print_block(vars, reverse)
            );
        }
        eprintln!("// generated\n{}", emit::pretty(&tokens));
    }
    tokens
}

/// What the closures that are passed on become: each a struct with a method, and what
/// makes the struct a function to be passed.
fn lifted_closures(
    func: &Func,
    sig: &Signature,
    options: &Options,
    errors: &mut Errors,
) -> TokenStream {
    let mut all = TokenStream::new();
    for Lifted { captures, method } in &func.closures {
        let name = &captures.ident;
        let (declared, arguments, clause) = captures.generics.split_for_impl();
        let owner = Owner {
            generics: captures.generics.clone(),
            ty: Some(syn::parse_quote!(#name #arguments)),
            ..Owner::default()
        };
        let within = options.within.as_ref().unwrap_or(&sig.ident);
        let options = Options {
            select: options.select,
            calls: options.calls.clone(),
            runtime: options.runtime.clone(),
            second_order: options.second_order,
            within: Some(within.clone()),
            ..Options::default()
        };
        let before = errors.count();
        let generated = compile(method, Some(&owner), &options, errors);
        if errors.count() > before {
            continue;
        }
        let sig = Signature::parse(method, Some(&owner), &options, errors);
        let function = emit::closure_impl(&sig, &options);
        let mut method = method.clone();
        loops::strip(&mut method.block);
        let runtime = options.runtime.iter().map(|path| {
            let path = path.to_token_stream().to_string();
            quote!(#[differentiable(crate = #path)])
        });
        let input = quote!(#(#runtime)* #captures);
        let derived = syn::parse2(input).map(|input| derive(&input));
        let derived = derived.unwrap_or_else(|fault| fault.to_compile_error());
        all.extend(quote! {
            #captures
            #derived
            impl #declared #name #arguments #clause {
                #method
                #generated
            }
            #function
        });
    }
    all
}

/// The body is not looked at where the derivative is given.
fn compile_given(
    sig: &Signature,
    options: &Options,
    function: &syn::ItemFn,
    given: &Given,
    errors: &mut Errors,
) -> TokenStream {
    given.check(sig, errors);
    if !errors.is_empty() {
        return emit::stub(sig, options, function);
    }
    let tokens = emit::custom(sig, options, function, given);
    if std::env::var("AD_PRINT").is_ok_and(|name| sig.ident == name) {
        eprintln!("// generated\n{}", emit::pretty(&tokens));
    }
    tokens
}

/// The passes that only make the derivative faster: without them it is the same but for
/// the order of sums.
fn optimise(adjoint: &mut Adjoint) {
    let mut vars = Vars(std::mem::take(&mut adjoint.vars));
    for block in [&mut adjoint.forward, &mut adjoint.reverse] {
        if is_on("carry") {
            carry(&mut vars, block);
        }
        if is_on("window") {
            window(&mut vars, block);
        }
    }
    adjoint.vars = vars.0;
}

/// Whether a pass runs that only makes the derivative faster: `AD_OPTIMISE` names those that
/// do not (`AD_OPTIMISE=-fuse,-window`); `AD_OPTIMISE=0` leaves all of them out.
fn is_on(pass: &str) -> bool {
    let Ok(value) = std::env::var("AD_OPTIMISE") else {
        return true;
    };
    let mut parts = value.split(',').map(str::trim);
    !parts.any(|part| part == "0" || part.strip_prefix('-') == Some(pass))
}

/// The tangent of the adjoint, with the activity of its variables and what it
/// keeps.
fn second_order(
    adjoint: &Adjoint,
    sig: &Signature,
    act: &Activity,
) -> (AdjointTangent, Activity, Kept) {
    let act = activity_of_adjoint(adjoint, act);
    let first_order_vars = u32::try_from(adjoint.vars.len()).expect("fewer than 2^32 variables");
    let mut program = jvp_of_adjoint(adjoint, sig, &act);
    let sweeps = &mut program.sweeps;
    simplify(
        &mut sweeps.vars,
        &mut sweeps.reverse,
        None,
        first_order_vars,
    );
    recycle(&mut program.sweeps, program.result_tan.as_ref());
    let mut kept = Kept::of_sweeps(&program.sweeps);
    kept.forward
        .extend(reused(&program.sweeps.forward, &program.result_tan));
    // The forward sweep is written as forward mode is.
    kept.tangent = kept.forward.clone();
    (program, act, kept)
}

#[cfg(test)]
#[path = "expand_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "expand_goldens.rs"]
mod goldens;

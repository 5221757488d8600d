//! The compiler behind `ad-runtime`, which re-exports everything here: depend on
//! that crate, not on this one.

mod analysis;
mod blocks;
mod derive;
mod diag;
mod emit;
mod expand;
mod floats;
mod indexing;
mod integers;
mod ir;
mod operators;
mod rules;
mod syntax;
mod traits;
mod transform;

#[cfg(test)]
mod layers;

use proc_macro::TokenStream;

/// Differentiates the function that it stands on.
///
/// The function stays as it is. Beside it appears an item of the same name that
/// carries the derivatives. For `fn f(a: f64, n: usize, w: &[f64]) -> f64`:
///
/// | call | returns |
/// |---|---|
/// | `f::grad(a, n, w)` | the value and the gradient: `(f64, (f64, Vec<f64>))` |
/// | `f::vjp(a, n, w, seed)` | the same for the cotangent `seed` of the result |
/// | `f::vjp_into(&mut tape, a, &mut a_adj, n, w, &mut w_adj, seed)` | the value; **adds** to the cotangents and allocates nothing once the tape is warm |
/// | `f::jvp(a, a_tan, n, w, w_tan)` | the value and the tangent, by forward mode |
/// | `f::jvp_lanes::<N>(a, a_tan, n, w, w_tan)` | the same for `N` tangents of each argument at once, the lanes innermost: `[f64; N]`, `&[[f64; N]]` |
/// | `f::trace(a, n, w)` | the value and the record of all decisions |
/// | `f::grad_trace(a, n, w)` | value, gradient and the record of the same run |
/// | `f::grad_ties(a, n, w)` | value, gradient and the number of ties |
/// | `f::grad_with::<Left>(a, n, w)` | `grad` by another rule at ties; also `vjp_with`, `jvp_with`, `trace_with` |
/// | `f::SITES` | the places where an active value decides |
///
/// `grad`, `grad_trace`, `grad_ties` and `grad_with` exist where the result is one
/// float. An active `&mut` parameter is followed by the `&mut` of its cotangent in
/// reverse and of its tangent in forward mode. The generated documentation of each
/// function says what it is differentiated with respect to.
///
/// # Arguments
///
/// | argument | meaning | default |
/// |---|---|---|
/// | `wrt(a, b)` | the active parameters | all that hold floats |
/// | `select = min_norm`, `left`, `right`, `mean` | the rule at ties; inherited by annotated callees that state none | `min_norm` |
/// | `name = ident` | the name of the generated item | the function's |
/// | `calls(f = f_ad)` | the item of a called function whose name collides | the same path |
/// | `custom(vjp = path, jvp = path)` | hand-written rules with the signatures of the generated functions; beside them `sites = path`, `trace = path` | from the body |
/// | `constant` | the derivative is zero by decision | from the body |
/// | `scalar` | the result is one float behind an alias | from the tokens |
/// | `crate = "path"` | where `ad_runtime` is found | `::ad_runtime` |
///
/// # Methods, traits and operators
///
/// On an `impl` block the attribute is that of each function in it; beside `norm` stand
/// `norm_grad`, `norm_vjp` and the others, and the constant `NORM_SITES`. On the `impl` of
/// an operator of `core::ops` it makes `a * b` an operation with a derivative, and on those
/// of `Index` and `IndexMut` `m[(i, j)]`.
///
/// On a `trait` it adds the derivatives to the trait, and on the `impl`s of the trait their
/// bodies. Generic code says that a type has a tangent, `S: Shape + Differentiable`. Every
/// `impl` of the trait has the attribute. `wrt(..)` and `skip` are said of a method in the trait and
/// in each `impl`, `select` and `name` in the trait alone. The table of sites is a function
/// there: `Disc::area_sites()`.
///
/// # Loops
///
/// `#[checkpoint(n)]` on a `for` loop keeps `n` states of the loop on the tape instead of
/// every value, and runs iterations again in the reverse sweep. `#[parallel]` runs
/// independent iterations on the threads of rayon (feature `rayon` of `ad-runtime`).
///
/// # Errors
///
/// What is outside the accepted language is a compile error on the token, with
/// what to write instead; all of them are reported at once. rustc's own error
/// "cannot find module or crate `g`" on a call of `g` says that `g` is not
/// annotated.
#[proc_macro_attribute]
pub fn conservative_grad(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::expand(args.into(), item.into()).into()
}

/// The runtime's own: see `floats`.
#[doc(hidden)]
#[proc_macro]
pub fn float_methods(runtime: TokenStream) -> TokenStream {
    floats::float_methods(runtime.into()).into()
}

/// The runtime's own: see `integers`.
#[doc(hidden)]
#[proc_macro]
pub fn integer_methods(runtime: TokenStream) -> TokenStream {
    integers::integer_methods(&runtime.into()).into()
}

/// Makes a type one that can be differentiated: structs and enums of floats,
/// integers, arrays, vectors, `Option`s, boxes, references, and other such types.
///
/// For a type `S` it writes the type `STangent` of its tangents and cotangents,
/// with the same field names. A named field that holds no float is absent from it;
/// in a tuple struct it is `()`. The tangent of an enum is an enum with the same
/// variants.
///
/// | attribute | on | meaning |
/// |---|---|---|
/// | `#[differentiable(constant)]` | a field | carries no derivative; for types of other crates |
/// | `#[differentiable(crate = "path")]` | the type | where `ad_runtime` is found |
#[proc_macro_derive(Differentiable, attributes(differentiable))]
pub fn derive_differentiable(item: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(item as syn::DeriveInput);
    derive::derive(&input).into()
}

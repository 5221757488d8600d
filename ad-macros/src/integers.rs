//! The methods of integers as methods that rustc finds by the type of the receiver:
//! `self.n.max(1)`. They have no derivative, and their results none.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::emit::{FORWARD, hidden_method};
use crate::rules;

/// A method: its name, its arguments, and its result.
type Method = (&'static str, &'static [Of], Of);

/// A type in the signature of a method.
#[derive(Clone, Copy)]
enum Of {
    /// The receiver's.
    Own,
    /// A reference to one of the receiver's.
    Ref,
    /// The unsigned type of the receiver's width.
    Unsigned,
    U32,
    Bool,
    Ordering,
}
use Of::{Bool, Ordering, Own, Ref, U32, Unsigned};

/// Methods of all integers.
const ALL: &[Method] = &[
    ("min", &[Own], Own),
    ("max", &[Own], Own),
    ("clamp", &[Own, Own], Own),
    ("pow", &[U32], Own),
    ("rem_euclid", &[Own], Own),
    ("div_euclid", &[Own], Own),
    ("saturating_add", &[Own], Own),
    ("saturating_sub", &[Own], Own),
    ("saturating_mul", &[Own], Own),
    ("wrapping_add", &[Own], Own),
    ("wrapping_sub", &[Own], Own),
    ("wrapping_mul", &[Own], Own),
    ("wrapping_div", &[Own], Own),
    ("wrapping_rem", &[Own], Own),
    ("wrapping_neg", &[], Own),
    ("wrapping_shl", &[U32], Own),
    ("wrapping_shr", &[U32], Own),
    ("rotate_left", &[U32], Own),
    ("rotate_right", &[U32], Own),
    ("swap_bytes", &[], Own),
    ("reverse_bits", &[], Own),
    ("isqrt", &[], Own),
    ("abs_diff", &[Own], Unsigned),
    ("count_ones", &[], U32),
    ("count_zeros", &[], U32),
    ("leading_zeros", &[], U32),
    ("trailing_zeros", &[], U32),
    ("leading_ones", &[], U32),
    ("trailing_ones", &[], U32),
    ("ilog2", &[], U32),
    ("ilog10", &[], U32),
    ("ilog", &[Own], U32),
    ("cmp", &[Ref], Ordering),
];

const ONLY_UNSIGNED: &[Method] = &[
    ("div_ceil", &[Own], Own),
    ("next_multiple_of", &[Own], Own),
    ("next_power_of_two", &[], Own),
    ("is_power_of_two", &[], Bool),
];

const ONLY_SIGNED: &[Method] = &[
    ("abs", &[], Own),
    ("unsigned_abs", &[], Unsigned),
    ("is_positive", &[], Bool),
    ("is_negative", &[], Bool),
];

const WIDTHS: [&str; 6] = ["8", "16", "32", "64", "128", "size"];

/// The traits and their implementations. `runtime` is the path of the runtime.
pub fn integer_methods(runtime: &TokenStream) -> TokenStream {
    let rt = quote!(#runtime::__private);
    let mut out = quote! {
        /// The integers.
        pub trait Integer {
            /// The unsigned type of the same width.
            type Unsigned;
        }
    };
    for width in WIDTHS {
        let (i, u) = (format_ident!("i{width}"), format_ident!("u{width}"));
        out.extend(quote! {
            impl Integer for #i { type Unsigned = #u; }
            impl Integer for #u { type Unsigned = #u; }
        });
    }
    for (name, methods, prefixes) in [
        ("IntMethods", ALL, &["i", "u"][..]),
        ("UnsignedMethods", ONLY_UNSIGNED, &["u"]),
        ("SignedMethods", ONLY_SIGNED, &["i"]),
    ] {
        let name = Ident::new(name, Span::call_site());
        let declared = methods.iter().map(|method| declared(&rt, method));
        let allow = crate::emit::allowed();
        out.extend(quote! {
            /// The hidden methods of integers.
            #allow
            #[allow(missing_docs)]
            pub trait #name: Integer + Sized { #(#declared)* }
        });
        for width in WIDTHS {
            for prefix in prefixes {
                let ty = format_ident!("{prefix}{width}");
                let defined = methods.iter().map(|method| defined(&rt, method));
                out.extend(quote!(#allow impl #name for #ty { #(#defined)* }));
            }
        }
    }
    out
}

/// What the hidden functions of a method share.
struct Parts {
    name: Ident,
    site: TokenStream,
    args: Vec<Ident>,
    types: Vec<TokenStream>,
    out: TokenStream,
}

fn parts(rt: &TokenStream, (name, args, out): &Method) -> Parts {
    let written = |of: Of| match of {
        Own => quote!(Self),
        Ref => quote!(&Self),
        Unsigned => quote!(<Self as Integer>::Unsigned),
        U32 => quote!(u32),
        Bool => quote!(bool),
        Ordering => quote!(::core::cmp::Ordering),
    };
    Parts {
        name: Ident::new(name, Span::call_site()),
        site: match rules::takes_site(name) {
            true => quote!(_: &'static #rt::Site,),
            false => TokenStream::new(),
        },
        args: (0..args.len()).map(|k| format_ident!("arg_{k}")).collect(),
        types: args.iter().map(|of| written(*of)).collect(),
        out: written(*out),
    }
}

/// The one function of a method that computes, and the others, which do no more.
fn declared(rt: &TokenStream, method: &Method) -> TokenStream {
    let Parts {
        name,
        site,
        args,
        types,
        out,
    } = parts(rt, method);
    let hidden = |part| hidden_method(&name, part, Span::call_site());
    let [fwd, run, rev, jvp, fwd_tan, rev_tan, value] =
        [FORWARD, "run", "rev", "jvp", "fwd_tan", "rev_tan", "value"].map(hidden);
    let context = quote!(_: &mut #rt::Tape, _: impl #rt::Selector, _: impl Sized, #site);
    quote! {
        fn #value(&self, #(#args: #types),*) -> #out;
        #[inline(always)]
        fn #fwd(&self, #context #(#args: #types),*) -> #out { self.#value(#(#args),*) }
        #[inline(always)]
        fn #run(&self, #context #(#args: #types),*) -> #out { self.#value(#(#args),*) }
        #[inline(always)]
        fn #rev(&self, _: &mut (), #context #(_: #types, _: &mut (),)* _: &()) {}
        #[inline(always)]
        fn #jvp(&self, _: &(), #context #(#args: #types, _: &()),*) -> (#out, ()) {
            (self.#value(#(#args),*), ())
        }
        #[inline(always)]
        fn #fwd_tan(&self, _: &(), #context #(#args: #types, _: &()),*) -> (#out, ()) {
            (self.#value(#(#args),*), ())
        }
        #[inline(always)]
        fn #rev_tan(
            &self, _: &(), _: &mut (), _: &mut (), #context
            #(_: #types, _: &(), _: &mut (), _: &mut (),)* _: &(), _: &(),
        ) {}
    }
}

fn defined(rt: &TokenStream, method: &Method) -> TokenStream {
    let Parts {
        name,
        args,
        types,
        out,
        ..
    } = parts(rt, method);
    let value = hidden_method(&name, "value", Span::call_site());
    let of = match name == "cmp" {
        true => quote!(::core::cmp::Ord::cmp(self, #(#args),*)),
        false => quote!((*self).#name(#(#args),*)),
    };
    quote! {
        #[inline(always)]
        fn #value(&self, #(#args: #types),*) -> #out { #of }
    }
}

//! The traits of a type and of its tangent.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::Context;
use super::fields::{Field, Kind, Shape};

/// The type or its tangent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Type,
    Tangent,
}

pub fn all(cx: &Context<'_>) -> TokenStream {
    let allow = quote! {
        #[allow(
            unused_variables, unreachable_patterns, unused_mut, clippy::all, clippy::pedantic,
            clippy::nursery, clippy::restriction
        )]
    };
    let mut impls = vec![differentiable(cx), tangent(cx), plain(cx)];
    for of in [Of::Type, Of::Tangent] {
        impls.push(all_finite(cx, of));
        if of == Of::Tangent || !cx.shapes.iter().flat_map(|s| &s.fields).any(Field::borrows) {
            impls.push(record(cx, of));
            impls.push(placeholder(cx, of));
        }
    }
    impls.into_iter().map(|item| quote!(#allow #item)).collect()
}

impl Field {
    /// The name of the field in a pattern.
    fn bound(&self, prefix: &str) -> Ident {
        let name = match &self.member {
            syn::Member::Named(name) => name.to_string().trim_start_matches("r#").to_owned(),
            syn::Member::Unnamed(k) => k.index.to_string(),
        };
        format_ident!("{prefix}_{name}", span = Span::mixed_site())
    }
}

impl Context<'_> {
    /// The fields of a shape that a value has.
    fn fields<'s>(&self, of: Of, shape: &'s Shape) -> Vec<&'s Field> {
        match of {
            Of::Type => shape.fields.iter().collect(),
            Of::Tangent => shape.kept().collect(),
        }
    }

    /// `Self::V { x: a_x, y: a_y, .. }`
    fn pattern(&self, of: Of, shape: &Shape, prefix: &str) -> TokenStream {
        let path = self.path(shape);
        let parts = self.fields(of, shape).into_iter().map(|f| {
            let (member, name) = (&f.member, f.bound(prefix));
            quote!(#member: #name,)
        });
        quote!(#path { #(#parts)* })
    }

    /// `Self::V { x: .., y: .. }`
    fn literal(&self, of: Of, shape: &Shape, value: impl Fn(&Field) -> TokenStream) -> TokenStream {
        let path = self.path(shape);
        let parts = self.fields(of, shape).into_iter().map(|f| {
            let (member, value) = (&f.member, value(f));
            quote!(#member: #value,)
        });
        quote!(#path { #(#parts)* })
    }

    /// `match self { .. }`
    fn by_shape(&self, of: Of, arm: impl Fn(&Shape, &[&Field]) -> TokenStream) -> TokenStream {
        let arms = self.shapes.iter().map(|shape| {
            let (from, to) = (
                self.pattern(of, shape, "a"),
                arm(shape, &self.fields(of, shape)),
            );
            quote!(#from => { #to })
        });
        quote!(match self { #(#arms)* })
    }

    /// `match (self, other) { .. }` for two of one shape.
    fn by_two(
        &self,
        of: Of,
        arm: impl Fn(&[&Field]) -> TokenStream,
        other: &TokenStream,
    ) -> TokenStream {
        let arms = self.shapes.iter().map(|shape| {
            let (a, b) = (self.pattern(of, shape, "a"), self.pattern(of, shape, "b"));
            let to = arm(&self.fields(of, shape));
            quote!((#a, #b) => { #to })
        });
        quote!(match (self, other) { #(#arms)* _ => #other })
    }

    /// `impl Trait for`, with what each type parameter must implement beside.
    fn impl_of(
        &self,
        of: Of,
        name: &TokenStream,
        more: &TokenStream,
        body: &TokenStream,
    ) -> TokenStream {
        match of {
            Of::Type => {
                let (declared, names, _) = self.input.generics.split_for_impl();
                let clause = self.generics.clause_of_type(self.input, &self.rt, more);
                let of = &self.input.ident;
                quote!(impl #declared #name for #of #names #clause { #body })
            }
            Of::Tangent => {
                let (declared, names) = (self.generics.declared(), self.generics.names());
                let clause = self.generics.clause(&self.rt, more);
                let of = &self.name;
                quote!(impl #declared #name for #of #names #clause { #body })
            }
        }
    }
}

fn differentiable(cx: &Context<'_>) -> TokenStream {
    let rt = &cx.rt;
    let (name, names) = (&cx.name, cx.generics.names());
    let zero = |function: &str, more: &TokenStream| {
        let function = Ident::new(function, Span::call_site());
        cx.by_shape(Of::Type, |shape, _| {
            let variant = &shape.ident;
            let path = match cx.is_enum() {
                true => quote!(#name::#variant),
                false => quote!(#name),
            };
            let parts = shape.kept().map(|f| {
                let (member, x) = (&f.member, f.bound("a"));
                match f.kind {
                    Kind::Present if f.recursive => {
                        quote!(#member: #rt::boxing(#rt::#function(#x #more)),)
                    }
                    Kind::Present => quote!(#member: #rt::#function(#x #more),),
                    Kind::Absent | Kind::Constant => quote!(#member: (),),
                }
            });
            quote!(#path { #(#parts)* })
        })
    };
    let (zero_like, zero_in) = (
        zero("zero_like", &TokenStream::new()),
        zero("zero_in", &quote!(, tape)),
    );
    let displace = displace(cx);
    let body = quote! {
        type Tangent = #name #names;
        #[inline(always)]
        fn zero_like(&self) -> Self::Tangent { #zero_like }
        #[inline(always)]
        fn zero_in(&self, tape: &mut #rt::Tape) -> Self::Tangent { #zero_in }
        fn displace(&mut self, tangent: &Self::Tangent, by: f64) -> bool { #displace }
    };
    cx.impl_of(
        Of::Type,
        &quote!(#rt::Differentiable),
        &TokenStream::new(),
        &body,
    )
}

/// The value moved along a tangent of its shape.
fn displace(cx: &Context<'_>) -> TokenStream {
    let rt = &cx.rt;
    let name = &cx.name;
    let arms = cx.shapes.iter().map(|shape| {
        let of_tangent = match cx.is_enum() {
            true => {
                let variant = &shape.ident;
                quote!(#name::#variant)
            }
            false => quote!(#name),
        };
        let moved = |f: &&Field| f.kind == Kind::Present;
        let bind = |prefix: &str| -> TokenStream {
            let fields = shape.kept().filter(moved).map(|f| {
                let (member, name) = (&f.member, f.bound(prefix));
                quote!(#member: #name,)
            });
            fields.collect()
        };
        let (a, b, path) = (bind("a"), bind("b"), cx.path(shape));
        let parts = shape.kept().filter(moved).map(|f| {
            let (a, b) = (f.bound("a"), f.bound("b"));
            match f.recursive && !f.is_box_of_self() {
                true => quote!(&& {
                    let _ = (#a, #b);
                    false
                }),
                false => quote!(&& #rt::Differentiable::displace(#a, #b, by)),
            }
        });
        quote!((#path { #a .. }, #of_tangent { #b .. }) => true #(#parts)*,)
    });
    quote!(match (self, tangent) { #(#arms)* _ => false })
}

fn tangent(cx: &Context<'_>) -> TokenStream {
    let rt = &cx.rt;
    let of = Of::Tangent;
    let apart = quote!(#rt::no_payload());
    let both = |function: &str| {
        let function = Ident::new(function, Span::call_site());
        let arm = |fields: &[&Field]| {
            let parts = fields.iter().map(|f| {
                let (a, b) = (f.bound("a"), f.bound("b"));
                quote!(#rt::#function(#a, #b);)
            });
            quote!(#(#parts)*)
        };
        cx.by_two(of, arm, &apart)
    };
    let (add, sub) = (both("add"), both("sub"));
    let dot = cx.by_two(
        of,
        |fields| {
            let parts = fields.iter().map(|f| {
                let (a, b) = (f.bound("a"), f.bound("b"));
                quote!(+ #rt::Tangent::dot(#a, #b))
            });
            quote!(0.0 #(#parts)*)
        },
        &apart,
    );
    let each = |call: &dyn Fn(&Ident) -> TokenStream| {
        cx.by_shape(of, |_, fields| {
            fields.iter().map(|f| call(&f.bound("a"))).collect()
        })
    };
    let scale = each(&|a| quote!(#rt::Tangent::scale(#a, factor);));
    let clear = each(&|a| quote!(#rt::clear(#a);));
    let components = each(&|a| quote!(#rt::Tangent::each(#a, f);));
    let recycle = each(&|a| quote!(#rt::recycle(#a, tape);));
    let take = cx.by_shape(of, |shape, _| {
        cx.literal(of, shape, |f| {
            let a = f.bound("a");
            quote!(#rt::take(#a))
        })
    });
    let empty = match cx.shapes.iter().min_by_key(|shape| shape.recursions()) {
        Some(shape) => cx.literal(of, shape, |_| quote!(#rt::empty())),
        None => TokenStream::new(),
    };
    let body = quote! {
        type Lanes<const __N: usize> = #rt::Lanes<Self, __N>;
        #[inline(always)]
        fn join<const __N: usize>(parts: [Self; __N]) -> Self::Lanes<__N> { #rt::Lanes(parts) }
        #[inline(always)]
        fn lane<const __N: usize>(lanes: &Self::Lanes<__N>, k: usize) -> Self {
            ::core::clone::Clone::clone(&lanes.0[k])
        }
        #[inline(always)]
        fn put<const __N: usize>(self, lanes: &mut Self::Lanes<__N>, k: usize) { lanes.0[k] = self; }
        #[inline(always)]
        fn empty() -> Self { #empty }
        #[inline(always)]
        fn add(&mut self, other: &Self) { #add }
        #[inline(always)]
        fn sub(&mut self, other: &Self) { #sub }
        #[inline]
        fn scale(&mut self, factor: f64) { #scale }
        #[inline]
        fn dot(&self, other: &Self) -> f64 { #dot }
        #[inline(always)]
        fn clear(&mut self) { #clear }
        fn each(&mut self, f: &mut dyn ::core::ops::FnMut(f64) -> f64) { #components }
        #[inline(always)]
        fn take(&mut self) -> Self { #take }
        #[inline(always)]
        fn recycle(self, tape: &mut #rt::Tape) { #recycle }
    };
    cx.impl_of(of, &quote!(#rt::Tangent), &TokenStream::new(), &body)
}

/// `Clone`, `PartialEq` and `Debug` of the tangent. Derives would ask them of the
/// type parameters, which need not have them.
fn plain(cx: &Context<'_>) -> TokenStream {
    let of = Of::Tangent;
    let none = TokenStream::new();
    let clone = cx.by_shape(of, |shape, _| {
        cx.literal(of, shape, |f| {
            let a = f.bound("a");
            quote!(::core::clone::Clone::clone(#a))
        })
    });
    let equal = |fields: &[&Field]| {
        let parts = fields.iter().map(|f| {
            let (a, b) = (f.bound("a"), f.bound("b"));
            quote!(&& #a == #b)
        });
        quote!(true #(#parts)*)
    };
    let equal = cx.by_two(of, equal, &quote!(false));
    let debug = cx.by_shape(of, |shape, fields| {
        let title = match cx.is_enum() {
            true => shape.ident.to_string(),
            false => cx.name.to_string(),
        };
        let parts = fields.iter().map(|f| {
            let a = f.bound("a");
            match &f.member {
                syn::Member::Named(name) => {
                    let name = name.to_string();
                    quote!(.field(#name, #a))
                }
                syn::Member::Unnamed(_) => quote!(.field(#a)),
            }
        });
        let kind = match fields.first().map(|f| &f.member) {
            Some(syn::Member::Unnamed(_)) => quote!(debug_tuple),
            _ => quote!(debug_struct),
        };
        quote!(f.#kind(#title)#(#parts)*.finish())
    });
    let clone = cx.impl_of(
        of,
        &quote!(::core::clone::Clone),
        &none,
        &quote!(#[inline] fn clone(&self) -> Self { #clone }),
    );
    let equal = cx.impl_of(
        of,
        &quote!(::core::cmp::PartialEq),
        &none,
        &quote!(#[inline] fn eq(&self, other: &Self) -> bool { #equal }),
    );
    let debug = cx.impl_of(
        of,
        &quote!(::core::fmt::Debug),
        &none,
        &quote! {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result { #debug }
        },
    );
    quote!(#clone #equal #debug)
}

fn all_finite(cx: &Context<'_>, of: Of) -> TokenStream {
    let rt = &cx.rt;
    let test = cx.by_shape(of, |_, fields| {
        let parts = fields.iter().filter(|f| f.kind == Kind::Present).map(|f| {
            let a = f.bound("a");
            quote!(&& #rt::AllFinite::all_finite(#a))
        });
        quote!(true #(#parts)*)
    });
    cx.impl_of(
        of,
        &quote!(#rt::AllFinite),
        &quote!(+ #rt::AllFinite),
        &quote!(#[inline] fn all_finite(&self) -> bool { #test }),
    )
}

/// The last field is pushed first, and the number of the variant last.
fn record(cx: &Context<'_>, of: Of) -> TokenStream {
    let rt = &cx.rt;
    let number = |shape: &Shape| {
        let k = cx.shapes.iter().position(|s| s.ident == shape.ident);
        proc_macro2::Literal::usize_suffixed(k.unwrap_or_default())
    };
    let whole = |f: &Field| of == Of::Type && f.kind == Kind::Constant;
    let push = cx.by_shape(of, |shape, fields| {
        let parts = fields.iter().rev().map(|f| {
            let a = f.bound("a");
            match whole(f) {
                true => quote!(#rt::push_whole(#a, tape);),
                false => quote!(#rt::Record::push(#a, tape);),
            }
        });
        let number = cx.is_enum().then(|| {
            let number = number(shape);
            quote!(#rt::Record::push(#number, tape);)
        });
        quote!(#(#parts)* #number)
    });
    let pops = cx.shapes.iter().map(|shape| {
        cx.literal(of, shape, |f| match whole(f) {
            true => quote!(#rt::pop_whole(tape)),
            false => quote!(#rt::Record::pop(tape)),
        })
    });
    let pop = match cx.is_enum() {
        false => quote!(#(#pops)*),
        true => {
            let numbers = cx.shapes.iter().map(number);
            quote! {
                match <usize as #rt::Record>::pop(tape) {
                    #(#numbers => #pops,)*
                    _ => ::core::unreachable!(),
                }
            }
        }
    };
    let body = quote! {
        #[inline]
        fn push(self, tape: &mut #rt::Tape) { #push }
        #[inline]
        fn pop(tape: &mut #rt::Tape) -> Self { #pop }
    };
    let more = quote!(+ #rt::Record + #rt::Pooled);
    cx.impl_of(of, &quote!(#rt::Record), &more, &body)
}

/// Of the shape with the fewest fields; a type that holds a foreign one has none.
fn placeholder(cx: &Context<'_>, of: Of) -> TokenStream {
    let rt = &cx.rt;
    let known = cx
        .shapes
        .iter()
        .filter(|shape| of == Of::Tangent || shape.fields.iter().all(|f| f.kind != Kind::Constant));
    let Some(shape) = known.min_by_key(|shape| (shape.recursions(), shape.fields.len())) else {
        return TokenStream::new();
    };
    let value = cx.literal(of, shape, |_| quote!(#rt::placeholder()));
    cx.impl_of(
        of,
        &quote!(#rt::Placeholder),
        &quote!(+ #rt::Placeholder),
        &quote!(fn placeholder() -> Self { #value }),
    )
}

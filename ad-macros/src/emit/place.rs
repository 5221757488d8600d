//! Operands, places and activity sets as expressions.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::names::Names;
use super::parallel::Noted;
use super::{Context, Facts};
pub use crate::ir::types::is_copy;
use crate::ir::types::{operand_ty, place_ty};
use crate::ir::{ActSet, Operand, Passing, Payload, Place, Proj, Ty, Var, VarInfo, VarKind};

/// The names of what every emitted body has beside the program's variables.
pub struct Fixed {
    pub tape: Ident,
    pub sel: Ident,
    pub act: Ident,
}

/// A program that is being written as the body of a function.
pub struct Body<'a> {
    pub cx: &'a Context<'a>,
    pub facts: &'a Facts<'a>,
    pub vars: &'a [VarInfo],
    pub names: Names,
    pub fixed: Fixed,
    pub sweep: Cell<Sweep>,
    /// The sweep that the body begins with.
    pub first: Sweep,
    pub taping: Cell<Taping>,
    /// What is done after the loop under `#[parallel]` that is being written.
    pub noted: RefCell<Noted>,
    /// How many names were given to parts of places.
    pub parts: Cell<usize>,
    /// The tangents, where they have lanes.
    pub lanes: Option<&'a BTreeSet<Var>>,
}

/// What an expression of a place is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Shared,
    Mutable,
}

impl Reach {
    /// The name of the function that reaches so far.
    pub fn pick<'n>(self, shared: &'n str, mutable: &'n str) -> &'n str {
        match self {
            Reach::Shared => shared,
            Reach::Mutable => mutable,
        }
    }
}

/// Which part of which program is being written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sweep {
    Forward,
    Reverse,
    Tangent,
}

/// When what is written keeps something on the tape.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Taping {
    /// As the phase says.
    ByPhase,
    /// Not in the iterations of a loop that keeps some states instead.
    Never,
    /// Not either: such an iteration that runs once more.
    NeverAgain,
    /// One that runs once more because its reverse sweep comes next.
    Again,
}

impl<'a> Body<'a> {
    pub fn new(
        cx: &'a Context<'a>,
        facts: &'a Facts<'a>,
        vars: &'a [VarInfo],
        params: &[Var],
        sweep: Sweep,
    ) -> Self {
        let mut names = Names::new(vars, params);
        let fixed = Fixed {
            tape: names.fresh("tape"),
            sel: names.fresh("sel"),
            act: names.fresh("act"),
        };
        Body {
            cx,
            facts,
            vars,
            names,
            fixed,
            sweep: Cell::new(sweep),
            first: sweep,
            taping: Cell::new(Taping::ByPhase),
            noted: RefCell::new(Noted::new()),
            parts: Cell::new(0),
            lanes: None,
        }
    }

    pub fn info(&self, var: Var) -> &'a VarInfo {
        &self.vars[var.0 as usize]
    }

    pub fn place_ty(&self, place: &Place) -> Ty {
        let ty = place_ty(self.vars, place);
        // The slot of a vector is a slice.
        match (ty, &self.info(place.root).kind) {
            (Ty::Vec(t), VarKind::Slot { .. }) if place.proj.is_empty() => Ty::Slice(t),
            (ty, _) => ty,
        }
    }

    pub fn operand_ty(&self, operand: &Operand) -> Ty {
        operand_ty(self.vars, operand)
    }

    /// Whether the variable is a reference in the emitted function.
    pub fn is_reference(&self, var: Var) -> bool {
        match self.info(var).kind {
            VarKind::Param { passing, .. } => passing != Passing::Value,
            VarKind::Slot { .. } | VarKind::Window => true,
            VarKind::Memory | VarKind::Temp => self.info(var).on_tape.is_some(),
        }
    }

    /// The name of what owns a variable's value: of a large array, of its memory.
    pub fn owner(&self, var: Var) -> Ident {
        let name = self.names.of(var);
        match self.info(var).on_tape {
            None => name.clone(),
            Some(_) => {
                let text = name.to_string();
                let text = text.trim_start_matches("r#");
                quote::format_ident!("__memory_of_{text}", span = name.span())
            }
        }
    }

    /// Large arrays are used through references to their memory.
    pub fn looked_at(&self, vars: &[Var], sp: Span) -> TokenStream {
        let rt = &self.cx.rt;
        let look = |var: &Var| {
            let length = proc_macro2::Literal::usize_unsuffixed(self.info(*var).on_tape?);
            let (name, owner) = (self.names.of(*var), self.owner(*var));
            Some(quote_spanned!(sp=> let #name = #rt::as_array::<_, #length>(&mut #owner);))
        };
        vars.iter().filter_map(look).collect()
    }

    /// The expression of a place; it may begin with `*`.
    pub fn place(&self, place: &Place, sp: Span) -> TokenStream {
        self.place_for(place, Reach::Shared, sp)
    }

    /// The expression of a place that is changed.
    pub fn place_mut(&self, place: &Place, sp: Span) -> TokenStream {
        self.place_for(place, Reach::Mutable, sp)
    }

    fn place_for(&self, place: &Place, reach: Reach, sp: Span) -> TokenStream {
        let name = self.names.at(place.root, sp);
        if place.proj.is_empty() {
            return match self.is_reference(place.root) {
                true => quote_spanned!(sp=> *#name),
                false => quote_spanned!(sp=> #name),
            };
        }
        let name = quote_spanned!(sp=> #name);
        let name = behind(name, self.is_reference(place.root), place.proj.first(), sp);
        place
            .proj
            .iter()
            .fold(name, |out, proj| self.project(out, proj, reach, sp))
    }

    /// A part of a place.
    pub fn project(&self, out: TokenStream, proj: &Proj, reach: Reach, sp: Span) -> TokenStream {
        match proj {
            Proj::Index(i) => {
                let i = self.copied(i, sp);
                quote_spanned!(sp=> #out[#i])
            }
            Proj::Element(element) => {
                let i = self.copied(&element.index, sp);
                match reach {
                    Reach::Shared => quote_spanned!(sp=> #out[#i]),
                    Reach::Mutable => {
                        let rt = &self.cx.rt;
                        quote_spanned!(sp=> (*#rt::index::index_mut(&mut #out, #i)))
                    }
                }
            }
            Proj::Key(key) => {
                let (rt, key) = (&self.cx.rt, self.reference(key, sp));
                match reach {
                    Reach::Shared => quote_spanned!(sp=> (*#rt::index::tan(&#out, #key))),
                    Reach::Mutable => {
                        quote_spanned!(sp=> (*#rt::index::tan_mut(&mut #out, #key)))
                    }
                }
            }
            Proj::Range { lo, hi, inclusive } => {
                let lo = lo.as_ref().map(|a| self.copied(a, sp));
                let hi = hi.as_ref().map(|a| self.copied(a, sp));
                match inclusive {
                    true => quote_spanned!(sp=> #out[#lo..=#hi]),
                    false => quote_spanned!(sp=> #out[#lo..#hi]),
                }
            }
            Proj::Field(field) => quote_spanned!(sp=> #out.#field),
            Proj::Deref => quote_spanned!(sp=> (*#out)),
            Proj::Content(_) => {
                let rt = &self.cx.rt;
                let mutable = (reach == Reach::Mutable).then(|| quote_spanned!(sp=> mut));
                let get = Ident::new(reach.pick("content", "content_mut"), sp);
                quote_spanned!(sp=> (*#rt::#get(&#mutable #out)))
            }
            Proj::Payload(payload) => self.payload(&out, payload, reach, sp),
        }
    }

    /// A field of a variant, by a `match` that has matched before. The tangent of
    /// an enum has a function for each field of a variant, since the name of its
    /// type is not known here.
    fn payload(&self, of: &TokenStream, payload: &Payload, reach: Reach, sp: Span) -> TokenStream {
        let Payload {
            variant,
            field,
            of_tangent,
        } = payload;
        let mutable = (reach == Reach::Mutable).then(|| quote_spanned!(sp=> mut));
        if !of_tangent {
            return quote_spanned! {sp=>
                (*match &#mutable #of {
                    #variant { #field: __payload, .. } => __payload,
                    _ => ::core::unreachable!(),
                })
            };
        }
        let get = payload_function(variant, field, reach);
        quote_spanned!(sp=> (*#of.#get()))
    }

    /// The expression of a place that a method or index can follow.
    pub fn place_atom(&self, place: &Place, sp: Span) -> TokenStream {
        self.atom(place, Reach::Shared, sp)
    }

    /// As [`Body::place_atom`], of a place that is changed.
    pub fn place_atom_mut(&self, place: &Place, sp: Span) -> TokenStream {
        self.atom(place, Reach::Mutable, sp)
    }

    fn atom(&self, place: &Place, reach: Reach, sp: Span) -> TokenStream {
        let tokens = self.place_for(place, reach, sp);
        match place.proj.is_empty() && self.is_reference(place.root) {
            true => quote_spanned!(sp=> (#tokens)),
            false => tokens,
        }
    }

    /// An operand that is copied: a number, a bool.
    pub fn copied(&self, operand: &Operand, sp: Span) -> TokenStream {
        match operand {
            Operand::Var(v) => {
                let name = self.names.of(*v);
                match self.is_reference(*v) {
                    true => quote_spanned!(sp=> (*#name)),
                    false => quote_spanned!(sp=> #name),
                }
            }
            Operand::Lit(lit) => {
                let tokens = lit.to_token_stream();
                match tokens.to_string().starts_with('-') {
                    true => quote_spanned!(sp=> (#tokens)),
                    false => tokens,
                }
            }
            Operand::Const(expr) => match **expr {
                syn::Expr::Path(_) | syn::Expr::Lit(_) => quote!(#expr),
                _ => quote_spanned!(sp=> (#expr)),
            },
        }
    }

    /// An operand as a value: moved, unless it is used again or cannot be moved.
    pub fn value(&self, operand: &Operand, sp: Span) -> TokenStream {
        let Operand::Var(v) = operand else {
            return self.copied(operand, sp);
        };
        if is_copy(&self.info(*v).ty) || !self.used_again(*v) {
            return self.copied(operand, sp);
        }
        let reference = self.reference(operand, sp);
        quote_spanned!(sp=> ::core::clone::Clone::clone(#reference))
    }

    /// As [`Body::value`], where the tape is free to lend memory for a copy.
    pub fn pooled_value(&self, operand: &Operand, ty: &Ty, sp: Span) -> TokenStream {
        match (operand, ty) {
            (Operand::Var(v), Ty::Vec(_)) if self.used_again(*v) => {
                let (tape, reference) = (&self.fixed.tape, self.reference(operand, sp));
                quote_spanned!(sp=> #tape.copy_of(#reference))
            }
            _ => self.value_as(operand, ty, sp),
        }
    }

    fn used_again(&self, var: Var) -> bool {
        let kept = match self.sweep.get() {
            Sweep::Forward => &self.facts.kept.forward,
            Sweep::Reverse => &self.facts.kept.reverse,
            Sweep::Tangent => &self.facts.kept.tangent,
        };
        kept.contains(&var) || self.is_reference(var)
    }

    /// As [`Body::value`], where the context knows a type for a literal: one
    /// that is a type parameter has no literals of its own.
    pub fn value_as(&self, operand: &Operand, ty: &Ty, sp: Span) -> TokenStream {
        match (operand, ty) {
            (Operand::Lit(syn::Lit::Float(lit)), Ty::Float(Some(name)))
                if is_generic(name) && lit.suffix().is_empty() =>
            {
                let rt = &self.cx.rt;
                let lit = self.copied(operand, sp);
                quote_spanned!(sp=> <#name as #rt::Scalar>::__from_f64(#lit))
            }
            _ => self.value(operand, sp),
        }
    }

    /// A shared reference to an operand.
    pub fn reference(&self, operand: &Operand, sp: Span) -> TokenStream {
        match operand {
            Operand::Var(v) if self.is_reference(*v) => {
                let name = self.names.of(*v);
                quote_spanned!(sp=> &*#name)
            }
            _ => {
                let tokens = self.copied(operand, sp);
                quote_spanned!(sp=> &#tokens)
            }
        }
    }

    /// Whether a set of parameters is active, as a constant expression.
    pub fn is_on(&self, set: &ActSet, sp: Span) -> TokenStream {
        if set.0.is_empty() {
            return quote_spanned!(sp=> false);
        }
        let markers = set.0.iter().map(|k| marker_ident(*k));
        quote_spanned!(sp=> #(#markers::ON)||*)
    }

    pub fn is_operand_on(&self, operand: &Operand, sp: Span) -> TokenStream {
        self.is_on(
            &crate::analysis::activity::of_operand(self.facts.activity, operand),
            sp,
        )
    }

    /// A zero of a type that tokens tell; others are made from a value.
    pub fn float_zero(&self, ty: &Ty, sp: Span) -> Option<TokenStream> {
        let rt = &self.cx.rt;
        match ty {
            Ty::Float(Some(name)) if is_generic(name) => {
                Some(quote_spanned!(sp=> <#name as #rt::Scalar>::__from_f64(0.0)))
            }
            Ty::Float(_) => Some(quote_spanned!(sp=> 0.0)),
            _ => None,
        }
    }

    /// The index of the site of an operation, where it is logged: the reverse
    /// sweep only repeats what the forward sweep has logged.
    pub fn site(&self, var: Var, sp: Span) -> Option<TokenStream> {
        // Runs with lanes note nothing.
        if self.sweep.get() == Sweep::Reverse || self.lanes.is_some() {
            return None;
        }
        let index = proc_macro2::Literal::usize_unsuffixed(self.facts.sites.get(&var)?.index);
        if self.cx.options.row {
            return Some(quote_spanned!(sp=> __site));
        }
        let table = self.cx.sites_used(sp);
        Some(quote_spanned!(sp=> &#table[#index]))
    }
}

/// What a projection starts from: fields and indices look through a reference by
/// themselves.
pub fn behind(
    name: TokenStream,
    is_reference: bool,
    first: Option<&Proj>,
    sp: Span,
) -> TokenStream {
    match first {
        Some(
            Proj::Deref | Proj::Content(_) | Proj::Payload(_) | Proj::Element(_) | Proj::Key(_),
        ) if is_reference => {
            quote_spanned!(sp=> (*#name))
        }
        _ => name,
    }
}

/// The function of an enum's tangent that reaches a field of a variant.
pub fn payload_function(variant: &syn::Path, field: &syn::Member, reach: Reach) -> Ident {
    let variant = variant.segments.last().map(|s| s.ident.to_string());
    let field = match field {
        syn::Member::Named(name) => name.to_string(),
        syn::Member::Unnamed(k) => k.index.to_string(),
    };
    let end = reach.pick("", "_mut");
    let (variant, field) = (
        variant.unwrap_or_default(),
        field.trim_start_matches("r#").to_owned(),
    );
    Ident::new(&format!("__{variant}_{field}{end}"), Span::call_site())
}

/// The type parameter that marks the activity of a parameter.
pub fn marker_ident(index: usize) -> Ident {
    quote::format_ident!("__A{index}", span = Span::mixed_site())
}

/// Whether the name of a float type is a type parameter of the user's.
pub fn is_generic(name: &Ident) -> bool {
    name != "f64" && name != "f32"
}

/// A type, if tokens tell its leaves; literals are typed by it.
pub fn annotation(ty: &Ty) -> Option<TokenStream> {
    match ty {
        Ty::Float(Some(name)) | Ty::Int(Some(name)) => Some(quote!(#name)),
        Ty::Bool => Some(quote!(bool)),
        Ty::Array(t) => annotation(t).map(|t| quote!([#t; _])),
        Ty::Vec(t) => annotation(t).map(|t| quote!(::std::vec::Vec<#t>)),
        Ty::Tuple(ts) => {
            let parts: Option<Vec<TokenStream>> = ts.iter().map(annotation).collect();
            parts.map(|parts| quote!((#(#parts,)*)))
        }
        Ty::Option(t) => annotation(t).map(|t| quote!(::core::option::Option<#t>)),
        Ty::Float(None) | Ty::Int(None) | Ty::Unit | Ty::Slice(_) | Ty::Result(_) | Ty::Unknown => {
            None
        }
    }
}

/// As much of a type as tokens tell; rustc infers the rest. A value of which only
/// slices are taken would not show whether it is an array or a vector.
pub fn shape(ty: &Ty) -> Option<TokenStream> {
    let inner = |t: &Ty| shape(t).unwrap_or_else(|| quote!(_));
    match ty {
        Ty::Array(t) => {
            let t = inner(t);
            Some(quote!([#t; _]))
        }
        Ty::Vec(t) => {
            let t = inner(t);
            Some(quote!(::std::vec::Vec<#t>))
        }
        Ty::Tuple(ts) => {
            let parts = ts.iter().map(inner);
            Some(quote!((#(#parts,)*)))
        }
        ty => annotation(ty),
    }
}

//! Statements.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::place::{Body, Sweep, is_copy};
use crate::ir::overlap::same;
use crate::ir::types::is_scalar;
use crate::ir::visit::all_block_stmts;
use crate::ir::{
    Block, Effect, Op, Operand, Place, Proj, Stmt, StmtKind, Toward, Ty, Var, VarKind,
};

/// The type witnesses of variables that go through the tape.
pub type Witnesses = BTreeMap<Var, Ident>;

impl Body<'_> {
    pub fn block(&self, block: &Block, witnesses: &Witnesses) -> TokenStream {
        let sweep = self.sweep.get();
        let tokens = block
            .0
            .iter()
            .map(|stmt| self.stmt(stmt, witnesses))
            .collect();
        self.sweep.set(sweep);
        tokens
    }

    fn stmt(&self, stmt: &Stmt, witnesses: &Witnesses) -> TokenStream {
        let sp = stmt.span;
        let rt = &self.cx.rt;
        let tape = &self.fixed.tape;
        match &stmt.kind {
            StmtKind::Let(var, op) | StmtKind::Declare(var, Some(op)) => {
                if self.info(*var).on_tape.is_some() {
                    let (owner, memory) = (self.owner(*var), self.array_memory(*var, op, sp));
                    let look = self.looked_at(&[*var], sp);
                    return quote_spanned!(sp=> let mut #owner = #memory; #look);
                }
                let name = self.names.of(*var);
                let mutable = self.mutability(*var, matches!(stmt.kind, StmtKind::Declare(..)), sp);
                let ty = self
                    .let_type(*var, Some(op))
                    .map(|ty| quote_spanned!(sp=> : #ty));
                let value = self.op(*var, op, sp);
                let log = self.log(*var, op, sp);
                let note = self.note_operator(*var, op, sp);
                let landed = self
                    .landed(*var, op, sp)
                    .map(|value| quote_spanned!(sp=> let #mutable #name = #value;));
                // An operator may move its operands.
                match matches!(op, Op::Binary(..)) {
                    true => {
                        quote_spanned!(sp=> #note #log let #mutable #name #ty = #value; #landed)
                    }
                    false => {
                        quote_spanned!(sp=> #note let #mutable #name #ty = #value; #log #landed)
                    }
                }
            }
            StmtKind::Declare(var, None) => {
                let name = self.names.of(*var);
                let ty = self
                    .let_type(*var, None)
                    .map(|ty| quote_spanned!(sp=> : #ty));
                quote_spanned!(sp=> let mut #name #ty;)
            }
            StmtKind::Store(place, value) => {
                let value = self.value_as(value, &self.place_ty(place), sp);
                if let Some(noted) = self.note_store(place, &value, sp) {
                    return noted;
                }
                let place = self.place_mut(place, sp);
                quote_spanned!(sp=> #place = #value;)
            }
            StmtKind::Update {
                place,
                negate,
                value,
            } => self.update(place, *negate, value, sp),
            StmtKind::Swap(p, q) => self.swap(p, q, sp),
            StmtKind::VecPush(place, value) => {
                let element = crate::ir::types::element(&self.place_ty(place));
                let value = self.value_as(value, &element, sp);
                let place = self.place_mut(place, sp);
                quote_spanned!(sp=> ::std::vec::Vec::push(&mut #place, #value);)
            }
            StmtKind::VecTruncate(place) => {
                let place = self.place_mut(place, sp);
                quote_spanned!(sp=> ::std::vec::Vec::pop(&mut #place);)
            }
            StmtKind::Effect(effect) => self.effect(effect, sp),
            StmtKind::If(cond, then, otherwise) => {
                let cond = self.copied(cond, sp);
                let (then, otherwise) = (
                    self.block(then, witnesses),
                    self.block(otherwise, witnesses),
                );
                let otherwise =
                    (!otherwise.is_empty()).then(|| quote_spanned!(sp=> else { #otherwise }));
                quote_spanned!(sp=> if #cond { #then } #otherwise)
            }
            StmtKind::IfActive(set, block) => {
                if set.0.is_empty() {
                    return TokenStream::new();
                }
                let (on, block) = (self.is_on(set, sp), self.block(block, witnesses));
                quote_spanned!(sp=> if #on { #block })
            }
            StmtKind::IfRestore(param, block) => {
                let marker = super::place::marker_ident(*param);
                let block = self.block(block, witnesses);
                quote_spanned!(sp=> if #marker::RESTORE { #block })
            }
            StmtKind::For(l) => self.for_loop(l, witnesses, sp),
            StmtKind::Loop(l) => self.dynamic_loop(l, witnesses, sp),
            StmtKind::Checkpointed(c) => self.checkpointed(c, witnesses, sp),
            StmtKind::Push(vars) => {
                let pushes = vars.iter().map(|v| {
                    // The last use: the value moves to the tape.
                    let (witness, name) = (&witnesses[v], self.owner(*v));
                    quote_spanned!(sp=> #witness.push(#name, #tape);)
                });
                let taped = self.is_taped(sp);
                quote_spanned!(sp=> if #taped { #(#pushes)* })
            }
            StmtKind::Pop(vars) => {
                let pops = vars.iter().rev().map(|v| {
                    let (name, witness) = (self.owner(*v), &witnesses[v]);
                    let mutable = self.mutability(*v, false, sp);
                    quote_spanned!(sp=> let #mutable #name = #witness.pop(#tape);)
                });
                let looked_at = self.looked_at(vars, sp);
                quote_spanned!(sp=> #(#pops)* #looked_at)
            }
            StmtKind::CallReverse(reverse) => self.call_reverse(reverse, sp),
            StmtKind::CallJvp {
                value,
                tangent,
                call,
                tans,
                kept,
            } => self.call_jvp([*value, *tangent], call, tans, kept.as_deref(), sp),
            // Only what is followed is told the tangents of its decisions.
            StmtKind::Heading(_) if self.lanes.is_some() => TokenStream::new(),
            StmtKind::Heading(tans) => self.heading(tans, sp),
            StmtKind::SaveFinal(var) => self.save_final(*var, sp),
            StmtKind::RestoreFinal(var) => self.restore_final(*var, sp),
            StmtKind::Recycle(var) => {
                let name = self.owner(*var);
                match &self.info(*var).ty {
                    Ty::Vec(t) | Ty::Slice(t) | Ty::Array(t) if is_copy(t) => {
                        quote_spanned!(sp=> #tape.give(#name);)
                    }
                    ty if is_copy(ty) => TokenStream::new(),
                    _ => quote_spanned!(sp=> #rt::recycle(#name, #tape);),
                }
            }
            StmtKind::Turn(toward) => {
                self.sweep.set(match toward {
                    Toward::Forward => Sweep::Forward,
                    Toward::Reverse => Sweep::Reverse,
                });
                TokenStream::new()
            }
            // `structure` removes these; nothing can be written for them.
            StmtKind::Labeled(..) | StmtKind::Exit(_) => TokenStream::new(),
        }
    }

    pub fn mutability(&self, var: Var, declared: bool, sp: Span) -> Option<TokenStream> {
        let info = self.info(var);
        let changes = declared || info.kind == VarKind::Memory || info.on_tape.is_some();
        changes.then(|| quote_spanned!(sp=> mut))
    }

    /// Floats are added as the user would; other tangents by the runtime.
    fn update(&self, place: &Place, negate: bool, value: &Operand, sp: Span) -> TokenStream {
        let rt = &self.cx.rt;
        let ty = self.place_ty(place);
        let known = |ty: &Ty| matches!(ty, Ty::Float(_) | Ty::Int(_));
        let plain = match self.sweep.get() {
            // Here an update is the user's own.
            Sweep::Forward => true,
            Sweep::Tangent if self.has_lanes(place.root) => false,
            Sweep::Tangent => known(&ty) || place.root.0 < self.facts.user_vars,
            Sweep::Reverse => known(&ty) && known(&self.operand_ty(value)),
        };
        let target = self.place_mut(place, sp);
        if plain {
            let value = self.value_as(value, &ty, sp);
            if let Some(noted) = self.note_sum(place, negate, &value, sp) {
                return noted;
            }
            return match negate {
                true => quote_spanned!(sp=> #target -= #value;),
                false => quote_spanned!(sp=> #target += #value;),
            };
        }
        let value = self.reference(value, sp);
        let function = match (&ty, negate) {
            (Ty::Slice(_), false) => quote_spanned!(sp=> add_slice),
            (Ty::Slice(_), true) => quote_spanned!(sp=> sub_slice),
            (_, false) => quote_spanned!(sp=> add),
            (_, true) => quote_spanned!(sp=> sub),
        };
        quote_spanned!(sp=> #rt::#function(&mut #target, #value);)
    }

    /// Two elements of one memory are swapped by index: two `&mut` to it cannot
    /// exist at once.
    fn swap(&self, p: &Place, q: &Place, sp: Span) -> TokenStream {
        if let (Some((Proj::Index(i), outer)), Some((Proj::Index(j), outer_q))) =
            (p.proj.split_last(), q.proj.split_last())
            && p.root == q.root
            && outer.len() == outer_q.len()
            && outer.iter().zip(outer_q).all(|(a, b)| same(a, b))
        {
            let outer = Place {
                root: p.root,
                proj: outer.to_vec(),
            };
            let outer = self.place_atom_mut(&outer, sp);
            let (i, j) = (self.copied(i, sp), self.copied(j, sp));
            return quote_spanned!(sp=> #outer.swap(#i, #j););
        }
        let (before, places) = self.borrows(vec![Some((p, true)), Some((q, true))], sp);
        quote_spanned!(sp=> { #before ::core::mem::swap(#(#places),*); })
    }

    /// The user's statement, with the user's names bound around it.
    fn effect(&self, effect: &Effect, sp: Span) -> TokenStream {
        let stmt = &effect.stmt;
        if matches!(stmt, syn::Stmt::Item(_)) {
            // Items stand at the top of the function: both sweeps see them.
            return TokenStream::new();
        }
        if self.runs_again() && !effect.diverges() {
            return TokenStream::new();
        }
        let end = matches!(stmt, syn::Stmt::Expr(_, None)).then(|| quote_spanned!(sp=> ;));
        if effect.names.is_empty() {
            return quote!(#stmt #end);
        }
        let bindings = effect.names.iter().map(|(name, place)| {
            let value = self.place(place, sp);
            match is_scalar(&self.place_ty(place)) {
                true => quote_spanned!(sp=> let #name = #value;),
                false => quote_spanned!(sp=> let #name = &#value;),
            }
        });
        quote_spanned!(sp=> { #(#bindings)* #stmt #end })
    }

    fn save_final(&self, var: Var, sp: Span) -> TokenStream {
        let tape = &self.fixed.tape;
        let place = Place {
            root: var,
            proj: Vec::new(),
        };
        let tokens = self.place(&place, sp);
        let copy = match self.place_ty(&place) {
            ty if is_copy(&ty) => tokens,
            Ty::Slice(_) | Ty::Vec(_) => quote_spanned!(sp=> #tape.copy_of(&#tokens)),
            _ => quote_spanned!(sp=> ::core::clone::Clone::clone(&#tokens)),
        };
        let saved = saved_name(self.names.of(var));
        quote_spanned! {sp=>
            let #saved = if __P::FINAL {
                ::core::option::Option::Some(#copy)
            } else {
                ::core::option::Option::None
            };
        }
    }

    fn restore_final(&self, var: Var, sp: Span) -> TokenStream {
        let tape = &self.fixed.tape;
        let place = Place {
            root: var,
            proj: Vec::new(),
        };
        let tokens = self.place(&place, sp);
        let saved = saved_name(self.names.of(var));
        let put_back = match self.place_ty(&place) {
            Ty::Slice(t) | Ty::Vec(t) => {
                let copy = Ident::new(
                    if is_copy(&t) {
                        "copy_from_slice"
                    } else {
                        "clone_from_slice"
                    },
                    sp,
                );
                let atom = self.place_atom(&place, sp);
                quote_spanned!(sp=> #atom.#copy(&#saved); #tape.give(#saved);)
            }
            _ => quote_spanned!(sp=> #tokens = #saved;),
        };
        quote_spanned!(sp=> if let ::core::option::Option::Some(#saved) = #saved { #put_back })
    }

    /// The user's inner items, which both sweeps see.
    pub fn items(&self, block: &Block) -> TokenStream {
        let mut items = TokenStream::new();
        all_block_stmts(block, &mut |stmt| {
            if let StmtKind::Effect(effect) = &stmt.kind
                && let syn::Stmt::Item(item) = &effect.stmt
            {
                items.extend(quote!(#item));
            }
        });
        items
    }
}

/// Underscores keep it apart from every name of the program: those never begin
/// with two.
fn saved_name(name: &Ident) -> Ident {
    quote::format_ident!(
        "__final_{}",
        name.to_string().trim_start_matches("r#"),
        span = name.span()
    )
}

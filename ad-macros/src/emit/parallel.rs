//! Loops under `#[parallel]`.
//!
//! The iterations run in a fixed number of chunks, each a closure over what the loop only reads,
//! with a tape of its own. What iterations add or store outside is noted in the forward sweep and
//! done after it in the order of the iterations, so that values are those of the loop one after
//! the other. Cotangents are summed in each chunk alone and then chunk by chunk: the number of
//! threads changes nothing.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote_spanned};

use super::place::Body;
use super::stmt::Witnesses;
use crate::analysis::independent::{How, Touch, touches};
use crate::ir::visit::{place_operands, place_operands_mut};
use crate::ir::{For, Operand, Place, Rows, Ty, Var};

/// The notes of what is done after the loop, by the memory.
pub type Noted = BTreeMap<Var, Ident>;

impl Body<'_> {
    pub fn parallel(&self, l: &For, witnesses: &Witnesses, sp: Span) -> TokenStream {
        let rt = &self.cx.rt;
        let tape = &self.fixed.tape;
        let touches = touches(l);
        let is = |how: &[How]| {
            let found = touches
                .iter()
                .filter(|(_, all)| all.iter().any(|t| how.contains(&t.how)));
            found
                .map(|(var, all)| (*var, all.as_slice()))
                .collect::<Vec<_>>()
        };
        let reverse = l.rows_are == Rows::Bound;
        let (noted, summed) = match reverse {
            false => (is(&[How::Sum, How::Store]), Vec::new()),
            true => (is(&[How::Store, How::Take]), is(&[How::Sum])),
        };
        let notes: Noted = noted
            .iter()
            .map(|(var, _)| {
                (
                    *var,
                    format_ident!("__noted_{}_{}", l.index.0, var.0, span = sp),
                )
            })
            .collect();
        let name = |what: &str| format_ident!("__{what}_{}", l.index.0, span = sp);
        let [range, n, first, end, from, to, parts] =
            ["range", "n", "first", "end", "from", "to", "parts"].map(name);
        let (lo, hi) = (self.copied(&l.lo, sp), self.copied(&l.hi, sp));
        let bound = |name: &Ident| Operand::Const(Box::new(syn::parse_quote!(#name)));
        let chunk = For {
            lo: bound(&from),
            hi: bound(&to),
            parallel: false,
            ..l.clone()
        };
        let around = self.noted.replace(notes.clone());
        let run = self.for_loop(&chunk, witnesses, sp);
        self.noted.replace(around);
        let sums: Vec<Ident> = summed
            .iter()
            .map(|(var, _)| format_ident!("__sum_{}", var.0, span = sp))
            .collect();
        let zeros = summed
            .iter()
            .zip(&sums)
            .map(|((var, _), sum)| self.zero_sum(*var, sum, sp));
        let names: Vec<&Ident> = notes.values().chain(&sums).collect();
        let made: Vec<&Ident> = notes.values().collect();
        let owned = summed
            .iter()
            .zip(&sums)
            .map(|((var, _), sum)| match self.is_reference(*var) {
                true => TokenStream::new(),
                false => {
                    let own = self.names.of(*var);
                    quote_spanned!(sp=> let #sum = #own;)
                }
            });
        let replayed = noted
            .iter()
            .map(|(var, all)| self.replay(all, &notes[var], sp));
        let merged = summed
            .iter()
            .zip(&sums)
            .map(|((var, _), sum)| self.add_sum(*var, sum, sp));
        let (function, keeps) = match reverse {
            true => (Ident::new("run_back", sp), TokenStream::new()),
            false => {
                let keeps = self.is_taped(sp);
                (Ident::new("run", sp), quote_spanned!(sp=> #keeps,))
            }
        };
        quote_spanned! {sp=>
            {
                let #range = #lo..#hi;
                let #n = #rt::trips(&#range);
                let #parts = #rt::parallel::#function(
                    #n, #keeps #tape,
                    |#first: usize, #end: usize, #tape: &mut #rt::Tape| {
                        let #from = #rt::range_nth(#range.start, #first);
                        let #to = #rt::range_nth(#range.start, #end);
                        #(let mut #made = ::std::vec::Vec::new();)*
                        #(#zeros)*
                        #run
                        #(#owned)*
                        (#(#names,)*)
                    },
                );
                for (#(#names,)*) in #parts {
                    #(#replayed)*
                    #(#merged)*
                }
            }
        }
    }

    /// A sum of the chunk's own, under the name of the memory that it is added to afterwards.
    fn zero_sum(&self, var: Var, sum: &Ident, sp: Span) -> TokenStream {
        let rt = &self.cx.rt;
        let (name, place) = (self.names.of(var), self.place(&Place::of(var), sp));
        let zero = match self.is_list(var) {
            true => quote_spanned!(sp=> #rt::parallel::zeros(&(#place)[..])),
            false => quote_spanned!(sp=> #rt::parallel::zero(&#place)),
        };
        match (self.is_reference(var), self.info(var).on_tape) {
            (false, _) => quote_spanned!(sp=> let mut #name = #zero;),
            (true, Some(length)) => {
                let length = proc_macro2::Literal::usize_unsuffixed(length);
                quote_spanned! {sp=>
                    let mut #sum = #zero;
                    let #name = #rt::as_array::<_, #length>(&mut #sum);
                }
            }
            (true, None) if self.is_list(var) => quote_spanned! {sp=>
                let mut #sum = #zero;
                let #name = &mut #sum[..];
            },
            (true, None) => quote_spanned!(sp=> let mut #sum = #zero; let #name = &mut #sum;),
        }
    }

    fn add_sum(&self, var: Var, sum: &Ident, sp: Span) -> TokenStream {
        let rt = &self.cx.rt;
        let place = self.place_mut(&Place::of(var), sp);
        match self.is_list(var) {
            true => quote_spanned!(sp=> #rt::add_slice(&mut (#place)[..], &#sum);),
            false => quote_spanned!(sp=> #rt::add(&mut #place, &#sum);),
        }
    }

    fn is_list(&self, var: Var) -> bool {
        let ty = self.place_ty(&Place::of(var));
        matches!(ty, Ty::Slice(_) | Ty::Vec(_)) || self.info(var).on_tape.is_some()
    }

    /// A sum that is done after the loop.
    pub fn note_sum(
        &self,
        place: &Place,
        negate: bool,
        value: &TokenStream,
        sp: Span,
    ) -> Option<TokenStream> {
        let (notes, indices) = self.note(place, sp)?;
        Some(quote_spanned!(sp=> #notes.push((#negate, #indices, #value));))
    }

    /// A store that is done after the loop.
    pub fn note_store(&self, place: &Place, value: &TokenStream, sp: Span) -> Option<TokenStream> {
        let (notes, indices) = self.note(place, sp)?;
        Some(quote_spanned!(sp=> #notes.push((#indices, #value));))
    }

    /// A cotangent that is moved out is read here, and cleared after the loop.
    pub fn note_take(&self, place: &Place, sp: Span) -> Option<TokenStream> {
        let (notes, indices) = self.note(place, sp)?;
        let value = self.place(place, sp);
        Some(quote_spanned! {sp=>
            {
                #notes.push(#indices);
                ::core::clone::Clone::clone(&#value)
            }
        })
    }

    /// Where something about a place is noted, and the indices that tell the place.
    fn note(&self, place: &Place, sp: Span) -> Option<(Ident, TokenStream)> {
        let notes = self.noted.borrow().get(&place.root)?.clone();
        let mut indices = Vec::new();
        place_operands(place, &mut |i| indices.push(self.copied(i, sp)));
        Some((notes, quote_spanned!(sp=> (#(#indices,)*))))
    }

    /// Does what was noted of one memory.
    fn replay(&self, touches: &[Touch], notes: &Ident, sp: Span) -> TokenStream {
        let rt = &self.cx.rt;
        let changes = |t: &&Touch| matches!(t.how, How::Sum | How::Store | How::Take);
        let Some(touch) = touches.iter().find(changes) else {
            return TokenStream::new();
        };
        let mut place = touch.place.clone();
        let mut indices = Vec::new();
        place_operands_mut(&mut place, &mut |i| {
            let name = format_ident!("__i_{}", indices.len(), span = sp);
            *i = Operand::Const(Box::new(syn::parse_quote!(#name)));
            indices.push(name);
        });
        let indices = quote_spanned!(sp=> (#(#indices,)*));
        let place_mut = self.place_mut(&place, sp);
        let value = format_ident!("__value", span = sp);
        // Another loop around this one may run in parallel as well.
        let outside = |noted: Option<TokenStream>, plain: TokenStream| noted.unwrap_or(plain);
        let tokens = quote_spanned!(sp=> #value);
        match touch.how {
            How::Sum => {
                let less = outside(
                    self.note_sum(&place, true, &tokens, sp),
                    quote_spanned!(sp=> #place_mut -= #value;),
                );
                let more = outside(
                    self.note_sum(&place, false, &tokens, sp),
                    quote_spanned!(sp=> #place_mut += #value;),
                );
                quote_spanned! {sp=>
                    for (__less, #indices, #value) in #notes {
                        if __less { #less } else { #more }
                    }
                }
            }
            How::Store => {
                let store = outside(
                    self.note_store(&place, &tokens, sp),
                    quote_spanned!(sp=> #place_mut = #value;),
                );
                quote_spanned!(sp=> for (#indices, #value) in #notes { #store })
            }
            _ => {
                let clear = quote_spanned!(sp=> #rt::clear(&mut #place_mut););
                let clear = match self.note(&place, sp) {
                    Some((outer, indices)) => quote_spanned!(sp=> #outer.push(#indices);),
                    None => clear,
                };
                quote_spanned!(sp=> for #indices in #notes { #clear })
            }
        }
    }
}

//! Loops, with the columns that keep values from one sweep to the other.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote_spanned};

use super::place::Body;
use super::stmt::Witnesses;
use crate::ir::{For, Loop, Operand, Rows, Ty};

impl Body<'_> {
    pub fn for_loop(&self, l: &For, witnesses: &Witnesses, sp: Span) -> TokenStream {
        let index = self.names.of(l.index);
        let (lo, hi) = (self.copied(&l.lo, sp), self.copied(&l.hi, sp));
        let range = match l.inclusive {
            true => quote_spanned!(sp=> #lo..=#hi),
            false => quote_spanned!(sp=> #lo..#hi),
        };
        if l.rows.is_empty() {
            let body = self.block(&l.body, witnesses);
            let range = match l.descending {
                true => quote_spanned!(sp=> (#range).rev()),
                false => range,
            };
            return self.windowed(
                l,
                &quote_spanned!(sp=> for #index in #range { #body }),
                witnesses,
                sp,
            );
        }
        self.windowed(l, &self.with_rows(l, &range, witnesses, sp), witnesses, sp)
    }

    /// The parts of memories that the loop works on, each as long as the loop. A
    /// loop that does not run has empty ones: nothing is computed for it.
    fn windowed(&self, l: &For, run: &TokenStream, witnesses: &Witnesses, sp: Span) -> TokenStream {
        let n = self.copied(&l.hi, sp);
        let windows = l.windows.iter().map(|window| {
            let alias = self.names.of(window.alias);
            let start = self.block(&window.start, witnesses);
            let at = self.copied(&window.at, sp);
            let place = match window.mutable {
                true => self.place_atom_mut(&window.place, sp),
                false => self.place_atom(&window.place, sp),
            };
            let mutable = window.mutable.then(|| quote_spanned!(sp=> mut));
            let on = window.under.as_ref().map(|set| {
                let on = self.is_on(set, sp);
                quote_spanned!(sp=> && (#on))
            });
            quote_spanned! {sp=>
                let #alias = if #n > 0 #on {
                    #start
                    &#mutable #place[#at..][..#n]
                } else {
                    &#mutable []
                };
            }
        });
        match l.windows.is_empty() {
            true => run.clone(),
            false => quote_spanned!(sp=> { #(#windows)* #run }),
        }
    }

    /// A column for each row variable, as long as the loop is. The row of an
    /// iteration is its position in the order of the user's loop.
    fn with_rows(
        &self,
        l: &For,
        range: &TokenStream,
        witnesses: &Witnesses,
        sp: Span,
    ) -> TokenStream {
        let (rt, tape) = (&self.cx.rt, &self.fixed.tape);
        let index = self.names.of(l.index);
        let names = Locals::new(index, sp);
        let Locals {
            range: range_name,
            n,
            row,
        } = &names;
        let columns: Vec<Ident> = (0..l.rows.len()).map(|k| names.column(k)).collect();
        let body = self.block(&l.body, witnesses);
        // From zero upward, the index of an iteration is its row: nothing else
        // is counted, and the lengths of the columns are known to the optimiser.
        let counted = !l.inclusive && !l.user_descending && is_zero(&l.lo) && is_usize(self, l);
        let upward = l.descending == l.user_descending;
        let (before, first, last) = match (counted, upward) {
            (true, _) => (
                TokenStream::new(),
                quote_spanned!(sp=> let #row = #index;),
                TokenStream::new(),
            ),
            (false, true) => (
                quote_spanned!(sp=> let mut #row = 0_usize;),
                TokenStream::new(),
                quote_spanned!(sp=> #row += 1;),
            ),
            (false, false) => (
                quote_spanned!(sp=> let mut #row = #n;),
                quote_spanned!(sp=> #row -= 1;),
                TokenStream::new(),
            ),
        };
        let iterated = match l.descending {
            true => quote_spanned!(sp=> #range_name.rev()),
            false => quote_spanned!(sp=> #range_name),
        };
        let used: Vec<&Ident> = l.rows.iter().map(|v| &witnesses[v]).collect();
        let values: Vec<&Ident> = l.rows.iter().map(|v| self.names.of(*v)).collect();
        let start = quote_spanned! {sp=>
            let #range_name = #range;
            let #n = #rt::trips(&#range_name);
        };
        match l.rows_are {
            Rows::Written => quote_spanned! {sp=>
                #start
                #(let mut #columns = if <__P as #rt::Phase>::TAPE {
                    #used.column(#tape, #n)
                } else {
                    ::std::vec::Vec::new()
                };)*
                {
                    #(let #columns = if <__P as #rt::Phase>::TAPE { &mut #columns[..#n] } else { &mut [][..] };)*
                    #before
                    for #index in #iterated {
                        #first
                        #body
                        if <__P as #rt::Phase>::TAPE {
                            #(#used.set(#columns, #row, #values);)*
                        }
                        #last
                    }
                }
                if <__P as #rt::Phase>::TAPE {
                    #(#used.keep(#columns, #tape);)*
                }
            },
            Rows::Bound => {
                let (restored, by) = (columns.iter().rev(), used.iter().rev());
                quote_spanned! {sp=>
                    #start
                    #(let #restored = #by.restore(#tape);)*
                    {
                        #(let #columns = &#columns[..#n];)*
                        #before
                        for #index in #iterated {
                            #first
                            #(let #values = #used.get(#columns, #row);)*
                            #body
                            #last
                        }
                    }
                    #(#used.recycle(#columns, #tape);)*
                }
            }
        }
    }

    pub fn dynamic_loop(&self, l: &Loop, witnesses: &Witnesses, sp: Span) -> TokenStream {
        let body = self.block(&l.body, witnesses);
        let again = self.copied(&l.again, sp);
        let trips = l.trips.map(|v| self.names.of(v));
        let count = trips.map(|trips| quote_spanned!(sp=> let mut #trips = 0_usize;));
        let counted = trips.map(|trips| quote_spanned!(sp=> #trips += 1;));
        quote_spanned! {sp=>
            #count
            loop {
                #body
                #counted
                if !#again {
                    break;
                }
            }
        }
    }
}

/// Names of a loop's own; no name of the program begins with two underscores.
struct Locals {
    range: Ident,
    n: Ident,
    row: Ident,
}

impl Locals {
    fn new(index: &Ident, sp: Span) -> Self {
        let index = index.to_string();
        let index = index.trim_start_matches("r#");
        Locals {
            range: format_ident!("__range_{index}", span = sp),
            n: format_ident!("__n_{index}", span = sp),
            row: format_ident!("__row_{index}", span = sp),
        }
    }

    fn column(&self, k: usize) -> Ident {
        format_ident!(
            "__column_{k}_{}",
            self.n.to_string().trim_start_matches("__n_"),
            span = self.n.span()
        )
    }
}

fn is_zero(operand: &Operand) -> bool {
    matches!(operand, Operand::Lit(syn::Lit::Int(lit)) if lit.base10_digits() == "0")
}

fn is_usize(body: &Body<'_>, l: &For) -> bool {
    let is = |ty: &Ty| matches!(ty, Ty::Int(Some(name)) if name == "usize");
    is(&body.info(l.index).ty) || is(&body.operand_ty(&l.hi))
}

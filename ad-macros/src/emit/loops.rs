//! Loops.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use super::place::Body;
use super::stmt::Witnesses;
use crate::ir::{For, Loop};

impl Body<'_> {
    pub fn for_loop(&self, l: &For, witnesses: &Witnesses, sp: Span) -> TokenStream {
        if l.parallel {
            return self.parallel(l, witnesses, sp);
        }
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

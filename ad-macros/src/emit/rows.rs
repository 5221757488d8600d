//! Loops with columns, which keep values from one sweep to the other: a row for
//! each iteration.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote_spanned};

use super::place::Body;
use super::stmt::Witnesses;
use crate::ir::types::is_scalar;
use crate::ir::{For, Operand, Rows, Ty, Var};

/// The column of one variable.
struct Column<'a> {
    name: Ident,
    value: &'a Ident,
    /// Ties the type of what is read to that of what was written.
    witness: &'a Ident,
    /// Numbers are kept as words, which every column of them shares; values of
    /// other types in vectors of their own.
    words: bool,
    tape: &'a Ident,
    sp: Span,
}

impl Body<'_> {
    /// The row of an iteration is its position in the order of the user's loop.
    pub fn with_rows(
        &self,
        l: &For,
        range: &TokenStream,
        witnesses: &Witnesses,
        sp: Span,
    ) -> TokenStream {
        let rt = &self.cx.rt;
        let index = self.names.of(l.index);
        let names = Locals::new(index, sp);
        let Locals {
            range: range_name,
            n,
            row,
        } = &names;
        let column = |(k, var): (usize, &Var)| Column {
            name: names.column(k),
            value: self.names.of(*var),
            witness: &witnesses[var],
            words: is_scalar(&self.info(*var).ty),
            tape: &self.fixed.tape,
            sp,
        };
        let columns: Vec<Column<'_>> = l.rows.iter().enumerate().map(column).collect();
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
        let start = quote_spanned! {sp=>
            let #range_name = #range;
            let #n = #rt::trips(&#range_name);
        };
        let taped = self.is_taped(sp);
        match l.rows_are {
            Rows::Written => {
                let new = columns.iter().map(|c| c.made(n, &taped));
                let cut = columns.iter().map(|c| c.cut(n, &taped));
                let write = columns.iter().map(|c| c.write(row));
                let keep = columns.iter().map(Column::keep);
                quote_spanned! {sp=>
                    #start
                    #(#new)*
                    {
                        #(#cut)*
                        #before
                        for #index in #iterated {
                            #first
                            #body
                            if #taped { #(#write)* }
                            #last
                        }
                    }
                    if #taped { #(#keep)* }
                }
            }
            Rows::Bound => {
                let restore = columns.iter().rev().map(Column::restore);
                let shared = columns.iter().map(|c| c.shared(n));
                let read = columns.iter().map(|c| c.read(row, upward));
                let recycle = columns.iter().map(Column::recycle);
                quote_spanned! {sp=>
                    #start
                    #(#restore)*
                    {
                        #(#shared)*
                        #before
                        for #index in #iterated {
                            #first
                            #(#read)*
                            #body
                            #last
                        }
                    }
                    #(#recycle)*
                }
            }
        }
    }
}

impl Column<'_> {
    fn made(&self, n: &Ident, taped: &TokenStream) -> TokenStream {
        let (name, tape, witness, sp) = (&self.name, self.tape, self.witness, self.sp);
        let memory = match self.words {
            true => quote_spanned!(sp=> #witness.column(#tape, #n)),
            false => quote_spanned!(sp=> #witness.rows(#n, #tape)),
        };
        quote_spanned! {sp=>
            let mut #name = if #taped { #memory } else { ::std::vec::Vec::new() };
        }
    }

    /// A column of words as a slice of the loop's length.
    fn cut(&self, n: &Ident, taped: &TokenStream) -> TokenStream {
        let (name, sp) = (&self.name, self.sp);
        match self.words {
            true => quote_spanned! {sp=>
                let #name = if #taped { &mut #name[..#n] } else { &mut [][..] };
            },
            false => TokenStream::new(),
        }
    }

    fn write(&self, row: &Ident) -> TokenStream {
        let (name, value, witness, sp) = (&self.name, self.value, self.witness, self.sp);
        match self.words {
            true => quote_spanned!(sp=> #witness.set(#name, #row, #value);),
            false => quote_spanned!(sp=> #witness.add_row(&mut #name, #value);),
        }
    }

    fn keep(&self) -> TokenStream {
        let (name, tape, witness, sp) = (&self.name, self.tape, self.witness, self.sp);
        match self.words {
            true => quote_spanned!(sp=> #witness.keep(#name, #tape);),
            false => quote_spanned!(sp=> #tape.keep_vec(#name);),
        }
    }

    fn restore(&self) -> TokenStream {
        let (name, tape, witness, sp) = (&self.name, self.tape, self.witness, self.sp);
        match self.words {
            true => quote_spanned!(sp=> let #name = #witness.restore(#tape);),
            false => quote_spanned!(sp=> let mut #name = #witness.restore_rows(#tape);),
        }
    }

    fn shared(&self, n: &Ident) -> TokenStream {
        let (name, sp) = (&self.name, self.sp);
        match self.words {
            true => quote_spanned!(sp=> let #name = &#name[..#n];),
            false => TokenStream::new(),
        }
    }

    /// Downward, the last row is the one of the iteration: it need not be copied.
    fn read(&self, row: &Ident, upward: bool) -> TokenStream {
        let (name, value, witness, sp) = (&self.name, self.value, self.witness, self.sp);
        match (self.words, upward) {
            (true, _) => quote_spanned!(sp=> let #value = #witness.get(#name, #row);),
            (false, true) => quote_spanned!(sp=> let #value = #witness.row(&#name, #row);),
            (false, false) => quote_spanned!(sp=> let #value = #witness.last_row(&mut #name);),
        }
    }

    fn recycle(&self) -> TokenStream {
        let (name, tape, witness, sp) = (&self.name, self.tape, self.witness, self.sp);
        match self.words {
            true => quote_spanned!(sp=> #witness.recycle(#name, #tape);),
            false => quote_spanned!(sp=> #tape.give(#name);),
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

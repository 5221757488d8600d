//! Loops under `#[checkpoint(n)]`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote_spanned};

use super::place::{Body, Sweep, Taping};
use super::stmt::Witnesses;
use crate::ir::{Back, Block, Checkpointed};

/// Names of a loop's own; no name of the program begins with two underscores.
struct Locals {
    range: Ident,
    n: Ident,
    plan: Ident,
    at: Ident,
    step: Ident,
}

impl Locals {
    fn new(index: &Ident, sp: Span) -> Self {
        let index = index.to_string();
        let index = index.trim_start_matches("r#");
        let name = |what: &str| format_ident!("__{what}_{index}", span = sp);
        Locals {
            range: name("range"),
            n: name("n"),
            plan: name("plan"),
            at: name("at"),
            step: name("step"),
        }
    }
}

impl Body<'_> {
    pub fn checkpointed(&self, c: &Checkpointed, witnesses: &Witnesses, sp: Span) -> TokenStream {
        let rt = &self.cx.rt;
        let index = self.names.of(c.index);
        let names = Locals::new(index, sp);
        let Locals { range, n, .. } = &names;
        let (lo, hi) = (self.copied(&c.lo, sp), self.copied(&c.hi, sp));
        let bounds = match c.inclusive {
            true => quote_spanned!(sp=> #lo..=#hi),
            false => quote_spanned!(sp=> #lo..#hi),
        };
        let run = match &c.back {
            None => self.run_forward(c, &names, witnesses, sp),
            Some(back) => self.run_back(c, back, &names, witnesses, sp),
        };
        quote_spanned! {sp=>
            {
                let #range = #bounds;
                let #n = #rt::trips(&#range);
                #run
            }
        }
    }

    fn run_forward(
        &self,
        c: &Checkpointed,
        Locals {
            range, n, plan, at, ..
        }: &Locals,
        witnesses: &Witnesses,
        sp: Span,
    ) -> TokenStream {
        let rt = &self.cx.rt;
        let taped = self.is_taped(sp);
        let index = self.names.of(c.index);
        let snapshots = self.copied(&c.snapshots, sp);
        let keep = self.block(&c.keep, witnesses);
        let forward = self.as_sweep(self.first, Taping::Never, &c.forward, witnesses);
        let elements = match c.descending {
            true => quote_spanned!(sp=> #range.rev()),
            false => quote_spanned!(sp=> #range),
        };
        quote_spanned! {sp=>
            let mut #plan = #rt::checkpoint::Plan::of_forward(#snapshots, #n);
            let mut #at = 0_usize;
            for #index in #elements {
                if #taped && #plan.keeps(#at) { #keep }
                #forward
                #at += 1;
            }
        }
    }

    /// What ran before notes nothing, prints nothing and keeps nothing when it runs again.
    fn run_back(
        &self,
        c: &Checkpointed,
        back: &Back,
        Locals {
            range,
            n,
            plan,
            at,
            step,
        }: &Locals,
        witnesses: &Witnesses,
        sp: Span,
    ) -> TokenStream {
        let rt = &self.cx.rt;
        let (tape, sel) = (&self.fixed.tape, &self.fixed.sel);
        let index = self.names.of(c.index);
        let snapshots = self.copied(&c.snapshots, sp);
        let nth = Ident::new(if c.descending { "nth_back" } else { "nth" }, sp);
        let restore = self.as_sweep(Sweep::Reverse, Taping::Again, &back.restore, witnesses);
        let keep = self.as_sweep(self.first, Taping::Again, &c.keep, witnesses);
        let ahead = self.as_sweep(self.first, Taping::NeverAgain, &c.forward, witnesses);
        let forward = self.as_sweep(self.first, Taping::Again, &c.forward, witnesses);
        let reverse = self.as_sweep(Sweep::Reverse, Taping::Again, &back.reverse, witnesses);
        quote_spanned! {sp=>
            if #n > 0 {
                let #sel = #rt::Selector::quiet(#sel);
                let mut #plan = #rt::checkpoint::Replay::new(#snapshots, #n, #tape);
                for #step in (0..#n).rev() {
                    let mut #at = #plan.restored(#step);
                    { #restore }
                    loop {
                        if #plan.keeps(#at) { #keep }
                        if #at == #step {
                            break;
                        }
                        let #index = #rt::checkpoint::#nth(&#range, #at);
                        #ahead
                        #at += 1;
                    }
                    let #index = #rt::checkpoint::#nth(&#range, #step);
                    #forward
                    #reverse
                }
                { #restore }
                #plan.finish(#tape);
            }
        }
    }

    /// A block as a part of another sweep than the one around it.
    fn as_sweep(
        &self,
        sweep: Sweep,
        taping: Taping,
        block: &Block,
        witnesses: &Witnesses,
    ) -> TokenStream {
        let around = (self.sweep.replace(sweep), self.taping.replace(taping));
        let tokens = self.block(block, witnesses);
        self.sweep.set(around.0);
        self.taping.set(around.1);
        tokens
    }

    /// Whether what is written keeps something on the tape, as a constant.
    pub fn is_taped(&self, sp: Span) -> TokenStream {
        match self.taping.get() {
            Taping::ByPhase => quote_spanned!(sp=> __P::TAPE),
            Taping::Never | Taping::NeverAgain => quote_spanned!(sp=> false),
            Taping::Again => quote_spanned!(sp=> true),
        }
    }

    /// Whether what is written keeps nothing on the tape, whatever the phase.
    pub fn keeps_nothing(&self) -> bool {
        matches!(self.taping.get(), Taping::Never | Taping::NeverAgain)
    }

    /// Whether what is written ran before, as far as the user can see.
    pub fn runs_again(&self) -> bool {
        matches!(self.taping.get(), Taping::Again | Taping::NeverAgain)
    }
}

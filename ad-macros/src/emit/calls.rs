//! Calls of annotated functions, in both sweeps and in forward mode.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{ExprPath, Path, PathArguments};

use super::names::hygienic;
use super::place::{Body, marker_ident};
use crate::ir::{
    ActSet, Arg, Call, CallReverse, Operand, Place, Restore, TanArg, TanSource, Var, VarKind,
};

impl Body<'_> {
    /// The user's own call.
    pub fn plain_call(&self, call: &Call, sp: Span) -> TokenStream {
        let path = &call.path;
        let (cuts, args) = self.arguments(call, sp);
        within(cuts, quote_spanned!(sp=> #path(#(#args),*)))
    }

    /// A callee that is cheaper to run again is only run here (noting what it
    /// selects), and both its sweeps in the reverse sweep (noting nothing). A run
    /// that keeps nothing keeps nothing in its callees either.
    pub fn call_forward(&self, call: &Call, restore: &[Restore], sp: Span) -> TokenStream {
        let (tape, sel) = (&self.fixed.tape, &self.fixed.sel);
        let (cuts, args) = self.arguments(call, sp);
        let sets: Vec<ActSet> = call.args.iter().map(|arg| self.set(arg)).collect();
        let markers = self.markers(call, &sets, restore, sp);
        let fwd = self.callee(call, "__fwd", sp);
        let kept = quote_spanned!(sp=> #fwd(#tape, #sel, #markers, #(#args),*));
        let run = self.callee(call, "__run", sp);
        let run = quote_spanned!(sp=> #run(#tape, #sel, #markers, #(#args),*));
        let keeps = quote_spanned!(sp=> __P::TAPE);
        if writes_arguments(call) {
            return within(cuts, quote_spanned!(sp=> if #keeps { #kept } else { #run }));
        }
        let again = self.run_again(call, sp);
        let plain = self.plain_call(call, sp);
        let noted = within(
            cuts,
            quote_spanned!(sp=> if #keeps && !(#again) { #kept } else { #run }),
        );
        quote_spanned!(sp=> if #again && !__S::LOGS { #plain } else { #noted })
    }

    pub fn call_reverse(&self, reverse: &CallReverse, sp: Span) -> TokenStream {
        let CallReverse {
            call,
            slots,
            seed,
            restore,
            tangents,
        } = reverse;
        let (rt, tape, sel) = (&self.cx.rt, &self.fixed.tape, &self.fixed.sel);
        let sets: Vec<ActSet> = slots.iter().map(|(set, _)| set.clone()).collect();
        let markers = self.markers(call, &sets, restore, sp);
        // What each argument consists of: itself and its slot, with tangents.
        let mut columns = vec![self.arguments(call, sp)];
        columns.extend(tangents.as_ref().map(|t| self.tangents(call, &t.args, sp)));
        columns.push(self.slots(slots.iter().map(|(_, slot)| slot.as_ref()).collect(), sp));
        columns.extend(
            tangents
                .as_ref()
                .map(|t| self.slots(t.slots.iter().map(Option::as_ref).collect(), sp)),
        );
        let cuts = columns.iter().map(|(cuts, _)| cuts.clone()).collect();
        let mut args: Vec<TokenStream> = (0..call.args.len())
            .flat_map(|k| columns.iter().map(move |(_, column)| column[k].clone()))
            .collect();
        args.push(self.shared(Some(seed), sp));
        args.extend(tangents.as_ref().map(|t| self.shared(t.seed.as_ref(), sp)));
        let [rev, both] = match tangents {
            None => ["__rev", "__both"],
            Some(_) => ["__rev_tan", "__both_tan"],
        };
        let rev = self.callee(call, rev, sp);
        let kept = quote_spanned!(sp=> #rev(#tape, #sel, #markers, #(#args),*););
        if writes_arguments(call) {
            return within(cuts, kept);
        }
        let (again, both) = (self.run_again(call, sp), self.callee(call, both, sp));
        within(
            cuts,
            quote_spanned! {sp=>
                if #again {
                    #both(#tape, #rt::Selector::quiet(#sel), #markers, #(#args),*);
                } else {
                    #kept
                }
            },
        )
    }

    /// Forward mode; with `kept` it is the forward sweep, with tangents, of a
    /// later reverse sweep.
    pub fn call_jvp(
        &self,
        [value, tangent]: [Var; 2],
        call: &Call,
        tans: &[TanArg],
        kept: Option<&[Restore]>,
        sp: Span,
    ) -> TokenStream {
        let (tape, sel) = (&self.fixed.tape, &self.fixed.sel);
        let sets: Vec<ActSet> = tans.iter().map(|tan| tan.act.clone()).collect();
        let markers = self.markers(call, &sets, kept.unwrap_or_default(), sp);
        let ((cuts, values), (more, tans)) =
            (self.arguments(call, sp), self.tangents(call, tans, sp));
        let args: Vec<TokenStream> = values
            .into_iter()
            .zip(tans)
            .flat_map(|(value, tan)| [value, tan])
            .collect();
        let run = |function| {
            let function = self.callee(call, function, sp);
            quote_spanned!(sp=> #function(#tape, #sel, #markers, #(#args),*))
        };
        let both = match kept {
            None => run("__jvp"),
            Some(_) if writes_arguments(call) => run("__fwd_tan"),
            Some(_) => {
                let (again, plain, kept) =
                    (self.run_again(call, sp), run("__jvp"), run("__fwd_tan"));
                quote_spanned!(sp=> if #again { #plain } else { #kept })
            }
        };
        let mutability =
            |var: Var| (self.info(var).kind == VarKind::Memory).then(|| quote_spanned!(sp=> mut));
        let (value_mut, tangent_mut) = (mutability(value), mutability(tangent));
        let (value, tangent) = (self.names.of(value), self.names.of(tangent));
        let both = within(quote!(#cuts #more), both);
        quote_spanned!(sp=> let (#value_mut #value, #tangent_mut #tangent) = #both;)
    }

    /// The tangents of the arguments, as [`Body::arguments`].
    fn tangents(&self, call: &Call, tans: &[TanArg], sp: Span) -> (TokenStream, Vec<TokenStream>) {
        let rt = &self.cx.rt;
        let mutable = |arg: &Arg| matches!(arg, Arg::RefMut(_));
        let places = call.args.iter().zip(tans).map(|(arg, tan)| match &tan.tan {
            TanSource::Place(place) => Some((place, mutable(arg))),
            TanSource::Empty | TanSource::Value(_) => None,
        });
        let (cuts, places) = self.borrows(places.collect(), sp);
        let tangent =
            |((arg, tan), place): ((&Arg, &TanArg), Option<TokenStream>)| match (&tan.tan, place) {
                (TanSource::Value(a), _) => self.reference(a, sp),
                (_, Some(place)) => place,
                _ if mutable(arg) => quote_spanned!(sp=> #rt::Hold::new().slot()),
                _ => self.shared(None, sp),
            };
        (
            cuts,
            call.args
                .iter()
                .zip(tans)
                .zip(places)
                .map(tangent)
                .collect(),
        )
    }

    /// Slots that a callee changes; where there is none, one of the call's own.
    fn slots(&self, slots: Vec<Option<&Place>>, sp: Span) -> (TokenStream, Vec<TokenStream>) {
        let rt = &self.cx.rt;
        let places = slots
            .into_iter()
            .map(|slot| slot.map(|slot| (slot, true)))
            .collect();
        let (cuts, slots) = self.borrows(places, sp);
        let slot = |slot: Option<TokenStream>| {
            slot.unwrap_or_else(|| quote_spanned!(sp=> #rt::Hold::new().slot()))
        };
        (cuts, slots.into_iter().map(slot).collect())
    }

    /// A slot that a callee reads.
    fn shared(&self, slot: Option<&Place>, sp: Span) -> TokenStream {
        let rt = &self.cx.rt;
        match slot {
            Some(slot) => {
                let slot = self.place(slot, sp);
                quote_spanned!(sp=> &#slot)
            }
            None => quote_spanned!(sp=> #rt::Hold::new().shared()),
        }
    }

    /// The arguments, and what must stand before the call for them.
    fn arguments(&self, call: &Call, sp: Span) -> (TokenStream, Vec<TokenStream>) {
        let places = call.args.iter().map(|arg| match arg {
            Arg::Value(_) => None,
            Arg::Ref(place) => Some((place, false)),
            Arg::RefMut(place) => Some((place, true)),
        });
        let (cuts, places) = self.borrows(places.collect(), sp);
        let args = call
            .args
            .iter()
            .zip(places)
            .map(|(arg, place)| match (arg, place) {
                (Arg::Value(a), _) => self.value(a, sp),
                (_, place) => place.unwrap_or_default(),
            });
        (cuts, args.collect())
    }

    fn set(&self, arg: &Arg) -> ActSet {
        let activity = self.facts.activity;
        match arg {
            Arg::Value(a) => crate::analysis::activity::of_operand(activity, a),
            Arg::Ref(place) | Arg::RefMut(place) => {
                activity.get(&place.root).cloned().unwrap_or_default()
            }
        }
    }

    fn run_again(&self, call: &Call, sp: Span) -> TokenStream {
        let constant = self.item_path(&call.path);
        quote_spanned!(sp=> __S::PLAIN && #constant::__RECOMPUTE)
    }

    /// The activity of each argument, with the position of the argument: there
    /// an active value in a place outside `wrt` is reported.
    fn markers(&self, call: &Call, sets: &[ActSet], restore: &[Restore], sp: Span) -> TokenStream {
        let rt = &self.cx.rt;
        let act = &self.fixed.act;
        let mut markers = Vec::new();
        for (k, (arg, set)) in call.args.iter().zip(sets).enumerate() {
            let at = self.argument_span(arg).map_or(sp, hygienic);
            let mut marker = quote_spanned!(at=> #rt::Inactive);
            // `or` also forgets that a parameter is to be restored.
            for index in set.0.iter().rev() {
                let field = proc_macro2::Literal::usize_unsuffixed(*index);
                marker = quote_spanned!(at=> #rt::Activity::or(#act.#field, #marker));
            }
            markers.push(match restore.get(k) {
                Some(Restore::Yes) => quote_spanned!(at=> #rt::Activity::restoring(#marker)),
                Some(Restore::AsParam(p)) => {
                    let field = proc_macro2::Literal::usize_unsuffixed(*p);
                    quote_spanned!(at=> #rt::Activity::restoring_as(#marker, #act.#field))
                }
                Some(Restore::No) | None => marker,
            });
        }
        quote_spanned!(sp=> (#(#markers,)*))
    }

    /// The user's token of an argument, if it was computed in place.
    fn argument_span(&self, arg: &Arg) -> Option<Span> {
        let var = match arg {
            Arg::Value(Operand::Var(v)) => *v,
            Arg::Ref(Place { root, .. }) | Arg::RefMut(Place { root, .. }) => *root,
            Arg::Value(Operand::Lit(lit)) => return Some(lit.span()),
            Arg::Value(Operand::Const(_)) => return None,
        };
        (self.info(var).kind == VarKind::Temp).then(|| self.info(var).span)
    }

    /// `g::<T>` becomes `g::__fwd::<T>`.
    fn callee(&self, call: &Call, function: &str, sp: Span) -> TokenStream {
        let item = self.item_path(&call.path);
        let name = Ident::new(function, sp);
        let arguments = call.path.path.segments.last().map(|s| &s.arguments);
        match arguments {
            Some(PathArguments::AngleBracketed(args)) => {
                let args = &args.args;
                quote_spanned!(sp=> #item::#name::<#args>)
            }
            _ => quote_spanned!(sp=> #item::#name),
        }
    }

    /// The path of the item that belongs to a function: its own path, unless
    /// `calls(..)` says otherwise.
    fn item_path(&self, function: &ExprPath) -> TokenStream {
        let mut path = function.path.clone();
        if let Some(last) = path.segments.last_mut() {
            last.arguments = PathArguments::None;
        }
        for (from, to) in &self.cx.options.calls {
            if let Some(replaced) = replace_end(&path, from, to) {
                return quote!(#replaced);
            }
        }
        quote!(#path)
    }
}

/// The path with its last segments exchanged, if they are `from`.
fn replace_end(path: &Path, from: &Path, to: &Path) -> Option<Path> {
    let kept = path.segments.len().checked_sub(from.segments.len())?;
    let same = path
        .segments
        .iter()
        .skip(kept)
        .zip(&from.segments)
        .all(|(a, b)| a.ident == b.ident);
    if !same || from.leading_colon.is_some() && kept > 0 {
        return None;
    }
    if kept == 0 || to.leading_colon.is_some() {
        return Some(to.clone());
    }
    let mut replaced = path.clone();
    replaced.segments = path
        .segments
        .iter()
        .take(kept)
        .chain(&to.segments)
        .cloned()
        .collect();
    Some(replaced)
}

/// An expression with statements before it.
fn within(before: TokenStream, value: TokenStream) -> TokenStream {
    match before.is_empty() {
        true => value,
        false => quote!({ #before #value }),
    }
}

/// Arguments that a call overwrites are gone when it would be run again.
fn writes_arguments(call: &Call) -> bool {
    call.args.iter().any(|arg| matches!(arg, Arg::RefMut(_)))
}

/// The type parameters of the activity of `n` parameters, as the type of the
/// tuple that is passed.
pub fn marker_types(n: usize) -> TokenStream {
    let markers = (0..n).map(marker_ident);
    quote!((#(#markers,)*))
}

#[cfg(test)]
#[test]
fn ends_of_paths_are_replaced() {
    let path = |text: &str| syn::parse_str::<Path>(text).unwrap();
    let text = |p: &Path| quote!(#p).to_string();
    let replaced = replace_end(&path("lib::f"), &path("f"), &path("f_ad")).unwrap();
    assert_eq!(text(&replaced), "lib :: f_ad");
    let replaced = replace_end(&path("m::f"), &path("m::f"), &path("n::g")).unwrap();
    assert_eq!(text(&replaced), "n :: g");
    assert!(replace_end(&path("g"), &path("f"), &path("f_ad")).is_none());
    assert!(replace_end(&path("f"), &path("m::f"), &path("f_ad")).is_none());
}

//! Calls of annotated functions, in both sweeps and in forward mode.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{ExprPath, Path, PathArguments};

use super::hidden::reader as reader_name;
use super::home::{FORWARD, arranged, hidden_method};
use super::lanes;
use super::names::hygienic;
use super::place::{Body, marker_ident};
use crate::ir::{
    ActSet, Arg, Call, CallReverse, Callable, Callee, Operand, Passing, Place, Restore, TanArg,
    TanSource, Var, VarKind, Wish, function_operand,
};
use crate::rules;

/// Whose arguments are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The user's function.
    Plain,
    /// A hidden one.
    Hidden,
}

impl Body<'_> {
    /// The user's own call.
    pub fn plain_call(&self, call: &Call, sp: Span) -> TokenStream {
        let (cuts, args) = self.arguments(call, Form::Plain, sp);
        let plain = match (&call.callee, args.split_first()) {
            (Callee::Method { name, generics }, Some((receiver, rest))) => {
                quote_spanned!(sp=> #receiver.#name #generics(#(#rest),*))
            }
            (Callee::Method { .. }, None) => TokenStream::new(),
            (Callee::Function(path), _) if self.runs_again() => {
                // What an iteration calls once more must be known not to be the world's.
                let item = self.item_path(path);
                quote_spanned!(sp=> { let _ = #item::SITES; #path(#(#args),*) })
            }
            (Callee::Function(path) | Callee::Associated(path), _) => {
                quote_spanned!(sp=> #path(#(#args),*))
            }
        };
        within(cuts, plain)
    }

    /// A callee that is cheaper to run again is only run here (noting what it
    /// selects), and both its sweeps in the reverse sweep (noting nothing). A run
    /// that keeps nothing keeps nothing in its callees either.
    pub fn call_forward(
        &self,
        var: Var,
        call: &Call,
        restore: &[Restore],
        sp: Span,
    ) -> TokenStream {
        let sel = &self.fixed.sel;
        let (cuts, args) = self.arguments(call, Form::Hidden, sp);
        let sets: Vec<ActSet> = call.args.iter().map(|arg| self.set(arg)).collect();
        let markers = self.markers(call, &sets, restore, sp);
        let run = |function| {
            let columns = args.iter().map(|arg| vec![arg.clone()]).collect();
            self.invoke(
                call,
                var,
                function,
                quote_spanned!(sp=> #sel),
                &markers,
                columns,
                &[],
                sp,
            )
        };
        let (kept, run) = (run(FORWARD), run("run"));
        let keeps = self.is_taped(sp);
        let Some(again) = self.run_again(call, sp) else {
            return within(cuts, quote_spanned!(sp=> if #keeps { #kept } else { #run }));
        };
        let plain = match &call.callee {
            // A function of functions has no item that could be called like it.
            Callee::Function(path) if self.facts.checked && !passes_functions(call) => {
                let plain = self.checked(self.item_function(path, "primal", sp), sp);
                within(cuts.clone(), quote_spanned!(sp=> #plain(#(#args),*)))
            }
            _ => self.plain_call(call, sp),
        };
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
            result,
            seed,
            restore,
            tangents,
        } = reverse;
        let (rt, sel) = (&self.cx.rt, &self.fixed.sel);
        let sets: Vec<ActSet> = slots.iter().map(|(set, _)| set.clone()).collect();
        let markers = self.markers(call, &sets, restore, sp);
        // What each argument consists of: itself and its slot, with tangents.
        let mut parts = vec![self.arguments(call, Form::Hidden, sp)];
        parts.extend(tangents.as_ref().map(|t| self.tangents(call, &t.args, sp)));
        parts.push(self.slots(slots.iter().map(|(_, slot)| slot.as_ref()).collect(), sp));
        parts.extend(
            tangents
                .as_ref()
                .map(|t| self.slots(t.slots.iter().map(Option::as_ref).collect(), sp)),
        );
        let cuts = parts.iter().map(|(cuts, _)| cuts.clone()).collect();
        let column = |k: usize| parts.iter().map(|(_, column)| column[k].clone()).collect();
        let columns: Vec<Vec<TokenStream>> = (0..call.args.len()).map(column).collect();
        let mut tail = Vec::new();
        if let (Some(result), None) = (result, tangents) {
            tail.push(self.reference(result, sp));
        }
        tail.push(self.shared(Some(seed), sp));
        tail.extend(tangents.as_ref().map(|t| self.shared(t.seed.as_ref(), sp)));
        let [rev, both] = match tangents {
            None => ["rev", "both"],
            Some(_) => ["rev_tan", "both_tan"],
        };
        // Only the forward sweep notes at sites.
        let run = |function, sel| {
            self.invoke(
                call,
                seed.root,
                function,
                sel,
                &markers,
                columns.clone(),
                &tail,
                sp,
            )
        };
        let kept = run(rev, quote_spanned!(sp=> #sel));
        let Some(again) = self.run_again(call, sp) else {
            return within(cuts, quote_spanned!(sp=> #kept;));
        };
        let both = run(both, quote_spanned!(sp=> #rt::Selector::quiet(#sel)));
        within(
            cuts,
            quote_spanned!(sp=> if #again { #both; } else { #kept; }),
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
        let sel = &self.fixed.sel;
        let sets: Vec<ActSet> = tans.iter().map(|tan| tan.act.clone()).collect();
        let markers = self.markers(call, &sets, kept.unwrap_or_default(), sp);
        let ((cuts, values), (more, tans)) = (
            self.arguments(call, Form::Hidden, sp),
            self.tangents(call, tans, sp),
        );
        let columns = values.into_iter().zip(tans);
        let columns: Vec<Vec<TokenStream>> = columns.map(|(a, b)| vec![a, b]).collect();
        let run = |function| {
            let sel = quote_spanned!(sp=> #sel);
            self.invoke(
                call,
                value,
                function,
                sel,
                &markers,
                columns.clone(),
                &[],
                sp,
            )
        };
        let both = match (kept, self.run_again(call, sp)) {
            (None, _) if self.lanes.is_some() => run("jvp_lanes"),
            (None, _) => run("jvp"),
            // An iteration of which nothing is kept.
            (Some(_), _) if self.keeps_nothing() => run("jvp"),
            (Some(_), None) => run("fwd_tan"),
            (Some(_), Some(again)) => {
                let (plain, kept) = (run("jvp"), run("fwd_tan"));
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

    /// The call of a hidden function. `columns` are the arguments, each with what
    /// accompanies it; `var` is what the site of the call is known by.
    #[expect(clippy::too_many_arguments, reason = "the parts of one call")]
    fn invoke(
        &self,
        call: &Call,
        var: Var,
        function: &str,
        sel: TokenStream,
        markers: &TokenStream,
        mut columns: Vec<Vec<TokenStream>>,
        tail: &[TokenStream],
        sp: Span,
    ) -> TokenStream {
        let tape = &self.fixed.tape;
        let site = self.site_argument(call, var, sp);
        let width = self.width_passed(sp);
        let context = quote_spanned!(sp=> #tape, #sel, #markers, #site #width);
        let mut receiver = None;
        if let (Callee::Method { .. }, Some(first)) = (&call.callee, columns.first_mut()) {
            receiver = Some(first.remove(0));
        }
        let columns = columns
            .into_iter()
            .map(|column| quote_spanned!(sp=> #(#column,)*));
        let inputs = arranged(call.callee.of_type().is_some(), context, columns);
        let callee = match (&call.callee, receiver) {
            (Callee::Method { name, generics }, Some(receiver)) => {
                let name = hidden_method(name, function, hygienic_call(name.span()));
                quote_spanned!(sp=> #receiver.#name #generics)
            }
            (Callee::Associated(path), _) => self.checked(associated(path, function), sp),
            (Callee::Function(path), _) => self.checked(self.item_function(path, function, sp), sp),
            (Callee::Method { .. }, None) => TokenStream::new(),
        };
        quote_spanned!(sp=> #callee(#inputs #(#tail),*))
    }

    /// A hidden function, by way of the constant of the function that calls it.
    fn checked(&self, function: TokenStream, sp: Span) -> TokenStream {
        let rt = &self.cx.rt;
        match self.facts.checked {
            true => quote_spanned!(sp=> #rt::checked::<__Checked, _>(#function)),
            false => function,
        }
    }

    /// The site that a method is handed whose name is one of a float's.
    fn site_argument(&self, call: &Call, var: Var, sp: Span) -> TokenStream {
        let name = call.callee.of_type().map(ToString::to_string);
        if !name.is_some_and(|name| rules::takes_site(&name)) {
            return TokenStream::new();
        }
        let rt = &self.cx.rt;
        let site = self
            .site(var, sp)
            .unwrap_or_else(|| quote_spanned!(sp=> &#rt::NO_SITE));
        quote_spanned!(sp=> #site,)
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

    /// The arguments, and what must stand before the call for them. A hidden
    /// function of a type takes its first argument by reference.
    fn arguments(&self, call: &Call, form: Form, sp: Span) -> (TokenStream, Vec<TokenStream>) {
        let is_receiver = |k: usize| k == 0 && matches!(call.callee, Callee::Method { .. });
        let places = call.args.iter().enumerate().map(|(k, arg)| match arg {
            _ if is_receiver(k) => None,
            Arg::Value(_) => None,
            Arg::Ref(place) => Some((place, false)),
            Arg::RefMut(place) => Some((place, true)),
        });
        let (cuts, places) = self.borrows(places.collect(), sp);
        let by_reference = form == Form::Hidden && call.callee.of_type().is_some();
        let args = call
            .args
            .iter()
            .zip(places)
            .enumerate()
            .map(|(k, (arg, place))| match arg {
                arg if form == Form::Plain && self.callable(arg).is_some() && !is_receiver(k) => {
                    self.as_closure(arg, sp)
                }
                Arg::Value(a) if form == Form::Hidden && function_operand(a).is_some() => {
                    self.as_item(a, sp)
                }
                arg if is_receiver(k) => self.receiver(arg, sp),
                Arg::Value(a) if k == 0 && by_reference => self.reference(a, sp),
                Arg::Value(a) => self.value(a, sp),
                _ => place.unwrap_or_default(),
            });
        (cuts, args.collect())
    }

    /// What is known of an argument that is a function.
    fn callable(&self, arg: &Arg) -> Option<&Callable> {
        let var = match arg {
            Arg::Value(Operand::Var(var)) => *var,
            Arg::Ref(place) if place.proj.is_empty() => place.root,
            _ => return None,
        };
        self.info(var).function.as_ref()
    }

    /// A function as the user's functions take it.
    fn as_closure(&self, arg: &Arg, sp: Span) -> TokenStream {
        let Some(Callable { inputs, by, .. }) = self.callable(arg) else {
            return TokenStream::new();
        };
        let rt = &self.cx.rt;
        let function = match arg {
            Arg::Value(a) => self.reference(a, sp),
            Arg::Ref(place) | Arg::RefMut(place) => {
                let place = self.place(place, sp);
                quote_spanned!(sp=> &#place)
            }
        };
        let and = match by {
            Passing::Value => quote!(),
            Passing::Ref => quote_spanned!(sp=> &),
            Passing::RefMut => quote_spanned!(sp=> &mut),
        };
        let names = (0..*inputs).map(|k| quote::format_ident!("__input_{k}", span = sp));
        let names: Vec<Ident> = names.collect();
        let name = quote::format_ident!("Function{inputs}", span = sp);
        quote_spanned!(sp=> #and |#(#names),*| #rt::#name::call_given(#function, #(#names),*))
    }

    /// The item of an annotated function that is passed on by its name.
    fn as_item(&self, a: &Operand, sp: Span) -> TokenStream {
        let Some((and, path)) = function_operand(a) else {
            return TokenStream::new();
        };
        let item = self.item_path(path);
        quote_spanned!(sp=> #and #item {})
    }

    /// The receiver of a method: rustc borrows it as the method wants it.
    fn receiver(&self, arg: &Arg, sp: Span) -> TokenStream {
        match arg {
            Arg::Value(a) => self.copied(a, sp),
            Arg::RefMut(place) => self.place_atom_mut(place, sp),
            Arg::Ref(place) => {
                let tokens = self.place_atom(place, sp);
                // What is taken to be only read must not be changed unseen.
                match self.is_changeable(place.root) {
                    true => quote_spanned!(sp=> (*&#tokens)),
                    false => tokens,
                }
            }
        }
    }

    fn is_changeable(&self, root: Var) -> bool {
        match self.info(root).kind {
            VarKind::Memory | VarKind::Window | VarKind::Slot { .. } => true,
            VarKind::Param { passing, .. } => passing == Passing::RefMut,
            VarKind::Temp => false,
        }
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

    /// Whether the callee is cheaper to run again; absent where it cannot be, or
    /// decides itself.
    fn run_again(&self, call: &Call, sp: Span) -> Option<TokenStream> {
        let Callee::Function(path) = &call.callee else {
            return None;
        };
        if writes_arguments(call) || call.args.iter().any(|arg| self.callable(arg).is_some()) {
            return None;
        }
        let constant = self.item_path(path);
        Some(quote_spanned!(sp=> __S::PLAIN && #constant::__RECOMPUTE))
    }

    /// The activity of each argument, with the position of the argument: there
    /// an active value in a place outside `wrt` is reported.
    fn markers(&self, call: &Call, sets: &[ActSet], restore: &[Restore], sp: Span) -> TokenStream {
        let rt = &self.cx.rt;
        let act = &self.fixed.act;
        let mut markers = Vec::new();
        for (k, (arg, set)) in call.args.iter().zip(sets).enumerate() {
            let at = self.argument_span(arg).map_or(sp, hygienic);
            let marker = self.marker(set, at);
            let Some(restore) = restore.get(k) else {
                markers.push(marker);
                continue;
            };
            let marker = match restore.wish {
                Wish::Yes => quote_spanned!(at=> #rt::Activity::restoring(#marker)),
                Wish::AsParam(p) => {
                    let field = proc_macro2::Literal::usize_unsuffixed(p);
                    quote_spanned!(at=> #rt::Activity::restoring_as(#marker, #act.#field))
                }
                Wish::No => marker,
            };
            markers.push(restore.readers.iter().fold(marker, |marker, reader| {
                let (item, function) = (self.item_path(&reader.callee), reader_name(reader.param));
                quote_spanned!(at=> #item::#function(#marker))
            }));
        }
        quote_spanned!(sp=> (#(#markers,)*))
    }

    /// The activity of operands.
    pub fn markers_of(&self, sets: &[ActSet], sp: Span) -> TokenStream {
        let markers = sets.iter().map(|set| self.marker(set, sp));
        quote_spanned!(sp=> (#(#markers,)*))
    }

    fn marker(&self, set: &ActSet, at: Span) -> TokenStream {
        let (rt, act) = (&self.cx.rt, &self.fixed.act);
        let inactive = quote_spanned!(at=> #rt::Inactive);
        // `or` also forgets that a parameter is to be restored.
        set.0.iter().rev().fold(inactive, |marker, index| {
            let field = proc_macro2::Literal::usize_unsuffixed(*index);
            quote_spanned!(at=> #rt::Activity::or(#act.#field, #marker))
        })
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
    fn item_function(&self, path: &ExprPath, function: &str, sp: Span) -> TokenStream {
        let item = self.item_path(path);
        let name = Ident::new(&format!("__{function}"), sp);
        let arguments = path.path.segments.last().map(|s| &s.arguments);
        match arguments {
            Some(PathArguments::AngleBracketed(args)) => {
                let args = args.args.iter();
                let width = self.lanes.map(|_| lanes::width());
                quote_spanned!(sp=> #item::#name::<#(#args,)* #width>)
            }
            _ => quote_spanned!(sp=> #item::#name),
        }
    }

    /// The path of the item that belongs to a function: its own path, unless
    /// `calls(..)` says otherwise.
    pub fn item_path(&self, function: &ExprPath) -> TokenStream {
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

/// `V::f::<T>` becomes that of a hidden function of `V`.
fn associated(path: &ExprPath, function: &str) -> TokenStream {
    let mut path = path.clone();
    if let Some(last) = path.path.segments.last_mut() {
        last.ident = hidden_method(&last.ident, function, hygienic_call(last.ident.span()));
    }
    quote!(#path)
}

/// The position of the user's name: rustc reports a missing derivative there.
fn hygienic_call(span: Span) -> Span {
    Span::call_site().located_at(span)
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

/// Whether an argument is a function that is named.
fn passes_functions(call: &Call) -> bool {
    let named = |arg: &Arg| matches!(arg, Arg::Value(a) if function_operand(a).is_some());
    call.args.iter().any(named)
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

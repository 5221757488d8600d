//! Closures that do not escape. A closure has no variable: its body is lowered
//! again wherever it is called, in the scope in which it was written, so that
//! the names it captures mean what they meant there.

use std::collections::BTreeSet;
use std::rc::Rc;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprClosure, ExprPath, Ident, Pat, Stmt, parse_quote};

use super::place::strip;
use super::scope::{Binding, Scopes};
use super::sequence::Sequence;
use super::{Item, Lower, Value, exits};
use crate::ir::{Operand, Passing, Place, StmtKind, Ty, Var};
use crate::syntax::fence;

/// How many calls of closures a function may hold, those in closures included.
const MAX_EXPANSIONS: usize = 1000;

/// What is called by a name or by an adaptor.
#[derive(Clone)]
pub(super) enum Function {
    Closure(Rc<Closure>),
    Path(ExprPath),
}

pub(super) struct Closure {
    expr: ExprClosure,
    /// The names in sight where the closure was written.
    scopes: Scopes,
    /// What its use tells about the type of its result.
    result: Ty,
}

impl Function {
    /// The function whose result has this type.
    pub fn giving(self, result: Ty) -> Self {
        match self {
            Function::Closure(closure) => Function::Closure(Rc::new(Closure {
                expr: closure.expr.clone(),
                scopes: closure.scopes.clone(),
                result,
            })),
            path => path,
        }
    }
}

impl Closure {
    pub fn body(&self) -> &Expr {
        &self.expr.body
    }

    /// The closure, and the names in sight where it was written.
    pub fn parts(&self) -> (&ExprClosure, &Scopes) {
        (&self.expr, &self.scopes)
    }
}

impl Lower<'_> {
    /// `let f = |x| ..;`, `let f = &g;`, `let f = f64::sin;`: the name stands for
    /// the function from here on.
    pub(super) fn let_function(&mut self, pat: &Pat, init: &Expr) -> bool {
        let Some(name) = name_of(pat) else {
            return false;
        };
        if let Expr::Path(p) = behind_references(init) {
            let last = p.path.segments.last().map(|s| s.ident.to_string());
            let lower = last.is_some_and(|s| s.starts_with(char::is_lowercase));
            // A copy of a parameter keeps its name.
            if self.is_unbound(init) && !lower {
                return false;
            }
        }
        let Some(function) = self.function_of(init) else {
            return false;
        };
        self.scopes.insert_function(name.to_string(), function);
        true
    }

    /// The function that an expression denotes; nothing is evaluated but the
    /// copies that a `move` closure makes.
    pub(super) fn function_of(&mut self, e: &Expr) -> Option<Function> {
        match behind_references(e) {
            Expr::Closure(c) => Some(self.closure(c)),
            Expr::Path(p) => {
                if let Some(ident) = p.path.get_ident() {
                    let name = ident.to_string();
                    if let Some(function) = self.scopes.function(&name) {
                        return Some(function.clone());
                    }
                    let parameter = self.function_parameter(e).is_some();
                    if self.scopes.contains(&name) && !parameter {
                        return None;
                    }
                }
                Some(Function::Path(p.clone()))
            }
            _ => None,
        }
    }

    fn closure(&mut self, expr: &ExprClosure) -> Function {
        let mut scopes = self.scopes.clone();
        if expr.capture.is_some() {
            // A `move` closure has copies of the variables that may change.
            scopes.push();
            let mut names = BTreeSet::new();
            identifiers(expr.to_token_stream(), &mut names);
            for name in names {
                let Some(Binding { place, by }) = self.scopes.find(&name).cloned() else {
                    continue;
                };
                let moved = matches!(self.ty_of(&place), Ty::Vec(_));
                if by != Passing::Value || moved || self.is_fixed(place.root) {
                    continue;
                }
                let value = self.read(place);
                let value = self.plain(value);
                let copy = Place::of(self.declare_with(&Ident::new(&name, self.span), value));
                let binding = Binding { place: copy, by };
                scopes.insert(name, binding);
            }
        }
        let expr = expr.clone();
        let result = Ty::Unknown;
        Function::Closure(Rc::new(Closure {
            expr,
            scopes,
            result,
        }))
    }

    /// The result of a function applied to arguments that are evaluated already.
    pub(super) fn apply(&mut self, function: &Function, args: Vec<Item>) -> Item {
        match function {
            Function::Closure(closure) => {
                let done = self.in_closure(closure, args, |l, closure| l.closure_body(closure));
                done.unwrap_or_else(|| Item::Value(Value::unit()))
            }
            Function::Path(path) => self.apply_path(path, args),
        }
    }

    /// The sequence that a function makes of its arguments.
    pub(super) fn apply_for_sequence(
        &mut self,
        function: &Function,
        args: Vec<Item>,
    ) -> Option<Sequence> {
        match function {
            Function::Closure(closure) => self
                .in_closure(closure, args, |l, closure| {
                    l.sequence_of_body(&closure.expr.body)
                })
                .flatten(),
            Function::Path(path) => {
                let item = self.apply_path(path, args);
                self.sequence_of_item(item)
            }
        }
    }

    /// The iterator that a block ends with.
    fn sequence_of_body(&mut self, body: &Expr) -> Option<Sequence> {
        let Expr::Block(b) = strip(body) else {
            return self.sequence(body);
        };
        let (Some((Stmt::Expr(tail, None), init)), None) = (b.block.stmts.split_last(), &b.label)
        else {
            return None;
        };
        self.scopes.push();
        init.iter().for_each(|stmt| self.stmt(stmt));
        let sequence = self.sequence_of_body(tail);
        self.scopes.pop();
        sequence
    }

    /// Runs `f` with the parameters of a closure bound, where its body stands.
    pub(super) fn in_closure<R>(
        &mut self,
        closure: &Closure,
        args: Vec<Item>,
        f: impl FnOnce(&mut Self, &Closure) -> R,
    ) -> Option<R> {
        if closure.expr.inputs.len() != args.len() {
            // rustc reports it.
            return None;
        }
        self.expansions += 1;
        if self.expansions > MAX_EXPANSIONS {
            if self.expansions == MAX_EXPANSIONS + 1 {
                let (what, help) = fence::TOO_MANY_EXPANSIONS;
                self.refuse(closure.expr.inputs_begin.span(), what, help);
            }
            return None;
        }
        let mut scopes = closure.scopes.clone();
        scopes.push();
        let outer = std::mem::replace(&mut self.scopes, scopes);
        let exits = self.exits.enter_closure();
        for (pat, arg) in closure.expr.inputs.iter().zip(args) {
            self.bind(pat, arg);
        }
        let result = f(self, closure);
        self.exits.leave_closure(exits);
        self.scopes = outer;
        Some(result)
    }

    fn closure_body(&mut self, closure: &Closure) -> Item {
        let body = &closure.expr.body;
        let ty = match &closure.expr.output {
            syn::ReturnType::Type(_, written) => self.ty(written),
            syn::ReturnType::Default => closure.result.clone(),
        };
        let item = if exits::returns(body) {
            let memory = self.declare("ret", ty.clone());
            self.labelled_body(body, Some(memory));
            self.frozen.insert(memory);
            self.owned(Place::of(memory))
        } else {
            self.hinted(body, &ty, |l| l.item(body))
        };
        match &closure.expr.output {
            syn::ReturnType::Type(_, written) => self.annotated(item, ty, written),
            syn::ReturnType::Default => item,
        }
    }

    /// Runs a body whose `return` leads to its end.
    pub(super) fn labelled_body(&mut self, body: &Expr, dest: Option<Var>) {
        let label = self.exits.enter_function(dest);
        let (block, _) = self.block(|l| l.into(body, dest));
        self.dead = false;
        self.push(StmtKind::Labeled(label, block));
    }

    /// A call of a function by its path: the arguments stand in it as names.
    fn apply_path(&mut self, path: &ExprPath, args: Vec<Item>) -> Item {
        let span = path.span();
        self.scopes.push();
        let mut names = Vec::new();
        for (k, arg) in args.into_iter().enumerate() {
            let name = Ident::new(&format!("argument_{k}"), span);
            let (place, by) = match arg {
                Item::Place(place, by) => (place, by),
                other => {
                    let value = self.item_value(other);
                    (Place::of(self.variable(value)), Passing::Value)
                }
            };
            let binding = Binding { place, by };
            self.scopes.insert(name.to_string(), binding);
            names.push(name);
        }
        let call: Expr = parse_quote!(#path(#(#names),*));
        let mut item = self.item(&call);
        self.scopes.pop();
        // A site shows the name that the user wrote.
        if let Item::Value(Value {
            source: Some(source),
            ..
        }) = &mut item
        {
            *source = path.to_token_stream();
        }
        item
    }

    /// `f(a, b)` where `f` is a closure.
    pub(super) fn call_of_closure(&mut self, c: &syn::ExprCall) -> Option<Item> {
        let function = match behind_references(&c.func) {
            Expr::Closure(closure) => self.closure(closure),
            Expr::Path(p) => self
                .scopes
                .function(&p.path.get_ident()?.to_string())?
                .clone(),
            _ => return None,
        };
        let args = c.args.iter().map(|a| {
            let item = self.item(a);
            self.settled(item)
        });
        let args = args.collect();
        self.span = c.span();
        Some(self.apply(&function, args))
    }

    /// The item as one sees it through a reference.
    pub(super) fn by_reference(&mut self, item: &Item) -> Item {
        match item {
            Item::Place(place, Passing::Value) => Item::Place(place.clone(), Passing::Ref),
            Item::Place(..) => item.clone(),
            Item::Tuple(items) => {
                Item::Tuple(items.iter().map(|item| self.by_reference(item)).collect())
            }
            Item::Value(value) => {
                let var = self.variable(value.clone());
                Item::Place(Place::of(var), Passing::Ref)
            }
            Item::Optional(_) => item.clone(),
        }
    }

    /// The item with every part in a variable: it can be used more than once.
    pub(super) fn shared(&mut self, item: Item) -> Item {
        match item {
            Item::Value(value) => {
                let ty = value.ty.clone();
                let var = self.variable(value);
                Item::Value(Value::operand(Operand::Var(var), ty))
            }
            Item::Tuple(items) => {
                Item::Tuple(items.into_iter().map(|item| self.shared(item)).collect())
            }
            Item::Optional(optional) => self.settled_optional(*optional),
            place => place,
        }
    }
}

/// The name that a pattern binds, if it binds only one.
pub(super) fn name_of(pat: &Pat) -> Option<&Ident> {
    match pat {
        Pat::Ident(p) if p.subpat.is_none() && p.by_ref.is_none() => Some(&p.ident),
        Pat::Paren(p) => name_of(&p.pat),
        Pat::Type(p) => name_of(&p.pat),
        _ => None,
    }
}

/// `&|x| ..`, `&mut f`: the function itself.
fn behind_references(e: &Expr) -> &Expr {
    match strip(e) {
        Expr::Reference(r) => behind_references(&r.expr),
        e => e,
    }
}

pub(super) fn identifiers(tokens: TokenStream, names: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => identifiers(group.stream(), names),
            TokenTree::Ident(ident) => drop(names.insert(ident.to_string())),
            // A format string may capture names.
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
                names.extend(words.map(str::to_string));
            }
            TokenTree::Punct(_) => {}
        }
    }
}

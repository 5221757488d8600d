//! The user's body in A-normal form.
//!
//! Every operand is evaluated in Rust's order and bound to a temporary, with two
//! exceptions: expressions of integers and constants stay as the user wrote them
//! (`inert`), and references are resolved to the places they point to, which
//! borrow checking makes sound: nothing changes a place while it is borrowed.
//!
//! Code behind a `break`, `continue`, `return` or `panic!` is not lowered into
//! statements (`Lower::dead`); its faults are found all the same.

mod alternatives;
mod assign;
mod call;
mod choices;
mod closure;
mod collect;
mod consume;
mod control;
mod cursor;
mod drain;
mod elements;
mod exits;
mod expr;
mod extreme;
mod holder_choices;
mod holder_methods;
mod holder_names;
mod holder_slices;
mod holders;
mod inert;
mod iterate;
mod lets;
mod lifted;
mod lifted_types;
mod macros;
mod maps;
mod matching;
mod method;
mod number;
mod opaque;
mod optional;
mod pattern;
mod place;
mod reads;
mod rewritten;
mod scope;
mod search;
mod sequence;
mod shape;
mod slice_patterns;
mod slices;
mod sort;
mod stmt;
mod stopping;
mod stream;
mod structs;
#[cfg(test)]
pub(crate) mod tests;
mod types;
mod uses;
mod vectors;

use proc_macro2::{Ident, Span, TokenStream};
use std::collections::{BTreeMap, BTreeSet};
use syn::spanned::Spanned;

use crate::diag::Errors;
use crate::ir::types::{is_scalar, operand_ty};
use crate::ir::{
    Block, Func, Lifted, Op, Operand, Passing, Place, Stmt, StmtKind, Ty, Var, VarInfo, VarKind,
};
use crate::syntax::fence::fence;
use crate::syntax::signature::Signature;
use crate::syntax::types::float_generics;

use exits::Exits;
use scope::{Item, Scopes};

/// The body of a function in IR. Where a fault was found, the program is
/// incomplete and must not be used.
pub fn lower<'a>(sig: &'a Signature, body: &syn::Block, errors: &'a mut Errors) -> Func {
    fence(body, errors);
    let floats = float_generics(&sig.scope);
    let mut lower = Lower {
        errors,
        generics: &sig.scope,
        only_float: number::only_float(sig, &floats, body),
        floats,
        vars: Vec::new(),
        sources: BTreeMap::new(),
        frozen: BTreeSet::new(),
        failures: BTreeSet::new(),
        scopes: Scopes::new(),
        out: Vec::new(),
        dead: false,
        exits: Exits::default(),
        constant: BTreeSet::new(),
        results: BTreeSet::new(),
        expansions: 0,
        choices: 0,
        closures: Vec::new(),
        written: sig.params.iter().map(|p| p.written.clone()).collect(),
        typed: Vec::new(),
        own_type: sig.owner.as_ref().and_then(|owner| owner.ty.clone()),
        single: names_f32_alone(sig),
        hint: None,
        span: Span::call_site(),
    };
    let params = lower.params(sig);
    let result = lower.function(sig, body);
    let Lower {
        vars,
        sources,
        out,
        closures,
        ..
    } = lower;
    let mut func = Func {
        vars,
        params,
        body: Block(out),
        result,
        sources,
        closures,
    };
    reads::share(&mut func);
    func
}

/// A computed value that has no name yet.
#[derive(Clone)]
pub(super) struct Value {
    op: Op,
    ty: Ty,
    /// The user's tokens, where they may become a site.
    source: Option<TokenStream>,
    /// See [`VarInfo::by_reference`].
    by_reference: [bool; 2],
}

impl Value {
    fn new(op: Op, ty: Ty) -> Self {
        Value {
            op,
            ty,
            source: None,
            by_reference: [false; 2],
        }
    }

    fn operand(operand: Operand, ty: Ty) -> Self {
        Value::new(Op::Use(operand), ty)
    }

    /// With the user's expression, which a site shows.
    fn shown(op: Op, ty: Ty, expr: &impl quote::ToTokens) -> Self {
        Value {
            op,
            ty,
            source: Some(expr.to_token_stream()),
            by_reference: [false; 2],
        }
    }

    /// Of an expression without value, and what stands in for one that was refused.
    fn unit() -> Self {
        Value::new(Op::Tuple(Vec::new()), Ty::Unit)
    }
}

pub(super) struct Lower<'a> {
    errors: &'a mut Errors,
    generics: &'a syn::Generics,
    /// Type parameters bounded by `Float`.
    floats: Vec<Ident>,
    /// The one float type that the function names.
    only_float: Option<Ident>,
    vars: Vec<VarInfo>,
    sources: BTreeMap<Var, TokenStream>,
    /// Memories that are assigned once, by the value of an `if`, `match` or
    /// block: a name may stand for them without a copy.
    frozen: BTreeSet<Var>,
    /// Errors that a pattern takes apart.
    failures: BTreeSet<Var>,
    scopes: Scopes,
    /// The statements of the block that is being lowered.
    out: Vec<Stmt>,
    /// Control cannot reach what comes next.
    dead: bool,
    exits: Exits,
    /// Parameters that no active value reaches.
    constant: BTreeSet<Var>,
    /// What calls of annotated functions have returned.
    results: BTreeSet<Var>,
    /// How many choices of references were lowered.
    choices: usize,
    /// The closures that are passed on.
    closures: Vec<Lifted>,
    /// The types of the parameters.
    written: Vec<syn::Type>,
    /// The types of local variables that are written, or shown by what makes them.
    typed: Vec<(Place, syn::Type)>,
    /// The type that the function belongs to.
    own_type: Option<syn::Type>,
    /// The signature names `f32` and not `f64`.
    single: bool,
    /// How many bodies of closures were lowered.
    expansions: usize,
    /// The type that an annotation gives to the expression that comes next.
    hint: Option<Ty>,
    /// Of the user's expression that is being lowered.
    span: Span,
}

/// Whether floats are `f32` where nothing else tells.
fn names_f32_alone(sig: &Signature) -> bool {
    let text = quote::ToTokens::to_token_stream(&sig.as_written).to_string();
    let names = |name| {
        text.split(|c: char| !c.is_alphanumeric())
            .any(|word| word == name)
    };
    names("f32") && !names("f64")
}

/// The name of temporaries that the user did not name.
const UNNAMED: &str = "t";

impl Lower<'_> {
    fn params(&mut self, sig: &Signature) -> Vec<Var> {
        let mut params = Vec::new();
        for (index, param) in sig.params.iter().enumerate() {
            let kind = VarKind::Param {
                index,
                passing: param.passing,
            };
            let name = param.name.to_string();
            let var = self.var(&name, kind, param.ty.clone(), param.name.span());
            self.info(var).function = self.callable(param);
            params.push(var);
        }
        // Patterns are bound when all parameters exist: they may shadow.
        for (param, var) in sig.params.iter().zip(&params) {
            self.span = param.pat.span();
            if !param.active && param.passing != Passing::RefMut {
                self.constant.insert(*var);
            }
            self.bind(&param.pat, Item::Place(Place::of(*var), param.passing));
        }
        params
    }

    fn function(&mut self, sig: &Signature, body: &syn::Block) -> Option<Operand> {
        self.items(body);
        // A refused result is not looked for: it would be refused again.
        let unit = sig.output.written.is_none() || sig.output.refused;
        let early = exits::has_return(body);
        let ret = (!unit && early).then(|| self.declare("ret", sig.output.ty.clone()));
        if early {
            let label = self.exits.enter_function(ret);
            let (block, _) = self.block(|l| l.block_into(body, ret));
            self.dead = false;
            self.push(StmtKind::Labeled(label, block));
            return ret.map(|m| {
                let value = self.memory_value(m);
                self.operand(value)
            });
        }
        if unit {
            self.block_into(body, None);
            return None;
        }
        self.hint = Some(sig.output.ty.clone());
        let item = self.block_value_scoped(body);
        let item = self.expected(item, &sig.output.ty);
        let mut value = self.moved(item);
        if value.ty == Ty::Unknown {
            value.ty = sig.output.ty.clone();
        }
        if self.dead {
            // The body never ends: rustc still wants a value of the right type.
            self.dead = false;
            let never = self.declare("ret", sig.output.ty.clone());
            value = Value::new(Op::Read(Place::of(never)), sig.output.ty.clone());
        }
        Some(self.operand(value))
    }

    fn var(&mut self, name: &str, kind: VarKind, ty: Ty, span: Span) -> Var {
        let var = Var(self.vars.len() as u32);
        self.vars.push(VarInfo {
            name: name.to_string(),
            kind,
            ty,
            span,
            on_tape: None,
            function: None,
            by_reference: [false; 2],
        });
        var
    }

    fn info(&mut self, var: Var) -> &mut VarInfo {
        &mut self.vars[var.0 as usize]
    }

    fn push(&mut self, kind: StmtKind) {
        if !self.dead {
            self.out.push(Stmt {
                kind,
                span: self.span,
            });
        }
    }

    /// Binds a value to a new temporary.
    fn temp(&mut self, name: &str, span: Span, value: Value) -> Var {
        let var = self.var(name, VarKind::Temp, value.ty, span);
        self.info(var).by_reference = value.by_reference;
        if let Some(source) = value.source {
            // A site stands where its expression starts.
            if let Some(first) = source.clone().into_iter().next() {
                self.info(var).span = first.span();
            }
            self.sources.insert(var, source);
        }
        if let Op::Call(_) = value.op {
            self.results.insert(var);
        }
        self.push(StmtKind::Let(var, value.op));
        var
    }

    /// The value as an operand, bound to a temporary if it is not one.
    fn operand(&mut self, value: Value) -> Operand {
        match value.op {
            Op::Use(operand) => operand,
            _ => Operand::Var(self.temp(UNNAMED, self.span, value)),
        }
    }

    /// The value as a temporary.
    fn variable(&mut self, value: Value) -> Var {
        match value.op {
            Op::Use(Operand::Var(v)) => v,
            _ => self.temp(UNNAMED, self.span, value),
        }
    }

    /// A memory that is assigned later.
    fn declare(&mut self, name: &str, ty: Ty) -> Var {
        let var = self.var(name, VarKind::Memory, ty, self.span);
        self.push(StmtKind::Declare(var, None));
        var
    }

    fn declare_with(&mut self, name: &Ident, value: Value) -> Var {
        let var = self.var(&name.to_string(), VarKind::Memory, value.ty, name.span());
        self.push(StmtKind::Declare(var, Some(value.op)));
        var
    }

    fn store(&mut self, place: Place, operand: Operand) {
        let ty = operand_ty(&self.vars, &operand);
        self.learn(&place, ty);
        self.push(StmtKind::Store(place, operand));
    }

    /// A stored value tells the type of a memory declared without one.
    fn learn(&mut self, place: &Place, ty: Ty) {
        if place.proj.is_empty() && self.info(place.root).ty == Ty::Unknown {
            self.info(place.root).ty = ty;
        }
    }

    /// The statements that `f` lowers, as a block of their own, and whether
    /// control never reaches its end.
    fn block(&mut self, f: impl FnOnce(&mut Self)) -> (Block, bool) {
        let outer = std::mem::take(&mut self.out);
        let dead = std::mem::replace(&mut self.dead, false);
        self.scopes.push();
        f(self);
        self.scopes.pop();
        let block = Block(std::mem::replace(&mut self.out, outer));
        let ended = std::mem::replace(&mut self.dead, dead);
        (block, ended)
    }

    /// Whether nothing can change the variable after it is bound.
    fn is_fixed(&self, var: Var) -> bool {
        match self.vars[var.0 as usize].kind {
            VarKind::Temp => true,
            VarKind::Param { passing, .. } => passing != Passing::RefMut,
            VarKind::Memory | VarKind::Slot { .. } | VarKind::Window => self.frozen.contains(&var),
        }
    }

    fn is_temp(&self, var: Var) -> bool {
        self.vars[var.0 as usize].kind == VarKind::Temp
    }

    fn is_scalar(&self, ty: &Ty) -> bool {
        is_scalar(ty)
    }

    fn refuse(
        &mut self,
        span: Span,
        what: impl std::fmt::Display,
        help: impl std::fmt::Display,
    ) -> Value {
        self.errors.push(span, what, help);
        Value::unit()
    }
}

//! Statements and blocks.

use syn::spanned::Spanned;
use syn::{Block, Expr, ExprMacro, Local, Pat, Stmt};

use super::place::strip;
use super::scope::Binding;
use super::{Item, Lower, Value};
use crate::ir::types::diverges;
use crate::ir::{Effect, Op, Operand, Passing, Place, StmtKind, Ty, Var, VarKind};
use crate::syntax::fence;

impl Lower<'_> {
    /// The items of the body, which the emitted functions need as well. Nested
    /// blocks have none: the fence refuses them.
    pub(super) fn items(&mut self, body: &Block) {
        for stmt in &body.stmts {
            if let Stmt::Item(item) = stmt {
                self.span = item.span();
                let effect = Effect {
                    stmt: stmt.clone(),
                    names: Vec::new(),
                    assert_like: true,
                };
                self.push(StmtKind::Effect(Box::new(effect)));
            }
        }
    }

    /// The statements of a block up to its value, if it has one.
    fn stmts(&mut self, block: &Block) -> Option<Expr> {
        let (last, init) = block.stmts.split_last()?;
        for (k, stmt) in init.iter().enumerate() {
            if let Some(branches) = self.choice_of_reference(stmt, &block.stmts[k + 1..]) {
                return Some(branches);
            }
            self.stmt(stmt);
        }
        match last {
            Stmt::Expr(e, None) => Some(e.clone()),
            Stmt::Macro(m) if m.semi_token.is_none() => Some(Expr::Macro(ExprMacro {
                attrs: m.attrs.clone(),
                mac: m.mac.clone(),
            })),
            stmt => {
                self.stmt(stmt);
                None
            }
        }
    }

    pub(super) fn stmt(&mut self, stmt: &Stmt) {
        self.span = stmt.span();
        match stmt {
            Stmt::Local(local) => {
                match super::rewritten::filled_array(local) {
                    Some(code) => {
                        let mut made = local.clone();
                        if let Some(init) = &mut made.init {
                            *init.expr = code;
                        }
                        self.local(&made);
                    }
                    None => self.local(local),
                }
                self.note_type(local);
            }
            Stmt::Item(_) => {}
            // `;`
            Stmt::Expr(Expr::Verbatim(tokens), _) if tokens.is_empty() => {}
            Stmt::Expr(Expr::MethodCall(m), Some(_)) if self.called_for_its_effect(m) => {}
            // `it.next();`: the element is not looked at.
            Stmt::Expr(Expr::MethodCall(m), Some(_)) if self.is_next(m) => {
                drop(self.next_of(m));
            }
            Stmt::Expr(e, _) => self.into(e, None),
            Stmt::Macro(m) => self.macro_statement(&m.mac),
        }
    }

    /// The value of a block whose names stay in sight of the caller's pattern.
    pub(super) fn block_value_scoped(&mut self, block: &Block) -> Item {
        self.scopes.push();
        let hint = self.hint.take().unwrap_or(Ty::Unknown);
        let item = match self.stmts(block) {
            Some(tail) => self.hinted(&tail, &hint, |l| l.item(&tail)),
            None => Item::Value(Value::unit()),
        };
        self.scopes.pop();
        item
    }

    /// Runs a block and puts its value into a memory.
    pub(super) fn block_into(&mut self, block: &Block, dest: Option<Var>) {
        self.scopes.push();
        match self.stmts(block) {
            Some(tail) => self.into(&tail, dest),
            None => self.unit_into(dest),
        }
        self.scopes.pop();
    }

    pub(super) fn unit_into(&mut self, dest: Option<Var>) {
        if let Some(memory) = dest
            && !self.dead
        {
            let operand = self.operand(Value::unit());
            self.store(Place::of(memory), operand);
        }
    }

    fn local(&mut self, local: &Local) {
        let Some(init) = &local.init else {
            self.deferred(&local.pat, Ty::Unknown);
            return;
        };
        if let Some((_, diverge)) = &init.diverge {
            self.let_else(local, &init.expr, diverge);
            return;
        }
        if self.let_function(&local.pat, &init.expr) || self.let_sequence(&local.pat, &init.expr) {
            return;
        }
        if let Some((p, ty)) = plain_name(&local.pat)
            && is_control(&init.expr)
        {
            let ty = ty.map_or(Ty::Unknown, |ty| self.ty(ty));
            self.span = p.ident.span();
            let memory = self.declare(&p.ident.to_string(), ty);
            let by = self.reference(&init.expr);
            self.into(&init.expr, Some(memory));
            let place = Place::of(memory);
            if p.mutability.is_some() {
                let by = Passing::Value;
                self.scopes
                    .insert(p.ident.to_string(), Binding { place, by });
            } else if by.is_some() {
                // What a reference chosen by a branch points to is copied.
                self.frozen.insert(memory);
                let by = Passing::Ref;
                self.scopes
                    .insert(p.ident.to_string(), Binding { place, by });
            } else {
                self.frozen.insert(memory);
                let item = self.owned(Place::of(memory));
                self.bind(&syn::Pat::Ident(p.clone()), item);
            }
            return;
        }
        if takes_apart(&local.pat)
            && let Some((place, by)) = self.place(&init.expr)
        {
            // The parts are read, not the whole.
            self.bind(&local.pat, Item::Place(place, by));
            return;
        }
        let ty = match &local.pat {
            Pat::Type(p) => self.ty(&p.ty),
            _ => Ty::Unknown,
        };
        let item = self.hinted(&init.expr, &ty, |l| l.item(&init.expr));
        self.bind(&local.pat, item);
    }

    /// `let x;`: assigned later.
    fn deferred(&mut self, pat: &Pat, ty: Ty) {
        match pat {
            Pat::Ident(p) if p.subpat.is_none() && p.by_ref.is_none() => {
                let var = self.var(&p.ident.to_string(), VarKind::Memory, ty, p.ident.span());
                self.push(StmtKind::Declare(var, None));
                let binding = Binding {
                    place: Place::of(var),
                    by: Passing::Value,
                };
                self.scopes.insert(p.ident.to_string(), binding);
            }
            Pat::Type(p) => {
                let ty = self.ty(&p.ty);
                self.deferred(&p.pat, ty);
            }
            Pat::Paren(p) => self.deferred(&p.pat, ty),
            Pat::Wild(_) => {}
            Pat::Tuple(p) => {
                let types = match ty {
                    Ty::Tuple(types) => types,
                    _ => Vec::new(),
                };
                for (k, part) in p.elems.iter().enumerate() {
                    self.deferred(part, types.get(k).cloned().unwrap_or(Ty::Unknown));
                }
            }
            _ => {
                let (what, help) = fence::pattern(pat);
                self.refuse(pat.span(), what, help);
            }
        }
    }

    /// Runs an expression and puts its value into a memory, or drops it.
    pub(super) fn into(&mut self, e: &Expr, dest: Option<Var>) {
        self.span = e.span();
        match e {
            Expr::Paren(p) => self.into(&p.expr, dest),
            Expr::Group(g) => self.into(&g.expr, dest),
            Expr::Block(b) => self.labelled(b, dest),
            Expr::If(e) => self.if_(e, dest),
            Expr::Match(e) => self.match_(e, dest),
            Expr::Loop(e) => self.loop_(e, dest),
            Expr::While(e) => {
                self.while_(e);
                self.unit_into(dest);
            }
            Expr::ForLoop(e) => {
                self.for_(e);
                self.unit_into(dest);
            }
            Expr::Break(e) => self.break_(e),
            Expr::Continue(e) => self.continue_(e),
            Expr::Return(e) => self.return_(e),
            Expr::Macro(m) if dest.is_none() || diverges(&m.mac) => {
                self.macro_statement(&m.mac);
            }
            _ => self.value_into(e, dest),
        }
    }

    fn value_into(&mut self, e: &Expr, dest: Option<Var>) {
        let Some(memory) = dest else {
            let item = match strip(e) {
                Expr::Reference(_) => self.item(e),
                _ => Item::Value(self.op(e)),
            };
            self.discard(item);
            return;
        };
        let ty = self.info(memory).ty.clone();
        let value = self.hinted(e, &ty, |l| l.item(e));
        if self.info(memory).ty == Ty::Unit && !self.errors.is_empty() {
            // Another arm was refused; this one would be for the same reason.
            return;
        }
        self.span = e.span();
        let ty = self.info(memory).ty.clone();
        let value = self.expected(value, &ty);
        let value = self.moved(value);
        if !self.dead {
            let ty = value.ty.clone();
            let operand = self.operand(value);
            self.learn(&Place::of(memory), ty);
            self.store(Place::of(memory), operand);
        }
    }

    /// The memory that holds the value of an `if`, `match`, `loop` or block.
    pub(super) fn control_memory(&mut self, e: &Expr) -> Var {
        self.span = e.span();
        let memory = self.declare(super::UNNAMED, Ty::Unknown);
        self.into(e, Some(memory));
        self.frozen.insert(memory);
        memory
    }

    /// The value of a control expression.
    pub(super) fn control_value(&mut self, e: &Expr) -> Value {
        let memory = self.control_memory(e);
        let ty = self.info(memory).ty.clone();
        Value::new(Op::Read(Place::of(memory)), ty)
    }

    /// The condition of an `if` or a loop: a temporary or a literal.
    pub(super) fn condition(&mut self, e: &Expr) -> Operand {
        let mut value = self.op(e);
        value.ty = Ty::Bool;
        match self.operand(value) {
            constant @ Operand::Const(_) => {
                let value = Value::operand(constant, Ty::Bool);
                Operand::Var(self.variable(value))
            }
            operand => operand,
        }
    }
}

fn is_control(e: &Expr) -> bool {
    match strip(e) {
        Expr::If(_) | Expr::Match(_) | Expr::Loop(_) => true,
        Expr::Block(b) => b.label.is_some(),
        _ => false,
    }
}

/// A pattern of a tuple or array.
fn takes_apart(pat: &Pat) -> bool {
    match pat {
        Pat::Tuple(_) | Pat::Slice(_) => true,
        Pat::Paren(p) => takes_apart(&p.pat),
        Pat::Type(p) => takes_apart(&p.pat),
        _ => false,
    }
}

/// `x`, `mut x`, `x: T`
fn plain_name(pat: &Pat) -> Option<(&syn::PatIdent, Option<&syn::Type>)> {
    match pat {
        Pat::Ident(p) if p.subpat.is_none() && p.by_ref.is_none() => Some((p, None)),
        Pat::Paren(p) => plain_name(&p.pat),
        Pat::Type(p) => match plain_name(&p.pat) {
            Some((name, None)) => Some((name, Some(&p.ty))),
            _ => None,
        },
        _ => None,
    }
}

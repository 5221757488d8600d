//! Where `break`, `continue` and `return` lead.

use proc_macro2::Span;
use syn::visit::Visit;
use syn::{Expr, Lifetime};

use super::Lower;
use crate::ir::{Exit, Label, StmtKind, Var};

/// A loop or labelled block around the code that is being lowered.
struct Frame {
    label: Label,
    name: Option<String>,
    is_loop: bool,
    /// Where the value of `break` goes.
    dest: Option<Var>,
    broken: bool,
}

#[derive(Default)]
pub(super) struct Exits {
    frames: Vec<Frame>,
    next: u32,
    /// The label around the body, and the memory of the result.
    function: Option<(Label, Option<Var>)>,
}

impl Exits {
    fn fresh(&mut self) -> Label {
        self.next += 1;
        Label(self.next - 1)
    }

    pub fn enter_function(&mut self, dest: Option<Var>) -> Label {
        let label = self.fresh();
        self.function = Some((label, dest));
        label
    }

    pub fn enter(&mut self, name: Option<&syn::Label>, is_loop: bool, dest: Option<Var>) -> Label {
        let label = self.fresh();
        let name = name.map(|l| l.name.ident.to_string());
        self.frames.push(Frame {
            label,
            name,
            is_loop,
            dest,
            broken: false,
        });
        label
    }

    /// Whether a `break` left it.
    pub fn leave(&mut self) -> bool {
        self.frames.pop().is_some_and(|frame| frame.broken)
    }

    fn find(&mut self, name: Option<&Lifetime>) -> Option<&mut Frame> {
        self.frames.iter_mut().rev().find(|frame| match name {
            Some(name) => frame.name.as_ref().is_some_and(|n| name.ident == n),
            None => frame.is_loop,
        })
    }
}

impl Lower<'_> {
    pub(super) fn break_(&mut self, e: &syn::ExprBreak) {
        let Some(frame) = self.exits.find(e.label.as_ref()) else {
            self.no_target(e.break_token.span);
            return;
        };
        let (label, dest) = (frame.label, frame.dest);
        if let Some(value) = &e.expr {
            self.into(value, dest);
        }
        if !self.dead
            && let Some(frame) = self.exits.find(e.label.as_ref())
        {
            frame.broken = true;
        }
        self.exit(Exit::Break(label));
    }

    pub(super) fn continue_(&mut self, e: &syn::ExprContinue) {
        match self.exits.find(e.label.as_ref()) {
            Some(frame) => {
                let label = frame.label;
                self.exit(Exit::Continue(label));
            }
            None => self.no_target(e.continue_token.span),
        }
    }

    pub(super) fn return_(&mut self, e: &syn::ExprReturn) {
        let Some((label, dest)) = self.exits.function else {
            self.no_target(e.return_token.span);
            return;
        };
        if let Some(value) = &e.expr {
            self.into(value, dest);
        }
        self.exit(Exit::Break(label));
    }

    fn exit(&mut self, exit: Exit) {
        self.push(StmtKind::Exit(exit));
        self.dead = true;
    }

    fn no_target(&mut self, span: Span) {
        self.refuse(
            span,
            "this leads out of the function's own code",
            "put its target inside",
        );
    }
}

/// Whether a body has an early `return`.
pub(super) fn has_return(body: &syn::Block) -> bool {
    struct Returns(bool);
    impl<'ast> Visit<'ast> for Returns {
        fn visit_expr_return(&mut self, _: &'ast syn::ExprReturn) {
            self.0 = true;
        }
        // What returns from them does not return from here.
        fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
        fn visit_item(&mut self, _: &'ast syn::Item) {}
    }
    let mut returns = Returns(false);
    returns.visit_block(body);
    returns.0
}

/// Whether an expression holds control flow, which cannot be carried through
/// as tokens.
pub(super) fn has_control_flow(e: &Expr) -> bool {
    struct Control(bool);
    impl<'ast> Visit<'ast> for Control {
        fn visit_expr(&mut self, e: &'ast Expr) {
            use syn::BinOp::*;
            self.0 |= match e {
                Expr::If(_)
                | Expr::Match(_)
                | Expr::Loop(_)
                | Expr::While(_)
                | Expr::ForLoop(_)
                | Expr::Break(_)
                | Expr::Continue(_)
                | Expr::Return(_)
                | Expr::Try(_)
                | Expr::Assign(_) => true,
                Expr::Block(b) => b.label.is_some(),
                Expr::Binary(b) => matches!(
                    b.op,
                    AddAssign(_)
                        | SubAssign(_)
                        | MulAssign(_)
                        | DivAssign(_)
                        | RemAssign(_)
                        | BitXorAssign(_)
                        | BitAndAssign(_)
                        | BitOrAssign(_)
                        | ShlAssign(_)
                        | ShrAssign(_)
                ),
                _ => false,
            };
            syn::visit::visit_expr(self, e);
        }
    }
    let mut control = Control(false);
    control.visit_expr(e);
    control.0
}

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
    /// Where `continue` leads, if not to the next round of the loop.
    next: Option<Label>,
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

/// The targets around a closure's body.
pub(super) struct Outer {
    frames: Vec<Frame>,
    function: Option<(Label, Option<Var>)>,
}

impl Exits {
    pub fn fresh(&mut self) -> Label {
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
            next: None,
            dest,
            broken: false,
        });
        label
    }

    /// The body of a closure sees no loop outside it.
    pub fn enter_closure(&mut self) -> Outer {
        Outer {
            frames: std::mem::take(&mut self.frames),
            function: self.function.take(),
        }
    }

    pub fn leave_closure(&mut self, outer: Outer) {
        self.frames = outer.frames;
        self.function = outer.function;
    }

    /// `continue` in the loop with this label leaves the block labelled `next`.
    pub fn continue_at(&mut self, label: Label, next: Label) {
        for frame in self.frames.iter_mut().filter(|frame| frame.label == label) {
            frame.next = Some(next);
        }
    }

    /// Whether a `break` left it.
    pub fn leave(&mut self) -> bool {
        self.frames.pop().is_some_and(|frame| frame.broken)
    }

    pub fn fresh_label(&mut self) -> Label {
        self.fresh()
    }

    /// The label around the body, and the memory of its result.
    pub fn function(&self) -> Option<(Label, Option<Var>)> {
        self.function
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
                let exit = match frame.next {
                    Some(next) => Exit::Break(next),
                    None => Exit::Continue(frame.label),
                };
                self.exit(exit);
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

    pub(super) fn exit(&mut self, exit: Exit) {
        self.push(StmtKind::Exit(exit));
        self.dead = true;
    }

    pub(super) fn no_target(&mut self, span: Span) {
        self.refuse(
            span,
            "this leads out of the function's own code",
            "put its target inside",
        );
    }
}

/// Looks for `return` and `?`.
struct Returns(bool);

impl<'ast> Visit<'ast> for Returns {
    fn visit_expr_return(&mut self, _: &'ast syn::ExprReturn) {
        self.0 = true;
    }
    fn visit_expr_try(&mut self, _: &'ast syn::ExprTry) {
        self.0 = true;
    }
    // What returns from them does not return from here.
    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

/// Whether a body has an early `return` or a `?`.
pub(super) fn has_return(body: &syn::Block) -> bool {
    let mut returns = Returns(false);
    returns.visit_block(body);
    returns.0
}

/// Whether the body of a closure has an early `return` or a `?`.
pub(super) fn returns(body: &Expr) -> bool {
    let mut returns = Returns(false);
    returns.visit_expr(body);
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

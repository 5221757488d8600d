//! `if`, loops and labelled blocks.

use syn::spanned::Spanned;
use syn::{ExprBlock, ExprIf, ExprLoop, ExprWhile};

use super::Lower;
use super::lets::binds;
use crate::ir::{Block, Label, Loop, Operand, StmtKind, Var};

impl Lower<'_> {
    pub(super) fn if_(&mut self, e: &ExprIf, dest: Option<Var>) {
        if binds(&e.cond) {
            self.if_let(e, dest);
            return;
        }
        let condition = self.condition(&e.cond);
        let (then, then_ends) = self.block(|l| l.block_into(&e.then_branch, dest));
        let (other, other_ends) = self.block(|l| match &e.else_branch {
            Some((_, other)) => l.into(other, dest),
            None => l.unit_into(dest),
        });
        self.span = e.if_token.span;
        self.push(StmtKind::If(condition, then, other));
        self.dead |= then_ends && other_ends;
    }

    pub(super) fn loop_(&mut self, e: &ExprLoop, dest: Option<Var>) {
        let label = self.exits.enter(e.label.as_ref(), true, dest);
        let (body, _) = self.block(|l| l.block_into(&e.body, None));
        let broken = self.exits.leave();
        self.span = e.loop_token.span;
        self.endless(Some(label), body);
        self.dead |= !broken;
    }

    /// A loop that only its exits end.
    pub(super) fn endless(&mut self, label: Option<Label>, body: Block) {
        let again = Operand::Lit(syn::Lit::Bool(syn::LitBool::new(true, self.span)));
        self.push(StmtKind::Loop(Box::new(Loop {
            label,
            body,
            again,
            trips: None,
        })));
    }

    /// `while c { b }` runs `{ c; if c { b } }` as long as `c`.
    pub(super) fn while_(&mut self, e: &ExprWhile) {
        if binds(&e.cond) {
            self.while_let(e);
            return;
        }
        let label = self.exits.enter(e.label.as_ref(), true, None);
        let mut again = None;
        let (body, _) = self.block(|l| {
            let condition = l.condition(&e.cond);
            let (then, _) = l.block(|l| l.block_into(&e.body, None));
            l.span = e.while_token.span;
            l.push(StmtKind::If(condition.clone(), then, Block::default()));
            again = Some(condition);
        });
        self.exits.leave();
        self.span = e.while_token.span;
        if let Some(again) = again {
            self.push(StmtKind::Loop(Box::new(Loop {
                label: Some(label),
                body,
                again,
                trips: None,
            })));
        }
    }

    pub(super) fn labelled(&mut self, e: &ExprBlock, dest: Option<Var>) {
        let Some(name) = &e.label else {
            self.block_into(&e.block, dest);
            return;
        };
        let label = self.exits.enter(Some(name), false, dest);
        let (block, ends) = self.block(|l| l.block_into(&e.block, dest));
        let broken = self.exits.leave();
        self.span = e.span();
        self.push(StmtKind::Labeled(label, block));
        self.dead |= ends && !broken;
    }
}

//! Cotangents of `Option` and `Result`. `None` is the zero of every shape, so that
//! nothing need be known of a value to which nothing was handed back: neither is
//! it kept, nor what was overwritten. Only where a part of the content receives a
//! cotangent of its own must the content be there.

use std::collections::BTreeSet;

use proc_macro2::Span;
use syn::parse_quote;

use super::Reverse;
use crate::ir::visit::{Part, all_block_stmts, stmt_parts};
use crate::ir::{
    Arg, Block, Func, Op, Opaque, Operand, Place, Proj, Stmt, StmtKind, StructOf, Ty, Var, VarKind,
};
use crate::transform::build::Code;

/// The variables whose cotangent is fed as a whole only.
pub fn lazy(func: &Func) -> BTreeSet<Var> {
    let mut lazy: BTreeSet<Var> = (0u32..)
        .map(Var)
        .zip(&func.vars)
        .filter(|(_, info)| {
            matches!(info.ty, Ty::Option(_) | Ty::Result(_))
                && matches!(info.kind, VarKind::Temp | VarKind::Memory)
        })
        .map(|(var, _)| var)
        .collect();
    all_block_stmts(&func.body, &mut |stmt| match &stmt.kind {
        StmtKind::Let(_, Op::MoveOut(place) | Op::Read(place))
        | StmtKind::Declare(_, Some(Op::MoveOut(place) | Op::Read(place)))
            if matches!(place.proj.as_slice(), [] | [Proj::Content(_)]) => {}
        StmtKind::Let(_, Op::Opaque(_)) | StmtKind::Declare(_, Some(Op::Opaque(_))) => {}
        StmtKind::Let(_, Op::Call(call)) | StmtKind::Declare(_, Some(Op::Call(call))) => {
            for arg in &call.args {
                match arg {
                    Arg::Ref(place) | Arg::RefMut(place) => lazy.remove(&place.root),
                    Arg::Value(Operand::Var(var)) => lazy.remove(var),
                    Arg::Value(_) => false,
                };
            }
        }
        _ => stmt_parts(stmt, &mut |part| {
            if let Part::Place(place, _) = part
                && !place.proj.is_empty()
                && place.carries()
            {
                lazy.remove(&place.root);
            }
        }),
    });
    lazy
}

/// The zero cotangent of an `Option`.
pub fn none() -> Operand {
    Operand::Const(parse_quote!(::core::option::Option::None))
}

impl Reverse<'_> {
    /// What was moved out of a place hands its cotangent back to the place.
    pub(super) fn move_out(&mut self, place: &Place, adj: &Place, span: Span) -> Vec<Stmt> {
        let Some((Proj::Content(_), of)) = place.proj.split_last() else {
            return self.moved_whole(place, adj, span);
        };
        let of = Place {
            root: place.root,
            proj: of.to_vec(),
        };
        let Some(to) = self.adj_place(&of) else {
            return Vec::new();
        };
        self.at_slot(&to.clone(), span, |this| {
            let mut code = Code::new(&mut this.vars, span);
            let content = code.read(adj.clone());
            let some = StructOf {
                path: parse_quote!(::core::option::Option::Some),
                fields: vec![(syn::Member::from(0), content)],
                base: None,
                kind: None,
            };
            let ty = code.vars.place_ty(&to);
            let value = code.bind("t", ty, Op::Struct(Box::new(some)));
            code.stmt(StmtKind::Update {
                place: to,
                negate: false,
                value,
            });
            code.stmts
        })
    }

    fn moved_whole(&mut self, place: &Place, adj: &Place, span: Span) -> Vec<Stmt> {
        let Some(to) = self.adj_place(place) else {
            return Vec::new();
        };
        self.at_slot(&to.clone(), span, |this| {
            let mut code = Code::new(&mut this.vars, span);
            code.add_place(&to, adj);
            code.stmts
        })
    }

    /// Statements that read the content of a cotangent, where it is not zero.
    pub(super) fn where_fed(&mut self, adj: &Place, stmts: Vec<Stmt>, span: Span) -> Vec<Stmt> {
        let mut code = Code::new(&mut self.vars, span);
        let test = Opaque {
            expr: parse_quote!(::ad_runtime::__private::is_there(&__hole_0)),
            holes: vec![adj.clone()],
            pure: true,
            refusal: None,
            gap: None,
        };
        let fed = code.bind("fed", Ty::Bool, Op::Opaque(Box::new(test)));
        code.stmt(StmtKind::If(fed, Block(stmts), Block::default()));
        code.stmts
    }
}

//! Assignments.

use syn::spanned::Spanned;
use syn::{BinOp as SynOp, Expr, ExprAssign, ExprBinary};

use super::place::strip;
use super::{Item, Lower, Value};
use crate::ir::types::place_ty;
use crate::ir::{BinOp, Op, Operand, Passing, Place, Proj, StmtKind, Ty, VarKind};
use crate::syntax::fence;

impl Lower<'_> {
    pub(super) fn assign(&mut self, a: &ExprAssign) {
        let name = self.simple_place(&a.left);
        if let Some((_, Passing::Ref | Passing::RefMut)) = name {
            let (what, help) = fence::REFERENCE_MOVED;
            self.refuse(a.left.span(), what, help);
            return;
        }
        if let Some((place, Passing::Value)) = &name
            && place.proj.is_empty()
            && matches!(
                strip(&a.right),
                Expr::If(_) | Expr::Match(_) | Expr::Loop(_)
            )
        {
            // The arms assign: no copy. A value that reads the place was read before.
            self.into(&a.right, Some(place.root));
            return;
        }
        let ty = match &name {
            Some((place, _)) => self.ty_of(place),
            None => Ty::Unknown,
        };
        let item = self.hinted(&a.right, &ty, |l| l.item(&a.right));
        let item = self.settled(item);
        self.assign_item(&a.left, item);
    }

    /// Whether the place is a variable that was bound without `mut`.
    fn is_immutable(&self, place: &Place) -> bool {
        place.proj.is_empty()
            && match self.vars[place.root.0 as usize].kind {
                VarKind::Temp => true,
                VarKind::Param { passing, .. } => passing == Passing::Value,
                _ => false,
            }
    }

    /// What a name stands for.
    fn simple_place(&mut self, e: &Expr) -> Option<(Place, Passing)> {
        match strip(e) {
            Expr::Path(_) => self.place(e),
            _ => None,
        }
    }

    fn assign_item(&mut self, left: &Expr, item: Item) {
        self.span = left.span();
        match strip(left) {
            Expr::Infer(_) => self.discard(item),
            Expr::Tuple(t) => {
                self.assign_parts(t.elems.iter(), item, |k| {
                    Proj::Field(syn::Member::from(k as usize))
                });
            }
            Expr::Array(t) => self.assign_parts(t.elems.iter(), item, |k| {
                let k = syn::LitInt::new(&k.to_string(), proc_macro2::Span::call_site());
                Proj::Index(Operand::Lit(syn::Lit::Int(k)))
            }),
            stripped => {
                let value = self.held(item);
                let operand = self.operand(value);
                self.span = left.span();
                match self.place(left) {
                    Some((_, Passing::Ref | Passing::RefMut)) if !self.dead => {
                        let (what, help) = fence::REFERENCE_MOVED;
                        self.refuse(stripped.span(), what, help);
                    }
                    // rustc reports it.
                    Some((place, _)) if self.is_immutable(&place) => {}
                    Some((place, _)) => self.store(place, operand),
                    None => {
                        let (what, help) = fence::place(stripped);
                        self.refuse(stripped.span(), what, help);
                    }
                }
            }
        }
    }

    fn assign_parts<'e>(
        &mut self,
        parts: impl ExactSizeIterator<Item = &'e Expr>,
        item: Item,
        proj: impl Fn(u32) -> Proj,
    ) {
        let items = match item {
            Item::Tuple(items) if items.len() == parts.len() => items,
            other => {
                let (place, _) = self.item_place(other);
                let parts = 0..parts.len() as u32;
                parts
                    .map(|k| Item::Value(self.read(place.clone().then(proj(k)))))
                    .collect()
            }
        };
        // All are read before the first is written.
        let items: Vec<Item> = items
            .into_iter()
            .map(|item| {
                let value = self.item_value(item);
                self.settled(Item::Value(value))
            })
            .collect();
        for (part, item) in parts.zip(items) {
            self.assign_item(part, item);
        }
    }

    /// `place op= value`: of primitives, the value is computed first.
    pub(super) fn compound(&mut self, b: &ExprBinary) {
        let Some(op) = assigned(&b.op) else {
            let (what, help) = fence::expression(&Expr::Binary(b.clone()));
            self.refuse(b.span(), what, help);
            return;
        };
        let (operand, ty) = self.typed(&b.right);
        self.span = b.left.span();
        let Some((place, by)) = self.place(&b.left) else {
            let (what, help) = fence::place(&b.left);
            self.refuse(b.left.span(), what, help);
            return;
        };
        if by != Passing::Value && !self.dead {
            self.refuse(
                b.left.span(),
                "a reference is assigned to",
                "write `*` in front of it",
            );
            return;
        }
        if self.is_immutable(&place) {
            // rustc reports it.
            return;
        }
        self.span = b.span();
        let known = place_ty(&self.vars, &place);
        // An operator of the user's need not be a sum.
        if matches!(known, Ty::Float(_)) && matches!(op, BinOp::Add | BinOp::Sub) {
            self.push(StmtKind::Update {
                place,
                negate: op == BinOp::Sub,
                value: operand,
            });
            return;
        }
        let old = Value::new(Op::Read(place.clone()), known.clone());
        let old = self.operand(old);
        // An operator of the user's need not be the one without `=`.
        let op = match known {
            Ty::Unknown => op.assigning().unwrap_or(op),
            _ => op,
        };
        let by_reference = [false, self.is_by_reference(&b.right)];
        let mut value = self.binary_value(op, (old, known), (operand, ty), b);
        value.by_reference = by_reference;
        let value = self.operand(value);
        self.store(place, value);
    }
}

fn assigned(op: &SynOp) -> Option<BinOp> {
    Some(match op {
        SynOp::AddAssign(_) => BinOp::Add,
        SynOp::SubAssign(_) => BinOp::Sub,
        SynOp::MulAssign(_) => BinOp::Mul,
        SynOp::DivAssign(_) => BinOp::Div,
        SynOp::RemAssign(_) => BinOp::Rem,
        SynOp::BitAndAssign(_) => BinOp::BitAnd,
        SynOp::BitOrAssign(_) => BinOp::BitOr,
        SynOp::BitXorAssign(_) => BinOp::BitXor,
        SynOp::ShlAssign(_) => BinOp::Shl,
        SynOp::ShrAssign(_) => BinOp::Shr,
        _ => return None,
    })
}

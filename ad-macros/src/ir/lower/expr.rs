//! Expressions.

use syn::spanned::Spanned;
use syn::{BinOp as SynOp, Expr, ExprBinary, Member, UnOp as SynUnOp};

use super::inert::Inert;
use super::place::strip;
use super::types::binary;
use super::{Item, Lower, Value};
use crate::ir::types::{element, lit_ty, operand_ty, place_ty};
use crate::ir::{BinOp, Conversion, Op, Operand, Passing, Place, Proj, StmtKind, Ty, UnOp};
use crate::syntax::fence;

impl Lower<'_> {
    /// The value of an expression as an operand.
    pub(super) fn value(&mut self, e: &Expr) -> Operand {
        let value = self.op(e);
        self.span = e.span();
        self.operand(value)
    }

    /// The value of an expression with its type as an operand.
    pub(super) fn typed(&mut self, e: &Expr) -> (Operand, Ty) {
        let value = self.op(e);
        self.span = e.span();
        let ty = value.ty.clone();
        (self.operand(value), ty)
    }

    /// The value of an expression, its last operation still unnamed.
    pub(super) fn op(&mut self, e: &Expr) -> Value {
        self.span = e.span();
        match e {
            Expr::Paren(p) => return self.op(&p.expr),
            Expr::Group(g) => return self.op(&g.expr),
            Expr::Lit(l) => {
                return Value::operand(Operand::Lit(l.lit.clone()), lit_ty(&l.lit));
            }
            _ => {}
        }
        if let Some(ty) = self.closed(e) {
            return Value::operand(Operand::Const(Box::new(e.clone())), ty);
        }
        match e {
            Expr::Binary(_)
            | Expr::Unary(_)
            | Expr::Cast(_)
            | Expr::MethodCall(_)
            | Expr::Call(_)
            | Expr::Macro(_) => {
                if let Some(Inert { ty, pure }) = self.inert(e)
                    && !self.is_single(e)
                {
                    return self.carried(e, ty, pure);
                }
            }
            Expr::Index(i) if self.is_unbound(&i.expr) => {
                if let Some(Inert { ty, pure }) = self.inert(e) {
                    return self.carried(e, ty, pure);
                }
            }
            _ => {}
        }
        if let Some((place, by)) = self.place(e) {
            self.span = e.span();
            return match e {
                Expr::Reference(_) => self.held(Item::Place(place, by)),
                _ => self.read(place),
            };
        }
        self.composite(e)
    }

    fn composite(&mut self, e: &Expr) -> Value {
        match e {
            Expr::Unary(u) => self.unary(e, u),
            Expr::Binary(b) => self.binary(e, b),
            Expr::Reference(r) => self.op(&r.expr),
            Expr::Cast(c) => {
                let a = self.value(&c.expr);
                self.span = e.span();
                let ty = self.ty(&c.ty);
                let conversion = Conversion::As((*c.ty).clone());
                Value::shown(Op::Cast(a, Box::new(conversion)), ty, e)
            }
            Expr::Field(f) => self.field_of_value(f),
            Expr::Struct(s) => self.struct_literal(s),
            Expr::Call(c) => match super::rewritten::array_of_function(c) {
                Some(code) => self.op(&code),
                None => self.call(c),
            },
            Expr::MethodCall(c) => self.method(c),
            Expr::Macro(m) => self.macro_value(&m.mac),
            Expr::Tuple(_) | Expr::Block(_) | Expr::Try(_) => {
                let item = self.item(e);
                self.item_value(item)
            }
            Expr::Array(a) => {
                let (operands, ty) = self.elements(a.elems.iter());
                Value::new(Op::Array(operands), Ty::Array(Box::new(ty)))
            }
            Expr::Repeat(r) => {
                let (a, ty) = self.typed(&r.expr);
                Value::new(Op::Repeat(a, r.len.clone()), Ty::Array(Box::new(ty)))
            }
            Expr::If(_) | Expr::Match(_) | Expr::Loop(_) => self.control_value(e),
            Expr::Assign(a) => {
                self.assign(a);
                Value::unit()
            }
            Expr::While(_)
            | Expr::ForLoop(_)
            | Expr::Break(_)
            | Expr::Continue(_)
            | Expr::Return(_) => {
                self.into(e, None);
                Value::unit()
            }
            Expr::Range(r)
                if r.start
                    .iter()
                    .chain(&r.end)
                    .all(|e| self.inert(e).is_some()) =>
            {
                self.carried(e, Ty::Unknown, false)
            }
            // `{ .. }` that the fence has refused already.
            e if fence::is_refused(e) => Value::unit(),
            e => {
                let (what, help) = fence::expression(e);
                self.carried_unless_active(e, e.span(), what, help)
            }
        }
    }

    /// `f(x).0`
    fn field_of_value(&mut self, f: &syn::ExprField) -> Value {
        let k = match &f.member {
            Member::Unnamed(index) => index.index as usize,
            Member::Named(_) => usize::MAX,
        };
        match self.item(&f.base) {
            Item::Tuple(mut items) if k < items.len() => self.item_value(items.swap_remove(k)),
            Item::Value(Value {
                op: Op::Tuple(mut parts),
                ty: Ty::Tuple(mut types),
                ..
            }) if k < parts.len().min(types.len()) => {
                Value::operand(parts.swap_remove(k), types.swap_remove(k))
            }
            item => {
                let (place, _) = self.item_place(item);
                self.read(place.then(Proj::Field(f.member.clone())))
            }
        }
    }

    /// The elements of an array or `vec!`.
    pub(super) fn elements<'e>(
        &mut self,
        elems: impl Iterator<Item = &'e Expr>,
    ) -> (Vec<Operand>, Ty) {
        let mut ty = Ty::Unknown;
        let operands = elems
            .map(|e| {
                if self.reference(e) == Some(Passing::RefMut) {
                    let (what, help) = fence::REFERENCE_KEPT;
                    self.refuse(e.span(), what, help);
                }
                let (operand, element) = self.typed(e);
                if matches!(ty, Ty::Unknown | Ty::Float(None) | Ty::Int(None))
                    && element != Ty::Unknown
                {
                    ty = element;
                }
                operand
            })
            .collect();
        (operands, ty)
    }

    fn unary(&mut self, e: &Expr, u: &syn::ExprUnary) -> Value {
        let (a, ty) = self.typed(&u.expr);
        self.span = e.span();
        match u.op {
            SynUnOp::Neg(_) => {
                let by_reference = ty == Ty::Unknown && self.is_by_reference(&u.expr);
                let mut value = Value::new(Op::Unary(UnOp::Neg, a), ty);
                value.by_reference[0] = by_reference;
                value
            }
            SynUnOp::Not(_) => Value::new(Op::Unary(UnOp::Not, a), ty),
            // `*` of a value: references are the values they point to.
            _ => Value::operand(a, ty),
        }
    }

    fn binary(&mut self, e: &Expr, b: &ExprBinary) -> Value {
        match b.op {
            SynOp::And(_) | SynOp::Or(_) => return self.short_circuit(b),
            _ => {}
        }
        let Some(op) = operator(&b.op) else {
            self.compound(b);
            return Value::unit();
        };
        let (x, tx) = self.typed(&b.left);
        let (y, ty) = self.typed(&b.right);
        // The generated operator stands where the user's does: rustc then reports a
        // fault in its operands once.
        self.span = b.op.span();
        let by_reference = [
            tx == Ty::Unknown && self.is_by_reference(&b.left),
            ty == Ty::Unknown && self.is_by_reference(&b.right),
        ];
        let mut value = self.binary_value(op, (x, tx), (y, ty), e);
        value.by_reference = by_reference;
        value
    }

    /// Whether an operand is a reference: of a type of the user's, that may be
    /// another operator.
    pub(super) fn is_by_reference(&self, e: &Expr) -> bool {
        match strip(e) {
            Expr::Reference(_) => true,
            Expr::Path(p) => p.path.get_ident().is_some_and(|name| {
                let binding = self.scopes.find(&name.to_string());
                binding.is_some_and(|binding| {
                    binding.by != Passing::Value && self.ty_of(&binding.place) == Ty::Unknown
                })
            }),
            _ => false,
        }
    }

    /// An operation; `shown` is the user's expression.
    pub(super) fn binary_value(
        &mut self,
        op: BinOp,
        (x, tx): (Operand, Ty),
        (y, ty): (Operand, Ty),
        shown: &impl quote::ToTokens,
    ) -> Value {
        // The type of a constant is that of the operand beside it.
        let tx = if is_untyped(&x, &tx) { ty.clone() } else { tx };
        let ty = if is_untyped(&y, &ty) { tx.clone() } else { ty };
        Value::shown(Op::Binary(op, x, y), binary(op, &tx, &ty), shown)
    }

    /// `&&` and `||`: the right-hand side runs only if it decides.
    fn short_circuit(&mut self, b: &ExprBinary) -> Value {
        let left = self.condition(&b.left);
        self.span = b.span();
        let name = syn::Ident::new(super::UNNAMED, b.span());
        let memory = self.declare_with(&name, Value::operand(left.clone(), Ty::Bool));
        let (right, _) = self.block(|l| {
            let right = l.condition(&b.right);
            l.store(Place::of(memory), right);
        });
        self.span = b.span();
        let (then, other) = match b.op {
            SynOp::And(_) => (right, Default::default()),
            _ => (Default::default(), right),
        };
        self.push(StmtKind::If(left, then, other));
        Value::new(Op::Read(Place::of(memory)), Ty::Bool)
    }

    /// The type of the elements of a place.
    pub(super) fn element_ty(&self, place: &Place) -> Ty {
        element(&place_ty(&self.vars, place))
    }

    pub(super) fn operand_ty(&self, operand: &Operand) -> Ty {
        operand_ty(&self.vars, operand)
    }
}

fn is_untyped(operand: &Operand, ty: &Ty) -> bool {
    matches!(operand, Operand::Const(_)) && *ty == Ty::Unknown
}

/// The operator, unless it is an assignment or short-circuits.
pub(super) fn operator(op: &SynOp) -> Option<BinOp> {
    Some(match op {
        SynOp::Add(_) => BinOp::Add,
        SynOp::Sub(_) => BinOp::Sub,
        SynOp::Mul(_) => BinOp::Mul,
        SynOp::Div(_) => BinOp::Div,
        SynOp::Rem(_) => BinOp::Rem,
        SynOp::BitAnd(_) => BinOp::BitAnd,
        SynOp::BitOr(_) => BinOp::BitOr,
        SynOp::BitXor(_) => BinOp::BitXor,
        SynOp::Shl(_) => BinOp::Shl,
        SynOp::Shr(_) => BinOp::Shr,
        SynOp::Lt(_) => BinOp::Lt,
        SynOp::Le(_) => BinOp::Le,
        SynOp::Gt(_) => BinOp::Gt,
        SynOp::Ge(_) => BinOp::Ge,
        SynOp::Eq(_) => BinOp::Eq,
        SynOp::Ne(_) => BinOp::Ne,
        _ => return None,
    })
}

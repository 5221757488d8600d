//! Writes a partial of a row as operations of the IR.

use proc_macro2::{Literal, Span};
use syn::{BinOp as SynBinOp, Expr, Lit, UnOp as SynUnOp};

use super::{Row, find};
use crate::ir::{BinOp, Op, Operand, Ty, UnOp};

/// The partial of `row` by operand `k`, as an operand.
///
/// `args` are the operands of the call and `result` is its result; `bind` binds
/// an operation to a new temporary. A partial that is a number, an operand or
/// the result needs no operation and comes back as it is. Numbers are unsuffixed
/// and take the width of what they meet; none of them is ever a receiver.
///
/// Only float operands of rows other than [`super::Kind::Select`] have partials;
/// to ask for another is a fault of the compiler and panics.
pub fn instantiate(
    row: &Row,
    k: usize,
    args: &[Operand],
    result: &Operand,
    bind: &mut dyn FnMut(Ty, Op) -> Operand,
) -> Operand {
    let text = row
        .partials
        .get(k)
        .unwrap_or_else(|| panic!("`{}` has no partial {k}", row.name));
    let expr = syn::parse_str(text).unwrap_or_else(|e| not_of_the_table(row, &e.to_string()));
    Partial {
        row,
        args,
        result,
        bind,
    }
    .operand(&expr)
}

struct Partial<'a> {
    row: &'a Row,
    args: &'a [Operand],
    result: &'a Operand,
    bind: &'a mut dyn FnMut(Ty, Op) -> Operand,
}

impl Partial<'_> {
    fn operand(&mut self, expr: &Expr) -> Operand {
        let row = self.row;
        match expr {
            Expr::Paren(e) => self.operand(&e.expr),
            Expr::Group(e) => self.operand(&e.expr),
            Expr::Lit(e) => number(&e.lit).unwrap_or_else(|| not_of_the_table(row, "a literal")),
            Expr::Path(e) => match e.path.get_ident() {
                Some(name) => self.name(&name.to_string()),
                None => not_of_the_table(row, "a path"),
            },
            Expr::Unary(e) if matches!(e.op, SynUnOp::Neg(_)) => {
                let a = self.operand(&e.expr);
                (self.bind)(FLOAT, Op::Unary(UnOp::Neg, a))
            }
            Expr::Binary(e) => {
                let op = operator(&e.op).unwrap_or_else(|| not_of_the_table(row, "an operator"));
                let (a, b) = (self.operand(&e.left), self.operand(&e.right));
                // The order of a derivative is counted in integers.
                let ty = if is_integer(&b) { Ty::Int(None) } else { FLOAT };
                (self.bind)(ty, Op::Binary(op, a, b))
            }
            Expr::MethodCall(e) => {
                let args = std::iter::once(&*e.receiver).chain(&e.args);
                self.call(&e.method.to_string(), args)
            }
            Expr::Call(e) => match &*e.func {
                Expr::Path(f) if f.path.get_ident().is_some() => {
                    self.call(&f.path.segments[0].ident.to_string(), e.args.iter())
                }
                _ => not_of_the_table(row, "a call"),
            },
            _ => not_of_the_table(row, "an expression"),
        }
    }

    fn name(&self, name: &str) -> Operand {
        if name == self.row.result {
            return self.result.clone();
        }
        match self.row.params.iter().position(|param| *param == name) {
            Some(i) => self.args[i].clone(),
            None => not_of_the_table(self.row, name),
        }
    }

    fn call<'e>(&mut self, name: &str, args: impl Iterator<Item = &'e Expr>) -> Operand {
        let callee = find(name).unwrap_or_else(|| not_of_the_table(self.row, name));
        let args = args.map(|arg| self.operand(arg)).collect();
        (self.bind)(FLOAT, Op::Prim(callee, args))
    }
}

const FLOAT: Ty = Ty::Float(None);

/// A number of the table, without a suffix. It is made anew because the tokens
/// of a parsed text have no place in the user's program.
fn number(lit: &Lit) -> Option<Operand> {
    let mut number = match lit {
        Lit::Float(x) => Literal::f64_unsuffixed(x.base10_parse().ok()?),
        Lit::Int(n) => Literal::u32_unsuffixed(n.base10_parse().ok()?),
        _ => return None,
    };
    number.set_span(Span::mixed_site());
    Some(Operand::Lit(Lit::new(number)))
}

fn is_integer(operand: &Operand) -> bool {
    matches!(operand, Operand::Lit(Lit::Int(_)))
}

fn operator(op: &SynBinOp) -> Option<BinOp> {
    Some(match op {
        SynBinOp::Add(_) => BinOp::Add,
        SynBinOp::Sub(_) => BinOp::Sub,
        SynBinOp::Mul(_) => BinOp::Mul,
        SynBinOp::Div(_) => BinOp::Div,
        _ => return None,
    })
}

/// The unit tests write out every partial, so no user meets this.
fn not_of_the_table(row: &Row, what: &str) -> ! {
    panic!("the partials of `{}` cannot contain this: {what}", row.name)
}

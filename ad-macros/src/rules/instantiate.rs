//! Writes a partial of a row as operations of the IR.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

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
    let tree = parsed(row, k);
    Partial {
        row,
        args,
        result,
        bind,
    }
    .operand(&tree)
}

/// A partial of the table, parsed. It holds no tokens: those of one expansion
/// mean nothing in the next.
#[derive(Debug)]
enum Tree {
    Float(f64),
    Int(u32),
    Name(String),
    Neg(Box<Tree>),
    Binary(BinOp, Box<Tree>, Box<Tree>),
    Call(&'static Row, Vec<Tree>),
}

thread_local! {
    /// Parsing is a good part of an expansion, and functions repeat.
    static PARSED: RefCell<BTreeMap<(&'static str, usize), Rc<Tree>>> = RefCell::default();
}

fn parsed(row: &Row, k: usize) -> Rc<Tree> {
    let parse = || {
        let text = row.partials.get(k);
        let text = text.unwrap_or_else(|| panic!("`{}` has no partial {k}", row.name));
        let expr = syn::parse_str(text).unwrap_or_else(|e| not_of_the_table(row, &e.to_string()));
        Rc::new(tree(row, &expr))
    };
    PARSED.with_borrow_mut(|known| known.entry((row.name, k)).or_insert_with(parse).clone())
}

fn tree(row: &Row, expr: &Expr) -> Tree {
    let boxed = |e| Box::new(tree(row, e));
    match expr {
        Expr::Paren(e) => tree(row, &e.expr),
        Expr::Group(e) => tree(row, &e.expr),
        Expr::Lit(e) => number(&e.lit).unwrap_or_else(|| not_of_the_table(row, "a literal")),
        Expr::Path(e) => match e.path.get_ident() {
            Some(name) => Tree::Name(name.to_string()),
            None => not_of_the_table(row, "a path"),
        },
        Expr::Unary(e) if matches!(e.op, SynUnOp::Neg(_)) => Tree::Neg(boxed(&e.expr)),
        Expr::Binary(e) => {
            let op = operator(&e.op).unwrap_or_else(|| not_of_the_table(row, "an operator"));
            Tree::Binary(op, boxed(&e.left), boxed(&e.right))
        }
        Expr::MethodCall(e) => {
            let args = std::iter::once(&*e.receiver).chain(&e.args);
            call(row, &e.method.to_string(), args)
        }
        Expr::Call(e) => match &*e.func {
            Expr::Path(f) if f.path.get_ident().is_some() => {
                call(row, &f.path.segments[0].ident.to_string(), e.args.iter())
            }
            _ => not_of_the_table(row, "a call"),
        },
        _ => not_of_the_table(row, "an expression"),
    }
}

fn call<'e>(row: &Row, name: &str, args: impl Iterator<Item = &'e Expr>) -> Tree {
    let callee = find(name).unwrap_or_else(|| not_of_the_table(row, name));
    Tree::Call(callee, args.map(|arg| tree(row, arg)).collect())
}

struct Partial<'a> {
    row: &'a Row,
    args: &'a [Operand],
    result: &'a Operand,
    bind: &'a mut dyn FnMut(Ty, Op) -> Operand,
}

impl Partial<'_> {
    fn operand(&mut self, tree: &Tree) -> Operand {
        match tree {
            Tree::Float(x) => literal(Literal::f64_unsuffixed(*x)),
            Tree::Int(n) => literal(Literal::u32_unsuffixed(*n)),
            Tree::Name(name) => self.name(name),
            Tree::Neg(a) => {
                let a = self.operand(a);
                (self.bind)(FLOAT, Op::Unary(UnOp::Neg, a))
            }
            Tree::Binary(op, a, b) => {
                let (a, b) = (self.operand(a), self.operand(b));
                // The order of a derivative is counted in integers.
                let ty = if is_integer(&b) { Ty::Int(None) } else { FLOAT };
                (self.bind)(ty, Op::Binary(*op, a, b))
            }
            Tree::Call(row, args) => {
                let args = args.iter().map(|arg| self.operand(arg)).collect();
                (self.bind)(FLOAT, Op::Prim(row, args))
            }
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
}

const FLOAT: Ty = Ty::Float(None);

fn number(lit: &Lit) -> Option<Tree> {
    match lit {
        Lit::Float(x) => x.base10_parse().ok().map(Tree::Float),
        Lit::Int(n) => n.base10_parse().ok().map(Tree::Int),
        _ => None,
    }
}

/// A number without a suffix, at no place of the user's program.
fn literal(mut number: Literal) -> Operand {
    number.set_span(Span::mixed_site());
    Operand::Lit(Lit::new(number))
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

//! Reductions of a program: each makes it smaller; many of the results are not valid Rust.

use proc_macro2::Span;
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprCall, File, Ident, Item, Lit, Macro, Stmt, Token, parse_quote};

/// The program after its `k`-th reduction, or `None` if there are fewer.
#[must_use]
pub fn reduction(file: &File, k: usize) -> Option<File> {
    let mut reduced = file.clone();
    let mut reducer = Reducer {
        left: k,
        done: false,
    };
    // Large steps first: functions and parameters, then statements, then expressions.
    reducer.items(&mut reduced);
    for step in [Step::Statements, Step::Contents, Step::Expressions] {
        if !reducer.done {
            Walk {
                reducer: &mut reducer,
                step,
            }
            .visit_file_mut(&mut reduced);
        }
    }
    reducer.done.then_some(reduced)
}

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Statements,
    /// A compound statement gives way to what is inside.
    Contents,
    Expressions,
}

struct Reducer {
    left: usize,
    done: bool,
}

impl Reducer {
    /// Whether this is the reduction to be made.
    fn here(&mut self) -> bool {
        if self.done {
            return false;
        }
        self.done = self.left == 0;
        self.left = self.left.saturating_sub(1);
        self.done
    }

    fn items(&mut self, file: &mut File) {
        for k in 0..file.items.len() {
            if self.here() {
                file.items.remove(k);
                return;
            }
        }
        for k in 0..file.items.len() {
            let Item::Fn(function) = &mut file.items[k] else {
                continue;
            };
            for position in 0..function.sig.inputs.len() {
                if self.here() {
                    function.sig.inputs = without(&function.sig.inputs, position);
                    let name = function.sig.ident.clone();
                    return DropArgument { name, position }.visit_file_mut(file);
                }
            }
        }
    }
}

fn without<T: Clone, P: Default>(list: &Punctuated<T, P>, position: usize) -> Punctuated<T, P> {
    list.iter()
        .enumerate()
        .filter(|(k, _)| *k != position)
        .map(|(_, x)| x.clone())
        .collect()
}

/// Calls of a function that lost a parameter.
struct DropArgument {
    name: Ident,
    position: usize,
}

impl VisitMut for DropArgument {
    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        visit_mut::visit_expr_call_mut(self, call);
        let path = call.func.to_token_stream().to_string();
        if path.rsplit(' ').next() == Some(self.name.to_string().as_str()) {
            call.args = without(&call.args, self.position);
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        inside(mac, &mut |expr| self.visit_expr_mut(expr));
    }
}

struct Walk<'a> {
    reducer: &'a mut Reducer,
    step: Step,
}

impl VisitMut for Walk<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        match self.step {
            Step::Statements => self.statements(block),
            Step::Contents => self.contents(block),
            Step::Expressions => {}
        }
        if !self.reducer.done {
            visit_mut::visit_block_mut(self, block);
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if self.step == Step::Expressions {
            for smaller in alternatives(expr) {
                if self.reducer.here() {
                    *expr = smaller;
                    return;
                }
            }
        }
        if !self.reducer.done {
            visit_mut::visit_expr_mut(self, expr);
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        inside(mac, &mut |expr| self.visit_expr_mut(expr));
    }

    fn visit_attribute_mut(&mut self, _: &mut syn::Attribute) {}
}

impl Walk<'_> {
    /// All, halves, quarters, .. of the statements of a block.
    fn statements(&mut self, block: &mut Block) {
        let mut length = block.stmts.len();
        while length > 0 {
            for start in (0..block.stmts.len()).step_by(length) {
                if self.reducer.here() {
                    let end = (start + length).min(block.stmts.len());
                    block.stmts.drain(start..end);
                    return;
                }
            }
            length /= 2;
        }
    }

    fn contents(&mut self, block: &mut Block) {
        for k in 0..block.stmts.len() {
            let inner = match &block.stmts[k] {
                Stmt::Expr(expr, _) => blocks_of(expr),
                Stmt::Local(local) => local
                    .init
                    .iter()
                    .flat_map(|init| blocks_of(&init.expr))
                    .collect(),
                _ => Vec::new(),
            };
            for inner in inner {
                if self.reducer.here() {
                    block.stmts.splice(k..=k, inner.stmts);
                    return;
                }
            }
        }
    }
}

fn blocks_of(expr: &Expr) -> Vec<Block> {
    match expr {
        Expr::Block(e) => vec![e.block.clone()],
        Expr::ForLoop(e) => vec![e.body.clone()],
        Expr::While(e) => vec![e.body.clone()],
        Expr::Loop(e) => vec![e.body.clone()],
        Expr::If(e) => {
            let other = e.else_branch.iter().flat_map(|(_, other)| blocks_of(other));
            std::iter::once(e.then_branch.clone())
                .chain(other)
                .collect()
        }
        Expr::Match(e) => e.arms.iter().flat_map(|arm| blocks_of(&arm.body)).collect(),
        _ => Vec::new(),
    }
}

/// Smaller expressions of hopefully the same type.
fn alternatives(expr: &Expr) -> Vec<Expr> {
    let mut list: Vec<Expr> = Vec::new();
    match expr {
        Expr::Binary(e) if !e.op.to_token_stream().to_string().ends_with('=') => {
            list.extend([(*e.left).clone(), (*e.right).clone()]);
        }
        Expr::Unary(e) if !matches!(e.op, syn::UnOp::Deref(_)) => list.push((*e.expr).clone()),
        Expr::Paren(e) => list.push((*e.expr).clone()),
        Expr::MethodCall(e) => {
            list.push((*e.receiver).clone());
            list.extend(e.args.iter().cloned());
        }
        Expr::Call(e) => list.extend(e.args.iter().cloned()),
        Expr::If(_) | Expr::Match(_) | Expr::Block(_) => {
            let tails = blocks_of(expr)
                .into_iter()
                .map(|mut block| match block.stmts.pop() {
                    Some(Stmt::Expr(tail, None)) if block.stmts.is_empty() => tail,
                    last => {
                        block.stmts.extend(last);
                        parse_quote!(#block)
                    }
                });
            list.extend(tails);
            if let Expr::Match(e) = expr {
                list.extend(e.arms.iter().map(|arm| (*arm.body).clone()));
            }
        }
        Expr::Index(e) if !is_small(&e.index) && !matches!(*e.index, Expr::Range(_)) => {
            let list_only = &e.expr;
            list.extend([parse_quote!(#list_only[0]), parse_quote!(#list_only[1])]);
        }
        Expr::Range(e)
            if e.start.is_some()
                && e.end.is_some()
                && expr.to_token_stream().to_string() != "0 .. 2" =>
        {
            list.push(parse_quote!(0..2));
        }
        _ => {}
    }
    let value = matches!(
        expr,
        Expr::Binary(_)
            | Expr::MethodCall(_)
            | Expr::Call(_)
            | Expr::If(_)
            | Expr::Match(_)
            | Expr::Index(_)
    );
    if value && !is_assignment(expr) {
        list.extend([parse_quote!(0.7_f64), parse_quote!(1)]);
    } else if let Expr::Lit(lit) = expr {
        list.extend(rounder(&lit.lit));
    }
    let text = expr.to_token_stream().to_string();
    list.retain(|smaller| smaller.to_token_stream().to_string() != text);
    list
}

fn is_assignment(expr: &Expr) -> bool {
    let Expr::Binary(e) = expr else { return false };
    let op = e.op.to_token_stream().to_string();
    op.len() > 1 && op.ends_with('=') && !["==", "!=", "<=", ">="].contains(&op.as_str())
}

fn is_small(expr: &Expr) -> bool {
    matches!(expr, Expr::Lit(_))
}

/// Two digits instead of four.
fn rounder(lit: &Lit) -> Option<Expr> {
    let Lit::Float(float) = lit else { return None };
    let value: f64 = float.base10_digits().parse().ok()?;
    let text = format!("{value:.1}{}", float.suffix());
    let shorter = text.len() < float.token().to_string().len();
    shorter.then(|| syn::parse_str(&text).ok()).flatten()
}

/// The expressions inside `vec![..]`.
fn inside(mac: &mut Macro, visit: &mut dyn FnMut(&mut Expr)) {
    let repeat = |input: syn::parse::ParseStream| {
        let element: Expr = input.parse()?;
        input.parse::<Token![;]>()?;
        Ok((element, input.parse::<Expr>()?))
    };
    if let Ok((mut element, mut length)) = Parser::parse2(repeat, mac.tokens.clone()) {
        visit(&mut element);
        visit(&mut length);
        let semicolon = Token![;](Span::call_site());
        mac.tokens = element.into_token_stream();
        semicolon.to_tokens(&mut mac.tokens);
        length.to_tokens(&mut mac.tokens);
    } else if let Ok(mut list) = Parser::parse2(
        Punctuated::<Expr, Token![,]>::parse_terminated,
        mac.tokens.clone(),
    ) {
        list.iter_mut().for_each(visit);
        mac.tokens = list.into_token_stream();
    }
}

//! Programs as text, for tests and for `AD_PRINT`.
//!
//! A variable is its name and number (`x.3`), an opaque expression stands in
//! braces with what its holes are.

use std::collections::BTreeSet;
use std::fmt::Write;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

use super::{
    ActSet, Arg, BinOp, Block, Call, Callee, Exit, Extreme, For, Func, Op, Opaque, Operand,
    Passing, Place, Proj, Rows, Stmt, StmtKind, StructOf, StructTangent, TanArg, TanSource, Toward,
    UnOp, Var, VarInfo, VarKind, Window,
};

/// A function, its signature first.
pub fn print(func: &Func) -> String {
    let p = Printer { vars: &func.vars };
    let params: Vec<String> = func.params.iter().map(|v| p.param(*v)).collect();
    let mut text = format!("fn ({})\n", params.join(", "));
    p.block(&mut text, &func.body, 1);
    if let Some(result) = &func.result {
        text.push_str("    -> ");
        text.push_str(&p.operand(result));
        text.push('\n');
    }
    text
}

/// The statements of a block.
pub fn print_block(vars: &[VarInfo], block: &Block) -> String {
    let mut text = String::new();
    Printer { vars }.block(&mut text, block, 0);
    text
}

/// Tokens on one line, with fewer spaces than their own printing has.
fn tokens(node: &impl ToTokens) -> String {
    fn write(text: &mut String, stream: TokenStream) {
        for token in stream {
            match token {
                TokenTree::Group(g) => {
                    let (open, close) = match g.delimiter() {
                        proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                        proc_macro2::Delimiter::Brace => ("{", "}"),
                        proc_macro2::Delimiter::Bracket => ("[", "]"),
                        proc_macro2::Delimiter::None => ("", ""),
                    };
                    text.push_str(open);
                    write(text, g.stream());
                    text.push_str(close);
                }
                TokenTree::Punct(p) if matches!(p.as_char(), ',' | ';') => {
                    text.push(p.as_char());
                    text.push(' ');
                }
                token => {
                    let word = token.to_string();
                    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '"';
                    if text.ends_with(is_word) && word.starts_with(is_word) {
                        text.push(' ');
                    }
                    text.push_str(&word);
                }
            }
        }
    }
    let mut text = String::new();
    write(&mut text, node.to_token_stream());
    text.trim_end().to_string()
}

struct Printer<'a> {
    vars: &'a [VarInfo],
}

impl Printer<'_> {
    fn var(&self, var: Var) -> String {
        match self.vars.get(var.0 as usize) {
            Some(info) => format!("{}.{}", info.name, var.0),
            None => format!("?.{}", var.0),
        }
    }

    fn vars(&self, vars: &[Var]) -> String {
        vars.iter()
            .map(|v| self.var(*v))
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn param(&self, var: Var) -> String {
        let by = match self.vars.get(var.0 as usize).map(|info| &info.kind) {
            Some(VarKind::Param {
                passing: Passing::Ref,
                ..
            }) => "&",
            Some(VarKind::Param {
                passing: Passing::RefMut,
                ..
            }) => "&mut ",
            _ => "",
        };
        format!("{by}{}", self.var(var))
    }

    fn operand(&self, operand: &Operand) -> String {
        match operand {
            Operand::Var(v) => self.var(*v),
            Operand::Lit(l) => tokens(l),
            Operand::Const(e) => tokens(e),
        }
    }

    fn operands(&self, operands: &[Operand]) -> String {
        operands
            .iter()
            .map(|a| self.operand(a))
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn place(&self, place: &Place) -> String {
        let mut text = self.var(place.root);
        for proj in &place.proj {
            match proj {
                Proj::Index(k) => text.push_str(&format!("[{}]", self.operand(k))),
                Proj::Element(e) => {
                    let (index, key) = (self.operand(&e.index), self.operand(&e.key));
                    text.push_str(&format!("[{index} at {key}]"));
                }
                Proj::Key(k) => text.push_str(&format!("[at {}]", self.operand(k))),
                Proj::Range { lo, hi, inclusive } => {
                    let end = |e: &Option<Operand>| {
                        e.as_ref().map(|e| self.operand(e)).unwrap_or_default()
                    };
                    let dots = if *inclusive { "..=" } else { ".." };
                    text.push_str(&format!("[{}{dots}{}]", end(lo), end(hi)));
                }
                Proj::Field(syn::Member::Unnamed(k)) => {
                    text.push_str(&format!(".({})", k.index));
                }
                Proj::Field(syn::Member::Named(name)) => text.push_str(&format!(".{name}")),
                Proj::Deref => text.push_str(".*"),
                Proj::Content(_) => text.push_str(".content"),
                Proj::Payload(p) => {
                    text.push_str(&format!("@{}.{}", tokens(&p.variant), tokens(&p.field)));
                }
            }
        }
        text
    }

    fn act(&self, set: &ActSet) -> String {
        let set: &BTreeSet<usize> = &set.0;
        let set: Vec<String> = set.iter().map(ToString::to_string).collect();
        format!("{{{}}}", set.join(","))
    }

    fn call(&self, call: &Call) -> String {
        let args: Vec<String> = call
            .args
            .iter()
            .map(|arg| match arg {
                Arg::Value(a) => self.operand(a),
                Arg::Ref(p) => format!("&{}", self.place(p)),
                Arg::RefMut(p) => format!("&mut {}", self.place(p)),
            })
            .collect();
        let callee = match &call.callee {
            Callee::Function(path) | Callee::Associated(path) => tokens(path),
            Callee::Method { name, .. } => format!(".{name}"),
        };
        format!("{callee}({})", args.join(", "))
    }

    fn opaque(&self, o: &Opaque) -> String {
        let kind = match (o.pure, &o.refusal) {
            (_, Some(_)) => "unless active ",
            (true, None) => "",
            (false, None) => "once ",
        };
        let holes: Vec<String> = o.holes.iter().map(|p| self.place(p)).collect();
        let bar = if holes.is_empty() { "" } else { " | " };
        format!("{kind}{{{}{bar}{}}}", tokens(&o.expr), holes.join(", "))
    }

    fn struct_of(&self, s: &StructOf) -> String {
        let mut fields: Vec<String> = s
            .fields
            .iter()
            .map(|(name, a)| format!("{}: {}", tokens(name), self.operand(a)))
            .collect();
        fields.extend(s.base.iter().map(|p| format!("..{}", self.place(p))));
        format!("{} {{ {} }}", tokens(&s.path), fields.join(", "))
    }

    fn struct_tangent(&self, s: &StructTangent) -> String {
        let mut fields: Vec<String> = s
            .fields
            .iter()
            .map(|(proj, a)| {
                let place = Place {
                    root: s.like,
                    proj: vec![proj.clone()],
                };
                format!("{}: {}", self.place(&place), self.operand(a))
            })
            .collect();
        fields.extend(s.base.iter().map(|(_, p)| format!("..{}", self.place(p))));
        format!(
            "tangent of {} {{ {} }}",
            self.var(s.like),
            fields.join(", ")
        )
    }

    fn extreme(&self, e: &Extreme) -> String {
        let name = if e.greatest { "greatest" } else { "least" };
        let init = e.init.as_ref().map(|a| format!("{}, ", self.operand(a)));
        format!(
            "{name}({}{}[..])",
            init.unwrap_or_default(),
            self.place(&e.list)
        )
    }

    fn op(&self, op: &Op) -> String {
        let a = |x| self.operand(x);
        let list = |x: &[Operand]| self.operands(x);
        match op {
            Op::Use(x) => a(x),
            Op::Read(p) => format!("read {}", self.place(p)),
            Op::MoveOut(p) => format!("move {}", self.place(p)),
            Op::Unary(UnOp::Neg, x) => format!("-{}", a(x)),
            Op::Unary(UnOp::Not, x) => format!("!{}", a(x)),
            Op::Binary(op, x, y) => format!("{} {} {}", a(x), symbol(*op), a(y)),
            Op::Prim(row, args) => format!("{}({})", row.name, list(args)),
            Op::Cast(x, conversion) => format!("{} as {}", a(x), tokens(conversion.to())),
            Op::Opaque(o) => self.opaque(o),
            Op::Tuple(args) => format!("({})", list(args)),
            Op::Struct(s) => self.struct_of(s),
            Op::StructTangent(s) => self.struct_tangent(s),
            Op::Array(args) => format!("[{}]", list(args)),
            Op::Repeat(x, n) => format!("[{}; {}]", a(x), tokens(n)),
            Op::VecOf(args) => format!("vec[{}]", list(args)),
            Op::VecRepeat(x, n) => format!("vec[{}; {}]", a(x), a(n)),
            Op::VecEmpty(None) => "vec".to_string(),
            Op::VecEmpty(Some(n)) => format!("vec of capacity {}", a(n)),
            Op::Len(p) => format!("len {}", self.place(p)),
            Op::ToVec(p) => format!("to_vec {}", self.place(p)),
            Op::Extreme(e) => self.extreme(e),
            Op::ExtremeWeights(e, _) => format!("weights {}", self.extreme(e)),
            Op::Call(c) => format!("call {}", self.call(c)),
            Op::Constant(x) => format!("constant {}", a(x)),
            Op::Placeholder => "placeholder".to_string(),
            Op::ZeroLike(p) => format!("zero_like {}", self.place(p)),
            Op::Zero => "zero".to_string(),
            Op::Weights(row, args) => {
                let args: Vec<String> = args
                    .iter()
                    .map(|(set, x)| format!("{}{}", a(x), self.act(set)))
                    .collect();
                format!("weights {}({})", row.name, args.join(", "))
            }
            Op::Scale(w, x) => format!("{} scale {}", a(w), a(x)),
            Op::When(set, x) => format!("when {} {}", self.act(set), a(x)),
            Op::Take(p) => format!("take {}", self.place(p)),
            Op::ReadWhen(set, p, like) => {
                format!(
                    "read when {} {} like {}",
                    self.act(set),
                    self.place(p),
                    a(like)
                )
            }
            Op::OperatorVjp {
                op,
                side,
                args,
                seed,
                ..
            } => {
                format!("vjp{side} {}({}) seed {}", symbol(*op), list(args), a(seed))
            }
            Op::NegVjp { operand, seed, .. } => format!("vjp -{} seed {}", a(operand), a(seed)),
            Op::NegJvp { operand, tan, .. } => format!("jvp -{} tan {}", a(operand), a(tan)),
            Op::NegVjpTan {
                operand,
                tan,
                seed,
                seed_tan,
                ..
            } => format!(
                "vjp tan -{} tan {} seed {} tan {}",
                a(operand),
                a(tan),
                a(seed),
                a(seed_tan)
            ),
            Op::CastBack { operand, seed } => format!("cast back {} seed {}", a(operand), a(seed)),
            Op::CastAhead { operand, tan } => format!("cast ahead {} tan {}", a(operand), a(tan)),
            Op::OperatorJvp { op, args, tans, .. } => {
                format!("jvp {}({}) tan({})", symbol(*op), list(args), list(tans))
            }
            Op::OperatorVjpTan {
                op,
                side,
                args,
                tans,
                seed,
                seed_tan,
                ..
            } => format!(
                "vjp{side} tan {}({}) tan({}) seed {} tan {}",
                symbol(*op),
                list(args),
                list(tans),
                a(seed),
                a(seed_tan)
            ),
            Op::CallForward(c, _) => format!("forward {}", self.call(c)),
        }
    }

    fn block(&self, text: &mut String, block: &Block, depth: usize) {
        for stmt in &block.0 {
            self.stmt(text, stmt, depth);
        }
    }

    fn nested(&self, text: &mut String, block: &Block, depth: usize) {
        self.block(text, block, depth + 1);
    }

    fn stmt(&self, text: &mut String, stmt: &Stmt, depth: usize) {
        let pad = "    ".repeat(depth);
        let mut line = |s: &str| {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "{pad}{s}");
        };
        match &stmt.kind {
            StmtKind::Let(v, op) => line(&format!("let {} = {}", self.var(*v), self.op(op))),
            StmtKind::Declare(v, None) => line(&format!("var {}", self.var(*v))),
            StmtKind::Declare(v, Some(op)) => {
                line(&format!("var {} = {}", self.var(*v), self.op(op)))
            }
            StmtKind::Store(p, a) => line(&format!("{} = {}", self.place(p), self.operand(a))),
            StmtKind::Update {
                place,
                negate,
                value,
            } => {
                let sign = if *negate { "-=" } else { "+=" };
                line(&format!(
                    "{} {sign} {}",
                    self.place(place),
                    self.operand(value)
                ));
            }
            StmtKind::Swap(p, q) => line(&format!("swap {}, {}", self.place(p), self.place(q))),
            StmtKind::VecPush(p, a) => {
                line(&format!("push {}, {}", self.place(p), self.operand(a)))
            }
            StmtKind::Effect(e) => {
                let names: Vec<String> = e
                    .names
                    .iter()
                    .map(|(n, p)| format!("{n}: {}", self.place(p)))
                    .collect();
                let bar = if names.is_empty() { "" } else { " | " };
                line(&format!(
                    "do {{{}{bar}{}}}",
                    tokens(&e.stmt),
                    names.join(", ")
                ));
            }
            StmtKind::If(c, a, b) => {
                line(&format!("if {} {{", self.operand(c)));
                self.nested(text, a, depth);
                if !b.0.is_empty() {
                    text.push_str(&format!("{pad}}} else {{\n"));
                    self.nested(text, b, depth);
                }
                text.push_str(&format!("{pad}}}\n"));
            }
            StmtKind::For(l) => {
                line(&format!("{} {{", self.for_head(l)));
                l.windows.iter().for_each(|w| self.window(text, w, depth));
                self.nested(text, &l.body, depth);
                text.push_str(&format!("{pad}}}\n"));
            }
            StmtKind::Loop(l) => {
                let label = l.label.map(|l| format!("'{}: ", l.0)).unwrap_or_default();
                let trips = l
                    .trips
                    .map(|v| format!(" trips {}", self.var(v)))
                    .unwrap_or_default();
                line(&format!("{label}loop {{"));
                self.nested(text, &l.body, depth);
                text.push_str(&format!(
                    "{pad}}} again {}{trips}\n",
                    self.operand(&l.again)
                ));
            }
            StmtKind::Checkpointed(c) => {
                let dots = if c.inclusive { "..=" } else { ".." };
                let down = if c.descending { " descending" } else { "" };
                let (lo, hi) = (self.operand(&c.lo), self.operand(&c.hi));
                line(&format!(
                    "checkpoint {} for {} in {lo}{dots}{hi}{down} {{",
                    self.operand(&c.snapshots),
                    self.var(c.index)
                ));
                let mut part = |name: &str, block: &Block| {
                    text.push_str(&format!("{pad}{name}:\n"));
                    self.nested(text, block, depth);
                };
                part("keep", &c.keep);
                part("forward", &c.forward);
                if let Some(back) = &c.back {
                    part("restore", &back.restore);
                    part("reverse", &back.reverse);
                }
                text.push_str(&format!("{pad}}}\n"));
            }
            StmtKind::Labeled(label, b) => {
                line(&format!("'{}: {{", label.0));
                self.nested(text, b, depth);
                text.push_str(&format!("{pad}}}\n"));
            }
            StmtKind::Exit(Exit::Break(l)) => line(&format!("break '{}", l.0)),
            StmtKind::Exit(Exit::Continue(l)) => line(&format!("continue '{}", l.0)),
            StmtKind::IfActive(set, b) => {
                line(&format!("if active {} {{", self.act(set)));
                self.nested(text, b, depth);
                text.push_str(&format!("{pad}}}\n"));
            }
            StmtKind::IfRestore(param, b) => {
                line(&format!("if restore {param} {{"));
                self.nested(text, b, depth);
                text.push_str(&format!("{pad}}}\n"));
            }
            StmtKind::Turn(Toward::Reverse) => line("-- reverse"),
            StmtKind::Turn(Toward::Forward) => line("-- forward"),
            kind => line(&self.transformed(kind)),
        }
    }

    /// What a loop cuts out before it runs stands at the top of its body.
    fn window(&self, text: &mut String, window: &Window, depth: usize) {
        let pad = "    ".repeat(depth);
        self.block(text, &window.start, depth + 1);
        let (alias, place) = (self.var(window.alias), self.place(&window.place));
        let borrow = if window.mutable { "&mut " } else { "&" };
        let at = self.operand(&window.at);
        let under = window
            .under
            .as_ref()
            .map(|set| format!(" if active {}", self.act(set)));
        let under = under.unwrap_or_default();
        text.push_str(&format!(
            "{pad}    cut {alias} = {borrow}{place}[{at}..]{under}\n"
        ));
    }

    fn for_head(&self, l: &For) -> String {
        let label = l.label.map(|l| format!("'{}: ", l.0)).unwrap_or_default();
        let dots = if l.inclusive { "..=" } else { ".." };
        let down = if l.descending { " descending" } else { "" };
        let rows = match (l.rows.is_empty(), l.rows_are) {
            (true, _) => String::new(),
            (_, Rows::Written) => format!(" writing {}", self.vars(&l.rows)),
            (_, Rows::Bound) => format!(" binding {}", self.vars(&l.rows)),
        };
        let checkpoint = l
            .checkpoint
            .as_ref()
            .map_or_else(String::new, |n| format!("checkpoint {} ", self.operand(n)));
        let parallel = if l.parallel { "parallel " } else { "" };
        let (lo, hi) = (self.operand(&l.lo), self.operand(&l.hi));
        format!(
            "{label}{parallel}{checkpoint}for {} in {lo}{dots}{hi}{down}{rows}",
            self.var(l.index)
        )
    }

    fn tans(&self, tans: &[TanArg]) -> String {
        let tans: Vec<String> = tans
            .iter()
            .map(|tan| match &tan.tan {
                TanSource::Empty => "-".to_string(),
                TanSource::Value(a) => self.operand(a),
                TanSource::Place(p) => format!("&{}", self.place(p)),
            })
            .collect();
        format!("tan({})", tans.join(", "))
    }

    /// Statements that only the transforms write.
    fn transformed(&self, kind: &StmtKind) -> String {
        match kind {
            StmtKind::Push(vars) => format!("keep {}", self.vars(vars)),
            StmtKind::Pop(vars) => format!("bind {}", self.vars(vars)),
            StmtKind::VecTruncate(p) => format!("truncate {}", self.place(p)),
            StmtKind::CallReverse(c) => {
                let slots: Vec<String> = c
                    .slots
                    .iter()
                    .map(|(set, p)| {
                        let slot = p.as_ref().map(|p| self.place(p)).unwrap_or_default();
                        format!("{}{slot}", self.act(set))
                    })
                    .collect();
                let seed = self.place(&c.seed);
                let call = self.call(&c.call);
                let line = format!("reverse {call} slots({}) seed {seed}", slots.join(", "));
                let Some(tangents) = &c.tangents else {
                    return line;
                };
                let place =
                    |p: &Option<Place>| p.as_ref().map(|p| self.place(p)).unwrap_or_default();
                let slots: Vec<String> = tangents.slots.iter().map(place).collect();
                let (args, seed) = (self.tans(&tangents.args), place(&tangents.seed));
                format!("{line} {args} slots({}) seed {seed}", slots.join(", "))
            }
            StmtKind::CallJvp {
                value,
                tangent,
                call,
                tans,
                kept,
            } => {
                let sweep = if kept.is_some() { "forward " } else { "" };
                let (v, t) = (self.var(*value), self.var(*tangent));
                format!(
                    "let {v}, {t} = {sweep}jvp {} {}",
                    self.call(call),
                    self.tans(tans)
                )
            }
            StmtKind::Heading(tans) => format!("heading {}", self.tans(tans)),
            StmtKind::SaveFinal(v) => format!("save {}", self.var(*v)),
            StmtKind::RestoreFinal(v) => format!("restore {}", self.var(*v)),
            StmtKind::Recycle(v) => format!("recycle {}", self.var(*v)),
            _ => String::new(),
        }
    }
}

fn symbol(op: BinOp) -> &'static str {
    match op {
        BinOp::AddAssign => "+=",
        BinOp::SubAssign => "-=",
        BinOp::MulAssign => "*=",
        BinOp::DivAssign => "/=",
        BinOp::RemAssign => "%=",
        BinOp::Add => "+",
        BinOp::Sub => "-",
        BinOp::Mul => "*",
        BinOp::Div => "/",
        BinOp::Rem => "%",
        BinOp::BitAnd => "&",
        BinOp::BitOr => "|",
        BinOp::BitXor => "^",
        BinOp::Shl => "<<",
        BinOp::Shr => ">>",
        BinOp::Lt => "<",
        BinOp::Le => "<=",
        BinOp::Gt => ">",
        BinOp::Ge => ">=",
        BinOp::Eq => "==",
        BinOp::Ne => "!=",
    }
}

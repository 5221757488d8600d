//! Tests of the output on programs that are built by hand.

use std::collections::BTreeMap;

use proc_macro2::Span;

use super::*;
use crate::analysis::kinks::SiteInfo;
use crate::diag::Errors;
use crate::ir::{
    ActSet, BinOp, Block, For, Loop, Op, Operand, Passing, Place, Proj, Rows, Stmt, StmtKind, Ty,
    Var, VarInfo, VarKind,
};
use crate::rules;

/// A program in the making.
#[derive(Default)]
struct Builder {
    vars: Vec<VarInfo>,
    activity: Activity,
    sites: Sites,
    kept: Kept,
}

impl Builder {
    fn var(&mut self, name: &str, kind: VarKind, ty: Ty, act: &[usize]) -> Var {
        let var = Var(u32::try_from(self.vars.len()).unwrap());
        self.vars.push(VarInfo {
            name: name.into(),
            kind,
            ty,
            span: Span::call_site(),
            on_tape: None,
            function: None,
            by_reference: [false; 2],
        });
        if !act.is_empty() {
            self.activity.insert(var, set(act));
        }
        var
    }

    fn temp(&mut self, name: &str, ty: Ty, act: &[usize]) -> Var {
        self.var(name, VarKind::Temp, ty, act)
    }

    fn memory(&mut self, name: &str, ty: Ty, act: &[usize]) -> Var {
        self.var(name, VarKind::Memory, ty, act)
    }

    fn param(&mut self, index: usize, name: &str, passing: Passing, ty: Ty, act: &[usize]) -> Var {
        self.var(name, VarKind::Param { index, passing }, ty, act)
    }

    fn slot(&mut self, index: usize, name: &str, of: Passing, ty: Ty) -> Var {
        self.var(name, VarKind::Slot { index, of }, ty, &[])
    }

    fn site(&mut self, var: Var, kind: &'static str, source: &str) {
        let info = SiteInfo {
            index: self.sites.len(),
            kind,
            span: Span::call_site(),
            source: source.into(),
        };
        self.sites.insert(var, info);
    }

    fn emit(&self, args: &str, item: &str, adjoint: &Adjoint, tangent: &Tangent) -> String {
        let mut errors = Errors::new();
        let options = Options::parse(args.parse().unwrap(), &mut errors);
        let function: syn::ItemFn = syn::parse_str(item).unwrap();
        let sig = Signature::parse(&function, None, &options, &mut errors);
        assert_eq!(errors.into_tokens().to_string(), "");
        let none = TokenStream::new();
        let facts = Facts {
            closures: &none,
            activity: &self.activity,
            sites: &self.sites,
            kept: &self.kept,
            user_vars: 0,
            checked: false,
            overwrites: &[],
        };
        let tokens = emit(
            &sig,
            &options,
            &function,
            adjoint,
            tangent,
            &facts,
            &More::default(),
        );
        syn::parse2::<syn::File>(tokens.clone()).expect("the output parses");
        tokens.to_string()
    }
}

fn set(act: &[usize]) -> ActSet {
    ActSet(act.iter().copied().collect())
}
fn f64_ty() -> Ty {
    Ty::Float(Some(proc_macro2::Ident::new("f64", Span::call_site())))
}
fn usize_ty() -> Ty {
    Ty::Int(Some(proc_macro2::Ident::new("usize", Span::call_site())))
}
fn slice() -> Ty {
    Ty::Slice(Box::new(f64_ty()))
}
fn v(var: Var) -> Operand {
    Operand::Var(var)
}
fn at(var: Var) -> Place {
    Place {
        root: var,
        proj: Vec::new(),
    }
}
fn idx(var: Var, i: impl Into<Operand>) -> Place {
    Place {
        root: var,
        proj: vec![Proj::Index(i.into())],
    }
}
impl From<Var> for Operand {
    fn from(var: Var) -> Self {
        Operand::Var(var)
    }
}
fn lit(text: &str) -> Operand {
    Operand::Lit(syn::parse_str(text).unwrap())
}
fn stmt(kind: StmtKind) -> Stmt {
    Stmt {
        kind,
        span: Span::call_site(),
    }
}
fn bind(var: Var, op: Op) -> Stmt {
    stmt(StmtKind::Let(var, op))
}
fn add(place: Place, value: Operand) -> Stmt {
    stmt(StmtKind::Update {
        place,
        negate: false,
        value,
    })
}
fn row(name: &str) -> &'static rules::Row {
    rules::find(name).unwrap()
}

fn counted(
    index: Var,
    hi: Operand,
    descending: bool,
    body: Vec<Stmt>,
    rows: &[Var],
    rows_are: Rows,
) -> Stmt {
    stmt(StmtKind::For(Box::new(For {
        label: None,
        index,
        lo: lit("0"),
        hi,
        inclusive: false,
        descending,
        user_descending: false,
        body: Block(body),
        rows: rows.to_vec(),
        rows_are,
        checkpoint: None,
        parallel: false,
        windows: Vec::new(),
    })))
}

const LAYER: &str = "
    /// A layer.
    pub fn layer(x: f64, w: &[f64], y: &mut [f64], n: usize) -> f64 {
        for i in 0..w.len() { y[i] = (w[i] * x + y[i]).max(0.0); }
        if x < 1.0 { x.sin() } else { x }
    }";

/// Elements of `y` are overwritten; kept values go through rows.
fn layer() -> String {
    let mut b = Builder::default();
    let x = b.param(0, "x", Passing::Value, f64_ty(), &[0]);
    let w = b.param(1, "w", Passing::Ref, slice(), &[1]);
    let y = b.param(2, "y", Passing::RefMut, slice(), &[0, 1, 2]);
    let n = b.param(3, "n", Passing::Value, usize_ty(), &[]);
    let params = vec![x, w, y, n];
    let xv = b.temp("x", f64_ty(), &[0]);
    let len = b.temp("n", usize_ty(), &[]);
    let i = b.temp("i", usize_ty(), &[]);
    let a = b.temp("t", f64_ty(), &[1]);
    let p = b.temp("t", f64_ty(), &[0, 1]);
    let old = b.temp("t", f64_ty(), &[0, 1, 2]);
    let q = b.temp("t", f64_ty(), &[0, 1, 2]);
    let m = b.temp("t", f64_ty(), &[0, 1, 2]);
    b.site(m, "Max", "(w[i] * x + y[i]).max(0.0)");
    let c = b.temp("c", Ty::Bool, &[]);
    b.site(c, "Less", "x < 1.0");
    let r = b.memory("r", f64_ty(), &[0]);
    let sin = b.temp("sin", f64_ty(), &[0]);
    let z = b.temp("z", f64_ty(), &[0]);
    let user = b.vars.len();

    let body = vec![
        bind(a, Op::Read(idx(w, i))),
        bind(p, Op::Binary(BinOp::Mul, v(a), v(xv))),
        bind(old, Op::Read(idx(y, i))),
        bind(q, Op::Binary(BinOp::Add, v(p), v(old))),
        bind(m, Op::Prim(row("max"), vec![v(q), lit("0.0")])),
        stmt(StmtKind::Store(idx(y, i), v(m))),
    ];
    let branches = |b: Vec<Stmt>, c: Vec<Stmt>, cond| stmt(StmtKind::If(cond, Block(b), Block(c)));
    let program = |body: Vec<Stmt>, rows: &[Var]| {
        vec![
            bind(xv, Op::Read(at(x))),
            bind(len, Op::Len(at(w))),
            counted(i, v(len), false, body, rows, Rows::Written),
            bind(c, Op::Binary(BinOp::Lt, v(xv), lit("1.0"))),
            stmt(StmtKind::Declare(r, None)),
            branches(
                vec![
                    bind(sin, Op::Prim(row("sin"), vec![v(xv)])),
                    stmt(StmtKind::Store(at(r), v(sin))),
                ],
                vec![stmt(StmtKind::Store(at(r), v(xv)))],
                v(c),
            ),
            bind(z, Op::Read(at(r))),
        ]
    };
    let forward = program(body.clone(), &[old, q]);

    // The adjoint.
    let x_adj = b.slot(0, "x_adj", Passing::Value, f64_ty());
    let w_adj = b.slot(1, "w_adj", Passing::Ref, slice());
    let y_adj = b.slot(2, "y_adj", Passing::RefMut, slice());
    let seed = b.slot(usize::MAX, "seed", Passing::Value, f64_ty());
    let cos = b.temp("cos", f64_ty(), &[]);
    let (s, u, t) = (
        b.temp("s", f64_ty(), &[]),
        b.temp("u", f64_ty(), &[]),
        b.temp("t", f64_ty(), &[]),
    );
    let weights = b.temp("weights", Ty::Array(Box::new(f64_ty())), &[]);
    let (w0, c0) = (b.temp("w", f64_ty(), &[]), b.temp("c", f64_ty(), &[]));
    let (g, h) = (b.temp("g", f64_ty(), &[]), b.temp("h", f64_ty(), &[]));
    let back = vec![
        stmt(StmtKind::Store(idx(y, i), v(old))),
        bind(t, Op::Take(idx(y_adj, i))),
        bind(
            weights,
            Op::Weights(
                row("max"),
                vec![(set(&[0, 1, 2]), v(q)), (set(&[]), lit("0.0"))],
            ),
        ),
        bind(w0, Op::Read(idx(weights, lit("0")))),
        bind(c0, Op::Scale(v(w0), v(t))),
        stmt(StmtKind::IfActive(
            set(&[1]),
            Block(vec![
                bind(g, Op::Binary(BinOp::Mul, v(c0), v(xv))),
                add(idx(w_adj, i), v(g)),
            ]),
        )),
        bind(a, Op::Read(idx(w, i))),
        bind(h, Op::Binary(BinOp::Mul, v(c0), v(a))),
        add(at(x_adj), v(h)),
        add(idx(y_adj, i), v(c0)),
    ];
    let reverse = vec![
        stmt(StmtKind::SaveFinal(y)),
        bind(s, Op::Read(at(seed))),
        branches(
            vec![
                bind(cos, Op::Prim(row("cos"), vec![v(xv)])),
                bind(u, Op::Binary(BinOp::Mul, v(cos), v(s))),
                add(at(x_adj), v(u)),
            ],
            vec![add(at(x_adj), v(s))],
            v(c),
        ),
        counted(i, v(len), true, back, &[old, q], Rows::Bound),
        stmt(StmtKind::RestoreFinal(y)),
    ];
    let adjoint = Adjoint {
        vars: b.vars.clone(),
        params: params.clone(),
        forward: Block(forward),
        reverse: Block(reverse),
        frame: vec![xv, len, c],
        result: Some(v(z)),
        slots: vec![Some(x_adj), Some(w_adj), Some(y_adj), None],
        seed: Some(seed),
        rereads: [0, 1, 2].into(),
        primal: BTreeMap::new(),
    };

    // The tangent, of `y` only as far as the test looks.
    let mut vars = b.vars[..user].to_vec();
    std::mem::swap(&mut vars, &mut b.vars);
    let x_tan = b.slot(0, "x_tan", Passing::Value, f64_ty());
    let w_tan = b.slot(1, "w_tan", Passing::Ref, slice());
    let y_tan = b.slot(2, "y_tan", Passing::RefMut, slice());
    let dx = b.temp("x_tan", f64_ty(), &[]);
    let zt = b.temp("z_tan", f64_ty(), &[]);
    let (d, e) = (b.temp("w_tan", f64_ty(), &[]), b.temp("t", f64_ty(), &[]));
    let mut jvp_body = body;
    jvp_body.extend([
        bind(d, Op::ReadWhen(set(&[1]), idx(w_tan, i), v(a))),
        bind(e, Op::Binary(BinOp::Mul, v(d), v(xv))),
        stmt(StmtKind::IfActive(
            set(&[2]),
            Block(vec![add(idx(y_tan, i), v(e))]),
        )),
    ]);
    let mut tangent = program(jvp_body, &[]);
    tangent.extend([
        bind(dx, Op::Read(at(x_tan))),
        bind(zt, Op::When(set(&[0]), v(dx))),
    ]);
    let tangent = Tangent {
        vars: b.vars.clone(),
        params,
        body: Block(tangent),
        result: Some(v(z)),
        result_tan: Some(v(zt)),
        slots: vec![Some(x_tan), Some(w_tan), Some(y_tan), None],
        companions: std::collections::BTreeSet::new(),
        lanes: None,
    };
    b.emit("", LAYER, &adjoint, &tangent)
}

const NEWTON: &str = "
    fn newton<T: num_traits::Float>(a: T) -> T {
        let mut x = a;
        while x < a { x = x * a; }
        x
    }";

/// A loop without a trip count: a stack, and a generic float.
fn newton() -> String {
    let t = || Ty::Float(Some(proc_macro2::Ident::new("T", Span::call_site())));
    let mut b = Builder::default();
    let a = b.param(0, "a", Passing::Value, t(), &[0]);
    let av = b.temp("a", t(), &[0]);
    let x = b.memory("x", t(), &[0]);
    let xv = b.temp("x", t(), &[0]);
    let c = b.temp("again", Ty::Bool, &[]);
    b.site(c, "Less", "x < a");
    let p = b.temp("t", t(), &[0]);
    let trips = b.temp("trips", usize_ty(), &[]);
    let z = b.temp("z", t(), &[0]);
    b.kept.forward.insert(xv);
    b.kept.reverse.insert(xv);
    let a_adj = b.slot(0, "a_adj", Passing::Value, t());
    let seed = b.slot(usize::MAX, "seed", Passing::Value, t());
    let x_adj = b.memory("x_adj", t(), &[]);
    let (k, s) = (b.temp("k", usize_ty(), &[]), b.temp("s", t(), &[]));
    let (s1, s2, s3, s4) = (
        b.temp("s", t(), &[]),
        b.temp("s", t(), &[]),
        b.temp("s", t(), &[]),
        b.temp("s", t(), &[]),
    );
    let step = |push: bool| {
        let mut body = vec![
            bind(xv, Op::Read(at(x))),
            bind(c, Op::Binary(BinOp::Lt, v(xv), v(av))),
            stmt(StmtKind::If(
                v(c),
                Block(vec![
                    bind(p, Op::Binary(BinOp::Mul, v(xv), v(av))),
                    stmt(StmtKind::Store(at(x), v(p))),
                ]),
                Block::default(),
            )),
        ];
        if push {
            body.push(stmt(StmtKind::Push(vec![xv, c])));
        }
        vec![
            bind(av, Op::Read(at(a))),
            stmt(StmtKind::Declare(x, Some(Op::Use(v(av))))),
            stmt(StmtKind::Loop(Box::new(Loop {
                label: None,
                body: Block(body),
                again: v(c),
                trips: Some(trips),
            }))),
            bind(z, Op::Read(at(x))),
        ]
    };
    let reverse = vec![
        bind(s, Op::Read(at(seed))),
        stmt(StmtKind::Declare(x_adj, Some(Op::Zero))),
        add(at(x_adj), v(s)),
        counted(
            k,
            v(trips),
            true,
            vec![
                stmt(StmtKind::Pop(vec![xv, c])),
                stmt(StmtKind::If(
                    v(c),
                    Block(vec![
                        bind(s1, Op::Take(at(x_adj))),
                        bind(s2, Op::Binary(BinOp::Mul, v(s1), v(av))),
                        bind(s3, Op::Binary(BinOp::Mul, v(s1), v(xv))),
                        add(at(x_adj), v(s2)),
                        add(at(a_adj), v(s3)),
                    ]),
                    Block::default(),
                )),
            ],
            &[],
            Rows::Bound,
        ),
        bind(s4, Op::Read(at(x_adj))),
        add(at(a_adj), v(s4)),
    ];
    let adjoint = Adjoint {
        vars: b.vars.clone(),
        params: vec![a],
        forward: Block(step(true)),
        reverse: Block(reverse),
        frame: vec![av, trips],
        result: Some(v(z)),
        slots: vec![Some(a_adj)],
        seed: Some(seed),
        rereads: [0].into(),
        primal: BTreeMap::new(),
    };
    let tangent = Tangent {
        vars: b.vars.clone(),
        params: vec![a],
        body: Block(step(false)),
        result: Some(v(z)),
        result_tan: None,
        companions: std::collections::BTreeSet::new(),
        lanes: None,
        slots: vec![Some(a_adj)],
    };
    b.emit(
        "select = left, name = newton_ad",
        NEWTON,
        &adjoint,
        &tangent,
    )
}

/// The text with single spaces and without those that tokens need not have.
fn compact(text: &str) -> String {
    text.split_whitespace().collect()
}

fn assert_holds(output: &str, parts: &[&str]) {
    let output_compact = compact(output);
    for part in parts {
        assert!(
            output_compact.contains(&compact(part)),
            "missing: {part}\n{output}"
        );
    }
}

#[test]
fn public_functions_have_the_promised_shapes() {
    assert_holds(
        &layer(),
        &[
            "pub struct layer {}",
            "pub fn grad(x: f64, w: &[f64], y: &mut [f64], y_adj: &mut [f64], n: usize,)
                -> (f64, (f64, ::std::vec::Vec<f64>))",
            "pub fn grad_with<__R: ::ad_runtime::__private::Rule>(",
            "pub fn vjp(x: f64, w: &[f64], y: &mut [f64], y_adj: &mut [f64], n: usize, seed: f64)",
            "pub fn vjp_into(tape: &mut ::ad_runtime::Tape, x: f64, x_adj: &mut f64, w: &[f64],
                w_adj: &mut [f64], y: &mut [f64], y_adj: &mut [f64], n: usize, seed: f64) -> f64",
            "pub fn jvp(x: f64, x_tan: f64, w: &[f64], w_tan: &[f64], y: &mut [f64], y_tan: &mut [f64],
                n: usize,) -> (f64, f64)",
            "pub fn trace(x: f64, w: &[f64], y: &mut [f64], n: usize,) -> (f64, ::ad_runtime::Trace)",
            "check_len(\"w_adj\", w_adj.len(), \"w\", w.len());",
        ],
    );
}

#[test]
fn the_forward_sweep_logs_and_keeps() {
    assert_holds(
        &layer(),
        &[
            "let t_4 = t_2 + t_3; let t_5 = t_4.max(0.0);",
            "kink::max(sel, tape, &Self::SITES[0], [__A0::ON",
            "guard(sel, tape, &Self::SITES[1], __A0::ON, x_2 < 1.0, ||
                __rt::margin(x_2, 1.0))",
            "y[i] = t_5;",
            "|  0 | `(w[i] * x + y[i]).max(0.0)` | `Max` | half of each operand; 0 against a constant |",
        ],
    );
    assert_eq!(
        layer().matches("kink").count(),
        2,
        "once in the forward sweep, once in the tangent"
    );
}

#[test]
fn generic_floats_and_options_are_emitted() {
    assert_holds(
        &newton(),
        &[
            "struct newton_ad {}",
            "T: ::ad_runtime::__private::Scalar",
            "::under::<::ad_runtime::__private::Left>(__sel)",
            "Select<::ad_runtime::__private::Left, ::ad_runtime::__private::Off>",
            "grad_with<__R: ::ad_runtime::__private::Rule, T: num_traits::Float>(a: T,) -> (T, T)",
            "let mut trips = 0_usize; loop {",
            "if !again { break; }",
            "__from_f64(0.0)",
        ],
    );
}

#[test]
fn output_is_deterministic() {
    assert_eq!(layer(), layer());
    assert_eq!(newton(), newton());
}

#[test]
fn a_stub_has_the_same_signatures() {
    let function: syn::ItemFn = syn::parse_str(LAYER).unwrap();
    let options = Options::default();
    let sig = Signature::parse(&function, None, &options, &mut Errors::new());
    let tokens = stub(&sig, &options, &function);
    syn::parse2::<syn::File>(tokens.clone()).unwrap();
    let heads = |text: &str| -> BTreeMap<String, String> {
        let head = |f: &str| f.split_once('{').map(|(head, _)| head.to_owned());
        let all = text.split("pub fn ").skip(1).filter_map(head);
        all.map(|h| {
            (
                h.split(['(', '<'])
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .to_owned(),
                h,
            )
        })
        .collect()
    };
    assert_eq!(heads(&tokens.to_string()), heads(&layer()));
}

/// Writes the outputs as a crate's source where `EMIT_OUT` names a file, to be
/// compiled with the runtime by hand.
#[test]
fn outputs_can_be_written() {
    if let Ok(path) = std::env::var("EMIT_OUT") {
        let text = format!("{LAYER}\n{}\n{NEWTON}\n{}", layer(), newton());
        let file = syn::parse_str::<syn::File>(&text).unwrap();
        std::fs::write(path, pretty(&quote::quote!(#file))).unwrap();
    }
}

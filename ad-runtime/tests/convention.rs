//! Functions written by hand in the calling convention that the macro emits:
//! an operator and a method of a user's type, a generic function, a
//! tuple-struct constructor, and a call of one function by another. They show
//! that the traits of the runtime carry them, with no type named in a body.

use ad_runtime::testing::{check_grad, check_jvp};
use ad_runtime::{Tape, Verdict};

use ad_runtime::__private as rt;
use rt::{Activity, Phase, Scalar, Selector, Tan};

/// The tuple struct of a user, its tangent, and its traits as a derive gives them.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pair(f64, f64);

#[derive(Clone, Copy, Debug, PartialEq)]
struct PairTangent(f64, f64);

impl rt::Differentiable for Pair {
    type Tangent = PairTangent;
    fn zero_like(&self) -> PairTangent {
        PairTangent(rt::zero_like(&self.0), rt::zero_like(&self.1))
    }
}

impl rt::Tangent for PairTangent {
    type Lanes<const N: usize> = ad_runtime::Lanes<Self, N>;
    fn join<const N: usize>(parts: [Self; N]) -> Self::Lanes<N> {
        ad_runtime::Lanes(parts)
    }
    fn lane<const N: usize>(lanes: &Self::Lanes<N>, k: usize) -> Self {
        lanes.0[k]
    }
    fn put<const N: usize>(self, lanes: &mut Self::Lanes<N>, k: usize) {
        lanes.0[k] = self;
    }
    fn empty() -> Self {
        PairTangent(rt::empty(), rt::empty())
    }
    fn add(&mut self, other: &Self) {
        rt::add(&mut self.0, &other.0);
        rt::add(&mut self.1, &other.1);
    }
    fn sub(&mut self, other: &Self) {
        rt::sub(&mut self.0, &other.0);
        rt::sub(&mut self.1, &other.1);
    }
    fn scale(&mut self, factor: f64) {
        self.0 *= factor;
        self.1 *= factor;
    }
    fn dot(&self, other: &Self) -> f64 {
        self.0 * other.0 + self.1 * other.1
    }
    fn clear(&mut self) {
        rt::clear(&mut self.0);
        rt::clear(&mut self.1);
    }
    fn each(&mut self, f: &mut dyn FnMut(f64) -> f64) {
        self.0 = f(self.0);
        self.1 = f(self.1);
    }
    fn take(&mut self) -> Self {
        PairTangent(rt::take(&mut self.0), rt::take(&mut self.1))
    }
}

impl rt::Record for Pair {
    fn push(self, tape: &mut Tape) {
        rt::Record::push((self.0, self.1), tape);
    }
    fn pop(tape: &mut Tape) -> Self {
        let (a, b) = rt::Record::pop(tape);
        Pair(a, b)
    }
}

impl rt::Record for PairTangent {
    fn push(self, tape: &mut Tape) {
        rt::Record::push((self.0, self.1), tape);
    }
    fn pop(tape: &mut Tape) -> Self {
        let (a, b) = rt::Record::pop(tape);
        PairTangent(a, b)
    }
}

impl rt::AllFinite for Pair {
    fn all_finite(&self) -> bool {
        self.0.is_finite() && self.1.is_finite()
    }
}

impl rt::AllFinite for PairTangent {
    fn all_finite(&self) -> bool {
        self.0.is_finite() && self.1.is_finite()
    }
}

/// The operator of a user, `Pair * f64`.
impl std::ops::Mul<f64> for Pair {
    type Output = Pair;
    fn mul(self, k: f64) -> Pair {
        Pair(self.0 * k, self.1 * k)
    }
}

/// What the attribute on that `impl` adds.
impl rt::rules::MulVjp<f64> for Pair {
    type Out = Pair;
    fn __left(&self, k: &f64, seed: &PairTangent) -> PairTangent {
        PairTangent(seed.0 * k, seed.1 * k)
    }
    fn __right(&self, _: &f64, seed: &PairTangent) -> f64 {
        seed.0 * self.0 + seed.1 * self.1
    }
    fn __jvp(&self, k: &f64, tan: &PairTangent, k_tan: &f64) -> PairTangent {
        PairTangent(tan.0 * k + self.0 * k_tan, tan.1 * k + self.1 * k_tan)
    }
    fn __left_tan(
        &self,
        k: &f64,
        _: &PairTangent,
        k_tan: &f64,
        seed: &PairTangent,
        seed_tan: &PairTangent,
    ) -> PairTangent {
        PairTangent(
            seed_tan.0 * k + seed.0 * k_tan,
            seed_tan.1 * k + seed.1 * k_tan,
        )
    }
    fn __right_tan(
        &self,
        _: &f64,
        tan: &PairTangent,
        _: &f64,
        seed: &PairTangent,
        seed_tan: &PairTangent,
    ) -> f64 {
        seed_tan.0 * self.0 + seed_tan.1 * self.1 + seed.0 * tan.0 + seed.1 * tan.1
    }
}

/// The method of a user, called `push` as `Vec`'s is: the larger side grows.
impl Pair {
    fn push(&self, x: f64) -> f64 {
        self.0.max(self.1) + x * x
    }
}

static PUSH: [rt::Site; 1] = [rt::site(
    0,
    rt::SiteKind::Max,
    "push",
    file!(),
    1,
    1,
    "self.0.max(self.1)",
)];

/// What the attribute on that method adds, in the shape of `__rev`.
impl Pair {
    #[expect(
        clippy::too_many_arguments,
        reason = "the convention: a slot and a marker for each"
    )]
    fn __push_adj<S: Selector, P: Phase, A0: Activity, A1: Activity>(
        &self,
        self_adj: &mut Tan<Pair>,
        tape: &mut Tape,
        sel: S,
        _: P,
        _: (A0, A1),
        x: f64,
        x_adj: &mut f64,
        seed: &f64,
    ) -> P::Out<f64> {
        let w = rt::witness();
        let (ret, frame) = if P::FWD {
            let larger = self.0.max(self.1);
            rt::kink::max(sel, tape, &PUSH[0], [A0::ON, A0::ON], [self.0, self.1]);
            let ret = larger + x * x;
            if !P::REV {
                if P::TAPE {
                    w.push((x,), tape);
                }
                return P::out(Some(ret));
            }
            (Some(ret), (x,))
        } else {
            (None, w.pop(tape))
        };
        let (x,) = frame;
        if A0::ON {
            let [a, b] = rt::weight::max(sel, tape, [A0::ON, A0::ON], [self.0, self.1]);
            self_adj.0 += rt::scale(a, *seed);
            self_adj.1 += rt::scale(b, *seed);
        }
        if A1::ON {
            *x_adj += *seed * x + *seed * x;
        }
        P::out(ret)
    }
}

/// `fn squash<T: Float>(x: T, scale: T) -> T { (x * scale).tanh() }`
fn squash<T: num_traits::Float>(x: T, scale: T) -> T {
    (x * scale).tanh()
}

struct Squash;

impl Squash {
    const RECOMPUTE: bool = true;

    #[expect(
        clippy::too_many_arguments,
        reason = "the convention: a slot and a marker for each"
    )]
    fn adj<T: Scalar, S: Selector, P: Phase, A0: Activity, A1: Activity>(
        tape: &mut Tape,
        _: S,
        _: P,
        _: (A0, A1),
        x: T,
        x_adj: &mut T,
        scale: T,
        scale_adj: &mut T,
        seed: &T,
    ) -> P::Out<T> {
        let (ret, frame) = if P::FWD {
            let z = (x * scale).tanh();
            if !P::REV {
                if P::TAPE {
                    rt::Record::push((z,), tape);
                }
                return P::out(Some(z));
            }
            (Some(z), (z,))
        } else {
            (None, rt::Record::pop(tape))
        };
        let (z,) = frame;
        let t_adj = (T::one() - z * z) * *seed;
        // The types of x and scale are known here; this is how it is where not.
        if A0::ON {
            rt::add(x_adj, &rt::rules::mul_left(&x, &scale, &t_adj));
        }
        if A1::ON {
            rt::add(scale_adj, &rt::rules::mul_right(&x, &scale, &t_adj));
        }
        P::out(ret)
    }
}

/// The caller:
/// `fn f(x: f64, y: f64) -> f64 { let p = Pair(x, y) * squash(x, 0.5); p.push(y) }`
fn f(x: f64, y: f64) -> f64 {
    let p = Pair(x, y) * squash(x, 0.5);
    p.push(y)
}

#[expect(
    clippy::too_many_arguments,
    reason = "the convention: a slot and a marker for each"
)]
fn f_adj<S: Selector, P: Phase, A0: Activity, A1: Activity>(
    tape: &mut Tape,
    sel: S,
    _: P,
    act: (A0, A1),
    x: f64,
    x_adj: &mut f64,
    y: f64,
    y_adj: &mut f64,
    seed: &f64,
) -> P::Out<f64> {
    let recompute = S::PLAIN && Squash::RECOMPUTE;
    let (ret, frame) = if P::FWD {
        let t0 = Pair(x, y);
        let t1 = if recompute {
            squash(x, 0.5)
        } else {
            Squash::adj(
                tape,
                sel,
                rt::Forward,
                (act.0, rt::Inactive),
                x,
                rt::Hold::new().slot(),
                0.5,
                rt::Hold::new().slot(),
                rt::Hold::new().shared(),
            )
        };
        let p = t0 * t1;
        let ret = p.__push_adj(
            rt::Hold::new().slot(),
            tape,
            sel,
            rt::Forward,
            (act.0.or(act.1), act.1),
            y,
            rt::Hold::new().slot(),
            rt::Hold::new().shared(),
        );
        if !P::REV {
            if P::TAPE {
                rt::Record::push((t0, t1, p), tape);
            }
            return P::out(Some(ret));
        }
        (Some(ret), (t0, t1, p))
    } else {
        (None, rt::Record::pop(tape))
    };
    let (t0, t1, p) = frame;
    let mut p_adj = rt::zero_in(&p, tape);
    p.__push_adj(
        &mut p_adj,
        tape,
        sel,
        rt::Reverse,
        (act.0.or(act.1), act.1),
        y,
        y_adj,
        seed,
    );
    let t1_adj = rt::rules::mul_right(&t0, &t1, &p_adj);
    let t0_adj = rt::rules::mul_left(&t0, &t1, &p_adj);
    let inner = (act.0, rt::Inactive);
    if recompute {
        Squash::adj(
            tape,
            sel,
            rt::Both,
            inner,
            x,
            x_adj,
            0.5,
            rt::Hold::new().slot(),
            &t1_adj,
        );
    } else {
        Squash::adj(
            tape,
            sel,
            rt::Reverse,
            inner,
            x,
            x_adj,
            0.5,
            rt::Hold::new().slot(),
            &t1_adj,
        );
    }
    // A constructor: the fields of its cotangent.
    if A0::ON {
        rt::add(x_adj, &t0_adj.0);
    }
    if A1::ON {
        rt::add(y_adj, &t0_adj.1);
    }
    P::out(ret)
}

fn grad<S: Selector>(tape: &mut Tape, x: [f64; 2]) -> (f64, [f64; 2]) {
    tape.begin();
    let mut adj = [0.0; 2];
    let [x_adj, y_adj] = &mut adj;
    let act = (rt::Active, rt::Active);
    let value = f_adj(
        tape,
        S::default(),
        rt::Outer,
        act,
        x[0],
        x_adj,
        x[1],
        y_adj,
        &1.0,
    );
    (value, adj)
}

type Plain = rt::Select<rt::MinNorm, rt::Off>;
type Counting = rt::Select<rt::MinNorm, rt::Count>;
type Tracing = rt::Select<rt::MinNorm, rt::Recording>;

#[test]
fn the_gradient_is_right_and_the_same_in_every_strategy() {
    for x in [[0.7, 0.3], [0.2, 1.4], [-1.0, 2.0]] {
        check_grad(|[x, y]| f(x, y), |x| grad::<Plain>(&mut Tape::new(), x), x).assert_ok();
        let plain = grad::<Plain>(&mut Tape::new(), x);
        assert_eq!(grad::<Counting>(&mut Tape::new(), x), plain);
        assert_eq!(grad::<Tracing>(&mut Tape::new(), x), plain);
    }
}

#[test]
fn split_sweeps_give_the_same_through_the_tape() {
    let tape = &mut Tape::new();
    let x = [0.7, 0.3];
    for _ in 0..2 {
        let (act, sel) = ((rt::Active, rt::Active), Plain::default());
        let (mut x_adj, mut y_adj) = (0.0, 0.0);
        tape.begin();
        let value = f_adj(
            tape,
            sel,
            rt::Forward,
            act,
            x[0],
            &mut x_adj,
            x[1],
            &mut y_adj,
            &1.0,
        );
        let () = f_adj(
            tape,
            sel,
            rt::Reverse,
            act,
            x[0],
            &mut x_adj,
            x[1],
            &mut y_adj,
            &1.0,
        );
        assert_eq!((value, [x_adj, y_adj]), grad::<Plain>(&mut Tape::new(), x));
    }
}

#[test]
fn inactive_arguments_have_empty_slots() {
    let (tape, x) = (&mut Tape::new(), [0.7, 0.3]);
    let act = (rt::Inactive, rt::Active);
    let mut y_adj = 0.0;
    f_adj(
        tape,
        Plain::default(),
        rt::Outer,
        act,
        x[0],
        rt::Hold::new().slot(),
        x[1],
        &mut y_adj,
        &1.0,
    );
    assert_eq!(y_adj, grad::<Plain>(&mut Tape::new(), x).1[1]);
}

#[test]
fn a_trace_names_the_site_of_the_callee() {
    let tape = &mut Tape::new();
    let (value, _) = grad::<Tracing>(tape, [0.5, 0.5]);
    let trace = rt::finish_trace(tape, rt::all_finite(&value));
    assert_eq!(trace.verdict(), Verdict::Tied);
    assert_eq!(
        trace
            .ties()
            .map(|tie| tie.site.function)
            .collect::<Vec<_>>(),
        ["push"]
    );
    grad::<Counting>(tape, [0.5, 0.25]);
    let ties = rt::finish_ties(tape, true);
    assert_eq!(
        (ties.selections, ties.ties, ties.verdict()),
        (1, 0, Verdict::Classical)
    );
}

#[test]
fn the_tangent_of_an_operator_of_a_user() {
    let jvp = |[a, b, k]: [f64; 3], [a_tan, b_tan, k_tan]: [f64; 3]| {
        let value = Pair(a, b) * k;
        let tan = rt::rules::mul_jvp(&Pair(a, b), &k, &PairTangent(a_tan, b_tan), &k_tan);
        (value.0 + value.1, tan.0 + tan.1)
    };
    let grad = |[a, b, k]: [f64; 3]| {
        let (value, seed) = (Pair(a, b) * k, PairTangent(1.0, 1.0));
        let left = rt::rules::mul_left(&Pair(a, b), &k, &seed);
        (
            value.0 + value.1,
            [left.0, left.1, rt::rules::mul_right(&Pair(a, b), &k, &seed)],
        )
    };
    check_jvp(jvp, grad, [1.0, 2.0, 3.0]).assert_ok();
}

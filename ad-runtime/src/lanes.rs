//! Several tangents at once: forward mode whose tangents have `N` lanes.
//!
//! The lanes of a float are an array, `[f64; N]`; those of an array, a slice, a vector or a
//! tuple are the array, slice, vector or tuple of the lanes of its elements, so that lanes lie
//! innermost and are what a processor works on at once. A type of the user's has `N` tangents
//! ([`Lanes`]).
//!
//! Arithmetic on lanes is written by functions: an array has no operators.

use std::array::from_fn;
use std::ops::{Index, IndexMut};

use crate::finite::AllFinite;
use crate::lowered::Placeholder;
use crate::record::Record;
use crate::scalar::{Scalar, convert as converted, scale as scaled};
use crate::tangent::{Differentiable, Tan, Tangent};
use crate::tape::Tape;

/// `N` tangents of a type with `#[derive(Differentiable)]`: what `f::jvp_lanes::<N>` takes and
/// returns for it. The tangents of floats, arrays, slices, vectors and tuples have their lanes
/// innermost instead, `[f64; N]`.
///
/// ```
/// use ad_runtime::{Differentiable, Lanes, conservative_grad};
///
/// #[derive(Clone, Copy, Differentiable)]
/// struct Point {
///     x: f64,
///     y: f64,
/// }
///
/// #[conservative_grad]
/// fn area(p: Point) -> f64 {
///     p.x * p.y
/// }
///
/// let point = Point { x: 2.0, y: 3.0 };
/// let (along_x, along_y) = (PointTangent { x: 1.0, y: 0.0 }, PointTangent { x: 0.0, y: 1.0 });
/// let both = Lanes([along_x, along_y]);
/// assert_eq!(area::jvp_lanes::<2>(point, both), (6.0, [3.0, 2.0]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lanes<T, const N: usize>(pub [T; N]);

impl<T, const N: usize> From<[T; N]> for Lanes<T, N> {
    fn from(tangents: [T; N]) -> Self {
        Lanes(tangents)
    }
}

impl<T: AllFinite, const N: usize> AllFinite for Lanes<T, N> {
    fn all_finite(&self) -> bool {
        self.0.all_finite()
    }
}

impl<T: Record, const N: usize> Record for Lanes<T, N> {
    fn push(self, tape: &mut Tape) {
        self.0.push(tape);
    }
    fn pop(tape: &mut Tape) -> Self {
        Lanes(Record::pop(tape))
    }
}

impl<T: Placeholder, const N: usize> Placeholder for Lanes<T, N> {
    fn placeholder() -> Self {
        Lanes(from_fn(|_| T::placeholder()))
    }
}

impl<T: Tangent, const N: usize> Tangent for Lanes<T, N> {
    type Lanes<const M: usize> = Lanes<Self, M>;
    fn join<const M: usize>(parts: [Self; M]) -> Lanes<Self, M> {
        Lanes(parts)
    }
    fn lane<const M: usize>(lanes: &Lanes<Self, M>, k: usize) -> Self {
        lanes.0[k].clone()
    }
    fn put<const M: usize>(self, lanes: &mut Lanes<Self, M>, k: usize) {
        lanes.0[k] = self;
    }
    fn empty() -> Self {
        Lanes(Tangent::empty())
    }
    fn add(&mut self, other: &Self) {
        self.0.add(&other.0);
    }
    fn sub(&mut self, other: &Self) {
        self.0.sub(&other.0);
    }
    fn scale(&mut self, factor: f64) {
        Tangent::scale(&mut self.0, factor);
    }
    fn dot(&self, other: &Self) -> f64 {
        self.0.dot(&other.0)
    }
    fn clear(&mut self) {
        self.0.clear();
    }
    fn each(&mut self, f: &mut dyn FnMut(f64) -> f64) {
        Tangent::each(&mut self.0, f);
    }
    fn take(&mut self) -> Self {
        Lanes(self.0.take())
    }
}

/// A tangent with an index of the user's has one in lanes only for rustc's type check: the
/// macro cannot tell `v[i]` of a vector from that of a type of the user's.
impl<T: Index<usize, Output: Sized + Tangent>, const N: usize> Index<usize> for Lanes<T, N> {
    type Output = <T::Output as Tangent>::Lanes<N>;
    fn index(&self, _: usize) -> &Self::Output {
        const { no_index() }
        unreachable!()
    }
}

impl<T: Index<usize, Output: Sized + Tangent>, const N: usize> IndexMut<usize> for Lanes<T, N> {
    fn index_mut(&mut self, _: usize) -> &mut Self::Output {
        const { no_index() }
        unreachable!()
    }
}

const fn no_index() {
    panic!(
        "`jvp_lanes` does not follow `v[i]` where `v` is of a type of your own: call `jvp` for each tangent"
    )
}

/// The number of lanes, from which a callee's is inferred.
#[derive(Clone, Copy, Debug)]
pub struct Width<const N: usize>;

/// What `f` makes of each lane. (`array::map` is a call where there are many.)
#[inline(always)]
pub fn map<T: Copy, const N: usize>(mut a: [T; N], f: impl Fn(T) -> T) -> [T; N] {
    for a in &mut a {
        *a = f(*a);
    }
    a
}

/// The same of two.
#[inline(always)]
pub fn zip<T: Copy, const N: usize>(mut a: [T; N], b: [T; N], f: impl Fn(T, T) -> T) -> [T; N] {
    for (a, b) in a.iter_mut().zip(&b) {
        *a = f(*a, *b);
    }
    a
}

/// The sum of two tangents.
#[inline(always)]
pub fn add<T: Scalar, const N: usize>(a: [T; N], b: [T; N]) -> [T; N] {
    zip(a, b, |a, b| a + b)
}

/// The difference of two tangents.
#[inline(always)]
pub fn sub<T: Scalar, const N: usize>(a: [T; N], b: [T; N]) -> [T; N] {
    zip(a, b, |a, b| a - b)
}

/// The negative of a tangent.
#[inline(always)]
pub fn neg<T: Scalar, const N: usize>(a: [T; N]) -> [T; N] {
    map(a, |a| -a)
}

/// A tangent times a partial.
#[inline(always)]
pub fn mul<T: Scalar, const N: usize>(a: [T; N], partial: T) -> [T; N] {
    map(a, |a| a * partial)
}

/// A tangent divided by a value.
#[inline(always)]
pub fn div<T: Scalar, const N: usize>(a: [T; N], by: T) -> [T; N] {
    map(a, |a| a / by)
}

/// A tangent with the weight of a selection: one choice for all lanes.
#[inline(always)]
pub fn scale<T: Scalar, const N: usize>(weight: T, a: [T; N]) -> [T; N] {
    map(a, |a| scaled(weight, a))
}

/// A tangent in another precision.
#[inline(always)]
pub fn convert<B: Scalar, A: Scalar, const N: usize>(a: [A; N]) -> [B; N] {
    let mut out = [B::zero(); N];
    for (out, a) in out.iter_mut().zip(a) {
        *out = converted(a);
    }
    out
}

/// The zero tangent of a value.
#[inline(always)]
pub fn zero_like<T: Differentiable + ?Sized, const N: usize>(
    x: &T,
    _: Width<N>,
) -> <T::Tangent as Tangent>::Lanes<N> {
    T::Tangent::join(from_fn(|_| x.zero_like()))
}

/// What `f` makes of each lane.
#[inline(always)]
pub fn each<T: Tangent, const N: usize>(f: impl FnMut(usize) -> T) -> T::Lanes<N> {
    T::join(from_fn(f))
}

/// The tangent of a lane.
#[inline(always)]
pub fn lane<T: Tangent, const N: usize>(lanes: &T::Lanes<N>, k: usize) -> T {
    T::lane(lanes, k)
}

/// The type of a tangent slot, for the function that is run for one lane after the other.
pub trait Slot {
    /// The slot with lanes.
    type Lanes<const N: usize>: ?Sized;
    /// What owns the slot of one lane.
    type One;
    /// The tangent of a lane.
    fn lane<const N: usize>(lanes: &Self::Lanes<N>, k: usize) -> Self::One;
    /// Makes a tangent that of a lane.
    fn put<const N: usize>(one: Self::One, lanes: &mut Self::Lanes<N>, k: usize);
}

impl<T: Tangent> Slot for T {
    type Lanes<const N: usize> = T::Lanes<N>;
    type One = T;
    #[inline(always)]
    fn lane<const N: usize>(lanes: &T::Lanes<N>, k: usize) -> T {
        T::lane(lanes, k)
    }
    #[inline(always)]
    fn put<const N: usize>(one: T, lanes: &mut T::Lanes<N>, k: usize) {
        one.put(lanes, k);
    }
}

impl<T: Tangent> Slot for [T] {
    type Lanes<const N: usize> = [T::Lanes<N>];
    type One = Vec<T>;
    #[inline]
    fn lane<const N: usize>(lanes: &[T::Lanes<N>], k: usize) -> Vec<T> {
        lanes.iter().map(|lanes| T::lane(lanes, k)).collect()
    }
    #[inline]
    fn put<const N: usize>(one: Vec<T>, lanes: &mut [T::Lanes<N>], k: usize) {
        for (one, lanes) in one.into_iter().zip(lanes) {
            one.put(lanes, k);
        }
    }
}

/// An argument that is needed once for each lane.
#[derive(Debug)]
pub struct Again<'a, T>(pub &'a T);

impl<T: Clone> Again<'_, T> {
    /// Another of it.
    #[inline(always)]
    pub fn again(&self) -> T {
        self.0.clone()
    }
}

/// One whose type cannot be cloned.
pub trait OnlyOnce<T> {
    /// There is no other.
    fn again(&self) -> T;
}

impl<T> OnlyOnce<T> for &Again<'_, T> {
    fn again(&self) -> T {
        const {
            panic!(
                "`jvp_lanes` runs this function once for each lane, and an argument is of a type \
                 that is not `Clone`: derive `Clone`, or call `jvp` for each tangent"
            )
        }
    }
}

/// The tangent with lanes of a value of this type.
pub type TanLanes<T, const N: usize> = <Tan<T> as Tangent>::Lanes<N>;

/// What is refused where `jvp_lanes` is called, and nowhere else: a function that is run for one
/// lane after the other neither prints nor needs an argument twice that cannot be cloned.
///
/// ```
/// # use ad_runtime::{Differentiable, Lanes, conservative_grad};
/// #[derive(Differentiable)]
/// struct Angle(f64);
/// #[conservative_grad]
/// fn f(a: Angle) -> f64 {
///     println!("{}", a.0);
///     a.0
/// }
/// #[conservative_grad]
/// fn g(a: Angle) -> f64 {
///     a.0
/// }
/// assert_eq!(f::jvp(Angle(1.0), AngleTangent(2.0)), (1.0, 2.0));
/// ```
///
/// ```compile_fail
/// # use ad_runtime::{Differentiable, Lanes, conservative_grad};
/// #[derive(Clone, Differentiable)]
/// struct Angle(f64);
/// #[conservative_grad]
/// fn f(a: Angle) -> f64 {
///     println!("{}", a.0);
///     a.0
/// }
/// f::jvp_lanes(Angle(1.0), Lanes([AngleTangent(1.0), AngleTangent(2.0)]));
/// ```
///
/// ```compile_fail
/// # use ad_runtime::{Differentiable, Lanes, conservative_grad};
/// #[derive(Differentiable)]
/// struct Angle(f64);
/// #[conservative_grad]
/// fn g(a: Angle) -> f64 {
///     a.0
/// }
/// g::jvp_lanes(Angle(1.0), Lanes([AngleTangent(1.0), AngleTangent(2.0)]));
/// ```
///
/// ```compile_fail
/// # use ad_runtime::conservative_grad;
/// #[conservative_grad]
/// fn h(x: f64) -> f64 {
///     x
/// }
/// h::jvp_lanes::<0>(1.0, []);
/// ```
#[cfg(doctest)]
struct Refused;

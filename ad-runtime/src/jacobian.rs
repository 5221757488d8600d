//! Jacobians: of forward mode with several tangents at once, or of reverse mode.
//!
//! [`by_columns`] calls `f::jvp_lanes::<N>` once for each `N` inputs; [`by_rows`] calls `f::vjp`
//! once for each output; [`dense`] does what is cheaper. [`Sparse`] collects rows whose entries
//! stand in a few blocks, as those of a least-squares problem do.
//!
//! ```
//! use ad_runtime::{conservative_grad, jacobian};
//!
//! #[conservative_grad]
//! fn polar(x: [f64; 2]) -> [f64; 2] {
//!     [x[0].hypot(x[1]), x[1].atan2(x[0])]
//! }
//!
//! let (value, rows) = jacobian::by_columns(polar::jvp_lanes::<2>, [3.0, 4.0]);
//! assert_eq!(value[0], 5.0);
//! assert_eq!(rows.row(0), [0.6, 0.8]);
//! let (_, same) = jacobian::by_rows(polar, polar::vjp, [3.0, 4.0]);
//! assert_eq!(same.row(0), [0.6, 0.8]);
//! ```
//!
//! *Which is cheaper.* A run of `jvp_lanes::<N>` costs about `1 + N / 2` runs of the function
//! (tangents take twice the arithmetic, and a processor works on four lanes at once), one of
//! `vjp` about 3. For `n` inputs and `m` outputs that is `⌈n / N⌉ (1 + N / 2)` against `3 m`.
//! `N` is best where the tangents that the inner loops touch still lie in the nearest cache: 8
//! is a good start, 16 where little is kept, and all inputs at once where they are few.

use crate::lanes::TanLanes;
use crate::tangent::{Differentiable, Tangent};

/// The inputs of a Jacobian: `f64`, `[f64; K]`, `&[f64; K]`, `&[f64]`, `&Vec<f64>` or
/// `Vec<f64>`. A function of several arguments is given through a closure that splits one array.
pub trait Inputs {
    /// How the function receives them.
    type Arg<'a>;
    /// How it receives their tangents.
    type Lanes<'a, const N: usize>;
    /// Their cotangent, as `f::vjp` returns it.
    type Cotangent: Tangent;
    #[doc(hidden)]
    fn coordinates(&self) -> Vec<f64>;
    #[doc(hidden)]
    fn arg(coordinates: &[f64]) -> Self::Arg<'_>;
    #[doc(hidden)]
    fn lanes<const N: usize>(tangents: &[[f64; N]]) -> Self::Lanes<'_, N>;
}

impl Inputs for f64 {
    type Arg<'a> = f64;
    type Lanes<'a, const N: usize> = [f64; N];
    type Cotangent = f64;
    fn coordinates(&self) -> Vec<f64> {
        vec![*self]
    }
    fn arg(coordinates: &[f64]) -> f64 {
        coordinates[0]
    }
    fn lanes<const N: usize>(tangents: &[[f64; N]]) -> [f64; N] {
        tangents[0]
    }
}

fn as_array<T, const K: usize>(list: &[T]) -> &[T; K] {
    match list.try_into() {
        Ok(array) => array,
        Err(_) => unreachable!("a point keeps its length"),
    }
}

macro_rules! inputs {
    ($([$($generics:tt)*] $of:ty, $arg:ty, $lanes:ty, $cotangent:ty, $make:expr, $make_lanes:expr;)*) => {$(
        impl<$($generics)*> Inputs for $of {
            type Arg<'a> = $arg;
            type Lanes<'a, const N: usize> = $lanes;
            type Cotangent = $cotangent;
            fn coordinates(&self) -> Vec<f64> {
                self.to_vec()
            }
            fn arg(coordinates: &[f64]) -> Self::Arg<'_> {
                $make(coordinates)
            }
            fn lanes<const N: usize>(tangents: &[[f64; N]]) -> Self::Lanes<'_, N> {
                $make_lanes(tangents)
            }
        }
    )*};
}

inputs! {
    [const K: usize] [f64; K], [f64; K], [[f64; N]; K], [f64; K], |x| *as_array(x), |t| *as_array(t);
    [const K: usize] &[f64; K], &'a [f64; K], &'a [[f64; N]; K], [f64; K], as_array, as_array;
    [] &[f64], &'a [f64], &'a [[f64; N]], Vec<f64>, |x| x, |t| t;
    [] &Vec<f64>, &'a [f64], &'a [[f64; N]], Vec<f64>, |x| x, |t| t;
    [] Vec<f64>, Vec<f64>, Vec<[f64; N]>, Vec<f64>, <[f64]>::to_vec, |t: &[[f64; N]]| t.to_vec();
}

/// A dense matrix by rows: a row for each output, a column for each input.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense {
    /// The rows, one after the other.
    pub entries: Vec<f64>,
    /// How long each row is.
    pub columns: usize,
}

impl Dense {
    /// The derivatives of output `i`.
    pub fn row(&self, i: usize) -> &[f64] {
        &self.entries[i * self.columns..][..self.columns]
    }

    /// How many outputs there are.
    pub fn rows(&self) -> usize {
        self.entries.len().checked_div(self.columns).unwrap_or(0)
    }
}

/// The components of a tangent.
fn components<T: Tangent>(mut tangent: T) -> Vec<f64> {
    let mut all = Vec::new();
    tangent.each(&mut |x| {
        all.push(x);
        x
    });
    all
}

/// The value and the Jacobian at `x`, `N` columns at once: `by_columns(f::jvp_lanes::<8>, x)`.
///
/// The last run has lanes to spare where `N` does not divide the number of inputs.
///
/// # Panics
///
/// If the function does, or if there are no inputs.
pub fn by_columns<P, R, F, const N: usize>(jvp_lanes: F, x: P) -> (R, Dense)
where
    P: Inputs,
    R: Differentiable,
    F: for<'a> Fn(P::Arg<'a>, P::Lanes<'a, N>) -> (R, TanLanes<R, N>),
{
    let point = x.coordinates();
    let columns = point.len();
    let mut entries = Vec::new();
    let mut tangents = vec![[0.0; N]; columns];
    let mut first = 0;
    loop {
        let wide = N.min(columns - first);
        for k in 0..wide {
            tangents[first + k][k] = 1.0;
        }
        let (value, lanes) = jvp_lanes(P::arg(&point), P::lanes(&tangents));
        for k in 0..wide {
            tangents[first + k][k] = 0.0;
            let column = components(R::Tangent::lane(&lanes, k));
            entries.resize(column.len() * columns, 0.0);
            for (row, entry) in column.into_iter().enumerate() {
                entries[row * columns + first + k] = entry;
            }
        }
        first += wide;
        if first == columns {
            return (value, Dense { entries, columns });
        }
    }
}

/// The value and the Jacobian at `x`, one row after the other: `by_rows(f, f::vjp, x)`.
///
/// # Panics
///
/// If the function does.
pub fn by_rows<P, R, F, V>(f: F, vjp: V, x: P) -> (R, Dense)
where
    P: Inputs,
    R: Differentiable,
    F: for<'a> Fn(P::Arg<'a>) -> R,
    V: for<'a> Fn(P::Arg<'a>, R::Tangent) -> (R, P::Cotangent),
{
    let point = x.coordinates();
    let value = f(P::arg(&point));
    let mut entries = Vec::new();
    for row in 0..components(value.zero_like()).len() {
        let (mut seed, mut at) = (value.zero_like(), 0..);
        seed.each(&mut |_| f64::from(u8::from(at.next() == Some(row))));
        entries.extend(components(vjp(P::arg(&point), seed).1));
    }
    let columns = point.len();
    (value, Dense { entries, columns })
}

/// The value and the Jacobian at `x`, by columns or by rows, whichever is cheaper (see the
/// [module](self)): `dense(f, f::jvp_lanes::<8>, f::vjp, x)`.
///
/// # Panics
///
/// If the function does.
pub fn dense<P, R, F, J, V, const N: usize>(f: F, jvp_lanes: J, vjp: V, x: P) -> (R, Dense)
where
    P: Inputs,
    R: Differentiable,
    F: for<'a> Fn(P::Arg<'a>) -> R,
    J: for<'a> Fn(P::Arg<'a>, P::Lanes<'a, N>) -> (R, TanLanes<R, N>),
    V: for<'a> Fn(P::Arg<'a>, R::Tangent) -> (R, P::Cotangent),
{
    let inputs = x.coordinates();
    let outputs = components(f(P::arg(&inputs)).zero_like()).len();
    match inputs.len().div_ceil(N.max(1)) * (2 + N) <= 6 * outputs && !inputs.is_empty() {
        true => by_columns(jvp_lanes, x),
        false => by_rows(f, vjp, x),
    }
}

/// A sparse matrix, row by row, whose entries come in blocks of neighbouring columns: what a
/// residual of a least-squares problem depends on is a few parameters.
///
/// A block of a residual with `M` components and `K` parameters is what `jvp_lanes::<K>` gives
/// for unit tangents, `[[f64; K]; M]`: a row for each component. One that has more parameters
/// than components comes from `M` calls of `vjp_into` instead.
///
/// ```
/// use ad_runtime::{conservative_grad, jacobian::Sparse};
///
/// /// How far a measured distance is from that of two points.
/// #[conservative_grad(wrt(a, b))]
/// fn residual(a: &[f64; 2], b: &[f64; 2], distance: f64) -> f64 {
///     (a[0] - b[0]).hypot(a[1] - b[1]) - distance
/// }
///
/// let points = [[0.0, 0.0], [3.0, 4.0], [3.0, 0.0]];
/// let mut jacobian = Sparse::default();
/// for (i, j, distance) in [(0, 1, 4.5), (1, 2, 4.0)] {
///     let (_, (a, b)) = residual::grad(&points[i], &points[j], distance);
///     jacobian.push(2 * i, &a);
///     jacobian.push(2 * j, &b);
///     jacobian.end_row();
/// }
/// assert_eq!(jacobian.rows(), 2);
/// assert_eq!(jacobian.row(0).collect::<Vec<_>>(), [(0, -0.6), (1, -0.8), (2, 0.6), (3, 0.8)]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sparse {
    /// Where each row ends.
    pub ends: Vec<usize>,
    /// The column of each entry.
    pub columns: Vec<usize>,
    /// The entries.
    pub entries: Vec<f64>,
}

impl Sparse {
    /// Entries of the current row, from a column on.
    pub fn push(&mut self, first: usize, block: &[f64]) {
        self.columns.extend(first..first + block.len());
        self.entries.extend_from_slice(block);
    }

    /// The next entries belong to the next row.
    pub fn end_row(&mut self) {
        self.ends.push(self.entries.len());
    }

    /// Forgets the rows and keeps their memory.
    pub fn clear(&mut self) {
        self.ends.clear();
        self.columns.clear();
        self.entries.clear();
    }

    /// How many rows have ended.
    pub fn rows(&self) -> usize {
        self.ends.len()
    }

    /// The columns and entries of a row.
    pub fn row(&self, i: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let start = i.checked_sub(1).map_or(0, |before| self.ends[before]);
        let range = start..self.ends[i];
        let columns = self.columns[range.clone()].iter().copied();
        columns.zip(self.entries[range].iter().copied())
    }
}

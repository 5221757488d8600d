//! Where each row is compared with differences: away from ties, jumps and
//! singular points.

use crate::{Plain, f64};

/// Every point of a row: all combinations of the values of its operands.
pub fn points() -> impl Iterator<Item = (&'static Plain, Vec<f64>)> {
    DOMAINS.iter().flat_map(|(name, axes)| {
        let row = f64::ROWS.iter().find(|row| row.name == *name).expect(name);
        assert_eq!(axes.len(), row.operands, "the domain of `{name}`");
        let mut points = vec![Vec::new()];
        for axis in *axes {
            points = points
                .iter()
                .flat_map(|point| axis.iter().map(|x| [point.as_slice(), &[*x]].concat()))
                .collect();
        }
        points.into_iter().map(move |point| (row, point))
    })
}

/// The values of each operand.
pub const DOMAINS: &[(&str, &[&[f64]])] = &[
    ("exp", &[REAL]),
    ("exp2", &[REAL]),
    ("exp_m1", &[REAL]),
    ("ln", &[POSITIVE]),
    ("log", &[POSITIVE, &[0.2, 2.0, 10.0]]),
    ("log2", &[POSITIVE]),
    ("log10", &[POSITIVE]),
    ("ln_1p", &[&[-0.9, -0.3, -1e-6, 1e-9, 0.4, 20.0]]),
    (
        "powi",
        &[&[-1.5, -0.2, 0.3, 2.5], &[-3.0, -1.0, 0.0, 1.0, 2.0, 5.0]],
    ),
    ("powf", &[POSITIVE, &[-1.5, 0.2, 0.5, 1.0, 2.0, 3.7]]),
    ("sqrt", &[POSITIVE]),
    ("cbrt", &[&[-8.0, -0.3, 1e-4, 0.7, 30.0]]),
    ("recip", &[NONZERO]),
    ("hypot", &[NONZERO, NONZERO]),
    ("sin", &[REAL]),
    ("cos", &[REAL]),
    ("tan", &[&[-1.4, -0.6, 0.0, 1e-3, 0.9, 1.3, 2.0]]),
    ("asin", &[UNIT]),
    ("acos", &[UNIT]),
    ("atan", &[REAL]),
    ("atan2", &[NONZERO, NONZERO]),
    ("to_degrees", &[REAL]),
    ("to_radians", &[REAL]),
    ("sinh", &[REAL]),
    ("cosh", &[REAL]),
    ("tanh", &[REAL]),
    ("asinh", &[REAL]),
    ("acosh", &[&[1.1, 1.7, 5.0, 1e4]]),
    ("atanh", &[UNIT]),
    ("div", &[REAL, NONZERO]),
    ("mul_add", &[REAL, REAL, REAL]),
    ("midpoint", &[REAL, REAL]),
    ("__softplus", &[REAL]),
    ("__sigmoid", &[REAL]),
    ("__log_add_exp", &[REAL, REAL]),
    ("__huber", &[LEFT, WIDTH]),
    ("abs", &[NONZERO]),
    ("max", &[LEFT, RIGHT]),
    ("min", &[LEFT, RIGHT]),
    ("clamp", &[&[-2.2, 0.3, 4.0], &[-1.0, -0.5], &[0.8, 1.5]]),
    ("abs_sub", &[LEFT, RIGHT]),
    ("floor", &[STEPS]),
    ("ceil", &[STEPS]),
    ("round", &[STEPS]),
    ("round_ties_even", &[STEPS]),
    ("trunc", &[STEPS]),
    ("signum", &[NONZERO]),
    ("fract", &[STEPS]),
    ("copysign", &[NONZERO, NONZERO]),
    ("rem", &[DIVIDEND, DIVISOR]),
    ("rem_euclid", &[DIVIDEND, DIVISOR]),
    ("div_euclid", &[DIVIDEND, DIVISOR]),
    ("powi_dx", &[NONZERO, EXPONENT]),
    ("powi_nth", &[NONZERO, EXPONENT, &[0.0, 1.0, 2.0, 3.0, 4.0]]),
    ("powf_dx", &[POSITIVE, &[-1.5, 0.5, 1.2, 2.0, 3.7]]),
    ("powf_dp", &[POSITIVE, &[-1.5, 0.0, 0.5, 1.2, 3.7]]),
    (
        "powf_nth",
        &[
            POSITIVE,
            &[-1.5, 0.0, 0.5, 1.0, 3.7],
            &[0.0, 1.0, 2.0, 3.0],
            &[0.0, 1.0, 2.0],
        ],
    ),
    ("atan2_dy", &[NONZERO, NONZERO]),
    ("atan2_dx", &[NONZERO, NONZERO]),
    ("sigmoid_dx", &[REAL]),
    ("huber_dx", &[LEFT, WIDTH]),
    ("huber_dd", &[LEFT, WIDTH]),
    ("huber_nth", &[LEFT, WIDTH, &[0.0, 1.0, 2.0]]),
    ("direction", &[REAL, POSITIVE]),
];

const REAL: &[f64] = &[-5.0, -1.2, -1e-3, 0.0, 0.4, 2.6, 8.0];
const POSITIVE: &[f64] = &[1e-3, 0.3, 0.9, 2.6, 40.0];
const NONZERO: &[f64] = &[-7.0, -0.6, -1e-2, 1e-3, 0.4, 2.6];
const UNIT: &[f64] = &[-0.97, -0.5, -1e-6, 0.0, 0.3, 0.8];
const STEPS: &[f64] = &[-2.7, -1.2, -0.4, 0.3, 0.8, 3.6];
const EXPONENT: &[f64] = &[-2.0, 0.0, 1.0, 2.0, 3.0, 6.0];
// No value is in both lists.
const LEFT: &[f64] = &[-2.0, -0.3, 0.5, 1.9];
const RIGHT: &[f64] = &[-1.1, 0.2, 0.7, 3.0];
// No width is the size of a value on the left.
const WIDTH: &[f64] = &[0.1, 0.8, 2.6];
// No dividend is a multiple of a divisor.
const DIVIDEND: &[f64] = &[-7.3, -0.6, 0.9, 11.5];
const DIVISOR: &[f64] = &[-2.5, 0.7, 4.1];

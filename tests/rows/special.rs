//! Partials at the points where a careless formula fails: at zero, at the ends
//! of a domain, and where an intermediate result would overflow or cancel.

use std::f64::consts::{FRAC_1_SQRT_2, LN_2};

use crate::f64;

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

/// Row, point, expected partials.
type Case = (&'static str, &'static [f64], &'static [f64]);

#[test]
fn partials_at_special_points() {
    let cases = [
        SMOOTH, SINGULAR, POWERS, QUOTIENTS, SIGNS, SELECTIONS, HELPERS,
    ]
    .concat();
    for (name, point, expected) in cases {
        let row = f64::ROWS.iter().find(|row| row.name == name).expect(name);
        let partials = (row.partials)(point);
        assert_eq!(partials.len(), expected.len(), "`{name}`");
        for (k, (partial, expected)) in partials.iter().zip(expected).enumerate() {
            let close = (partial - expected).abs() <= 4.0 * f64::EPSILON * expected.abs();
            let same = partial == expected || partial.is_nan() && expected.is_nan() || close;
            assert!(
                same,
                "`{name}`, partial {k} at {point:?} is {partial}, not {expected}"
            );
        }
    }
}

const SMOOTH: &[Case] = &[
    ("exp", &[-INF], &[0.0]),
    ("exp2", &[0.0], &[LN_2]),
    ("exp_m1", &[0.0], &[1.0]),
    ("exp_m1", &[1e-20], &[1.0]),
    ("exp_m1", &[-800.0], &[0.0]),
    ("ln_1p", &[0.0], &[1.0]),
    ("ln_1p", &[1e-20], &[1.0]),
    ("sinh", &[0.0], &[1.0]),
    ("cosh", &[0.0], &[0.0]),
    ("tanh", &[0.0], &[1.0]),
    ("tanh", &[400.0], &[0.0]),
    ("tanh", &[-INF], &[0.0]),
    ("atan", &[1e200], &[0.0]),
    ("asinh", &[0.0], &[1.0]),
    ("asinh", &[1e200], &[1e-200]),
    ("asinh", &[-1e200], &[1e-200]),
    ("acosh", &[1e200], &[1e-200]),
    ("__softplus", &[-800.0], &[0.0]),
    ("__softplus", &[800.0], &[1.0]),
    ("__softplus", &[INF], &[1.0]),
    ("__sigmoid", &[0.0], &[0.25]),
    ("__sigmoid", &[-700.0], &[9.85967654375977e-305]),
    ("__sigmoid", &[INF], &[0.0]),
    ("__log_add_exp", &[3.0, 3.0], &[0.5, 0.5]),
    ("__log_add_exp", &[INF, 3.0], &[1.0, 0.0]),
    ("__log_add_exp", &[-INF, 3.0], &[0.0, 1.0]),
    ("__log_add_exp", &[-INF, -INF], &[NAN, NAN]),
    ("__huber", &[2.0, 2.0], &[2.0, 0.0]),
    ("__huber", &[-2.0, 0.0], &[-0.0, 2.0]),
    ("__huber", &[INF, 1.0], &[1.0, INF]),
    ("__huber", &[1.0, -1.0], &[NAN, NAN]),
    ("mul_add", &[2.0, INF, 1.0], &[INF, 2.0, 1.0]),
];

const SINGULAR: &[Case] = &[
    ("sqrt", &[0.0], &[INF]),
    ("sqrt", &[INF], &[0.0]),
    ("cbrt", &[0.0], &[INF]),
    ("cbrt", &[-0.0], &[INF]),
    ("ln", &[0.0], &[INF]),
    ("log2", &[0.0], &[INF]),
    ("log10", &[0.0], &[INF]),
    ("ln_1p", &[-1.0], &[INF]),
    (
        "log",
        &[8.0, 2.0],
        &[1.0 / (8.0 * LN_2), -3.0 / (2.0 * LN_2)],
    ),
    ("log", &[1.0, 2.0], &[1.0 / LN_2, 0.0]),
    ("log", &[0.0, 2.0], &[INF, INF]),
    ("log", &[2.0, 1.0], &[INF, -INF]),
    ("asin", &[1.0], &[INF]),
    ("asin", &[-1.0], &[INF]),
    ("acos", &[1.0], &[-INF]),
    ("acos", &[-1.0], &[-INF]),
    ("acosh", &[1.0], &[INF]),
    ("acosh", &[-2.0], &[NAN]),
    ("atanh", &[1.0], &[INF]),
    ("atanh", &[-1.0], &[INF]),
    // Close to the end, where the square of the operand has lost its digits.
    (
        "atanh",
        &[1.0 - f64::EPSILON],
        &[1.0 / (f64::EPSILON * (2.0 - f64::EPSILON))],
    ),
    ("atan2", &[0.0, 0.0], &[NAN, NAN]),
    ("atan2", &[1.0, 0.0], &[0.0, -1.0]),
    ("atan2", &[0.0, -2.0], &[-0.5, 0.0]),
    ("atan2", &[1e-200, 1e-200], &[0.5e200, -0.5e200]),
    ("atan2", &[1e200, 1e200], &[0.5e-200, -0.5e-200]),
    ("atan2", &[1.0, INF], &[0.0, 0.0]),
];

const POWERS: &[Case] = &[
    ("powi", &[0.0, 0.0], &[0.0]),
    ("powi", &[INF, 0.0], &[0.0]),
    ("powi", &[0.0, 1.0], &[1.0]),
    ("powi", &[0.0, 2.0], &[0.0]),
    ("powi", &[0.0, -1.0], &[-INF]),
    ("powi", &[2.0, -1.0], &[-0.25]),
    ("powi", &[-2.0, -2.0], &[0.25]),
    ("powi", &[-2.0, 3.0], &[12.0]),
    ("powi", &[1.0, i32::MIN as f64], &[i32::MIN as f64]),
    ("powf", &[0.0, 0.0], &[0.0, -INF]),
    ("powf", &[0.0, 0.5], &[INF, 0.0]),
    ("powf", &[0.0, 1.0], &[1.0, 0.0]),
    ("powf", &[0.0, 2.0], &[0.0, 0.0]),
    ("powf", &[0.0, -1.0], &[-INF, -INF]),
    ("powf", &[2.0, 0.0], &[0.0, LN_2]),
    ("powf", &[-2.0, 3.0], &[12.0, NAN]),
    ("powf", &[INF, -1.0], &[0.0, 0.0]),
];

const QUOTIENTS: &[Case] = &[
    ("recip", &[0.0], &[-INF]),
    ("recip", &[INF], &[0.0]),
    ("div", &[0.0, 2.0], &[0.5, 0.0]),
    ("div", &[1.0, 0.0], &[INF, -INF]),
    ("div", &[1.0, INF], &[0.0, 0.0]),
    ("div", &[1e-300, 1e-200], &[1e200, -1e100]),
    ("rem", &[5.5, 2.0], &[1.0, -2.0]),
    ("rem", &[-5.5, 2.0], &[1.0, 2.0]),
    ("rem", &[5.5, -2.0], &[1.0, 2.0]),
    ("rem", &[5.0, INF], &[1.0, 0.0]),
    ("rem", &[5.0, 0.0], &[1.0, NAN]),
    // The quotient rounds to 10, the remainder is that of 9.
    ("rem", &[1.0, 0.1], &[1.0, -9.0]),
    ("rem_euclid", &[-5.5, 2.0], &[1.0, 3.0]),
    ("rem_euclid", &[-5.5, -2.0], &[1.0, -3.0]),
    ("rem_euclid", &[1.0, 0.1], &[1.0, -9.0]),
    ("div_euclid", &[-5.5, 2.0], &[0.0, 0.0]),
];

const SIGNS: &[Case] = &[
    ("copysign", &[2.0, -3.0], &[-1.0, 0.0]),
    ("copysign", &[-2.0, -3.0], &[1.0, 0.0]),
    ("copysign", &[-2.0, 3.0], &[-1.0, 0.0]),
    ("copysign", &[2.0, -0.0], &[-1.0, 0.0]),
    ("copysign", &[-2.0, NAN], &[-1.0, 0.0]),
    ("signum", &[0.0], &[0.0]),
    ("floor", &[1.0], &[0.0]),
    ("fract", &[1.0], &[1.0]),
];

/// Under the rule of minimal norm, all operands active; ties and rules are
/// tested with the runtime.
const SELECTIONS: &[Case] = &[
    ("abs", &[0.0], &[0.0]),
    ("abs", &[-0.0], &[0.0]),
    ("max", &[1.0, 1.0], &[0.5, 0.5]),
    ("max", &[NAN, 1.0], &[0.0, 1.0]),
    ("min", &[2.0, NAN], &[1.0, 0.0]),
    ("hypot", &[0.0, 0.0], &[0.0, 0.0]),
    ("hypot", &[0.0, -0.5], &[0.0, -1.0]),
    ("hypot", &[1e200, 1e200], &[FRAC_1_SQRT_2, FRAC_1_SQRT_2]),
    ("abs_sub", &[3.0, 1.0], &[1.0, -1.0]),
    ("abs_sub", &[1.0, 3.0], &[0.0, 0.0]),
];

/// Second derivatives: the second row of a power is what makes Hessians right
/// at zero.
const HELPERS: &[Case] = &[
    ("powi_dx", &[0.0, 2.0], &[2.0]),
    ("powi_dx", &[0.0, 1.0], &[0.0]),
    ("powi_dx", &[0.0, 0.0], &[0.0]),
    ("powi_nth", &[0.0, 3.0, 2.0], &[6.0]),
    ("powi_nth", &[0.0, 3.0, 3.0], &[0.0]),
    ("powf_dx", &[0.0, 2.0], &[2.0, 0.0]),
    ("powf_dx", &[0.0, 0.0], &[0.0, INF]),
    ("powf_dx", &[0.0, 1.0], &[0.0, -INF]),
    ("powf_dp", &[0.0, 3.0], &[0.0, 0.0]),
    ("powf_dp", &[2.0, 0.0], &[0.5, LN_2 * LN_2]),
    ("powf_nth", &[0.0, 3.0, 2.0, 0.0], &[6.0, 0.0]),
    ("atan2_dy", &[1.0, 0.0], &[0.0, 1.0]),
    ("atan2_dx", &[1.0, 0.0], &[1.0, 0.0]),
    ("atan2_dy", &[1e-150, 0.0], &[0.0, 1e300]),
    ("sigmoid_dx", &[0.0], &[0.0]),
    ("sigmoid_dx", &[800.0], &[0.0]),
    ("huber_dx", &[0.5, 1.0], &[1.0, 0.0]),
    ("huber_dx", &[-3.0, 1.0], &[0.0, -1.0]),
    ("huber_dd", &[-3.0, 1.0], &[-1.0, -1.0]),
    ("huber_nth", &[-3.0, 1.0, 2.0], &[0.0, 0.0]),
    ("direction", &[3.0, 4.0], &[0.25, -0.1875]),
    ("direction", &[0.0, 0.0], &[INF, NAN]),
];

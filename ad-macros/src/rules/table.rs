// The derivatives, one row a function: every stable method of `f64` and `f32`
// that computes a float from floats, the operators `/` and `%`, and the helper
// functions that their partials need.
//
//     name(operands) => result: Kind(Site), flags { [partials] };
//
// An operand with a type is an integer. A partial uses the operands, the result,
// numbers, methods of this table and helper rows. The result is used where it
// saves work. The flags are the boolean fields of `Row`.
//
// The row tests include this file as well, so it holds nothing but the rows.

rows! {
    // Exponentials and logarithms.
    exp(x) => z: Smooth { [z] };
    exp2(x) => z: Smooth { [z * 0.6931471805599453] };
    exp_m1(x) => z: Smooth { [z + 1.0] };
    ln(x) => z: Singular(Ln) { [1.0 / x] };
    log(x, base) => z: Singular(Log) { [1.0 / (x * base.ln()), -z / (base * base.ln())] };
    log2(x) => z: Singular(Log2) { [1.4426950408889634 / x] };
    log10(x) => z: Singular(Log10) { [0.4342944819032518 / x] };
    ln_1p(x) => z: Singular(Ln1p) { [1.0 / (1.0 + x)] };

    // Powers and roots.
    powi(x, n: i32) => z: Singular(Powi) { [powi_dx(x, n)] };
    powf(x, p) => z: Singular(Powf) { [powf_dx(x, p), powf_dp(x, p)] };
    sqrt(x) => z: Singular(Sqrt) { [0.5 / z] };
    cbrt(x) => z: Singular(Cbrt) { [1.0 / (3.0 * z * z)] };
    recip(x) => z: Singular(Recip) { [-(z * z)] };
    // The gradient at the origin is zero, whatever the selection rule.
    hypot(x, y) => z: Kink(Hypot) { [direction(x, z), direction(y, z)] };

    // Trigonometry. Differences of squares are products, exact near the ends of
    // the domain.
    sin(x) => z: Smooth { [x.cos()] };
    cos(x) => z: Smooth { [-x.sin()] };
    tan(x) => z: Smooth { [1.0 + z * z] };
    asin(x) => z: Singular(Asin) { [1.0 / ((1.0 - x) * (1.0 + x)).sqrt()] };
    acos(x) => z: Singular(Acos) { [-(1.0 / ((1.0 - x) * (1.0 + x)).sqrt())] };
    atan(x) => z: Smooth { [1.0 / (1.0 + x * x)] };
    atan2(y, x) => z: Singular(Atan2) { [atan2_dy(y, x), atan2_dx(y, x)] };
    to_degrees(x) => z: Smooth, cheap { [57.29577951308232] };
    to_radians(x) => z: Smooth, cheap { [0.017453292519943295] };

    // Hyperbolic functions. No square that could overflow.
    sinh(x) => z: Smooth { [x.cosh()] };
    cosh(x) => z: Smooth { [x.sinh()] };
    tanh(x) => z: Smooth { [1.0 - z * z] };
    asinh(x) => z: Smooth { [1.0 / x.hypot(1.0)] };
    acosh(x) => z: Singular(Acosh) { [1.0 / ((x - 1.0).sqrt() * (x + 1.0).sqrt())] };
    atanh(x) => z: Singular(Atanh) { [1.0 / ((1.0 - x) * (1.0 + x))] };

    // Arithmetic. Both partials of a quotient share one division.
    div(a, b) => z: Singular(Div), operator { [1.0 / b, -z * (1.0 / b)] };
    mul_add(x, a, b) => z: Smooth, cheap { [a, x, 1.0] };
    midpoint(a, b) => z: Smooth, cheap { [0.5, 0.5] };

    // Smooth functions that the runtime provides, under names that are no user's.
    __softplus(x) => z: Smooth { [x.__sigmoid()] };
    __sigmoid(x) => z: Smooth { [sigmoid_dx(x)] };
    __log_add_exp(a, b) => z: Smooth { [(a - b).__sigmoid(), (b - a).__sigmoid()] };
    __huber(x, d) => z: Smooth { [huber_dx(x, d), huber_dd(x, d)] };

    // Selections.
    abs(x) => z: Select(Abs), cheap;
    max(a, b) => z: Select(Max), cheap;
    min(a, b) => z: Select(Min), cheap;
    clamp(x, lo, hi) => z: Select(Clamp), cheap;
    abs_sub(a, b) => z: Select(AbsSub);

    // Steps.
    floor(x) => z: Jump(Floor), cheap, inactive_result { [0.0] };
    ceil(x) => z: Jump(Ceil), cheap, inactive_result { [0.0] };
    round(x) => z: Jump(Round), cheap, inactive_result { [0.0] };
    round_ties_even(x) => z: Jump(RoundTiesEven), cheap, inactive_result { [0.0] };
    trunc(x) => z: Jump(Trunc), cheap, inactive_result { [0.0] };
    signum(x) => z: Jump(Signum), cheap, inactive_result { [0.0] };
    fract(x) => z: Jump(Fract), cheap { [1.0] };
    // The sign is taken by `copysign`, since `signum` loses that of a NaN.
    copysign(x, s) => z: Jump(Copysign), cheap { [x.signum().copysign(s) * x.signum(), 0.0] };
    // The quotient follows from the remainder: `x / y` may round to the next
    // integer where the remainder does not.
    rem(x, y) => z: Jump(Rem), operator { [1.0, -((x - z) / y).round()] };
    rem_euclid(x, y) => z: Jump(RemEuclid) { [1.0, -((x - z) / y).round()] };
    div_euclid(x, y) => z: Jump(DivEuclid) { [0.0, 0.0] };

    // Helpers: `powi_nth` is the k-th derivative of a power, `powf_nth` the k-th
    // by the base and m-th by the exponent. They are exact where a product of
    // the factors would be 0 * inf.
    powi_dx(x, n: i32) => z: Smooth, helper { [powi_nth(x, n, 2)] };
    powi_nth(x, n: i32, k: u32) => z: Smooth, helper { [powi_nth(x, n, k + 1)] };
    powf_dx(x, p) => z: Smooth, helper { [powf_nth(x, p, 2, 0), powf_nth(x, p, 1, 1)] };
    powf_dp(x, p) => z: Smooth, helper { [powf_nth(x, p, 1, 1), powf_nth(x, p, 0, 2)] };
    powf_nth(x, p, k: u32, m: u32) => z: Smooth, helper {
        [powf_nth(x, p, k + 1, m), powf_nth(x, p, k, m + 1)]
    };
    // The partials of atan2, x / r^2 and -y / r^2, without overflow of r^2.
    atan2_dy(y, x) => z: Smooth, helper {
        [2.0 * z * atan2_dx(y, x), atan2_dx(y, x) * atan2_dx(y, x) - z * z]
    };
    atan2_dx(y, x) => z: Smooth, helper {
        [z * z - atan2_dy(y, x) * atan2_dy(y, x), -2.0 * z * atan2_dy(y, x)]
    };
    // The derivative of the logistic function, 1 / (2 + 2 cosh(x)).
    sigmoid_dx(x) => z: Smooth, helper { [-z * (0.5 * x).tanh()] };
    // The partials of Huber's loss are piecewise linear. `huber_nth` is the
    // derivative of `huber_dx` by `x` for k = 0, by `d` for k = 1, and that of
    // `huber_dd` by `d` for k = 2; it is constant on each piece.
    huber_dx(x, d) => z: Smooth, helper { [huber_nth(x, d, 0), huber_nth(x, d, 1)] };
    huber_dd(x, d) => z: Smooth, helper { [huber_nth(x, d, 1), huber_nth(x, d, 2)] };
    huber_nth(x, d, k: u32) => z: Smooth, helper { [0.0, 0.0] };
    // A component of a unit vector, x / r; zero at the origin.
    direction(x, r) => w: Smooth, helper { [1.0 / r, -w / r] };
}

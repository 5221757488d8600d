//! Special functions, roots, interpolation.

use ad_runtime::conservative_grad;

/// Source: `statrs`, `ln_gamma` (the approximation of Lanczos).
#[conservative_grad]
pub fn ln_gamma(x: f64) -> f64 {
    const G: f64 = 7.0;
    const COEFFICIENTS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        let pi = std::f64::consts::PI;
        return (pi / (pi * x).sin()).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let series = COEFFICIENTS[1..]
        .iter()
        .enumerate()
        .fold(COEFFICIENTS[0], |s, (i, c)| s + c / (x + (i + 1) as f64));
    let t = x + G + 0.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + series.ln()
}

/// Source: `statrs`, `gamma_lr`, the regularised lower incomplete gamma function.
#[conservative_grad]
pub fn gamma_lr(a: f64, x: f64) -> f64 {
    let eps = 1e-15;
    if x <= 0.0 {
        return 0.0;
    }
    let ax = a * x.ln() - x - ln_gamma(a);
    if x <= 1.0 || x <= a {
        let mut r = a;
        let mut c = 1.0;
        let mut ans = 1.0;
        loop {
            r += 1.0;
            c *= x / r;
            ans += c;
            if c / ans <= eps {
                break;
            }
        }
        return ax.exp() * ans / a;
    }
    let mut c = 0;
    let mut y = 1.0 - a;
    let mut z = x + y + 1.0;
    let (mut p3, mut q3, mut p2, mut q2) = (1.0, x, x + 1.0, z * x);
    let mut ans = p2 / q2;
    loop {
        y += 1.0;
        z += 2.0;
        c += 1;
        let yc = y * f64::from(c);
        let p = p2 * z - p3 * yc;
        let q = q2 * z - q3 * yc;
        (p3, p2, q3, q2) = (p2, p, q2, q);
        if q != 0.0 {
            let next = p / q;
            let error = ((ans - next) / next).abs();
            ans = next;
            if error <= eps {
                break;
            }
        }
        if p.abs() > 1e30 {
            p3 /= 1e30;
            p2 /= 1e30;
            q3 /= 1e30;
            q2 /= 1e30;
        }
    }
    1.0 - ax.exp() * ans
}

/// Source: `roots`, `find_root_brent`, for the roots of `x^3 - a x - b`.
#[conservative_grad]
pub fn brent(a: f64, b: f64, mut lo: f64, mut hi: f64) -> f64 {
    let f = |x: f64| x * x * x - a * x - b;
    let (mut f_lo, mut f_hi) = (f(lo), f(hi));
    assert!(f_lo * f_hi < 0.0, "no change of sign in the bracket");
    if f_lo.abs() < f_hi.abs() {
        (lo, hi) = (hi, lo);
        (f_lo, f_hi) = (f_hi, f_lo);
    }
    let (mut c, mut f_c, mut d) = (lo, f_lo, lo);
    let mut bisected = true;
    let mut round = 0;
    while f_hi != 0.0 && (hi - lo).abs() > 1e-12 && round < 100 {
        let mut s = if f_lo != f_c && f_hi != f_c {
            lo * f_hi * f_c / ((f_lo - f_hi) * (f_lo - f_c))
                + hi * f_lo * f_c / ((f_hi - f_lo) * (f_hi - f_c))
                + c * f_lo * f_hi / ((f_c - f_lo) * (f_c - f_hi))
        } else {
            hi - f_hi * (hi - lo) / (f_hi - f_lo)
        };
        let quarter = (3.0 * lo + hi) / 4.0;
        let outside = !((s > quarter && s < hi) || (s < quarter && s > hi));
        let reference = if bisected {
            (hi - c).abs()
        } else {
            (c - d).abs()
        };
        bisected = outside || (s - hi).abs() >= reference / 2.0 || reference < 1e-14;
        if bisected {
            s = 0.5 * (lo + hi);
        }
        let f_s = f(s);
        (d, c, f_c) = (c, hi, f_hi);
        if f_lo * f_s < 0.0 {
            (hi, f_hi) = (s, f_s);
        } else {
            (lo, f_lo) = (s, f_s);
        }
        if f_lo.abs() < f_hi.abs() {
            std::mem::swap(&mut lo, &mut hi);
            std::mem::swap(&mut f_lo, &mut f_hi);
        }
        round += 1;
    }
    // One step of Newton at the root, by which its derivative is that of the equation.
    hi - f(hi) / (3.0 * hi * hi - a)
}

/// Source: `astro`, the eccentric anomaly by Newton's method.
#[conservative_grad]
pub fn kepler(mean_anomaly: f64, eccentricity: f64) -> f64 {
    let mut e = if eccentricity > 0.8 {
        std::f64::consts::PI
    } else {
        mean_anomaly
    };
    for _ in 0..50 {
        let delta = (e - eccentricity * e.sin() - mean_anomaly) / (1.0 - eccentricity * e.cos());
        e -= delta;
        if delta.abs() < 1e-9 {
            break;
        }
    }
    e
}

/// Source: `peroxide`, `Polynomial::eval`.
#[conservative_grad]
pub fn polyval(coef: &[f64], x: f64) -> f64 {
    let l = coef.len() - 1;
    let mut s = coef[0];
    for i in 0..l {
        s = coef[i + 1] + x * s;
    }
    s
}

/// Source: `peroxide`, the natural cubic spline and its value.
#[conservative_grad]
pub fn spline(xs: &[f64], ys: &[f64], at: f64) -> f64 {
    let n = xs.len() - 1;
    let h: Vec<f64> = xs.windows(2).map(|w| w[1] - w[0]).collect();
    let mut u = vec![0.0; n];
    let mut v = vec![0.0; n];
    u[1] = 2.0 * (h[0] + h[1]);
    v[1] = 6.0 * ((ys[2] - ys[1]) / h[1] - (ys[1] - ys[0]) / h[0]);
    for i in 2..n {
        let b_i = (ys[i + 1] - ys[i]) / h[i];
        let b_prev = (ys[i] - ys[i - 1]) / h[i - 1];
        u[i] = 2.0 * (h[i] + h[i - 1]) - h[i - 1] * h[i - 1] / u[i - 1];
        v[i] = 6.0 * (b_i - b_prev) - h[i - 1] * v[i - 1] / u[i - 1];
    }
    let mut z = vec![0.0; n + 1];
    for i in (1..n).rev() {
        z[i] = (v[i] - h[i] * z[i + 1]) / u[i];
    }
    let mut i = n - 1;
    while i > 0 && at < xs[i] {
        i -= 1;
    }
    let (left, right) = (at - xs[i], xs[i + 1] - at);
    (z[i + 1] * left.powi(3) + z[i] * right.powi(3)) / (6.0 * h[i])
        + (ys[i + 1] / h[i] - z[i + 1] * h[i] / 6.0) * left
        + (ys[i] / h[i] - z[i] * h[i] / 6.0) * right
}

/// Source: `savgol-rs`, a quadratic filter over five points, the ends kept.
#[conservative_grad]
pub fn savitzky_golay(signal: &[f64]) -> Vec<f64> {
    const WEIGHTS: [f64; 5] = [-3.0, 12.0, 17.0, 12.0, -3.0];
    let mut smoothed = signal.to_vec();
    for (i, window) in signal.windows(5).enumerate() {
        smoothed[i + 2] = window.iter().zip(WEIGHTS).map(|(y, w)| y * w).sum::<f64>() / 35.0;
    }
    smoothed
}

#[cfg(test)]
mod tests {
    use crate::points::check;
    use ad_runtime::conservative_grad;

    #[conservative_grad]
    fn lower(x: [f64; 2]) -> f64 {
        super::gamma_lr(x[0], x[1])
    }

    #[conservative_grad]
    fn reflected(x: [f64; 1]) -> f64 {
        super::ln_gamma(x[0])
    }

    #[conservative_grad]
    fn root(x: [f64; 2]) -> f64 {
        super::brent(x[0], x[1], 0.5, 4.0)
    }

    #[conservative_grad]
    fn anomaly(x: [f64; 2]) -> f64 {
        super::kepler(x[0], x[1])
    }

    #[conservative_grad]
    fn horner(x: [f64; 5]) -> f64 {
        super::polyval(&x[..4], x[4])
    }

    #[conservative_grad]
    fn through(x: [f64; 11]) -> f64 {
        let (knots, values) = x[..10].split_at(5);
        super::spline(knots, values, x[10])
    }

    #[conservative_grad]
    fn filtered(x: [f64; 8]) -> f64 {
        let smooth = super::savitzky_golay(&x);
        smooth
            .iter()
            .enumerate()
            .map(|(i, y)| y * y * i as f64)
            .sum()
    }

    #[test]
    fn gamma() {
        check([(0.5, 2.0), (0.1, 0.9)], lower, lower::grad, lower::jvp);
        check([(0.5, 2.0), (3.0, 9.0)], lower, lower::grad, lower::jvp);
        check([(0.1, 0.4)], reflected, reflected::grad, reflected::jvp);
        // By x it is the density.
        let (_, [_, slope]) = lower::grad([1.5, 0.7]);
        let density = 0.7_f64.powf(0.5) * (-0.7_f64).exp() / super::ln_gamma(1.5).exp();
        assert!((slope - density).abs() < 1e-12);
    }

    #[test]
    fn roots() {
        check([(0.5, 2.0), (0.5, 2.0)], root, root::grad, root::jvp);
        check(
            [(0.5, 3.0), (0.1, 0.7)],
            anomaly,
            anomaly::grad,
            anomaly::jvp,
        );
        // The derivative of the equation: 3 x^2 dx = a dx + x da + db.
        let (x, [by_a, by_b]) = root::grad([1.25, 0.75]);
        let slope = 1.0 / (3.0 * x * x - 1.25);
        assert!((by_a - x * slope).abs() < 1e-9 && (by_b - slope).abs() < 1e-9);
    }

    #[test]
    fn interpolation() {
        check([(-1.0, 1.0); 5], horner, horner::grad, horner::jvp);
        let mut x = [(-1.0, 1.0); 11];
        for (k, interval) in x.iter_mut().take(5).enumerate() {
            *interval = (k as f64, k as f64 + 0.5);
        }
        x[10] = (2.6, 2.9);
        check(x, through, through::grad, through::jvp);
        check([(-1.0, 1.0); 8], filtered, filtered::grad, filtered::jvp);
    }
}

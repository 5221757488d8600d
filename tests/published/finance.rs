//! Prices of options.

use ad_runtime::conservative_grad;

/// Source: `statrs`, the distribution function of the standard normal (here by the rational
/// approximation of Abramowitz and Stegun, 7.1.26).
#[conservative_grad]
pub fn normal_cdf(x: f64) -> f64 {
    const P: f64 = 0.327_591_1;
    const A: [f64; 5] = [
        0.254829592,
        -0.284496736,
        1.421413741,
        -1.453152027,
        1.061405429,
    ];
    let z = x.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + P * z);
    let poly = A.iter().rev().fold(0.0, |acc, a| (acc + a) * t);
    let erf = 1.0 - poly * (-z * z).exp();
    if x < 0.0 {
        0.5 * (1.0 - erf)
    } else {
        0.5 * (1.0 + erf)
    }
}

/// Source: `black_scholes`, price of a European call.
#[conservative_grad]
pub fn call_price(spot: f64, strike: f64, rate: f64, sigma: f64, maturity: f64) -> f64 {
    if maturity <= 0.0 || sigma <= 0.0 {
        return (spot - strike).max(0.0);
    }
    let deviation = sigma * maturity.sqrt();
    let d1 = ((spot / strike).ln() + (rate + sigma.powi(2) / 2.0) * maturity) / deviation;
    let d2 = d1 - deviation;
    spot * normal_cdf(d1) - strike * (-rate * maturity).exp() * normal_cdf(d2)
}

/// Source: `RustQuant`, an explicit finite-difference scheme for a put with early exercise.
#[conservative_grad]
pub fn american_put_fd(
    spot: f64,
    strike: f64,
    rate: f64,
    sigma: f64,
    maturity: f64,
    n_space: usize,
    n_time: usize,
) -> f64 {
    let s_max = 3.0 * strike;
    let ds = s_max / n_space as f64;
    let dt = maturity / n_time as f64;
    let grid: Vec<f64> = (0..=n_space).map(|i| i as f64 * ds).collect();
    let payoff: Vec<f64> = grid.iter().map(|s| (strike - s).max(0.0)).collect();
    let mut values = payoff.clone();
    for _ in 0..n_time {
        let previous = values.clone();
        for i in 1..n_space {
            let s = grid[i];
            let delta = (previous[i + 1] - previous[i - 1]) / (2.0 * ds);
            let gamma = (previous[i + 1] - 2.0 * previous[i] + previous[i - 1]) / (ds * ds);
            let theta = 0.5 * sigma * sigma * s * s * gamma + rate * s * delta - rate * previous[i];
            values[i] = (previous[i] + dt * theta).max(payoff[i]);
        }
        values[0] = strike;
        values[n_space] = 0.0;
    }
    let position = spot / ds;
    let i = (position.floor() as usize).min(n_space - 1);
    let weight = position - i as f64;
    (1.0 - weight) * values[i] + weight * values[i + 1]
}

/// Source: `RustQuant`, the binomial tree of Cox, Ross and Rubinstein.
#[conservative_grad]
pub fn binomial_call(
    spot: f64,
    strike: f64,
    rate: f64,
    sigma: f64,
    maturity: f64,
    steps: usize,
) -> f64 {
    let dt = maturity / steps as f64;
    let up = (sigma * dt.sqrt()).exp();
    let down = up.recip();
    let p = ((rate * dt).exp() - down) / (up - down);
    let discount = (-rate * dt).exp();
    let mut prices: Vec<f64> = (0..=steps)
        .map(|i| spot * up.powi(i as i32) * down.powi((steps - i) as i32))
        .map(|s| f64::max(s - strike, 0.0))
        .collect();
    for step in (0..steps).rev() {
        for i in 0..=step {
            prices[i] = discount * (p * prices[i + 1] + (1.0 - p) * prices[i]);
        }
    }
    prices[0]
}

#[cfg(test)]
mod tests {
    use crate::points::check;
    use ad_runtime::conservative_grad;

    #[conservative_grad]
    fn call([s, k, r, v, t]: [f64; 5]) -> f64 {
        super::call_price(s, k, r, v, t)
    }

    #[conservative_grad]
    fn put([s, k, r, v, t]: [f64; 5]) -> f64 {
        super::american_put_fd(s, k, r, v, t, 12, 20)
    }

    #[conservative_grad]
    fn tree([s, k, r, v, t]: [f64; 5]) -> f64 {
        super::binomial_call(s, k, r, v, t, 9)
    }

    const MARKET: [(f64, f64); 5] = [
        (90.0, 110.0),
        (95.0, 105.0),
        (0.01, 0.05),
        (0.15, 0.3),
        (0.5, 1.5),
    ];

    #[test]
    fn options() {
        check(MARKET, call, call::grad, call::jvp);
        check(MARKET, tree, tree::grad, tree::jvp);
        let inside = [
            (101.0, 110.0),
            (95.0, 105.0),
            (0.01, 0.05),
            (0.15, 0.3),
            (0.5, 1.0),
        ];
        check(inside, put, put::grad, put::jvp);
    }

    /// Delta and vega of the closed form, with the normal density.
    #[test]
    fn greeks() {
        let (s, k, r, v, t) = (101.0_f64, 99.0_f64, 0.03, 0.2, 0.75_f64);
        let (_, (delta, _, _, vega, _)) = super::call_price::grad(s, k, r, v, t);
        let d1 = ((s / k).ln() + (r + v * v / 2.0) * t) / (v * t.sqrt());
        let density = (-d1 * d1 / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
        assert!((delta - super::normal_cdf(d1)).abs() < 1e-4);
        assert!((vega - s * density * t.sqrt()).abs() < 1e-2);
    }
}

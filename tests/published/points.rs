//! Points from a fixed seed, and the comparison with differences.

use ad_runtime::testing::{check_grad, check_jvp};

/// A small seeded generator: the points are the same on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    /// Splitmix64, the upper 53 bits.
    pub fn within(&mut self, (low, high): (f64, f64)) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let unit = ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64;
        low + (high - low) * unit
    }

    pub fn array<const N: usize>(&mut self, interval: (f64, f64)) -> [f64; N] {
        std::array::from_fn(|_| self.within(interval))
    }
}

/// A function of a flat point, its gradient and its forward mode, at five points.
#[track_caller]
pub fn check<const N: usize>(
    intervals: [(f64, f64); N],
    f: impl Fn([f64; N]) -> f64,
    grad: impl Fn([f64; N]) -> (f64, [f64; N]),
    jvp: impl Fn([f64; N], [f64; N]) -> (f64, f64),
) {
    let mut random = Random::new(7);
    for _ in 0..5 {
        let x = intervals.map(|interval| random.within(interval));
        check_grad(&f, &grad, x)
            .and(check_jvp(&jvp, &grad, x))
            .assert_ok();
    }
}

//! The test functions of `argmin_testfunctions`, in its form: generic in the number type, over
//! slices and pairs. Written from the formulas; its hand-written gradients and Hessians judge.

use std::f64::consts::PI;
use std::iter::Sum;

use ad_runtime::conservative_grad;
use num_traits::{Float, FromPrimitive};

/// Source: `sphere`
#[conservative_grad]
pub fn sphere<T>(param: &[T]) -> T
where
    T: Float + FromPrimitive + Sum,
{
    param.iter().map(|&x| x * x).sum()
}

/// Source: `rosenbrock`
#[conservative_grad]
pub fn rosenbrock<T: Float + FromPrimitive + Sum>(param: &[T]) -> T {
    rosenbrock_ab(param, T::one(), T::from_f64(100.0).unwrap())
}

/// Source: `rosenbrock_ab`
#[conservative_grad]
pub fn rosenbrock_ab<T: Float + FromPrimitive + Sum>(param: &[T], a: T, b: T) -> T {
    param
        .iter()
        .zip(param.iter().skip(1))
        .map(|(&x, &next)| b * (next - x * x).powi(2) + (a - x).powi(2))
        .sum()
}

/// Source: `ackley`
#[conservative_grad]
pub fn ackley<T>(param: &[T]) -> T
where
    T: Float + FromPrimitive + Sum,
{
    let constant = |value: f64| T::from_f64(value).unwrap();
    ackley_abc(param, constant(20.0), constant(0.2), constant(2.0 * PI))
}

/// Source: `ackley_abc`
#[conservative_grad]
pub fn ackley_abc<T>(param: &[T], a: T, b: T, c: T) -> T
where
    T: Float + FromPrimitive + Sum,
{
    let n = T::from_usize(param.len()).unwrap();
    let square = param.iter().map(|x| x.powi(2)).sum::<T>() / n;
    let cosine = param.iter().map(|&x| (c * x).cos()).sum::<T>() / n;
    a + T::one().exp() - a * (-b * square.sqrt()).exp() - cosine.exp()
}

/// Source: `rastrigin`
#[conservative_grad]
pub fn rastrigin<T>(param: &[T]) -> T
where
    T: Float + FromPrimitive + Sum,
{
    rastrigin_a(param, T::from_f64(10.0).unwrap())
}

/// Source: `rastrigin_a`
#[conservative_grad]
pub fn rastrigin_a<T>(param: &[T], a: T) -> T
where
    T: Float + FromPrimitive + Sum,
{
    let turn = T::from_f64(2.0 * PI).unwrap();
    let terms = param.iter().map(|&x| x * x - a * (turn * x).cos());
    a * T::from_usize(param.len()).unwrap() + terms.sum()
}

/// Source: `levy`
#[conservative_grad]
pub fn levy<T>(param: &[T]) -> T
where
    T: Float + FromPrimitive + Sum,
{
    let n = param.len();
    assert!(n >= 2);
    let one = T::one();
    let (four, ten) = (T::from_f64(4.0).unwrap(), T::from_f64(10.0).unwrap());
    let pi = T::from_f64(PI).unwrap();
    let w = |x: T| one + (x - one) / four;

    let last = w(param[n - 1]);
    let inner: T = param[1..n - 1]
        .iter()
        .map(|&x| {
            let v = w(x);
            (v - one).powi(2) * (one + ten * (pi * v + one).sin().powi(2))
        })
        .sum();
    (pi * w(param[0])).sin().powi(2)
        + inner
        + (last - one).powi(2) * (one + ((one + one) * pi * last).sin().powi(2))
}

/// Source: `levy_n13`
#[conservative_grad]
pub fn levy_n13<T: Float + FromPrimitive>(param: &[T; 2]) -> T {
    let &[x, y] = param;
    let one = T::one();
    let pi = T::from_f64(PI).unwrap();
    let wave = |k: u32, v: T| (T::from_u32(k).unwrap() * pi * v).sin().powi(2);
    wave(3, x) + (x - one).powi(2) * (one + wave(3, y)) + (y - one).powi(2) * (one + wave(2, y))
}

/// Source: `styblinski_tang`
#[conservative_grad]
pub fn styblinski_tang<T>(param: &[T]) -> T
where
    T: Float + FromPrimitive + Sum,
{
    let half = T::from_f64(0.5).unwrap();
    half * param
        .iter()
        .map(|x| {
            let square = x.powi(2);
            square * square - T::from_u8(16).unwrap() * square + T::from_u8(5).unwrap() * *x
        })
        .sum()
}

/// Source: `zero`
#[conservative_grad]
pub fn zero<T>(_param: &[T]) -> T
where
    T: Float + FromPrimitive,
{
    T::from_f64(0.0).unwrap()
}

/// Source: `beale`
#[conservative_grad]
pub fn beale<T>(param: &[T; 2]) -> T
where
    T: Float + FromPrimitive,
{
    let [x, y] = *param;
    let mut value = T::zero();
    let mut power = T::one();
    for offset in [1.5, 2.25, 2.625] {
        power = power * y;
        value = value + (T::from_f64(offset).unwrap() - x + x * power).powi(2);
    }
    value
}

/// Source: `booth`
#[conservative_grad]
pub fn booth<T>(param: &[T; 2]) -> T
where
    T: Float + FromPrimitive,
{
    let [x, y] = *param;
    let [two, five, seven] = [2, 5, 7].map(|n| T::from_i32(n).unwrap());
    (x + two * y - seven).powi(2) + (two * x + y - five).powi(2)
}

/// Source: `bukin_n6`
#[conservative_grad]
pub fn bukin_n6<T>(param: &[T; 2]) -> T
where
    T: Float + FromPrimitive,
{
    let [x, y] = *param;
    let hundred = T::from_f64(100.0).unwrap();
    hundred * (y - x * x / hundred).abs().sqrt() + (x + T::from_f64(10.0).unwrap()).abs() / hundred
}

/// Source: `cross_in_tray`
#[conservative_grad]
pub fn cross_in_tray<T>(param: &[T; 2]) -> T
where
    T: Float + Into<f64> + FromPrimitive,
{
    let x: f64 = param[0].into();
    let y: f64 = param[1].into();
    let radius = x.hypot(y);
    let tray = (x.sin() * y.sin() * (100.0 - radius / PI).abs().exp()).abs() + 1.0;
    T::from_f64(-1e-4 * tray.powf(0.1)).unwrap()
}

/// Source: `easom`
#[conservative_grad]
pub fn easom<T>(param: &[T; 2]) -> T
where
    T: Float + FromPrimitive,
{
    let [x, y] = *param;
    let pi = T::from_f64(PI).unwrap();
    let distance = (x - pi).powi(2) + (y - pi).powi(2);
    -(x.cos() * y.cos()) / distance.exp()
}

/// Source: `eggholder`
#[conservative_grad]
pub fn eggholder<T>(param: &[T; 2]) -> T
where
    T: Float + FromPrimitive,
{
    let [x, y] = *param;
    let up = y + T::from_f64(47.0).unwrap();
    let half = x / T::from_f64(2.0).unwrap();
    let wave = |v: T| v.abs().sqrt().sin();
    -up * wave(half + up) - x * wave(x - up)
}

/// Source: `goldsteinprice`
#[conservative_grad]
pub fn goldstein_price<T>(param: &[T; 2]) -> T
where
    T: Float + FromPrimitive,
{
    let [x, y] = *param;
    let n = |v: f64| T::from_f64(v).unwrap();
    let (xx, xy, yy) = (x * x, x * y, y * y);
    let narrow = n(19.0) - n(14.0) * (x + y) + n(3.0) * (xx + yy) + n(6.0) * xy;
    let wide = n(18.0) - n(32.0) * x + n(12.0) * xx + n(48.0) * y - n(36.0) * xy + n(27.0) * yy;
    (n(1.0) + (x + y + n(1.0)).powi(2) * narrow)
        * (n(30.0) + (n(2.0) * x - n(3.0) * y).powi(2) * wide)
}

/// Source: `himmelblau`
#[conservative_grad]
pub fn himmelblau<T>(param: &[T; 2]) -> T
where
    T: Float + FromPrimitive,
{
    let [x, y] = *param;
    let (seven, eleven) = (T::from_f64(7.0).unwrap(), T::from_f64(11.0).unwrap());
    (x * x + y - eleven).powi(2) + (x + y * y - seven).powi(2)
}

/// Source: `holder_table`
#[conservative_grad]
pub fn holder_table<T>(param: &[T; 2]) -> T
where
    T: Float + FromPrimitive,
{
    let [x, y] = *param;
    let radius = (x.powi(2) + y.powi(2)).sqrt();
    let decay = (T::one() - radius / T::from_f64(PI).unwrap()).abs().exp();
    -(x.sin() * y.cos() * decay).abs()
}

/// Source: `matyas`
#[conservative_grad]
pub fn matyas<T>(param: &[T; 2]) -> T
where
    T: Float + FromPrimitive,
{
    let [x, y] = *param;
    T::from_f64(0.26).unwrap() * (x * x + y * y) - T::from_f64(0.48).unwrap() * x * y
}

/// Source: `mccormick`
#[conservative_grad]
pub fn mccormick<T>(param: &[T; 2]) -> T
where
    T: Float + FromPrimitive,
{
    let [x, y] = *param;
    let linear = T::from_f64(2.5).unwrap() * y - T::from_f64(1.5).unwrap() * x;
    T::one() + linear + (x - y) * (x - y) + T::sin(x + y)
}

/// Source: `picheny`
#[conservative_grad]
pub fn picheny<T>(param: &[T; 2]) -> T
where
    T: Float + FromPrimitive,
{
    let n = |v: f64| T::from_f64(v).unwrap();
    let scaled = param.map(|x| n(4.0) * x - n(2.0));
    (goldstein_price(&scaled).log10() - n(8.693)) / n(2.427)
}

/// Source: `schaffer_n2`
#[conservative_grad]
pub fn schaffer_n2<T>(param: &[T; 2]) -> T
where
    T: Float + FromPrimitive,
{
    let [xx, yy] = [param[0].powi(2), param[1].powi(2)];
    let half = T::from_f64(0.5).unwrap();
    half + ((xx - yy).sin().powi(2) - half)
        / (T::one() + T::from_f64(1e-3).unwrap() * (xx + yy)).powi(2)
}

/// Source: `schaffer_n4`
#[conservative_grad]
pub fn schaffer_n4<T>(param: &[T; 2]) -> T
where
    T: Float + FromPrimitive,
{
    let [xx, yy] = [param[0].powi(2), param[1].powi(2)];
    let half = T::from_f64(0.5).unwrap();
    let wave = (xx - yy).abs().sin().cos().powi(2);
    half + (wave - half) / (T::one() + T::from_f64(1e-3).unwrap() * (xx + yy)).powi(2)
}

/// Source: `threehumpcamel`
#[conservative_grad]
pub fn three_hump_camel<T>(param: &[T; 2]) -> T
where
    T: Float + FromPrimitive,
{
    let [x, y] = *param;
    let square = x * x;
    let humps = T::from_f64(2.0).unwrap() - T::from_f64(1.05).unwrap() * square
        + square.powi(2) / T::from_f64(6.0).unwrap();
    humps * square + x * y + y * y
}

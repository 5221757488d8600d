//! Methods of the standard library that are other code, lists in fields, texts in errors.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
mod types {
    use ad_runtime::{Differentiable, conservative_grad};

    #[derive(Clone, Debug, Differentiable)]
    pub struct Layer {
        pub w: Vec<Vec<f64>>,
        pub b: Vec<f64>,
        pub scale: [f64; 3],
    }

    #[conservative_grad]
    impl Layer {
        pub fn of(x: f64, y: f64) -> Layer {
            Layer {
                w: vec![vec![x, y], vec![y * y, x], vec![x * y, 0.5]],
                b: vec![x, y, x + y],
                scale: [1.0, x, y],
            }
        }
        pub fn forward(&self, x: &[f64]) -> Vec<f64> {
            self.w
                .iter()
                .zip(self.b.iter())
                .map(|(row, b)| row.iter().zip(x.iter()).map(|(w, x)| w * x).sum::<f64>() + b)
                .map(|z| z.max(0.0))
                .collect()
        }
        pub fn penalty(&self) -> f64 {
            let last = &self.w[2];
            self.w
                .iter()
                .flat_map(|r| r.iter())
                .map(|w| w * w)
                .sum::<f64>()
                + self.w.iter().flatten().map(|w| w.abs()).sum::<f64>()
                + last.iter().product::<f64>() * self.w[0].iter().sum::<f64>()
        }
        pub fn turned(mut self) -> Layer {
            for k in 0..2 {
                self.b.swap(k, k + 1);
                self.b[k] *= self.scale[k];
                self.scale.swap(0, 2 - k);
                self.w.swap(k, 2);
            }
            self
        }
        pub fn turn(&mut self, k: f64) {
            self.b[0] *= k;
            self.b.swap(0, 2);
            self.scale[1] += self.b[0] * self.b[2];
            self.scale.swap(1, 2);
        }
    }
}

#[program(on(0.5, 1.5))]
#[conservative_grad]
fn a_layer(x: f64, y: f64) -> f64 {
    let layer = types::Layer::of(x, y);
    let out = layer.forward(&[y, x]);
    out[0] * out[1] * out[2] + layer.penalty()
}

#[program(on(0.5, 1.5))]
#[conservative_grad]
fn lists_of_fields_are_turned(x: f64, y: f64) -> f64 {
    let mut layer = types::Layer::of(x, y).turned();
    let before = layer.scale[1] * layer.b[0];
    layer.turn(x);
    layer.turn(y);
    before
        + layer.b[0] * layer.scale[2]
        + layer.b[1] * layer.w[1][0] * layer.scale[1]
        + layer.b[2].sin()
}

#[program(xs[4], ys[4], on(0.5, 1.5))]
#[conservative_grad]
fn interpolated(xs: &[f64], ys: &[f64], t: f64) -> f64 {
    let mut knots: Vec<f64> = xs.to_vec();
    knots.sort_by(|a, b| a.partial_cmp(b).unwrap());
    let i = knots.partition_point(|&x| x < t).clamp(1, knots.len() - 1);
    let w = (t - knots[i - 1]) / (knots[i] - knots[i - 1]);
    ys[i - 1] * (1.0 - w) + ys[i] * w
}

#[program(xs[6], on(0.0, 2.0))]
#[conservative_grad]
fn some_are_retained(xs: &[f64], t: f64) -> f64 {
    let mut v: Vec<f64> = xs.iter().map(|x| x * t).collect();
    v.retain(|&x| x > 0.8);
    let mut sum = v.len() as f64;
    for (i, x) in v.iter().enumerate() {
        sum += x * x * (i + 1) as f64;
    }
    sum
}

#[program(xs[6], on(0.0, 2.0))]
#[conservative_grad]
fn in_two_parts(xs: &[f64], t: f64) -> f64 {
    let (a, b): (Vec<f64>, Vec<f64>) = xs.iter().copied().partition(|&x| x > t);
    a.iter().map(|x| x * t).sum::<f64>() - b.iter().map(|x| x * x).sum::<f64>()
}

#[program(a[3], b[3], on(0.5, 1.5))]
#[conservative_grad]
fn one_behind_the_other(a: &[f64], b: &[f64]) -> f64 {
    let c = [a, &b[1..]].concat();
    let rows = vec![a.to_vec(), b.to_vec()];
    let d = rows.concat();
    c.iter()
        .rev()
        .enumerate()
        .map(|(i, x)| i as f64 * x * d[i])
        .sum()
}

const SIZE: usize = 4;

#[program(on(0.5, 1.5))]
#[conservative_grad]
fn made_by_a_function(x: f64) -> f64 {
    let powers: [f64; SIZE] = std::array::from_fn(|i| x.powi(i as i32) * i as f64);
    powers.iter().sum()
}

#[program(xs[3], on(0.5, 1.5))]
#[conservative_grad]
fn assigned_lists(xs: &[f64], k: f64) -> f64 {
    let mut v: Vec<f64> = Vec::new();
    for _ in 0..3 {
        v = xs
            .iter()
            .zip(v.iter().chain(xs.iter()))
            .map(|(x, y)| x * y * k)
            .collect();
    }
    v[0] * v[2]
}

type Vec3 = [f64; 3];

#[conservative_grad]
fn scalar_product(a: &Vec3, b: &Vec3) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[test]
fn aliases_of_lists() {
    let (a, b) = ([1.0, 2.0, 3.0], [4.0, 5.0, 6.0]);
    assert_eq!(scalar_product::grad(&a, &b), (32.0, (b, a)));
    assert_eq!(scalar_product::jvp(&a, &b, &b, &a), (32.0, 91.0));
}

#[derive(Debug, PartialEq)]
enum Fault {
    Negative(f64),
    Large { x: f64 },
}

#[conservative_grad]
fn checked(x: f64) -> Result<f64, Fault> {
    if x < 0.0 {
        return Err(Fault::Negative(x));
    }
    if x > 100.0 {
        Err(Fault::Large { x })
    } else {
        Ok(x.sqrt())
    }
}

#[conservative_grad]
fn told(x: f64, n: usize) -> Result<f64, String> {
    let twice = 2.0 * x;
    if x < 0.0 {
        return Err(format!("{x:.1} of {n:>3}: {} {k}", twice + 1.0, k = x * x));
    }
    let y = checked(x).map_err(|fault| format!("{fault:?}"))?;
    Ok(y * x)
}

#[test]
fn errors_tell_numbers() {
    assert_eq!(checked::grad(4.0), Ok((2.0, 0.25)));
    assert_eq!(checked::grad(-1.0), Err(Fault::Negative(-1.0)));
    assert_eq!(checked::jvp(101.0, 1.0), Err(Fault::Large { x: 101.0 }));
    assert_eq!(told::grad(4.0, 3), Ok((8.0, 3.0)));
    assert_eq!(told::grad(-1.0, 3), told(-1.0, 3).map(|v| (v, 0.0)));
    assert_eq!(
        told::vjp(121.0, 3, 1.0),
        Err("Large { x: 121.0 }".to_owned())
    );
    assert_eq!(told(-1.0, 3), Err("-1.0 of   3: -1 1".to_owned()));
}

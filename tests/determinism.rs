//! The same call gives the same bits: again, with another tape, on another thread.

use ad_runtime::{Tape, conservative_grad};

#[conservative_grad]
fn energy(x: &[f64], k: f64) -> f64 {
    let mut s = 0.0;
    for (i, a) in x.iter().enumerate() {
        for b in &x[..i] {
            let d = a - b;
            s += (k * d * d).tanh() / (1.0 + d.abs());
        }
    }
    s
}

fn point() -> Vec<f64> {
    (0..40).map(|i| (f64::from(i) * 0.7).sin() * 3.0).collect()
}

fn bits(value: f64, x_adj: &[f64], k_adj: f64) -> Vec<u64> {
    let all = [value, k_adj];
    all.iter().chain(x_adj).map(|x| x.to_bits()).collect()
}

fn gradient() -> Vec<u64> {
    let (value, (x_adj, k_adj)) = energy::grad(&point(), 0.3);
    bits(value, &x_adj, k_adj)
}

#[test]
fn again_and_on_other_threads() {
    let expected = gradient();
    assert_eq!(gradient(), expected);
    let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(gradient)).collect();
    for thread in threads {
        assert_eq!(thread.join().expect("no panic"), expected);
    }
}

#[test]
fn the_tape_does_not_matter() {
    let expected = gradient();
    let x = point();
    let mut tape = Tape::new();
    for _ in 0..3 {
        let (mut x_adj, mut k_adj) = (vec![0.0; x.len()], 0.0);
        let value = energy::vjp_into(&mut tape, &x, &mut x_adj, 0.3, &mut k_adj, 1.0);
        assert_eq!(bits(value, &x_adj, k_adj), expected);
    }
}

#[test]
fn the_value_is_the_functions() {
    let x = point();
    let value = energy(&x, 0.3).to_bits();
    assert_eq!(energy::grad(&x, 0.3).0.to_bits(), value);
    assert_eq!(energy::trace(&x, 0.3).0.to_bits(), value);
    assert_eq!(energy::jvp(&x, &x, 0.3, 1.0).0.to_bits(), value);
    assert_eq!(energy::grad_ties(&x, 0.3).0.to_bits(), value);
}

//! A critical point that only the program has.

use ad_runtime::{
    Direction, FieldOptions, Limiting, StationaryOptions, conservative_grad, stationary,
};

/// `|x - 1| + y^2 / 2`, with the identity spelled `relu(x) - relu(-x)`: at `x = 0` its derivative
/// is 1, and relu'(0) = 0 makes it 0.
#[conservative_grad]
fn spelled(p: [f64; 2]) -> f64 {
    let x = p[0].max(0.0) - (-p[0]).max(0.0);
    (x - 1.0).abs() + 0.5 * p[1] * p[1]
}

/// Gradient descent with the steps `1 / (2 + k)`.
fn run(start: [f64; 2]) -> [f64; 2] {
    let mut p = start;
    for k in 0..10_000 {
        let (_, g) = spelled::grad(p);
        let step = 1.0 / f64::from(2 + k);
        p = [p[0] - step * g[0], p[1] - step * g[1]];
    }
    p
}

pub fn descend() {
    println!("|x - 1| + y^2 / 2 with x spelled relu(x) - relu(-x); the minimum is at (1, 0):");
    for start in [
        [0.0, 0.5],
        [1e-12, 0.5],
        [-1e-12, 0.5],
        [-0.7, 0.5],
        [0.3, -0.2],
    ] {
        let end = run(start);
        println!(
            "  from ({:e}, {}) to ({:.4}, {:.4}), value {:.4}",
            start[0],
            start[1],
            end[0],
            end[1],
            spelled(end)
        );
    }
    let stuck = [0.0, 0.0];
    let limiting = |p: &[f64], d: &Direction<Vec<f64>>| {
        let along = match d {
            Direction::Random(seed) => Direction::Random(*seed),
            Direction::Along(d) => Direction::Along([d[0], d[1]]),
        };
        let found = spelled::limiting([p[0], p[1]], &along);
        found.map(|(value, g)| (value, g.to_vec()))
    };
    let field = spelled::field(stuck, &FieldOptions::default()).expect("two ties");
    let decided = field
        .generators()
        .iter()
        .all(|g| g.limiting != Limiting::Undecided);
    let complete = decided.then(|| field.limiting().map(|g| g.vector.to_vec()).collect());
    let options = StationaryOptions {
        gradient: Some(spelled::grad(stuck).1.to_vec()),
        complete,
        ..StationaryOptions::default()
    };
    println!("{}", spelled::certify(stuck));
    println!("{field}");
    println!("(0, 0) is {}", stationary(&limiting, &stuck, &options));
}

//! The inputs: the sizes of the table, the distributions of the suite's own generators.

use std::hint::black_box;

use ad_runtime::Tape;
use gradbench_tool::evals::{ba, det, gmm, ht, llsq, lse, lstm, ode};

/// A primal and its derivative on the same input.
pub struct Workload {
    pub primal: Box<dyn FnMut()>,
    pub derivative: Box<dyn FnMut()>,
}

/// Name, target for derivative / primal, and how it is made.
type Line = (&'static str, f64, fn() -> Workload);

pub const ALL: &[Line] = &[
    ("gmm d=2 k=5 n=1000", 2.0, || mixture(2, 5, 1000)),
    ("gmm d=20 k=50 n=1000", 1.9, || mixture(20, 50, 1000)),
    ("gmm d=64 k=100 n=1000", 2.7, || mixture(64, 100, 1000)),
    ("lstm l=4 c=4096", 1.6, || text(4, 4096)),
    ("det l=8", 3.0, || matrix(8)),
    ("det l=10", 3.0, || matrix(10)),
    ("llsq n=1024 m=128", 1.3, || polynomial(1024, 128)),
    ("lse n=80000", 1.15, || exponentials(80_000)),
    ("ode n=10000 s=10", 3.5, || equations(10_000, 10, 1.0)),
    ("ode n=50 s=1000", 3.5, || equations(50, 1000, 15.0)),
    ("ba 31843 observations", 4.5, || bundle(49, 7776, 31_843)),
    ("ba 225911 observations", 12.0, || {
        bundle(257, 65_132, 225_911)
    }),
    ("ht complicated c=1600", 9.0, || hand(1600, true)),
    ("ht simple c=100000", 10.0, || hand(100_000, false)),
];

/// A generator of uniform and normal numbers with a fixed seed.
struct Random(u64);

impl Random {
    fn new() -> Random {
        Random(31_337)
    }

    fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.uniform().ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    fn uniforms(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| self.uniform()).collect()
    }

    fn normals(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| self.normal()).collect()
    }
}

fn mixture(d: usize, k: usize, n: usize) -> Workload {
    let make = || {
        let mut random = Random::new();
        gmm::Problem {
            alpha: random.normals(k),
            mu: random.uniforms(k * d),
            q: random.normals(k * d),
            l: random.normals(k * d * (d - 1) / 2),
            x: random.normals(n * d),
            d,
            prior: gmm::Wishart { gamma: 1.0, m: 0 },
        }
    };
    let (at, problem, mut tape) = (make(), make(), Tape::new());
    let mut gradient = gmm::Gradient::new(&problem);
    Workload {
        primal: Box::new(move || {
            black_box(at.objective());
        }),
        derivative: Box::new(move || {
            problem.gradient(&mut tape, &mut gradient);
            black_box(&gradient.l);
        }),
    }
}

fn text(layers: usize, characters: usize) -> Workload {
    const BITS: usize = 14;
    let make = || {
        let mut random = Random::new();
        lstm::Problem {
            state: random.uniforms(2 * layers * BITS),
            main: random.uniforms(2 * layers * 4 * BITS),
            extra: random.uniforms(3 * BITS),
            sequence: random
                .uniforms(characters * BITS)
                .iter()
                .map(|v| v.round())
                .collect(),
            b: BITS,
        }
    };
    let (at, problem, mut tape) = (make(), make(), Tape::new());
    let mut gradient = vec![0.0; problem.main.len() + problem.extra.len()];
    Workload {
        primal: Box::new(move || {
            black_box(at.objective());
        }),
        derivative: Box::new(move || {
            problem.gradient(&mut tape, &mut gradient);
            black_box(&gradient);
        }),
    }
}

fn matrix(n: usize) -> Workload {
    let a = Random::new().uniforms(n * n);
    let (at, mut gradient, mut tape) = (a.clone(), vec![0.0; n * n], Tape::new());
    Workload {
        primal: Box::new(move || {
            black_box(det::determinant(black_box(&at), n));
        }),
        derivative: Box::new(move || {
            gradient.fill(0.0);
            det::determinant::vjp_into(&mut tape, &a, &mut gradient, n, 1.0);
            black_box(&gradient);
        }),
    }
}

fn polynomial(n: usize, m: usize) -> Workload {
    let x = Random::new().uniforms(m);
    let (at, mut gradient, mut tape) = (x.clone(), vec![0.0; m], Tape::new());
    Workload {
        primal: Box::new(move || {
            black_box(llsq::least_squares(black_box(&at), n));
        }),
        derivative: Box::new(move || {
            gradient.fill(0.0);
            llsq::least_squares::vjp_into(&mut tape, &x, &mut gradient, n, 1.0);
            black_box(&gradient);
        }),
    }
}

fn exponentials(n: usize) -> Workload {
    let x = Random::new().uniforms(n);
    let (at, mut gradient, mut tape) = (x.clone(), vec![0.0; n], Tape::new());
    Workload {
        primal: Box::new(move || {
            black_box(lse::log_sum_exp(black_box(&at)));
        }),
        derivative: Box::new(move || {
            gradient.fill(0.0);
            lse::log_sum_exp::vjp_into(&mut tape, &x, &mut gradient, 1.0);
            black_box(&gradient);
        }),
    }
}

/// The suite draws from `[0, 1)`, where the gradient is zero but for few components; a larger
/// `scale` gives one that is not.
fn equations(n: usize, steps: usize, scale: f64) -> Workload {
    let x: Vec<f64> = Random::new()
        .uniforms(n)
        .iter()
        .map(|v| scale * v)
        .collect();
    let (at, mut end) = (x.clone(), vec![0.0; n]);
    let (mut y, mut y_adj, mut gradient) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
    let mut tape = Tape::new();
    Workload {
        primal: Box::new(move || {
            ode::runge_kutta(black_box(&at), steps, &mut end);
            black_box(&end);
        }),
        derivative: Box::new(move || {
            ode::last_component(&mut tape, &x, steps, &mut y, &mut y_adj, &mut gradient);
            black_box(&gradient);
        }),
    }
}

fn bundle(cameras: usize, points: usize, observations: usize) -> Workload {
    let make = || {
        let camera = [
            -0.758453, -1.109613, -0.845551, 34.556073, 39.676747, 53.881673, 419.194514, 5.864426,
            -8.51887, 0.087812, 0.002739,
        ];
        ba::Problem::repeated(
            [cameras, points, observations],
            camera,
            [7.203245, 0.001144, 3.023326],
            0.417022,
            [271.760969, 834.209256],
        )
    };
    let (at, problem, mut tape) = (make(), make(), Tape::new());
    let (mut errors, mut jacobian) = (ba::Errors::new(&problem), ba::Jacobian::default());
    Workload {
        primal: Box::new(move || {
            at.objective(&mut errors);
            black_box(&errors.reprojection);
        }),
        derivative: Box::new(move || {
            problem.jacobian(&mut tape, &mut jacobian);
            black_box(&jacobian.vals);
        }),
    }
}

/// The hand of the samples with `count` points.
fn hand(count: usize, on_triangles: bool) -> Workload {
    let make = || {
        let mut random = Random::new();
        let mut problem = sample_hand();
        let targets = match on_triangles {
            true => problem.data.model.triangles.len(),
            false => problem.data.model.base_positions.len(),
        };
        problem.data.correspondences = (0..count)
            .map(|_| (random.uniform() * targets as f64) as usize)
            .collect();
        problem.data.points = (0..count)
            .map(|_| [random.normal(), random.normal(), random.normal()])
            .collect();
        problem.us = match on_triangles {
            true => (0..count)
                .map(|_| [random.uniform(), random.uniform()])
                .collect(),
            false => Vec::new(),
        };
        problem
    };
    let (at, problem) = (make(), make());
    let (mut errors, mut jacobian) = (vec![[0.0; 3]; count], ht::Jacobian::new(&problem));
    Workload {
        primal: Box::new(move || {
            at.objective(&mut errors);
            black_box(&errors);
        }),
        derivative: Box::new(move || {
            problem.jacobian(&mut jacobian);
            black_box(&jacobian.rows);
        }),
    }
}

fn sample_hand() -> ht::Problem {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/ht.jsonl.gz");
    let file = std::fs::File::open(path).expect("the sample is shipped");
    let decoder = flate2::read::GzDecoder::new(file);
    let mut lines = serde_json::Deserializer::from_reader(decoder).into_iter();
    let sample: serde_json::Value = lines
        .next()
        .expect("the sample has a line")
        .expect("which is JSON");
    ht::Problem::decode(&sample["input"].to_string()).expect("and an input")
}

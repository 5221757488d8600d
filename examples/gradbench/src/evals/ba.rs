//! Bundle adjustment: where cameras see points, compared with where they should be seen.

use ad_runtime::{Tape, conservative_grad};
use serde::{Deserialize, Serialize};

use crate::decode::{decode, size};
use crate::evals::unknown;
use crate::timing::{Answer, measure_into};

/// A camera: rotation as axis times angle (3), centre (3), focal length, principal point (2),
/// radial distortion (2).
pub type Camera = [f64; 11];

#[conservative_grad]
pub fn squared_norm(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for v in x {
        sum += v * v;
    }
    sum
}

#[conservative_grad]
pub fn cross(a: &[f64; 3], b: &[f64; 3]) -> [f64; 3] {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

/// The point turned around the axis `rotation` by its length, by Rodrigues' formula.
#[conservative_grad]
pub fn rotate(rotation: &[f64; 3], point: &[f64; 3]) -> [f64; 3] {
    let squared = squared_norm(rotation);
    if squared != 0.0 {
        let angle = squared.sqrt();
        let (sin, cos) = angle.sin_cos();
        let inverse = 1.0 / angle;
        let axis = [
            rotation[0] * inverse,
            rotation[1] * inverse,
            rotation[2] * inverse,
        ];
        let normal = cross(&axis, point);
        let along = (axis[0] * point[0] + axis[1] * point[1] + axis[2] * point[2]) * (1.0 - cos);
        [
            point[0] * cos + normal[0] * sin + axis[0] * along,
            point[1] * cos + normal[1] * sin + axis[1] * along,
            point[2] * cos + normal[2] * sin + axis[2] * along,
        ]
    } else {
        let normal = cross(rotation, point);
        [
            point[0] + normal[0],
            point[1] + normal[1],
            point[2] + normal[2],
        ]
    }
}

#[conservative_grad]
pub fn distort(k1: f64, k2: f64, seen: [f64; 2]) -> [f64; 2] {
    let r = squared_norm(&seen);
    let factor = 1.0 + k1 * r + k2 * r * r;
    [seen[0] * factor, seen[1] * factor]
}

/// Where the camera sees the point, in pixels.
#[conservative_grad]
pub fn project(camera: &Camera, point: &[f64; 3]) -> [f64; 2] {
    let rotation = [camera[0], camera[1], camera[2]];
    let relative = [
        point[0] - camera[3],
        point[1] - camera[4],
        point[2] - camera[5],
    ];
    let turned = rotate(&rotation, &relative);
    let flat = [turned[0] / turned[2], turned[1] / turned[2]];
    let seen = distort(camera[9], camera[10], flat);
    [
        seen[0] * camera[6] + camera[7],
        seen[1] * camera[6] + camera[8],
    ]
}

#[conservative_grad(wrt(camera, point, weight))]
pub fn reprojection_error(
    camera: &Camera,
    point: &[f64; 3],
    weight: f64,
    feature: &[f64; 2],
) -> [f64; 2] {
    let seen = project(camera, point);
    [
        weight * (seen[0] - feature[0]),
        weight * (seen[1] - feature[1]),
    ]
}

#[conservative_grad]
pub fn weight_error(weight: f64) -> f64 {
    1.0 - weight * weight
}

#[derive(Deserialize)]
struct Input {
    n: usize,
    m: usize,
    p: usize,
    cam: Camera,
    x: [f64; 3],
    w: f64,
    feat: [f64; 2],
}

/// What a camera sees of a point.
#[derive(Clone, Copy)]
pub struct Observation {
    pub camera: usize,
    pub point: usize,
}

pub struct Problem {
    pub cameras: Vec<Camera>,
    pub points: Vec<[f64; 3]>,
    pub weights: Vec<f64>,
    pub observations: Vec<Observation>,
    pub features: Vec<[f64; 2]>,
}

/// The input states one camera, point, weight and feature, and how often each is repeated.
/// The bound leaves the indices of the Jacobian's entries in 32 bits.
const MOST: usize = 10_000_000;

impl Problem {
    pub fn decode(input: &str) -> Result<Problem, String> {
        let input: Input = decode(input)?;
        size("n", input.n, 1, MOST)?;
        size("m", input.m, 1, MOST)?;
        size("p", input.p, 1, MOST)?;
        let counts = [input.n, input.m, input.p];
        Ok(Problem::repeated(
            counts, input.cam, input.x, input.w, input.feat,
        ))
    }

    /// As many cameras, points and observations as `counts` says, all alike.
    pub fn repeated(
        counts: [usize; 3],
        camera: Camera,
        point: [f64; 3],
        weight: f64,
        feature: [f64; 2],
    ) -> Problem {
        let [cameras, points, observations] = counts;
        let observe = |i| Observation {
            camera: i % cameras,
            point: i % points,
        };
        Problem {
            cameras: vec![camera; cameras],
            points: vec![point; points],
            weights: vec![weight; observations],
            observations: (0..observations).map(observe).collect(),
            features: vec![feature; observations],
        }
    }

    pub fn objective(&self, errors: &mut Errors) {
        for (i, seen) in self.observations.iter().enumerate() {
            errors.reprojection[i] = reprojection_error(
                &self.cameras[seen.camera],
                &self.points[seen.point],
                self.weights[i],
                &self.features[i],
            );
        }
        for (error, weight) in errors.weight.iter_mut().zip(&self.weights) {
            *error = weight_error(*weight);
        }
    }

    /// Two rows for each observation, by reverse mode, then one for each weight.
    pub fn jacobian(&self, tape: &mut Tape, jacobian: &mut Jacobian) {
        jacobian.clear();
        let first_point = 11 * self.cameras.len();
        let first_weight = first_point + 3 * self.points.len();
        for (i, seen) in self.observations.iter().enumerate() {
            for seed in [[1.0, 0.0], [0.0, 1.0]] {
                let (mut camera, mut point, mut weight) = ([0.0; 11], [0.0; 3], 0.0);
                reprojection_error::vjp_into(
                    tape,
                    &self.cameras[seen.camera],
                    &mut camera,
                    &self.points[seen.point],
                    &mut point,
                    self.weights[i],
                    &mut weight,
                    &self.features[i],
                    seed,
                );
                jacobian.push(11 * seen.camera, &camera);
                jacobian.push(first_point + 3 * seen.point, &point);
                jacobian.push(first_weight + i, &[weight]);
                jacobian.end_row();
            }
        }
        for (i, weight) in self.weights.iter().enumerate() {
            let (_, slope) = weight_error::grad(*weight);
            jacobian.push(first_weight + i, &[slope]);
            jacobian.end_row();
        }
    }
}

/// The result of the objective.
pub struct Errors {
    pub reprojection: Vec<[f64; 2]>,
    pub weight: Vec<f64>,
}

impl Errors {
    pub fn new(problem: &Problem) -> Errors {
        Errors {
            reprojection: vec![[0.0; 2]; problem.observations.len()],
            weight: vec![0.0; problem.weights.len()],
        }
    }
}

/// A sparse matrix: row `i` has the entries `rows[i]..rows[i + 1]`.
#[derive(Default)]
pub struct Jacobian {
    pub rows: Vec<u32>,
    pub cols: Vec<u32>,
    pub vals: Vec<f64>,
}

impl Jacobian {
    fn clear(&mut self) {
        self.rows.clear();
        self.rows.push(0);
        self.cols.clear();
        self.vals.clear();
    }

    /// Adds entries of neighbouring columns to the last row.
    fn push(&mut self, column: usize, values: &[f64]) {
        self.cols
            .extend((column..column + values.len()).map(|c| c as u32));
        self.vals.extend_from_slice(values);
    }

    fn end_row(&mut self) {
        self.rows.push(self.vals.len() as u32);
    }
}

/// As all observations are alike, the protocol asks for the first one and how many there are.
impl Serialize for Errors {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::json!({
            "reproj_error": {
                "elements": self.reprojection[0],
                "repeated": self.reprojection.len(),
            },
            "w_err": { "element": self.weight[0], "repeated": self.weight.len() },
        })
        .serialize(serializer)
    }
}

/// The protocol asks for the first 30 entries of each array and the last one.
impl Serialize for Jacobian {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fn ends<T: Copy>(list: &[T]) -> Vec<T> {
            list.iter().take(30).chain(list.last()).copied().collect()
        }
        serde_json::json!({
            "rows": ends(&self.rows),
            "cols": ends(&self.cols),
            "vals": ends(&self.vals),
        })
        .serialize(serializer)
    }
}

pub fn evaluate(function: &str, input: &str) -> Result<Answer, String> {
    let problem = Problem::decode(input)?;
    match function {
        "objective" => measure_into(input, Errors::new(&problem), |errors| {
            problem.objective(errors);
        }),
        "jacobian" => {
            let mut tape = Tape::new();
            measure_into(input, Jacobian::default(), |jacobian| {
                problem.jacobian(&mut tape, jacobian);
            })
        }
        _ => Err(unknown(function)),
    }
}

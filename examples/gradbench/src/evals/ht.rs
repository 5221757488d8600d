//! Hand tracking: the distances of measured points from a hand in a pose.

use ad_runtime::conservative_grad;
use serde::{Deserialize, Serialize};

use crate::decode::{flatten, length, size};
use crate::evals::unknown;
use crate::timing::{Answer, measure_into};

/// Rows of a rotation, or of an affine map.
pub type Matrix<const N: usize> = [[f64; N]; N];

/// The bones and the surface of a hand at rest.
#[derive(Default)]
pub struct Model {
    /// The bone that each bone hangs on, which comes before it.
    pub parents: Vec<Option<usize>>,
    pub base_relatives: Vec<Matrix<4>>,
    pub inverse_base_absolutes: Vec<Matrix<4>>,
    pub base_positions: Vec<[f64; 4]>,
    /// How much each vertex follows each bone, vertex by vertex.
    pub weights: Vec<f64>,
    pub triangles: Vec<[usize; 3]>,
    pub is_mirrored: bool,
}

/// The rotation, scale and translation of the hand, then the angles of each bone.
type Pose = Vec<[f64; 3]>;

/// Five fingers with four angles each, after the global rotation and translation.
#[conservative_grad]
pub fn pose_of(theta: &[f64; 26], bones: usize) -> Pose {
    let mut pose = vec![[0.0; 3]; bones + 3];
    pose[0] = [theta[0], theta[1], theta[2]];
    pose[1] = [1.0; 3];
    pose[2] = [theta[3], theta[4], theta[5]];
    let mut next = 6;
    let mut bone = 5;
    for _finger in 0..5 {
        for joint in 2..=4 {
            pose[bone][0] = theta[next];
            next += 1;
            if joint == 2 {
                pose[bone][1] = theta[next];
                next += 1;
            }
            bone += 1;
        }
        bone += 1;
    }
    pose
}

#[conservative_grad]
pub fn product<const N: usize>(a: &Matrix<N>, b: &Matrix<N>) -> Matrix<N> {
    let mut c = [[0.0; N]; N];
    for i in 0..N {
        for k in 0..N {
            let mut sum = a[i][0] * b[0][k];
            for j in 1..N {
                sum += a[i][j] * b[j][k];
            }
            c[i][k] = sum;
        }
    }
    c
}

#[conservative_grad]
pub fn rotation_of_axis(axis: [f64; 3]) -> Matrix<3> {
    let norm = (axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]).sqrt();
    if norm < 0.0001 {
        return [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    }
    let (x, y, z) = (axis[0] / norm, axis[1] / norm, axis[2] / norm);
    let (s, c) = norm.sin_cos();
    [
        [
            x * x + (1.0 - x * x) * c,
            x * y * (1.0 - c) - z * s,
            x * z * (1.0 - c) + y * s,
        ],
        [
            x * y * (1.0 - c) + z * s,
            y * y + (1.0 - y * y) * c,
            y * z * (1.0 - c) - x * s,
        ],
        [
            x * z * (1.0 - c) - y * s,
            z * y * (1.0 - c) + x * s,
            z * z + (1.0 - z * z) * c,
        ],
    ]
}

#[conservative_grad]
pub fn rotation_of_angles(angles: [f64; 3]) -> Matrix<3> {
    let (sx, cx) = angles[0].sin_cos();
    let (sz, cz) = angles[1].sin_cos();
    let (sy, cy) = angles[2].sin_cos();
    let around_x = [[1.0, 0.0, 0.0], [0.0, cx, -sx], [0.0, sx, cx]];
    let around_y = [[cy, 0.0, sy], [0.0, 1.0, 0.0], [-sy, 0.0, cy]];
    let around_z = [[cz, -sz, 0.0], [sz, cz, 0.0], [0.0, 0.0, 1.0]];
    product(&product(&around_z, &around_y), &around_x)
}

/// What each bone does to a vertex at rest.
#[conservative_grad(wrt(pose))]
pub fn transforms_of(pose: &[[f64; 3]], model: &Model) -> Vec<Matrix<4>> {
    let bones = model.parents.len();
    let mut absolutes = vec![[[0.0; 4]; 4]; bones];
    let mut transforms = vec![[[0.0; 4]; 4]; bones];
    for i in 0..bones {
        let r = rotation_of_angles(pose[i + 3]);
        let rotation = [
            [r[0][0], r[0][1], r[0][2], 0.0],
            [r[1][0], r[1][1], r[1][2], 0.0],
            [r[2][0], r[2][1], r[2][2], 0.0],
            [0.0, 0.0, 0.0, 1.0],
        ];
        let relative = product(&model.base_relatives[i], &rotation);
        absolutes[i] = match model.parents[i] {
            Some(parent) => product(&absolutes[parent], &relative),
            None => relative,
        };
        transforms[i] = product(&absolutes[i], &model.inverse_base_absolutes[i]);
    }
    transforms
}

/// Where the bones take a vertex.
#[conservative_grad(wrt(transforms))]
pub fn skinned(transforms: &[Matrix<4>], weights: &[f64], base: &[f64; 4]) -> [f64; 3] {
    let mut skinned = [0.0; 3];
    for (transform, weight) in transforms.iter().zip(weights) {
        for j in 0..3 {
            let row = transform[j];
            let place = row[0] * base[0] + row[1] * base[1] + row[2] * base[2] + row[3] * base[3];
            skinned[j] += place * weight;
        }
    }
    skinned
}

/// Where a vertex is when the whole hand is turned, scaled and moved.
#[conservative_grad(wrt(turn, scale, shift, skinned))]
pub fn placed(
    turn: &Matrix<3>,
    scale: &[f64; 3],
    shift: &[f64; 3],
    mirror: f64,
    skinned: &[f64; 3],
) -> [f64; 3] {
    let first = skinned[0] * mirror;
    let mut vertex = [0.0; 3];
    for j in 0..3 {
        vertex[j] = turn[j][0] * scale[0] * first
            + turn[j][1] * scale[1] * skinned[1]
            + turn[j][2] * scale[2] * skinned[2]
            + shift[j];
    }
    vertex
}

/// Where the vertices are in the pose.
#[conservative_grad(wrt(theta))]
pub fn vertices_of(theta: &[f64; 26], model: &Model) -> Vec<[f64; 3]> {
    let bones = model.parents.len();
    let pose = pose_of(theta, bones);
    let transforms = transforms_of(&pose, model);
    let mirror = if model.is_mirrored { -1.0 } else { 1.0 };
    let turn = rotation_of_axis(pose[0]);
    let mut vertices = vec![[0.0; 3]; model.base_positions.len()];
    let base_positions: &[[f64; 4]] = &model.base_positions;
    for (i, (vertex, base)) in vertices.iter_mut().zip(base_positions).enumerate() {
        let weights = &model.weights[i * bones..(i + 1) * bones];
        let skinned = skinned(&transforms, weights, base);
        *vertex = placed(&turn, &pose[1], &pose[2], mirror, &skinned);
    }
    vertices
}

/// How far a vertex is from a measured point.
#[conservative_grad(wrt(vertex))]
pub fn distance(point: &[f64; 3], vertex: &[f64; 3]) -> [f64; 3] {
    [
        point[0] - vertex[0],
        point[1] - vertex[1],
        point[2] - vertex[2],
    ]
}

/// The place `u` on a triangle.
#[conservative_grad]
pub fn on_triangle(u: &[f64; 2], a: &[f64; 3], b: &[f64; 3], c: &[f64; 3]) -> [f64; 3] {
    let mut place = [0.0; 3];
    for j in 0..3 {
        place[j] = u[0] * a[j] + u[1] * b[j] + (1.0 - u[0] - u[1]) * c[j];
    }
    place
}

/// The distances when each point belongs to a vertex.
#[conservative_grad(wrt(theta, errors))]
pub fn to_vertices(theta: &[f64; 26], data: &Data, errors: &mut [[f64; 3]]) {
    let vertices = vertices_of(theta, &data.model);
    for i in 0..errors.len() {
        errors[i] = distance(&data.points[i], &vertices[data.correspondences[i]]);
    }
}

/// The distances when each point belongs to a place `u` on a triangle.
#[conservative_grad(wrt(theta, us, errors))]
pub fn to_triangles(theta: &[f64; 26], us: &[[f64; 2]], data: &Data, errors: &mut [[f64; 3]]) {
    let vertices = vertices_of(theta, &data.model);
    for i in 0..errors.len() {
        let [a, b, c] = data.model.triangles[data.correspondences[i]];
        let place = on_triangle(&us[i], &vertices[a], &vertices[b], &vertices[c]);
        errors[i] = distance(&data.points[i], &place);
    }
}

/// A model and what was measured.
#[derive(Default)]
pub struct Data {
    pub model: Model,
    /// The vertex or triangle of each point.
    pub correspondences: Vec<usize>,
    pub points: Vec<[f64; 3]>,
}

pub struct Problem {
    pub theta: [f64; 26],
    pub data: Data,
    /// Empty if the points belong to vertices.
    pub us: Vec<[f64; 2]>,
}

impl Problem {
    pub fn objective(&self, errors: &mut [[f64; 3]]) {
        if self.us.is_empty() {
            to_vertices(&self.theta, &self.data, errors);
        } else {
            to_triangles(&self.theta, &self.us, &self.data, errors);
        }
    }

    /// One column for each component of the places on the triangles, which concern one point
    /// each and so are found for all points at once, then one for each of `theta`.
    pub fn jacobian(&self, jacobian: &mut Jacobian) {
        if self.us.is_empty() {
            self.rows::<26>(jacobian);
        } else {
            self.rows::<28>(jacobian);
        }
    }

    /// The lanes of a distance are its row; those of `theta` are the last.
    fn rows<const N: usize>(&self, jacobian: &mut Jacobian) {
        let Jacobian {
            rows,
            vertices,
            tangents,
            ..
        } = jacobian;
        let (rows, _) = rows.as_chunks_mut::<N>();
        let (rows, _) = rows.as_chunks_mut::<3>();
        let (tangents, _) = tangents.as_chunks_mut::<N>();
        let (tangents, _) = tangents.as_chunks_mut::<3>();
        let hand = Hand::<N>::new(&self.theta, &self.data.model);
        for i in 0..vertices.len() {
            (vertices[i], tangents[i]) = hand.vertex(&self.data.model, i);
        }
        for (i, row) in rows.iter_mut().enumerate() {
            let (at, point) = (self.data.correspondences[i], &self.data.points[i]);
            *row = match self.us.get(i) {
                None => distance::jvp_lanes(point, &vertices[at], &tangents[at]).1,
                Some(u) => {
                    let [a, b, c] = self.data.model.triangles[at];
                    let (place, tangent) = on_triangle::jvp_lanes(
                        u,
                        &unit(0),
                        &vertices[a],
                        &tangents[a],
                        &vertices[b],
                        &tangents[b],
                        &vertices[c],
                        &tangents[c],
                    );
                    distance::jvp_lanes(point, &place, &tangent).1
                }
            };
        }
    }
}

/// The tangents of `K` neighbouring components, from lane `first` on.
fn unit<const K: usize, const N: usize>(first: usize) -> [[f64; N]; K] {
    let mut unit = [[0.0; N]; K];
    for (k, lanes) in unit.iter_mut().enumerate() {
        lanes[first + k] = 1.0;
    }
    unit
}

/// Angles that move few of the bones, and how.
struct Finger {
    /// The first of its lanes.
    lane: usize,
    bones: std::ops::Range<usize>,
    tangents: Vec<[[[f64; ANGLES]; 4]; 4]>,
}

/// How many angles a finger has; as many parameters of `theta` come before those of fingers.
const ANGLES: usize = 4;
const GLOBAL: usize = 6;

/// What all vertices have in common, with `N` lanes: the rotation and translation of the hand
/// move all bones alike, and the angles of a finger only its own, so that the lanes of most
/// bones are known to be zero.
struct Hand<const N: usize> {
    transforms: Vec<Matrix<4>>,
    fingers: Vec<Finger>,
    turn: (Matrix<3>, [[[f64; N]; 3]; 3]),
    scale: ([f64; 3], [[f64; N]; 3]),
    shift: ([f64; 3], [[f64; N]; 3]),
    mirror: f64,
}

impl<const N: usize> Hand<N> {
    fn new(theta: &[f64; 26], model: &Model) -> Self {
        let bones = model.parents.len();
        let (pose, lanes) = pose_of::jvp_lanes::<N>(theta, &unit(N - 26), bones);
        let fingers = (GLOBAL..26).step_by(ANGLES).map(|first| {
            let mut angles = [[0.0; ANGLES]; 26];
            angles[first..][..ANGLES].copy_from_slice(&unit::<ANGLES, ANGLES>(0));
            let (pose, pose_tan) = pose_of::jvp_lanes(theta, &angles, bones);
            let (_, tangents) = transforms_of::jvp_lanes::<ANGLES>(&pose, &pose_tan, model);
            let moves = |bone: &[[[f64; ANGLES]; 4]; 4]| {
                bone.as_flattened().as_flattened().iter().any(|t| *t != 0.0)
            };
            let start = tangents.iter().position(moves).unwrap_or(0);
            let end = tangents.iter().rposition(moves).map_or(0, |last| last + 1);
            Finger {
                lane: N - 26 + first,
                tangents: tangents[start..end].to_vec(),
                bones: start..end,
            }
        });
        Hand {
            transforms: transforms_of(&pose, model),
            fingers: fingers.collect(),
            turn: rotation_of_axis::jvp_lanes(pose[0], lanes[0]),
            scale: (pose[1], lanes[1]),
            shift: (pose[2], lanes[2]),
            mirror: if model.is_mirrored { -1.0 } else { 1.0 },
        }
    }

    /// A vertex and its tangents.
    fn vertex(&self, model: &Model, i: usize) -> ([f64; 3], [[f64; N]; 3]) {
        let bones = self.transforms.len();
        let (base, weights) = (
            &model.base_positions[i],
            &model.weights[i * bones..][..bones],
        );
        let skin = skinned(&self.transforms, weights, base);
        let mut skin_tan = [[0.0; N]; 3];
        for finger in &self.fingers {
            let bones = finger.bones.clone();
            let transforms = &self.transforms[bones.clone()];
            let (_, tangents) =
                skinned::jvp_lanes(transforms, &finger.tangents, &weights[bones], base);
            for (lanes, own) in skin_tan.iter_mut().zip(&tangents) {
                lanes[finger.lane..][..ANGLES].copy_from_slice(own);
            }
        }
        placed::jvp_lanes(
            &self.turn.0,
            &self.turn.1,
            &self.scale.0,
            &self.scale.1,
            &self.shift.0,
            &self.shift.1,
            self.mirror,
            &skin,
            &skin_tan,
        )
    }
}

/// A dense matrix by rows, and what it is computed with.
pub struct Jacobian {
    pub rows: Vec<f64>,
    columns: usize,
    vertices: Vec<[f64; 3]>,
    tangents: Vec<f64>,
}

impl Jacobian {
    pub fn new(problem: &Problem) -> Jacobian {
        let model = &problem.data.model;
        let (n, vertices) = (problem.data.points.len(), model.base_positions.len());
        let columns = if problem.us.is_empty() { 26 } else { 28 };
        Jacobian {
            rows: vec![0.0; 3 * n * columns],
            columns,
            vertices: vec![[0.0; 3]; vertices],
            tangents: vec![0.0; 3 * vertices * columns],
        }
    }
}

impl Serialize for Jacobian {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows.chunks_exact(self.columns))
    }
}

/// The distances as the protocol has them, one after the other.
struct Distances(Vec<[f64; 3]>);

impl Serialize for Distances {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.as_flattened())
    }
}

pub fn evaluate(function: &str, input: &str) -> Result<Answer, String> {
    let problem = Problem::decode(input)?;
    match function {
        "objective" => {
            let distances = Distances(vec![[0.0; 3]; problem.data.points.len()]);
            measure_into(input, distances, |distances| {
                problem.objective(&mut distances.0);
            })
        }
        "jacobian" => measure_into(input, Jacobian::new(&problem), |jacobian| {
            problem.jacobian(jacobian);
        }),
        _ => Err(unknown(function)),
    }
}

#[derive(Deserialize)]
struct Input {
    theta: Vec<f64>,
    data: DataInput,
    us: Vec<[f64; 2]>,
}

#[derive(Deserialize)]
struct DataInput {
    model: ModelInput,
    correspondences: Vec<usize>,
    points: Vec<[f64; 3]>,
}

#[derive(Deserialize)]
struct ModelInput {
    parents: Vec<i64>,
    base_relatives: Vec<Matrix<4>>,
    inverse_base_absolutes: Vec<Matrix<4>>,
    base_positions: Vec<[f64; 4]>,
    weights: Vec<Vec<f64>>,
    triangles: Vec<[usize; 3]>,
    is_mirrored: bool,
}

impl Problem {
    pub fn decode(input: &str) -> Result<Problem, String> {
        let input: Input = crate::decode::decode(input)?;
        let found = input.theta.len();
        let theta = input.theta.try_into();
        let theta = theta.map_err(|_| format!("`theta`: 26 elements expected, {found} found"))?;
        let data = input.data;
        let model = data.model.check()?;
        let n = data.points.len();
        size("data.points.length", n, 1, crate::decode::MOST)?;
        length("data.correspondences", data.correspondences.len(), n)?;
        let targets = if input.us.is_empty() {
            model.base_positions.len()
        } else {
            length("us", input.us.len(), n)?;
            model.triangles.len()
        };
        below("data.correspondences", &data.correspondences, targets)?;
        Ok(Problem {
            theta,
            data: Data {
                model,
                correspondences: data.correspondences,
                points: data.points,
            },
            us: input.us,
        })
    }
}

impl ModelInput {
    fn check(self) -> Result<Model, String> {
        let (bones, vertices) = (self.parents.len(), self.base_positions.len());
        // The pose has angles for four bones of each of five fingers after the first two.
        size("data.model.parents.length", bones, 22, crate::decode::MOST)?;
        length(
            "data.model.base_relatives",
            self.base_relatives.len(),
            bones,
        )?;
        let inverses = self.inverse_base_absolutes.len();
        length("data.model.inverse_base_absolutes", inverses, bones)?;
        let weights = flatten("data.model.weights", &self.weights, vertices, bones)?;
        below(
            "data.model.triangles",
            self.triangles.as_flattened(),
            vertices,
        )?;
        let parents =
            self.parents
                .iter()
                .enumerate()
                .map(|(i, &parent)| match usize::try_from(parent) {
                    Ok(parent) if parent < i => Ok(Some(parent)),
                    Err(_) if parent == -1 => Ok(None),
                    _ => Err(format!(
                        "`data.model.parents[{i}]`: neither -1 nor an earlier bone"
                    )),
                });
        Ok(Model {
            parents: parents.collect::<Result<_, _>>()?,
            base_relatives: self.base_relatives,
            inverse_base_absolutes: self.inverse_base_absolutes,
            base_positions: self.base_positions,
            weights,
            triangles: self.triangles,
            is_mirrored: self.is_mirrored,
        })
    }
}

fn below(field: &str, indices: &[usize], bound: usize) -> Result<(), String> {
    match indices.iter().position(|&index| index >= bound) {
        Some(i) => Err(format!("`{field}`: element {i} is not below {bound}")),
        None => Ok(()),
    }
}

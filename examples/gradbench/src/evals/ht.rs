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

/// Where the vertices are in the pose.
#[conservative_grad(wrt(theta))]
pub fn vertices_of(theta: &[f64; 26], model: &Model) -> Vec<[f64; 3]> {
    let bones = model.parents.len();
    let pose = pose_of(theta, bones);
    let transforms = transforms_of(&pose, model);
    let mirror = if model.is_mirrored { -1.0 } else { 1.0 };
    let turn = rotation_of_axis(pose[0]);
    let scale = pose[1];
    let shift = pose[2];
    let mut vertices = vec![[0.0; 3]; model.base_positions.len()];
    let base_positions: &[[f64; 4]] = &model.base_positions;
    for (i, (vertex, base)) in vertices.iter_mut().zip(base_positions).enumerate() {
        let weights = &model.weights[i * bones..(i + 1) * bones];
        let mut skinned = [0.0; 3];
        for (transform, weight) in transforms.iter().zip(weights) {
            for j in 0..3 {
                let row = transform[j];
                let place =
                    row[0] * base[0] + row[1] * base[1] + row[2] * base[2] + row[3] * base[3];
                skinned[j] += place * weight;
            }
        }
        skinned[0] *= mirror;
        for j in 0..3 {
            vertex[j] = turn[j][0] * scale[0] * skinned[0]
                + turn[j][1] * scale[1] * skinned[1]
                + turn[j][2] * scale[2] * skinned[2]
                + shift[j];
        }
    }
    vertices
}

/// The distances when each point belongs to a vertex.
#[conservative_grad(wrt(theta, errors))]
pub fn to_vertices(theta: &[f64; 26], data: &Data, errors: &mut [[f64; 3]]) {
    let vertices = vertices_of(theta, &data.model);
    for i in 0..errors.len() {
        let vertex = vertices[data.correspondences[i]];
        for j in 0..3 {
            errors[i][j] = data.points[i][j] - vertex[j];
        }
    }
}

/// The distances when each point belongs to a place `u` on a triangle.
#[conservative_grad(wrt(theta, us, errors))]
pub fn to_triangles(theta: &[f64; 26], us: &[[f64; 2]], data: &Data, errors: &mut [[f64; 3]]) {
    let vertices = vertices_of(theta, &data.model);
    for i in 0..errors.len() {
        let [a, b, c] = data.model.triangles[data.correspondences[i]];
        let u = us[i];
        for j in 0..3 {
            let place = u[0] * vertices[a][j]
                + u[1] * vertices[b][j]
                + (1.0 - u[0] - u[1]) * vertices[c][j];
            errors[i][j] = data.points[i][j] - place;
        }
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

    /// One lane for each component of the places on the triangles, which concern one point
    /// each and so are found for all points at once, then one for each of `theta`. The lanes of
    /// a distance are its row.
    pub fn jacobian(&self, jacobian: &mut Jacobian) {
        let Jacobian {
            rows, errors, us, ..
        } = jacobian;
        if self.us.is_empty() {
            let (rows, _) = rows.as_chunks_mut::<26>();
            to_vertices::jvp_lanes::<26>(
                &self.theta,
                &units::<26>(0),
                &self.data,
                errors,
                rows.as_chunks_mut::<3>().0,
            );
        } else {
            let (rows, _) = rows.as_chunks_mut::<28>();
            to_triangles::jvp_lanes::<28>(
                &self.theta,
                &units::<28>(2),
                &self.us,
                us,
                &self.data,
                errors,
                rows.as_chunks_mut::<3>().0,
            );
        }
    }
}

/// The tangents of `theta` in lanes, behind those of others.
fn units<const N: usize>(others: usize) -> [[f64; N]; 26] {
    let mut units = [[0.0; N]; 26];
    for (k, unit) in units.iter_mut().enumerate() {
        unit[others + k] = 1.0;
    }
    units
}

/// A dense matrix by rows, and what it is computed with.
pub struct Jacobian {
    pub rows: Vec<f64>,
    columns: usize,
    errors: Vec<[f64; 3]>,
    /// The tangents of the places on the triangles.
    us: Vec<[[f64; 28]; 2]>,
}

impl Jacobian {
    pub fn new(problem: &Problem) -> Jacobian {
        let n = problem.data.points.len();
        let columns = if problem.us.is_empty() { 26 } else { 28 };
        let mut unit = [[0.0; 28]; 2];
        (unit[0][0], unit[1][1]) = (1.0, 1.0);
        Jacobian {
            rows: vec![0.0; 3 * n * columns],
            columns,
            errors: vec![[0.0; 3]; n],
            us: vec![unit; problem.us.len()],
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

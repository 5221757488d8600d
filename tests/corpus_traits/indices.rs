//! `m[(i, j)]` and `v[i]` on types of the user's: read, written, changed in place, in loops,
//! through `&mut` and in methods.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
mod types {
    use ad_runtime::{Differentiable, conservative_grad};
    use std::ops::{Index, IndexMut};

    #[derive(Clone, Debug, Differentiable)]
    pub struct Matrix {
        pub rows: usize,
        pub cols: usize,
        pub data: Vec<f64>,
    }

    #[conservative_grad]
    impl Index<(usize, usize)> for Matrix {
        type Output = f64;
        fn index(&self, (i, j): (usize, usize)) -> &f64 {
            assert!(i < self.rows && j < self.cols);
            &self.data[i * self.cols + j]
        }
    }
    #[conservative_grad]
    impl IndexMut<(usize, usize)> for Matrix {
        fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut f64 {
            assert!(i < self.rows && j < self.cols);
            &mut self.data[i * self.cols + j]
        }
    }

    #[conservative_grad]
    impl Matrix {
        pub fn zeros(rows: usize, cols: usize) -> Matrix {
            Matrix {
                rows,
                cols,
                data: vec![0.0; rows * cols],
            }
        }
        pub fn from(x: &[f64], rows: usize, cols: usize) -> Matrix {
            let mut m = Matrix::zeros(rows, cols);
            for i in 0..rows {
                for j in 0..cols {
                    m[(i, j)] = x[(i * cols + j) % x.len()];
                }
            }
            m
        }
        pub fn times(&self, o: &Matrix) -> Matrix {
            let mut m = Matrix::zeros(self.rows, o.cols);
            for i in 0..self.rows {
                for j in 0..o.cols {
                    for k in 0..self.cols {
                        m[(i, j)] += self[(i, k)] * o[(k, j)];
                    }
                }
            }
            m
        }
        pub fn trace_of(&self) -> f64 {
            let mut t = 0.0;
            for i in 0..self.rows {
                t += self[(i, i)];
            }
            t
        }
        pub fn scale_row(&mut self, i: usize, k: f64) {
            for j in 0..self.cols {
                self[(i, j)] *= k;
            }
        }
        pub fn eliminate(&mut self) -> f64 {
            let mut det = 1.0;
            for p in 0..self.rows {
                let pivot = self[(p, p)];
                det *= pivot;
                for i in p + 1..self.rows {
                    let f = self[(i, p)] / pivot;
                    for j in p..self.cols {
                        let above = self[(p, j)];
                        self[(i, j)] -= f * above;
                    }
                }
            }
            det
        }
    }

    /// The body decides among fields.
    #[derive(Clone, Copy, Debug, Differentiable)]
    pub struct V3 {
        pub x: f64,
        pub y: f64,
        pub z: f64,
    }
    #[conservative_grad]
    impl Index<usize> for V3 {
        type Output = f64;
        fn index(&self, i: usize) -> &f64 {
            match i {
                0 => &self.x,
                1 => &self.y,
                2 => &self.z,
                _ => panic!("no component {i}"),
            }
        }
    }
    #[conservative_grad]
    impl IndexMut<usize> for V3 {
        fn index_mut(&mut self, i: usize) -> &mut f64 {
            match i {
                0 => &mut self.x,
                1 => &mut self.y,
                2 => &mut self.z,
                _ => panic!("no component {i}"),
            }
        }
    }

    /// Packed, with a diagonal of its own.
    #[derive(Clone, Debug, Differentiable)]
    pub struct Sym {
        pub diagonal: [f64; 3],
        pub rest: [f64; 3],
    }
    #[conservative_grad]
    impl Index<(usize, usize)> for Sym {
        type Output = f64;
        fn index(&self, ij: (usize, usize)) -> &f64 {
            if ij.0 == ij.1 {
                return &self.diagonal[ij.0];
            }
            &self.rest[ij.0 + ij.1 - 1]
        }
    }

    /// Elements are structs.
    #[derive(Clone, Debug, Differentiable)]
    pub struct Grid {
        pub width: usize,
        pub cells: Vec<V3>,
    }
    #[conservative_grad]
    impl Index<(usize, usize)> for Grid {
        type Output = V3;
        fn index(&self, (i, j): (usize, usize)) -> &V3 {
            let k = i * self.width + j;
            &self.cells[k]
        }
    }
    #[conservative_grad]
    impl IndexMut<(usize, usize)> for Grid {
        fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut V3 {
            let k = i * self.width + j;
            &mut self.cells[k]
        }
    }

    /// A list with a name.
    #[derive(Clone, Debug, Differentiable)]
    pub struct Poly {
        pub c: Vec<f64>,
    }
    #[conservative_grad]
    impl Index<usize> for Poly {
        type Output = f64;
        fn index(&self, i: usize) -> &f64 {
            &self.c[self.c.len() - 1 - i]
        }
    }
}

#[program(x[6], y[6])]
#[conservative_grad]
fn products(x: &[f64], y: &[f64]) -> f64 {
    let a = types::Matrix::from(x, 2, 3);
    let b = types::Matrix::from(y, 3, 2);
    let c = a.times(&b);
    c.trace_of() * c[(0, 1)] + c[(1, 0)]
}

#[program(x[9], on(0.5, 2.0))]
#[conservative_grad]
fn determinant(x: &[f64], k: f64) -> f64 {
    let mut a = types::Matrix::from(x, 3, 3);
    a.scale_row(1, k);
    for i in 0..3 {
        a[(i, i)] += 3.0 + k * k;
    }
    a.eliminate() * a[(2, 2)]
}

#[program(x[4], n = 4)]
#[conservative_grad]
fn steps(x: &[f64], n: usize) -> f64 {
    let mut m = types::Matrix::from(x, 2, 2);
    for t in 0..n {
        let (i, j) = (t % 2, (t / 2) % 2);
        let at = (i, j);
        if m[at] > 0.2 {
            m[(j, i)] = m[(i, j)] * m[(i, j)] - x[t];
        } else {
            m[at] += m[(j, i)].sin();
        }
    }
    m[(0, 0)] + m[(0, 1)] * m[(1, 0)] * m[(1, 1)]
}

#[twin]
#[conservative_grad]
fn relax(m: &mut types::Matrix, w: f64) {
    for i in 1..m.rows {
        let before = m[(i - 1, 0)];
        let cell = &mut m[(i, 0)];
        *cell = *cell * (1.0 - w) + before * w;
    }
}

#[program(x[4])]
#[conservative_grad]
fn through_a_reference(x: &[f64], w: f64) -> f64 {
    let mut m = types::Matrix::from(x, 4, 1);
    relax(&mut m, w);
    let last = m[(3, 0)];
    relax(&mut m, last);
    m[(3, 0)] * m[(1, 0)]
}

#[program]
#[conservative_grad]
fn components(x: f64, y: f64, k: f64) -> f64 {
    let mut v = types::V3 { x, y, z: k };
    for i in 0..3 {
        v[i] += k * v[(i + 1) % 3];
        v[i] *= v[2];
    }
    v[0] * v.y + v[2]
}

#[program]
#[conservative_grad]
fn packed(a: [f64; 3], b: [f64; 3]) -> f64 {
    let m = types::Sym {
        diagonal: a,
        rest: b,
    };
    let mut sum = 0.0;
    for i in 0..3 {
        for j in 0..3 {
            sum += m[(i, j)] * m[(j, i)] * (1.0 + i as f64);
        }
    }
    sum
}

#[program(x[4])]
#[conservative_grad]
fn cells(x: &[f64], k: f64) -> f64 {
    let v = types::V3 {
        x: x[0],
        y: x[1],
        z: x[2],
    };
    let mut g = types::Grid {
        width: 2,
        cells: vec![v; 4],
    };
    g[(0, 1)].x = k * x[3];
    g[(1, 0)][2] += k;
    let u = g[(0, 1)];
    g[(1, 1)] = types::V3 {
        x: u.x * u.y,
        y: k,
        z: g[(1, 0)].z,
    };
    g[(1, 1)].x * g[(1, 1)].z + g[(0, 0)][1] * g[(1, 1)][1]
}

#[program(c[4])]
#[conservative_grad]
fn polynomial(c: Vec<f64>, x: f64) -> f64 {
    let p = types::Poly { c };
    let mut y = 0.0;
    for i in 0..4 {
        y = y * x + p[i];
    }
    y
}

/// A foreign index that nothing active reaches stays what it is.
struct Labels(Vec<i32>);
impl std::ops::Index<(usize, usize)> for Labels {
    type Output = i32;
    fn index(&self, (i, j): (usize, usize)) -> &i32 {
        &self.0[2 * i + j]
    }
}

#[conservative_grad(wrt(x))]
fn labelled(x: f64, labels: &Labels) -> f64 {
    x * f64::from(labels[(1, 0)]) + labels[(0, 1)] as f64
}

#[test]
fn inactive_indices_are_the_users() {
    let labels = Labels(vec![1, 2, 3, 4]);
    assert_eq!(labelled::grad(2.0, &labels), (8.0, 3.0));
}

//! Linear algebra, in place and on flat memory.

use ad_runtime::conservative_grad;

/// Source: `peroxide`, the solution of `A x = b` by LU with partial pivoting, in place.
#[conservative_grad]
pub fn lu_solve(a: &mut Vec<Vec<f64>>, b: &mut [f64]) {
    let n = b.len();
    for k in 0..n {
        let mut pivot = k;
        for i in k + 1..n {
            if a[i][k].abs() > a[pivot][k].abs() {
                pivot = i;
            }
        }
        if pivot != k {
            a.swap(k, pivot);
            b.swap(k, pivot);
        }
        for i in k + 1..n {
            let factor = a[i][k] / a[k][k];
            for j in k..n {
                a[i][j] -= factor * a[k][j];
            }
            b[i] -= factor * b[k];
        }
    }
    for i in (0..n).rev() {
        let mut sum = b[i];
        for j in i + 1..n {
            sum -= a[i][j] * b[j];
        }
        b[i] = sum / a[i][i];
    }
}

/// Source: `nalgebra`, `Cholesky`, the factor in place of the lower triangle.
#[conservative_grad]
pub fn cholesky<const N: usize>(matrix: &mut [[f64; N]; N]) -> bool {
    for j in 0..N {
        for k in 0..j {
            let factor = -matrix[j][k];
            for i in j..N {
                matrix[i][j] += factor * matrix[i][k];
            }
        }
        let diagonal = matrix[j][j];
        if diagonal <= 0.0 {
            return false;
        }
        let root = diagonal.sqrt();
        for row in matrix[j..].iter_mut() {
            row[j] /= root;
        }
    }
    true
}

/// Source: `microfft`, a transform of radix two over interleaved real and imaginary parts.
#[conservative_grad]
pub fn fft(data: &mut [f64]) {
    let n = data.len() / 2;
    let mut j = 0;
    for i in 1..n {
        let mut bit = n >> 1;
        while j & bit != 0 {
            j ^= bit;
            bit >>= 1;
        }
        j ^= bit;
        if i < j {
            data.swap(2 * i, 2 * j);
            data.swap(2 * i + 1, 2 * j + 1);
        }
    }
    let mut len = 2;
    while len <= n {
        let angle = -2.0 * std::f64::consts::PI / len as f64;
        let (w_im, w_re) = angle.sin_cos();
        for block in data.chunks_exact_mut(2 * len) {
            let (even, odd) = block.split_at_mut(len);
            let (mut re, mut im) = (1.0, 0.0);
            for (a, b) in even.chunks_exact_mut(2).zip(odd.chunks_exact_mut(2)) {
                let (x, y) = (b[0] * re - b[1] * im, b[0] * im + b[1] * re);
                (b[0], b[1]) = (a[0] - x, a[1] - y);
                a[0] += x;
                a[1] += y;
                (re, im) = (re * w_re - im * w_im, re * w_im + im * w_re);
            }
        }
        len <<= 1;
    }
}

/// Source: `adskalman`, the update of a state of two numbers by one measurement.
#[conservative_grad]
pub fn kalman_update(
    state: [f64; 2],
    covariance: [[f64; 2]; 2],
    observation: [f64; 2],
    noise: f64,
    measured: f64,
) -> ([f64; 2], [[f64; 2]; 2]) {
    let residual = measured - (observation[0] * state[0] + observation[1] * state[1]);
    let ph = covariance.map(|row| row[0] * observation[0] + row[1] * observation[1]);
    let innovation = observation[0] * ph[0] + observation[1] * ph[1] + noise;
    let gain = ph.map(|p| p / innovation);
    let mut posterior = covariance;
    for i in 0..2 {
        for j in 0..2 {
            posterior[i][j] -= gain[i] * ph[j];
        }
    }
    (
        [state[0] + gain[0] * residual, state[1] + gain[1] * residual],
        posterior,
    )
}

/// Source: `ndarray-linalg`, powers of a matrix for its largest eigenvalue.
#[conservative_grad]
pub fn power_iteration(a: &[[f64; 3]; 3], rounds: usize) -> f64 {
    let mut v = [1.0, 0.5, 0.25];
    let mut eigenvalue = 0.0;
    for _ in 0..rounds {
        let mut next = [0.0; 3];
        for (y, row) in next.iter_mut().zip(a) {
            *y = row.iter().zip(&v).map(|(a, x)| a * x).sum();
        }
        eigenvalue = next.iter().map(|x| x * x).sum::<f64>().sqrt();
        v = next.map(|x| x / eigenvalue);
    }
    eigenvalue
}

#[cfg(test)]
mod tests {
    use crate::points::check;
    use ad_runtime::conservative_grad;

    #[conservative_grad]
    fn solved(x: [f64; 12]) -> f64 {
        let mut a = vec![x[..3].to_vec(), x[3..6].to_vec(), x[6..9].to_vec()];
        let mut b = x[9..].to_vec();
        super::lu_solve(&mut a, &mut b);
        b[0] + 2.0 * b[1] - b[2]
    }

    #[conservative_grad]
    fn factor([a, b, c, d, e, f]: [f64; 6]) -> f64 {
        let mut m = [[a + 3.0, b, c], [b, d + 3.0, e], [c, e, f + 3.0]];
        let positive = super::cholesky(&mut m);
        assert!(positive);
        m[0][0] * m[1][1] * m[2][2] + m[1][0] * m[2][1]
    }

    #[conservative_grad]
    fn spectrum(x: [f64; 16]) -> f64 {
        let mut data = x;
        super::fft(&mut data);
        let mut sum = 0.0;
        for (k, c) in data.chunks_exact(2).enumerate() {
            sum += (k as f64 + 1.0) * (c[0] * c[0] * c[1] + c[1]);
        }
        sum
    }

    #[conservative_grad]
    fn updated(x: [f64; 9]) -> f64 {
        let p = [[x[2] + 2.0, x[3]], [x[3], x[4] + 2.0]];
        let (state, p) = super::kalman_update([x[0], x[1]], p, [x[5], x[6]], 1.5 + x[7], x[8]);
        state[0] * p[0][1] + state[1] * p[1][1] + p[0][0]
    }

    #[conservative_grad]
    fn largest([a, b, c, d, e, f]: [f64; 6]) -> f64 {
        super::power_iteration(&[[a, b, c], [b, d, e], [c, e, f]], 12)
    }

    #[test]
    fn matrices() {
        let mut x = [(-1.0, 1.0); 12];
        (x[3], x[7], x[2]) = ((2.0, 3.0), (2.0, 3.0), (1.5, 2.5));
        check(x, solved, solved::grad, solved::jvp);
        check([(-0.5, 0.5); 6], factor, factor::grad, factor::jvp);
        check([(0.5, 1.5); 6], largest, largest::grad, largest::jvp);
    }

    #[test]
    fn signals() {
        check([(-1.0, 1.0); 16], spectrum, spectrum::grad, spectrum::jvp);
        check([(-0.5, 0.5); 9], updated, updated::grad, updated::jvp);
        // The transform of a unit impulse is constant.
        let mut data = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        super::fft(&mut data);
        assert_eq!(data, [1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0]);
    }
}

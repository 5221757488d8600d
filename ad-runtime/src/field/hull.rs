//! The point of least norm of a convex hull.

/// The point of least norm of the convex hull of `points`, and the weights of the points in it.
///
/// The algorithm of Wolfe (*Finding the nearest point in a polytope*, Mathematical Programming 11,
/// 1976): a simplex of points whose affine hull has its point of least norm inside grows by the
/// point that lies farthest below, and shrinks where that point leaves it. It ends after finitely
/// many steps. No point gives the empty vector.
pub fn min_norm(points: &[Vec<f64>]) -> (Vec<f64>, Vec<f64>) {
    let Some(first) = (0..points.len()).min_by(|i, j| {
        let norm = |k: usize| dot(&points[k], &points[k]);
        norm(*i).total_cmp(&norm(*j))
    }) else {
        return (Vec::new(), Vec::new());
    };
    let largest = points.iter().map(|p| dot(p, p)).fold(0.0, f64::max);
    let tolerance = 1e-14 * largest;
    let mut corral = vec![first];
    let mut weights = vec![1.0];
    // Each step but the last lowers the norm; the bound is against rounding.
    for _ in 0..100 + 10 * points.len() {
        let x = combination(points, &corral, &weights);
        let below = (0..points.len()).min_by(|i, j| {
            let ahead = |k: usize| dot(&x, &points[k]);
            ahead(*i).total_cmp(&ahead(*j))
        });
        let Some(below) =
            below.filter(|k| dot(&x, &points[*k]) < dot(&x, &x) - tolerance && !corral.contains(k))
        else {
            break;
        };
        corral.push(below);
        weights.push(0.0);
        while let Some(affine) = affine_min_norm(points, &corral) {
            if affine.iter().all(|w| *w > 1e-12) {
                weights = affine;
                break;
            }
            // As far towards it as the simplex reaches.
            let reach = weights.iter().zip(&affine).filter(|(_, a)| **a <= 1e-12);
            let step = reach.map(|(w, a)| w / (w - a)).fold(1.0, f64::min);
            for (w, a) in weights.iter_mut().zip(&affine) {
                *w += step * (a - *w);
            }
            let leaving = (0..weights.len()).min_by(|i, j| weights[*i].total_cmp(&weights[*j]));
            if let Some(k) = leaving {
                corral.remove(k);
                weights.remove(k);
            }
            let total: f64 = weights.iter().sum();
            weights.iter_mut().for_each(|w| *w /= total);
        }
        if weights.len() < corral.len() || affine_min_norm(points, &corral).is_none() {
            break;
        }
    }
    let x = combination(points, &corral, &weights);
    let mut all = vec![0.0; points.len()];
    for (k, w) in corral.iter().zip(&weights) {
        all[*k] += w;
    }
    (x, all)
}

/// The distance of `v` from the convex hull of `points`.
pub fn distance(points: &[Vec<f64>], v: &[f64]) -> f64 {
    let moved = points.iter().map(|p| difference(p, v)).collect::<Vec<_>>();
    let (nearest, _) = min_norm(&moved);
    norm(&nearest)
}

pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

pub fn norm(v: &[f64]) -> f64 {
    let largest = v.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
    if largest == 0.0 || !largest.is_finite() {
        return largest;
    }
    let scaled = v.iter().map(|x| (x / largest) * (x / largest));
    largest * scaled.sum::<f64>().sqrt()
}

pub fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn combination(points: &[Vec<f64>], chosen: &[usize], weights: &[f64]) -> Vec<f64> {
    let mut x = vec![0.0; points[chosen[0]].len()];
    for (k, w) in chosen.iter().zip(weights) {
        x.iter_mut().zip(&points[*k]).for_each(|(x, p)| *x += w * p);
    }
    x
}

/// The weights of the point of least norm of the affine hull; absent where the points
/// are affinely dependent.
fn affine_min_norm(points: &[Vec<f64>], chosen: &[usize]) -> Option<Vec<f64>> {
    // Of (e e' + P P') y = e, normalised.
    let n = chosen.len();
    let mut rows: Vec<Vec<f64>> = chosen
        .iter()
        .map(|i| {
            let gram = chosen.iter().map(|j| 1.0 + dot(&points[*i], &points[*j]));
            gram.chain([1.0]).collect()
        })
        .collect();
    let size = rows.iter().flatten().fold(0.0, |m: f64, x| m.max(x.abs()));
    for k in 0..n {
        let pivot = (k..n).max_by(|i, j| rows[*i][k].abs().total_cmp(&rows[*j][k].abs()))?;
        rows.swap(k, pivot);
        if rows[k][k].abs() <= 1e-13 * size {
            return None;
        }
        for i in k + 1..n {
            let factor = rows[i][k] / rows[k][k];
            let (above, below) = rows.split_at_mut(i);
            for (x, y) in below[0].iter_mut().zip(&above[k]).skip(k) {
                *x -= factor * y;
            }
        }
    }
    let mut y = vec![0.0; n];
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|j| rows[k][j] * y[j]).sum();
        y[k] = (rows[k][n] - known) / rows[k][k];
    }
    let total: f64 = y.iter().sum();
    (total != 0.0).then(|| y.iter().map(|w| w / total).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn least(points: &[[f64; 2]]) -> Vec<f64> {
        let points: Vec<Vec<f64>> = points.iter().map(|p| p.to_vec()).collect();
        let (x, weights) = min_norm(&points);
        assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(weights.iter().all(|w| *w >= -1e-12));
        x
    }

    fn close(a: &[f64], b: &[f64]) {
        assert!(norm(&difference(a, b)) < 1e-9, "{a:?} {b:?}");
    }

    #[test]
    fn the_nearest_point_is_a_corner_an_edge_or_inside() {
        close(&least(&[[2.0, 1.0]]), &[2.0, 1.0]);
        close(&least(&[[2.0, 1.0], [1.0, 0.0], [3.0, -1.0]]), &[1.0, 0.0]);
        close(&least(&[[1.0, 1.0], [1.0, -1.0]]), &[1.0, 0.0]);
        close(&least(&[[1.0, 1.0], [1.0, -1.0], [-1.0, 0.0]]), &[0.0, 0.0]);
        close(&least(&[[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), &[0.5, 0.5]);
        close(&least(&[[-1.0, 0.0], [1.0, 0.0]]), &[0.0, 0.0]);
    }

    #[test]
    fn it_is_the_least_of_many_points() {
        // Against a projected gradient of many steps.
        let mut state = 1_u64;
        let mut random = || {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (state >> 11) as f64 / (1_u64 << 53) as f64 - 0.3
        };
        for count in 2..12 {
            let points: Vec<Vec<f64>> = (0..count)
                .map(|_| (0..4).map(|_| random()).collect())
                .collect();
            let (x, _) = min_norm(&points);
            // Optimality: no point lies below the plane through x.
            for p in &points {
                assert!(dot(&x, p) >= dot(&x, &x) - 1e-9, "{points:?}");
            }
        }
    }

    #[test]
    fn membership() {
        let segment = vec![vec![0.0], vec![1.0]];
        assert!(distance(&segment, &[0.25]) < 1e-12);
        assert!((distance(&segment, &[-2.0]) - 2.0).abs() < 1e-12);
    }
}

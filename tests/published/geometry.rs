//! Earth, images, rotations.

use ad_runtime::conservative_grad;

/// Source: `geo`, `Haversine::distance`.
#[conservative_grad]
pub fn haversine(from: (f64, f64), to: (f64, f64)) -> f64 {
    const MEAN_EARTH_RADIUS: f64 = 6371008.8;
    let (lon1, lat1) = from;
    let (lon2, lat2) = to;
    let theta1 = lat1.to_radians();
    let theta2 = lat2.to_radians();
    let delta_theta = (lat2 - lat1).to_radians();
    let delta_lambda = (lon2 - lon1).to_radians();
    let a = (delta_theta / 2.0).sin().powi(2)
        + theta1.cos() * theta2.cos() * (delta_lambda / 2.0).sin().powi(2);
    let c = 2.0 * a.sqrt().asin();
    MEAN_EARTH_RADIUS * c
}

/// Source: `geo`, `ChamberlainDuquetteArea` of a ring.
#[conservative_grad]
pub fn ring_area(coords: &[(f64, f64)]) -> f64 {
    const EQUATORIAL_EARTH_RADIUS: f64 = 6378137.0;
    let mut total = 0.0;
    let coords_len = coords.len();
    if coords_len > 2 {
        for i in 0..coords_len {
            let (lower, middle, upper) = if i == coords_len - 2 {
                (coords_len - 2, coords_len - 1, 0)
            } else if i == coords_len - 1 {
                (coords_len - 1, 0, 1)
            } else {
                (i, i + 1, i + 2)
            };
            let p1 = coords[lower];
            let p2 = coords[middle];
            let p3 = coords[upper];
            total += (p3.0.to_radians() - p1.0.to_radians()) * p2.1.to_radians().sin();
        }
        total *= EQUATORIAL_EARTH_RADIUS * EQUATORIAL_EARTH_RADIUS / -2.0;
    }
    total
}

/// Source: `geo`, the planar area and centroid of a ring.
#[conservative_grad]
pub fn centroid(ring: &[(f64, f64)]) -> (f64, (f64, f64)) {
    let mut area = 0.0;
    let (mut cx, mut cy) = (0.0, 0.0);
    for line in ring.windows(2) {
        let (start, end) = (line[0], line[1]);
        let cross = start.0 * end.1 - end.0 * start.1;
        area += cross;
        cx += (start.0 + end.0) * cross;
        cy += (start.1 + end.1) * cross;
    }
    area /= 2.0;
    (area, (cx / (6.0 * area), cy / (6.0 * area)))
}

/// Source: `cgmath`, `Vector3::cross`.
#[conservative_grad]
pub fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

/// Source: `cgmath`, rotation of a vector by a quaternion `[w, x, y, z]`.
#[conservative_grad]
pub fn rotate(q: [f64; 4], v: [f64; 3]) -> [f64; 3] {
    let norm = q.iter().map(|c| c * c).sum::<f64>().sqrt();
    let [w, x, y, z] = q.map(|c| c / norm);
    let t = cross([2.0 * x, 2.0 * y, 2.0 * z], v);
    let c = cross([x, y, z], t);
    [
        v[0] + w * t[0] + c[0],
        v[1] + w * t[1] + c[1],
        v[2] + w * t[2] + c[2],
    ]
}

/// Source: `image`, `sample_bilinear` of one channel.
#[conservative_grad]
pub fn bilinear(img: &[f64], width: usize, height: usize, x: f64, y: f64) -> f64 {
    let u = x.clamp(0.0, (width - 1) as f64);
    let v = y.clamp(0.0, (height - 1) as f64);
    let (uf, vf) = (u.floor(), v.floor());
    let (uc, vc) = (
        (uf as usize + 1).min(width - 1),
        (vf as usize + 1).min(height - 1),
    );
    let (ui, vi) = (uf as usize, vf as usize);
    let (ut, vt) = (u - uf, v - vf);
    let lerp = |a: f64, b: f64, t: f64| a * (1.0 - t) + b * t;
    let top = lerp(img[vi * width + ui], img[vi * width + uc], ut);
    let bottom = lerp(img[vc * width + ui], img[vc * width + uc], ut);
    lerp(top, bottom, vt)
}

#[cfg(test)]
mod tests {
    use crate::points::check;
    use ad_runtime::conservative_grad;

    #[conservative_grad]
    fn distance(x: [f64; 4]) -> f64 {
        super::haversine((x[0], x[1]), (x[2], x[3])) * 1e-6
    }

    #[conservative_grad]
    fn area(x: [f64; 8]) -> f64 {
        let ring = [(x[0], x[1]), (x[2], x[3]), (x[4], x[5]), (x[6], x[7])];
        super::ring_area(&ring) * 1e-13
    }

    #[conservative_grad]
    fn middle(x: [f64; 8]) -> f64 {
        let ring = vec![
            (x[0], x[1]),
            (x[2], x[3]),
            (x[4], x[5]),
            (x[6], x[7]),
            (x[0], x[1]),
        ];
        let (area, (cx, cy)) = super::centroid(&ring);
        area + cx * cy
    }

    #[conservative_grad]
    fn turned(x: [f64; 7]) -> f64 {
        let v = super::rotate([x[0], x[1], x[2], x[3]], [x[4], x[5], x[6]]);
        v[0] + 2.0 * v[1] * v[2]
    }

    #[conservative_grad]
    fn sampled(x: [f64; 14]) -> f64 {
        super::bilinear(&x[..12], 4, 3, x[12], x[13])
    }

    #[test]
    fn earth() {
        let coordinates = [(1.0, 40.0), (10.0, 50.0), (60.0, 90.0), (-50.0, -10.0)];
        check(coordinates, distance, distance::grad, distance::jvp);
        let corners = [
            (0.0, 10.0),
            (0.0, 5.0),
            (20.0, 30.0),
            (0.0, 5.0),
            (25.0, 35.0),
            (20.0, 30.0),
            (0.0, 8.0),
            (20.0, 25.0),
        ];
        check(corners, area, area::grad, area::jvp);
        check(corners, middle, middle::grad, middle::jvp);
    }

    #[test]
    fn images_and_rotations() {
        check([(0.5, 1.5); 7], turned, turned::grad, turned::jvp);
        let mut x = [(-1.0, 1.0); 14];
        (x[12], x[13]) = ((1.2, 1.8), (0.2, 0.8));
        check(x, sampled, sampled::grad, sampled::jvp);
    }
}

//! Motion, tides, control.

use ad_runtime::{Differentiable, conservative_grad};

/// Source: `ode_solvers`, the right-hand side of Lotka and Volterra.
#[conservative_grad]
pub fn lotka_volterra(y: &[f64; 2], p: &[f64; 4]) -> [f64; 2] {
    [
        p[0] * y[0] - p[1] * y[0] * y[1],
        p[2] * y[0] * y[1] - p[3] * y[1],
    ]
}

/// Source: `ode_solvers`, `Rk4`.
#[conservative_grad]
pub fn rk4(y0: [f64; 2], p: [f64; 4], step: f64, steps: usize) -> [f64; 2] {
    let mut y = y0;
    for _ in 0..steps {
        let k1 = lotka_volterra(&y, &p);
        let k2 = lotka_volterra(&[y[0] + 0.5 * step * k1[0], y[1] + 0.5 * step * k1[1]], &p);
        let k3 = lotka_volterra(&[y[0] + 0.5 * step * k2[0], y[1] + 0.5 * step * k2[1]], &p);
        let k4 = lotka_volterra(&[y[0] + step * k3[0], y[1] + step * k3[1]], &p);
        for i in 0..2 {
            y[i] += step / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
        }
    }
    y
}

/// A body of a gravitating system.
#[derive(Clone, Debug, Differentiable)]
pub struct Body {
    pub position: [f64; 3],
    pub velocity: [f64; 3],
    pub mass: f64,
}

/// Source: `nbody` of the benchmarks game, one step by velocity and position.
#[conservative_grad]
pub fn advance(bodies: &mut [Body], dt: f64) {
    for i in 0..bodies.len() {
        for j in i + 1..bodies.len() {
            let mut d = [0.0; 3];
            for k in 0..3 {
                d[k] = bodies[i].position[k] - bodies[j].position[k];
            }
            let distance2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
            let magnitude = dt / (distance2 * distance2.sqrt());
            let (mi, mj) = (bodies[i].mass, bodies[j].mass);
            for k in 0..3 {
                bodies[i].velocity[k] -= d[k] * mj * magnitude;
                bodies[j].velocity[k] += d[k] * mi * magnitude;
            }
        }
    }
    for body in bodies.iter_mut() {
        for k in 0..3 {
            body.position[k] += dt * body.velocity[k];
        }
    }
}

/// Source: `nbody` of the benchmarks game.
#[conservative_grad]
pub fn energy(bodies: &[Body]) -> f64 {
    let mut e = 0.0;
    for (i, b) in bodies.iter().enumerate() {
        let square: f64 = b.velocity.iter().map(|v| v * v).sum();
        e += 0.5 * b.mass * square;
        for b2 in &bodies[i + 1..] {
            let dx = b.position[0] - b2.position[0];
            let dy = b.position[1] - b2.position[1];
            let dz = b.position[2] - b2.position[2];
            e -= b.mass * b2.mass / (dx * dx + dy * dy + dz * dz).sqrt();
        }
    }
    e
}

/// Source: `lumol`, the energy of Lennard-Jones with a cutoff.
#[conservative_grad]
pub fn lennard_jones(positions: &[[f64; 3]], epsilon: f64, sigma: f64, cutoff: f64) -> f64 {
    let mut energy = 0.0;
    for i in 0..positions.len() {
        for j in 0..i {
            let r2: f64 = positions[i]
                .iter()
                .zip(positions[j].iter())
                .map(|(a, b)| (a - b).powi(2))
                .sum();
            if r2 > cutoff * cutoff {
                continue;
            }
            let s6 = (sigma * sigma / r2).powi(3);
            energy += 4.0 * epsilon * (s6.powi(2) - s6);
        }
    }
    energy
}

/// A controller and its memory.
#[derive(Clone, Debug, Differentiable)]
pub struct Pid {
    pub kp: f64,
    pub ki: f64,
    pub kd: f64,
    pub limit: f64,
    pub integral: f64,
    pub previous: f64,
}

/// Source: `pid`, `next_control_output`.
#[conservative_grad]
pub fn next_control_output(pid: &mut Pid, setpoint: f64, measurement: f64) -> f64 {
    let error = setpoint - measurement;
    let p = (error * pid.kp).clamp(-pid.limit, pid.limit);
    pid.integral = (pid.integral + error * pid.ki)
        .max(-pid.limit)
        .min(pid.limit);
    let d = -(measurement - pid.previous) * pid.kd;
    pid.previous = measurement;
    (p + pid.integral + d).max(-pid.limit).min(pid.limit)
}

/// Source: `solid-tides` (IERS conventions, the first step): the displacement of a station by one
/// body, with the nominal Love and Shida numbers.
#[conservative_grad]
pub fn tide(station: [f64; 3], body: [f64; 3], mass_ratio: f64) -> [f64; 3] {
    const EARTH_RADIUS: f64 = 6378136.6;
    let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let unit = |v: [f64; 3]| {
        let norm = dot(v, v).sqrt();
        (v.map(|c| c / norm), norm)
    };
    let (r, _) = unit(station);
    let (b, b_norm) = unit(body);
    let sin_phi = r[2];
    let latitude_term = (3.0 * sin_phi * sin_phi - 1.0) / 2.0;
    let h2 = 0.6078 - 0.0006 * latitude_term;
    let l2 = 0.0847 + 0.0002 * latitude_term;
    let cosine = dot(r, b);
    let scale = mass_ratio * EARTH_RADIUS.powi(4) / b_norm.powi(3);
    let radial = h2 * (1.5 * cosine * cosine - 0.5) - 3.0 * l2 * cosine * cosine;
    let mut displacement = [0.0; 3];
    for i in 0..3 {
        displacement[i] = scale * (radial * r[i] + 3.0 * l2 * cosine * b[i]);
    }
    displacement
}

#[cfg(test)]
mod tests {
    use super::{Body, Pid};
    use crate::points::check;
    use ad_runtime::conservative_grad;

    #[conservative_grad]
    fn populations(x: [f64; 7]) -> f64 {
        let y = super::rk4([x[0], x[1]], [x[2], x[3], x[4], x[5]], 0.1 * x[6], 12);
        y[0] + y[1] * y[1]
    }

    #[conservative_grad]
    fn system(x: [f64; 12]) -> f64 {
        let body = |k: usize, mass: f64, away: f64| Body {
            position: [x[k] + away, x[k + 1], x[k + 2] - away],
            velocity: [0.1 * x[k + 3], 0.2, -0.1 * x[k + 2]],
            mass,
        };
        let mut bodies = vec![
            body(0, x[0] + 2.0, 0.0),
            body(4, x[5] + 2.0, 3.0),
            body(8, 1.0, -4.0),
        ];
        for _ in 0..5 {
            super::advance(&mut bodies, 0.05);
        }
        super::energy(&bodies) + bodies[1].position[0] * bodies[2].velocity[1]
    }

    #[conservative_grad]
    fn atoms(x: [f64; 11]) -> f64 {
        let p = [
            [x[0], x[1], x[2]],
            [x[3] + 2.0, x[4], x[5]],
            [x[6], x[7] + 2.5, x[8]],
        ];
        super::lennard_jones(&p, x[9] + 2.0, 1.2 + 0.1 * x[10], 6.0)
    }

    #[conservative_grad]
    fn controlled(x: [f64; 4]) -> f64 {
        let mut pid = Pid {
            kp: x[0],
            ki: x[1],
            kd: x[2],
            limit: 2.0,
            integral: 0.0,
            previous: 0.1,
        };
        let mut speed = x[3];
        for _ in 0..10 {
            let force = super::next_control_output(&mut pid, 1.0, speed);
            speed += 0.1 * (force - 0.3 * speed);
        }
        speed + pid.integral
    }

    #[conservative_grad]
    fn raised(x: [f64; 7]) -> f64 {
        let station = [4.0e6 * x[0], 3.0e6 * x[1], 4.0e6 * x[2]];
        let moon = [3.0e8 * x[3], 2.0e8 * x[4], 1.0e8 * x[5]];
        let d = super::tide(station, moon, 0.0123 * x[6]);
        d[0] + 2.0 * d[1] - d[2]
    }

    #[test]
    fn motion() {
        check(
            [(0.5, 1.5); 7],
            populations,
            populations::grad,
            populations::jvp,
        );
        check([(-0.5, 0.5); 12], system, system::grad, system::jvp);
        check([(-0.3, 0.3); 11], atoms, atoms::grad, atoms::jvp);
    }

    #[test]
    fn control_and_tides() {
        check(
            [(0.2, 0.9); 4],
            controlled,
            controlled::grad,
            controlled::jvp,
        );
        check([(0.5, 1.5); 7], raised, raised::grad, raised::jvp);
    }
}

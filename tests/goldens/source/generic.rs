/// Any float, a vector that grows, and a constant.
#[conservative_grad]
pub fn polynomial<T: ad_runtime::Float>(x: T, degree: usize) -> T {
    let mut powers = vec![T::one()];
    for k in 0..degree {
        powers.push(powers[k] * x);
    }
    let mut sum = T::zero();
    for p in &powers {
        sum = sum + *p;
    }
    sum
}

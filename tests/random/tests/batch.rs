//! A batch of random programs; `AD_TEST_SIZE=10` runs ten times as many.

use random::hunt::{Options, hunt};

const PROGRAMS: u64 = 24;

#[test]
fn random_programs_agree() {
    let size = std::env::var("AD_TEST_SIZE")
        .ok()
        .and_then(|size| size.parse().ok())
        .unwrap_or(1);
    let options = Options {
        label: "test".into(),
        seed: 0,
        count: PROGRAMS * size,
        keep: false,
        shrink: true,
        family: None,
    };
    let failed = hunt(&options).expect("the scratch crate builds");
    assert_eq!(failed, 0, "programs failed: see above");
}

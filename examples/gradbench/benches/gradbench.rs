//! Derivative / primal of each eval at the sizes that the project measures itself by.
//!
//! `RUSTFLAGS="-C target-cpu=native" cargo bench -p gradbench-tool` prints the table and, as
//! the last line, the same as JSON; an argument selects the workloads whose name contains it.
//! Primal and derivative run interleaved in one process, with used tapes and buffers; the times
//! are medians. Without `--bench`, as under `cargo test --benches`, each runs once.

mod workloads;

use std::time::{Duration, Instant};

use serde_json::json;
use workloads::Workload;

/// What the runs of one workload should take together.
const TOTAL: Duration = Duration::from_secs(3);
const ROUNDS: std::ops::RangeInclusive<usize> = 5..=101;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let measured = arguments.iter().any(|argument| argument == "--bench");
    let wanted = arguments.iter().find(|argument| !argument.starts_with('-'));
    if measured {
        println!(
            "{:34} {:>12} {:>12} {:>7} {:>7}",
            "eval", "primal", "derivative", "ratio", "target"
        );
    }
    let mut results = Vec::new();
    for (name, target, make) in workloads::ALL {
        if wanted.is_some_and(|part| !name.contains(part.as_str())) {
            continue;
        }
        let mut workload = make();
        let once = seconds(&mut workload.primal) + seconds(&mut workload.derivative);
        if !measured {
            continue;
        }
        let rounds = (TOTAL.as_secs_f64() / once) as usize;
        let (primal, derivative) =
            medians(&mut workload, rounds.clamp(*ROUNDS.start(), *ROUNDS.end()));
        let ratio = derivative / primal;
        let verdict = if ratio <= *target { "" } else { "  missed" };
        println!(
            "{name:34} {:>9.1} us {:>9.1} us {ratio:>7.2} {target:>7.2}{verdict}",
            primal * 1e6,
            derivative * 1e6,
        );
        results.push(json!({
            "eval": name, "primal": primal, "derivative": derivative, "ratio": ratio, "target": target,
        }));
    }
    if measured {
        println!("{}", json!(results));
    }
}

fn medians(workload: &mut Workload, rounds: usize) -> (f64, f64) {
    let (mut primal, mut derivative) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        primal.push(seconds(&mut workload.primal));
        derivative.push(seconds(&mut workload.derivative));
    }
    (median(primal), median(derivative))
}

fn seconds(run: &mut dyn FnMut()) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_secs_f64()
}

fn median(mut list: Vec<f64>) -> f64 {
    list.sort_by(f64::total_cmp);
    list[list.len() / 2]
}

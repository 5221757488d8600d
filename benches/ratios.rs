//! Derivative / primal in one process.
//!
//! `cargo bench` prints the table of ratios (interleaved runs, medians) and criterion's own
//! statistics; without `--bench`, as under `cargo test --benches`, everything runs once and is
//! only checked. Absolute times mean little on a shared machine, the ratio of interleaved runs does.
//! For the numbers of the documentation: `RUSTFLAGS="-C target-cpu=native" cargo bench -p benches`.

mod workloads;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use workloads::Workload;

const ROUNDS: usize = 101;
/// What one timed run should take at least.
const RUN: Duration = Duration::from_micros(300);

fn main() {
    let measured = std::env::args().any(|argument| argument == "--bench");
    for workload in &mut workloads::all() {
        same_value(workload);
    }
    if measured {
        table();
    }
    statistics();
}

/// The derivative's value is the primal's, bit for bit; this also warms the tape.
fn same_value(workload: &mut Workload) {
    for _ in 0..2 {
        let (primal, derivative) = ((workload.primal)(), (workload.derivative)());
        assert_eq!(primal.to_bits(), derivative.to_bits(), "{}", workload.name);
    }
}

fn table() {
    println!(
        "{:32} {:>12} {:>12} {:>7} {:>7}",
        "workload", "primal", "derivative", "ratio", "target"
    );
    for mut workload in workloads::all() {
        same_value(&mut workload);
        let (primal, derivative) = medians(&mut workload);
        let ratio = derivative / primal;
        let verdict = if ratio <= workload.target {
            ""
        } else {
            "  missed"
        };
        println!(
            "{:32} {:>9.2} us {:>9.2} us {ratio:>7.2} {:>7.2}{verdict}",
            workload.name,
            primal * 1e6,
            derivative * 1e6,
            workload.target,
        );
    }
    println!();
}

/// Medians of interleaved runs, seconds per call.
fn medians(workload: &mut Workload) -> (f64, f64) {
    let calls = calls_per_run(&mut workload.primal);
    let (mut primal, mut derivative) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        primal.push(seconds(&mut workload.primal, calls));
        derivative.push(seconds(&mut workload.derivative, calls));
    }
    (median(primal), median(derivative))
}

fn calls_per_run(run: &mut Box<dyn FnMut() -> f64>) -> u32 {
    let mut calls = 1;
    while seconds(run, calls) * f64::from(calls) < RUN.as_secs_f64() {
        calls *= 2;
    }
    calls
}

fn seconds(run: &mut Box<dyn FnMut() -> f64>, calls: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(run());
    }
    start.elapsed().as_secs_f64() / f64::from(calls)
}

fn median(mut list: Vec<f64>) -> f64 {
    list.sort_by(f64::total_cmp);
    list[list.len() / 2]
}

fn statistics() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1))
        .sample_size(30)
        .configure_from_args();
    for mut workload in workloads::all() {
        let mut group = criterion.benchmark_group(workload.name);
        group.bench_function("primal", |bencher| bencher.iter(&mut workload.primal));
        group.bench_function("vjp_into", |bencher| bencher.iter(&mut workload.derivative));
        group.finish();
    }
    criterion.final_summary();
}

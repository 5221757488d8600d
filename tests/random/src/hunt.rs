//! Batches one after the other, and what is printed about them.

use std::collections::BTreeSet;
use std::io;

use crate::batch::{Depth, Outcome, Scratch};
use crate::generate::{Family, program};
use crate::shrink::shrink;

/// How many programs are compiled together.
const TOGETHER: u64 = 24;

pub struct Options {
    /// Separates the scratch crates of runs at the same time.
    pub label: String,
    pub seed: u64,
    pub count: u64,
    /// Leaves the scratch crates where they are.
    pub keep: bool,
    pub shrink: bool,
    /// Programs about one family of constructs only.
    pub family: Option<Family>,
}

/// Judges the programs of some files, whose function to be called is `generated`.
///
/// # Errors
/// If the scratch crate cannot be written, built or run, or a file not be read.
pub fn files(paths: &[String], options: &Options) -> io::Result<u64> {
    let scratch = Scratch::new(&options.label)?;
    let programs = paths
        .iter()
        .map(std::fs::read_to_string)
        .collect::<io::Result<Vec<_>>>()?;
    let unsound = scratch.unsound(&programs)?;
    for (k, error) in &unsound {
        println!(
            "{} does not compile without the derivative:\n{error}",
            paths[*k]
        );
    }
    let mut failed = unsound.len() as u64;
    for (path, outcome) in paths.iter().zip(scratch.judge(&programs, Depth::Run)?) {
        match outcome {
            Outcome::Passed => println!("{path}: passed"),
            Outcome::Discarded(reason) => println!("{path}: not judged, {reason}"),
            Outcome::Failed(failure) => {
                failed += 1;
                println!("{path}: {}\n{}", failure.class, failure.message);
                if options.shrink {
                    let program = std::fs::read_to_string(path)?;
                    println!("small:\n{}", shrink(&scratch, &program, &failure.class)?);
                }
            }
        }
    }
    Ok(failed)
}

/// The number of programs that failed; of each class of failure the first is shrunk.
///
/// # Errors
/// If the scratch crate cannot be written, built or run.
pub fn hunt(options: &Options) -> io::Result<u64> {
    let scratch = Scratch::new(&options.label)?;
    let (mut passed, mut failed) = (0, 0);
    let mut classes = BTreeSet::new();
    let end = options.seed + options.count;
    for first in (options.seed..end).step_by(TOGETHER as usize) {
        let seeds: Vec<u64> = (first..end.min(first + TOGETHER)).collect();
        let programs: Vec<String> = seeds
            .iter()
            .map(|&seed| program(seed, "generated", options.family))
            .collect();
        if let Some((&k, error)) = scratch.unsound(&programs)?.first_key_value() {
            let (seed, program) = (seeds[k], &programs[k]);
            let message =
                format!("seed {seed}: the generator made what is not Rust:\n{program}\n{error}");
            return Err(io::Error::other(message));
        }
        if std::env::var("STUB").is_ok() {
            continue;
        }
        for ((seed, program), outcome) in seeds
            .iter()
            .zip(&programs)
            .zip(scratch.judge(&programs, Depth::Run)?)
        {
            match outcome {
                Outcome::Passed => passed += 1,
                Outcome::Discarded(reason) => println!("seed {seed} is not judged: {reason}"),
                Outcome::Failed(failure) => {
                    failed += 1;
                    println!(
                        "== seed {seed} failed: {}\n{}",
                        failure.class, failure.message
                    );
                    if !classes.insert(failure.class.clone()) {
                        continue;
                    }
                    println!("{program}");
                    if options.shrink {
                        let small = shrink(&scratch, program, &failure.class)?;
                        println!("== seed {seed}, {}, small:\n{small}", failure.class);
                    }
                }
            }
        }
        println!(
            "seeds {first}..{}: {passed} passed, {failed} failed",
            first + seeds.len() as u64
        );
    }
    if !options.keep {
        scratch.remove()?;
    }
    Ok(failed)
}

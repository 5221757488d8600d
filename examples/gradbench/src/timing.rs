//! Runs a function as often as the message asks and notes how long each run took.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::decode::decode;

/// What an eval answers: its result and one timing for each run.
pub struct Answer {
    pub output: Box<RawValue>,
    pub timings: Vec<Timing>,
}

#[derive(Serialize)]
pub struct Timing {
    name: &'static str,
    nanoseconds: u64,
}

/// The part of an input that says how often to run. The bounds keep a mistake in a message
/// from occupying the process for good.
#[derive(Deserialize)]
struct Runs {
    min_runs: Option<usize>,
    min_seconds: Option<f64>,
}

const MOST_RUNS: usize = 10_000_000;
const MOST_SECONDS: f64 = 3600.0;

/// Runs `run` as often and as long as `input` asks; the answer is the last result.
pub fn measure<T: Serialize>(input: &str, mut run: impl FnMut() -> T) -> Result<Answer, String> {
    measure_into(input, None, |result| *result = Some(run()))
}

/// The same for a function that writes into `result`, whose memory serves every run.
pub fn measure_into<T: Serialize>(
    input: &str,
    mut result: T,
    mut run: impl FnMut(&mut T),
) -> Result<Answer, String> {
    let runs: Runs = decode(input)?;
    let least = runs.min_runs.unwrap_or(1).max(1);
    let seconds = runs.min_seconds.unwrap_or(0.0);
    if least > MOST_RUNS {
        return Err(format!("`min_runs` is more than {MOST_RUNS}"));
    }
    if !(0.0..=MOST_SECONDS).contains(&seconds) {
        return Err(format!("`min_seconds` is not between 0 and {MOST_SECONDS}"));
    }
    let seconds = Duration::from_secs_f64(seconds);
    let (mut timings, mut total) = (Vec::new(), Duration::ZERO);
    loop {
        let start = Instant::now();
        run(std::hint::black_box(&mut result));
        let elapsed = start.elapsed();
        total += elapsed;
        timings.push(Timing {
            name: "evaluate",
            nanoseconds: elapsed.as_nanos() as u64,
        });
        if timings.len() >= least && total >= seconds {
            return Ok(Answer {
                output: encode(&result)?,
                timings,
            });
        }
    }
}

/// JSON has no infinity and no NaN; `serde_json` writes `null`, which nothing else becomes.
pub fn encode<T: Serialize>(result: &T) -> Result<Box<RawValue>, String> {
    let output = serde_json::value::to_raw_value(result).map_err(|error| error.to_string())?;
    if output.get().contains("null") {
        return Err("the result is not finite".to_string());
    }
    Ok(output)
}

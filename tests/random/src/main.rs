//! `cargo run -p random -- --seed S --count N [--keep] [--no-shrink]` hunts for wrong derivatives;
//! with `FILE.rs ..`, judges the programs in files.

use std::process::ExitCode;

use random::hunt::{Options, files, hunt};

fn main() -> ExitCode {
    let mut options = Options {
        label: "hunt".into(),
        seed: 0,
        count: 24,
        keep: false,
        shrink: true,
    };
    let mut paths = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let number = |text: Option<String>| text.and_then(|n| n.parse().ok());
        let understood = match argument.as_str() {
            "--seed" => number(arguments.next()).map(|n| options.seed = n),
            "--count" => number(arguments.next()).map(|n| options.count = n),
            "--label" => arguments.next().map(|label| options.label = label),
            "--keep" => Some(options.keep = true),
            "--no-shrink" => Some(options.shrink = false),
            path if path.ends_with(".rs") => Some(paths.push(argument)),
            _ => None,
        };
        if understood.is_none() {
            eprintln!(
                "random [--seed S] [--count N] [--keep] [--no-shrink] [--label L] [FILE.rs ..]"
            );
            return ExitCode::from(2);
        }
    }
    let failed = if paths.is_empty() {
        hunt(&options)
    } else {
        files(&paths)
    };
    match failed {
        Ok(0) => ExitCode::SUCCESS,
        Ok(failures) => {
            println!("{failures} programs failed");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

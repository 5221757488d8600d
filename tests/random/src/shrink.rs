//! From a failing program to a small one that fails in the same way.

use std::collections::BTreeSet;
use std::io;

use crate::batch::{Outcome, Scratch};
use crate::reduce::reduction;

/// How many reductions are compiled together.
const TOGETHER: usize = 24;

/// The smallest program found that still fails in the class `class`.
///
/// # Errors
/// If the scratch crate cannot be written, built or run.
pub fn shrink(scratch: &Scratch, program: &str, class: &str) -> io::Result<String> {
    let mut best = program.to_string();
    let mut next = 0;
    let mut changed = false;
    // What was judged once need not be again.
    let mut seen = BTreeSet::new();
    loop {
        let Ok(file) = syn::parse_file(&best) else { return Ok(best) };
        let mut tried = Vec::new();
        while tried.len() < TOGETHER {
            let Some(reduced) = reduction(&file, next) else { break };
            next += 1;
            let text = prettyplease::unparse(&reduced);
            if text.contains("fn generated(") && seen.insert(text.clone()) {
                tried.push((next - 1, text));
            }
        }
        if tried.is_empty() {
            if !changed {
                return Ok(best);
            }
            (next, changed) = (0, false);
            continue;
        }
        if let Some((at, smaller)) = first_failing(scratch, &tried, class)? {
            best = smaller;
            changed = true;
            // What stood before was in vain; what follows has moved here.
            next = at;
        }
    }
}

/// Of those that still fail, the shortest.
fn first_failing(
    scratch: &Scratch,
    tried: &[(usize, String)],
    class: &str,
) -> io::Result<Option<(usize, String)>> {
    let texts: Vec<String> = tried.iter().map(|(_, text)| text.clone()).collect();
    let unsound = scratch.unsound(&texts)?;
    let kept = tried.iter().enumerate().filter(|(k, _)| !unsound.contains_key(k));
    let kept: Vec<&(usize, String)> = kept.map(|(_, tried)| tried).collect();
    let texts: Vec<String> = kept.iter().map(|(_, text)| text.clone()).collect();
    let outcomes = scratch.judge(&texts)?;
    let failing = kept.into_iter().zip(outcomes).filter(|(_, outcome)| {
        matches!(outcome, Outcome::Failed(failure) if failure.class == class)
    });
    Ok(failing.map(|(tried, _)| tried.clone()).min_by_key(|(_, text)| text.len()))
}

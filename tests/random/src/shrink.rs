//! From a failing program to a small one that fails in the same way.

use std::collections::BTreeSet;
use std::io;

use syn::File;

use crate::batch::{Depth, Outcome, Scratch};
use crate::reduce::reduction;

/// How many reductions are compiled together.
const TOGETHER: usize = 32;

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
        let Ok(file) = syn::parse_file(&best) else {
            return Ok(best);
        };
        let mut tried = Vec::new();
        while tried.len() < TOGETHER {
            let Some(reduced) = reduction(&file, next) else {
                break;
            };
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
        let failing = failing(scratch, &tried, class)?;
        let Some((first, _)) = failing.first() else {
            continue;
        };
        // What stood before was in vain; what follows has moved here.
        next = *first;
        changed = true;
        let joined = joined(&file, &failing);
        let joined = self::failing(scratch, &joined, class)?;
        let smallest = joined
            .into_iter()
            .chain(failing)
            .min_by_key(|(_, text)| text.len());
        best = smallest.map_or(best, |(_, text)| text);
    }
}

/// Several reductions at once: all that succeeded alone, and each half of them.
fn joined(file: &File, failing: &[(usize, String)]) -> Vec<(usize, String)> {
    if failing.len() < 2 {
        return Vec::new();
    }
    let (low, high) = failing.split_at(failing.len() / 2);
    let together = |list: &[(usize, String)]| {
        // The last first: a reduction changes only the numbers of later ones.
        let reduced = list
            .iter()
            .rev()
            .try_fold(file.clone(), |file, (k, _)| reduction(&file, *k));
        reduced.map(|reduced| (0, prettyplease::unparse(&reduced)))
    };
    [failing, low, high]
        .into_iter()
        .filter_map(together)
        .collect()
}

/// Those that still fail, and are sound without the derivative.
fn failing(
    scratch: &Scratch,
    tried: &[(usize, String)],
    class: &str,
) -> io::Result<Vec<(usize, String)>> {
    let depth = if class.starts_with("error") {
        Depth::Check
    } else {
        Depth::Run
    };
    let texts: Vec<String> = tried.iter().map(|(_, text)| text.clone()).collect();
    let outcomes = scratch.judge(&texts, depth)?;
    let fails =
        |outcome: &Outcome| matches!(outcome, Outcome::Failed(failure) if failure.class == class);
    let failing = tried
        .iter()
        .zip(outcomes)
        .filter(|(_, outcome)| fails(outcome));
    let failing: Vec<(usize, String)> = failing.map(|(tried, _)| tried.clone()).collect();
    // What compiled needs no second look.
    if depth == Depth::Run || failing.is_empty() {
        return Ok(failing);
    }
    let texts: Vec<String> = failing.iter().map(|(_, text)| text.clone()).collect();
    let unsound = scratch.unsound(&texts)?;
    let sound = failing
        .into_iter()
        .enumerate()
        .filter(|(k, _)| !unsound.contains_key(k));
    Ok(sound.map(|(_, tried)| tried).collect())
}

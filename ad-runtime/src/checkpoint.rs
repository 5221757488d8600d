//! Which states of a loop are kept under `#[checkpoint(n)]`: the binomial schedule, which needs
//! the fewest steps forward that `n` kept states allow (Griewank and Walther, *Revolve*, ACM
//! TOMS 26, 2000).
//!
//! The states themselves lie on the tape, the last one on top.

use crate::tape::Tape;

/// The state of which no iteration is kept.
const NONE: usize = usize::MAX;

/// Where, in a run from a kept state up to an iteration, states are kept.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Before which iteration the next state is kept.
    next: usize,
    /// The run ends before this iteration.
    end: usize,
    /// How many states may still be kept.
    free: usize,
}

impl Plan {
    /// That of the forward sweep, with `n` iterations. Its last iteration needs no state if
    /// the reverse sweep begins at once; it is treated as one more, which does.
    #[inline]
    #[must_use]
    pub fn of_forward(snapshots: usize, n: usize) -> Plan {
        Plan::new(0, n.saturating_add(1), snapshots.max(1))
    }

    fn new(from: usize, end: usize, free: usize) -> Plan {
        Plan {
            next: from,
            end,
            free,
        }
    }

    /// Whether the state before iteration `k` is kept. Asked once for each iteration of the run.
    #[inline(always)]
    pub fn keeps(&mut self, k: usize) -> bool {
        if k != self.next {
            return false;
        }
        self.advance();
        true
    }

    #[cold]
    fn advance(&mut self) {
        let left = self.end - self.next;
        let step = if self.free > 1 && left > 1 {
            split(left, self.free)
        } else {
            left
        };
        self.free -= 1;
        // The state before the last iteration would be used at once.
        self.next = if left - step > 1 {
            self.next + step
        } else {
            NONE
        };
    }
}

/// The reverse sweep: which state it goes back to for each iteration, and which it keeps
/// again on the way.
#[derive(Debug)]
pub struct Replay {
    /// Before which iterations the states on the tape were.
    kept: Vec<usize>,
    snapshots: usize,
    plan: Plan,
}

impl Replay {
    /// After the forward sweep.
    #[must_use]
    pub fn new(snapshots: usize, n: usize, tape: &mut Tape) -> Replay {
        let mut plan = Plan::of_forward(snapshots, n);
        let mut kept = tape.vec_empty(plan.free.min(n));
        while plan.next < n {
            kept.push(plan.next);
            plan.advance();
        }
        Replay {
            kept,
            snapshots: snapshots.max(1),
            plan,
        }
    }

    /// Takes the last state off: before which iteration it was. From there the sweep runs to
    /// iteration `step`.
    #[inline]
    pub fn restored(&mut self, step: usize) -> usize {
        let Some(at) = self.kept.pop() else { unkept() };
        self.plan = Plan::new(at, step + 1, self.snapshots - self.kept.len());
        if at == step && at != 0 {
            self.plan.next = NONE;
        }
        at
    }

    /// Whether the state before iteration `k` is kept again.
    #[inline(always)]
    pub fn keeps(&mut self, k: usize) -> bool {
        let keeps = self.plan.keeps(k);
        if keeps {
            self.kept.push(k);
        }
        keeps
    }

    /// Gives the memory back.
    pub fn finish(self, tape: &mut Tape) {
        tape.give(self.kept);
    }
}

#[cold]
#[inline(never)]
fn unkept() -> ! {
    unreachable!("the state before the first iteration is kept to the end")
}

/// After how many of `steps` steps the next of `free` states is kept, the one at their
/// beginning included; one of the best choices.
fn split(steps: usize, free: usize) -> usize {
    let (steps, free) = (steps as u64, free as u64);
    // `range` is the most steps that no step runs forward more than `again` times for.
    let (mut again, mut range) = (0_u64, 1_u64);
    while range < steps {
        again += 1;
        range = range.saturating_mul(again + free) / again;
    }
    let first = range * again / (free + again);
    let second = if free > 1 {
        first * free / (free + again - 1)
    } else {
        1
    };
    let third = match free {
        1 => 0,
        2 => 1,
        _ => second * (free - 1) / (free + again - 2),
    };
    let fourth = second * (again - 1) / free;
    let fifth = match free {
        1 | 2 => 0,
        3 => 1,
        _ => third * (free - 2) / again,
    };
    let best = if steps <= first + third {
        fourth
    } else if steps >= range - fifth {
        first
    } else {
        steps - second - third
    };
    best.clamp(1, steps - 1) as usize
}

/// Element number `k` of a range.
#[inline(always)]
pub fn nth<R: Iterator + Clone>(range: &R, k: usize) -> R::Item {
    match range.clone().nth(k) {
        Some(element) => element,
        None => outside(),
    }
}

/// Element number `k` of a range from its end.
#[inline(always)]
pub fn nth_back<R: DoubleEndedIterator + Clone>(range: &R, k: usize) -> R::Item {
    match range.clone().nth_back(k) {
        Some(element) => element,
        None => outside(),
    }
}

#[cold]
#[inline(never)]
fn outside() -> ! {
    unreachable!("an iteration has a number below the number of iterations")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs a whole schedule and counts the iterations that run forward without their reverse
    /// sweep, those of the forward sweep aside.
    fn advances(snapshots: usize, n: usize) -> usize {
        let mut tape = Tape::new();
        let mut plan = Plan::of_forward(snapshots, n);
        let mut states = Vec::new();
        for k in 0..n {
            if plan.keeps(k) {
                states.push(k);
            }
        }
        let mut replay = Replay::new(snapshots, n, &mut tape);
        assert_eq!(replay.kept, states);
        let mut advances = 0;
        for step in (0..n).rev() {
            let mut at = replay.restored(step);
            assert_eq!(states.pop(), Some(at));
            while {
                if replay.keeps(at) {
                    states.push(at);
                }
                at < step
            } {
                at += 1;
                advances += 1;
            }
            assert!(states.len() <= snapshots);
        }
        assert_eq!(states, [0]);
        advances
    }

    /// The least number of such iterations: `cost[s][l]` for `l` steps from a kept state, it
    /// included in the `s` states that there is room for.
    fn least(most_states: usize, most_steps: usize) -> Vec<Vec<usize>> {
        let alone = |steps: usize| steps * steps.saturating_sub(1) / 2;
        let first: Vec<usize> = (0..=most_steps).map(alone).collect();
        let mut cost = vec![first; most_states + 1];
        for states in 2..=most_states {
            for steps in 2..=most_steps {
                let split = |m: usize| m + cost[states - 1][steps - m] + cost[states][m];
                cost[states][steps] = (1..steps).map(split).min().unwrap();
            }
        }
        cost
    }

    #[test]
    fn no_schedule_needs_fewer_steps() {
        let (most_states, most_steps) = (9, 60);
        let cost = least(most_states, most_steps + 1);
        for (states, cost) in cost.iter().enumerate().skip(1) {
            for n in 1..=most_steps {
                // The forward sweep runs `n` steps of its own.
                let best = cost[n + 1] - n;
                assert_eq!(advances(states, n), best, "{states} states, {n} steps");
            }
        }
    }

    #[test]
    fn where_there_is_room_every_state_is_kept() {
        assert_eq!(advances(10, 10), 0);
        assert_eq!(advances(1000, 3), 0);
    }

    #[test]
    fn a_long_loop_runs_a_few_times() {
        // 10 states and 18 rounds reach 13 123 110 steps.
        let n = 1_000_000;
        assert!(advances(10, n) < 14 * n);
    }
}

//! Phases: the instances of the one adjoint body that the macro emits.

/// Which sweeps an instance of an adjoint body runs.
///
/// Everything of a sweep that an instance does not run stands under a constant
/// `if` and is removed by the compiler.
pub trait Phase: Copy {
    /// Runs the forward sweep.
    const FWD: bool;
    /// Runs the reverse sweep.
    const REV: bool;
    /// Keeps what the reverse sweep needs.
    const TAPE: bool;
    /// Leaves final values in `&mut` parameters after the reverse sweep.
    const FINAL: bool;
    /// What the instance returns for a function that returns `R`.
    type Out<R>;
    /// The result, given the value of the forward sweep if it ran.
    fn out<R>(value: Option<R>) -> Self::Out<R>;
}

/// The primal with its selections, nothing else.
#[derive(Clone, Copy, Debug, Default)]
pub struct Primal;
/// The forward sweep: its records stay on the tape.
#[derive(Clone, Copy, Debug, Default)]
pub struct Forward;
/// The reverse sweep of an earlier forward sweep.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reverse;
/// Both sweeps at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Both;
/// Both sweeps, called from outside: `&mut` parameters end with their final values.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outer;

#[cold]
#[inline(never)]
fn no_value() -> ! {
    unreachable!("a phase with a forward sweep was given no value")
}

macro_rules! forward_phase {
    ($name:ident, rev: $rev:literal, tape: $tape:literal, last: $last:literal) => {
        impl Phase for $name {
            const FWD: bool = true;
            const REV: bool = $rev;
            const TAPE: bool = $tape;
            const FINAL: bool = $last;
            type Out<R> = R;
            #[inline(always)]
            fn out<R>(value: Option<R>) -> R {
                match value {
                    Some(value) => value,
                    None => no_value(),
                }
            }
        }
    };
}

forward_phase!(Primal, rev: false, tape: false, last: false);
forward_phase!(Forward, rev: false, tape: true, last: false);
forward_phase!(Both, rev: true, tape: true, last: false);
forward_phase!(Outer, rev: true, tape: true, last: true);

impl Phase for Reverse {
    const FWD: bool = false;
    const REV: bool = true;
    const TAPE: bool = false;
    const FINAL: bool = false;
    type Out<R> = ();
    #[inline(always)]
    fn out<R>(_: Option<R>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_returns_the_value_iff_it_runs_the_forward_sweep() {
        assert_eq!(Primal::out(Some(3)), 3);
        assert_eq!(Outer::out(Some(3)), 3);
        let () = Reverse::out::<i32>(None);
    }
}

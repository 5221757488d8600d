//! One mistake in a call is one error: generated code makes several calls of each of the
//! user's.

/// What stands for "the user's function is well typed". rustc evaluates the number: where it
/// cannot, because there are errors in the function, it has reported them, and says nothing
/// about what is made with this type.
#[derive(Clone, Copy, Debug)]
pub struct Checked<const FUNCTION: usize>;

/// Hands a function on as it is.
pub trait Passes<F> {
    /// The function's own type.
    type Out;
    /// The function.
    fn pass(function: F) -> Self::Out;
}

impl<const FUNCTION: usize, F> Passes<F> for Checked<FUNCTION> {
    type Out = F;
    #[inline(always)]
    fn pass(function: F) -> F {
        function
    }
}

/// The function, to be called in the derivative of a function that `C` knows.
#[inline(always)]
pub fn checked<C: Passes<F>, F>(function: F) -> C::Out {
    C::pass(function)
}

//! A method of a trait that calls the type's own method of the same name. If that one has
//! no derivative, rustc would find the trait's under its name, which calls itself.

/// Two functions, by their types.
#[derive(Debug)]
pub struct Both<A, B>(pub A, pub B);

/// They are one function.
#[derive(Debug)]
pub struct Same;

/// They are two.
#[derive(Debug)]
pub struct Differs;

impl<A> Both<A, A> {
    /// Found first, where it fits.
    #[allow(clippy::unused_self, reason = "the type is what counts")]
    pub fn compared(&self) -> Same {
        Same
    }
}

/// What is found otherwise.
pub trait Otherwise {
    /// See [`Both::compared`].
    fn compared(&self) -> Differs;
}

impl<A, B> Otherwise for Both<A, B> {
    fn compared(&self) -> Differs {
        Differs
    }
}

/// The derivative of a method is found where the method is.
#[diagnostic::on_unimplemented(
    message = "this method of a trait calls the type's own method of the same name, which has no derivative",
    label = "`self` has a method of this name besides that of the trait",
    note = "help: put `#[conservative_grad]` on the type's own method, too"
)]
pub trait Agree {}
impl Agree for (Same, Same) {}
impl Agree for (Differs, Differs) {}

/// Asks for it.
pub fn agree<T: Agree>(_: T) {}

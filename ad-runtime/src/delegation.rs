//! A method of a trait, and the type's own method of the same name. `x.area()` runs the type's
//! own; if that one has no derivative, rustc finds the trait's under its name.

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
    message = "the type has a method of its own of this name, which has no derivative: `x.name()` runs it, and would get the derivative of the trait's",
    label = "one method is the trait's, another is the type's own",
    note = "help: put `#[conservative_grad]` on the type's own method, too, or give it another name"
)]
pub trait Agree {}
#[diagnostic::do_not_recommend]
impl Agree for (Same, Same) {}
#[diagnostic::do_not_recommend]
impl Agree for (Differs, Differs) {}

/// Asks for it.
pub fn agree<T: Agree>(_: T) {}

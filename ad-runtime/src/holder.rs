//! What lowered programs do with an `Option` or a `Result`. A macro sees only
//! tokens: which of the two a call returns, rustc finds by these traits.

use std::fmt::Debug;
use std::marker::PhantomData;

/// An `Option` or a `Result`: a content, or none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither an `Option` nor a `Result`",
    label = "taken for an `Option` or a `Result`",
    note = "help: a method of your own with the name of one of theirs is called by its path: `Type::map(x, ..)`"
)]
pub trait Holder: Sized {
    /// What `Some` or `Ok` holds.
    type Content;
    /// The same with another content.
    type Of<U>;
    /// Whether it is `Some` or `Ok`.
    fn is_there(&self) -> bool;
    /// The content, which must be there.
    fn content(&self) -> &Self::Content;
    /// The content, which must be there, to change it.
    fn content_mut(&mut self) -> &mut Self::Content;
    /// The content, which must be there.
    fn into_content(self) -> Self::Content;
    /// `Some` or `Ok` of a content.
    fn of<U>(content: U) -> Self::Of<U>;
    /// `None` or the error, where there is no content.
    fn without<U>(self) -> Self::Of<U>;
}

/// Panics where a pattern has said that there is a content.
#[cold]
#[inline(never)]
#[track_caller]
fn no_content() -> ! {
    panic!("the tangent of an enum is of another variant than its value")
}

impl<T> Holder for Option<T> {
    type Content = T;
    type Of<U> = Option<U>;
    #[inline(always)]
    fn is_there(&self) -> bool {
        self.is_some()
    }
    #[inline(always)]
    fn content(&self) -> &T {
        match self {
            Some(content) => content,
            None => no_content(),
        }
    }
    #[inline(always)]
    fn content_mut(&mut self) -> &mut T {
        match self {
            Some(content) => content,
            None => no_content(),
        }
    }
    #[inline(always)]
    fn into_content(self) -> T {
        match self {
            Some(content) => content,
            None => no_content(),
        }
    }
    #[inline(always)]
    fn of<U>(content: U) -> Option<U> {
        Some(content)
    }
    #[inline(always)]
    fn without<U>(self) -> Option<U> {
        None
    }
}

impl<T, E> Holder for Result<T, E> {
    type Content = T;
    type Of<U> = Result<U, E>;
    #[inline(always)]
    fn is_there(&self) -> bool {
        self.is_ok()
    }
    #[inline(always)]
    fn content(&self) -> &T {
        match self {
            Ok(content) => content,
            Err(_) => no_content(),
        }
    }
    #[inline(always)]
    fn content_mut(&mut self) -> &mut T {
        match self {
            Ok(content) => content,
            Err(_) => no_content(),
        }
    }
    #[inline(always)]
    fn into_content(self) -> T {
        match self {
            Ok(content) => content,
            Err(_) => no_content(),
        }
    }
    #[inline(always)]
    fn of<U>(content: U) -> Result<U, E> {
        Ok(content)
    }
    #[inline(always)]
    fn without<U>(self) -> Result<U, E> {
        match self {
            Ok(_) => no_content(),
            Err(error) => Err(error),
        }
    }
}

/// [`Holder::is_there`] by path.
#[inline(always)]
pub fn is_there<H: Holder>(of: &H) -> bool {
    of.is_there()
}
/// [`Holder::content`] by path.
#[inline(always)]
pub fn content<H: Holder>(of: &H) -> &H::Content {
    of.content()
}
/// [`Holder::content_mut`] by path.
#[inline(always)]
pub fn content_mut<H: Holder>(of: &mut H) -> &mut H::Content {
    of.content_mut()
}
/// [`Holder::into_content`] by path.
#[inline(always)]
pub fn into_content<H: Holder>(of: H) -> H::Content {
    of.into_content()
}
/// [`Holder::without`] by path.
#[inline(always)]
pub fn without<H: Holder, U>(of: H) -> H::Of<U> {
    of.without()
}
/// Whether a holder is an `Option` or a `Result`.
pub struct Kind<H>(PhantomData<fn() -> H>);

/// The kind of a holder.
#[inline(always)]
pub fn kind<H: Holder>(_: &H) -> Kind<H> {
    Kind(PhantomData)
}
/// [`Holder::of`] by path.
#[inline(always)]
pub fn of_kind<H: Holder, U>(_: &Kind<H>, content: U) -> H::Of<U> {
    H::of(content)
}

/// The content with something beside it.
#[inline]
pub fn pair_of<H: Holder, A>((of, beside): (H, A)) -> H::Of<(H::Content, A)> {
    match of.is_there() {
        true => H::of((of.into_content(), beside)),
        false => of.without(),
    }
}
/// As [`pair_of`], without the content.
#[inline]
pub fn second_of<H: Holder, A>((of, beside): (H, A)) -> H::Of<A> {
    match of.is_there() {
        true => H::of(beside),
        false => of.without(),
    }
}
/// As [`pair_of`], with two things.
#[inline]
pub fn triple_of<H: Holder, A, B>((of, a, b): (H, A, B)) -> H::Of<(H::Content, A, B)> {
    match of.is_there() {
        true => H::of((of.into_content(), a, b)),
        false => of.without(),
    }
}
/// As [`pair_of`], with a tangent that is there where the content is.
#[inline]
pub fn jvp_of<H: Holder, A>((of, tangent): (H, Option<A>)) -> H::Of<(H::Content, A)> {
    match of.is_there() {
        true => H::of((of.into_content(), tangent.into_content())),
        false => of.without(),
    }
}

/// What `?` leaves a function with, where there is no content.
#[diagnostic::on_unimplemented(
    message = "`?` of `{Self}` cannot leave a function that returns `{To}`",
    label = "this `?`"
)]
pub trait Leave<To>: Holder {
    /// `None`, or the error turned into the function's.
    fn leave(self) -> To;
}

impl<T, U> Leave<Option<U>> for Option<T> {
    #[inline(always)]
    fn leave(self) -> Option<U> {
        None
    }
}

impl<T, U, E, F: From<E>> Leave<Result<U, F>> for Result<T, E> {
    #[inline(always)]
    fn leave(self) -> Result<U, F> {
        match self {
            Ok(_) => no_content(),
            Err(error) => Err(F::from(error)),
        }
    }
}

/// [`Leave::leave`] by path.
#[inline(always)]
pub fn leave<To, H: Leave<To>>(of: H) -> To {
    of.leave()
}

/// What is there where an `Option` of a reference has no content. Of a `Result` it
/// would be a reference to the error.
#[inline(always)]
pub fn leave_ref<T, U>(_: &Option<T>) -> Option<U> {
    None
}

/// A panic in std's words.
pub trait Unwrap {
    /// Of `unwrap`.
    fn unwrapped(&self) -> String;
    /// Of `expect`.
    fn expected(&self, message: &str) -> String;
}

impl<T> Unwrap for Option<T> {
    fn unwrapped(&self) -> String {
        "called `Option::unwrap()` on a `None` value".to_owned()
    }
    fn expected(&self, message: &str) -> String {
        message.to_owned()
    }
}

impl<T, E: Debug> Unwrap for Result<T, E> {
    fn unwrapped(&self) -> String {
        match self {
            Ok(_) => no_content(),
            Err(error) => format!("called `Result::unwrap()` on an `Err` value: {error:?}"),
        }
    }
    fn expected(&self, message: &str) -> String {
        match self {
            Ok(_) => no_content(),
            Err(error) => format!("{message}: {error:?}"),
        }
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn panic_with(message: &str) -> ! {
    panic!("{message}")
}

/// Panics as `unwrap` does.
#[inline(always)]
#[track_caller]
pub fn check_unwrap<H: Holder + Unwrap>(of: &H) {
    if !of.is_there() {
        panic_with(&of.unwrapped());
    }
}

/// Panics as `expect` does.
#[inline(always)]
#[track_caller]
pub fn check_expect<H: Holder + Unwrap>(of: &H, message: &str) {
    if !of.is_there() {
        panic_with(&of.expected(message));
    }
}

/// Panics where an `Option` of references has no content.
#[inline(always)]
#[track_caller]
pub fn check_some(is_there: bool, message: &str) {
    if !is_there {
        panic_with(message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_and_results_are_looked_into_alike() {
        let (some, none) = (Some(2.0), None::<f64>);
        let (ok, err) = (Ok::<f64, String>(3.0), Err::<f64, _>("no".to_owned()));
        assert!(is_there(&some) && is_there(&ok) && !is_there(&none) && !is_there(&err));
        assert_eq!((*content(&some), into_content(ok.clone())), (2.0, 3.0));
        assert_eq!(of_kind(&kind(&ok), 'c'), Ok('c'));
        assert_eq!(of_kind(&kind(&none), 'c'), Some('c'));
        assert_eq!(without::<_, char>(err.clone()), Err("no".to_owned()));
        assert_eq!(leave::<Option<u8>, _>(none), None);
        let error: Result<u8, Box<dyn std::error::Error>> = leave(err.clone());
        assert_eq!(error.map_err(|e| e.to_string()), Err("no".to_owned()));
        assert_eq!(
            err.unwrapped(),
            "called `Result::unwrap()` on an `Err` value: \"no\""
        );
        assert_eq!(err.expected("a number"), "a number: \"no\"");
        assert_eq!(none.expected("a number"), "a number");
    }
}
